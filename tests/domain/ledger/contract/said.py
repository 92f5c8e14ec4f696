"""Terms from words in one line."""

from __future__ import annotations

from domain.ledger.contract.assembling import Origin, assembled
from domain.ledger.contract.quoting import Said
from domain.ledger.contract.terms import ContractTerms, TermName

ORDER: tuple[tuple[TermName, str], ...] = (
    ("kind", "Order Form"),
    ("vendor", "Brightwater Software, Inc."),
    ("customer", "Callister Foods LLC"),
    ("signature", "By: /s/ Tom Okafor"),
    ("effective_on", "January 31, 2026"),
    ("term", "twenty-four (24) months"),
    ("currency", "USD"),
    ("billing_timing", "in advance"),
    ("billing_frequency", "quarterly"),
    ("payment_days", "thirty (30) days"),
    ("payment_from", "receipt of the invoice"),
)


def read(*more: tuple[TermName, str], without: tuple[TermName, ...] = ()) -> ContractTerms:
    """The terms of an order whose text holds just these words."""
    words = [*(pair for pair in ORDER if pair[0] not in without), *more]
    page = ". ".join(text for _, text in words)
    said = [Said(name, text, text, 0.8) for name, text in words]
    return assembled(said, (page,), Origin("order.txt", "d1"))

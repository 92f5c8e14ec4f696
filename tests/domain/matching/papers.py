"""Invoices and receipts written as short texts."""

from __future__ import annotations

from datetime import date

from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from domain.ledger.payment import Payment
from domain.matching.outcome import Certainty, Payer


def inv(text: str, *, customer: int = 1, id_: int = 0) -> Invoice:
    """`inv("INV-1001 100.00 USD due 2026-03-01")`; the id is the number's digits unless given."""
    number, amount, currency, _, due = text.split()
    money = Money.parse(amount, currency)
    digits = int("".join(c for c in number if c.isdigit()) or 0)
    on = date.fromisoformat(due)
    return Invoice(id_ or digits, number, customer, money, money, on, on, f"ns{digits}")


def receipt(text: str, reference: str = "") -> Payment:
    """`receipt("100.00 USD", "INV-1001")`."""
    amount, currency = text.split()
    money = Money.parse(amount, currency)
    on = date(2026, 3, 9)
    return Payment(7, "stripe", "ch_7", money, money, on, reference=reference)


ACME = Payer(1, Certainty.CERTAIN, "Stripe customer cus_1 belongs to it")
NOBODY = Payer()

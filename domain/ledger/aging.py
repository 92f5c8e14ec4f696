"""Aging: open balances by how long they are past due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.ledger.invoice import Invoice
from domain.ledger.money import Money

BUCKETS = ("current", "1-30", "31-60", "61-90", "90+")


def bucket(days_past_due: int) -> str:
    """The aging bucket for a number of days past due; the due date itself is current."""
    for limit, name in ((0, "current"), (30, "1-30"), (60, "31-60"), (90, "61-90")):
        if days_past_due <= limit:
            return name
    return "90+"


def aging(invoices: Iterable[Invoice], today: date) -> dict[str, dict[str, Money]]:
    """Open balance by currency and bucket. Every bucket is present for a currency that appears."""
    table: dict[str, dict[str, Money]] = {}
    for invoice in invoices:
        if not invoice.collectable:
            continue
        currency = invoice.open.currency
        row = table.setdefault(currency, {name: Money.zero(currency) for name in BUCKETS})
        row[bucket(invoice.days_past_due(today))] += invoice.open
    return table

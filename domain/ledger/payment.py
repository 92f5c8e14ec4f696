"""Money received and how it is set against invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.ledger.money import Money


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received, before and after application.

    `source` and `source_id` name the receipt where it arose ("stripe", "ch_123"); together they
    are unique and never change. `unapplied` is what is not set against an invoice yet.
    """

    id: int
    source: str
    source_id: str
    amount: Money
    unapplied: Money
    received_on: date
    customer_id: int | None = None
    payer_name: str = ""
    payer_account: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """The amount of one payment or credit set against one invoice."""

    invoice_id: int
    amount: Money

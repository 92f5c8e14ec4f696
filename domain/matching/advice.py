"""A remittance advice: what a payer says its payment is for, before or after the money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.ledger.money import Money
from domain.matching.receipt import PayerAccount, RemittanceRow


@dataclass(frozen=True, slots=True)
class Advice:
    """One advice. `payment_references` are what the payer calls the payments it is about.

    A trace number, a check number, an end-to-end id. `total` is None where the advice does not
    tell it; `key` names the advice where it arose and never changes. `proven` is False where it
    is not certain who sent it: then it must name the payment and its exact sum.
    """

    key: str
    rows: tuple[RemittanceRow, ...]
    currency: str
    total: Money | None = None
    paid_on: date | None = None
    payer_name: str = ""
    accounts: tuple[PayerAccount, ...] = ()
    payment_references: tuple[str, ...] = ()
    customer_id: int | None = None
    source: str = ""
    proven: bool = True

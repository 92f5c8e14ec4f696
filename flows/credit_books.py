"""Which items and accounts credits are booked with, and which small balances may be let go."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.ledger.write_offs import SmallBalancePolicy
from flows.cash_books import Ledger


@dataclass(frozen=True, slots=True)
class CreditItem:
    """An item of the ERP by its id; empty while nobody has configured it.

    None of these items may have a revenue rule: the ERP would make a negative plan of it.
    """

    netsuite_id: str
    name: str


@dataclass(frozen=True, slots=True)
class CreditBooks:
    """Items by what they are for, and accounts that only a preview or a journal names."""

    bad_debt: CreditItem = CreditItem("", "bad debt")
    undelivered: CreditItem = CreditItem("", "service not delivered")
    concession: CreditItem = CreditItem("", "price concession")
    small_difference: CreditItem = CreditItem("", "small difference")
    tax: Ledger = field(default_factory=lambda: Ledger("", "Sales tax"))
    recovery: Ledger = field(default_factory=lambda: Ledger("", "Bad debt recovery"))
    small: SmallBalancePolicy = field(default_factory=SmallBalancePolicy)

"""Which ledger accounts cash is booked to, and how the ERP lets parents pay for children."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger account by the ERP's id; empty while nobody has configured it."""

    netsuite_id: str
    name: str


@dataclass(frozen=True, slots=True)
class CashBooks:
    """Accounts and preferences. `banks` are the ERP's ids by the number of our bank account.

    Without an entry the ERP's own convention holds: undeposited funds, or its default.
    `discount`, `deposits` and `gain` are where the ERP books by itself: only for previews.
    `consolidated`: a payment on a parent may list its children's invoices (NetSuite's
    Consolidated Payments); `top_level_only`: it must be on the parent. `base`: currency by
    subsidiary is read from the mirror.
    """

    receivable: Ledger = Ledger("", "Accounts Receivable")
    bank: Ledger = Ledger("", "Undeposited Funds")
    clearing: Ledger = Ledger("", "Stripe Clearing")
    fee: Ledger = Ledger("", "Bank Fees")
    write_off: Ledger = Ledger("", "Bad Debt")
    withheld: Ledger = Ledger("", "Withholding Tax Receivable")
    refund: Ledger = Ledger("", "Bank account for refunds")
    refund_method: str = ""
    discount: Ledger = Ledger("", "Sales discounts, as the ERP is set up")
    deposits: Ledger = Ledger("", "Customer Deposits")
    gain: Ledger = Ledger("", "Realised exchange gain or loss")
    banks: Mapping[str, str] = field(default_factory=dict)
    consolidated: bool = True
    top_level_only: bool = False

    def of(self, source: str, own_account: str) -> Ledger:
        """Where money of this source stands."""
        if source == "stripe":
            return self.clearing
        known = self.banks.get(own_account, "")
        return Ledger(known, f"Bank account {own_account}") if known else self.bank

"""The claim, and what shrinks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ledger.money import Money


class InvoiceStatus(StrEnum):
    """Where a claim stands in the ERP."""

    OPEN = "open"
    PAID = "paid"
    VOIDED = "voided"
    PENDING_APPROVAL = "pending_approval"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Invoice:
    """A claim in the customer's currency. `open` is what remains to be paid."""

    id: int
    number: str
    customer_id: int
    total: Money
    open: Money
    issued_on: date
    due_on: date
    netsuite_id: str = ""
    status: InvoiceStatus = InvoiceStatus.OPEN
    po_number: str = ""

    def days_past_due(self, today: date) -> int:
        """Days since the due date; negative before it. Zero on the due date itself."""
        return (today - self.due_on).days

    @property
    def collectable(self) -> bool:
        """Whether there is something to ask for: open status and an open balance."""
        return self.status is InvoiceStatus.OPEN and self.open.minor > 0


@dataclass(frozen=True, slots=True)
class CreditMemo:
    """A credit to the customer; `open` is what has not been applied yet."""

    id: int
    number: str
    customer_id: int
    total: Money
    open: Money
    issued_on: date
    netsuite_id: str = ""

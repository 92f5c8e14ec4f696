"""Drift: where a document in the ERP is no longer what we relied on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.ledger.money import Money


class DriftKind(StrEnum):
    """What went apart. One finding names the cause, never its symptoms."""

    DELETED = "deleted"
    VOIDED = "voided"
    AMOUNT_CHANGED = "amount_changed"
    BALANCE_MISMATCH = "balance_mismatch"
    APPLICATION_MISMATCH = "application_mismatch"
    STATUS_MISMATCH = "status_mismatch"
    DUE_DATE_CHANGED = "due_date_changed"
    CUSTOMER_CHANGED = "customer_changed"
    CURRENCY_OR_RATE_CHANGED = "currency_or_rate_changed"
    PERIOD_MOVED = "period_moved"
    UNEXPECTED_DOCUMENT = "unexpected_document"
    DUPLICATE_SUSPECT = "duplicate_suspect"
    CONTROL_TOTAL_GAP = "control_total_gap"


@dataclass(frozen=True, slots=True)
class DocumentState:
    """One document as it stood at a moment. Empty text and None mean: not known.

    `kind` is invoice, payment, credit_memo, deposit, deposit_application, refund or journal.
    `status` is open, paid, voided, pending_approval or rejected for an invoice; open, applied or
    voided for the others. `applications` are a settlement's amounts by the other document's ERP id.
    """

    kind: str
    netsuite_id: str
    number: str
    customer_netsuite_id: str
    total: Money
    open: Money
    status: str
    on: date
    due_on: date | None = None
    exchange_rate: str = ""
    period_netsuite_id: str = ""
    external_id: str = ""
    reference: str = ""
    applications: tuple[tuple[str, Money], ...] = ()
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A document before and after a pass over the ERP.

    `before` is None when it was never seen; `after` is None when the ERP no longer has it.
    """

    before: DocumentState | None
    after: DocumentState | None

"""What stood before as an effect that puts it back in the ERP, where an ERP can be told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.ledger.drift import DocumentState, DriftKind
from domain.ledger.drift_record import state_of
from domain.ledger.money import Money
from effects.kinds import AppliedAmount, PutApplications, UpdateInvoice
from store import drift_subjects
from store.drift import DriftFindingRow
from store.engine import Session

PUSHABLE = (DriftKind.DUE_DATE_CHANGED, DriftKind.APPLICATION_MISMATCH)


@dataclass(frozen=True, slots=True)
class CannotPush:
    """Nothing we may send puts this back. `todo` is what a person does in NetSuite."""

    todo: str


_BY_HAND = {
    DriftKind.DELETED: (
        "A deleted record does not come back, and we never post it again by ourselves. Enter it"
        " anew in NetSuite if it was deleted by mistake, then accept this finding."
    ),
    DriftKind.VOIDED: (
        "A void cannot be undone. Enter the document anew in NetSuite if it was voided by mistake,"
        " then accept this finding."
    ),
    DriftKind.AMOUNT_CHANGED: (
        "Open the document in NetSuite and set its lines back, or issue a credit memo for the"
        " difference."
    ),
    DriftKind.BALANCE_MISMATCH: (
        "Open the document's Related Records in NetSuite and look for an application or a journal"
        " that the links do not show; edit and save the document so that NetSuite adds up again."
    ),
    DriftKind.APPLICATION_MISMATCH: (
        "Open the document in NetSuite and set what it is applied to on its Apply tab."
    ),
    DriftKind.STATUS_MISMATCH: (
        "Open the document in NetSuite: approve it again, or apply or free what its status claims."
    ),
    DriftKind.DUE_DATE_CHANGED: "Open the invoice in NetSuite and set the due date.",
    DriftKind.CUSTOMER_CHANGED: "Open the document in NetSuite and set the customer back.",
    DriftKind.CURRENCY_OR_RATE_CHANGED: (
        "Set the exchange rate back on the document in NetSuite. A currency cannot be changed:"
        " void the document and enter it anew."
    ),
    DriftKind.PERIOD_MOVED: "Set the posting period back on the document in NetSuite.",
    DriftKind.UNEXPECTED_DOCUMENT: (
        "Find out who entered it. If it does not belong there, delete or void it in NetSuite;"
        " if it does, accept it."
    ),
    DriftKind.DUPLICATE_SUSPECT: (
        "Compare both in NetSuite. Delete or void the one too many; accept this finding if both"
        " are right."
    ),
    DriftKind.CONTROL_TOTAL_GAP: (
        "Run Accounts Receivable Register in NetSuite for this subsidiary and look for journals on"
        " a receivable account without a customer; give them one, or post them elsewhere."
    ),
}


def todo(kind: str) -> str:
    """What a person does in NetSuite to put it back by hand."""
    return _BY_HAND[DriftKind(kind)]


def pushable(row: DriftFindingRow) -> bool:
    """Whether we could propose to put this back."""
    if row.kind == DriftKind.APPLICATION_MISMATCH:
        return row.document_kind == "payment"
    return row.kind == DriftKind.DUE_DATE_CHANGED and row.document_kind == "invoice"


async def push_of(
    session: Session, row: DriftFindingRow
) -> UpdateInvoice | PutApplications | CannotPush:
    """The effect that puts back what stood, or why there is none."""
    if not pushable(row) or row.customer_id is None:
        return CannotPush(todo(row.kind))
    ours, theirs = state_of(row.ours), state_of(row.theirs)
    if row.kind == DriftKind.DUE_DATE_CHANGED:
        return await _due_date(session, row, ours, theirs)
    return await _applications(session, row, ours, theirs)


async def _due_date(
    session: Session, row: DriftFindingRow, ours: DocumentState, theirs: DocumentState
) -> UpdateInvoice | CannotPush:
    subject = await drift_subjects.invoice(session, row.netsuite_id)
    if subject is None or ours.due_on is None or theirs.due_on is None:
        return CannotPush(todo(row.kind))
    return UpdateInvoice(
        invoice_id=subject.id,
        netsuite_id=row.netsuite_id,
        number=row.number,
        customer_id=subject.customer_id,
        customer_netsuite_id=theirs.customer_netsuite_id,
        before={"due_on": theirs.due_on.isoformat()},
        after={"due_on": ours.due_on.isoformat()},
        expected_modified_at=theirs.modified_at,
        occasion=_occasion(row),
    )


async def _applications(
    session: Session, row: DriftFindingRow, ours: DocumentState, theirs: DocumentState
) -> PutApplications | CannotPush:
    subject = await drift_subjects.payment(session, row.netsuite_id)
    if subject is None or row.customer_id is None:
        return CannotPush(todo(row.kind))
    before = await _lines(session, theirs.applications)
    after = await _lines(session, ours.applications)
    if before is None or after is None:
        return CannotPush(todo(row.kind))
    return PutApplications(
        payment_id=subject.id,
        payment_netsuite_id=row.netsuite_id,
        customer_id=row.customer_id,
        customer_netsuite_id=theirs.customer_netsuite_id,
        amount=theirs.total,
        before=before,
        after=after,
        occasion=_occasion(row),
        number=row.number,
    )


async def _lines(
    session: Session, applications: Sequence[tuple[str, Money]]
) -> tuple[AppliedAmount, ...] | None:
    """The applications by invoice; None when one is not to an invoice we know."""
    known = await drift_subjects.invoices(session, [other for other, _ in applications])
    if any(other not in known for other, _ in applications):
        return None
    return tuple(
        AppliedAmount(known[other].id, other, known[other].number, amount)
        for other, amount in applications
    )


def _occasion(row: DriftFindingRow) -> str:
    """This time the finding was open: a second time is another occasion."""
    return f"drift:{row.id}:{int(row.first_seen_at.timestamp())}"

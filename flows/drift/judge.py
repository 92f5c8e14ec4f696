"""One document held against what we relied on: findings opened, brought up to date, closed."""

from __future__ import annotations

from collections.abc import Sequence

from domain.ledger.drift import (
    Around,
    Change,
    Difference,
    DocumentState,
    DriftKind,
    compare,
)
from domain.ledger.drift_record import put_back, state_of
from domain.ledger.invoice import InvoiceStatus
from flows.drift.findings import Desk, close, refresh
from store import drift, drift_around
from store.drift import CLOSED, DriftFindingRow
from store.engine import Session

# What only a pass over everything can tell; a single change neither opens nor ends it.
_AT_LARGE = frozenset({DriftKind.BALANCE_MISMATCH, DriftKind.CONTROL_TOTAL_GAP})
_MENDED_BY_REMOVAL = frozenset({DriftKind.UNEXPECTED_DOCUMENT, DriftKind.DUPLICATE_SUSPECT})
_EXPLAINING = frozenset(
    {
        DriftKind.DELETED,
        DriftKind.VOIDED,
        DriftKind.AMOUNT_CHANGED,
        DriftKind.CUSTOMER_CHANGED,
        DriftKind.CURRENCY_OR_RATE_CHANGED,
    }
)


async def judge(
    session: Session,
    desk: Desk,
    change: Change,
    known: Sequence[DriftFindingRow],
    around: Around,
) -> None:
    """Hold one document against what we relied on, and make its findings say so."""
    about = [row for row in known if row.state != CLOSED]
    if _removed(change.after) and not around.posted_by_us and await _mended(session, desk, about):
        return
    own = [row for row in about if row.netsuite_id == id_of(change)]
    differences = compare(_baseline(change.before, own), change.after, around)
    causes = {one.kind for one in differences}
    for row in own:
        if row.kind not in causes and _can_tell(row):
            await close(session, row, _reason(differences), "sync", desk.now)
    for one in differences:
        await found(session, desk, one, own)


def _can_tell(row: DriftFindingRow) -> bool:
    """Whether one document's change shows that the finding holds no more."""
    if row.kind == DriftKind.UNEXPECTED_DOCUMENT:
        return row.fields == ["period_closed"]
    return DriftKind(row.kind) not in _AT_LARGE | _MENDED_BY_REMOVAL


async def found(
    session: Session, desk: Desk, one: Difference, own: Sequence[DriftFindingRow] = ()
) -> None:
    """Open a finding, or bring the one that stands up to date."""
    standing = next((row for row in own if row.kind == one.kind and row.state != CLOSED), None)
    if standing is not None:
        refresh(standing, one, desk.now)
        return
    await desk.open(session, one)
    if one.kind in _EXPLAINING and one.ours is not None:
        await _explain(session, desk, one.ours.netsuite_id)


async def _explain(session: Session, desk: Desk, netsuite_id: str) -> None:
    """End findings on applications that moved because this document did."""
    for row in await drift.applied_to(session, [netsuite_id]):
        ours, theirs = state_of(row.ours), state_of(row.theirs)
        others = {other for other, _ in (*ours.applications, *theirs.applications)}
        told = frozenset(await drift_around.explained(session, others) | {netsuite_id})
        left = compare(ours, theirs, Around(explained=told))
        if all(one.kind is not DriftKind.APPLICATION_MISMATCH for one in left):
            reason = f"explained by what happened to document {netsuite_id}"
            await close(session, row, reason, "sync", desk.now)


async def _mended(session: Session, desk: Desk, about: Sequence[DriftFindingRow]) -> bool:
    """Whether the document's removal was what a finding on it asked for; ends that finding."""
    asked = [row for row in about if DriftKind(row.kind) in _MENDED_BY_REMOVAL]
    for row in asked:
        await close(session, row, "the document was removed", "sync", desk.now)
    return bool(asked)


def _baseline(before: DocumentState | None, own: Sequence[DriftFindingRow]) -> DocumentState | None:
    """What we relied on: as mirrored, but with what open findings hold against it."""
    held = [row for row in own if DriftKind(row.kind) not in _AT_LARGE | _MENDED_BY_REMOVAL]
    for row in held:
        ours = state_of(row.ours)
        whole = before is None or row.kind in (DriftKind.DELETED, DriftKind.VOIDED)
        before = ours if before is None or whole else put_back(before, ours, row.fields)
    return before


def _reason(differences: Sequence[Difference]) -> str:
    """Why a finding that holds no more is closed."""
    if not differences:
        return "equal again"
    return f"explained by {', '.join(one.kind for one in differences)}"


def _removed(after: DocumentState | None) -> bool:
    return after is None or after.status == InvoiceStatus.VOIDED


def concerns(row: DriftFindingRow, netsuite_id: str) -> bool:
    return netsuite_id in (row.netsuite_id, row.ours.get("netsuite_id"))


def _state(change: Change) -> DocumentState:
    state = change.after or change.before
    if state is None:
        raise ValueError("a change needs a document")
    return state


def id_of(change: Change) -> str:
    return _state(change).netsuite_id


def kind_of(change: Change) -> str:
    return _state(change).kind

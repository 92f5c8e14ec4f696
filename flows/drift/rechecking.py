"""Findings held against the mirror as it is now: closed when they hold no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from domain.ledger.drift import Around, Change, DocumentState, DriftKind
from domain.ledger.drift_record import payload
from flows.drift.around import around_of
from flows.drift.findings import Desk, alert, close
from flows.drift.judge import judge
from store import drift, drift_checks, erp_states
from store.drift import CLOSED, NO_DOCUMENTS, OPEN, DriftFindingRow
from store.engine import Session

TWIN_DAYS = 7
_BY_THEMSELVES = frozenset(
    {DriftKind.BALANCE_MISMATCH, DriftKind.DUPLICATE_SUSPECT, DriftKind.UNEXPECTED_DOCUMENT}
)


async def recheck(session: Session, now: datetime) -> None:
    """Close what holds no more since the mirror was written; what is still wrong stays."""
    desk = await Desk.ready(session, now)
    await settle(session, desk)
    await desk.finish(session)


async def settle(session: Session, desk: Desk) -> None:
    """Bring every finding that is not closed up to date with the mirror.

    An ignored finding whose time is over opens again.
    """
    rows = [r for r in await drift.standing(session) if r.document_kind not in NO_DOCUMENTS]
    states = await erp_states.document_states(session, {row.netsuite_id for row in rows})
    await _by_themselves(session, desk, [r for r in rows if r.kind in _BY_THEMSELVES], states)
    await _changed(session, desk, [r for r in rows if r.kind not in _BY_THEMSELVES], states)
    for row in await drift.expired(session, desk.today):
        row.state, row.ignored_until, row.resolution = OPEN, None, ""
        await session.flush()
        await alert(session, row, desk.now)


async def _by_themselves(
    session: Session,
    desk: Desk,
    rows: Sequence[DriftFindingRow],
    states: Mapping[str, DocumentState],
) -> None:
    suspects = await drift_checks.off_balance(session) if rows else {}
    twins = await drift_checks.twins(session, days=TWIN_DAYS) if rows else {}
    still = {
        DriftKind.BALANCE_MISMATCH: suspects.keys(),
        DriftKind.DUPLICATE_SUSPECT: twins.keys(),
        DriftKind.UNEXPECTED_DOCUMENT: states.keys(),
    }
    for row in rows:
        if row.netsuite_id not in still[DriftKind(row.kind)]:
            await close(session, row, "equal again", "sync", desk.now)
        elif row.netsuite_id in states:
            row.theirs, row.last_seen_at = payload(states[row.netsuite_id]), desk.now


async def _changed(
    session: Session,
    desk: Desk,
    rows: Sequence[DriftFindingRow],
    states: Mapping[str, DocumentState],
) -> None:
    here = sorted((r for r in rows if r.netsuite_id in states), key=lambda r: r.netsuite_id)
    now = [Change(states[key], states[key]) for key in {r.netsuite_id for r in here}]
    around = await around_of(session, desk, now)
    for key, own in groupby(here, key=lambda row: row.netsuite_id):
        about = [row for row in own if row.state != CLOSED]
        change = Change(states[key], states[key])
        await judge(session, desk, change, about, around.get(key, Around()))

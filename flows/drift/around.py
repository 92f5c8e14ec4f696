"""What must be known around changed documents before they are judged."""

from __future__ import annotations

from collections.abc import Sequence

from domain.ledger.drift import Around, Change, DocumentState, DriftKind, standing
from domain.ledger.money import Money
from erp.identity import PREFIXES
from flows.drift.findings import Desk
from store import drift, drift_around
from store.engine import Session


async def around_of(session: Session, desk: Desk, changes: Sequence[Change]) -> dict[str, Around]:
    """What surrounds each changed document, by its ERP id; asked for all of them at once."""
    states = {state.netsuite_id: state for one in changes if (state := one.after or one.before)}
    payments = [key for key, state in states.items() if state.kind == "payment"]
    posted = await drift_around.posted_by_us(session, payments)
    news = {one.after.netsuite_id for one in changes if one.before is None and one.after}
    news |= await _unexpected(session, states)
    borrowed = await borrowed_ids(session, [states[key] for key in news])
    applied = await _contradictory(session, changes)
    told = await drift_around.explained(session, _others(changes))
    return {
        key: Around(
            posted_by_us=key in posted,
            period_closed=key in news and _closed(desk, state),
            borrowed_id=key in borrowed,
            explained=frozenset(told),
            applied=applied.get(key),
        )
        for key, state in states.items()
    }


async def borrowed_ids(session: Session, states: Sequence[DocumentState]) -> set[str]:
    """Which of these documents bear an external id of ours that no effect of ours has."""
    bearing = {one.netsuite_id: one.external_id for one in states if _is_ours(one.external_id)}
    made = await drift_around.made_by_us(session, bearing.values())
    return {key for key, external_id in bearing.items() if external_id not in made}


def _is_ours(external_id: str) -> bool:
    return external_id.startswith(PREFIXES)


async def _unexpected(session: Session, states: dict[str, DocumentState]) -> set[str]:
    """Documents whose finding says that they were not expected: still so?"""
    rows = await drift.by_keys(
        session, [f"{DriftKind.UNEXPECTED_DOCUMENT}:{key}" for key in states]
    )
    return {row.netsuite_id for row in rows.values() if row.state != drift.CLOSED}


async def _contradictory(session: Session, changes: Sequence[Change]) -> dict[str, Money]:
    asked = [
        one.after.netsuite_id
        for one in changes
        if one.after is not None and standing(one.after, Around())
    ]
    return await drift_around.applied_to_invoices(session, asked)


def _closed(desk: Desk, state: DocumentState) -> bool:
    period = desk.booked_in(state)
    return period is not None and period.closed


def _others(changes: Sequence[Change]) -> set[str]:
    """The documents that changed settlements were applied to."""
    return {
        other
        for one in changes
        if one.before is not None and one.after is not None
        if one.before.applications != one.after.applications
        for other, _ in (*one.before.applications, *one.after.applications)
    }

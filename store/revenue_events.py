"""Questions to the events of revenue, and the turn that everybody takes who writes its books."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import TextClause, func, insert, text
from sqlmodel import col, select

from store.engine import Session
from store.revenue import RevenueEventRow

_TURN = select(func.pg_advisory_xact_lock(4271))
_PERIOD_KINDS = ("period_closed", "period_reopened")
_CHANGE_KINDS = ("credited", "written_off", "modified", "voided")

_LATEST = text("""
SELECT DISTINCT ON (record_id) id FROM revenue_event
WHERE source_kind = :kind AND source_netsuite_id = ANY(:ids)
ORDER BY record_id, revision DESC
""")
_LATEST_OF_LINES = text("""
SELECT DISTINCT ON (record_id) id FROM revenue_event
WHERE obligation = ANY(:keys) AND obligation <> ''
ORDER BY record_id, revision DESC
""")
_POSTED = text("""
SELECT c.record_id FROM revenue_cell c JOIN revenue_obligation o ON o.id = c.obligation_id
WHERE o.key = ANY(:keys) AND (c.posted_minor <> 0 OR c.posted_base_minor <> 0)
UNION
SELECT p.record_id FROM revenue_paper p JOIN revenue_obligation o ON o.id = p.obligation_id
WHERE o.key = ANY(:keys) AND (p.posted_minor <> 0 OR p.posted_claim_minor <> 0)
""")

_UNSETTLED = text("""
SELECT DISTINCT e.obligation FROM revenue_event e
WHERE e.subsidiary_id = :subsidiary_id
  AND e.kind IN ('credited', 'written_off', 'modified', 'voided')
  AND NOT EXISTS (
    SELECT 1 FROM revenue_event p
    WHERE p.obligation = '' AND p.kind = 'period_closed' AND p.subsidiary_id = e.subsidiary_id
      AND p.id > e.id AND p.effective_on >= e.effective_on)
ORDER BY e.obligation
""")


async def take_turns(session: Session) -> None:
    """Whoever writes events, projections or postings holds this until the commit."""
    await session.exec(_TURN)


async def append_events(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Add events in the order they became known."""
    if rows:
        connection = await session.connection()
        await connection.execute(insert(RevenueEventRow), [dict(row) for row in rows])


async def events_of(session: Session, keys: Collection[str]) -> Sequence[RevenueEventRow]:
    """Every event of these lines, in known order."""
    found = await session.exec(
        select(RevenueEventRow)
        .where(col(RevenueEventRow.obligation).in_(keys))
        .order_by(col(RevenueEventRow.id))
    )
    return found.all()


async def period_events(session: Session) -> Sequence[RevenueEventRow]:
    """Every closing and reopening, in known order."""
    found = await session.exec(
        select(RevenueEventRow)
        .where(RevenueEventRow.obligation == "", col(RevenueEventRow.kind).in_(_PERIOD_KINDS))
        .order_by(col(RevenueEventRow.id))
    )
    return found.all()


async def latest_of_source(
    session: Session, kind: str, netsuite_ids: Collection[str]
) -> Sequence[RevenueEventRow]:
    """The last revision of each record that was read from these documents."""
    return await _rows(session, _LATEST, {"kind": kind, "ids": list(netsuite_ids)})


async def latest_of_lines(session: Session, keys: Collection[str]) -> Sequence[RevenueEventRow]:
    """The last revision of each record of these lines."""
    return await _rows(session, _LATEST_OF_LINES, {"keys": list(keys)})


async def posted_records(session: Session, keys: Collection[str]) -> set[str]:
    """Which records of these lines have anything in the books."""
    connection = await session.connection()
    found = await connection.execute(_POSTED, {"keys": list(keys)})
    return {str(row[0]) for row in found}


async def unsettled_lines(session: Session, subsidiary_id: int) -> Sequence[str]:
    """Lines with a change that no closing has met yet: it was dated later, or known later.

    Only theirs can read differently when a period is reopened.
    """
    connection = await session.connection()
    found = await connection.execute(_UNSETTLED, {"subsidiary_id": subsidiary_id})
    return [str(row[0]) for row in found]


async def dated_after(session: Session, subsidiary_id: int, day: date) -> Sequence[str]:
    """Lines with a change dated after a day."""
    found = await session.exec(
        select(RevenueEventRow.obligation)
        .where(
            RevenueEventRow.subsidiary_id == subsidiary_id,
            col(RevenueEventRow.kind).in_(_CHANGE_KINDS),
            RevenueEventRow.effective_on > day,
        )
        .distinct()
        .order_by(RevenueEventRow.obligation)
    )
    return found.all()


async def begun_anew(session: Session, subsidiary_id: int) -> Sequence[str]:
    """Lines with a record beside their first: it may have other accounts than what was posted."""
    found = await session.exec(
        select(RevenueEventRow.obligation)
        .where(
            RevenueEventRow.subsidiary_id == subsidiary_id,
            RevenueEventRow.kind == "billed",
            RevenueEventRow.record_id != RevenueEventRow.obligation,
        )
        .distinct()
        .order_by(RevenueEventRow.obligation)
    )
    return found.all()


async def changed_lines(session: Session, subsidiary_id: int) -> Sequence[str]:
    """Lines that anything but billing ever happened to."""
    found = await session.exec(
        select(RevenueEventRow.obligation)
        .where(
            RevenueEventRow.subsidiary_id == subsidiary_id,
            col(RevenueEventRow.kind).in_(_CHANGE_KINDS),
        )
        .distinct()
        .order_by(RevenueEventRow.obligation)
    )
    return found.all()


async def _rows(
    session: Session, statement: TextClause, values: Mapping[str, object]
) -> Sequence[RevenueEventRow]:
    connection = await session.connection()
    ids = [row[0] for row in await connection.execute(statement, dict(values))]
    if not ids:
        return []
    found = await session.exec(
        select(RevenueEventRow)
        .where(col(RevenueEventRow.id).in_(ids))
        .order_by(col(RevenueEventRow.id))
    )
    return found.all()

"""Periods of the books of revenue, by subsidiary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from store.engine import Session
from store.parties import SubsidiaryRow
from store.revenue import RevenuePeriodRow

OPEN, POSTED, CLOSED, REOPENED = "open", "posted", "closed", "reopened"


async def subsidiaries(session: Session) -> Sequence[SubsidiaryRow]:
    """Every subsidiary, by id."""
    return (await session.exec(select(SubsidiaryRow).order_by(col(SubsidiaryRow.id)))).all()


async def subsidiary(session: Session, subsidiary_id: int) -> SubsidiaryRow | None:
    return await session.get(SubsidiaryRow, subsidiary_id)


async def periods(
    session: Session, subsidiary_id: int, *, limit: int = 120
) -> Sequence[RevenuePeriodRow]:
    """Periods that were ever posted or looked at, the latest first."""
    found = await session.exec(
        select(RevenuePeriodRow)
        .where(RevenuePeriodRow.subsidiary_id == subsidiary_id)
        .order_by(col(RevenuePeriodRow.starts_on).desc())
        .limit(limit)
    )
    return found.all()


async def period(
    session: Session, subsidiary_id: int, starts_on: date, *, for_update: bool = False
) -> RevenuePeriodRow | None:
    """The period that begins on a day, or None if it was never posted."""
    query = select(RevenuePeriodRow).where(
        RevenuePeriodRow.subsidiary_id == subsidiary_id, RevenuePeriodRow.starts_on == starts_on
    )
    if for_update:
        query = query.with_for_update()
    found = await session.exec(query.execution_options(populate_existing=True))
    return found.first()


async def reopened(session: Session, subsidiary_id: int) -> RevenuePeriodRow | None:
    """The first reopened period."""
    found = await session.exec(
        select(RevenuePeriodRow)
        .where(RevenuePeriodRow.subsidiary_id == subsidiary_id, RevenuePeriodRow.state == REOPENED)
        .order_by(col(RevenuePeriodRow.starts_on))
        .limit(1)
    )
    return found.first()


async def last_posted(session: Session, subsidiary_id: int) -> RevenuePeriodRow | None:
    """The latest period that was ever posted."""
    found = await session.exec(
        select(RevenuePeriodRow)
        .where(RevenuePeriodRow.subsidiary_id == subsidiary_id, RevenuePeriodRow.run > 0)
        .order_by(col(RevenuePeriodRow.starts_on).desc())
        .limit(1)
    )
    return found.first()


async def unlocked(session: Session, subsidiary_id: int) -> RevenuePeriodRow | None:
    """The period whose rows are written and that is not locked yet."""
    found = await session.exec(
        select(RevenuePeriodRow)
        .where(RevenuePeriodRow.subsidiary_id == subsidiary_id, RevenuePeriodRow.state == POSTED)
        .order_by(col(RevenuePeriodRow.starts_on))
        .limit(1)
    )
    return found.first()

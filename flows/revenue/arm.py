"""Reading the ERP's own revenue plans and setting them beside our books, by a job.

Only where the ERP posts revenue. Nothing here writes to the ERP.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from domain.revenue.settings import Mode, RevenueSettings
from erp.port import ElementsNotShown, ErpRevenueElement
from flows.revenue.arm_lines import compared, compared_without
from flows.revenue.mode import mode_in_force
from store import revenue_arm, revenue_arm_lines, revenue_movements
from store.engine import Database, Session
from store.jobs import Job, enqueue
from store.revenue_arm import RevenueArmReadingRow

READ = "revenue.arm.read"
_YEAR = timedelta(days=366)
_AT_ONCE = 200


class Plans(Protocol):
    """The part of an ERP that tells its plans. Failed reads raise ErpUnavailable or ErpRefused."""

    def revenue_elements(
        self, *, since: date, after_id: str = ""
    ) -> AsyncIterator[Sequence[ErpRevenueElement] | ElementsNotShown]: ...


@dataclass(frozen=True, slots=True)
class PlansRead:
    """Every element was read and set beside our lines."""

    elements: int


@dataclass(frozen=True, slots=True)
class PlansNotShown:
    """The account or the role does not show its plans; nothing can be said of them."""

    told: str


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Revenue is posted by journals from here: there are no plans to compare with."""


async def wanted(session: Session, settings: RevenueSettings) -> bool:
    """Ask for a reading where the ERP posts revenue; False when one waits already, or none may."""
    if await mode_in_force(session, settings) is not Mode.ARM:
        return False
    return await enqueue(session, Job(READ, {}, lane="sync", once=READ))


async def read_plans(
    db: Database, erp: Plans, settings: RevenueSettings, now: datetime
) -> PlansRead | PlansNotShown | NotAsked:
    """Read every element since a year before the books' first open day, and compare.

    Safe to repeat, or to be cut off: only a reading that came to its end counts. Raises
    ErpUnavailable or ErpRefused.
    """
    async with db.begin() as session:
        if await mode_in_force(session, settings) is not Mode.ARM:
            return NotAsked()
        reading = RevenueArmReadingRow(since_on=await _since(session, now), started_at=now)
        session.add(reading)
        await session.flush()
    count = 0
    async for page in erp.revenue_elements(since=reading.since_on):
        if isinstance(page, ElementsNotShown):
            await _end(db, reading, revenue_arm.NOT_SHOWN, page.told, now)
            return PlansNotShown(page.told)
        async with db.begin() as session:
            await revenue_arm.put(session, await compared(session, page, reading.id, settings))
        count += len(page)
    await _without(db, reading, settings)
    reading.elements = count
    async with db.begin() as session:
        await revenue_arm.finish(session, await session.merge(reading))
    await _end(db, reading, revenue_arm.READ, "", now)
    return PlansRead(count)


async def _since(session: Session, now: datetime) -> date:
    days = [one.day for one in await revenue_movements.first_open(session) if one.day is not None]
    return min(days, default=now.date()) - _YEAR


async def _without(db: Database, reading: RevenueArmReadingRow, settings: RevenueSettings) -> None:
    """Lines of ours that no element was made of."""
    for kind in ("invoice", "credit_memo"):
        after = ("", 0)
        while True:
            async with db.begin() as session:
                found = await revenue_arm_lines.without_element(
                    session, kind, reading.id, reading.since_on, after, _AT_ONCE
                )
                rows = await compared_without(session, kind, found, reading.id, settings)
                await revenue_arm.put(session, rows)
            if len(found) < _AT_ONCE:
                break
            after = found[-1]


async def _end(
    db: Database, reading: RevenueArmReadingRow, outcome: str, told: str, now: datetime
) -> None:
    async with db.begin() as session:
        row = await session.merge(reading)
        row.outcome, row.told, row.finished_at = outcome, told, now
        session.add(row)

"""Every slot is enqueued once, and after a silence only the latest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from jobs.clock import ServiceClock, Tick
from store.engine import Database
from tests.effects.outside import Clock

DAY = timedelta(days=1)


async def enqueued(db: Database) -> list[dict[str, str]]:
    async with db.read() as session:
        found = await (await session.connection()).execute(
            text("SELECT args FROM procrastinate_jobs ORDER BY id")
        )
        return list(found.scalars())


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "after", "now", "slot"),
    [
        (DAY, timedelta(0), "2026-03-10T00:00", "2026-03-10T00:00"),
        (DAY, timedelta(0), "2026-03-10T23:59:59", "2026-03-10T00:00"),
        (DAY, timedelta(hours=5), "2026-03-10T04:59", "2026-03-09T05:00"),
        (timedelta(minutes=3), timedelta(0), "2026-03-10T12:05:59", "2026-03-10T12:03"),
    ],
)
def test_slots(every: timedelta, after: timedelta, now: str, slot: str) -> None:
    assert Tick("t", every, after=after).slot(at(now)) == at(slot)


async def test_replicas_share_a_slot(db: Database) -> None:
    clock = Clock()
    replicas = [ServiceClock(db, clock, [Tick("sweep", DAY, "day")]) for _ in range(3)]
    for replica in replicas:
        await replica.look()
        await replica.look()
    assert await enqueued(db) == [{"day": "2026-03-10"}]


async def test_only_the_latest_slot_after_a_silence(db: Database) -> None:
    clock = Clock()
    tick = ServiceClock(db, clock, [Tick("sweep", DAY, "day")])
    await tick.look()
    clock.now += 9 * DAY
    await tick.look()
    assert await enqueued(db) == [{"day": "2026-03-10"}, {"day": "2026-03-19"}]


async def test_a_clock_that_steps_back_repeats_nothing(db: Database) -> None:
    clock = Clock()
    tick = ServiceClock(db, clock, [Tick("sweep", DAY, "day")])
    for step in (0, 1, -1, 1):
        clock.now += step * DAY
        await tick.look()
    assert len(await enqueued(db)) == 2


async def test_a_job_that_waits_stands_for_later_slots(db: Database) -> None:
    clock = Clock()
    tick = ServiceClock(db, clock, [Tick("sync", timedelta(minutes=3))])
    for _ in range(3):
        await tick.look()
        clock.now += timedelta(minutes=3)
    assert await enqueued(db) == [{"slot": "2026-03-10T15:00:00+00:00"}]


async def test_ticks_without_a_handler_are_left_out(db: Database) -> None:
    tick = ServiceClock(db, Clock(), [Tick("a", DAY), Tick("b", DAY, "none")])
    tick.only({"b"})
    await tick.look()
    assert await enqueued(db) == [{}]

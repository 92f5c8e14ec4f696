"""A worker runs jobs, retries what fails, stops cleanly and takes over from the dead."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import text

from effects import decide
from jobs.clock import Tick
from jobs.handlers import Handlers, Retry
from jobs.worker import Services, WorkerOptions, work
from store import effects, slots, worklist
from store.engine import Database
from store.jobs import Job, enqueue
from tests.effects.outside import ANNA, NOW, POLICY, Clock, Outside, hands, mail, offer

FAST = WorkerOptions(
    heartbeat=timedelta(seconds=0.2),
    dead_after=timedelta(seconds=1),
    poll=timedelta(seconds=0.2),
    stop_within=timedelta(seconds=1),
    quiet=timedelta(seconds=1),
    retry=Retry(attempts=3, first=timedelta(seconds=0)),
)


def services(db: Database, handlers: Handlers, outside: Outside | None = None,
             ticks: tuple[Tick, ...] = ()) -> Services:  # fmt: skip
    return Services(db, Clock(), hands(outside or Outside()), handlers, ticks, FAST)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    deadline = asyncio.get_running_loop().time() + 15
    while asyncio.get_running_loop().time() < deadline:
        if await condition():
            return
        await asyncio.sleep(0.02)
    raise TimeoutError


async def put(db: Database, job: Job) -> None:
    async with db.begin() as session:
        await enqueue(session, job)


async def status(db: Database) -> list[str]:
    async with db.read() as session:
        found = await (await session.connection()).execute(
            text("SELECT status::text FROM procrastinate_jobs ORDER BY id")
        )
        return list(found.scalars())


async def running(services_: Services, condition: Callable[[], Awaitable[bool]]) -> None:
    """Run a worker until the condition holds, then stop it."""
    stop = asyncio.Event()
    worker = asyncio.create_task(work(services_, stop))
    waiting = asyncio.create_task(until(condition))
    await asyncio.wait({worker, waiting}, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await waiting
    await worker


async def test_a_worker_carries_out_what_was_approved(db: Database) -> None:
    outside = Outside()
    proposed = await offer(db, mail("a"))
    async with db.begin() as session:
        row = await effects.effect(session, proposed.effect_id)
        assert row is not None
        await decide.approve(session, row.id, row.fingerprint, ANNA, POLICY, NOW)

    async def done() -> bool:
        async with db.read() as session:
            found = await effects.effect(session, proposed.effect_id)
            return found is not None and found.state == "done"

    await running(services(db, {}, outside), done)
    assert len(outside.reached) == 1


async def test_a_failing_job_is_retried_and_then_shown(db: Database) -> None:
    runs: list[int] = []

    async def broken(number: int) -> None:
        runs.append(number)
        raise ConnectionError("the ERP is down")

    async def failed() -> bool:
        return await status(db) == ["failed"]

    await put(db, Job("broken", {"number": 7}))
    await running(services(db, {"broken": broken}), failed)
    assert runs == [7, 7, 7]
    async with db.read() as session:
        items = await worklist.open_items(session)
        health = await slots.connections(session)
    assert [(item.kind, item.detail["reason"]) for item in items] == [
        ("failed_job", "ConnectionError: the ERP is down")
    ]
    assert [(seen.name, seen.ok) for seen in health] == [("jobs", False)]


async def test_a_job_that_recovers_leaves_nothing_behind(db: Database) -> None:
    runs: list[int] = []

    async def shaky() -> None:
        runs.append(1)
        if len(runs) < 3:
            raise ConnectionError("once more")

    async def gone() -> bool:
        return await status(db) == []

    await put(db, Job("shaky"))
    await running(services(db, {"shaky": shaky}), gone)
    assert len(runs) == 3
    async with db.read() as session:
        assert await worklist.open_items(session) == []


async def test_stopping_waits_for_the_running_job(db: Database) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.set()
        await asyncio.sleep(0.3)
        ended.set()

    async def is_running() -> bool:
        return begun.is_set()

    await put(db, Job("slow"))
    await running(services(db, {"slow": slow}), is_running)
    assert ended.is_set()
    assert await status(db) == []


async def test_a_job_cut_off_by_stopping_is_put_back(db: Database) -> None:
    begun = asyncio.Event()

    async def endless() -> None:
        begun.set()
        await asyncio.Event().wait()

    async def is_running() -> bool:
        return begun.is_set()

    await put(db, Job("endless"))
    await running(services(db, {"endless": endless}), is_running)
    assert await status(db) == ["todo"]


async def test_jobs_of_a_dead_worker_are_taken_over(db: Database) -> None:
    runs: list[str] = []

    async def job() -> None:
        runs.append("run")

    async def done() -> bool:
        return bool(runs)

    await put(db, Job("job"))
    await left_by_a_dead_worker(db)
    await running(services(db, {"job": job}), done)
    assert runs == ["run"]


async def left_by_a_dead_worker(db: Database) -> None:
    """Every job there is was begun by a worker that died an hour ago."""
    async with db.begin() as session:
        driver = await session.connection()
        await driver.execute(text(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
        ))  # fmt: skip
        await driver.execute(text(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = "
            "(SELECT max(id) FROM procrastinate_workers)"
        ))  # fmt: skip


async def test_a_lane_stays_open_when_a_dead_worker_left_a_job_that_waits_again(
    db: Database,
) -> None:
    runs: list[str] = []

    async def sync(slot: str) -> None:
        runs.append(slot)

    async def gone() -> bool:
        return await status(db) == []

    await put(db, Job("sync", {"slot": "first"}, lane="sync", once="tick:sync"))
    await left_by_a_dead_worker(db)
    await put(db, Job("sync", {"slot": "second"}, lane="sync", once="tick:sync"))
    await running(services(db, {"sync": sync}), gone)
    assert runs == ["first", "second"]


async def test_a_failing_job_is_retried_although_its_like_waits(db: Database) -> None:
    runs: list[str] = []

    async def sync(slot: str) -> None:
        runs.append(slot)
        if runs == ["first"]:
            await put(db, Job("sync", {"slot": "second"}, lane="sync", once="tick:sync"))
            raise ConnectionError("the ERP is down")

    async def gone() -> bool:
        return await status(db) == []

    await put(db, Job("sync", {"slot": "first"}, lane="sync", once="tick:sync"))
    await running(services(db, {"sync": sync}), gone)
    assert runs == ["first", "first", "second"]


async def test_the_clock_of_a_worker_runs_its_ticks(db: Database) -> None:
    days: list[str] = []

    async def sweep(day: str) -> None:
        days.append(day)

    async def swept() -> bool:
        return bool(days)

    ticks = (Tick("sweep", timedelta(days=1), "day"), Tick("nobody", timedelta(days=1)))
    await running(services(db, {"sweep": sweep}, ticks=ticks), swept)
    assert days == ["2026-03-10"]


async def test_an_effect_whose_job_was_lost_is_woken(db: Database) -> None:
    outside = Outside()
    proposed = await offer(db, mail("a"))
    async with db.begin() as session:
        row = await effects.effect(session, proposed.effect_id)
        assert row is not None
        await decide.approve(session, row.id, row.fingerprint, ANNA, POLICY, NOW)
    async with db.begin() as session:
        await (await session.connection()).execute(text("DELETE FROM procrastinate_jobs"))

    async def done() -> bool:
        return bool(outside.reached)

    later = services(db, {}, outside)
    later.clock = Clock(NOW + timedelta(minutes=5))
    await running(later, done)
    assert len(outside.reached) == 1


async def test_proposals_expire_by_the_clock(db: Database) -> None:
    proposed = await offer(db, mail("a"))
    late = services(db, {}, ticks=(Tick("effects.expire", timedelta(minutes=10), "none"),))
    late.clock = Clock(NOW + timedelta(days=8))

    async def expired() -> bool:
        async with db.read() as session:
            row = await effects.effect(session, proposed.effect_id)
            return row is not None and row.state == "expired"

    await running(late, expired)

"""Durable jobs, enqueued in the caller's own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from procrastinate.types import JSONValue
from psycopg import AsyncConnection
from sqlalchemy import text

from store.engine import Session, driver_connection

# Only describes jobs; every INSERT runs on the caller's connection.
_describe = App(connector=PsycopgConnector())


@dataclass(frozen=True, slots=True)
class Job:
    """A unit of work to be done later.

    `lane`: one job of a lane runs at a time, in order. `once`: at most one waiting job of that
    name; a second enqueue is silently the first. `wait`: real time to let pass first; or
    `run_at`: an instant of real time, not of the sandbox's clock.
    """

    task: str
    args: Mapping[str, JSONValue] = field(default_factory=dict)
    lane: str | None = None
    once: str | None = None
    run_at: datetime | None = None
    priority: int = 0
    wait: timedelta = timedelta(0)


async def enqueue(session: Session, job: Job) -> bool:
    """Add `job` in this transaction. False when a job with the same `once` already waits."""
    try:
        async with session.begin_nested():
            deferrer = _deferrer(job, await driver_connection(session))
            await deferrer.defer_async(**job.args)
    except AlreadyEnqueued:
        return False
    return True


async def enqueue_all(session: Session, jobs: Sequence[Job]) -> None:
    """Add jobs in this transaction with one statement; each as `enqueue` adds it."""
    if not jobs:
        return
    try:
        async with session.begin_nested():
            connection = await driver_connection(session)
            made = [_deferrer(job, connection) for job in jobs]
            told = [one.make_new_job(**job.args) for one, job in zip(made, jobs, strict=True)]
            await made[0].job_manager.batch_defer_jobs_async(told, connection)
    except AlreadyEnqueued:
        for job in jobs:
            await enqueue(session, job)


def _deferrer(job: Job, connection: AsyncConnection[Any]) -> JobDeferrer:
    return _describe.configure_task(
        job.task,
        allow_unknown=True,
        lock=job.lane,
        queueing_lock=job.once,
        schedule_at=job.run_at,
        schedule_in={"seconds": job.wait.total_seconds()} if job.wait else None,
        priority=job.priority,
        connection=connection,
    )


async def no_longer_waits(session: Session, job_id: int) -> None:
    """A job that begins gives up its `once`.

    Another may wait from now on; putting this one back would collide with it, and leave it
    "doing" for ever with its lane shut (procrastinate's unique index on waiting jobs).
    """
    words = text("UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = :id")
    await (await session.connection()).execute(words, {"id": job_id})

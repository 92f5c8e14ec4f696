"""Many durable jobs in one statement, in the caller's own transaction."""

from __future__ import annotations

from collections.abc import Sequence

from procrastinate import App, PsycopgConnector

from store.engine import Session, driver_connection
from store.jobs import Job

_describe = App(connector=PsycopgConnector())
_CHUNK = 1_000


async def enqueue_many(session: Session, jobs: Sequence[Job]) -> int:
    """Add all `jobs`; how many. None of them may have `once`: the caller has told them apart."""
    connection = await driver_connection(session)
    for start in range(0, len(jobs), _CHUNK):
        described = [
            _describe.configure_task(
                job.task,
                allow_unknown=True,
                lock=job.lane,
                schedule_at=job.run_at,
                priority=job.priority,
                task_kwargs=dict(job.args),
            ).job
            for job in jobs[start : start + _CHUNK]
        ]
        await _describe.job_manager.batch_defer_jobs_async(described, connection=connection)
    return len(jobs)

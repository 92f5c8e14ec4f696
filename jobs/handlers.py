"""What a job runs: a registry of handlers by task name, and what happens when one fails."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.jobs import Job

from store import slots
from store.engine import Database
from store.jobs import no_longer_waits
from store.worklist import WorkItemRow, open_item

Handler = Callable[..., Awaitable[None]]
Handlers = Mapping[str, Handler]
Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Retry(BaseRetryStrategy):
    """Doubling waits from `first` up to `longest`, at most `attempts` runs in all.

    A job cut off by a shutdown is no failure: it is put back at once.
    """

    attempts: int = 10
    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=10)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, Exception):
            return RetryDecision(retry_in={"seconds": 0})
        if self.is_last(job):
            return None
        doubled: timedelta = self.first * (1 << min(job.attempts, 20))
        seconds = int(min(doubled, self.longest).total_seconds())
        return RetryDecision(retry_in={"seconds": seconds})

    def is_last(self, job: Job) -> bool:
        """Whether this run is the last one."""
        return job.attempts + 1 >= self.attempts


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs one handler for jobs, and tells people about a job that failed for good."""

    db: Database
    clock: Clock
    handler: Handler
    retry: Retry

    async def run(self, context: JobContext, arguments: Mapping[str, Any]) -> None:
        """Run the handler with the job's arguments. Raises what it raises."""
        job = context.job
        if job.queueing_lock is not None and job.id is not None:
            async with self.db.begin() as session:
                await no_longer_waits(session, job.id)
        logger.info("job %s %s begins, run %s", job.id, job.task_name, job.attempts + 1)
        try:
            await self.handler(**arguments)
        except Exception as error:
            logger.exception("job %s %s failed", job.id, job.task_name)
            if self.retry.is_last(job):
                await self._give_up(job, error)
            raise
        logger.info("job %s %s is done", job.id, job.task_name)

    async def _give_up(self, job: Job, error: Exception) -> None:
        now = self.clock()
        reason = f"{type(error).__name__}: {error}"[:500]
        item = WorkItemRow(
            key=f"job:{job.id}",
            kind="failed_job",
            title=f"{job.task_name} failed {self.retry.attempts} times",
            detail={"task": job.task_name, "args": dict(job.task_kwargs), "reason": reason},
            opened_at=now,
        )
        async with self.db.begin() as session:
            await open_item(session, item)
            await slots.report(session, "jobs", ok=False, detail=reason, now=now)

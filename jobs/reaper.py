"""Takes up what dead workers left: their jobs, and effects that stopped moving."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from procrastinate import App
from procrastinate.exceptions import ConnectorException

from effects.expire import expire
from effects.moving import schedule_once
from store import effect_history, slots
from store.engine import Database
from store.jobs import no_longer_waits

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reaper:
    """`dead_after`: real time without a heartbeat after which a worker is dead.

    `quiet`: how long an effect that should be moving may rest before it is taken up again.
    """

    app: App
    db: Database
    clock: Clock
    dead_after: timedelta = timedelta(seconds=30)
    quiet: timedelta = timedelta(minutes=1)
    keep_slots: timedelta = timedelta(days=7)

    async def reap(self, slot: str = "") -> None:
        """Put back the jobs of dead workers and wake effects that nobody attends to."""
        del slot
        jobs = await self.app.job_manager.get_stalled_jobs(
            seconds_since_heartbeat=self.dead_after.total_seconds()
        )
        for job in jobs:
            logger.warning("job %s %s of a dead worker is put back", job.id, job.task_name)
            if job.queueing_lock is not None and job.id is not None:
                async with self.db.begin() as session:
                    await no_longer_waits(session, job.id)
            try:
                await self.app.job_manager.retry_job(job)
            except ConnectorException:
                logger.info("job %s was settled meanwhile", job.id)
        await self._wake()

    async def _wake(self) -> None:
        now = self.clock()
        async with self.db.begin() as session:
            for effect_id in await effect_history.unattended(session, now, self.quiet):
                await schedule_once(session, effect_id)
            await slots.forget(session, now - self.keep_slots)

    async def expire(self) -> None:
        """Withdraw proposals whose time is over."""
        while True:
            async with self.db.begin() as session:
                found = await expire(session, self.clock())
            if found == 0:
                return
            logger.info("%s proposals expired", found)

"""The clock: it only enqueues. Any number of replicas may tick; each slot is taken once.

Slots are those of the service's own clock, so a sandbox that is moved three days forward has its
daily work done; after a silence of any length only the latest slot is enqueued.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from store.engine import Database
from store.jobs import Job, enqueue
from store.slots import take_slot

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOOK_EVERY = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A job to enqueue once in every slot of `every`, counted from midnight UTC plus `after`.

    `argument` names what the job gets: the slot's beginning ("slot"), its date ("day") or nothing.
    """

    task: str
    every: timedelta
    argument: Literal["slot", "day", "none"] = "slot"
    lane: str | None = None
    after: timedelta = timedelta(0)

    def slot(self, now: datetime) -> datetime:
        """The beginning of the slot that `now` is in."""
        passed = now.astimezone(UTC) - _EPOCH - self.after
        return _EPOCH + passed // self.every * self.every + self.after

    def job(self, slot: datetime) -> Job:
        """The job of a slot. One that still waits stands for later ones, unless its day counts."""
        match self.argument:
            case "day":
                return Job(self.task, {"day": slot.date().isoformat()}, lane=self.lane)
            case "slot":
                arguments = {"slot": slot.isoformat()}
            case "none":
                arguments = {}
        return Job(self.task, arguments, lane=self.lane, once=f"tick:{self.task}")


def usual_ticks(
    *,
    sync_every: timedelta = timedelta(minutes=3),
    mail_every: timedelta = timedelta(seconds=20),
    sweep_every: timedelta = timedelta(hours=1),
    bank_every: timedelta = timedelta(minutes=1),
) -> tuple[Tick, ...]:
    """The ticks of a service. A sweep asks every hour who may be written to where it is day.

    The passes over the ERP wait for each other. Everything is read again at an hour when it is
    night in America and early morning in Europe.
    """
    return (
        Tick("sync.fast", sync_every, lane="sync"),
        Tick("sync.wide", timedelta(hours=1), lane="sync", after=timedelta(minutes=10)),
        Tick("sync.nightly", timedelta(days=1), lane="sync", after=timedelta(hours=4)),
        Tick(
            "reconciliation.daily", timedelta(days=1), "day", lane="sync", after=timedelta(hours=5)
        ),
        Tick("revenue.intake", timedelta(minutes=10), lane="sync", after=timedelta(minutes=4)),
        Tick("revenue.nightly", timedelta(days=1), lane="sync", after=timedelta(hours=6)),
        Tick("followups.sweep", sweep_every, "day"),
        Tick("mail.poll", mail_every, lane="mail.poll"),
        Tick("bank.poll", bank_every, lane="bank"),
        Tick("promises.check", timedelta(days=1), "day", after=timedelta(hours=5)),
        Tick("credits.small_balances", timedelta(days=1), "day", after=timedelta(hours=7)),
        Tick("scores.daily", timedelta(days=1), "day", after=timedelta(hours=3)),
        Tick("chat.forget", timedelta(days=1), "none", after=timedelta(hours=2)),
        Tick("effects.expire", timedelta(minutes=10), "none"),
        Tick("effects.reap", timedelta(seconds=30)),
    )


@dataclass(slots=True)
class ServiceClock:
    """Looks every second whether a new slot began, and enqueues its job in one transaction."""

    db: Database
    clock: Clock
    ticks: Sequence[Tick]
    look_every: timedelta = _LOOK_EVERY
    _last: dict[str, datetime] = field(default_factory=dict)
    _scheduler: AsyncIOScheduler | None = None

    def only(self, tasks: Collection[str]) -> None:
        """Drop ticks whose job nobody here can run."""
        self.ticks = [tick for tick in self.ticks if tick.task in tasks]

    async def start(self) -> None:
        """Look at once, and from now on in the running loop."""
        await self.look()
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            self.look,
            "interval",
            seconds=self.look_every.total_seconds(),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        scheduler.start()
        self._scheduler = scheduler

    def stop(self) -> None:
        """Look no more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    async def look(self) -> None:
        """Enqueue what is due. A database that cannot be reached is asked again next time."""
        try:
            for tick in self.ticks:
                await self._tick(tick)
        except Exception:
            logger.exception("the clock could not enqueue")

    async def _tick(self, tick: Tick) -> None:
        slot = tick.slot(self.clock())
        if self._last.get(tick.task) == slot:
            return
        async with self.db.begin() as session:
            if await take_slot(session, tick.task, slot.isoformat(), self.clock()):
                await enqueue(session, tick.job(slot))
        self._last[tick.task] = slot

"""The world of a quarter and the service on it, in one loop, with a clock that is moved by hand."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour_of
from pathlib import Path

from app.settings import load
from app.site import site_of
from app.wiring import Parts, assembled
from app.worker import services_of
from effects.steps import Pace as GatePace
from jobs.clock import ServiceClock
from jobs.handlers import Retry
from jobs.worker import WorkerOptions, work
from sandbox.clock import real_now
from sandbox.company import Temperament
from sandbox.debtors.life import Pace
from sandbox.in_loop import served
from sandbox.server import World, start_world

# Offices in Japan and Germany are open at the first of these UTC, all of America at the second.
HOURS = (hour_of(7, 45), hour_of(16, 35))
CHARACTERS = {
    11: Temperament.WANTS_NO_MAIL,
    12: Temperament.SENDS_LAWYERS,
    13: Temperament.WANTS_PAPERS,
    14: Temperament.WANTS_PAPERS,
    15: Temperament.PROMISE_BREAKER,
    16: Temperament.DISPUTES,
    17: Temperament.DISPUTES,
    18: Temperament.DISPUTES,
}
# Mail comes by webhook here and no worker dies, so nothing has to be polled or reaped for them.
_TICKS = {
    "sync.fast",
    "sync.nightly",
    "followups.sweep",
    "promises.check",
    "bank.poll",
    "effects.expire",
    "scores.daily",
}
# An answer comes after some hours of the debtors' own: 16 to 56 minutes at this speed.
_SPEED = 0.0008
_QUICK = WorkerOptions(
    concurrency=4,
    poll=timedelta(seconds=0.5),
    stop_within=timedelta(seconds=5),
    quiet=timedelta(seconds=30),
    retry=Retry(attempts=20, first=timedelta(0), longest=timedelta(seconds=1)),
    pace=GatePace(
        first_retry=timedelta(seconds=0.2),
        longest_retry=timedelta(seconds=1),
        first_look=timedelta(seconds=0.2),
        longest_look=timedelta(seconds=1),
        while_stopped=timedelta(seconds=0.2),
        while_busy=timedelta(seconds=0.2),
    ),
)


@dataclass(frozen=True, slots=True)
class Options:
    """How long and how large. The first day is a Monday.

    `quick` looks on Monday, Wednesday and Friday instead of twice a business day, at the two
    hours by turns.
    """

    days: int = 90
    customers: int = 40
    invoices: int = 320
    seed: int = 23
    first: date = date(2026, 2, 2)
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A running world, the service on it, and the ticks that it is given by hand."""

    world: World
    parts: Parts
    ticks: ServiceClock


@contextlib.asynccontextmanager
async def staged(options: Options, database_url: str, folder: Path) -> AsyncIterator[Stage]:
    """Everything on loopback, in `folder`, on an empty, migrated database."""
    start = datetime.combine(options.first, HOURS[0], UTC)
    (folder / "world").mkdir(parents=True)
    offset = int((start - real_now()).total_seconds())
    (folder / "world" / "clock").write_text(f"{offset}\n", encoding="ascii")
    async with (
        start_world(
            folder / "world",
            customers=options.customers,
            invoices=options.invoices,
            seed=options.seed,
            today=options.first,
            pace=Pace(speed=_SPEED, spacing=0.0),
            transfers=20,
            bank=True,
            characters=CHARACTERS,
        ) as world,
        assembled(load(_settings(world, folder)), database_url) as parts,
        served(site_of(parts)) as url,
    ):
        world.use_service(url)
        services, stop = services_of(parts), asyncio.Event()
        ticks = ServiceClock(parts.db, parts.clock, services.ticks)
        ticks.only(_TICKS & services.handlers.keys())
        services.ticks, services.options = (), _QUICK
        working = asyncio.create_task(work(services, stop))
        try:
            yield Stage(world, parts, ticks)
        finally:
            world.use_service(None)
            stop.set()
            await working


def _settings(world: World, folder: Path) -> dict[str, str]:
    return {
        **{k: v for k, v in world.settings.items() if not k.startswith("SLACK_")},
        "DUNWELL_DATA_DIR": str(folder / "service"),
        "DUNWELL_SECRET_KEY": "q" * 48,
        "DUNWELL_SYNC_SECONDS": "3600",
        "DUNWELL_MAIL_POLL_SECONDS": "3600",
        "NETSUITE_LOOK_SECONDS": "1,1,1",
    }

"""A worker: runs durable jobs, keeps the clock and reaps, until it is asked to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from procrastinate import App

from effects.performer import Performers, perform
from effects.steps import PACE, Pace
from jobs.app import build_app, register
from jobs.clock import ServiceClock, Tick, usual_ticks
from jobs.handlers import Handlers, Retry
from jobs.reaper import Reaper
from store.engine import Database

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """How a worker behaves. Times are real time.

    `stop_within`: running jobs get that long to finish when the worker is asked to stop; after
    that they are cut off and put back.
    """

    concurrency: int = 4
    heartbeat: timedelta = timedelta(seconds=5)
    dead_after: timedelta = timedelta(seconds=20)
    poll: timedelta = timedelta(seconds=5)
    stop_within: timedelta = timedelta(seconds=20)
    quiet: timedelta = timedelta(minutes=1)
    retry: Retry = field(default_factory=Retry)
    pace: Pace = PACE


@dataclass(slots=True)
class Services:
    """What a worker runs: the database, the clock, the hands for effects, and all other jobs.

    `handlers` are coroutine functions by task name; they get the job's arguments by name.
    """

    db: Database
    clock: Clock
    performers: Performers
    handlers: Handlers
    ticks: Sequence[Tick] = field(default_factory=usual_ticks)
    options: WorkerOptions = field(default_factory=WorkerOptions)


async def work(services: Services, stop: asyncio.Event | None = None) -> None:
    """Run until SIGTERM, SIGINT or `stop`; running jobs finish within `options.stop_within`."""
    options, app = services.options, build(services)
    reaper = _reaper(app, services)
    clock = ServiceClock(services.db, services.clock, services.ticks)
    clock.only(app.tasks)
    asked = stop or asyncio.Event()
    async with app.open_async():
        await reaper.reap()
        with _signals(asked):
            await clock.start()
            try:
                await _run(app, options, asked)
            finally:
                clock.stop()
    logger.info("the worker stopped")


def build(services: Services) -> App:
    """The application with the gate's own jobs and all others."""
    handlers = dict(services.handlers)
    app = build_app(services.db)
    reaper = _reaper(app, services)

    async def perform_effect(effect_id: int) -> None:
        await perform(
            services.db, effect_id, services.performers, services.clock, services.options.pace
        )

    handlers |= {
        "effects.perform": perform_effect,
        "effects.expire": reaper.expire,
        "effects.reap": reaper.reap,
    }
    register(app, services.db, handlers, services.clock, services.options.retry)
    return app


async def _run(app: App, options: WorkerOptions, asked: asyncio.Event) -> None:
    running = asyncio.create_task(
        app.run_worker_async(
            concurrency=options.concurrency,
            install_signal_handlers=False,
            delete_jobs="successful",
            fetch_job_polling_interval=options.poll.total_seconds(),
            update_heartbeat_interval=options.heartbeat.total_seconds(),
            stalled_worker_timeout=options.dead_after.total_seconds(),
            shutdown_graceful_timeout=options.stop_within.total_seconds(),
        )
    )
    asking = asyncio.create_task(asked.wait())
    await asyncio.wait({running, asking}, return_when=asyncio.FIRST_COMPLETED)
    asking.cancel()
    if not running.done():
        logger.info("the worker was asked to stop")
        running.cancel()
    try:
        await running
    except asyncio.CancelledError:
        if not asked.is_set():
            raise


@contextmanager
def _signals(asked: asyncio.Event) -> Generator[None]:
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)
    for number in numbers:
        loop.add_signal_handler(number, asked.set)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _reaper(app: App, services: Services) -> Reaper:
    options = services.options
    return Reaper(app, services.db, services.clock, options.dead_after, options.quiet)

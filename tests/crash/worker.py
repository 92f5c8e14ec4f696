"""The real worker with the real performers, in a process that can be killed and forked quickly."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Mapping
from datetime import timedelta
from multiprocessing.process import BaseProcess

from app.settings import load
from app.wiring import assembled
from effects.steps import Pace
from jobs.clock import Tick
from jobs.handlers import Retry
from jobs.worker import Services, WorkerOptions, work
from store.outgoing import DELIVER

# Times are short so that a thousand lives fit into minutes; what happens is the same.
OPTIONS = WorkerOptions(
    concurrency=3,
    heartbeat=timedelta(seconds=0.3),
    dead_after=timedelta(seconds=1.5),
    poll=timedelta(seconds=0.5),
    stop_within=timedelta(seconds=5),
    quiet=timedelta(seconds=2),
    retry=Retry(attempts=1000, first=timedelta(seconds=0), longest=timedelta(seconds=1)),
    pace=Pace(
        attempts=1000,
        resends=1000,
        first_retry=timedelta(seconds=0.2),
        longest_retry=timedelta(seconds=1),
        first_look=timedelta(seconds=0.2),
        longest_look=timedelta(seconds=1),
    ),
)
TICKS = (Tick("effects.reap", timedelta(seconds=1)),)


def serve(settings: Mapping[str, str]) -> None:
    """Work until killed."""
    asyncio.run(_serve(settings))


async def _serve(settings: Mapping[str, str]) -> None:
    known = load(settings)
    async with assembled(known, settings["DATABASE_URL"]) as parts:
        others = {DELIVER: _nobody_listens}
        services = Services(parts.db, parts.clock, parts.performers, others, TICKS, OPTIONS)
        await work(services)


async def _nobody_listens() -> None:
    """No endpoint is configured: events stay where they were written."""


class Nursery:
    """Forks workers from a process that has everything imported already."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = dict(settings)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.crash.worker"])

    def birth(self) -> BaseProcess:
        """A new, running worker."""
        process = self._context.Process(target=serve, args=(self._settings,), daemon=True)
        process.start()
        return process

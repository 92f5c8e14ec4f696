"""A process that holds the service's code in memory and forks a worker for every line it reads.

    python -m tests.crash.nursery SETTINGS DATABASE_URL

It answers each line with the new worker's process id. Forking spares every worker the seconds
that starting Python and importing would take.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from app.settings import Settings, load, read_file
from app.wiring import assembled
from effects.steps import Pace
from jobs.clock import Tick
from jobs.handlers import Retry
from jobs.worker import Services, WorkerOptions, work


def moment(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


HASTY = WorkerOptions(
    concurrency=2,
    heartbeat=moment(0.2),
    dead_after=moment(1),
    poll=moment(0.2),
    stop_within=moment(2),
    quiet=moment(1),
    retry=Retry(attempts=100_000, first=moment(1), longest=moment(1)),
    pace=Pace(
        attempts=100_000,
        first_retry=moment(0.2),
        longest_retry=moment(0.5),
        first_look=moment(0.2),
        longest_look=moment(0.5),
        while_stopped=moment(0.5),
        while_busy=moment(0.2),
    ),
)


async def serve(settings: Settings, url: str) -> None:
    """A worker with the real performers, doing nothing but carrying out effects."""
    async with assembled(settings, url) as parts:
        ticks = (Tick("effects.reap", moment(1)),)
        await work(Services(parts.db, parts.clock, parts.performers, {}, ticks, HASTY))


def main() -> None:
    settings, url = load(read_file(Path(sys.argv[1]))), sys.argv[2]
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(0)
            asyncio.run(serve(settings, url))
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()

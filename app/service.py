"""`dunwell up`: the database, the worker and the page under one supervisor."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager

from app.database import embedded, kept_secret, own
from app.policies import load_policies
from app.processes import Family, until_healthy
from app.settings import Settings, environment
from store.migrations import upgrade

Say = Callable[[str], None]


@contextmanager
def database(settings: Settings) -> Generator[str]:
    """The configured database's URL; the embedded one, running, when none is configured."""
    if settings.database_url:
        yield settings.database_url
        return
    with embedded(settings.data_dir) as url:
        yield url


def secret_key(settings: Settings) -> str:
    """The configured secret key, or the one kept in the data folder."""
    return settings.secret_key or kept_secret(settings.data_dir, "secret.key")


async def up(settings: Settings, say: Say) -> None:
    """Run the whole service until Ctrl-C or SIGTERM.

    Raises DataFolderInUse, ChildFailed, PolicyFileError.
    """
    load_policies(settings)
    with own(settings.data_dir), database(settings) as url:
        await asyncio.to_thread(upgrade, url)
        shared = {"DATABASE_URL": url, "DUNWELL_SECRET_KEY": secret_key(settings)}
        family = Family(settings.data_dir / "logs", environment() | shared)
        stopped = stop_signal()
        try:
            await family.start("work", "app", "work")
            if settings.slack is not None and settings.slack.app_token:
                await family.start("slack", "app", "slack")
            page = await family.start("web", "app", "web")
            await until_healthy(page, f"http://{settings.host}:{settings.port}/health")
            await _welcome(url, settings, say)
            await first_of(family.watch(), stopped.wait())
        finally:
            say("Stopping ...")
            await family.stop()
    say("Stopped.")


async def _welcome(url: str, settings: Settings, say: Say) -> None:
    from app.access import FIRST_PERSON, first_link

    say(f"  The page:  {settings.public_url}")
    say(f"  Sign in:   {await first_link(url, settings, FIRST_PERSON)}")
    say("  State:     ./dunwell doctor")


async def first_of(*waits: Coroutine[object, object, object]) -> None:
    """Wait for the first of several waits, cancel the others, and raise what it raised."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    for task in done:
        task.result()


def stop_signal() -> asyncio.Event:
    """Set when the process is asked to stop (Ctrl-C, SIGTERM, a closed terminal)."""
    event = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, event.set)
    return event

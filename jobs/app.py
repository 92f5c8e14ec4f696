"""The procrastinate application: one task a handler, on the service's own database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector

from jobs.handlers import Handlers, Retry, Runner
from store.address import plain_url
from store.engine import Database

Clock = Callable[[], datetime]


def build_app(db: Database) -> App:
    """An application without tasks; open it before use."""
    connector = PsycopgConnector(
        conninfo=plain_url(db.url),
        kwargs={"application_name": "dunwell-jobs"},
        min_size=1,
        max_size=4,
    )
    return App(connector=connector)


def register(app: App, db: Database, handlers: Handlers, clock: Clock, retry: Retry) -> None:
    """Let `app` run `handlers`, each under its task name."""
    for name, handler in handlers.items():
        app.task(name=name, pass_context=True, retry=retry)(
            _function(Runner(db, clock, handler, retry))
        )


def _function(runner: Runner) -> Callable[..., Any]:
    """A coroutine function, which is what makes procrastinate run a task in its event loop."""

    async def run(context: JobContext, **arguments: Any) -> None:
        await runner.run(context, arguments)

    return run

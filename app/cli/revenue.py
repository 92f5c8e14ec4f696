"""Commands over the books of revenue: settings, what is open, closing and reopening."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.administer import settings_of
from app.cli.failures import Mistake, explained

if TYPE_CHECKING:
    from app.revenue_desk import RevenueDesk
    from domain.revenue.settings import RevenueSettings
    from flows.revenue.checklist import Checklist
    from flows.revenue.progress import Progress

Demo = Annotated[bool, typer.Option("--demo", help="On the demo's database.")]
Day = Annotated[str, typer.Argument(help="A day of the period, like 2026-10-31.")]
By = Annotated[str, typer.Option("--by", help="The address of the person who does it.")]
Where = Annotated[str, typer.Option("--subsidiary", help="Its name or NetSuite id.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    revenue = typer.Typer(
        help="Revenue: settings, what is open in the close, closing.", no_args_is_help=True
    )
    revenue.command("settings")(settings)
    revenue.command("status")(status)
    revenue.command("close")(close)
    revenue.command("reopen")(reopen)
    app.add_typer(revenue, name="revenue")


def settings(demo: Demo = False) -> None:
    """The settings in force, as revenue.yaml says them."""
    with _books(demo) as books:
        known = books.desk().revenue
    for line in told(known):
        typer.echo(line)


def status(demo: Demo = False) -> None:
    """What stands between the next period of each subsidiary and its lock."""
    with _books(demo) as books:
        found = asyncio.run(books.standing())
    for one in found:
        for line in points(one):
            typer.echo(line)


def close(on: Day, by: By, subsidiary: Where = "", demo: Demo = False) -> None:
    """Post a period, propose its journals, and lock it once everything is done."""
    from flows.revenue.close import Locked

    with _books(demo) as books:
        answer = asyncio.run(books.close(_day(on), subsidiary, by, _said))
    if isinstance(answer, Locked):
        typer.echo(f"{answer.period} is locked. Snapshot {answer.sha256}")
        return
    if answer.done:
        typer.echo(f"{answer.done}.")
    for line in points(answer.checklist):
        typer.echo(line)


async def _said(progress: Progress) -> None:
    """How far a closing is, beside what the command answers."""
    lines = f" {progress.done:,} of {progress.total:,} lines" if progress.total else ""
    typer.echo(f"{progress.step.value}{lines} ...", err=True)


def reopen(
    on: Day,
    by: By,
    reason: Annotated[str, typer.Option(help="Why it is reopened.")],
    subsidiary: Where = "",
    demo: Demo = False,
) -> None:
    """Let a locked period take postings again. What is in it stays."""
    with _books(demo) as books:
        row = asyncio.run(books.reopen(_day(on), subsidiary, reason, by))
    typer.echo(f"{row.name} is reopened; what is posted now goes there first.")


def points(found: Checklist) -> Iterable[str]:
    """A checklist for a terminal."""
    state = "ready to lock" if found.ready else "open"
    yield f"{found.subsidiary.name}  {found.period.name}  mode {found.mode.value}  {state}"
    for point in found.points:
        yield f"  {point.state.value:10}{point.check.value:15}{point.owner:12}{point.told}"


def told(known: RevenueSettings) -> Iterable[str]:
    """The settings for a terminal."""
    yield f"mode {known.mode.value}"
    yield f"method {known.method.value}, without dates {known.undated.value}"
    yield f"items that are not listed: {known.unlisted.value}, type {known.revenue_type}"
    for name, rule in sorted(known.items.items()):
        parts = [rule.revenue_type, rule.method.value if rule.method else ""]
        parts += [str(price) for price in rule.stand_alone.values()]
        parts += [f"bundle of {' and '.join(rule.bundle)}"] if rule.bundle else []
        yield f"  {name}: {', '.join(part for part in parts if part) or 'as by default'}"
    for name, method in sorted(known.rules.items()):
        yield f"  NetSuite rule {name}: {method.value}"
    named = (("no revenue", known.not_revenue), ("bad debt", known.bad_debt))
    for what, items in (*named, ("concession", known.concession)):
        if items:
            yield f"  {what}: {', '.join(sorted(items))}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Mistake(f"{text!r} is no day; write one like 2026-10-31.") from error


@contextmanager
def _books(demo: bool) -> Generator[RevenueDesk]:
    from app.revenue_desk import RevenueDesk
    from app.service import database

    with explained(), database(loaded := settings_of(demo)) as url:
        yield RevenueDesk(url, loaded)

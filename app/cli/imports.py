"""The command that imports from the ERP in the foreground."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.administer import settings_of
from app.cli.failures import explained
from app.settings import Settings

if TYPE_CHECKING:
    from app.importing import Told

Demo = Annotated[bool, typer.Option("--demo", help="On the demo's database.")]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("import")(import_)


def import_(
    progress: Annotated[bool, typer.Option("--progress", help="Show a bar per stream.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Read all of it once more.")] = False,
    report: Annotated[bool, typer.Option("--report", help="Only print the last report.")] = False,
    demo: Demo = False,
) -> None:
    """Read everything open from NetSuite, then print what came and whether it ties.

    Nothing is sent to anyone. Ctrl-C is harmless: the next run goes on where this one stopped.
    """
    from app import importing
    from app.service import database
    from store.migrations import upgrade

    with explained(), database(loaded := settings_of(demo)) as url:
        upgrade(url)
        if report:
            told = asyncio.run(importing.stored_report(url))
        else:
            told = _run(url, loaded, progress=progress, again=again)
        for line in importing.report_lines(*told):
            typer.echo(line)


def _run(url: str, loaded: Settings, *, progress: bool, again: bool) -> Told:
    from app import importing
    from app.cli.bars import bars, quiet

    try:
        if not progress:
            return asyncio.run(importing.run_import(url, loaded, quiet, again=again))
        with bars(asyncio.run(importing.known_rows(url))) as heard:
            return asyncio.run(importing.run_import(url, loaded, heard, again=again))
    except KeyboardInterrupt:
        words = "Interrupted. What was read is kept; the same command goes on from there."
        typer.echo(words, err=True)
        raise typer.Exit(130) from None

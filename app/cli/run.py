"""Commands that run the service: demo, up, web, work, migrate, down."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.cli.failures import explained
from app.settings import load


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("demo")(demo)
    app.command("up")(up)
    app.command("web")(web)
    app.command("work")(work)
    app.command("slack")(slack)
    app.command("migrate")(migrate)
    app.command("down")(down)


def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over with a new world.")] = False,
    port: Annotated[int | None, typer.Option(help="The page's port.")] = None,
    seed: Annotated[int, typer.Option(help="The world's seed (fresh worlds only).")] = 7,
    customers: Annotated[int, typer.Option(help="Customers of a fresh world.")] = 200,
    invoices: Annotated[int, typer.Option(help="Invoices of a fresh world.")] = 2000,
    pace: Annotated[str, typer.Option(help="How fast debtors answer; 2 is twice as fast.")] = "1",
) -> None:
    """A whole world on this machine: ERP, mail server, debtors, and Dunwell beside it."""
    from app.demo import DemoOptions, default_folder, run

    options = DemoOptions(
        folder=default_folder(),
        port=port,
        fresh=fresh,
        seed=seed,
        customers=customers,
        invoices=invoices,
        pace=pace,
    )
    with explained():
        asyncio.run(run(options, typer.echo))


def up() -> None:
    """Run the service against your own accounts, as the settings say."""
    from app import service

    with explained():
        asyncio.run(service.up(load(), typer.echo))


def web() -> None:
    """Run the page and the API alone (any number of them, one DATABASE_URL)."""
    with explained():
        settings = load()
        from app.site import serve_web

        serve_web(settings)


def work() -> None:
    """Run a worker and its clock alone (any number of them, one DATABASE_URL)."""
    with explained():
        settings = load()
        from app.worker import run_worker

        run_worker(settings)


def slack() -> None:
    """Be connected to Slack by Socket Mode (any number of them, one DATABASE_URL)."""
    with explained():
        settings = load()
        from app.slack_process import run_slack

        run_slack(settings)


def migrate() -> None:
    """Bring the database to the newest schema."""
    from app.service import database
    from store.migrations import current, upgrade

    with explained(), database(load()) as url:
        upgrade(url)
        typer.echo(f"The database is at revision {current(url)}.")


def down(
    folder: Annotated[Path | None, typer.Option(help="The data folder; unset: both usual.")] = None,
) -> None:
    """Stop what a killed demo or service left running: its parts and its embedded database."""
    from app.database import stop_embedded
    from app.demo import default_folder, stop_leftovers

    with explained():
        folders = [folder] if folder else [default_folder(), load().data_dir]
        for candidate in dict.fromkeys(folders):
            parts = stop_leftovers(candidate)
            stopped = stop_embedded(candidate)
            if parts or stopped:
                typer.echo(f"{candidate}: stopped {parts} parts{', the database' * stopped}.")
            else:
                typer.echo(f"{candidate}: nothing runs.")

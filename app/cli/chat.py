"""The chat agent in a terminal: one question, or a conversation."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Shown
from rich.text import Text

from agent.chat import ChatAnswer
from app.cli.administer import settings_of
from app.cli.failures import explained
from app.settings import Settings, silence_tracing

_LEAVE = {"exit", "quit", "bye", "/quit", ":q"}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("chat")(chat)


def chat(
    email: Annotated[str, typer.Option("--as", help="Your address: your role holds.")] = "",
    ask: Annotated[str, typer.Option("--ask", help="One question, answered and done.")] = "",
    demo: Annotated[bool, typer.Option("--demo", help="On the demo's database.")] = False,
    zone: Annotated[str, typer.Option(help="Your time zone, for today and Friday.")] = "UTC",
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable answers.")] = False,
) -> None:
    """Ask about customers, invoices and payments; draft, pause, record. Nothing is sent from here.

    Everything outward becomes a proposal that somebody else approves on the page or in Slack.
    """
    from app.service import database

    silence_tracing()
    with explained():
        settings = settings_of(demo)
        with database(settings) as url:
            asyncio.run(_talk(settings, url, email, ask, zone, as_json=as_json))


async def _talk(
    settings: Settings, url: str, email: str, ask: str, zone: str, *, as_json: bool
) -> None:
    from app.chatting import conversation

    console = Console(highlight=False)
    quiet = as_json or not console.is_terminal

    def heard(words: str) -> None:
        if not quiet:
            console.print(Text(f"  {words}", style="dim"))

    async with conversation(settings, url, email, zone, heard) as talk:
        if ask:
            _show(console, await talk.ask(ask), settings.public_url, as_json=as_json)
            return
        if not as_json:
            console.print(f"You are {talk.by.name} ({talk.by.role}). Write help, or exit to leave.")
        while (said := await asyncio.to_thread(_line)) is not None:
            if said:
                _show(console, await talk.ask(said), settings.public_url, as_json=as_json)


def _line() -> str | None:
    """The next line typed; None at the end."""
    try:
        said = input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        return None
    return None if said.lower() in _LEAVE else said


def _show(console: Console, answer: ChatAnswer, public_url: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(answer), ensure_ascii=False))
        return
    console.print(Text(answer.text))
    for number, label in enumerate(answer.asks, 1):
        console.print(Text(f"  {number}. {label}"))
    for table in answer.tables:
        if table.title:
            console.print(Text(table.title, style="bold"))
        console.print(_grid(table.columns, table.rows))
        if table.more:
            console.print(Text(f"  and {table.more} more", style="dim"))
    for effect_id in answer.proposed:
        console.print(Text(f"  To decide: {public_url}/review/{effect_id}", style="bold"))
    for link in answer.cited[:6]:
        console.print(Text(f"  {link.label}: {public_url}{link.path}", style="dim"))
    if answer.suggestions:
        console.print(Text(f"  Try: {' · '.join(answer.suggestions)}", style="dim"))


def _grid(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Shown:
    grid = Shown(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in columns:
        grid.add_column(Text(name))
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    return grid

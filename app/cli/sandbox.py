"""Commands for the made-up world: the demo's clock, and a quarter played from start to end."""

from __future__ import annotations

import re
from typing import Annotated

import httpx
import typer

from app.cli.failures import explained
from app.demo import default_folder, read_environment

_SPAN = re.compile(r"(\d+)([dhm])")
_SECONDS = {"d": 86_400, "h": 3_600, "m": 60}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="The made-up world: its clock, a quarter of it.", no_args_is_help=True)
    group.command("advance")(advance)
    group.command("run")(run)
    group.callback()(lambda: None)
    app.add_typer(group, name="sandbox")


def advance(
    span: Annotated[str, typer.Argument(help="How far: 3d, 12h or 30m.")],
) -> None:
    """Move the running demo's clock forward."""
    match = _SPAN.fullmatch(span)
    if match is None:
        typer.echo(f"{span!r} is not a span; write 3d, 12h or 30m.", err=True)
        raise typer.Exit(2)
    seconds = int(match[1]) * _SECONDS[match[2]]
    with explained():
        known = read_environment(default_folder())
        if known is None:
            typer.echo("No demo runs here. Start one with ./dunwell demo.", err=True)
            raise typer.Exit(1)
        try:
            answer = httpx.post(
                f"{known['DUNWELL_SANDBOX_URL']}/clock/advance",
                json={"seconds": seconds},
                headers={"Authorization": f"Bearer {known['DUNWELL_SANDBOX_TOKEN']}"},
                timeout=30,
                trust_env=False,
            ).raise_for_status()
        except httpx.TransportError:
            typer.echo("The demo does not answer. Start it with ./dunwell demo.", err=True)
            raise typer.Exit(1) from None
    typer.echo(f"The world's clock now reads {answer.json().get('now', '?')}.")


def run(
    span: Annotated[str, typer.Argument(help="How long, in days: 90d.")] = "90d",
    customers: Annotated[int, typer.Option(min=20, max=400, help="Customers of the world.")] = 40,
    seed: Annotated[int, typer.Option(help="Another seed is another world.")] = 23,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Play a world of its own day by day and hold everything that leaves against the rules.

    Customers pay, promise, dispute, ask to be left alone; two people of the office approve and
    read. Nothing outside this machine is reached, and a running demo is not touched.
    """
    match = _SPAN.fullmatch(span)
    days = int(match[1]) if match and match[2] == "d" else 0
    if not 1 <= days <= 366:
        typer.echo(f"{span!r} is not a span of 1d to 366d.", err=True)
        raise typer.Exit(2)
    from evals.quarter.report import run as play
    from evals.quarter.stage import Options

    with explained():
        options = Options(days=days, customers=customers, invoices=customers * 8, seed=seed)
        raise typer.Exit(play(options, typer.echo, as_json=as_json))

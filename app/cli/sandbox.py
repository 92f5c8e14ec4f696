"""Commands for the demo's world."""

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
    group = typer.Typer(help="The demo's world: its clock.", no_args_is_help=True)
    group.command("advance")(advance)
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

"""How a command ends when something is wrong: one clear message and exit code 1."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import typer

from app.database import DataFolderInUse
from app.processes import ChildFailed
from app.settings import SettingsError


class Mistake(Exception):
    """Something was asked for that cannot be; the message says what to do."""


@contextmanager
def explained() -> Generator[None]:
    """Turn the errors a person can mend into words instead of a traceback."""
    try:
        yield
    except SettingsError as error:
        typer.secho("The settings need attention:", err=True, bold=True)
        for problem in error.problems:
            typer.echo(f"  {problem}", err=True)
        typer.echo("./dunwell settings lists every setting with its meaning.", err=True)
        raise typer.Exit(1) from None
    except (DataFolderInUse, ChildFailed, Mistake) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None

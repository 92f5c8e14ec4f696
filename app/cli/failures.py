"""How a command ends when something is wrong: one clear message and exit code 1."""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager

import typer

from app.database import DataFolderInUse
from app.processes import ChildFailed
from app.settings import SettingsError
from erp.port import ErpRefused, ErpUnavailable
from security.redaction import redact
from sources.policy_file import PolicyFileError
from store.health import database_trouble


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
    except Exception as error:
        words = _words(error)
        if words is None:
            raise
        typer.echo(redact(words), err=True)
        raise typer.Exit(1) from None


def _words(error: Exception) -> str | None:
    match error:
        case DataFolderInUse() | ChildFailed() | Mistake() | PolicyFileError():
            return str(error)
        case ErpRefused():
            return f"NetSuite cannot be used: {error}. See ./dunwell doctor."
        case ErpUnavailable():
            return (
                f"NetSuite cannot be reached: {error}. Nothing is lost: run the command again and "
                "it goes on where it stopped. ./dunwell doctor says more."
            )
        case OSError() if error.filename is not None and error.strerror:
            return f"{error.filename}: {error.strerror}."
        case OSError() if error.errno == errno.EADDRINUSE:
            return f"The address is in use: {error.strerror}. Set DUNWELL_PORT to another port."
        case _:
            return database_trouble(error)

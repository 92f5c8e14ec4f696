"""Commands as typed in a shell: in this process, or as `python -m app` in one of its own."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from typer.testing import CliRunner

from app.cli.main import app

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Shell:
    """Runs commands with settings of its own. A start costs seconds of CPU: `process` is rare."""

    settings: dict[str, str]

    def run(self, *arguments: str, **changed: str) -> tuple[int, str, str]:
        """How the command ends, what it prints, and what it prints as an error."""
        with _logs_kept():
            done = CliRunner().invoke(app, arguments, env=self.settings | changed)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.stdout, done.stderr

    def process(self, *arguments: str, **changed: str) -> tuple[int, str, str]:
        """The same as `python -m app`."""
        done = subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | self.settings | changed,
            cwd=self.settings["DUNWELL_DATA_DIR"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr


@contextmanager
def _logs_kept() -> Generator[None]:
    """A command sends this process's logs to its own standard error; undo that."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.configure(**before)

"""The command line: `python -m app`, usually through `./dunwell`."""

from __future__ import annotations

from app.cli.main import app

if __name__ == "__main__":
    app(prog_name="dunwell")

"""The command line: `python -m app`, usually through `./dunwell`."""

from __future__ import annotations

import gc

from app.cli.main import app

# A service imports half a million objects that stay: looked through after every 700 new ones,
# they make a start take a quarter longer (5.2 s of CPU against 3.8 s).
_MANY = 50_000

if __name__ == "__main__":
    gc.set_threshold(_MANY)
    app(prog_name="dunwell")

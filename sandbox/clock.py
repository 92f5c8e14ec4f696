"""The sandbox's time: real time plus a number of seconds kept in a small file."""

from __future__ import annotations

import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


def real_now() -> datetime:
    """The machine's time, aware UTC."""
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=time.time_ns() // 1000)


class SandboxClock:
    """Time that can be moved forward. Every process that reads the file sees the same time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        return self._path

    def offset(self) -> int:
        """Seconds ahead of real time; zero while the file is absent or empty."""
        try:
            text = self._path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return 0
        return int(text or "0")

    def now(self) -> datetime:
        """Sandbox time, aware UTC."""
        return real_now() + timedelta(seconds=self.offset())

    def __call__(self) -> datetime:
        return self.now()

    def advance(self, *, days: int = 0, seconds: int = 0) -> int:
        """Move forward and return the new offset. Raises ValueError for a step backwards."""
        step = days * 86_400 + seconds
        if step < 0:
            raise ValueError("the sandbox clock only moves forward")
        offset = self.offset() + step
        self._write(offset)
        return offset

    def _write(self, offset: int) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".clock-")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{offset}\n")
        Path(name).replace(self._path)

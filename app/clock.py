"""The one place that reads the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(UTC)


class OffsetClock:
    """The machine's time moved by the whole seconds written in a file.

    The demo's world moves its clock by writing that file; every process that reads it moves
    along. A missing file means no offset.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] = (-1, -1)
        self._offset = timedelta()

    def __call__(self) -> datetime:
        return system_clock() + self._read()

    def _read(self) -> timedelta:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return timedelta()
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen:
            text = self._path.read_text(encoding="ascii").strip()
            self._offset = timedelta(seconds=int(text)) if text else timedelta()
            self._seen = seen
        return self._offset


def clock_for(path: Path | None) -> Clock:
    """The system clock, or the offset clock when a clock file is configured."""
    return OffsetClock(path) if path else system_clock

"""A moment as the account's wall clock and as UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sandbox.netsuite.wallclock import DAY, utc_seconds, wall_seconds


@dataclass(frozen=True, slots=True)
class Stamp:
    """One moment, as the wall clock and as UTC seconds."""

    wall: int
    utc: int

    @classmethod
    def of(cls, now: datetime, zone: str) -> Stamp:
        return cls(wall_seconds(now, zone), utc_seconds(now))

    @property
    def day(self) -> int:
        """Midnight of the day on the wall."""
        return self.wall - self.wall % DAY

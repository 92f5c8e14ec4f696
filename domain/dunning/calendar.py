"""Business days and sending hours in a customer's own zone. Pure: holidays are an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LONGEST_CLOSURE = 3660


class ClosedForever(ValueError):
    """The calendar has no business day within ten years."""


def zone_named(name: str) -> ZoneInfo | None:
    """The zone with this IANA name, None when nobody knows it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@dataclass(frozen=True, slots=True)
class ClosedSpan:
    """Days of every year when nobody is written to, as (month, day), both ends included.

    A span may run over New Year.
    """

    first: tuple[int, int]
    last: tuple[int, int]

    def covers(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a customer may be written to: weekends as Monday = 0, holidays, local hours."""

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})
    opens: time = time(8, 30)
    closes: time = time(17, 30)
    closed: tuple[ClosedSpan, ...] = ()

    def is_business_day(self, day: date) -> bool:
        if day.weekday() in self.weekend or day in self.holidays:
            return False
        return not self.closed or not any(span.covers(day) for span in self.closed)

    def add_business_days(self, day: date, count: int) -> date:
        """The `count`-th business day after `day` (before it when negative).

        Zero is `day` itself, or the next business day when `day` is none.
        """
        step = timedelta(days=-1 if count < 0 else 1)
        current = day
        if count == 0:
            return self._settle(current, step)
        for _ in range(abs(count)):
            current = self._settle(current + step, step)
        return current

    def business_days_between(self, start: date, end: date) -> int:
        """Business days after `start` up to and including `end`; zero when `end` is not later."""
        days = range(1, (end - start).days + 1)
        return sum(self.is_business_day(start + timedelta(days=n)) for n in days)

    def is_open(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether mail may leave at this moment. `now` is aware."""
        local = now.astimezone(zone)
        inside = self.opens <= local.time().replace(tzinfo=None) < self.closes
        return inside and self.is_business_day(local.date())

    def next_window(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The first UTC moment from `now` on when mail may leave; `now` itself when it may."""
        if self.is_open(now, zone):
            return now.astimezone(UTC)
        local = now.astimezone(zone)
        day = local.date() if local.time() < self.opens else local.date() + timedelta(days=1)
        return self.opening(day, zone)

    def opening(self, day: date, zone: ZoneInfo) -> datetime:
        """The UTC moment the window opens on `day` or the next business day.

        An opening hour that a clock change skips moves to the first existing moment after it.
        """
        found = self._settle(day, timedelta(days=1))
        return datetime.combine(found, self.opens, tzinfo=zone).astimezone(UTC)

    def _settle(self, day: date, step: timedelta) -> date:
        for _ in range(_LONGEST_CLOSURE):
            if self.is_business_day(day):
                return day
            day += step
        raise ClosedForever(str(day))

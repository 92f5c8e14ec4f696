"""Accounting periods: calendar months, and fiscal years of 52 or 53 whole weeks (4-4-5)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

_LONGEST = 1_200
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class BadSpan(ValueError):
    """The service dates are the wrong way round or further apart than a hundred years."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One accounting period; both days belong to it. Periods sort by time."""

    starts_on: date
    ends_on: date
    name: str

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def overlap(self, starts_on: date, ends_on: date) -> int:
        """How many days of the span, both ends included, lie in this period."""
        first, last = max(self.starts_on, starts_on), min(self.ends_on, ends_on)
        return max(0, (last - first).days + 1)


class Calendar(Protocol):
    """How a subsidiary cuts time into periods."""

    def of(self, day: date) -> Period:
        """The period that `day` belongs to."""
        ...


@dataclass(frozen=True, slots=True)
class Monthly:
    """Calendar months, named "2026-01"."""

    def of(self, day: date) -> Period:
        return _month(day.year, day.month)


@lru_cache(maxsize=_LONGEST)
def _month(year: int, month: int) -> Period:
    first = date(year, month, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Period(first, after - _DAY, f"{year:04}-{month:02}")


@dataclass(frozen=True, slots=True)
class Weekly:
    """Quarters of whole weeks: the year begins on the `weekday` nearest to the first of `month`.

    A 53rd week belongs to the last period. Periods are named "FY2026-P01" after the calendar year
    in which the fiscal year begins; weekday 0 is Monday.
    """

    month: int = 1
    weekday: int = 6
    pattern: tuple[int, int, int] = (4, 4, 5)

    def year_start(self, year: int) -> date:
        near = date(year, self.month, 1)
        ahead = (self.weekday - near.weekday()) % 7
        return near + timedelta(days=ahead if ahead <= 3 else ahead - 7)

    def of(self, day: date) -> Period:
        year = day.year + 1
        while self.year_start(year) > day:
            year -= 1
        starts = [self.year_start(year)]
        for weeks in (self.pattern * 4)[:-1]:
            starts.append(starts[-1] + weeks * _WEEK)
        starts.append(self.year_start(year + 1))
        number = bisect_right(starts, day)
        return Period(starts[number - 1], starts[number] - _DAY, f"FY{year}-P{number:02}")


def following(calendar: Calendar, period: Period) -> Period:
    return calendar.of(period.ends_on + _DAY)


def preceding(calendar: Calendar, period: Period) -> Period:
    return calendar.of(period.starts_on - _DAY)


def covering(calendar: Calendar, starts_on: date, ends_on: date) -> tuple[Period, ...]:
    """Every period that holds a day of the span, in order. Raises BadSpan."""
    if ends_on < starts_on:
        raise BadSpan
    found = [calendar.of(starts_on)]
    while found[-1].ends_on < ends_on:
        if len(found) == _LONGEST:
            raise BadSpan
        found.append(following(calendar, found[-1]))
    return tuple(found)

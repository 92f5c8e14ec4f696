"""Spans of days and the billing periods of an anchor date. All dates are inclusive."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from domain.ledger.billing.errors import BrokenCharge
from domain.ledger.deal import Frequency

_DAY = timedelta(days=1)
_MOST_PERIODS = 2_400
_MONTHS: dict[Frequency, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from the first to the last, both counted."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise BrokenCharge(f"{self.ends_on} is before {self.starts_on}")

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def common(self, other: Span) -> Span | None:
        """The days of both, if there are any."""
        first, last = max(self.starts_on, other.starts_on), min(self.ends_on, other.ends_on)
        return Span(first, last) if first <= last else None

    def without(self, taken: Iterable[Span]) -> tuple[Span, ...]:
        """What is left of the span when the days of `taken` are removed, in order."""
        left = [self]
        for other in taken:
            left = [part for span in left for part in span.minus(other)]
        return tuple(left)

    def minus(self, other: Span) -> tuple[Span, ...]:
        """What is left beside `other`: nothing, one span or two."""
        if not self.common(other):
            return (self,)
        parts = []
        if self.starts_on < other.starts_on:
            parts.append(Span(self.starts_on, other.starts_on - _DAY))
        if other.ends_on < self.ends_on:
            parts.append(Span(other.ends_on + _DAY, self.ends_on))
        return tuple(parts)


@dataclass(frozen=True, slots=True)
class Every:
    """How long a billing period is: so many weeks or months."""

    count: int
    unit: Literal["week", "month"] = "month"

    def __post_init__(self) -> None:
        if not 1 <= self.count <= 1_200:
            raise BrokenCharge(f"a billing period of {self.count} {self.unit}s")

    def over(self, other: Every) -> Fraction | None:
        """How many periods of `other` one of these is; None between weeks and months."""
        return Fraction(self.count, other.count) if self.unit == other.unit else None


@dataclass(frozen=True, slots=True)
class Period:
    """A billing period (`whole`) and the days of it that are billed (`part`)."""

    whole: Span
    part: Span

    @property
    def share(self) -> Fraction:
        """Billed days over the days of the whole billing period."""
        return Fraction(self.part.days, self.whole.days)


def every(frequency: Frequency, count: int = 1) -> Every | None:
    """The billing period of `count` times `frequency`; None for what is billed once."""
    if frequency == "once":
        return None
    if frequency == "week":
        return Every(count, "week")
    return Every(_MONTHS[frequency] * count)


def months_after(on: date, months: int) -> date:
    """`on` moved by whole months, clipped to the end of a shorter month."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def boundary(anchor: date, length: Every, nth: int) -> date:
    """First day of the nth period from the anchor (31 Jan, 28 Feb, 31 Mar: it never drifts)."""
    if length.unit == "week":
        return anchor + timedelta(weeks=length.count * nth)
    return months_after(anchor, length.count * nth)


def periods(span: Span, length: Every, anchor: date | None = None) -> tuple[Period, ...]:
    """The billing periods that `span` touches, in order, counted from `anchor` (else its start).

    A span that ends on a boundary clipped by a shorter month ends with that month: from 31
    January to 28 February is one month. Raises BrokenCharge past 2,400 periods.
    """
    origin = anchor or span.starts_on
    nth = _nth_holding(span.starts_on, origin, length)
    found: list[Period] = []
    while True:
        first, following = boundary(origin, length, nth), boundary(origin, length, nth + 1)
        if _ends_with_month(span.ends_on, following, origin, length):
            following += _DAY
        whole = Span(first, following - _DAY)
        part = Span(max(first, span.starts_on), min(whole.ends_on, span.ends_on))
        found.append(Period(whole, part))
        if whole.ends_on >= span.ends_on:
            return tuple(found)
        if len(found) >= _MOST_PERIODS:
            raise BrokenCharge(f"more than {_MOST_PERIODS} billing periods")
        nth += 1


def _nth_holding(on: date, origin: date, length: Every) -> int:
    """The number of the period that holds `on`."""
    if length.unit == "week":
        return (on - origin).days // (7 * length.count)
    months = (on.year - origin.year) * 12 + on.month - origin.month
    nth = months // length.count
    return nth if boundary(origin, length, nth) <= on else nth - 1


def _ends_with_month(last: date, following: date, origin: date, length: Every) -> bool:
    return length.unit == "month" and last == following and following.day < origin.day

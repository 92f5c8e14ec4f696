"""Pictures of figures: aging as a stacked bar a currency, weeks as a row of small bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ledger.aging import BUCKETS
from domain.ledger.money import Money, total

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Segment:
    """A bucket's part of the bar, in thousandths of its width."""

    bucket: str
    amount: Money
    x: int
    width: int
    percent: int


@dataclass(frozen=True, slots=True)
class AgingBar:
    """One currency's bar. Buckets with nothing in them have no width but keep their amount."""

    currency: str
    total: Money
    segments: tuple[Segment, ...]


def aging_bars(table: Mapping[str, Mapping[str, Money]]) -> list[AgingBar]:
    """A bar for each currency of an aging table."""
    return [_bar(currency, row) for currency, row in table.items()]


@dataclass(frozen=True, slots=True)
class Bar:
    """One week's bar, in 24ths of the picture's height; nothing received has no height."""

    x: int
    height: int
    amount: Money


def week_bars(weeks: Sequence[Money]) -> list[Bar]:
    """Bars that compare weeks of one currency with their best one."""
    best = max((week.minor for week in weeks), default=0)
    return [Bar(n * 8, _share(max(0, week.minor), best, 24), week) for n, week in enumerate(weeks)]


def _bar(currency: str, row: Mapping[str, Money]) -> AgingBar:
    whole = total(row.values(), currency)
    running = 0
    segments = []
    for bucket in BUCKETS:
        start = _share(running, whole.minor, WIDTH)
        running += row[bucket].minor
        width = _share(running, whole.minor, WIDTH) - start
        percent = _share(row[bucket].minor, whole.minor, 100)
        segments.append(Segment(bucket, row[bucket], start, width, percent))
    return AgingBar(currency, whole, tuple(segments))


def _share(part: int, whole: int, scale: int) -> int:
    """`part` of `whole` on a scale, rounded half up; zero of nothing."""
    return (2 * scale * part + whole) // (2 * whole) if whole else 0

"""Amounts over months, by the methods of revenue rules."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.netsuite.wallclock import DAY

EVEN = "STRAIGHT_LINE_BY_EVEN_PERIODS"
PRORATED = "STRAIGHT_LINE_PRORATE_FIRST_LAST_PERIOD"
DAILY = "STRAIGHT_LINE_EXACT_DAYS"
METHODS = (EVEN, PRORATED, DAILY)
Span = tuple[int, int]


def spread(amount: int, service: Span, periods: Sequence[Span], method: str) -> list[int]:
    """Minor units for each period that the service touches; they add up to `amount`.

    Spans are first and last midnight. The odd unit goes to the last period, with prorated ends to
    the one before.
    """
    days = [_days(service, period) for period in periods]
    whole = sum(days)
    if method == DAILY or (method == PRORATED and len(periods) < 3):
        return _closed([_share(amount, part, whole) for part in days], amount, -1)
    if method == PRORATED:
        first, last = (_share(amount, days[end], whole) for end in (0, -1))
        each = _share(amount - first - last, 1, len(periods) - 2)
        return _closed([first, *[each] * (len(periods) - 2), last], amount, -2)
    return _closed([_share(amount, 1, len(periods))] * len(periods), amount, -1)


def _days(service: Span, period: Span) -> int:
    return (min(service[1], period[1]) - max(service[0], period[0])) // DAY + 1


def _share(amount: int, top: int, bottom: int) -> int:
    """Rounded half away from zero."""
    shared = (2 * abs(amount) * top + bottom) // (2 * bottom)
    return shared if amount >= 0 else -shared


def _closed(parts: list[int], amount: int, place: int) -> list[int]:
    parts[place] += amount - sum(parts)
    return parts

"""The narrowing under which the lines of a figure are listed: its filter, its row, its column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.revenue.periods import Calendar
from flows.revenue.reports.asked import Asked

BEGINNING, END = date(1990, 1, 1), date(2199, 12, 31)
_NARROWS = {
    "customer": "customer",
    "account": "account",
    "deferred": "deferred",
    "type": "type",
    "contract": "contract",
    "invoice": "invoice",
    "subsidiary": "subsidiary",
    "currency": "currency",
}


def narrows(*keys: str | None) -> bool:
    """Whether each key names something: the lines of "none" cannot be asked for."""
    return all(key not in (None, "", "0") for key in keys)


def opens(
    asked: Asked,
    calendar: Calendar,
    what: str,
    *keys: tuple[str, str],
    span: tuple[date, date] | None = None,
) -> Mapping[str, str]:
    """The question that lists what a figure adds up; `keys` are (dimension, key) of its place."""
    changes: dict[str, str | int | date] = {"what": what, "by": "", "across": "", "start": 0}
    if span is not None:
        changes |= {"first": span[0], "last": span[1]}
    for by, key in keys:
        if by == "period":
            period = calendar.of(date.fromisoformat(key))
            changes |= {"first": period.starts_on, "last": period.ends_on}
        elif key:
            changes[_NARROWS[by]] = key
    return asked.query(**changes)

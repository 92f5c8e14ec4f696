"""Date expressions of a mail, resolved from the day it was written: en de fr es pt it nl ja."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.dunning.calendar import Calendar
from domain.dunning.date_forms import ABSOLUTE, FORMS
from domain.dunning.past_forms import PAST_FORMS

HORIZON_DAYS, PAST_DAYS, YEARLESS_DAYS = 180, 400, 250
_MOST = 60
_WRITTEN_OUT = frozenset(pattern for pattern, _ in ABSOLUTE)
_BETWEEN = re.compile(
    r"\s*(?:-|–|to|until|till|through|thru|hasta|fino al?|t/m|tot en met|"
    r"bis einschließlich|bis|au|al|a|ao|tot|and|y|et|e|und|en|～|~|から)\s*",
    re.I,
)
_OR = re.compile(r"\s*(?:/|or|oder|ou|o|of|または|か)\s*", re.IGNORECASE)
_THAT_IS = re.compile(
    r"[^.;!?\n]{0,40}?[ ,(–-]{1,3}(?:i\. ?e\.|that is|that's|which is|d\. ?h\.|das ist|das heißt|"
    r"sprich|"
    r"also (?=am|zum|bis)|soit|à savoir|c'est-à-dire|es decir|o sea|ou seja|isto é|cioè|ossia|"
    r"ovvero|dus|oftewel|te weten),?(?: (?:on|by|the|le|il|el|den|dem|am|zum|bis|dia|op))?\s{1,2}",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"\s?[,(–-]?\s?(?:(?:the|den|dem|le|il|el|el día|o dia|dia|op|de)\s)?", re.IGNORECASE
)
_FROM = re.compile(
    r"\b(?:between|from|zwischen|vom|von|entre|du|del|desde|dal|tra|tussen|van|de|away)"
    r"(?: the| dem| le| el| il| den)?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """Words of a text and the days they may mean: two when day and month can be swapped."""

    start: int
    end: int
    span: str
    dates: tuple[date, ...]


def find_dates(
    text: str, written_on: date, calendar: Calendar, *, horizon: int = HORIZON_DAYS
) -> tuple[FoundDate, ...]:
    """Every date expression in `text` that falls within `horizon` days from `written_on`.

    `written_on` is the local day of the mail in the customer's zone. A date whose weekday
    contradicts it, or that does not exist, is found without any day. A span of days ("5 to 10
    June") is found as its last day.
    """
    last = written_on + timedelta(days=horizon)
    taken = bytearray(len(text))
    found: list[FoundDate] = []
    for pattern, resolve in FORMS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]) or len(found) >= _MOST:
                continue
            options = list(resolve(match, written_on, calendar))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            inside = tuple(sorted({d for d in options if d and written_on <= d <= last}))
            if inside or (None in options and not any(options)):
                found.append(FoundDate(match.start(), match.end(), match[0].strip(), inside))
    return _spans_closed(text, sorted(found, key=lambda f: f.start))


def find_past_dates(text: str, written_on: date, calendar: Calendar) -> tuple[FoundDate, ...]:
    """Date expressions that lie in the 400 days up to `written_on`, as paid dates do.

    Without a year a day lies in the 250 days before: further back it is one still to come.
    """
    taken = bytearray(len(text))
    found: list[FoundDate] = []
    for pattern, resolve in PAST_FORMS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]) or len(found) >= _MOST:
                continue
            days = [d for d in resolve(match, written_on, calendar) if d is not None]
            if days and pattern in _WRITTEN_OUT:
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            reach = PAST_DAYS if match.groupdict().get("y") else YEARLESS_DAYS
            past = _past(days, written_on, reach)
            if past:
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append(FoundDate(match.start(), match.end(), match[0].strip(), past))
    return tuple(sorted(found, key=lambda f: f.start))


def _past(days: Iterable[date], written_on: date, reach: int) -> tuple[date, ...]:
    known = {d for d in days if 0 <= (written_on - d).days <= reach}
    return (max(known),) if known else ()


def _spans_closed(text: str, found: list[FoundDate]) -> tuple[FoundDate, ...]:
    """From-to pairs made one date, their last day; alternatives made one date of two days."""
    kept: list[FoundDate] = []
    for day in found:
        before = kept[-1] if kept else None
        again = before and _said_again(text[before.end : day.start], before, day)
        if before is not None and again:
            kept[-1] = _joined(text, before, day, again)
        elif before is not None and _OR.fullmatch(text[before.end : day.start]):
            either = tuple(sorted({*before.dates, *day.dates}))
            kept[-1] = _joined(text, before, day, either)
        elif before is not None and _is_span(text, before, day):
            kept[-1] = _joined(text, before, day, day.dates)
        else:
            kept.append(day)
    return tuple(kept)


def _said_again(between: str, first: FoundDate, second: FoundDate) -> tuple[date, ...]:
    """The days of both when one only says which day the other is ("Friday next, 27 March")."""
    if not (first.dates and second.dates):
        return ()
    written = any(map(str.isdigit, second.span))
    if written and _THAT_IS.fullmatch(between):
        return second.dates
    weekdays = {day.weekday() for day in first.dates}
    if weekdays != {day.weekday() for day in second.dates} or not _APPOSED.fullmatch(between):
        return ()
    if written and not any(map(str.isdigit, first.span)):
        return second.dates
    return first.dates if between.strip() == "(" and not written else ()


def _joined(text: str, first: FoundDate, last: FoundDate, days: tuple[date, ...]) -> FoundDate:
    return FoundDate(first.start, last.end, text[first.start : last.end].strip(), days)


def _is_span(text: str, first: FoundDate, second: FoundDate) -> bool:
    joint = text[first.end : second.start]
    if not _BETWEEN.fullmatch(joint):
        return False
    return "-" in joint or _FROM.search(text[max(0, first.start - 24) : first.start]) is not None

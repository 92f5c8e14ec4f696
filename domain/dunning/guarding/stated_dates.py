"""Dates a message states, with every reading of an ambiguous one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.dunning.day_names import (
    MONTH,
    SIGN_WEEKDAY,
    WEEKDAY,
    month_number,
    weekday_number,
)

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MON = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:20\d\d|19\d\d)"
_ORD = r"(?:st|nd|rd|th|er|ers|º|°|o|e|\.)?"
_OF = r"(?:[ ]?(?:of|de|del|d')[ ]?)?"
_EDGE = r"(?<![\w/.-])"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_EDGE}(?P<y>{_YEAR})[-/.](?P<m>{_MON})[-/.](?P<d>{_DAY})(?![\w-])",
        rf"(?P<y>{_YEAR})年[ ]?(?P<m>{_MON})月[ ]?(?P<d>{_DAY})日",
        rf"(?<!\d)(?P<m>{_MON})月[ ]?(?P<d>{_DAY})日",
        (
            rf"{_EDGE}(?P<a>\d{{1,2}})[ ]?[./-][ ]?(?P<b>\d{{1,2}})[ ]?[./-][ ]?"
            rf"(?P<y>{_YEAR}|\d\d)(?![\w/]|[.,-]\d)"
        ),
        (
            rf"{_EDGE}(?P<d>{_DAY}){_ORD}[ -]?{_OF}(?P<n>{MONTH})"
            rf"(?:[ ,-]{{0,2}}{_OF}(?P<y>{_YEAR})(?!\w))?"
        ),
        (
            rf"(?<![^\W\d_])(?P<n>{MONTH})[ ]?(?P<d>{_DAY})(?![\d.,]*\d)(?:st|nd|rd|th)?"
            rf"(?:,?[ ]?(?P<y>{_YEAR})(?!\w))?(?!\w)"
        ),
        rf"(?<![^\W\d_])(?P<n>{MONTH})[ ]?{_OF}(?P<y>{_YEAR})(?!\w)",
        rf"{_EDGE}(?P<a>\d{{1,2}})\.[ ]?(?P<b>\d{{1,2}})\.(?!\d)",
        rf"{_EDGE}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?![\d/]|[.,]\d)",
        (
            rf"(?<!\w)(?:the|on|den|dem|am|zum|le|el|du|al|día|dia)[ ](?P<d>{_DAY})"
            rf"(?:st|nd|rd|th|er|º|\.)?(?=[ ,;.!?)]|$)(?![.,]\d)(?![ ]?[\d%€$£¥|"
            rf"])(?![ ][A-Za-z]{{3}}\b)"
        ),
        (
            rf"(?<!\w)(?P<d>{_DAY})(?:st|nd|rd|th)\b"
            rf"(?![ ](?:reminder|notice|message|request|mail|email|e-mail|letter))"
        ),
    )
)
_WEEKDAY_AFTER = re.compile(rf"[ ]?\(({SIGN_WEEKDAY})(?:曜日?)?\)")
_MONTH_BEFORE = re.compile(rf"(?<![^\W\d_]){MONTH}[ ]?$", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(
    rf"(?P<w>{WEEKDAY})[ ]?[,(]?[ ]?(?:the|den|dem|le|el|on)?[ ]?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A place in the text and the readings of it: year, month and day, each maybe not said."""

    start: int
    end: int
    text: str
    readings: tuple[tuple[int | None, int | None, int | None], ...]
    weekday: int | None = None

    def among(self, facts: Iterable[date]) -> frozenset[date]:
        """The fact dates this can mean; a named weekday must be right."""
        return frozenset(day for day in facts if self._is(day))

    def orders(self, facts: Iterable[date]) -> frozenset[str]:
        """In which orders ("dm", "md") two leading numbers with a slash mean a fact date."""
        pair = re.match(r"(\d{1,2})/(\d{1,2})", self.text)
        if pair is None:
            return frozenset({"dm", "md"})
        first, second = int(pair[1]), int(pair[2])
        days = self.among(facts)
        day_first = any((d.day, d.month) == (first, second) for d in days)
        month_first = any((d.month, d.day) == (first, second) for d in days)
        return frozenset({"dm"} if day_first else ()) | frozenset({"md"} if month_first else ())

    def _is(self, day: date) -> bool:
        if self.weekday is not None and self.weekday != day.weekday():
            return False
        parts = (day.year, day.month, day.day)
        return any(
            all(said is None or said == part for said, part in zip(reading, parts, strict=True))
            for reading in self.readings
        )


def stated_dates(text: str) -> list[StatedDate]:
    """Every date in `text`, leftmost first; a later form never overlaps an earlier one."""
    taken = bytearray(len(text))
    found: list[StatedDate] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]) or _is_next_sentence(text, match):
                continue
            readings = _readings(match)
            if readings:
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append(_with_weekday(text, match, readings))
    return sorted(found, key=lambda d: d.start)


def _is_next_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether "5. May" is the end of "June 5." and the beginning of "May I ask"."""
    stop = re.match(r"\d{1,2}\.[ ]", match[0])
    return bool(stop and _MONTH_BEFORE.search(text[max(0, match.start() - 12) : match.start()]))


def _with_weekday(
    text: str,
    match: re.Match[str],
    readings: tuple[tuple[int | None, int | None, int | None], ...],
) -> StatedDate:
    before = _WEEKDAY_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    after = _WEEKDAY_AFTER.match(text, match.end())
    named = before["w"] if before else after and after[1]
    weekday = weekday_number(named) if named else None
    return StatedDate(match.start(), match.end(), match[0], readings, weekday)


def _readings(
    match: re.Match[str],
) -> tuple[tuple[int | None, int | None, int | None], ...]:
    parts = match.groupdict()
    year = _year(parts.get("y"))
    if parts.get("a"):
        first, second = int(parts["a"]), int(parts["b"])
        both = ((year, second, first), (year, first, second))
        orders = both[:1] if "." in match[0] else both
        return tuple(r for r in orders if 1 <= r[1] <= 12 and 1 <= r[2] <= 31)
    month = month_number(parts["n"]) if parts.get("n") else None
    month = int(parts["m"]) if parts.get("m") else month
    day = int(parts["d"]) if parts.get("d") else None
    return ((year, month, day),)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) + 2000 if len(text) == 2 else int(text)

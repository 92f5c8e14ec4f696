"""Instalments said in short: "four times 500 from the 1st", "on the 15th of May and June"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.dunning.date_forms import last_of_month, safe
from domain.dunning.date_words import NUMBERS
from domain.dunning.day_names import MONTH, WEEKDAY, month_number

_MOST_PARTS = 36
_COUNT = rf"(?P<c>\d{{1,2}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_TIMES = re.compile(
    rf"(?<!\w){_COUNT}[ ]?(?:-|x\b|×|times|equal|monthly|weekly|instal\w*|payments|parts|"
    r"mal\b|raten|teilzahl\w*|monatsraten|fois|mensualit\w*|versements|échéances|plazos|cuotas|"
    r"pagos|veces|vezes|parcelas|prestações|rate\b|volte|tranche|termijnen|keer|betalingen)|"
    rf"(?P<m>zwei|drei|vier|fünf|sechs|acht|zehn|zwölf)mal\b|(?P<j>\d{{1,2}})回",
    re.IGNORECASE,
)
_WEEKLY = re.compile(
    rf"\b(?:every|each) (?:{WEEKDAY}|week)|\bweekly|\b(?:a|per) week|\bwöchentlich|\bpro woche|"
    rf"\bjede[nr]? (?:{WEEKDAY}|woche)|\bpar semaine|\bchaque (?:{WEEKDAY}|semaine)|"
    r"\bsemanal|\bpor semana|\bsettimanal|\ba settimana|\bwekelijks|\bper week|毎週",
    re.IGNORECASE,
)
_MONTHS_LISTED = re.compile(
    rf"(?P<d>\d{{1,2}}|first|ersten|primo|primero|primeiro|1er)(?:st|nd|rd|th|er|e|º|°|\.)?[ ]"
    rf"(?:of |de |di |d')?(?P<list>{MONTH}(?:(?:,[ ]?|[ ](?:and|und|et|y|e|en|&)[ ]|"
    rf",[ ](?:and|und|et|y|e|en)[ ])(?:in )?{MONTH}){{1,12}})",
    re.IGNORECASE,
)
_START_MONTH = re.compile(
    rf"\b(?:ab|from|starting(?: in)?|beginning(?: in)?|à partir de|dès|desde|a partir de|da|"
    rf"a partire da|vanaf)[ ](?P<n>{MONTH})(?![ ]?\d)",
    re.IGNORECASE,
)


def listed_months(text: str, today: date) -> tuple[tuple[int, int, str, date], ...]:
    """(start, end, words, day) for each month of a list that shares its day of the month."""
    found: list[tuple[int, int, str, date]] = []
    for match in _MONTHS_LISTED.finditer(text):
        day = int(match["d"]) if match["d"].isdigit() else 1
        year, before = today.year, 0
        for name in re.finditer(MONTH, match["list"], re.IGNORECASE):
            month = month_number(name[0])
            year += month < before or (not before and month < today.month)
            before = month
            when = safe(year, month, day)
            if when is not None:
                found.append((match.start(), match.end(), match[0], when))
    return tuple(found)


def said_times(text: str) -> int:
    """How many parts a text speaks of, 0 when it does not say."""
    match = _TIMES.search(text)
    if match is None:
        return 0
    word = (match["c"] or match["m"] or match["j"]).casefold()
    count = int(word) if word.isdigit() else NUMBERS.get(word, 12)
    return count if 1 < count <= _MOST_PARTS else 0


def first_of_month(text: str, today: date) -> tuple[str, date] | None:
    """The first day of the month from which on parts are paid, with its words."""
    match = _START_MONTH.search(text)
    if match is None:
        return None
    month = month_number(match["n"])
    return match[0], date(today.year + (month < today.month), month, 1)


def repeated(start: date, count: int, text: str) -> tuple[date, ...]:
    """`count` days from `start` on, a week apart if the text says so, else a month."""
    if _WEEKLY.search(text):
        return tuple(start + timedelta(days=7 * n) for n in range(count))
    return tuple(_months_on(start, n) for n in range(count))


def _months_on(start: date, count: int) -> date:
    number = start.year * 12 + start.month - 1 + count
    last = last_of_month(number // 12, number % 12 + 1)
    return last.replace(day=min(start.day, last.day))

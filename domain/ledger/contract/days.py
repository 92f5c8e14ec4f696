"""Dates as contracts write them, in English, German, French and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS: tuple[tuple[str, ...], ...] = (
    ("january", "jan", "januar", "janvier", "enero"),
    ("february", "feb", "februar", "février", "fevrier", "febrero"),
    ("march", "mar", "märz", "maerz", "mars", "marzo"),
    ("april", "apr", "avril", "abril"),
    ("may", "mai", "mayo"),
    ("june", "jun", "juni", "juin", "junio"),
    ("july", "jul", "juli", "juillet", "julio"),
    ("august", "aug", "août", "aout", "agosto"),
    ("september", "sep", "sept", "septembre", "septiembre"),
    ("october", "oct", "oktober", "okt", "octobre", "octubre"),
    ("november", "nov", "novembre", "noviembre"),
    ("december", "dec", "dezember", "dez", "décembre", "decembre", "diciembre"),
)
_NUMBER = {name: n for n, names in enumerate(_MONTHS, 1) for name in names}
_NAME = "|".join(sorted(_NUMBER, key=len, reverse=True))
_DAY = r"(?P<d>[0-3]?\d)(?:\s?(?:st|nd|rd|th|er|º|\.))?"
_UNITS = "first second third fourth fifth sixth seventh eighth ninth"
_TEENS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
_WORDS = {
    **{word: n for n, word in enumerate(_UNITS.split(), 1)},
    **{word: n for n, word in enumerate(_TEENS.split(), 10)},
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
    "thirty-first": 31,
    **{f"twenty-{word}": 20 + n for n, word in enumerate(_UNITS.split(), 1)},
}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?P<m>{_NAME})\.?\s{{1,3}}{_DAY}\s?,?\s{{0,3}}{_YEAR}",
        rf"\b{_DAY}\s?(?:day\s)?(?:of\s|de\s)?\s?(?P<m>{_NAME})\.?\s?,?\s?(?:of\s|de\s|del\s)?{_YEAR}",
        rf"\b(?P<w>{_WORD})\s(?:day\s)?of\s(?P<m>{_NAME})\s?,?\s?{_YEAR}",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<n>[01]\d)-(?P<d>[0-3]\d)(?!\d)",
        r"(?<!\d)(?P<d>[0-3]?\d)\.\s?(?P<n>[01]?\d)\.\s?(?P<y>(?:19|20)\d\d)(?!\d)",
    )
)
_SLASHED = re.compile(r"(?<![\d/])(?P<a>[0-3]?\d)/(?P<b>[0-3]?\d)/(?P<y>(?:19|20)\d\d)(?![\d/])")


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A date where it was found. `on` is None when day and month cannot be told apart."""

    on: date | None
    text: str
    start: int


def find_days(text: str) -> Iterator[FoundDay]:
    """Every date in `text`, in the order it stands there."""
    found = [
        FoundDay(on, match[0], match.start())
        for form in _FORMS
        for match in form.finditer(text)
        if (on := _day(match)) is not None
    ]
    found += [
        FoundDay(_slashed(match), match[0], match.start()) for match in _SLASHED.finditer(text)
    ]
    yield from sorted(found, key=lambda day: day.start)


def first_day(text: str) -> date | None:
    """The first date in `text`, None when there is none or it can be read two ways."""
    return next((day.on for day in find_days(text)), None)


def _day(match: re.Match[str]) -> date | None:
    named = match.groupdict().get("m")
    month = _NUMBER[named.casefold()] if named else int(match["n"])
    word = match.groupdict().get("w")
    try:
        return date(int(match["y"]), month, _WORDS[word.casefold()] if word else int(match["d"]))
    except ValueError:
        return None


def _slashed(match: re.Match[str]) -> date | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    try:
        if a == b or b > 12 >= a:
            return date(year, a, b)
        return date(year, b, a) if a > 12 >= b else None
    except ValueError:
        return None

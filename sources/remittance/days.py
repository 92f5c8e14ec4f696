"""Days as advices write them: read only where they can mean one day."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_NAMED = re.compile(r"(?:(\d{1,2})\.? )?([A-Za-zéûä]{3,9})\.?(?: (\d{1,2}),?)? (\d{4})")
_MONTHS = (
    "jan janv ene gen", "feb febr fev", "mar mrz marz mars maart", "apr avr abr",
    "may mai mei mayo",
    "jun juin giu", "jul juil lug", "aug aou ago", "sep set", "oct okt ott", "nov", "dec dez dic",
)  # fmt: skip


def read_day(text: str) -> date | None:
    """The day, or None when the text is no day or may mean two ("03/04/2026")."""
    words = " ".join(text.split())[:40]
    for form, order in ((_ISO, (1, 2, 3)), (_COMPACT, (1, 2, 3))):
        match = form.fullmatch(words)
        if match:
            return _day(*(int(match[at]) for at in order))
    match = _NUMERIC.fullmatch(words)
    if match:
        return _numeric(int(match[1]), match[2], int(match[3]), match[4])
    match = _NAMED.fullmatch(words)
    return _named(match) if match else None


def _numeric(first: int, mark: str, second: int, year_text: str) -> date | None:
    """With full stops the day comes first; with slashes either may."""
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if mark == ".":
        return day_first
    if day_first and month_first and day_first != month_first:
        return None
    return day_first or month_first


def _named(match: re.Match[str]) -> date | None:
    name = match[2].lower().translate(str.maketrans("éûä", "eua"))
    day = match[1] or match[3]
    for at, known in enumerate(_MONTHS, start=1):
        if day and any(name.startswith(word) for word in known.split()):
            return _day(int(match[4]), at, int(day))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Days and periods as colleagues type them, from the day they type them on."""

from __future__ import annotations

import calendar as months_of
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_YEAR = r"(?:,?\s20\d\d)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)"
)
_UNITS = r"(?:business[ ]|working[ ])?(?:days?|weeks?|wks?|fortnights?|months?)"
_COUNTS = {"couple of": 2, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_COUNT = r"(?:\d{1,3}|a[ ]couple[ ]of|couple[ ]of|an?|one|two|three|four|six)"
_FOREVER = (
    r"(?:indefinitely|until[ ]further[ ]notice|further[ ]notice|for[ ]?ever|for[ ]good|permanently)"
)
DAY = re.compile(
    rf"""(?<![\w-])(?:
    (?P<iso>20\d\d-\d\d?-\d\d?)
    | (?P<dm>(?:{_WEEKDAY},?\s)?(?:the\s)?\d\d?(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b\.?{_YEAR})
    | (?P<md>(?:{_WEEKDAY},?\s)?{_MONTH}\b\.?\s\d\d?(?:st|nd|rd|th)?\b(?!\d)(?:,?\s20\d\d)?)
    | (?P<numeric>\d\d?[/.]\d\d?[/.](?:20)?\d\d)
    | (?P<near>today|tonight|tomorrow|yesterday|(?:the\s)?day\safter\stomorrow
        |(?:the\s)?day\sbefore\syesterday)
    | (?P<end>(?:the\s)?end\sof\s(?:the\s|this\s|next\s)?(?:week|month|quarter|year)|eo[wmqy])
    | (?P<span>(?:for|in|within|next)\s(?:the\snext\s)?{_COUNT}\s(?:more\s)?{_UNITS})
    | (?P<ago>{_COUNT}\s(?:days?|weeks?|months?)\sago)
    | (?P<next>next\s(?:week|month|quarter|year))
    | (?P<weekday>(?:(?:next|this|last|coming)\s)?{_WEEKDAY}\b)
    | (?P<nth>the\s\d\d?(?:st|nd|rd|th))
    | (?P<forever>{_FOREVER})
    )(?![\w-])""",
    re.IGNORECASE | re.VERBOSE,
)
PERIOD = re.compile(
    rf"""\b(?:
    (?P<month>{_MONTH}\b\.?(?:,?\s20\d\d)?)
    | (?P<quarter>q[1-4](?:[\s/-]?20\d\d)?)
    | (?P<rel>(?:last|previous|this|current|past|next)\s(?:week|month|quarter|year))
    | (?P<roll>(?:last|past|previous)\s\d{{1,3}}\s(?:days?|weeks?|months?))
    | (?P<dash>20\d\d-\d\d)(?!-?\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


class _Base(NamedTuple):
    """The day words are typed on, and whether they look back."""

    today: date
    past: bool


@dataclass(frozen=True, slots=True)
class Period:
    """From a first to a last day, both in it."""

    first: date
    last: date


def days_meant(words: str, today: date, *, past: bool = False) -> tuple[date, ...]:
    """The days that words may mean: none when they name no day, two when their order is open.

    A weekday is the next one, or with `past` the last one; a day without a year the nearest
    that way.
    """
    found = DAY.search(words.strip())
    if found is None or found.lastgroup is None:
        return ()
    return _RESOLVERS[found.lastgroup](found[0].lower(), _Base(today, past))


def is_forever(words: str) -> bool:
    """Whether the words set no end."""
    return re.search(_FOREVER, words, re.IGNORECASE) is not None


def _iso(words: str, _base: _Base) -> tuple[date, ...]:
    return _day(*(int(part) for part in words.split("-")))


def _day(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _month_of(words: str) -> int:
    found = re.search(_MONTH, re.sub(rf"^{_WEEKDAY},?\s", "", words))
    return _MONTHS.index(found[0][:3]) + 1 if found else 0


def _named(words: str, base: _Base) -> tuple[date, ...]:
    month = _month_of(words)
    year = re.search(r"20\d\d", words)
    rest = words.replace(year[0], "") if year else words
    number = re.search(r"\d\d?", rest)
    if number is None:
        return ()
    if year:
        return _day(int(year[0]), month, int(number[0]))
    return _nearest(month, int(number[0]), base)


def _nearest(month: int, day: int, base: _Base) -> tuple[date, ...]:
    for year in (base.today.year, base.today.year - 1 if base.past else base.today.year + 1):
        found = _day(year, month, day)
        if found and (found[0] <= base.today if base.past else found[0] >= base.today):
            return found
    return ()


def _numeric(words: str, _base: _Base) -> tuple[date, ...]:
    first, second, year = (int(part) for part in re.split(r"[/.]", words))
    year += 2000 if year < 100 else 0
    orders = [(second, first)] if "." in words else [(first, second), (second, first)]
    found = [d for month, day in orders for d in _day(year, month, day)]
    return tuple(dict.fromkeys(found))


def _near(words: str, base: _Base) -> tuple[date, ...]:
    shifts = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
    shift = shifts.get(words, 2 if "after" in words else -2)
    return (base.today + timedelta(days=shift),)


def _end(words: str, base: _Base) -> tuple[date, ...]:
    unit = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}.get(words, words)
    later = 1 if "next" in words else 0
    if unit.endswith("week"):
        return (base.today + timedelta(days=4 - base.today.weekday() + 7 * later),)
    size = 1 if unit.endswith("month") else 3 if unit.endswith("quarter") else 12
    last = (base.today.month - 1) // size * size + size + size * later
    return (_last_of(base.today.year, last),)


def _last_of(year: int, month: int) -> date:
    """The last day of a month counted from January of `year`; 13 is the next January."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, months_of.monthrange(year, month)[1])


def _counted(words: str) -> int:
    number = re.search(r"\d+", words)
    if number:
        return int(number[0])
    return next((n for word, n in _COUNTS.items() if re.search(rf"\b{word}\b", words)), 1)


def _moved(words: str, today: date, sign: int) -> tuple[date, ...]:
    count = _counted(words) * sign
    if "business" in words or "working" in words:
        return (_business(today, count),)
    if "month" in words:
        month = today.month + count
        day = min(today.day, _last_of(today.year, month).day)
        return (_last_of(today.year, month).replace(day=day),)
    size = 14 if "fortnight" in words else 7 if re.search(r"w(ee)?ks?", words) else 1
    return (today + timedelta(days=count * size),)


def _business(today: date, count: int) -> date:
    found = today
    while count > 0:
        found += timedelta(days=1)
        count -= found.weekday() < 5
    return found


def _span(words: str, base: _Base) -> tuple[date, ...]:
    return _moved(words, base.today, 1)


def _ago(words: str, base: _Base) -> tuple[date, ...]:
    return _moved(words, base.today, -1)


def _next(words: str, base: _Base) -> tuple[date, ...]:
    """The first working day of it, as "until next week" is meant."""
    if words.endswith("week"):
        return (base.today + timedelta(days=7 - base.today.weekday()),)
    size = 1 if words.endswith("month") else 3 if words.endswith("quarter") else 12
    last = (base.today.month - 1) // size * size + size
    return (_last_of(base.today.year, last) + timedelta(days=1),)


def _weekday(words: str, base: _Base) -> tuple[date, ...]:
    target = _WEEKDAYS.index(words.split()[-1][:3])
    if base.past or words.startswith("last"):
        back = (base.today.weekday() - target) % 7
        return (base.today - timedelta(days=back or (7 if words.startswith("last") else 0)),)
    near = base.today + timedelta(days=(target - base.today.weekday()) % 7 or 7)
    same_week = near.isocalendar()[:2] == base.today.isocalendar()[:2]
    if words.startswith("next") and same_week:
        return (near, near + timedelta(days=7))
    return (near,)


def _nth(words: str, base: _Base) -> tuple[date, ...]:
    number = int(re.sub(r"\D", "", words))
    for shift in range(3):
        month = base.today.month + (-shift if base.past else shift)
        around = _last_of(base.today.year, month)
        found = _day(around.year, around.month, number)
        if found and (found[0] <= base.today if base.past else found[0] >= base.today):
            return found
    return ()


def _forever(_words: str, _base: _Base) -> tuple[date, ...]:
    return ()


_RESOLVERS = {
    "iso": _iso, "dm": _named, "md": _named, "numeric": _numeric, "near": _near, "end": _end,
    "span": _span, "ago": _ago, "next": _next, "weekday": _weekday, "nth": _nth,
    "forever": _forever,
}  # fmt: skip


def period_meant(words: str, today: date) -> Period | None:
    """The period that words name: a month that began already, a quarter, "last month", "last 7
    days" with today as the last of them."""
    found = PERIOD.search(words)
    if found is None:
        return None
    text = found[0].lower()
    year = re.search(r"20\d\d", text)
    match found.lastgroup:
        case "month":
            month = _month_of(text)
            return _months(int(year[0]) if year else _year(today, month), month, 1)
        case "dash":
            return _months(int(text[:4]), int(text[5:7]), 1) if 1 <= int(text[5:7]) <= 12 else None
        case "quarter":
            first = int(text[1]) * 3 - 2
            return _months(int(year[0]) if year else _year(today, first), first, 3)
        case "roll":
            return Period(_moved(text, today, -1)[0] + timedelta(days=1), today)
        case _:
            return _relative(text, today)


def span_meant(words: str, today: date, *, past: bool) -> tuple[date, date] | None:
    """The first and the last day that words mean, None when they mean none.

    A period, a day, or everything from today up to the end of a span ("in 2 weeks", "eom").
    """
    period = period_meant(words, today)
    if period is not None:
        return period.first, period.last
    found = DAY.search(words.strip())
    days = days_meant(words, today, past=past)
    if found is None or not days:
        return None
    if found.lastgroup in ("span", "end"):
        return today, max(days)
    return min(days), max(days)


def _year(today: date, month: int) -> int:
    return today.year if month <= today.month else today.year - 1


def _months(year: int, month: int, size: int) -> Period:
    return Period(date(year, month, 1), _last_of(year, month + size - 1))


def _relative(words: str, today: date) -> Period:
    back = 0 if words.startswith(("this", "current")) else -1 if words.startswith("next") else 1
    if words.endswith("week"):
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return Period(monday, monday + timedelta(days=6))
    size = 1 if words.endswith("month") else 3 if words.endswith("quarter") else 12
    first = (today.month - 1) // size * size + 1 - size * back
    start = _last_of(today.year, first).replace(day=1)
    return Period(start, _last_of(start.year, start.month + size - 1))

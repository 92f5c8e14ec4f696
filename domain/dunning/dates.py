"""Date expressions of a reply, resolved from the day the mail was written: en, de, fr, es."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.dunning.calendar import Calendar
from domain.dunning.day_names import MONTH, WEEKDAY, month_number, weekday_number

HORIZON_DAYS = 180
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "ein": 1, "eine": 1, "einer": 1, "einem": 1, "zwei": 2,
    "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8,
    "dix": 10, "quinze": 15, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "siete": 7, "ocho": 8, "diez": 10, "quince": 15, "couple of": 2,
}  # fmt: skip
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_AHEAD = r"(?:in|within|innerhalb von|binnen|dans(?: les)?|sous|d'ici|en|dentro de|next|the next)"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """Words of a text and the days they may mean: two when day and month can be swapped."""

    start: int
    end: int
    span: str
    dates: tuple[date, ...]


_Resolve = Callable[[re.Match[str], date, Calendar], Iterable[date | None]]


def find_dates(text: str, written_on: date, calendar: Calendar) -> tuple[FoundDate, ...]:
    """Every date expression in `text` that falls within 180 days from `written_on`.

    `written_on` is the local day of the mail in the customer's zone. A date whose weekday
    contradicts it, or that does not exist, is found without any day.
    """
    taken = bytearray(len(text))
    found: list[FoundDate] = []
    for pattern, resolve in _FORMS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            options = list(resolve(match, written_on, calendar))
            days = [d for d in options if d is not None]
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            inside = _inside(days, written_on)
            if inside or None in options:
                found.append(FoundDate(match.start(), match.end(), match[0].strip(), inside))
    return tuple(sorted(found, key=lambda f: f.start))


def find_past_dates(text: str, written_on: date, calendar: Calendar) -> tuple[FoundDate, ...]:
    """Date expressions that lie in the 400 days up to `written_on`, as paid dates do."""
    found: list[FoundDate] = []
    for pattern, resolve in _ABSOLUTE:
        for match in pattern.finditer(text):
            days: list[date] = []
            for base in (written_on, written_on - timedelta(days=365)):
                days += [d for d in resolve(match, base, calendar) if d is not None]
            past = sorted({d for d in days if 0 <= (written_on - d).days <= 400}, reverse=True)
            if past:
                found.append(FoundDate(match.start(), match.end(), match[0].strip(), (past[0],)))
    return tuple(sorted(found, key=lambda f: f.start))


def _inside(days: Iterable[date], written_on: date) -> tuple[date, ...]:
    last = written_on + timedelta(days=HORIZON_DAYS)
    return tuple(sorted({d for d in days if written_on <= d <= last}))


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(text: str | None, month: int, day: int, base: date) -> int:
    if text:
        return int(text) + 2000 if len(text) == 2 else int(text)
    this = _safe(base.year, month, day)
    return base.year if this is None or this >= base else base.year + 1


def _iso(match: re.Match[str], _base: date, _calendar: Calendar) -> list[date | None]:
    return [_safe(int(match["y"]), int(match["m"]), int(match["d"]))]


def _numeric(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    first, second, year = int(match["a"]), int(match["b"]), match.groupdict().get("y")
    orders = [(second, first)] if "." in match[0] else [(second, first), (first, second)]
    return [_weekday_fits(match, _safe(_year_of(year, m, d, base), m, d)) for m, d in orders]


def _named(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    month, day = month_number(match["n"]), int(match["d"])
    return [_weekday_fits(match, _safe(_year_of(match["y"], month, day, base), month, day))]


def _weekday_fits(match: re.Match[str], day: date | None) -> date | None:
    said = match.groupdict().get("w")
    if day is None or (said and weekday_number(said) != day.weekday()):
        return None
    return day


def _day_of_month(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    day = int(match["d"])
    months = (base.year * 12 + base.month - 1 + offset for offset in range(3))
    later = (_safe(n // 12, n % 12 + 1, day) for n in months)
    return [_weekday_fits(match, next((d for d in later if d and d >= base), None))]


def _weekday(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    target = weekday_number(match["w"])
    words = match[0].casefold()
    if re.search(r"next week|nächste\w* woche|kommende\w* woche|semaine prochaine|próxima semana"
                 r"|semana que viene", words):  # fmt: skip
        monday = base - timedelta(days=base.weekday()) + timedelta(days=7)
        return [monday + timedelta(days=target)]
    ahead = (target - base.weekday()) % 7 or 7
    return [base + timedelta(days=ahead)]


def _next_weekday(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    """ "Next Friday" said early in a week means this Friday to some, the one after to others."""
    target = weekday_number(match["w"])
    ahead = (target - base.weekday()) % 7 or 7
    near = base + timedelta(days=ahead)
    same_week = near.isocalendar()[:2] == base.isocalendar()[:2]
    return [near, near + timedelta(days=7)] if same_week else [near]


def _plus(match: re.Match[str], base: date, calendar: Calendar) -> list[date | None]:
    text = match["c"].casefold()
    count = int(text) if text.isdigit() else _NUMBERS[text]
    unit = match["u"].casefold()
    if re.search(r"business|working|werk|arbeits|bank|ouvr|hábil|laborable", match[0].casefold()):
        return [calendar.add_business_days(base, count)]
    if re.match(r"w|semaine|semana", unit):
        return [base + timedelta(days=7 * count)]
    return [base + timedelta(days=count)]


def _shift(days: int) -> _Resolve:
    return lambda _match, base, _calendar: [base + timedelta(days=days)]


def _end_of_week(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    later = 7 if re.search(r"next|nächst|kommend|prochaine|próxima|viene", match[0], re.I) else 0
    return [base - timedelta(days=base.weekday()) + timedelta(days=4 + later)]


def _end_of_month(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    words = match.groupdict()
    month, year = base.month, base.year
    if words.get("n"):
        month = month_number(match["n"])
        year = base.year if month >= base.month else base.year + 1
    elif re.search(r"next|nächst|kommend|prochain|próximo|que viene", match[0], re.I):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    first = date(year + month // 12, month % 12 + 1, 1)
    return [first - timedelta(days=1)]


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_LEAD = rf"(?:(?P<w>{WEEKDAY})[ ]?,?[ ]?(?:the|den|dem|le|el|der)?[ ]?)?"
_ORD = r"(?:st|nd|rd|th|er|º|\.)?"
_ABSOLUTE: tuple[tuple[re.Pattern[str], _Resolve], ...] = (
    (_compile(r"(?<![\w-])(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\w-])"), _iso),
    (
        _compile(rf"{_LEAD}(?<![\d/.])(?P<a>\d{{1,2}})[/.-](?P<b>\d{{1,2}})[/.-]"
                 r"(?P<y>20\d\d|\d\d)(?![\d/])"),
        _numeric,
    ),
    (
        _compile(rf"{_LEAD}(?<!\w)(?P<d>{_DAY}){_ORD}[ ]?(?:of |de |d')?(?P<n>{MONTH})"
                 r"(?:[ ,]{1,2}(?:de )?(?P<y>20\d\d))?"),
        _named,
    ),
    (
        _compile(rf"{_LEAD}(?<![^\W\d_])(?P<n>{MONTH})[ ]?(?P<d>{_DAY})(?!\d)(?:st|nd|rd|th)?"
                 r"(?:,?[ ](?P<y>20\d\d))?"),
        _named,
    ),
    (_compile(rf"{_LEAD}(?<![\d/.])(?P<a>\d{{1,2}})\.[ ]?(?P<b>\d{{1,2}})\.(?!\d)"), _numeric),
    (_compile(r"(?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/])"), _numeric),
)  # fmt: skip
_FORMS: tuple[tuple[re.Pattern[str], _Resolve], ...] = (
    *_ABSOLUTE,
    (
        _compile(rf"\b(?:end of|ende|fin|finales de|final de|últimos de)[ ](?P<n>{MONTH})"),
        _end_of_month,
    ),
    (
        _compile(r"\b(?:(?:by |at )?(?:the )?end of (?:the |this |next )?month|month[- ]end|"
                 r"monatsende|ende (?:des |diesen |nächsten |kommenden )?monats?|fin (?:du |de )"
                 r"mois(?: prochain)?|fin de mes|final(?:es)? de(?:l)? (?:próximo )?mes|eom)\b"),
        _end_of_month,
    ),
    (
        _compile(r"\b(?:(?:by |at )?(?:the )?end of (?:the |this |next )?week|"
                 r"ende (?:der |dieser |nächster |kommender )?woche|wochenende|"
                 r"fin de (?:la )?semaine(?: prochaine)?|(?:fin(?:al|es)? de )(?:la )?"
                 r"(?:próxima )?semana|eow)\b"),
        _end_of_week,
    ),
    (
        _compile(rf"\b(?P<w>{WEEKDAY})[ ](?:of )?(?:next week|nächster woche|kommender woche|"
                 r"de la semaine prochaine|de la próxima semana|de la semana que viene)\b"),
        _weekday,
    ),
    (_compile(rf"\b(?:next|nächste[rn]?|próximo)[ ](?P<w>{WEEKDAY})"), _next_weekday),
    (_compile(rf"(?<![^\W\d_])(?P<w>{WEEKDAY})"), _weekday),
    (
        _compile(rf"\b(?:{_AHEAD})[ ](?P<c>{_COUNT})[ ]?(?:more )?(?:business |working |bank )?"
                 r"(?P<u>(?:werk|arbeits|bank)?tage?n?|days?|weeks?|wochen?|jours?(?: ouvr\w+)?|"
                 r"semaines?|días?(?: (?:hábiles|laborables))?|semanas?)\b"),
        _plus,
    ),
    (_compile(r"\b(?:(?:a )?fortnight(?: from (?:today|now))?|vierzehn tage|quinzaine|quincena)\b"),
     _shift(14)),
    (
        _compile(rf"(?<!\w)(?P<c>{_COUNT})[ ](?:business |working )?(?P<u>days?|weeks?|tage|wochen)"
                 r"[ ](?:from (?:now|today)|ab heute)\b"),
        _plus,
    ),
    (_compile(r"\b(?:day after tomorrow|übermorgen|après-demain|pasado mañana)\b"), _shift(2)),
    (_compile(r"\b(?:tomorrow|tmrw|morgen|demain)\b|(?<!la )(?<!por la )\bmañana\b"), _shift(1)),
    (_compile(r"\b(?:today|heute|aujourd'hui|hoy)\b"), _shift(0)),
    (
        _compile(rf"\b(?:on the|by the|the|am|bis zum|zum|den|le|avant le|el|el día|día)[ ]"
                 rf"(?P<d>{_DAY})(?:(?:st|nd|rd|th|er|º)\b|\.(?!\d)|(?=[ ,;!?)]|$))(?![ ]?[%€$£])"),
        _day_of_month,
    ),
    (_compile(rf"(?<!\w)(?P<d>{_DAY})(?:st|nd|rd|th)\b"), _day_of_month),
)  # fmt: skip

"""The forms in which mails write days, and what day each means from the day of the mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache

from domain.dunning import date_words as words
from domain.dunning.calendar import Calendar
from domain.dunning.date_weeks import (
    after_next,
    ahead,
    day_of_iso_week,
    iso_week,
    open_week,
    two_weeks_on,
    week_on,
    weekday_of_month,
)
from domain.dunning.day_names import (
    BARE_WEEKDAY,
    MONTH,
    SIGN_WEEKDAY,
    WEEKDAY,
    month_number,
    weekday_number,
)

Resolve = Callable[[re.Match[str], date, Calendar], Iterable[date | None]]
Form = tuple[re.Pattern[str], Resolve]
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_FIRST = frozenset(
    ("first", "primero", "primeiro", "primo", "ersten", "erster", "monatsersten"),
)


def safe(year: int, month: int, day: int) -> date | None:
    """The date, None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _year_of(text: str | None, month: int, day: int, base: date) -> int:
    if text:
        return int(text) + 2000 if len(text) == 2 else int(text)
    this = safe(base.year, month, day)
    return base.year if this is None or this >= base else base.year + 1


def _day_number(text: str) -> int:
    return 1 if text.casefold() in _FIRST else int(text)


def _iso(match: re.Match[str], _base: date, _calendar: Calendar) -> list[date | None]:
    return [safe(int(match["y"]), int(match["m"]), int(match["d"]))]


@lru_cache(maxsize=64)
def _orders(text: str) -> tuple[bool, bool]:
    return words.orders(text)


def _numeric(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    """Both orders of day and month where the text leaves them open; "24/7" is no day."""
    if match[0] == "24/7":
        return []
    first, second, year = int(match["a"]), int(match["b"]), match.groupdict().get("y")
    day_first, month_first = _orders(match.string)
    orders = [(second, first)] if day_first else []
    if month_first and "." not in match[0]:
        orders.append((first, second))
    days = [safe(_year_of(year, m, d, base), m, d) for m, d in orders]
    if "/" in match[0] and not year and not any(days):
        return []
    return [_weekday_fits(match, day) for day in days]


def _named(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    month, day = month_number(match["n"]), _day_number(match["d"])
    return [_weekday_fits(match, safe(_year_of(match["y"], month, day, base), month, day))]


def _signs(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    month, day = int(match["n"]), int(match["d"])
    return [_weekday_fits(match, safe(_year_of(match["y"], month, day, base), month, day))]


def _weekday_fits(match: re.Match[str], day: date | None) -> date | None:
    said = match.groupdict().get("w")
    if day is None or (said and weekday_number(said) != day.weekday()):
        return None
    return day


def _day_of_month(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    day = _day_number(match["d"])
    start = 1 if match[0][0] in "来翌" else 0
    months = (base.year * 12 + base.month - 1 + offset for offset in range(start, 3))
    later = (safe(n // 12, n % 12 + 1, day) for n in months)
    return [_weekday_fits(match, next((d for d in later if d and d >= base), None))]


def _monday_after(base: date) -> date:
    return base + timedelta(days=7 - base.weekday())


def _weekday(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    target = weekday_number(match["w"])
    if match.groupdict().get("next"):
        return [_monday_after(base) + timedelta(days=target)]
    return [ahead(target, base)]


def _sign_weekday(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    weeks = {"今": 0, "来": 1, "翌": 1, "再": 2}[match["week"][0]]
    monday = base - timedelta(days=base.weekday()) + timedelta(days=7 * weeks)
    return [monday + timedelta(days=weekday_number(match["w"]) if match["w"] else 4)]


def _of_next_month(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    year, month = divmod(base.year * 12 + base.month, 12)
    return [safe(year, month + 1, _day_number(match["d"]))]


def _last_business_day(match: re.Match[str], base: date, calendar: Calendar) -> list[date | None]:
    later = _end_of_month(match, base, calendar)[0]
    return [later and calendar.add_business_days(later + timedelta(days=1), -1)]


def _end_of_quarter(_match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    return [last_of_month(base.year, (base.month + 2) // 3 * 3)]


def _next_weekday(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    """ "Next Friday" said early in a week means this Friday to some, the one after to others."""
    near = ahead(weekday_number(match["w"]), base)
    same_week = near.isocalendar()[:2] == base.isocalendar()[:2]
    return [near, near + timedelta(days=7)] if same_week else [near]


def _plus(match: re.Match[str], base: date, calendar: Calendar) -> list[date | None]:
    text = match["c"].casefold()
    count = int(text) if text.isdigit() else words.NUMBERS[text]
    unit = match["u"].casefold()
    if words.BUSINESS.search(unit):
        return [calendar.add_business_days(base, count)]
    if words.MONTHS.search(unit):
        number = base.year * 12 + base.month - 1 + count
        last = last_of_month(number // 12, number % 12 + 1)
        return [last.replace(day=min(base.day, last.day))]
    if words.HOURS.fullmatch(unit):
        return [base + timedelta(days=-(-count // 24))]
    return [base + timedelta(days=count * (7 if words.WEEKS.search(unit) else 1))]


def _plus_signs(match: re.Match[str], base: date, calendar: Calendar) -> list[date | None]:
    count = (
        int(match["c"]) if match["c"].isdigit() else "一二三四五六七八九十".index(match["c"]) + 1
    )
    if match["u"] == "営業日":
        return [calendar.add_business_days(base, count)]
    return [base + timedelta(days=count * (7 if match["u"] == "週間" else 1))]


def _shift(days: int) -> Resolve:
    return lambda _match, base, _calendar: [base + timedelta(days=days)]


def _end_of_week(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    later = 7 if words.NEXT.search(match[0]) else 0
    friday = base - timedelta(days=base.weekday()) + timedelta(days=4 + later)
    return [friday if friday >= base else friday + timedelta(days=7)]


def _end_of_month(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    named = match.groupdict().get("n")
    month, year = base.month, base.year
    if named:
        month = int(named) if named.isdigit() else month_number(named)
        year = base.year if month >= base.month else base.year + 1
    elif words.NEXT.search(match[0]):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return [last_of_month(year, month)]


def _end_of_year(_match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    return [date(base.year, 12, 31)]


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_LEAD = (
    rf"(?:(?P<w>{WEEKDAY})(?:[ ]{words.COMING})?[ ]?[,(]?[ ]?"
    rf"(?:the|den|dem|le|el|der|dia|il|de)?[ ]?)?"
)
_NAMED_DAY = rf"(?P<d>{_DAY}|first|primero|primeiro|primo)"
_ORD = r"(?:st|nd|rd|th|er|e|º|°|\.)?"
ABSOLUTE: tuple[Form, ...] = (
    (_compile(r"(?<![\w-])(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\w-])"), _iso),
    (
        _compile(r"(?:(?P<y>20\d\d)年)?(?<!\d)(?P<n>\d{1,2})月[ ]?(?P<d>\d{1,2})日"
                 rf"(?:[ ]?\(?(?P<w>{SIGN_WEEKDAY})(?=曜|\))(?:曜日?)?\)?)?"),
        _signs,
    ),
    (
        _compile(rf"{_LEAD}(?<![\d/.])(?P<a>\d{{1,2}})[/.-](?P<b>\d{{1,2}})[/.-]"
                 r"(?P<y>20\d\d|\d\d)(?![\d/])"),
        _numeric,
    ),
    (
        _compile(rf"{_LEAD}(?<!\w){_NAMED_DAY}{_ORD}[ -]?(?:of |de |di |d')?(?P<n>{MONTH})"
                 r"(?:[ ,-]{1,2}(?:de[l]? )?(?P<y>20\d\d))?"),
        _named,
    ),
    (
        _compile(rf"{_LEAD}(?<![^\W\d_])(?P<n>{MONTH})[ -]?(?:the )?(?P<d>{_DAY})(?![\d:])"
                 r"(?:st|nd|rd|th)?(?:,?[ ](?P<y>20\d\d))?"),
        _named,
    ),
    (_compile(rf"{_LEAD}(?<![\d/.])(?P<a>\d{{1,2}})\.[ ]?(?P<b>\d{{1,2}})\.(?!\d)"), _numeric),
    (_compile(r"\b(?:am|zum|vom|bis|den)[ ](?P<a>\d{1,2})\.(?P<b>\d{1,2})(?![\d.,])"), _numeric),
    (_compile(rf"{_LEAD}(?<![\d/.])(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?![\d/])"), _numeric),
)  # fmt: skip
_SIGNS_DAY = r"(?<![\d月])(?P<d>\d{1,2})日(?!間|以内|後|前|付|分)"
_SIGNS_MONTH_END = r"(?:(?:今|来|翌)月|(?<![\d月])(?P<n>\d{1,2})月)?(?:の)?(?:月末|末日?)(?!締)"
_ORDINAL = r"(?:(?:st|nd|rd|th|er|e|º|°)\b|\.(?!\d)|(?![\d:.,]\d|\d))"
_SIGNS: tuple[Form, ...] = (
    (_compile(_SIGNS_MONTH_END), _end_of_month),
    (
        _compile(rf"(?P<week>今週|来週|翌週|再来週)の?(?:(?P<w>{SIGN_WEEKDAY})曜日?|中)"),
        _sign_weekday,
    ),
    (_compile(r"(?:今月|来月|翌月)の?(?P<d>\d{1,2})日"), _day_of_month),
    (
        _compile(r"(?P<c>\d{1,2}|[一二三四五六七八九十])(?P<u>営業日|週間|日)(?:以内|後)"),
        _plus_signs,
    ),
    (_compile(rf"{_SIGNS_DAY}(?:[ ]?\((?P<w>{SIGN_WEEKDAY})\))?"), _day_of_month),
    (_compile(r"今月中|来月中|翌月中|月内"), _end_of_month),
    (_compile(r"週内"), _end_of_week),
    (_compile(rf"(?P<w>{SIGN_WEEKDAY})曜日?"), _weekday),
    (_compile(r"週明け"), lambda _match, base, _calendar: [_monday_after(base)]),
    (_compile(r"明後日|あさって"), _shift(2)),
    (_compile(r"明日|あす"), _shift(1)),
    (_compile(r"本日|今日"), _shift(0)),
    (_compile(r"年末"), _end_of_year),
)
_KW = r"(?:kw|kalenderwoche|week|semaine|semana|settimana|wk)[ ](?:no?\.? ?|nr\.? ?)?"
_OF_WEEK = r"(?:on |am |in |of |der |de la |da |de |le |el |op |na |della |den |la |il )?"
RELATIVE: tuple[Form, ...] = (
    *_SIGNS,
    (_compile(rf"\b{words.END_OF}[ ](?P<n>{MONTH})"), _end_of_month),
    (
        _compile(rf"(?<!\w){_NAMED_DAY}{_ORD}[ ]?{words.NEXT_MONTH}\b"),
        _of_next_month,
    ),
    (
        _compile(rf"\b{words.NEXT_MONTH}[ ,]{{1,2}}(?:on the |on |am |le |el (?:día )?|dia |"
                 rf"il |de )?(?P<d>{_DAY})(?:st|nd|rd|th|er|e|\.)?(?![\d])"),
        _of_next_month,
    ),
    (_compile(words.AFTER_WEEKEND), lambda _match, base, _calendar: [_monday_after(base)]),
    (_compile(words.END_OF_MONTH), _end_of_month),
    (_compile(words.END_OF_QUARTER), _end_of_quarter),
    (_compile(words.HUITAINE), _shift(8)),
    (
        _compile(rf"\b{_KW}(?P<k>\d{{1,2}})\b[ ,(]{{1,2}}{_OF_WEEK}(?P<w>{WEEKDAY})"),
        day_of_iso_week,
    ),
    (
        _compile(rf"\b(?P<w>{WEEKDAY})[ ,(]{{1,2}}{_OF_WEEK}{_KW}(?P<k>\d{{1,2}})\b"),
        day_of_iso_week,
    ),
    (
        _compile(rf"\b{words.ALTERNATE} (?P<w>{WEEKDAY})|\b(?P<v>{WEEKDAY}) {words.IN_TWO}"),
        open_week,
    ),
    (
        _compile(rf"\b(?P<o>{words.WHICH}) (?P<w>{WEEKDAY}) (?:of |in |im |des |de |d'|di |van |"
                 rf"em |do |del |du )(?:(?P<n>{MONTH})|(?P<next>{words.NEXT_MONTH})|"
                 rf"(?P<this>{words.THIS_MONTH}))"),
        weekday_of_month,
    ),
    (_compile(rf"\b{words.LAST_BUSINESS_DAY}"), _last_business_day),
    (_compile(r"\b(?:kw|kalenderwoche|semaine|week)[ ](?:no\.? ?)?(?P<k>\d{1,2})\b"), iso_week),
    (_compile(words.END_OF_YEAR), _end_of_year),
    (_compile(rf"\b(?P<next>{words.NEXT_WEEK})[ ,]{{1,2}}(?:on |am |le |el |na |il |op )?"
              rf"(?P<w>{WEEKDAY}|{BARE_WEEKDAY})"), _weekday),
    (
        _compile(rf"\b(?P<w>{WEEKDAY}|{BARE_WEEKDAY})[ ](?:of )?(?P<next>{words.NEXT_WEEK})\b"),
        _weekday,
    ),
    (_compile(words.END_OF_WEEK), _end_of_week),
    (_compile(rf"\b(?:a )?week (?:on|from|after) (?P<w>{WEEKDAY})"), week_on),
    (
        _compile(rf"\b(?P<c>two|three|four) weeks (?:on |from |after )?(?P<w>{WEEKDAY})"),
        week_on,
    ),
    (_compile(rf"\b(?P<w>{WEEKDAY}) (?:en|a) (?:huit|ocho|otto|oito)\b"), week_on),
    (
        _compile(rf"\b(?P<w>{WEEKDAY}|{BARE_WEEKDAY}) (?:{words.IN_A_WEEK})(?![ ]?\d)"),
        week_on,
    ),
    (_compile(rf"\b(?P<w>{WEEKDAY}) (?:{words.IN_TWO_WEEKS})"), two_weeks_on),
    (_compile(rf"\b(?:{words.WEEK_FROM_TOMORROW})\b"), _shift(8)),
    (_compile(rf"\b(?:{words.WEEK_FROM_TODAY})\b"), _shift(7)),
    (_compile(rf"\b(?P<w>{WEEKDAY}) after next\b"), after_next),
    (_compile(rf"\b(?P<w>{BARE_WEEKDAY}) que vem\b"), _weekday),
    (_compile(r"\b(?:am|zum) (?P<d>(?:monats)?ersten)\b"), _day_of_month),
    (_compile(rf"\b(?P<w>{WEEKDAY})[ ]week\b"), week_on),
    (
        _compile(rf"(?<![^\W\d_])(?P<w>{WEEKDAY})[ ,]{{1,2}}"
                 rf"(?:the |den |der |el día |el |le |dia |il |de )?(?P<d>{_DAY}){_ORDINAL}"
                 rf"{words.UNITS_AFTER}"),
        _day_of_month,
    ),
    (_compile(rf"\b(?:next|nächste[rn]?|volgende)[ ](?P<w>{WEEKDAY})"), _next_weekday),
    (_compile(rf"\b(?:na|nesta|esta|até|pr[óo]xima|para|desta|da)[ ](?P<w>{BARE_WEEKDAY})"
              r"(?![ ](?:via|vez|parcela|fatura|nota|presta|passad))"), _weekday),
    (_compile(rf"(?<![^\W\d_])(?P<w>{BARE_WEEKDAY})[ ]"
              r"(?=(?:cai|sai|entra|chega|eu|pago|pagamos|faço|fazemos|sem falta|está|a gente)\b)"),
     _weekday),
    (
        _compile(rf"(?<![^\W\d_]){words.NOT_LAST}(?P<w>{WEEKDAY}){words.NOT_PAST}"),
        _weekday,
    ),
    (
        _compile(rf"\b(?:heute|vandaag) (?:in|over) (?P<c>{words.COUNT}) (?P<u>{words.UNIT})\b"),
        _plus,
    ),
    (
        _compile(rf"(?<!\w)(?:{words.AHEAD})[ ](?:max(?:imal|imum|\.)? )?(?P<c>{words.COUNT})[ ]?"
                 rf"(?:more |other |autres )?(?P<u>{words.UNIT})\b(?:'s? time)?"
                 r"(?:[ ](?:of|from) (?:today|now)|[ ]ab heute)?"
                 r"(?![ ](?:of|from|after|ab|nach|à compter|dès|desde|dalla|na) )"),
        _plus,
    ),
    (_compile(words.FORTNIGHT), _shift(14)),
    (
        _compile(rf"(?<!\w)(?P<c>{words.COUNT})[ ](?P<u>{words.UNIT})[ ]"
                 r"(?:from (?:now|today)|today|ab heute|à compter d'aujourd'hui|a partir de hoy|"
                 r"vanaf vandaag|time)\b"),
        _plus,
    ),
    (_compile(words.AFTER_TOMORROW), _shift(2)),
    (_compile(words.TOMORROW), _shift(1)),
    (_compile(words.TODAY), _shift(0)),
    (
        _compile(rf"\b{words.ON_THE}[ ](?P<d>{_DAY})(?:(?:st|nd|rd|th|er|e|º|°)\b|\.(?!\d)|"
                 rf"(?=[ ,;!?)]|$)){words.UNITS_AFTER}"),
        _day_of_month,
    ),
    (_compile(rf"(?<!\w)(?P<d>{_DAY})(?:st|nd|rd|th)\b"), _day_of_month),
    (_compile(rf"\bde (?P<d>{_DAY})(?:e|ste|de)\b"), _day_of_month),
)  # fmt: skip
FORMS = (*ABSOLUTE, *RELATIVE)

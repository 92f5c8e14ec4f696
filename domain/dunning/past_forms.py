"""The forms in which mails write days that are over."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.dunning import date_words as words
from domain.dunning.calendar import Calendar
from domain.dunning.date_forms import ABSOLUTE, Form, Resolve, safe
from domain.dunning.day_names import BARE_WEEKDAY, SIGN_WEEKDAY, WEEKDAY, weekday_number

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"


def _earlier(resolve: Resolve) -> Resolve:
    """The same expression read from the mail's day and from a year before it."""

    def both(match: re.Match[str], base: date, calendar: Calendar) -> list[date | None]:
        year_before = base - timedelta(days=365)
        return [*resolve(match, base, calendar), *resolve(match, year_before, calendar)]

    return both


def _back(days: int) -> Resolve:
    return lambda _match, base, _calendar: [base - timedelta(days=days)]


def _last_weekday(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    """ "Last Tuesday" and "on Tuesday" of something that is over: the Tuesday before today."""
    behind = (base.weekday() - weekday_number(match["w"])) % 7 or 7
    return [base - timedelta(days=behind)]


def _day_of_month(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    months = (base.year * 12 + base.month - 1 - back for back in range(13))
    days = (safe(n // 12, n % 12 + 1, int(match["d"])) for n in months)
    said = match.groupdict().get("w")
    fits = (d for d in days if d and d <= base)
    return [next((d for d in fits if not said or weekday_number(said) == d.weekday()), None)]


def _of_last_week(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    monday = base - timedelta(days=base.weekday() + 7)
    return [monday + timedelta(days=weekday_number(match["w"]))]


def _ago(match: re.Match[str], base: date, calendar: Calendar) -> list[date | None]:
    text = match["c"].casefold()
    count = int(text) if text.isdigit() else words.NUMBERS[text]
    if words.BUSINESS.search(match["u"]):
        return [calendar.add_business_days(base, -count)]
    if words.MONTHS.search(match["u"]):
        return []
    return [base - timedelta(days=count * (7 if words.WEEKS.search(match["u"]) else 1))]


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_YESTERDAY = r"\b(?:yesterday|gestern|gestrige\w?|hier|ayer|ontem|ieri|gisteren)\b|昨日"
_BEFORE_YESTERDAY = (
    r"\b(?:(?:the )?day before yesterday|vorgestern|avant-hier|anteayer|anteontem|l'altro ieri|"
    r"eergisteren)\b|一昨日|おととい"
)
PAST_FORMS: tuple[Form, ...] = (
    *((pattern, _earlier(resolve)) for pattern, resolve in ABSOLUTE),
    (_compile(_BEFORE_YESTERDAY), _back(2)),
    (_compile(_YESTERDAY), _back(1)),
    (_compile(r"\b(?:today|this morning|heute|aujourd'hui|ce (?:matin|jour)|hoy|esta mañana|hoje|"
              r"heutige\w?|odiern[oa]|oggi|stamattina|vandaag|vanmorgen)\b|本日|今日"), _back(0)),
    (_compile(rf"\b(?P<c>{words.COUNT}) (?P<u>{words.UNIT}) (?:ago|geleden|fa|atrás)\b"), _ago),
    (_compile(rf"\b(?:vor|il y a|hace|há) (?P<c>{words.COUNT}) (?P<u>{words.UNIT})\b"), _ago),
    (_compile(rf"(?<![^\W\d_])(?P<w>{WEEKDAY})[ ,]{{1,2}}(?:the |den |el |le |dia |il |de )?"
              rf"(?P<d>{_DAY})(?:(?:st|nd|rd|th|er|e|º|°)\b|\.(?!\d)|(?![\d:.,]\d|\d))"
              rf"{words.UNITS_AFTER}"), _day_of_month),
    (_compile(rf"(?<![^\W\d_])(?P<w>{WEEKDAY})"), _last_weekday),
    (_compile(rf"先週の?(?P<w>{SIGN_WEEKDAY})曜日?"), _of_last_week),
    (_compile(rf"\b(?:na|nesta)[ ](?P<w>{BARE_WEEKDAY})(?![ ](?:via|vez|parcela|fatura|nota))"),
     _last_weekday),
    (_compile(rf"\b{words.ON_THE}[ ](?P<d>{_DAY})(?:(?:st|nd|rd|th|er|e|º|°)\b|\.(?!\d)|"
              rf"(?=[ ,;!?)]|$)){words.UNITS_AFTER}"), _day_of_month),
    (_compile(r"(?<![\d月])(?P<d>\d{1,2})日(?!間|以内|後|前|分)"), _day_of_month),
    (_compile(rf"(?<!\w)(?P<d>{_DAY})(?:st|nd|rd|th)\b"), _day_of_month),
)  # fmt: skip

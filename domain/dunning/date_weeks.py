"""Days said by their place in a week, a month or a numbered week."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.dunning import date_words as words
from domain.dunning.calendar import Calendar
from domain.dunning.day_names import month_number, weekday_number


def ahead(target: int, base: date) -> date:
    """The next such weekday (Monday = 0) after a day, a week on if it is that weekday itself."""
    return base + timedelta(days=(target - base.weekday()) % 7 or 7)


def week_on(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    near = ahead(weekday_number(match["w"]), base)
    weeks = words.NUMBERS.get((match.groupdict().get("c") or "one").casefold(), 1)
    return [near + timedelta(days=7 * weeks)]


def after_next(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    """ "Friday after next": a week or two after this week's, as people differ."""
    near = ahead(weekday_number(match["w"]), base)
    return [near + timedelta(days=7), near + timedelta(days=14)]


def two_weeks_on(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    return [ahead(weekday_number(match["w"]), base) + timedelta(days=14)]


def open_week(_match: re.Match[str], _base: date, _calendar: Calendar) -> list[date | None]:
    """Every other week: which of them is not said."""
    return []


def weekday_of_month(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    """ "The first Thursday of December": the month's next one, counted from its begin or end."""
    months = base.year * 12 + base.month
    if match["n"]:
        months = base.year * 12 + month_number(match["n"]) - 1
        months += 12 * (month_number(match["n"]) < base.month)
    elif match["this"]:
        near = _weekday_in(months - 1, match)
        return [near if near >= base else _weekday_in(months, match)]
    return [_weekday_in(months, match)]


def _weekday_in(months: int, match: re.Match[str]) -> date:
    """The weekday that a match names by its place, in a month counted from year 0."""
    first, which = date(months // 12, months % 12 + 1, 1), words.which(match["o"])
    days = [first + timedelta(days=(weekday_number(match["w"]) - first.weekday()) % 7 + 7 * n)
            for n in range(5)]  # fmt: skip
    return [day for day in days if day.month == first.month][which]


def iso_week(match: re.Match[str], base: date, _calendar: Calendar) -> list[date | None]:
    """The Friday of a numbered week (ISO 8601), this year's or the next one's."""
    week = int(match["k"])
    if not 1 <= week <= 52:
        return []
    friday = date.fromisocalendar(base.year, week, 5)
    return [friday if friday >= base else date.fromisocalendar(base.year + 1, week, 5)]


def day_of_iso_week(match: re.Match[str], base: date, calendar: Calendar) -> list[date | None]:
    friday = next(iter(iso_week(match, base, calendar)), None)
    return [friday and friday + timedelta(days=weekday_number(match["w"]) - 4)]

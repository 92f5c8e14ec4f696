"""How debtors write dates: four languages, absolute and relative, each with the day it means."""

from __future__ import annotations

import random
from datetime import date, timedelta

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
}
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
_ON_WEEKDAY = {"en": "on {}", "de": "am {}", "fr": "{}", "es": "el {}"}
_TOMORROW = {"en": "tomorrow", "de": "morgen", "fr": "demain", "es": "mañana"}
_IN_DAYS = {"en": "in {} days", "de": "in {} Tagen", "fr": "dans {} jours", "es": "en {} días"}
_LONG = {
    "en": ("on {day} {month}", "on {month} {day}", "on {month} {day}, {year}"),
    "de": ("am {day}. {month}", "am {day:02d}.{number:02d}.{year}", "am {day}. {month} {year}"),
    "fr": ("le {day} {month}", "le {day:02d}/{number:02d}/{year}", "le {day} {month} {year}"),
    "es": ("el {day} de {month}", "el {day:02d}/{number:02d}/{year}", "el {day} de {month}"),
}


def month(on: date, language: str) -> str:
    return MONTHS[language].split()[on.month - 1]


def weekday(on: date, language: str) -> str:
    return WEEKDAYS[language].split()[on.weekday()]


def written(on: date, language: str, style: int = 0) -> str:
    """An absolute date with its preposition ("on 28 November", "am 28. November")."""
    form = _LONG[language][style % len(_LONG[language])]
    return form.format(day=on.day, month=month(on, language), number=on.month, year=on.year)


def working_day(on: date) -> date:
    """`on`, or the Monday after it at a weekend."""
    return on + timedelta(days=max(0, 7 - on.weekday()) if on.weekday() >= 5 else 0)


def promised(rng: random.Random, language: str, today: date, *, soon: bool) -> tuple[str, date]:
    """A phrase for a day ahead, and the day it means. `soon` keeps it within three days."""
    ahead = rng.choice((2, 3)) if soon else rng.randint(3, 9)
    on = working_day(today + timedelta(days=ahead))
    form = rng.choices(("absolute", "weekday", "tomorrow", "days"), (60, 22, 8, 10))[0]
    if form == "weekday" and 2 <= (on - today).days <= 6:
        return _ON_WEEKDAY[language].format(weekday(on, language)), on
    if form == "tomorrow" and (today + timedelta(days=1)).weekday() < 5:
        return _TOMORROW[language], today + timedelta(days=1)
    if form == "days":
        return _IN_DAYS[language].format((on - today).days), on
    return written(on, language, rng.randrange(3)), on

"""Names of months and weekdays in English, German, French and Spanish."""

from __future__ import annotations

import re

_MONTHS = (
    "january jan januar jänner janvier janv enero ene",
    "february feb februar febr février fevrier févr fevr fév febrero",
    "march mar märz maerz mär mrz mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug août aout agosto ago",
    "september sep sept septembre septiembre setiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre décembre déc diciembre dic",
)
_WEEKDAYS = (
    "monday mon montag montags lundi lunes",
    "tuesday tue tues dienstag dienstags mardi martes",
    "wednesday wed mittwoch mittwochs mercredi miércoles miercoles",
    "thursday thu thur thurs donnerstag donnerstags jeudi jueves",
    "friday fri freitag freitags vendredi viernes",
    "saturday sat samstag sonnabend samedi sábado sabado",
    "sunday sun sonntag dimanche domingo",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}


def _alternatives(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


MONTH = rf"(?:{_alternatives(MONTHS)})(?![^\W\d_])\.?"
WEEKDAY = rf"(?:{_alternatives(WEEKDAYS)})(?![^\W\d_])\.?"


def month_number(name: str) -> int:
    """1-12 for a month name in any of the languages, with or without a full stop."""
    return MONTHS[name.casefold().rstrip(".")]


def weekday_number(name: str) -> int:
    """Monday = 0 for a weekday name in any of the languages."""
    return WEEKDAYS[name.casefold().rstrip(".")]

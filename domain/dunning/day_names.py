"""Names of months and weekdays: en, de, fr, es, pt, it, nl, and the signs of ja.

Abbreviations that are everyday words of another language are left out ("set", "out", "mar").
"""

from __future__ import annotations

import re

_MONTHS = (
    "january jan januar jänner janvier janv enero ene janeiro gennaio januari",
    (
        "february feb februar febr février fevrier févr fevr fév febrero fevereiro fev febbraio"
        " februari"
    ),
    "march mar märz maerz mär mrz mars marzo março marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maio maggio mag mei",
    "june jun juni juin junio junho giugno giu",
    "july jul juli juillet juil julio julho luglio lug",
    "august aug août aout agosto ago augustus",
    "september sep sept septembre septiembre setiembre setembro settembre",
    "october oct oktober okt octobre octubre outubro ottobre ott",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre",
)
_WEEKDAYS = (
    "monday montag montags lundi lunes segunda-feira segunda‑feira lunedì lunedi maandag",
    (
        "tuesday tue tues dienstag dienstags mardi martes terça-feira terca-feira martedì martedi"
        " dinsdag"
    ),
    (
        "wednesday weds mittwoch mittwochs mercredi miércoles miercoles quarta-feira mercoledì"
        " mercoledi woensdag"
    ),
    (
        "thursday thu thur thurs donnerstag donnerstags jeudi jueves quinta-feira giovedì giovedi"
        " donderdag"
    ),
    "friday fri freitag freitags vendredi viernes sexta-feira venerdì venerdi vrijdag",
    "saturday samstag sonnabend samedi sábado sabado sabato zaterdag",
    "sunday sonntag dimanche domingo domenica zondag",
)
_SHORT = {"Mon": 0, "Wed": 2, "Sat": 5, "Sun": 6}
_BARE = {"segunda": 0, "terça": 1, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4}
_SIGNS = {sign: number for number, sign in enumerate("月火水木金土日")}
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}


def _alternatives(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


MONTH = rf"(?:{_alternatives(MONTHS)})(?![^\W\d_])\.?"
WEEKDAY = (
    rf"(?:(?:{_alternatives(WEEKDAYS)})(?![^\W\d_])\.?|(?-i:{'|'.join(_SHORT)})(?![^\W\d_])\.?)"
)
BARE_WEEKDAY = rf"(?:{'|'.join(_BARE)})(?![^\W\d_])"
SIGN_WEEKDAY = "[月火水木金土日]"


def month_number(name: str) -> int:
    """1-12 for a month name in any of the languages, with or without a full stop."""
    return MONTHS[name.casefold().rstrip(".")]


def weekday_number(name: str) -> int:
    """Monday = 0 for a weekday name in any of the languages."""
    key = name.casefold().rstrip(".")
    known = WEEKDAYS | {short.casefold(): number for short, number in _SHORT.items()}
    return (known | _BARE | _SIGNS)[key]

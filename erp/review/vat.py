"""VAT numbers of the European Union, by form.

Forms as published by the European Commission's VIES service ("What is the format of a VAT number").
"""

from __future__ import annotations

import re

_FORMS = {
    "AT": r"U\d{8}",
    "BE": r"[01]\d{9}",
    "BG": r"\d{9,10}",
    "CY": r"\d{8}[A-Z]",
    "CZ": r"\d{8,10}",
    "DE": r"\d{9}",
    "DK": r"\d{8}",
    "EE": r"\d{9}",
    "ES": r"[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"\d{8}",
    "FR": r"[A-Z0-9]{2}\d{9}",
    "GR": r"\d{9}",
    "HR": r"\d{11}",
    "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}",
    "IT": r"\d{11}",
    "LT": r"\d{9}|\d{12}",
    "LU": r"\d{8}",
    "LV": r"\d{11}",
    "MT": r"\d{8}",
    "NL": r"[A-Z0-9+*]{10}\d{2}",
    "PL": r"\d{10}",
    "PT": r"\d{9}",
    "RO": r"\d{2,10}",
    "SE": r"\d{12}",
    "SI": r"\d{8}",
    "SK": r"\d{10}",
}
EU = frozenset(_FORMS)
_PREFIX = {"GR": "EL"}


def valid_form(text: str, country: str) -> bool:
    """Whether a text has the form of a VAT number of an EU country, with its prefix."""
    plain = re.sub(r"[\s.\-]", "", text.upper())
    prefix = _PREFIX.get(country, country)
    return country in _FORMS and bool(re.fullmatch(f"{prefix}(?:{_FORMS[country]})", plain))

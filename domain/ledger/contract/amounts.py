"""Amounts of money in prose: "$1,250.00", "EUR 1.250,00", "12 500 €", "$1.5 million"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from domain.ledger.deal import price_of
from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money

CODES = (
    *("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK"),
    *("SGD", "HKD", "INR", "MXN", "BRL", "ZAR"),
)
_CODE = "|".join(CODES)
_NUMBER = r"\d(?:[\d.,'’]|[\u00a0\u202f ](?=\d{3}(?!\d)))*"
_SIGN = rf"US\s?\$|U\.S\.\s?\$|CA?\$|A\$|AU\$|[$€£¥]|\b(?:{_CODE})\b"
_NAME = (
    r"U\.?S\.? dollars|United States dollars|Canadian dollars|Australian dollars|dollars|euros?|"
    r"pounds sterling|pounds|Swiss francs|Euro"
)
_AMOUNT = re.compile(
    rf"(?:(?P<sign>{_SIGN})\s?\$?\s*(?P<after>{_NUMBER})|"
    rf"(?<![\w.,$€£])(?P<before>{_NUMBER})\s?(?P<tail>\b(?:{_CODE})\b|[€£]|\b(?:{_NAME})\b))"
    r"(?:\s?(?P<scale>million|thousand|[kKmM])\b)?",
    re.IGNORECASE,
)
_REDUCES = re.compile(
    rf"(?:^|[|\s])[-\u2212](?:{_SIGN})\s?\d|(?:^|[|\s])(?:{_SIGN})\s?[-\u2212]\d|"
    rf"(?:^|[|\s])[-\u2212]{_NUMBER}\s?(?:\b(?:{_CODE})\b|[€£])|"
    rf"\|\s*\((?:{_SIGN})?\s?{_NUMBER}\)\s*(?:\||$)",
    re.IGNORECASE,
)
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD"}
_NAMES = (("canad", "CAD"), ("austral", "AUD"), ("swiss", "CHF"), ("pound", "GBP"), ("euro", "EUR"))
_SCALES = {"million": 1_000_000, "m": 1_000_000, "thousand": 1_000, "k": 1_000}


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount, of `price_units` units where it is below the minor unit. `text` as written.

    `plain_dollar` marks a "$" that does not say which dollar.
    """

    money: Money
    price_units: int
    text: str
    start: int
    plain_dollar: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """How a contract writes amounts: what "$" stands for, and whether a comma marks decimals."""

    dollar: str = "USD"
    comma_decimals: bool = False


def find_amounts(text: str, writing: Writing) -> Iterator[FoundAmount]:
    """Every amount with a currency. One whose digits can be read two ways is left out."""
    for match in _AMOUNT.finditer(text):
        sign = match["sign"] or match["tail"]
        currency, plain = _currency(sign, writing)
        number = plain_number(match["after"] or match["before"], writing)
        if number is None:
            continue
        scale = _SCALES.get((match["scale"] or "").casefold(), 1)
        shown = _scaled(number, scale)
        try:
            money, units = price_of(shown, currency)
        except InvalidAmount:
            continue
        yield FoundAmount(money, units, match[0].rstrip(" .,"), match.start(), plain)


def reduces(text: str) -> bool:
    """Whether an amount has a minus sign ("-$500"), or fills a cell in brackets ("| ($500) |")."""
    return bool(_REDUCES.search(text))


def plain_number(text: str, writing: Writing) -> str | None:
    """Digits with a point and no grouping; None when grouping and decimals cannot be told."""
    cleaned = re.sub(r"[\s'’\u00a0\u202f]", "", text).rstrip(".,")
    commas, points = cleaned.count(","), cleaned.count(".")
    if commas and points:
        last = max(cleaned.rfind(","), cleaned.rfind("."))
        group = "." if cleaned[last] == "," else ","
        whole, decimals = cleaned[:last], cleaned[last + 1 :]
        fits = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})*", whole)
        return f"{whole.replace(group, '')}.{decimals}" if fits else None
    mark = "," if commas else "."
    if not commas and not points:
        return cleaned
    pieces = cleaned.split(mark)
    grouped = all(len(piece) == 3 for piece in pieces[1:]) and 0 < len(pieces[0]) <= 3
    if len(pieces) > 2:
        return "".join(pieces) if grouped else None
    if grouped and pieces[0].strip("0"):
        if (mark == ",") == writing.comma_decimals:
            return None
        return "".join(pieces)
    return ".".join(pieces)


def _scaled(number: str, scale: int) -> str:
    if scale == 1:
        return number
    value = Fraction(number) * scale
    return str(value.numerator) if value.denominator == 1 else number


def _currency(sign: str, writing: Writing) -> tuple[str, bool]:
    plain = "".join(sign.casefold().split())
    if plain.upper() in CODES:
        return plain.upper(), False
    if plain.startswith(("us", "u.s", "united")):
        return "USD", False
    named = next((code for name, code in _NAMES if name in plain), None)
    if named or plain in _SIGNS:
        return named or _SIGNS[plain], False
    return writing.dollar, True

"""Percentages as decimal text, from figures or words."""

from __future__ import annotations

import re
from fractions import Fraction

from domain.ledger.contract.words import figure_value, words_value

_PERCENT = re.compile(
    r"(?<!\d )(?<![\d.,/])(\d{1,3}(?:[.,]\d+)?(?:\s\d/\d)?)\s?\)?\s?(?:%|per ?cent|prozent|"
    r"pour cent|por ciento)",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"([a-z][a-z -]*?)\s+per ?cent", re.IGNORECASE)


def percent(text: str) -> str | None:
    """A percentage: "1.5%", "1 1/2 percent", "one and one-half percent"; else None.

    None also where four digits after the point are not enough, and for "1,000 %", which is one
    percent to some and a thousand to others.
    """
    match = _PERCENT.search(text.replace("½", " 1/2"))
    value = _figure(match[1]) if match else _words(text)
    return _decimal_text(value) if value is not None else None


def _figure(text: str) -> Fraction | None:
    if re.fullmatch(r"\d+,\d{3}", text):
        return None
    if re.fullmatch(r"\d+[.,]\d+", text):
        return Fraction(text.replace(",", "."))
    return figure_value(text)


def _words(text: str) -> Fraction | None:
    before = _SPELLED.search(text)
    words = before[1].split() if before else []
    spelled = (words_value(" ".join(words[start:])) for start in range(len(words)))
    return next((number for number in spelled if number is not None), None)


def _decimal_text(value: Fraction) -> str | None:
    tenthousandths = value * 10_000
    if tenthousandths.denominator != 1:
        return None
    whole, rest = divmod(tenthousandths.numerator, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")

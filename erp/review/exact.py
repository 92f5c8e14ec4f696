"""Exact sums of quantities, rates and exchange rates: fractions in, whole minor units out."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from domain.ledger.money import Money, exponent

_PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,10})?")


def number(text: str) -> Fraction | None:
    """Plain decimal text as an exact number; None if it is none."""
    cleaned = text.strip()
    return Fraction(cleaned) if _PLAIN.fullmatch(cleaned) else None


def rounded(value: Fraction, currency: str) -> Money:
    """A number of whole currency units as money, half a minor unit away from zero."""
    return Money(_half_up(value * 10 ** exponent(currency)), currency)


def units(amount: Money) -> Fraction:
    """Money as a number of whole currency units."""
    return Fraction(amount.minor, 10 ** exponent(amount.currency))


def converted(amount: Money, rate: str, base: str) -> Money | None:
    """The amount in `base`, one unit of its currency being worth `rate`; None without a rate."""
    if amount.currency == base:
        return amount
    worth = number(rate)
    return None if worth is None else rounded(units(amount) * worth, base)


def months_between(first: date, last: date) -> int:
    """Whole months from one day to a later one, negative when it is earlier."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def _half_up(value: Fraction) -> int:
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return whole if value >= 0 else -whole

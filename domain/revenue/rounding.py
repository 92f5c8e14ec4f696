"""Rounding of shares to whole minor units, and where the odd unit goes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """HALF_UP moves halves away from zero; DOWN cuts towards zero."""

    HALF_UP = "HALF_UP"
    DOWN = "DOWN"


class Residual(StrEnum):
    """Which period takes the difference between the rounded shares and the whole."""

    LAST = "last"
    SECOND_LAST = "second_last"


def ratio(numerator: int, denominator: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """numerator / denominator as a whole number; the denominator is positive."""
    size = abs(numerator)
    if rounding is Rounding.HALF_UP:
        size = (2 * size + denominator) // (2 * denominator)
    else:
        size //= denominator
    return -size if numerator < 0 else size


def rounded(value: Fraction, rounding: Rounding = Rounding.HALF_UP) -> int:
    return ratio(value.numerator, value.denominator, rounding)


def portion(whole: int, share: Fraction, rounding: Rounding = Rounding.HALF_UP) -> int:
    """`whole` times `share` as a whole number."""
    return ratio(whole * share.numerator, share.denominator, rounding)


def closed(parts: Sequence[int], whole: int, residual: Residual) -> tuple[int, ...]:
    """`parts` with the difference to `whole` added to the period that `residual` names."""
    result = list(parts)
    place = len(result) - (2 if residual is Residual.SECOND_LAST and len(result) > 1 else 1)
    result[place] += whole - sum(result)
    return tuple(result)


def in_proportion(whole: int, weights: Sequence[Fraction]) -> tuple[int, ...]:
    """Signed shares of `whole`, each rounded half up on its own.

    The difference goes to the largest absolute share, to the last of equal ones, as NetSuite's
    published allocation tables do. The weights must not add up to nothing.
    """
    total = sum(weights, Fraction(0))
    parts = [portion(whole, weight / total) for weight in weights]
    largest = max(range(len(parts)), key=lambda place: (abs(parts[place]), place))
    parts[largest] += whole - sum(parts)
    return tuple(parts)

"""Amounts as sellers invoice them: odd cents, price points, usage, and a mix."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from random import Random

from domain.ledger.money import Money, exponent

FAMILIES = ("odd cents", "price points", "usage", "mixed 60/40")
_PRICES = (49, 99, 149, 199, 249, 299, 399, 499, 599, 799, 999, 1200, 1499, 1999, 2500, 2999, 4999)
_TIMES = (1, 2, 3, 5, 10)
_PER_DOLLAR = {"JPY": 150, "KWD": 300}


@dataclass(frozen=True, slots=True)
class Prices:
    """One seller's prices, in hundredths of its main currency."""

    family: str
    points: tuple[int, ...]

    def draw(self, rng: Random, currency: str) -> Money:
        """An invoice's amount."""
        hundredths = self._hundredths(rng)
        if currency == "JPY":
            return Money(max(hundredths * _PER_DOLLAR["JPY"] // 100, 1), currency)
        if currency == "KWD":
            return Money(max(hundredths * _PER_DOLLAR["KWD"] // 1000 * 10, 10), currency)
        return Money(hundredths, currency)

    def _hundredths(self, rng: Random) -> int:
        family = self.family
        if family == "mixed 60/40":
            family = "odd cents" if rng.random() < 0.6 else "price points"
        if family == "odd cents":
            return max(round(100 * rng.lognormvariate(log(1800), 1.1)), 500)
        point = rng.choice(self.points) * rng.choice(_TIMES)
        return point if family == "price points" else point + rng.randrange(1, point // 2)


def prices(rng: Random, family: str) -> Prices:
    """Seven price points for a seller of this family."""
    return Prices(family, tuple(100 * p for p in sorted(rng.sample(_PRICES, 7))))


def units(count: int, currency: str) -> Money:
    """Whole units of a currency."""
    return Money(count * 10 ** exponent(currency), currency)


def share(money: Money, basis_points: int) -> Money:
    """Hundredths of a percent of an amount, rounded half up to a minor unit."""
    return Money((money.minor * basis_points + 5_000) // 10_000, money.currency)

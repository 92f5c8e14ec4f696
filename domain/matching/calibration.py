"""How wrong a class of matches may be: exact bounds, and what a class may do by them.

Clopper and Pearson, Biometrika 26 (1934), one-sided at 95 %; with no error the rule of three.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, fsum, lgamma, log, log1p
from typing import Final

from domain.matching.decision import MatchClass, Tier

MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """What people found of a class: matches they confirmed, and matches they had to correct.

    `live` tells whether it acts alone now; the counts are those since it last changed.
    """

    klass: MatchClass
    tier: Tier
    confirmed: int
    corrected: int
    live: bool = False

    def __post_init__(self) -> None:
        if self.confirmed < 0 or self.corrected < 0:
            raise ValueError("counts cannot be negative")

    @property
    def n(self) -> int:
        return self.confirmed + self.corrected


@dataclass(frozen=True, slots=True)
class Shadow:
    """Still watched: people decide, and it is counted what would have happened."""

    n: int
    errors: int
    three_over_n: int
    missing: int

    @property
    def ready(self) -> bool:
        """Whether a person may let it act alone."""
        return self.errors == 0 and self.missing == 0


@dataclass(frozen=True, slots=True)
class Live:
    """Acts alone. `bound` is the highest wrong rate that the counts allow, in millionths."""

    n: int
    errors: int
    bound: int


@dataclass(frozen=True, slots=True)
class Demoted:
    """Back in review by itself; a new trial begins from nothing."""

    n: int
    errors: int
    bound: int
    reason: str


Standing = Shadow | Live | Demoted


def three_over_n(n: int) -> int:
    """Highest wrong rate that `n` cases without an error allow at 95 %, in millionths."""
    return MILLION if n < 3 else -(-3 * MILLION // n)


def upper_bound(confirmed: int, corrected: int) -> int:
    """Highest wrong rate that the counts allow at 95 %, in millionths, rounded up."""
    n, errors = confirmed + corrected, corrected
    if not errors:
        return three_over_n(n)
    if errors >= n:
        return MILLION
    low, high = errors * MILLION // n, MILLION
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _likely_enough(n, errors, middle) else (low, middle)
    return high


def standing(record: Record, target_ppm: int, shadow_needed: int) -> Standing:
    """What a class may do. One error in a trial ends it; live, the bound decides."""
    n, errors = record.n, record.corrected
    bound = upper_bound(record.confirmed, errors)
    if record.live and (not errors or bound <= target_ppm):
        return Live(n, errors, bound)
    if not errors:
        return Shadow(n, errors, three_over_n(n), max(shadow_needed - n, 0))
    told = f"{errors} of {n} were wrong: up to {_percent(bound)} may be, {_percent(target_ppm)} is"
    return Demoted(n, errors, bound, f"{told} allowed" if record.live else _failed(n, errors))


def _failed(n: int, errors: int) -> str:
    return f"the trial saw {errors} wrong in {n}; it must see none"


def _likely_enough(n: int, errors: int, rate: int) -> bool:
    """Whether at most `errors` of `n` at `rate` millionths happens in more than 5 of 100 cases."""
    wrong, right = log(rate / MILLION), log1p(-rate / MILLION)
    ways = (lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) for i in range(errors + 1))
    chances = (exp(w + i * wrong + (n - i) * right) for i, w in enumerate(ways))
    return fsum(chances) > 0.05


def _percent(ppm: int) -> str:
    return f"{ppm // 10_000}.{ppm % 10_000 // 10:03d} %"

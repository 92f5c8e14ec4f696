"""A change of a contract: the figures of every treatment. A named person chooses among them.

Sources: ASC 606-10-25-10 to 25-13 / IFRS 15.18 to 15.21; the residual ratio of a prospective
change is the one of NetSuite's prospective merge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.ledger.money import Money, total
from domain.revenue.rounding import in_proportion, rounded

BAND = Fraction(15, 100)


class Treatment(StrEnum):
    """SEPARATE: a contract of its own; PROSPECTIVE: the rest anew; CATCH_UP: as if from the start;
    NONE: words or dates only."""

    SEPARATE = "separate"
    PROSPECTIVE = "prospective"
    CATCH_UP = "catch_up"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Standing:
    """An obligation at the change: allocated, recognized, and the stand-alone price of the whole.

    `remaining` is the stand-alone price, in minor units, of what is still to be delivered; None
    takes the part of `stand_alone` that is not recognized yet.
    """

    line_id: str
    allocated: Money
    recognized: Money
    stand_alone: Fraction
    remaining: Fraction | None = None

    @property
    def unrecognized(self) -> Money:
        return self.allocated - self.recognized

    @property
    def residual_ratio(self) -> Fraction:
        """The recognized part of the original revenue."""
        if not self.allocated:
            return Fraction(0)
        return Fraction(self.recognized.minor, self.allocated.minor)

    @property
    def left(self) -> Fraction:
        if self.remaining is not None:
            return self.remaining
        return (1 - self.residual_ratio) * self.stand_alone


@dataclass(frozen=True, slots=True)
class Added:
    """What the change adds: price, stand-alone price in minor units, whether it is distinct."""

    line_id: str
    price: Money
    stand_alone: Fraction
    distinct: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """The contract as it stands and what changes. `progress` is that of the changed obligation.

    `price_change` alters the price without adding anything (a discount, a new estimate).
    """

    standing: tuple[Standing, ...]
    added: tuple[Added, ...] = ()
    price_change: Money | None = None
    remaining_distinct: bool = True
    progress: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """One treatment: revenue at once, then what is left for each line."""

    treatment: Treatment
    now: Money
    remaining: tuple[tuple[str, Money], ...]
    because: str

    def left(self, line_id: str) -> Money:
        return next(amount for name, amount in self.remaining if name == line_id)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules suggest and the figures of all; nothing is booked before a decision."""

    suggested: Treatment
    because: str
    figures: tuple[Figures, ...]

    def of(self, treatment: Treatment) -> Figures:
        return next(found for found in self.figures if found.treatment is treatment)


def propose(change: Change, *, band: Fraction = BAND) -> Proposal:
    """Every treatment that can be computed, and the one ASC 606-10-25-12 and -13 lead to."""
    suggested, because = _suggested(change, band)
    figures = [separate(change), prospective(change), nothing(change)]
    if change.progress is not None:
        figures.append(catch_up(change, change.progress))
    return Proposal(suggested, because, tuple(figures))


def at_stand_alone_price(added: Sequence[Added], band: Fraction = BAND) -> bool:
    """Whether every addition is distinct and sold within the band around its stand-alone price."""
    return all(
        line.distinct and abs(line.price.minor - line.stand_alone) <= band * abs(line.stand_alone)
        for line in added
    )


def _suggested(change: Change, band: Fraction) -> tuple[Treatment, str]:
    if not change.added and not change.price_change:
        return Treatment.NONE, "neither goods nor price change"
    if change.added and not change.price_change and at_stand_alone_price(change.added, band):
        return Treatment.SEPARATE, "what is added is distinct and sold at its stand-alone price"
    if change.remaining_distinct:
        return Treatment.PROSPECTIVE, "what remains is distinct from what was delivered"
    return Treatment.CATCH_UP, "what remains is part of an obligation partly satisfied"


def separate(change: Change) -> Figures:
    """Old lines go on as they were; each addition is recognized at its own price."""
    old = [(line.line_id, line.unrecognized) for line in change.standing]
    new = [(line.line_id, line.price) for line in change.added]
    zero = Money.zero(_currency(change))
    return Figures(Treatment.SEPARATE, zero, (*old, *new), "a contract of its own")


def prospective(change: Change) -> Figures:
    """The unrecognized rest and what was added, re-allocated by remaining stand-alone price."""
    pool = _pool(change)
    weights = [line.left for line in change.standing] + [a.stand_alone for a in change.added]
    names = [line.line_id for line in change.standing] + [a.line_id for a in change.added]
    if not sum(weights, Fraction(0)):
        weights = [Fraction(1)] * len(names)
    parts = in_proportion(pool.minor, weights)
    remaining = tuple(
        (name, Money(minor, pool.currency)) for name, minor in zip(names, parts, strict=True)
    )
    because = f"{pool} still to recognize, by remaining stand-alone price"
    return Figures(Treatment.PROSPECTIVE, Money.zero(pool.currency), remaining, because)


def catch_up(change: Change, progress: Fraction) -> Figures:
    """New price times new progress, less what was recognized, at once."""
    currency = _currency(change)
    recognized = total((line.recognized for line in change.standing), currency)
    price = _pool(change) + recognized
    earned = Money(rounded(price.minor * progress), currency)
    because = f"{price} x {progress} = {earned}, of which {recognized} was recognized"
    name = change.standing[0].line_id
    return Figures(Treatment.CATCH_UP, earned - recognized, ((name, price - earned),), because)


def nothing(change: Change) -> Figures:
    zero = Money.zero(_currency(change))
    old = tuple((line.line_id, line.unrecognized) for line in change.standing)
    return Figures(Treatment.NONE, zero, old, "no amount changes")


def estimate_change(change: Money, satisfied: Sequence[tuple[str, Fraction, Fraction]]) -> Figures:
    """A later change of variable consideration promised before the change of the contract.

    Each line is (id, stand-alone weight, satisfied part); the satisfied part counts at once
    (ASC 606-10-32-45).
    """
    parts = in_proportion(change.minor, [weight for _, weight, _ in satisfied])
    earned = [rounded(part * done) for part, (_, _, done) in zip(parts, satisfied, strict=True)]
    remaining = tuple(
        (name, Money(part - now, change.currency))
        for part, now, (name, _, _) in zip(parts, earned, satisfied, strict=True)
    )
    now = Money(sum(earned), change.currency)
    return Figures(Treatment.CATCH_UP, now, remaining, f"{change} in the original proportion")


def _pool(change: Change) -> Money:
    currency = _currency(change)
    pool = total((line.unrecognized for line in change.standing), currency)
    pool += total((line.price for line in change.added), currency)
    return pool + change.price_change if change.price_change else pool


def _currency(change: Change) -> str:
    return change.standing[0].allocated.currency

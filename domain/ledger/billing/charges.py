"""What a contract line is charged for: values only; `schedule` makes instalments of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from domain.ledger.billing.errors import BrokenCharge
from domain.ledger.billing.periods import Every, Span
from domain.ledger.deal import number, rounded
from domain.ledger.money import Money, total

Timing = Literal["advance", "arrears"]


@dataclass(frozen=True, slots=True)
class OneOff:
    """An amount billed once; with a service span it is prepaid for that span."""

    amount: Money
    on: date
    service: Span | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A total billed in instalments: each is cut down to the minor unit, the last takes the rest.

    A first or last period that is not whole gets its share by days.
    """

    amount: Money
    service: Span
    every: Every
    timing: Timing = "advance"
    anchor_on: date | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a subscription at one price. `per` says what the price is for.

    None: for one billing period, each period rounded on its own. Else each such stretch has its
    price, cut into instalments (10,000 a year by month: eleven times 833.33, then 833.37).
    """

    service: Span
    price: Money
    per: Every | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """A subscription: one segment, or several that follow each other (a ramp)."""

    segments: tuple[Segment, ...]
    every: Every
    timing: Timing = "advance"
    anchor_on: date | None = None

    def __post_init__(self) -> None:
        if not self.segments:
            raise BrokenCharge("a subscription without a price")
        for earlier, later in zip(self.segments, self.segments[1:], strict=False):
            if later.service.starts_on <= earlier.service.ends_on:
                raise BrokenCharge(f"two prices on {later.service.starts_on}")

    @property
    def origin(self) -> date:
        """The date the billing periods are counted from."""
        return self.anchor_on or self.segments[0].service.starts_on

    @property
    def ends_on(self) -> date:
        return self.segments[-1].service.ends_on


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a milestone was reached: a document and the day it was accepted."""

    document: str
    accepted_on: date


@dataclass(frozen=True, slots=True)
class Milestone:
    """A part of the price due when something is reached; without evidence it is not billed."""

    name: str
    amount: Money
    planned_on: date
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Milestones:
    """Parts of one price; together they are the price. `amount` is what the contract says."""

    amount: Money
    parts: tuple[Milestone, ...]

    def __post_init__(self) -> None:
        if len({part.name for part in self.parts}) != len(self.parts):
            raise BrokenCharge("two milestones have the same name")
        summed = total((part.amount for part in self.parts), self.amount.currency)
        if summed != self.amount:
            raise BrokenCharge(f"the milestones add up to {summed}, the price is {self.amount}")


@dataclass(frozen=True, slots=True)
class Reading:
    """The usage of the billing period that starts on `period_on`; `final` once it will not move."""

    period_on: date
    quantity: str
    final: bool = True


@dataclass(frozen=True, slots=True)
class Usage:
    """Units billed in arrears: what exceeds `included`, at `unit_price`, but never below `minimum`.

    Minimum and included quantity are for a whole billing period; a part has its share by days.
    `unit_price` is the price of `price_units` units.
    """

    service: Span
    every: Every
    unit_price: Money
    readings: tuple[Reading, ...] = ()
    minimum: Money | None = None
    included: str = "0"
    anchor_on: date | None = None
    price_units: int = 1


Charge = OneOff | Fixed | Recurring | Milestones | Usage


def prepaid(amount: Money, service: Span, on: date | None = None) -> OneOff:
    """The whole price of `service` at once, on its first day unless said otherwise."""
    return OneOff(amount, on or service.starts_on, service)


def by_percent(amount: Money, parts: tuple[tuple[str, str, date], ...]) -> Milestones:
    """Milestones of (name, percent, planned date): cut down, the last takes the rest.

    Raises BrokenCharge unless the percentages are positive and add up to 100.
    """
    shares = [number(percent) for _, percent, _ in parts]
    if sum(shares) != 100 or min(shares, default=Fraction(0)) <= 0:
        raise BrokenCharge("the milestones do not add up to 100 percent")
    amounts = cut(amount, tuple(shares))
    return Milestones(
        amount,
        tuple(Milestone(p[0], part, p[2]) for p, part in zip(parts, amounts, strict=True)),
    )


def co_term(parent: Recurring, price: Money, starts_on: date) -> Recurring:
    """More of a running subscription: billed on its dates, ends with it, first part by days.

    `price` is for one billing period of the parent. Raises BrokenCharge after the parent's end.
    """
    segment = Segment(Span(starts_on, parent.ends_on), price)
    return replace(parent, segments=(segment,), anchor_on=parent.origin)


def true_up(
    committed: str, used: str, unit_price: Money, service: Span, billed_on: date
) -> OneOff | None:
    """The charge for units used beyond those committed in `service`; None when there are none."""
    beyond = number(used) - number(committed)
    if beyond <= 0:
        return None
    return OneOff(rounded(beyond * unit_price.minor, unit_price.currency), billed_on, service)


def cut(amount: Money, weights: tuple[Fraction, ...]) -> tuple[Money, ...]:
    """`amount` by weight: every part cut down towards zero, the last takes the rest."""
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise BrokenCharge("weights must be non-negative with a positive sum")
    parts = [Money(_towards_zero(amount.minor * w / whole), amount.currency) for w in weights[:-1]]
    return (*parts, amount - total(parts, amount.currency))


def _towards_zero(minor: Fraction) -> int:
    return minor.numerator // minor.denominator if minor >= 0 else -(-minor // 1)

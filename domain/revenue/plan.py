"""What is recognized when: the lines of one plan, and the sentence behind each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from domain.ledger.money import Money
from domain.revenue.periods import Period
from domain.revenue.rounding import Residual, Rounding, closed, portion


class Method(StrEnum):
    """How the amount of an obligation is spread over its periods."""

    EVEN_PERIODS = "even_periods"
    PRORATE_FIRST_LAST = "prorate_first_last"
    PERIOD_RATE = "period_rate"
    EXACT_DAYS = "exact_days"
    POINT_IN_TIME = "point_in_time"
    PERCENT_COMPLETE = "percent_complete"
    MILESTONE = "milestone"
    USAGE_AS_BILLED = "usage_as_billed"
    CUSTOM_PERCENT = "custom_percent"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Step:
    """A dated input of a method: progress so far, a milestone reached, usage billed.

    `percent` is out of a hundred. Percent complete reads it as cumulative, the others as a share.
    """

    on: date
    percent: Fraction | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The rule of a plan. Without `residual` the method's own place for the odd unit is used."""

    method: Method
    starts_on: date | None = None
    ends_on: date | None = None
    steps: tuple[Step, ...] = ()
    percents: tuple[Fraction, ...] = ()
    rounding: Rounding = Rounding.HALF_UP
    residual: Residual | None = None

    @property
    def odd_unit(self) -> Residual:
        if self.residual is not None:
            return self.residual
        second = self.method is Method.PRORATE_FIRST_LAST
        return Residual.SECOND_LAST if second else Residual.LAST


@dataclass(frozen=True, slots=True)
class PlanLine:
    """The amount of one service period; `share` is its exact part of the whole."""

    period: Period
    amount: Money
    share: Fraction
    basis: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Lines and the rest nobody planned yet; both together are always `amount`."""

    amount: Money
    method: Method
    lines: tuple[PlanLine, ...] = ()
    held: str = ""
    unplanned: Money = field(init=False)

    def __post_init__(self) -> None:
        planned = sum(line.amount.minor for line in self.lines)
        rest = Money(self.amount.minor - planned, self.amount.currency)
        object.__setattr__(self, "unplanned", rest)

    def explained(self) -> tuple[str, ...]:
        """Which part of what each line is, and what rounding put on top."""
        whole = f" of {self.amount} ({self.method.value.replace('_', ' ')})"
        told = list[str]()
        for line in self.lines:
            text = f"{line.period.name}: {line.amount} is {line.basis}{whole}"
            odd = line.amount.minor - portion(self.amount.minor, line.share)
            if odd:
                text += f"; {Money(odd, self.amount.currency)} of it closes rounding"
            told.append(text)
        return tuple(told)

    def explain(self, line: PlanLine) -> str:
        """The sentence of one of the lines."""
        return self.explained()[self.lines.index(line)]


def in_base(amounts: tuple[int, ...], rate: Fraction, residual: Residual) -> tuple[int, ...]:
    """Minor units of the base currency, each rounded alone, closed to the rounded total.

    `rate` is minor units of the base currency per minor unit of the transaction.
    """
    if not amounts:
        return ()
    if rate == 1:
        return amounts
    parts = [portion(amount, rate) for amount in amounts]
    return closed(parts, portion(sum(amounts), rate), residual)

"""Our sub-ledger beside the plans of an ERP that posts revenue itself: by element and period.

What differs is told with its cause, as far as the two sides show one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from domain.ledger.money import Money
from domain.revenue.plan import Method


class Cause(StrEnum):
    """Why an element and a line are apart."""

    NO_DATES = "no_dates"
    DATES_CHANGED = "dates_changed"
    OWN_ARRANGEMENT = "own_arrangement"
    RATE = "exchange_rate"
    METHOD = "method"
    AMOUNT = "amount"
    NO_PLAN = "no_plan"
    ON_HOLD = "on_hold"
    HELD_HERE = "held_here"
    WRITTEN_OFF = "written_off"
    CURRENCY = "currency"
    ROUNDING = "rounding"
    PLAN = "plan"
    NO_ELEMENT = "no_element"
    NO_LINE = "no_line"


class State(StrEnum):
    """How the two sides stand. ROUNDING: the same in all, odd units in other periods."""

    EQUAL = "equal"
    ROUNDING = "rounding"
    DIFFERS = "differs"
    ONLY_OURS = "only_ours"
    ONLY_THEIRS = "only_theirs"


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, in words for a controller."""

    cause: Cause
    told: str


@dataclass(frozen=True, slots=True)
class PlannedHere:
    """What a line of ours plans for a period: minor units of its own and of the base currency."""

    starts_on: date
    period: str
    amount: int
    base: int


@dataclass(frozen=True, slots=True)
class PlannedThere:
    """What the ERP's plan holds for a period, and what of it is posted."""

    starts_on: date
    period: str
    planned: Money
    posted: Money


@dataclass(frozen=True, slots=True)
class OurLine:
    """A line as our books read it; credits below zero.

    `rate` is minor units of `base` per minor unit as the books have it: for a credit that of the
    sale. The dates are those of the document's line now. `sale_arrangement` is that of the
    credited sale. `item_rule` tells whether the item has a revenue rule in the ERP.
    """

    label: str
    amount: Money
    base: str
    rate: Fraction
    starts_on: date | None
    ends_on: date | None
    method: Method | None
    cells: tuple[PlannedHere, ...]
    hold: str = ""
    written_off: bool = False
    credit: bool = False
    sale_arrangement: str = ""
    item_rule: bool = True


@dataclass(frozen=True, slots=True)
class Element:
    """A revenue element with its actual plans. `rate` and `method` are None where unknown."""

    number: str
    source: str
    arrangement: str
    amount: Money
    rate: Fraction | None
    starts_on: date | None
    ends_on: date | None
    method: Method | None
    plans: int
    held: bool
    cells: tuple[PlannedThere, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One period: ours, what the ERP plans, what it posted; all in the currency of the plan."""

    starts_on: date
    period: str
    ours: Money
    planned: Money
    posted: Money

    @property
    def difference(self) -> Money:
        """What the ERP plans more than we do."""
        return self.planned - self.ours


@dataclass(frozen=True, slots=True)
class Comparison:
    """An element beside its line, by period, with the causes of what differs."""

    state: State
    currency: str
    sides: tuple[Side, ...]
    findings: tuple[Finding, ...]

    def apart(self, through: date) -> int:
        """Minor units that the ERP plans more than we do, in periods that begin by a day."""
        return sum(s.difference.minor for s in self.sides if s.starts_on <= through)


def compare(line: OurLine | None, element: Element | None) -> Comparison:
    """Set the two sides beside each other; one of them may be missing. Raises ValueError if both
    are."""
    if line is None and element is None:
        raise ValueError("there is nothing to compare")
    if element is None and line is not None:
        return Comparison(State.ONLY_OURS, line.base, _alone(line), (_no_element(line),))
    if element is None:
        raise ValueError("unreachable")
    currency = element.cells[0].planned.currency if element.cells else ""
    if line is None:
        told = f"{element.source or element.number} has no line in these books"
        sides = _sides({}, element, currency or element.amount.currency)
        return Comparison(
            State.ONLY_THEIRS,
            currency or element.amount.currency,
            sides,
            (Finding(Cause.NO_LINE, told),),
        )
    return _both(line, element, currency or line.base)


def _both(line: OurLine, element: Element, currency: str) -> Comparison:
    ours = _ours(line, currency)
    sides = _sides(ours or {}, element, currency)
    differs = any(side.difference.minor for side in sides)
    findings = [*_certain(line, element)]
    if ours is None:
        told = f"NetSuite plans in {currency}, the line is in {line.amount.currency}"
        findings.append(Finding(Cause.CURRENCY, told))
    if differs:
        findings += _likely(line, element)
        if not findings and _only_rounding(sides):
            told = "both plan the same in all; odd units stand in other periods"
            return Comparison(State.ROUNDING, currency, sides, (Finding(Cause.ROUNDING, told),))
    if differs and not findings:
        findings.append(_first_apart(sides))
    state = State.DIFFERS if differs else State.EQUAL
    return Comparison(state, currency, sides, tuple(findings))


def _ours(line: OurLine, currency: str) -> dict[date, tuple[str, int]] | None:
    """What we plan by period in a currency; None where we do not have it in that one."""
    if currency not in (line.amount.currency, line.base):
        return None
    own = currency == line.amount.currency
    found: dict[date, tuple[str, int]] = {}
    for cell in line.cells:
        before = found.get(cell.starts_on, ("", 0))[1]
        found[cell.starts_on] = (cell.period, before + (cell.amount if own else cell.base))
    return found


def _sides(ours: dict[date, tuple[str, int]], element: Element, currency: str) -> tuple[Side, ...]:
    there: dict[date, tuple[str, Money, Money]] = {}
    none = Money.zero(currency)
    for cell in element.cells:
        _, planned, posted = there.get(cell.starts_on, ("", none, none))
        there[cell.starts_on] = (cell.period, planned + cell.planned, posted + cell.posted)
    return tuple(
        Side(
            day,
            there[day][0] if day in there else ours[day][0],
            Money(ours.get(day, ("", 0))[1], currency),
            *(there[day][1:] if day in there else (none, none)),
        )
        for day in sorted(ours.keys() | there.keys())
        if day in there or ours[day][1]
    )


def _alone(line: OurLine) -> tuple[Side, ...]:
    none = Money.zero(line.base)
    found = _ours(line, line.base) or {}
    return tuple(
        Side(day, period, Money(minor, line.base), none, none)
        for day, (period, minor) in sorted(found.items())
        if minor
    )


def _no_element(line: OurLine) -> Finding:
    if not line.item_rule:
        told = f"{line.label}: the item has no revenue rule in NetSuite, so it makes no element"
    else:
        told = f"{line.label}: NetSuite has not made an element of it"
    return Finding(Cause.NO_ELEMENT, told)


def _certain(line: OurLine, element: Element) -> Iterator[Finding]:
    """Causes that stand on their own, whether or not amounts differ yet."""
    days = (element.starts_on, element.ends_on)
    mine = (line.starts_on, line.ends_on)
    if None in days and not element.plans:
        yield _dates_missing(days, mine)
    elif None not in days and days != mine:
        now = f"{mine[0]} to {mine[1]}" if None not in mine else "without dates"
        told = (
            f"the line is {now} now, the element keeps {days[0]} to {days[1]}:"
            " NetSuite takes the dates of a line once"
        )
        yield Finding(Cause.DATES_CHANGED, told)
    elif not element.plans and element.amount.minor:
        told = "the element has no plan yet: its event has not happened, or plans wait for update"
        yield Finding(Cause.NO_PLAN, told)
    if element.amount != line.amount:
        told = f"NetSuite recognizes {element.amount}, the line is {line.amount}"
        yield Finding(Cause.AMOUNT, told)
    foreign = line.amount.currency != line.base
    if foreign and element.rate not in (None, line.rate):
        told = "NetSuite values the element at another exchange rate than these books do"
        if line.credit:
            told = (
                "the credit memo has another exchange rate than the sale,"
                " so NetSuite cannot merge the two"
            )
        yield Finding(Cause.RATE, told)
    if element.held:
        yield Finding(Cause.ON_HOLD, "the plan is on hold in NetSuite")


def _dates_missing(
    days: tuple[date | None, date | None], mine: tuple[date | None, date | None]
) -> Finding:
    lacks = " and ".join(n for n, day in zip(("start", "end"), days, strict=True) if day is None)
    told = f"the element has no {lacks}, so NetSuite makes no plan of it"
    if None not in mine:
        told += f"; the line says {mine[0]} to {mine[1]} since, which NetSuite does not take over"
    return Finding(Cause.NO_DATES, told)


def _likely(line: OurLine, element: Element) -> Iterator[Finding]:
    """Causes that explain amounts which differ."""
    if line.hold:
        yield Finding(Cause.HELD_HERE, f"the line waits here: {line.hold}")
    if line.written_off:
        told = "the line is written off here; NetSuite's plan of it goes on"
        yield Finding(Cause.WRITTEN_OFF, told)
    if line.credit and element.arrangement != line.sale_arrangement:
        told = "the credit memo has an arrangement of its own and is planned apart from the sale"
        yield Finding(Cause.OWN_ARRANGEMENT, told)
    known = element.method is not None and line.method is not None
    if known and element.method is not line.method and not line.credit:
        told = f"NetSuite's rule is {_words(element.method)}, ours is {_words(line.method)}"
        yield Finding(Cause.METHOD, told)


def _words(method: Method | None) -> str:
    return method.value.replace("_", " ") if method else "none"


def _only_rounding(sides: tuple[Side, ...]) -> bool:
    apart = [side.difference.minor for side in sides]
    return sum(apart) == 0 and all(abs(one) <= len(apart) for one in apart)


def _first_apart(sides: tuple[Side, ...]) -> Finding:
    side = next(one for one in sides if one.difference.minor)
    told = f"{side.period}: NetSuite plans {side.planned}, we plan {side.ours}"
    return Finding(Cause.PLAN, told)

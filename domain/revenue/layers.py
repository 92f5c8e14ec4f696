"""What each record of a line plans: the invoice line first, then everything that changes it.

A layer is one record's plan. The layers of a line added up are what the line shall have
recognized; every layer is posted on its own, so each figure leads back to its record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from domain.ledger.money import Money
from domain.revenue.events import Billed, Change, Credited, Modified, Obligation, WrittenOff
from domain.revenue.methods import plan
from domain.revenue.modification import Treatment
from domain.revenue.periods import Calendar, Period, preceding
from domain.revenue.plan import Method, Plan, Terms, in_base
from domain.revenue.rounding import Residual, in_proportion, rounded


class Role(StrEnum):
    """Which account the amount of a cell reaches."""

    REVENUE = "revenue"
    CONTRA = "contra"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a record plans for one service period, in minor units of both currencies."""

    period: Period
    role: Role
    amount: int
    base: int
    because: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One record's plan: `document` is what it does to deferred revenue, `claim` to receivables.

    `unplanned` is the part nobody planned yet; `bad_debt` what a write-off costs.
    """

    record_id: str
    obligation: Obligation
    document: int
    claim: int
    cells: tuple[Cell, ...] = ()
    unplanned: int = 0
    bad_debt: int = 0
    held: str = ""
    voided: bool = False

    @property
    def paper(self) -> tuple[int, int, int, int]:
        """Deferred revenue, the same in base currency, receivable, bad debt."""
        base = rounded(self.document * self.obligation.rate)
        return self.document, base, self.claim, self.bad_debt


@dataclass(frozen=True, slots=True)
class Standing:
    """A line as it stands when a change meets it.

    `posted` is what is recognized; `rest` what the layers plan beyond it, late amounts in the
    first open period.
    """

    calendar: Calendar
    first_open: Period | None
    layers: tuple[Layer, ...]
    posted: int
    rest: tuple[tuple[Period, int], ...]

    @property
    def unplanned(self) -> int:
        return sum(layer.unplanned for layer in self.layers)

    @property
    def open(self) -> int:
        return sum(amount for _, amount in self.rest) + self.unplanned


def standing(
    layers: Sequence[Layer],
    posted: Callable[[str, Period, Role], int],
    first_open: Period | None,
    calendar: Calendar,
) -> Standing:
    """Sum up `layers` against what `posted` says of each record, period and role."""
    rest: dict[Period, int] = {}
    done = 0
    for layer in layers:
        for cell in layer.cells:
            before = posted(layer.record_id, cell.period, cell.role)
            done += before
            late = first_open is not None and cell.period < first_open
            place = first_open if late and first_open is not None else cell.period
            rest[place] = rest.get(place, 0) + cell.amount - before
    kept = tuple(sorted((period, amount) for period, amount in rest.items() if amount))
    return Standing(calendar, first_open, tuple(layers), done, kept)


def billed(fact: Billed, calendar: Calendar) -> Layer:
    obligation = fact.obligation
    made = plan(obligation.amount, obligation.terms, calendar)
    minor = obligation.amount.minor
    cells = _cells(obligation, _explained(made), obligation.terms.odd_unit)
    return Layer(
        fact.record_id, obligation, minor, minor, cells, made.unplanned.minor, held=made.held
    )


def emptied(record_id: str, obligation: Obligation) -> Layer:
    """A voided record plans nothing any more."""
    return Layer(record_id, obligation, 0, 0, voided=True)


def changed(change: Change, obligation: Obligation, stands: Standing) -> Layer:
    """The layer that `change` puts on top of those in `stands`."""
    match change:
        case Credited(service=(starts_on, ends_on)):
            terms = _timed(obligation.terms, starts_on, ends_on)
            return _dated(change, obligation, stands, terms)
        case Credited():
            return _undated(change, obligation, stands)
        case WrittenOff():
            return _written_off(change, obligation, stands)
        case Modified():
            return _modified(change, obligation, stands)
        case never:
            assert_never(never)


_Amounts = Sequence[tuple[Period, int, str]]


def _explained(made: Plan) -> _Amounts:
    return [
        (line.period, line.amount.minor, why)
        for line, why in zip(made.lines, made.explained(), strict=True)
    ]


def _cells(obligation: Obligation, amounts: _Amounts, odd: Residual) -> tuple[Cell, ...]:
    bases = in_base(tuple(minor for _, minor, _ in amounts), obligation.rate, odd)
    return tuple(
        Cell(period, Role.REVENUE, minor, base, because)
        for (period, minor, because), base in zip(amounts, bases, strict=True)
    )


def _dated(change: Credited, obligation: Obligation, stands: Standing, terms: Terms) -> Layer:
    """A negative plan by the line's own method over the credited dates."""
    made = plan(-change.amount, terms, stands.calendar)
    cells = _cells(obligation, _explained(made), terms.odd_unit)
    if change.contra:
        cells = tuple(_against(cell, stands.first_open) for cell in cells)
    contra = sum(cell.amount for cell in cells if cell.role is Role.CONTRA)
    minor = change.amount.minor
    return Layer(change.record_id, obligation, -minor - contra, -minor, cells, made.unplanned.minor)


def _against(cell: Cell, first_open: Period | None) -> Cell:
    """Delivered service, that is closed periods, goes against contra revenue."""
    delivered = first_open is not None and cell.period < first_open
    return replace(cell, role=Role.CONTRA) if delivered else cell


def _timed(terms: Terms, starts_on: date, ends_on: date) -> Terms:
    """The line's method over other dates; methods that need inputs fall back to exact days."""
    spread = {Method.EVEN_PERIODS, Method.PRORATE_FIRST_LAST, Method.PERIOD_RATE}
    method = terms.method if terms.method in spread else Method.EXACT_DAYS
    return replace(
        terms, method=method, starts_on=starts_on, ends_on=ends_on, steps=(), percents=()
    )


def _undated(change: Credited, obligation: Obligation, stands: Standing) -> Layer:
    """In proportion to recognized and deferred: one part now, the rest shrinks what is left."""
    minor = change.amount.minor
    whole = stands.posted + stands.open
    delivered = rounded(Fraction(minor * stands.posted, whole)) if whole else minor
    because = f"{_share(delivered, minor, obligation)} falls on recognized revenue"
    now = _now(change, obligation, stands, -delivered, because)
    why = f"{_share(minor - delivered, minor, obligation)} falls on what is left"
    cells, unplanned = _shrunk(stands, obligation, delivered - minor, why)
    document = delivered - minor if change.contra else -minor
    cells = (*now, *cells)
    if not unplanned:
        cells = _in_balance(cells, rounded(document * obligation.rate))
    return Layer(change.record_id, obligation, document, -minor, cells, unplanned)


def _in_balance(cells: tuple[Cell, ...], base: int) -> tuple[Cell, ...]:
    """The revenue cells closed to what the record does to deferred revenue in base currency."""
    odd = base - sum(cell.base for cell in cells if cell.role is Role.REVENUE)
    places = [place for place, cell in enumerate(cells) if cell.role is Role.REVENUE]
    if not odd or not places:
        return cells
    last = cells[places[-1]]
    return (*cells[: places[-1]], replace(last, base=last.base + odd), *cells[places[-1] + 1 :])


def _share(part: int, whole: int, obligation: Obligation) -> str:
    currency = obligation.amount.currency
    return f"{Money(part, currency)} of the credit of {Money(whole, currency)}"


def _now(
    change: Credited, obligation: Obligation, stands: Standing, minor: int, because: str
) -> tuple[Cell, ...]:
    """What falls on delivered service: of the last closed period, posted in the next."""
    if not minor:
        return ()
    period = stands.calendar.of(change.on)
    if stands.first_open is not None:
        period = preceding(stands.calendar, stands.first_open)
    role = Role.CONTRA if change.contra else Role.REVENUE
    return (Cell(period, role, minor, rounded(minor * obligation.rate), because),)


def _shrunk(
    stands: Standing, obligation: Obligation, minor: int, because: str
) -> tuple[tuple[Cell, ...], int]:
    """`minor` over what is left, in proportion; the part of what is unplanned comes second."""
    weights = [Fraction(amount) for _, amount in stands.rest]
    if stands.unplanned:
        weights.append(Fraction(stands.unplanned))
    if not minor or not sum(weights, Fraction(0)):
        return (), minor
    parts = in_proportion(minor, weights)
    planned = parts[: len(stands.rest)]
    amounts = [
        (period, part, because)
        for (period, _), part in zip(stands.rest, planned, strict=True)
        if part
    ]
    return _cells(obligation, amounts, Residual.LAST), sum(parts) - sum(planned)


def _written_off(change: WrittenOff, obligation: Obligation, stands: Standing) -> Layer:
    """The undelivered part leaves deferred revenue and ends the plan; the delivered is bad debt."""
    minor = change.amount.minor
    undelivered = min(minor, max(0, stands.open))
    cells, unplanned = _shrunk(stands, obligation, -undelivered, "written off before delivery")
    return Layer(
        change.record_id, obligation, -undelivered, -minor, cells, unplanned, minor - undelivered
    )


def _modified(change: Modified, obligation: Obligation, stands: Standing) -> Layer:
    match change.treatment:
        case Treatment.PROSPECTIVE:
            return _prospective(change, obligation, stands)
        case Treatment.CATCH_UP:
            return _anew(change, obligation, stands)
        case Treatment.SEPARATE | Treatment.NONE:
            billed = _billed_by(change)
            return Layer(change.record_id, obligation, billed, billed)
        case never:
            assert_never(never)


def _prospective(change: Modified, obligation: Obligation, stands: Standing) -> Layer:
    """What is left from the change on, and what was added, spread over the new dates.

    A service that is already over leaves the period of the change to take it all.
    """
    effective = change.on
    if stands.first_open is not None:
        effective = max(effective, stands.first_open.starts_on)
    terms = change.terms or obligation.terms
    kept = _kept(stands, obligation.terms, effective)
    pool = stands.open + change.added.minor - sum(kept.values())
    if terms.starts_on is not None and terms.ends_on is not None:
        starts_on = max(effective, terms.starts_on)
        terms = replace(terms, starts_on=starts_on, ends_on=max(starts_on, terms.ends_on))
    made = plan(Money(pool, obligation.amount.currency), terms, stands.calendar)
    target = dict(kept)
    for line in made.lines:
        target[line.period] = target.get(line.period, 0) + line.amount.minor
    because = f"what is left from {effective} on, anew: {change.reason}"
    unplanned = made.unplanned.minor - stands.unplanned
    return _difference(change, obligation, (dict(stands.rest), target), because, unplanned)


def _kept(stands: Standing, terms: Terms, effective: date) -> dict[Period, int]:
    """What the old plan recognizes before the change: whole periods, then days of the last."""
    kept: dict[Period, int] = {}
    for period, amount in stands.rest:
        first = max(period.starts_on, terms.starts_on or period.starts_on)
        last = min(period.ends_on, terms.ends_on or period.ends_on)
        if effective <= first:
            continue
        days = max(1, (last - first).days + 1)
        part = min(Fraction(1), Fraction((effective - first).days, days))
        kept[period] = rounded(amount * part)
    return kept


def _anew(change: Modified, obligation: Obligation, stands: Standing) -> Layer:
    """The whole from its start with the new price and terms; closed periods catch up."""
    before: dict[Period, int] = {}
    for layer in stands.layers:
        for cell in layer.cells:
            before[cell.period] = before.get(cell.period, 0) + cell.amount
    price = sum(before.values()) + stands.unplanned + change.added.minor
    terms = change.terms or obligation.terms
    made = plan(Money(price, obligation.amount.currency), terms, stands.calendar)
    target = {line.period: line.amount.minor for line in made.lines}
    because = f"the whole anew from its start: {change.reason}"
    unplanned = made.unplanned.minor - stands.unplanned
    return _difference(change, obligation, (before, target), because, unplanned)


def _difference(
    change: Modified,
    obligation: Obligation,
    plans: tuple[dict[Period, int], dict[Period, int]],
    because: str,
    unplanned: int,
) -> Layer:
    before, target = plans
    amounts = [
        (period, target.get(period, 0) - before.get(period, 0), because)
        for period in sorted(before.keys() | target.keys())
    ]
    amounts = [row for row in amounts if row[1]]
    cells = _cells(obligation, amounts, Residual.LAST)
    billed = _billed_by(change)
    return Layer(change.record_id, obligation, billed, billed, cells, unplanned)


def _billed_by(change: Modified) -> int:
    return change.billed.minor if change.billed is not None else 0

"""Lines of an opportunity or a quote as lines of a deal, or what is unclear about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from domain.ledger.billing.periods import every, months_after
from domain.ledger.deal import Billed, DealLine, Frequency, PricedPer
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, total
from sources.salesforce.config import Reading
from sources.salesforce.values import Problem
from sources.salesforce.won.prices import Priced, money, priced
from sources.salesforce.won.records import LineRow, OpportunityRow, ScheduleRow
from sources.salesforce.won.term import Term, term_of
from sources.salesforce.won.words import frequency_of, priced_per_of, revenue_type_of, timing_of

_NO_PERIOD_PRICE: tuple[Literal["usage", "milestone"], ...] = ("usage", "milestone")


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for all lines of an opportunity."""

    won: OpportunityRow
    currency: str
    term: Term
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Plan:
    """How often, when, and what the price is for."""

    frequency: Frequency
    count: int
    billed: Billed
    priced_per: PricedPer = "period"


def deal_lines(
    line: LineRow, schedules: Sequence[ScheduleRow], around: Around
) -> tuple[DealLine, ...] | Problem:
    """One line of the deal, or one for each instalment of its schedule.

    The instalment's place in the schedule is its id: a schedule made anew has new ids in
    Salesforce, and what was billed of it is billed.
    """
    where = f"line {line.source_id} ({line.title[:60]})"
    if line.currency and line.currency != around.currency:
        return Problem("currency_differs", where, f"{line.currency}, not {around.currency}")
    revenue_type = revenue_type_of(line.revenue_type)
    if revenue_type is None:
        return Problem("revenue_type_unknown", where, f"revenue type {line.revenue_type[:60]!r}")
    if line.has_schedule or schedules:
        found = _instalments(line, schedules, around, where)
    else:
        found = _whole(line, around, where)
    if isinstance(found, Problem):
        return found
    return tuple(replace(each, revenue_type=revenue_type) for each in found)


def _whole(line: LineRow, around: Around, where: str) -> tuple[DealLine, ...] | Problem:
    price = priced(line, around.currency, where)
    own = _own_term(line, around, where)
    if isinstance(price, Problem):
        return price
    if isinstance(own, Problem):
        return own
    term = _with_months(own, around)
    plan = _plan(line, term, around, where)
    if isinstance(plan, Problem):
        return plan
    once = plan.billed == "once" and plan.frequency == "once"
    return (_line(line, price, own if once else term, plan, around),)


def _line(line: LineRow, price: Priced, term: Term, plan: _Plan, around: Around) -> DealLine:
    return DealLine(
        source_id=line.source_id,
        product=line.title,
        sku=line.product_code,
        description=line.description,
        quantity=price.quantity,
        unit_price=price.unit_price,
        discount=price.discount,
        frequency=plan.frequency,
        interval_count=plan.count,
        term_months=term.months,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        billed=plan.billed,
        tax_code=line.tax_code,
        priced_per=plan.priced_per,
        price_units=price.units,
        list_price=_list_price(line, around.currency),
    )


def _list_price(line: LineRow, currency: str) -> Money | None:
    """None also where it has more digits than the currency: it is only a hint."""
    try:
        return money(line.list_price, currency)
    except LedgerError:
        return None


def _own_term(line: LineRow, around: Around, where: str) -> Term | Problem:
    named = bool(around.reading.fields.line_start)
    return term_of(line.start if named else line.service_on, line.end, line.term_months, where)


def _with_months(own: Term, around: Around) -> Term:
    """The line's term, of as many months as the whole deal where nothing says when that ends."""
    if own.has_end or around.term.last_on or own.starts_on is None:
        return own
    return replace(own, months=around.term.months)


def _plan(line: LineRow, term: Term, around: Around, where: str) -> _Plan | Problem:
    said = line.timing or around.won.timing
    timing: Billed | None = timing_of(said) if said else around.reading.timing
    if said and timing is None:
        return Problem("timing_unknown", where, f"billed {said[:60]!r}")
    text = line.frequency or around.won.frequency
    if not text:
        return _without_frequency(line, timing, around, where)
    often = frequency_of(text, around.reading.frequencies)
    if often is None:
        return Problem("frequency_unknown", where, f"billed {text[:60]!r}")
    frequency, count = often
    if timing in _NO_PERIOD_PRICE:
        return _Plan(frequency, count, timing)
    if frequency == "once":
        if line.timing and timing != "advance":
            return Problem("timing_unknown", where, f"billed once, but {line.timing[:60]!r}")
        if line.priced_per and priced_per_of(line.priced_per) not in ("period", "term"):
            words = f"billed once, but its price is per {line.priced_per[:60]!r}"
            return Problem("price_unclear", where, words)
        return _Plan("once", 1, "once")
    per = _priced_per(line, term, (frequency, count), around)
    if per is None:
        words = f"is {line.total_price or line.unit_price} for a period, a month, a year or all?"
        return Problem("price_unclear", where, words)
    return _Plan(frequency, count, timing or "once", per)


def _without_frequency(
    line: LineRow, timing: Billed | None, around: Around, where: str
) -> _Plan | Problem:
    """Once, unless something says that the line runs on: then a person says how often."""
    if timing in _NO_PERIOD_PRICE:
        return _Plan("once", 1, timing)
    named = bool(around.reading.fields.line_frequency)
    runs = bool(line.end or line.term_months) or (around.term.has_end and not named)
    if not runs:
        return _Plan("once", 1, "once")
    default = around.reading.priced_per
    per = priced_per_of(line.priced_per) if line.priced_per else default
    if timing is None or per is None:
        return Problem(
            "frequency_missing", where, "it has a term; how often is it billed, and when?"
        )
    return _Plan("once", 1, timing, per)


def _priced_per(
    line: LineRow, term: Term, often: tuple[Frequency, int], around: Around
) -> PricedPer | None:
    """What the price is for; where one bill covers the whole term there is only one answer."""
    if line.priced_per:
        return priced_per_of(line.priced_per)
    if around.reading.priced_per:
        return around.reading.priced_per
    whole, length = (
        Term(
            term.starts_on or around.term.starts_on,
            term.ends_on or (None if term.months else around.term.last_on),
            term.months,
        ),
        every(*often),
    )
    if length is None or length.unit != "month" or whole.starts_on is None:
        return None
    last, after = whole.last_on, months_after(whole.starts_on, length.count)
    return "term" if last and (after - last).days == 1 else None


def _instalments(
    line: LineRow, schedules: Sequence[ScheduleRow], around: Around, where: str
) -> tuple[DealLine, ...] | Problem:
    """The given instalments, in the order of their days; together they are the line's total."""
    text = line.frequency or around.won.frequency
    often = frequency_of(text, around.reading.frequencies) if text else ("once", 1)
    if often is None or often[0] != "once":
        words = f"it has a schedule and is billed {text[:60]!r}"
        return Problem("schedule_and_frequency", where, words)
    try:
        made = _amounts(schedules, around.currency)
        whole = money(line.total_price, around.currency)
        together = total((amount for _, amount in made), around.currency)
    except LedgerError as error:
        return Problem("amount_unreadable", where, str(error)[:200])
    if not made or len(made) != len(schedules):
        return Problem("schedule_unclear", where, "its schedule has no amounts, or parts without")
    if any(amount.minor < 0 for _, amount in made):
        return Problem("schedule_unclear", where, "a part of its schedule is negative")
    if whole is not None and whole != together:
        return Problem("schedule_differs", where, f"its schedule comes to {together}, not {whole}")
    return tuple(
        _instalment(line, row, amount, f"{place} of {len(made)}", place)
        for place, (row, amount) in enumerate(made, 1)
        if amount or not together
    )


def _amounts(
    schedules: Sequence[ScheduleRow], currency: str
) -> tuple[tuple[ScheduleRow, Money], ...]:
    """Days and amounts; a schedule of quantities says when to deliver, not what to bill."""
    known = (row for row in schedules if row.on and row.revenue)
    ordered = sorted(known, key=lambda row: (row.on, row.id))
    return tuple((row, Money.parse(row.revenue, currency)) for row in ordered)


def _instalment(
    line: LineRow, row: ScheduleRow, amount: Money, place: str, number: int
) -> DealLine:
    return DealLine(
        source_id=f"{line.source_id}:{number}",
        product=line.title,
        sku=line.product_code,
        description=row.description or f"{line.description or line.title} ({place})",
        quantity="1",
        unit_price=amount,
        starts_on=row.on,
        tax_code=line.tax_code,
    )

"""Plans by every method. Dates are inclusive, days are calendar days of the subsidiary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import assert_never

from domain.ledger.money import Money
from domain.revenue.periods import Calendar, Period, covering, following
from domain.revenue.plan import Method, Plan, PlanLine, Terms
from domain.revenue.rounding import closed, portion, ratio, rounded

_Shares = Sequence[tuple[Period, Fraction, str]]
_WHOLE = Fraction(1)
_HUNDRED = 100


def plan(amount: Money, terms: Terms, calendar: Calendar) -> Plan:
    """Spread `amount` as `terms` say; where a date or an input is missing the plan is held.

    Raises BadSpan when the service ends before it begins.
    """
    missing = _missing(terms)
    if missing:
        return Plan(amount, terms.method, held=missing)
    match terms.method:
        case Method.PERCENT_COMPLETE:
            return _percent_complete(amount, terms, calendar)
        case Method.MILESTONE | Method.USAGE_AS_BILLED:
            return _dated(amount, terms, calendar)
        case Method.POINT_IN_TIME:
            return _at_once(amount, terms, calendar)
        case Method.MANUAL:
            return _dated(amount, terms, calendar)
        case (
            Method.EVEN_PERIODS
            | Method.PRORATE_FIRST_LAST
            | Method.PERIOD_RATE
            | Method.EXACT_DAYS
            | Method.CUSTOM_PERCENT
        ):
            return _over_time(amount, terms, calendar)
        case never:
            assert_never(never)


def _missing(terms: Terms) -> str:
    match terms.method:
        case Method.PERCENT_COMPLETE | Method.MILESTONE | Method.USAGE_AS_BILLED:
            return ""
        case Method.MANUAL:
            return "" if terms.steps else "held until somebody plans it"
        case Method.POINT_IN_TIME:
            return "" if terms.starts_on else "the day of delivery is missing"
        case _:
            pass
    if terms.starts_on is None:
        return "the service start is missing"
    return "" if terms.ends_on else "the service end is missing"


def _over_time(amount: Money, terms: Terms, calendar: Calendar) -> Plan:
    starts_on, ends_on = _span(terms)
    periods = covering(calendar, starts_on, ends_on)
    if terms.method is Method.PRORATE_FIRST_LAST and len(periods) > 2:
        return _prorated(amount, terms, periods)
    if terms.method is Method.CUSTOM_PERCENT:
        return _custom(amount, terms, calendar, starts_on)
    shares = (
        _even(periods)
        if terms.method is Method.EVEN_PERIODS
        else _rates(periods, starts_on, ends_on)
        if terms.method is Method.PERIOD_RATE
        else _days(periods, starts_on, ends_on)
    )
    parts = [portion(amount.minor, share, terms.rounding) for _, share, _ in shares]
    return _built(amount, terms, shares, closed(parts, amount.minor, terms.odd_unit))


def _span(terms: Terms) -> tuple[date, date]:
    if terms.starts_on is None or terms.ends_on is None:
        raise ValueError("a plan over time needs both dates")
    return terms.starts_on, terms.ends_on


def _built(amount: Money, terms: Terms, shares: _Shares, parts: Sequence[int]) -> Plan:
    lines = tuple(
        PlanLine(period, Money(minor, amount.currency), share, basis)
        for (period, share, basis), minor in zip(shares, parts, strict=True)
    )
    return Plan(amount, terms.method, lines)


def _even(periods: Sequence[Period]) -> _Shares:
    count = len(periods)
    return [(period, Fraction(1, count), f"1 of {count} periods") for period in periods]


def _days(periods: Sequence[Period], starts_on: date, ends_on: date) -> _Shares:
    days = [period.overlap(starts_on, ends_on) for period in periods]
    whole = sum(days)
    return [
        (period, Fraction(part, whole), f"{part} of {whole} days")
        for period, part in zip(periods, days, strict=True)
    ]


def _prorated(amount: Money, terms: Terms, periods: Sequence[Period]) -> Plan:
    """Ends by days, the rest in equal parts, as NetSuite's prorate first and last does."""
    by_days = _days(periods, *_span(terms))
    first, last = (portion(amount.minor, by_days[i][1], terms.rounding) for i in (0, -1))
    middles = len(periods) - 2
    pool = amount.minor - first - last
    each = ratio(pool, middles, terms.rounding)
    share = (_WHOLE - by_days[0][1] - by_days[-1][1]) / middles
    equal = [(period, share, f"1 of {middles} equal middle periods") for period in periods[1:-1]]
    parts = closed([first, *[each] * middles, last], amount.minor, terms.odd_unit)
    return _built(amount, terms, [by_days[0], *equal, by_days[-1]], parts)


def _rates(periods: Sequence[Period], starts_on: date, ends_on: date) -> _Shares:
    """Two partial ends share the amount of one period by their days (NetSuite's period rate).

    A single partial end counts for its part of its own period; whole periods count for one.
    """
    days = [period.overlap(starts_on, ends_on) for period in periods]
    if len(periods) == 1:
        return [(periods[0], _WHOLE, "the whole")]
    weights = [Fraction(part, period.days) for period, part in zip(periods, days, strict=True)]
    if weights[0] < 1 and weights[-1] < 1:
        ends = days[0] + days[-1]
        weights[0], weights[-1] = Fraction(days[0], ends), Fraction(days[-1], ends)
    count = sum(weights)
    return [
        (period, weight / count, f"{weight} of {count} periods")
        for period, weight in zip(periods, weights, strict=True)
    ]


def _custom(amount: Money, terms: Terms, calendar: Calendar, starts_on: date) -> Plan:
    period, shares = calendar.of(starts_on), list[tuple[Period, Fraction, str]]()
    for percent in terms.percents:
        shares.append((period, percent / _HUNDRED, f"{_text(percent)} %"))
        period = following(calendar, period)
    parts = [portion(amount.minor, share, terms.rounding) for _, share, _ in shares]
    if shares and sum(terms.percents) == _HUNDRED:
        return _built(amount, terms, shares, closed(parts, amount.minor, terms.odd_unit))
    return _built(amount, terms, shares, parts)


def _at_once(amount: Money, terms: Terms, calendar: Calendar) -> Plan:
    if terms.starts_on is None:
        raise ValueError("a point in time needs its day")
    line = PlanLine(calendar.of(terms.starts_on), amount, _WHOLE, "the whole")
    return Plan(amount, terms.method, (line,))


def _percent_complete(amount: Money, terms: Terms, calendar: Calendar) -> Plan:
    """The last progress of each period, cumulative: new total less what earlier periods took."""
    latest: dict[Period, Fraction] = {}
    for step in sorted(terms.steps, key=lambda step: step.on):
        latest[calendar.of(step.on)] = step.percent or Fraction(0)
    shares, parts = list[tuple[Period, Fraction, str]](), list[int]()
    before, taken = Fraction(0), 0
    for period, percent in sorted(latest.items()):
        total = rounded(amount.minor * percent / _HUNDRED, terms.rounding)
        basis = f"{_text(percent)} % less {_text(before)} %"
        shares.append((period, (percent - before) / _HUNDRED, basis))
        parts.append(total - taken)
        before, taken = percent, total
    return _built(amount, terms, shares, parts)


def _dated(amount: Money, terms: Terms, calendar: Calendar) -> Plan:
    """Milestones, usage and plans by hand: what each step says, in the period of its day."""
    shares, parts = list[tuple[Period, Fraction, str]](), list[int]()
    for step in sorted(terms.steps, key=lambda step: step.on):
        if step.amount is not None:
            share = Fraction(step.amount.minor, amount.minor or 1)
            basis = f"{step.amount} of {step.on}"
            parts.append(step.amount.minor)
        else:
            share = (step.percent or Fraction(0)) / _HUNDRED
            basis = f"{_text(step.percent or Fraction(0))} % of {step.on}"
            parts.append(portion(amount.minor, share, terms.rounding))
        shares.append((calendar.of(step.on), share, basis))
    if parts and sum(share for _, share, _ in shares) == 1:
        parts = list(closed(parts, amount.minor, terms.odd_unit))
    return _built(amount, terms, *_merged(shares, parts))


def _merged(shares: _Shares, parts: Sequence[int]) -> tuple[_Shares, Sequence[int]]:
    """One line per period where several steps fall into one."""
    found: dict[Period, tuple[Fraction, str, int]] = {}
    for (period, share, basis), minor in zip(shares, parts, strict=True):
        before = found.get(period)
        if before is not None:
            share, basis = before[0] + share, f"{before[1]} and {basis}"
            minor += before[2]
        found[period] = (share, basis, minor)
    merged = [(period, share, basis) for period, (share, basis, _) in found.items()]
    return merged, [minor for _, _, minor in found.values()]


def _text(percent: Fraction) -> str:
    whole, rest = divmod(percent.numerator * 10_000 // percent.denominator, 10_000)
    return f"{whole}.{rest:04}".rstrip("0").rstrip(".")

"""Plans and events from short texts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from domain.ledger.money import Money
from domain.revenue.methods import plan
from domain.revenue.periods import Calendar, Monthly
from domain.revenue.plan import Method, Plan, Step, Terms
from domain.revenue.rounding import Residual, Rounding

MONTHS = Monthly()


def money(text: str) -> Money:
    """ "400.00 USD" """
    amount, currency = text.split()
    return Money.parse(amount, currency)


def day(text: str) -> date:
    return date.fromisoformat(text)


def planned(
    text: str,
    *,
    residual: Residual | None = None,
    rounding: Rounding = Rounding.HALF_UP,
    steps: tuple[Step, ...] = (),
    percents: tuple[Fraction, ...] = (),
    calendar: Calendar = MONTHS,
) -> Plan:
    """ "even_periods 400.00 USD 2021-08-20 2021-12-19"; the dates may be left out."""
    method, amount, currency, *dates = text.split()
    starts_on, ends_on = (day(dates[0]), day(dates[1])) if dates else (None, None)
    terms = Terms(Method(method), starts_on, ends_on, steps, percents, rounding, residual)
    return plan(Money.parse(amount, currency), terms, calendar)


def amounts(found: Plan) -> str:
    return " ".join(line.amount.plain() for line in found.lines)

"""Fields of a revenue vector: amounts, dates and percentages, all of them text in the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from domain.ledger.money import Money, exponent
from domain.revenue.periods import Calendar, Monthly, Weekly
from domain.revenue.plan import Method, Step, Terms
from domain.revenue.rounding import Residual, Rounding

Vector = Mapping[str, Any]
_METHODS = {"hold": "manual", "manual/hold": "manual"}


class BadVector(ValueError):
    """The vector lacks a field, or a field is not what its kind needs."""


def text(vector: Vector, *names: str, default: str | None = None) -> str:
    """The first field present among `names`."""
    for name in names:
        if vector.get(name) is not None:
            return str(vector[name])
    if default is None:
        raise BadVector(f"no field {' or '.join(names)}")
    return default


def money(vector: Vector, *names: str, currency: str | None = None) -> Money:
    return Money.parse(text(vector, *names), currency or text(vector, "currency", default="USD"))


def number(value: object) -> Fraction:
    """A plain number; a sign of percent at its end is left out."""
    return Fraction(str(value).strip().rstrip("%").strip())


def rate(vector: Vector, currency: str) -> tuple[Fraction, str]:
    """The base currency, and how many of its minor units one minor unit of `currency` is."""
    base = text(vector, "base_currency", default=currency)
    return number(vector.get("rate", "1")) * Fraction(10) ** (
        exponent(base) - exponent(currency)
    ), base


def day(value: object) -> date:
    """A date, or the first day of a month."""
    words = str(value)
    return date.fromisoformat(words if len(words) > 7 else f"{words}-01")


def calendar(vector: Vector) -> Calendar:
    """Months, or the weeks that `calendar` describes: pattern, month, weekday (0 is Monday)."""
    found = vector.get("calendar")
    if found in (None, "monthly"):
        return Monthly()
    described: Vector = found if isinstance(found, Mapping) else {"pattern": found}
    first, second, third = (int(weeks) for weeks in text(described, "pattern").split("-"))
    month = int(text(described, "month", default="1"))
    return Weekly(month, int(text(described, "weekday", default="6")), (first, second, third))


def terms(vector: Vector, currency: str) -> Terms:
    """The rule of a plan: method, dates and the inputs that its method reads."""
    span = vector.get("service") or (vector.get("start"), vector.get("end"))
    starts_on, ends_on = (None if on is None else day(on) for on in span)
    residual = vector.get("residual")
    method = Method(_METHODS.get(named := text(vector, "method", default="exact_days"), named))
    if method is Method.POINT_IN_TIME and starts_on is None and _dated(vector):
        starts_on = day(_dated(vector))
    return Terms(
        method,
        starts_on,
        ends_on,
        _steps(vector, currency),
        tuple(number(percent) for percent in vector.get("percents", ())),
        Rounding(text(vector, "rounding", default="HALF_UP").upper().removeprefix("ROUND_")),
        Residual(residual) if residual else None,
    )


def _steps(vector: Vector, currency: str) -> tuple[Step, ...]:
    """Cumulative progress and milestones in percent; usage and plans by hand in money."""
    found = list[Step]()
    for name in ("progress", "milestones", "usage", "amounts"):
        rows = vector.get(name, ())
        for on, value in rows.items() if isinstance(rows, Mapping) else rows:
            if name in ("usage", "amounts"):
                found.append(Step(day(on), amount=Money.parse(str(value), currency)))
            else:
                found.append(Step(day(on), number(value)))
    if not found and vector.get("method") == Method.USAGE_AS_BILLED and _dated(vector):
        found.append(Step(day(_dated(vector)), amount=money(vector, "amount", currency=currency)))
    return tuple(found)


def _dated(vector: Vector) -> Any:
    """The day of a delivery or of a bill, where no service dates are given."""
    return vector.get("on") or vector.get("date")

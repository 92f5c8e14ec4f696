"""Revenue events as JSON and back. Amounts are minor units, fractions "numerator/denominator"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Literal, assert_never

from domain.ledger.money import Money
from domain.revenue.events import (
    Billed,
    CashOnly,
    Credited,
    Modified,
    Obligation,
    PeriodClosed,
    PeriodReopened,
    RevenueEvent,
    Voided,
    WrittenOff,
)
from domain.revenue.modification import Treatment
from domain.revenue.plan import Method, Step, Terms
from domain.revenue.rounding import Residual, Rounding

Kind = Literal[
    "billed", "credited", "written_off", "modified", "cash_only", "voided", "period_closed",
    "period_reopened",
]  # fmt: skip
CHANGES: tuple[Kind, ...] = ("credited", "written_off", "modified", "voided")
PERIODS: tuple[Kind, ...] = ("period_closed", "period_reopened")
Payload = dict[str, object]


def kind_of(event: RevenueEvent) -> Kind:
    match event:
        case Billed():
            return "billed"
        case Credited():
            return "credited"
        case WrittenOff():
            return "written_off"
        case Modified():
            return "modified"
        case CashOnly():
            return "cash_only"
        case Voided():
            return "voided"
        case PeriodClosed():
            return "period_closed"
        case PeriodReopened():
            return "period_reopened"
        case never:
            assert_never(never)


def effective_on(event: RevenueEvent) -> date:
    """The day an event is dated."""
    return event.through if isinstance(event, PeriodClosed) else event.on


def to_payload(event: RevenueEvent) -> Payload:
    """What is stored of an event beside its record, revision and kind."""
    match event:
        case Billed():
            return {"on": event.on.isoformat(), "obligation": _obligation_out(event.obligation)}
        case Credited():
            return _change_out(event) | {
                "service": [day.isoformat() for day in event.service] if event.service else None,
                "contra": event.contra,
            }
        case WrittenOff() | CashOnly():
            return _change_out(event)
        case Modified():
            return _modified_out(event)
        case Voided():
            return {"of": event.of, "on": event.on.isoformat()}
        case PeriodClosed():
            return {"through": event.through.isoformat()}
        case PeriodReopened():
            told = {"on": event.on.isoformat(), "decided_by": event.decided_by}
            return {**told, "reason": event.reason}
        case never:
            assert_never(never)


def from_payload(kind: str, record_id: str, revision: int, raw: Mapping[str, Any]) -> RevenueEvent:
    """The event of a stored row. Raises KeyError or ValueError for what nobody wrote."""
    match kind:
        case "billed":
            obligation = _obligation_in(raw["obligation"])
            return Billed(record_id, revision, date.fromisoformat(raw["on"]), obligation)
        case "modified":
            return _modified_in(record_id, revision, raw)
        case "voided":
            return Voided(record_id, revision, raw["of"], date.fromisoformat(raw["on"]))
        case "period_closed":
            return PeriodClosed(record_id, revision, date.fromisoformat(raw["through"]))
        case "period_reopened":
            on = date.fromisoformat(raw["on"])
            return PeriodReopened(record_id, revision, on, raw["decided_by"], raw["reason"])
        case _:
            return _change_in(kind, record_id, revision, raw)


def _change_in(kind: str, record_id: str, revision: int, raw: Mapping[str, Any]) -> RevenueEvent:
    of, on, amount = raw["of"], date.fromisoformat(raw["on"]), _money_in(raw["amount"])
    match kind:
        case "credited":
            days = [date.fromisoformat(day) for day in raw["service"] or ()]
            service = (days[0], days[1]) if days else None
            return Credited(record_id, revision, of, on, amount, service, bool(raw["contra"]))
        case "written_off":
            return WrittenOff(record_id, revision, of, on, amount)
        case "cash_only":
            return CashOnly(record_id, revision, of, on, amount)
        case _:
            raise ValueError(f"{kind!r} is no kind of revenue event")


def _change_out(event: Credited | WrittenOff | CashOnly) -> Payload:
    return {"of": event.of, "on": event.on.isoformat(), "amount": _money_out(event.amount)}


def _modified_out(event: Modified) -> Payload:
    return {
        "of": event.of,
        "on": event.on.isoformat(),
        "treatment": event.treatment.value,
        "added": _money_out(event.added),
        "decided_by": event.decided_by,
        "reason": event.reason,
        "terms": terms_out(event.terms) if event.terms else None,
        "billed": _money_out(event.billed) if event.billed is not None else None,
    }


def _modified_in(record_id: str, revision: int, raw: Mapping[str, Any]) -> Modified:
    return Modified(
        record_id,
        revision,
        raw["of"],
        date.fromisoformat(raw["on"]),
        Treatment(raw["treatment"]),
        _money_in(raw["added"]),
        raw["decided_by"],
        raw["reason"],
        terms_in(raw["terms"]) if raw["terms"] else None,
        _money_in(raw["billed"]) if raw["billed"] else None,
    )


def _obligation_out(one: Obligation) -> Payload:
    return {
        "id": one.obligation_id,
        "contract": one.contract_id,
        "customer": one.customer,
        "subsidiary": one.subsidiary,
        "type": one.revenue_type,
        "revenue": one.revenue_account,
        "deferred": one.deferred_account,
        "contra": one.contra_account,
        "amount": _money_out(one.amount),
        "terms": terms_out(one.terms),
        "rate": _fraction(one.rate),
        "base": one.base,
    }


def _obligation_in(raw: Mapping[str, Any]) -> Obligation:
    return Obligation(
        raw["id"],
        raw["contract"],
        raw["customer"],
        raw["subsidiary"],
        raw["type"],
        raw["revenue"],
        raw["deferred"],
        raw["contra"],
        _money_in(raw["amount"]),
        terms_in(raw["terms"]),
        Fraction(raw["rate"]),
        raw["base"],
    )


def terms_out(terms: Terms) -> Payload:
    """The rule of a plan; what is not told holds as it is by default."""
    told: Payload = {"method": terms.method.value}
    if terms.starts_on:
        told["starts_on"] = terms.starts_on.isoformat()
    if terms.ends_on:
        told["ends_on"] = terms.ends_on.isoformat()
    if terms.steps:
        told["steps"] = [_step_out(step) for step in terms.steps]
    if terms.percents:
        told["percents"] = [_fraction(percent) for percent in terms.percents]
    if terms.rounding is not Rounding.HALF_UP:
        told["rounding"] = terms.rounding.value
    if terms.residual is not None:
        told["residual"] = terms.residual.value
    return told


def terms_in(raw: Mapping[str, Any]) -> Terms:
    return Terms(
        Method(raw["method"]),
        _day(raw.get("starts_on")),
        _day(raw.get("ends_on")),
        tuple(_step_in(step) for step in raw.get("steps", ())),
        tuple(Fraction(percent) for percent in raw.get("percents", ())),
        Rounding(raw.get("rounding", Rounding.HALF_UP)),
        Residual(raw["residual"]) if "residual" in raw else None,
    )


def _step_out(step: Step) -> Payload:
    return {
        "on": step.on.isoformat(),
        "percent": _fraction(step.percent) if step.percent is not None else None,
        "amount": _money_out(step.amount) if step.amount is not None else None,
    }


def _step_in(raw: Mapping[str, Any]) -> Step:
    percent = Fraction(raw["percent"]) if raw["percent"] is not None else None
    amount = _money_in(raw["amount"]) if raw["amount"] is not None else None
    return Step(date.fromisoformat(raw["on"]), percent, amount)


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _money_out(money: Money) -> list[object]:
    return [money.minor, money.currency]


def _money_in(raw: Any) -> Money:
    return Money(int(raw[0]), raw[1])

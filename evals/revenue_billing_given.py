"""The billing vectors' `given` read as charges, and their schedules as rows of [date, amount]."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from domain.ledger.billing.changes import cancel
from domain.ledger.billing.charges import (
    Charge,
    Evidence,
    Fixed,
    Milestone,
    Milestones,
    OneOff,
    Reading,
    Recurring,
    Segment,
    Timing,
    Usage,
    by_percent,
    co_term,
    prepaid,
    true_up,
)
from domain.ledger.billing.periods import Every, Span, boundary, months_after, periods
from domain.ledger.billing.schedule import BillingLine, Instalment, Standing, schedule
from domain.ledger.billing.terms import Terms, due_on, read_terms
from domain.ledger.deal import price_of
from domain.ledger.money import Money, total

_MONTHS = {
    "monthly": 1, "month": 1, "bimonthly": 2, "quarterly": 3, "quarter": 3, "semiannual": 6,
    "semiannually": 6, "semi_annual": 6, "half_year": 6, "half_yearly": 6, "halfyearly": 6,
    "per_six_months": 6, "biannual": 6, "annual": 12, "annually": 12, "yearly": 12, "year": 12,
    "biennial": 24, "per_two_years": 24,
}  # fmt: skip
_WEEKS = {"weekly": 1, "week": 1, "biweekly": 2}
_AT_ONCE = {"once", "one_off", "one-off", "oneoff", "one_time", "prepaid", "prepay", "upfront"}
_PER = (
    ("amount_per_year", Every(12)), ("amount_per_half_year", Every(6)),
    ("amount_per_quarter", Every(3)), ("amount_per_month", Every(1)),
)  # fmt: skip
_PRICES = ("amount_per_period", "price_per_period", "price", "rate")
_COUNTED = re.compile(r"\D*(\d{1,3})\D*")


def billed(given: Mapping[str, Any]) -> dict[str, Any] | list[Any] | None:
    """The answer for one `given`; None when it asks for something we do not know."""
    if "terms" in given and "amount" not in given and "term" not in given:
        return _due(given)
    charge = _charge(given)
    if charge is None:
        return _boundaries(given) if "anchor" in given else None
    planned = schedule(BillingLine("vector", 1, "", "", charge))
    ended = given.get("cancel_on", given.get("cancelled_on"))
    if ended is not None:
        found = cancel(planned, _day(ended))
        return {"kept": _rows(found.kept), "dropped": found.dropped_count}
    gated = "milestones" in given and any(_has_gate(m) for m in given["milestones"])
    return _rows([i for i in planned if not gated or i.standing is Standing.READY])


def _rows(planned: Any) -> list[list[str]]:
    return [[_shown(i), i.amount.plain()] for i in planned]


def _shown(instalment: Instalment) -> str:
    return instalment.bill_on.isoformat()


def _charge(given: Mapping[str, Any]) -> Charge | None:
    if "milestones" in given:
        return _milestones(given)
    if "usage" in given and not isinstance(given["usage"], str):
        return _usage(given)
    if "committed" in given:
        return _true_up(given)
    if "segments" in given or "ramp" in given:
        return _ramp(given)
    if "add_on" in given or "addon" in given:
        return _add_on(given)
    return _plain(given)


def _plain(given: Mapping[str, Any]) -> Charge | None:
    service = _term(given)
    amount = _first(given, "total", "amount", *_PRICES)
    counted = _first(given, "installments", "instalments")
    if counted is not None and amount is not None:
        return _counted(given, int(counted), _money(given, amount))
    length = _every(given)
    if length is None:
        return _at_once(given, service, amount)
    if service is None:
        return None
    timing, anchor = _timing(given), _anchor(given, service)
    if isinstance(given.get("amount_per_year"), list):
        return Recurring(_yearly(given, service), length, timing, anchor)
    for name, per in _PER:
        if name in given:
            return Recurring((Segment(service, _money(given, given[name]), per),), length, timing,
                             anchor)  # fmt: skip
    if amount is None:
        return None
    if "total" not in given and "amount" not in given:
        return Recurring((Segment(service, _money(given, amount)),), length, timing, anchor)
    return Fixed(_money(given, amount), service, length, timing, anchor)


def _counted(given: Mapping[str, Any], count: int, whole: Money) -> Charge | None:
    """So many instalments: every period from the start, or the term in equal parts of months."""
    service, length = _term(given), _every(given)
    first = service.starts_on if service else _first(given, "start", "starts_on", "on")
    if first is None or not 1 <= count <= 1_200:
        return None
    if length is None and service is not None:
        after = service.ends_on + timedelta(days=1)
        months = (after.year - service.starts_on.year) * 12 + after.month - service.starts_on.month
        length = Every(months // count)
    if length is None:
        return None
    start = _day(first)
    end = boundary(start, length, count) - timedelta(days=1)
    return Fixed(whole, Span(start, end), length, _timing(given))


def _at_once(given: Mapping[str, Any], service: Span | None, amount: Any) -> Charge | None:
    on = given.get("on", given.get("date"))
    if amount is None and service is not None and "amount_per_year" in given:
        years = _money(given, given["amount_per_year"])
        worth = schedule(
            BillingLine("", 1, "", "", Recurring((Segment(service, years),), Every(12)))
        )
        return prepaid(total((i.amount for i in worth), years.currency), service)
    if amount is None:
        return None
    if service is None:
        return OneOff(_money(given, amount), _day(on)) if on else None
    if _timing(given) == "arrears" and not on:
        return OneOff(_money(given, amount), service.ends_on + timedelta(days=1), service)
    return prepaid(_money(given, amount), service, _day(on) if on else None)


def _yearly(given: Mapping[str, Any], service: Span) -> tuple[Segment, ...]:
    """A price for each year of the term, in order."""
    years = periods(service, Every(12))
    prices = given["amount_per_year"]
    return tuple(
        Segment(year.part, _money(given, price), Every(12))
        for year, price in zip(years, prices, strict=True)
    )


def _ramp(given: Mapping[str, Any]) -> Charge:
    segments = tuple(_segment(given, told) for told in given.get("segments") or given["ramp"])
    length = _every(given) or Every(12)
    return Recurring(segments, length, _timing(given), _anchor(given, segments[0].service))


def _segment(given: Mapping[str, Any], told: Any) -> Segment:
    """[start, end, amount of a year] or an object with its own dates and price."""
    if not isinstance(told, Mapping):
        return Segment(Span(_day(told[0]), _day(told[1])), _money(given, told[2]), Every(12))
    service = _term(told)
    if service is None:
        raise ValueError("a segment without dates")
    for name, per in _PER:
        if name in told:
            return Segment(service, _money(given, told[name]), per)
    return Segment(service, _money(given, _first(told, *_PRICES)))


def _milestones(given: Mapping[str, Any]) -> Charge:
    told = given["milestones"]
    whole = given.get("total", given.get("amount"))
    if whole is not None and all("percent" in m for m in told):
        parts = by_percent(
            _money(given, whole), tuple((_name(m, n), str(m["percent"]), _day(_planned(m)))
                                        for n, m in enumerate(told)),
        ).parts  # fmt: skip
    else:
        parts = tuple(
            Milestone(_name(m, n), _money(given, m["amount"]), _day(_planned(m)))
            for n, m in enumerate(told)
        )
    shown = tuple(
        Milestone(p.name, p.amount, p.planned_on, _evidence(m, p.planned_on))
        for p, m in zip(parts, told, strict=True)
    )
    return Milestones(total((p.amount for p in shown), shown[0].amount.currency), shown)


def _has_gate(told: Mapping[str, Any]) -> bool:
    return "evidence" in told or "accepted_on" in told or "accepted" in told


def _evidence(told: Mapping[str, Any], planned_on: date) -> Evidence | None:
    shown = told.get("accepted_on") or told.get("evidence") or told.get("accepted")
    if not shown:
        return None
    accepted = told.get("accepted_on")
    return Evidence(str(shown), _day(accepted) if accepted else planned_on)


def _name(told: Mapping[str, Any], nth: int) -> str:
    return str(told.get("name", nth + 1))


def _planned(told: Mapping[str, Any]) -> Any:
    return told.get("date") or told.get("on") or told.get("accepted_on")


def _usage(given: Mapping[str, Any]) -> Charge:
    length = _every(given) or Every(1)
    readings = tuple(Reading(_day(when), str(used)) for when, used in _used(given, length))
    first, last = readings[0].period_on, readings[-1].period_on
    service = _term(given) or Span(first, boundary(last, length, 1) - timedelta(days=1))
    least = given.get("minimum")
    price, units = price_of(str(given["unit_price"]), str(given.get("currency", "USD")))
    return Usage(
        service,
        length,
        price,
        readings,
        _money(given, least) if least is not None else None,
        str(given.get("included", "0")),
        _anchor(given, service),
        units,
    )


def _used(given: Mapping[str, Any], length: Every) -> list[tuple[Any, Any]]:
    """Period and quantity: an object, pairs, objects, or quantities in the order of the term."""
    said, service = given["usage"], _term(given)
    if isinstance(said, Mapping):
        return list(said.items())
    if said and isinstance(said[0], Mapping):
        return [(_first(m, "period", "month", "start"), _first(m, "quantity", "units", "used"))
                for m in said]  # fmt: skip
    if said and isinstance(said[0], str) and service is not None:
        starts = [p.part.starts_on for p in periods(service, length, _anchor(given, service))]
        return list(zip(starts, said, strict=False))
    return [(when, used) for when, used in said]


def _first(told: Mapping[str, Any], *names: str) -> Any:
    """What stands under the first of the names that is there."""
    return next((told[name] for name in names if told.get(name) is not None), None)


def _true_up(given: Mapping[str, Any]) -> Charge:
    price = _money(given, given["unit_price"])
    on = _day(given.get("on", given.get("date")))
    used = str(given.get("used", given.get("actual")))
    service = _term(given) or Span(on, on)
    found = true_up(str(given["committed"]), used, price, service, on)
    return found or OneOff(Money.zero(price.currency), on, service)


def _add_on(given: Mapping[str, Any]) -> Charge | None:
    added = given.get("add_on") or given["addon"]
    service, length = _term(given), _every(given)
    start = _first(added, "start", "starts_on")
    if service is None or length is None or start is None:
        return None
    parent = Recurring((Segment(service, Money.zero(str(given.get("currency", "USD")))),), length,
                       _timing(given), _anchor(given, service))  # fmt: skip
    for name, per in _PER:
        if name in added:
            rate = _money(given, added[name])
            segment = Segment(Span(_day(start), service.ends_on), rate, per)
            return Recurring((segment,), length, parent.timing, parent.origin)
    price = _first(added, *_PRICES, "amount")
    return co_term(parent, _money(given, price), _day(start))


def _due(given: Mapping[str, Any]) -> dict[str, Any] | None:
    terms = read_terms(str(given["terms"]))
    issued = given.get("invoice_date", given.get("issued_on", given.get("date")))
    if not isinstance(terms, Terms) or issued is None:
        return None
    received, accepted = given.get("received_on"), given.get("accepted_on")
    due = due_on(
        terms, _day(issued), _day(received) if received else None,
        _day(accepted) if accepted else None,
    )  # fmt: skip
    return {"due_on": due.on.isoformat()}


def _boundaries(given: Mapping[str, Any]) -> list[Any] | None:
    length, count = _every(given), given.get("count", given.get("periods"))
    if length is None or count is None:
        return None
    start = _day(given["anchor"])
    return [boundary(start, length, n).isoformat() for n in range(min(int(count), 1_000))]


def _every(given: Mapping[str, Any]) -> Every | None:
    """The billing period; None for what is billed once."""
    if "every_months" in given or "interval_months" in given:
        return Every(int(given.get("every_months") or given["interval_months"]))
    said = _first(given, "frequency", "billing_period", "period") or "once"
    word = str(said).strip().lower().replace(" ", "_")
    times = int(given.get("interval_count", 1))
    if word in _AT_ONCE:
        return None
    if word in _MONTHS:
        return Every(_MONTHS[word] * times)
    if word in _WEEKS:
        return Every(_WEEKS[word] * times, "week")
    counted = _COUNTED.fullmatch(word)
    if counted is None:
        raise ValueError(f"frequency {word!r}")
    unit: Any = "week" if "week" in word or word.endswith("w") else "month"
    years = "year" in word or word.endswith("y")
    return Every(int(counted[1]) * (12 if years else 1), unit)


def _term(given: Mapping[str, Any]) -> Span | None:
    if "term" in given:
        return Span(_day(given["term"][0]), _day(given["term"][1]))
    first = given.get("start", given.get("starts_on"))
    last = given.get("end", given.get("ends_on"))
    if first and last:
        return Span(_day(first), _day(last))
    if first and "term_months" in given:
        after = months_after(_day(first), int(given["term_months"]))
        return Span(_day(first), after - timedelta(days=1))
    return None


def _anchor(given: Mapping[str, Any], service: Span) -> date | None:
    """An anchor date, or the day of the month bills are made on."""
    said = given.get("anchor", given.get("anchor_on"))
    if said is not None:
        return _day(said)
    on, length = given.get("billing_day", given.get("bcd")), _every(given)
    if on is None or length is None:
        return None
    first = service.starts_on
    if length == Every(1):
        return date(first.year - 1, 1, int(on))
    candidates = (months_after(date(first.year - 1, 1, int(on)), n) for n in range(30))
    return next(day for day in candidates if day >= first)


def _timing(given: Mapping[str, Any]) -> Timing:
    return "arrears" if "arrears" in str(given.get("timing", "advance")).lower() else "advance"


def _money(given: Mapping[str, Any], amount: Any) -> Money:
    return Money.parse(str(amount), str(given.get("currency", "USD")))


def _day(text: Any) -> date:
    """An ISO date; a month stands for its first day."""
    written = str(text)
    return date.fromisoformat(f"{written}-01" if len(written) == 7 else written)

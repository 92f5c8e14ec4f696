"""The lines of a deal as contract lines that can be billed, or what is missing to bill them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, assert_never

from domain.ledger.billing.charges import (
    Charge,
    Fixed,
    Milestone,
    Milestones,
    OneOff,
    Recurring,
    Segment,
    Timing,
    Usage,
    prepaid,
)
from domain.ledger.billing.periods import Every, Span, every, months_after
from domain.ledger.billing.schedule import BillingLine
from domain.ledger.deal import Deal, DealLine
from domain.ledger.money import total

Missing = Literal["date", "term", "frequency", "timing", "milestones", "currency"]


@dataclass(frozen=True, slots=True)
class Unbillable:
    """A line nobody can bill yet: nothing is assumed, a person has to say it."""

    line: DealLine
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class DealBilling:
    """What of a deal can be billed and what not."""

    lines: tuple[BillingLine, ...]
    unbillable: tuple[Unbillable, ...]


def billing_of(deal: Deal, customer_id: str, version: int) -> DealBilling:
    """The deal's lines for `customer_id`; `version` grows with each change of the plan.

    The key of a line is made of the source's own ids, so one deal told twice has one plan.
    """
    lines: list[BillingLine] = []
    refused: list[Unbillable] = []
    for line in deal.lines:
        charge = _charge(line, deal)
        if isinstance(charge, Unbillable):
            refused.append(charge)
            continue
        key = f"{deal.source}:{deal.source_id}:{line.source_id}"
        text = line.description or line.product
        lines.append(
            BillingLine(key, version, customer_id, text, charge, deal.terms, deal.po_number)
        )
    return DealBilling(tuple(lines), tuple(refused))


def service_of(line: DealLine, deal: Deal) -> Span | None:
    """First and last day of the line's term: its own, by its months, or the deal's; else None."""
    first = line.starts_on or deal.starts_on
    if first is None:
        return None
    last = line.ends_on
    if last is None and line.term_months:
        last = months_after(first, line.term_months) - timedelta(days=1)
    last = last or deal.ends_on
    return Span(first, last) if last and last >= first else None


def _charge(line: DealLine, deal: Deal) -> Charge | Unbillable:
    if line.unit_price.currency != deal.currency:
        return Unbillable(line, ("currency",))
    service, length = service_of(line, deal), every(line.frequency, line.interval_count)
    match line.billed:
        case "once":
            return _once(line, service, length, deal.closed_on)
        case "milestone":
            return _milestones(line)
        case "usage":
            if service is None or length is None:
                return Unbillable(line, _lacking(service, length))
            return Usage(
                service,
                length,
                line.unit_price,
                minimum=line.minimum,
                included=line.included,
                price_units=line.price_units,
            )
        case "advance" | "arrears":
            return _recurring(line, service, length, line.billed)
        case _:
            assert_never(line.billed)


def _milestones(line: DealLine) -> Charge | Unbillable:
    """Parts with a day each that add up to the price; anything else has to be said."""
    parts = tuple(
        Milestone(part.name, part.amount, part.planned_on)
        for part in line.milestones
        if part.planned_on is not None and part.amount.currency == line.amount.currency
    )
    names = {part.name for part in parts}
    whole = total((part.amount for part in parts), line.amount.currency) == line.amount
    if not parts or len(parts) != len(line.milestones) or len(names) != len(parts) or not whole:
        return Unbillable(line, ("milestones",))
    return Milestones(line.amount, parts)


def _once(
    line: DealLine, service: Span | None, length: Every | None, closed_on: date | None
) -> Charge | Unbillable:
    """Once: for the term if the line has one of its own, else on the day it starts or was won."""
    if length is not None:
        return Unbillable(line, ("timing",))
    own = line.starts_on is not None and (line.ends_on is not None or line.term_months)
    if own and service is not None:
        return prepaid(line.amount, service)
    on = line.starts_on or closed_on
    return OneOff(line.amount, on) if on else Unbillable(line, ("date",))


def _recurring(
    line: DealLine, service: Span | None, length: Every | None, timing: Timing
) -> Charge | Unbillable:
    if service is None or length is None:
        return Unbillable(line, _lacking(service, length))
    match line.priced_per:
        case "term":
            return Fixed(line.amount, service, length, timing)
        case "period":
            per = None
        case "month":
            per = Every(1)
        case "year":
            per = Every(12)
        case _:
            assert_never(line.priced_per)
    return Recurring((Segment(service, line.amount, per),), length, timing)


def _lacking(service: Span | None, length: Every | None) -> tuple[Missing, ...]:
    term: tuple[Missing, ...] = ("term",) if service is None else ()
    return term if length is not None else (*term, "frequency")

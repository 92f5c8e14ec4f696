"""The planned instalments of a contract line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from domain.ledger.billing.charges import (
    Charge,
    Fixed,
    Milestones,
    OneOff,
    Recurring,
    Segment,
    Timing,
    Usage,
    cut,
)
from domain.ledger.billing.periods import Every, Period, Span, periods
from domain.ledger.deal import number, rounded
from domain.ledger.money import Money

_DAY = timedelta(days=1)


class Standing(StrEnum):
    """Whether an instalment may be billed on its date, or what it waits for."""

    READY = "ready"
    WAITS_FOR_EVIDENCE = "waits_for_evidence"
    WAITS_FOR_USAGE = "waits_for_usage"


@dataclass(frozen=True, slots=True)
class BillingLine:
    """A contract line that is billed. `key` never changes; `version` grows with each change.

    `terms` and `po_number` decide, with customer, currency and date, which invoice it is on.
    """

    key: str
    version: int
    customer_id: str
    description: str
    charge: Charge
    terms: str = ""
    po_number: str = ""


@dataclass(frozen=True, slots=True)
class Instalment:
    """An amount planned for a date. `key` is its idempotency key and the ERP's external id.

    `slot` names what it pays for when that is no span of days (a milestone, the one-off).
    """

    key: str
    line: BillingLine
    sequence: int
    bill_on: date
    amount: Money
    service: Span | None = None
    slot: str = ""
    standing: Standing = Standing.READY
    timing: Timing = "advance"


@dataclass(frozen=True, slots=True)
class _Entry:
    bill_on: date
    amount: Money
    service: Span | None = None
    slot: str = ""
    standing: Standing = Standing.READY
    timing: Timing = "advance"


def schedule(line: BillingLine) -> tuple[Instalment, ...]:
    """Every instalment of the line's charge, by date. Raises BrokenCharge."""
    return numbered(
        line,
        tuple(
            Instalment("", line, 0, e.bill_on, e.amount, e.service, e.slot, e.standing, e.timing)
            for e in _entries(line.charge)
        ),
    )


def numbered(line: BillingLine, instalments: tuple[Instalment, ...]) -> tuple[Instalment, ...]:
    """The instalments as those of `line`, by date, numbered in the order they are given in.

    The order is the contract's, so a milestone that is reached early keeps its key.
    """
    found = [
        replace(i, line=line, sequence=n, key=f"{line.key}:v{line.version}:{n}")
        for n, i in enumerate(instalments, start=1)
    ]
    return tuple(sorted(found, key=lambda i: (i.bill_on, i.sequence)))


def currency_of(charge: Charge) -> str:
    """ISO currency of the charge."""
    match charge:
        case OneOff() | Fixed() | Milestones():
            return charge.amount.currency
        case Recurring():
            return charge.segments[0].price.currency
        case Usage():
            return charge.unit_price.currency
        case _:
            assert_never(charge)


def _entries(charge: Charge) -> Iterator[_Entry]:
    match charge:
        case OneOff():
            yield _Entry(charge.on, charge.amount, charge.service, "" if charge.service else "once")
        case Fixed():
            whole = periods(charge.service, charge.every, charge.anchor_on)
            amounts = cut(charge.amount, tuple(p.share for p in whole))
            yield from _dated(whole, amounts, charge.timing)
        case Recurring():
            for segment in charge.segments:
                yield from _of_segment(segment, charge)
        case Milestones():
            yield from _of_milestones(charge)
        case Usage():
            yield from _of_usage(charge)
        case _:
            assert_never(charge)


def _dated(whole: tuple[Period, ...], amounts: tuple[Money, ...], timing: Timing) -> list[_Entry]:
    return [
        _Entry(_bill_on(period.part, timing), amount, period.part, timing=timing)
        for period, amount in zip(whole, amounts, strict=True)
    ]


def _bill_on(part: Span, timing: Timing) -> date:
    return part.starts_on if timing == "advance" else part.ends_on + _DAY


def _of_segment(segment: Segment, charge: Recurring) -> list[_Entry]:
    whole = periods(segment.service, charge.every, charge.origin)
    shares = tuple(period.share for period in whole)
    price = segment.price
    if segment.per is None or segment.per == charge.every:
        amounts = tuple(rounded(share * price.minor, price.currency) for share in shares)
    else:
        amounts = tuple(_by_price(segment, segment.per, charge, shares))
    return _dated(whole, amounts, charge.timing)


def _by_price(
    segment: Segment, per: Every, charge: Recurring, shares: tuple[Fraction, ...]
) -> Iterator[Money]:
    """Instalments of a price for another stretch than a billing period.

    Where billing periods fit into that stretch (months into a year) each stretch adds up to its
    price; else all of them together do.
    """
    price, ratio = segment.price, charge.every.over(per)
    size = ratio.denominator if ratio is not None and ratio.numerator == 1 else len(shares)
    for first in range(0, len(shares), size):
        group = shares[first : first + size]
        if ratio is not None:
            worth = sum(group, Fraction(0)) * ratio
        else:
            stretches = periods(segment.service, per, charge.origin)
            worth = sum((stretch.share for stretch in stretches), Fraction(0))
        yield from cut(rounded(worth * price.minor, price.currency), group)


def _of_milestones(charge: Milestones) -> Iterator[_Entry]:
    for part in charge.parts:
        shown = part.evidence
        yield _Entry(
            shown.accepted_on if shown else part.planned_on,
            part.amount,
            slot=f"milestone:{part.name}",
            standing=Standing.READY if shown else Standing.WAITS_FOR_EVIDENCE,
        )


def _of_usage(charge: Usage) -> Iterator[_Entry]:
    readings = {reading.period_on: reading for reading in charge.readings}
    for period in periods(charge.service, charge.every, charge.anchor_on):
        reading = readings.get(period.part.starts_on)
        standing = Standing.READY if reading and reading.final else Standing.WAITS_FOR_USAGE
        yield _Entry(
            _bill_on(period.part, "arrears"),
            _used(charge, reading.quantity if reading else "0", period.share),
            period.part,
            standing=standing,
            timing="arrears",
        )


def _used(charge: Usage, quantity: str, share: Fraction) -> Money:
    beyond = max(Fraction(0), number(quantity) - number(charge.included) * share)
    price = charge.unit_price
    amount = rounded(beyond * price.minor / charge.price_units, price.currency)
    if charge.minimum is None:
        return amount
    least = rounded(share * charge.minimum.minor, charge.minimum.currency)
    return max(amount, least)

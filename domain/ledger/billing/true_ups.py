"""What a period costs once its use is known: units beyond those agreed, or a measured line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from domain.ledger.billing.charges import OneOff, Reading, Usage
from domain.ledger.billing.from_deal import billing_of
from domain.ledger.billing.periods import Span
from domain.ledger.billing.schedule import BillingLine, Instalment, schedule
from domain.ledger.deal import Deal, DealLine, number, rounded
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money

_TIMINGS = ("advance", "arrears", "once", "usage")
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class TrueUp:
    """What is billed for `beyond` units in `service`; quantities are plain decimal text.

    `line` is the line of the deal as it would be for those units alone, under an id of its own;
    measured usage stays the line itself, whose free units are the agreed ones. `minimum` says that
    the least a period costs is billed.
    """

    line: DealLine
    agreed: str
    used: str
    beyond: str
    service: Span
    amount: Money
    minimum: bool = False

    def billing(self, deal: Deal, billed_on: date) -> BillingLine:
        """The charge as a contract line of the deal, billed on a day."""
        found = billing_of(replace(deal, lines=(self.line,)), deal.customer.external_id, 1)
        return replace(found.lines[0], charge=OneOff(self.amount, billed_on, self.service))


def spans(deal: Deal, line: DealLine) -> tuple[Span, ...]:
    """The billed periods of a line that counts units; empty where nothing can be trued up."""
    if line.billed not in _TIMINGS:
        return ()
    try:
        counted = line.billed == "usage" or number(line.quantity) > 0
        priced = counted and line.unit_price.minor > 0
        found = tuple(one.service for one in _planned(deal, line)) if priced else ()
    except LedgerError:
        return ()
    return tuple(one for one in found if one is not None)


def trued_up(deal: Deal, line: DealLine, period_on: date, used: str) -> TrueUp | None:
    """The true-up of the period that begins on a day; None for no such period or nothing beyond.

    The units cost what they cost in the line, its discount in proportion. Raises InvalidAmount
    for a quantity that is no number, BrokenCharge.
    """
    if not spans(deal, line):
        return None
    if line.billed == "usage":
        return _measured(deal, line, period_on, used)
    beyond = number(used) - number(line.quantity)
    if beyond <= 0:
        return None
    discount = line.discount
    if discount is not None:
        share = beyond / number(line.quantity) * discount.minor
        discount = rounded(share, discount.currency)
    name = f"{line.source_id}:true-up:{period_on.isoformat()}"
    more = replace(line, source_id=name, quantity=_plain(beyond), discount=discount)
    found = next((one for one in _planned(deal, more) if _begins(one, period_on)), None)
    if found is None or found.service is None or found.amount.minor <= 0:
        return None
    return TrueUp(more, line.quantity, used.strip(), more.quantity, found.service, found.amount)


def _measured(deal: Deal, line: DealLine, period_on: date, used: str) -> TrueUp | None:
    """The period of a measured line, as its reading will bill it."""
    beyond = max(Fraction(0), number(used) - number(line.included))
    for one in billing_of(replace(deal, lines=(line,)), deal.customer.external_id, 1).lines:
        if not isinstance(one.charge, Usage) or number(used) < 0:
            continue
        read = replace(one.charge, readings=(Reading(period_on, used.strip()),))
        bare = replace(read, minimum=None)
        for paid, alone in zip(_of(one, read), _of(one, bare), strict=True):
            if paid.service is not None and _begins(paid, period_on):
                least = paid.amount > alone.amount
                return TrueUp(line, line.included, used.strip(), _plain(beyond), paid.service,
                              paid.amount, least)  # fmt: skip
    return None


def _of(line: BillingLine, charge: Usage) -> tuple[Instalment, ...]:
    return schedule(replace(line, charge=charge))


def _planned(deal: Deal, line: DealLine) -> Iterator[Instalment]:
    for one in billing_of(replace(deal, lines=(line,)), deal.customer.external_id, 1).lines:
        yield from schedule(one)


def _begins(one: Instalment, on: date) -> bool:
    return one.service is not None and one.service.starts_on == on


def _plain(value: Fraction) -> str:
    """A number of at most twelve decimals as plain text."""
    whole, rest = divmod(value * 10**_DIGITS, 10**_DIGITS)
    decimals = f"{int(rest):0{_DIGITS}d}".rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)

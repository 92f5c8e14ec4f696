"""Which billed line a credit takes back. Evidence only; where two fit, a person says which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.ledger.money import Money
from domain.revenue.rounding import in_proportion


@dataclass(frozen=True, slots=True)
class Creditable:
    """An obligation of an invoice: its line there, what is left of it to credit, its service.

    `record_id` is its billing, `line_item` the item that stands on the invoice line.
    """

    key: str
    record_id: str
    invoice_netsuite_id: str
    line: int
    line_item: str
    amount: int
    left: int
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class CreditedLine:
    """A line of a credit memo. `invoice_line` is the line it was decided for, 0 if nobody did."""

    line: int
    item: str
    amount: Money
    created_from: str
    invoice_line: int = 0
    service: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The amount that each obligation is credited by, and why just there."""

    shares: tuple[tuple[Creditable, Money], ...]
    because: str


@dataclass(frozen=True, slots=True)
class Unassigned:
    """Nobody can tell what is credited."""

    because: str


def target_of(line: CreditedLine, known: Sequence[Creditable]) -> Target | Unassigned:
    """The line that is credited: the decided one, or the only one of its item that fits."""
    if not line.created_from:
        return Unassigned("it was made from no invoice")
    mine = [one for one in known if one.invoice_netsuite_id == line.created_from]
    if not mine:
        return Unassigned(f"no revenue of what it was made from ({line.created_from}) is known")
    by_line: dict[int, list[Creditable]] = {}
    for one in mine:
        by_line.setdefault(one.line, []).append(one)
    number, because = _chosen(line, by_line)
    if number is None:
        return Unassigned(because)
    return _shared(line, by_line[number], because)


def _chosen(
    line: CreditedLine, by_line: Mapping[int, Sequence[Creditable]]
) -> tuple[int | None, str]:
    if line.invoice_line in by_line:
        return line.invoice_line, "the line it was decided for"
    fitting = [n for n, group in by_line.items() if group[0].line_item == line.item]
    if not fitting and len(by_line) == 1:
        return next(iter(by_line)), "the only line of its invoice"
    if len(fitting) > 1 and line.service is not None:
        fitting = [n for n in fitting if _holds(by_line[n][0], line.service)]
    if len(fitting) == 1:
        return fitting[0], "the line of its item"
    if line.line in fitting:
        return line.line, "the line of its item and number"
    if not fitting:
        return None, "no line of its invoice has its item"
    return None, f"lines {', '.join(map(str, fitting))} of its invoice fit"


def _holds(one: Creditable, service: tuple[date, date]) -> bool:
    if one.starts_on is None or one.ends_on is None:
        return False
    return one.starts_on <= service[0] and service[1] <= one.ends_on


def _shared(line: CreditedLine, group: Sequence[Creditable], because: str) -> Target | Unassigned:
    left = sum(one.left for one in group)
    if line.amount.minor > left:
        rest = Money(left, line.amount.currency)
        return Unassigned(f"{line.amount} is more than the {rest} left of line {group[0].line}")
    if len(group) == 1:
        return Target(((group[0], line.amount),), because)
    return Target(over(line.amount, group), f"{because}, by what is left of its parts")


def over(amount: Money, known: Sequence[Creditable]) -> tuple[tuple[Creditable, Money], ...]:
    """An amount in proportion to what is left of each obligation."""
    weights = [Fraction(max(0, one.left)) for one in known]
    if not sum(weights):
        return ()
    parts = in_proportion(amount.minor, weights)
    return tuple(
        (one, Money(minor, amount.currency))
        for one, minor in zip(known, parts, strict=True)
        if minor
    )

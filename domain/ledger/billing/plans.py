"""The plan of one line beside what was billed of it and what stands in drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.ledger.billing.changes import (
    Billed,
    Cancelled,
    OverBilled,
    Replanned,
    cancel,
    replan,
)
from domain.ledger.billing.charges import Charge, Milestones, Usage
from domain.ledger.billing.periods import Span
from domain.ledger.billing.schedule import BillingLine, Instalment, currency_of, schedule
from domain.ledger.money import Money, total


@dataclass(frozen=True, slots=True)
class Held:
    """What a draft bills that the ERP does not have yet."""

    draft_id: int
    key: str
    service: Span | None = None
    slot: str = ""


@dataclass(frozen=True, slots=True)
class LinePlan:
    """What is left to bill of a line. `pins` says which instalment stands for which draft.

    `difference` is what the line is worth beyond billed and planned; below zero, what is billed
    too much. It is for a person to decide on. `dropped` is what a cancellation took away.
    """

    instalments: tuple[Instalment, ...]
    dropped: tuple[Instalment, ...]
    pins: Mapping[str, int]
    worth: Money
    difference: Money


def plan_line(
    line: BillingLine,
    billed: Iterable[Billed],
    held: Iterable[Held] = (),
    ended_on: date | None = None,
) -> LinePlan:
    """The line's plan now. Raises BrokenCharge, and InvalidAmount for a key used twice."""
    done = tuple(billed)
    currency = currency_of(line.charge)
    worth = total((i.amount for i in schedule(line)), currency)
    left: tuple[Instalment, ...] = ()
    match replan(line, done):
        case OverBilled(excess=excess):
            difference = -excess
        case Replanned(instalments, _, difference):
            left = instalments
    ended = cancel(left, ended_on) if ended_on is not None else Cancelled(left, (), ())
    if ended_on is not None:
        difference = Money.zero(currency)
    pins = pinned(ended.kept, held)
    return LinePlan(ended.kept, ended.dropped, pins, worth, difference)


def pinned(instalments: Iterable[Instalment], held: Iterable[Held]) -> dict[str, int]:
    """By key the draft that bills an instalment already: the same key, slot or days."""
    drafts = tuple(held)
    found: dict[str, int] = {}
    for instalment in instalments:
        same = next((h for h in drafts if h.key == instalment.key), None)
        same = same or next((h for h in drafts if _for_the_same(h, instalment)), None)
        if same is not None:
            found[instalment.key] = same.draft_id
    return found


def _for_the_same(held: Held, instalment: Instalment) -> bool:
    if held.service is None or instalment.service is None:
        return held.service is instalment.service and held.slot == instalment.slot
    return held.service.common(instalment.service) is not None


def basis(charge: Charge) -> str:
    """What a plan is made of, as text: evidence and readings change no plan, only its standing."""
    match charge:
        case Milestones(amount, parts):
            told = [(part.name, part.amount, part.planned_on) for part in parts]
            return f"Milestones({amount!r}, {told!r})"
        case Usage():
            terms = (charge.service, charge.every, charge.unit_price, charge.minimum)
            more = (charge.included, charge.anchor_on, charge.price_units)
            return f"Usage({terms!r}, {more!r})"
        case _:
            return repr(charge)

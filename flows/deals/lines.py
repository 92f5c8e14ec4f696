"""The lines of a deal as they are billed: the source's words and what people added to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.ledger.billing.charges import Charge, Evidence, Milestones, Reading, Usage
from domain.ledger.billing.from_deal import billing_of
from domain.ledger.billing.schedule import BillingLine, Instalment, schedule
from domain.ledger.billing.true_ups import trued_up
from domain.ledger.deal import Deal, DealLine, DealMilestone, number
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from erp.review.exact import number as plain
from flows.drafts.sold import one_line
from store.billing import MilestoneRow, UsageRow

_EMPTY: Mapping[str, object] = {
    "starts_on": None, "ends_on": None, "term_months": None, "frequency": "once", "billed": "once",
    "milestones": (),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A line nobody can bill yet: what is missing, or why what is said makes no sense."""

    line: DealLine
    missing: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Billable:
    """A line that can be billed, with the line of the deal it comes from."""

    source: DealLine
    line: BillingLine


def answered(deal: Deal, answers: Mapping[str, Mapping[str, object]]) -> Deal:
    """The deal with what people said where the source says nothing."""
    lines = tuple(
        _answered(line, answers.get(line.source_id, {}), deal.currency) for line in deal.lines
    )
    return replace(deal, lines=lines)


def _answered(line: DealLine, said: Mapping[str, object], currency: str) -> DealLine:
    told: dict[str, Any] = {}
    for name, empty in _EMPTY.items():
        if name in said and getattr(line, name) == empty:
            told[name] = _value(name, said[name], currency)
    if "frequency" in told and "interval_count" in said:
        told["interval_count"] = int(str(said["interval_count"]))
    return replace(line, **told)


def _value(name: str, value: Any, currency: str) -> object:
    match name:
        case "starts_on" | "ends_on":
            return date.fromisoformat(str(value))
        case "term_months":
            return int(str(value))
        case "milestones":
            return tuple(
                DealMilestone(
                    str(one["name"]),
                    Money(int(one["minor"]), currency),
                    date.fromisoformat(str(one["planned_on"])),
                )
                for one in value
            )
        case _:
            return str(value)


def billed_lines(
    deal: Deal, evidence: Sequence[MilestoneRow] = (), usage: Sequence[UsageRow] = ()
) -> tuple[tuple[Billable, ...], tuple[Question, ...]]:
    """The lines that can be billed, and the questions about the others."""
    found: list[Billable] = []
    asked: list[Question] = []
    seen: set[str] = set()
    for line in deal.lines:
        if line.source_id in seen:
            asked.append(Question(line, (), "Two lines have this id."))
            continue
        seen.add(line.source_id)
        one = _one(deal, line, evidence, usage)
        if isinstance(one, Billable):
            found += [one, *_trued_up(deal, line, usage)]
        else:
            asked.append(one)
    return tuple(found), tuple(asked)


def _trued_up(deal: Deal, line: DealLine, usage: Sequence[UsageRow]) -> Iterator[Billable]:
    """What was used beyond the agreed units of the line, billed from the day it was entered."""
    for row in usage:
        found = trued_up(deal, line, row.period_on, row.quantity) if _is_of(row, line) else None
        if found is not None:
            text = one_line(line.description or line.product, 700)
            text = f"{text}: true-up, {found.used} used, {found.agreed} agreed"
            told = replace(found.line, description=text)
            yield Billable(told, found.billing(deal, row.at.date()))


def _is_of(row: UsageRow, line: DealLine) -> bool:
    return row.line_id == true_up_id(line.source_id) and line.billed != "usage"


def true_up_id(line_id: str) -> str:
    """Under which line true-ups are kept: what was measured is none, should the line change."""
    return f"{line_id}:true-up"


def _one(
    deal: Deal, line: DealLine, evidence: Sequence[MilestoneRow], usage: Sequence[UsageRow]
) -> Billable | Question:
    if deal.not_cash:
        return Question(line, (), f"The price is not an amount of money: {deal.not_cash}.")
    try:
        found = billing_of(replace(deal, lines=(line,)), deal.customer.external_id, 1)
        if found.unbillable:
            return Question(line, found.unbillable[0].missing)
        told = found.lines[0]
        charge = with_evidence(told.charge, line.source_id, evidence)
        charge = with_usage(charge, line.source_id, usage)
        schedule(replace(told, charge=charge))
    except LedgerError as error:
        return Question(line, (), str(error))
    return Billable(line, replace(told, charge=charge))


def with_evidence(charge: Charge, line_id: str, rows: Sequence[MilestoneRow]) -> Charge:
    """The charge with what shows that its milestones were reached."""
    if not isinstance(charge, Milestones):
        return charge
    shown = {r.name: Evidence(r.filename, r.accepted_on) for r in rows if r.line_id == line_id}
    parts = tuple(replace(part, evidence=shown.get(part.name)) for part in charge.parts)
    return replace(charge, parts=parts)


def with_usage(charge: Charge, line_id: str, rows: Sequence[UsageRow]) -> Charge:
    """The charge with the usage that was entered for it."""
    if not isinstance(charge, Usage):
        return charge
    told = (Reading(r.period_on, r.quantity, r.final) for r in rows if r.line_id == line_id)
    return replace(charge, readings=tuple(told))


def content_of(instalment: Instalment, line: DealLine, usage: Sequence[UsageRow]) -> dict[str, str]:
    """The invoice line an instalment becomes, as `LineInput` reads it; defaults are left out."""
    told = {
        "product": one_line(line.sku or line.product or line.description, 200),
        "amount": instalment.amount.plain(),
        "description": _text(instalment, line),
        "tax_code": one_line(line.tax_code, 200),
        **_quantity(instalment, line, usage),
    }
    if instalment.service is not None:
        told["service_starts_on"] = instalment.service.starts_on.isoformat()
        told["service_ends_on"] = instalment.service.ends_on.isoformat()
    if line.billed == "usage":
        told["usage"] = "yes"
    if instalment.amount.minor < 0:
        told["discount"] = "yes"
    return {name: value for name, value in told.items() if value}


def _quantity(instalment: Instalment, line: DealLine, usage: Sequence[UsageRow]) -> dict[str, str]:
    """Quantity and rate, the rate only where the two give the amount exactly."""
    quantity, price = line.quantity.strip(), line.unit_price
    if line.billed == "usage" and instalment.service is not None:
        first = instalment.service.starts_on
        mine = (u.quantity for u in usage if (u.line_id, u.period_on) == (line.source_id, first))
        quantity = next(mine, "0")
    whole = number(quantity) * price.minor == instalment.amount.minor and line.price_units == 1
    if plain(quantity) is None:
        return {}
    if not whole:
        part = line.billed == "milestone" or number(quantity) <= 0
        return {} if part else {"quantity": quantity}
    return {"quantity": quantity, "rate": price.plain()}


def _text(instalment: Instalment, line: DealLine) -> str:
    text = one_line(line.description or line.product, 800)
    if instalment.slot.startswith("milestone:"):
        return f"{text}: {one_line(instalment.slot.removeprefix('milestone:'), 180)}"
    if instalment.service is None:
        return text
    return f"{text} ({instalment.service.starts_on} to {instalment.service.ends_on})"

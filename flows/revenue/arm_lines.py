"""Elements of the ERP and lines of the books made comparable, and the outcome as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from domain.ledger.money import Money, exponent
from domain.revenue.arm import (
    Comparison,
    Element,
    OurLine,
    PlannedHere,
    PlannedThere,
    compare,
)
from domain.revenue.plan import Method
from domain.revenue.settings import RevenueSettings
from erp.port import ErpPlanLine, ErpRevenueElement
from store import revenue_arm_lines, revenue_names
from store.engine import Session
from store.revenue_arm import RevenueArmPeriodRow, RevenueArmRow

Key = tuple[str, str, int]
Compared = tuple[RevenueArmRow, Sequence[RevenueArmPeriodRow]]
_Row = Mapping[Any, Any]


class _Ours:
    """Lines of the books by document line, and what rows say of them."""

    def __init__(self) -> None:
        self.lines: dict[Key, OurLine] = {}
        self.heads: dict[Key, _Row] = {}

    def add(self, kind: str, rows: Iterable[_Row], cells: Iterable[_Row]) -> None:
        planned: dict[Key, list[PlannedHere]] = {}
        written_off = set[Key]()
        for cell in cells:
            key = (kind, str(cell["netsuite_id"]), int(cell["line"]))
            one = PlannedHere(cell["day"], cell["period"], int(cell["amount"]), int(cell["base"]))
            planned.setdefault(key, []).append(one)
            if cell["written_off"]:
                written_off.add(key)
        for row in rows:
            key = (kind, str(row["netsuite_id"]), int(row["line"]))
            self.heads.setdefault(key, row)
            line = self.lines.setdefault(key, _line(row, kind, tuple(planned.get(key, ()))))
            if row["status"] == "held" and not line.hold:
                line = replace(line, hold=row["hold_reason"] or "held")
            self.lines[key] = replace(line, written_off=key in written_off)


def _line(row: _Row, kind: str, cells: tuple[PlannedHere, ...]) -> OurLine:
    base = row["base_currency"]
    return OurLine(
        label=f"{row['number']} line {row['line']}",
        amount=Money(row["amount_minor"], row["currency"]),
        base=base,
        rate=Fraction(row["book_rate"]),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        method=Method(row["method"]) if row["method"] else None,
        cells=cells,
        credit=kind == "credit_memo",
        item_rule=bool(row["rule"]),
    )


async def _ours(session: Session, keys: Iterable[Key]) -> _Ours:
    found, ids = _Ours(), dict[str, set[str]]()
    for kind, netsuite_id, _ in keys:
        ids.setdefault(kind, set()).add(netsuite_id)
    found.add("invoice", *await revenue_arm_lines.invoice_lines(session, ids.get("invoice", ())))
    memos = await revenue_arm_lines.credit_lines(session, ids.get("credit_memo", ()))
    found.add("credit_memo", *memos)
    sales = {str(row["sale"]) for row in memos[0]} - {""}
    known = await revenue_arm_lines.arrangements(session, sales)
    for key, line in found.lines.items():
        if line.credit:
            sale = (found.heads[key]["sale"], found.heads[key]["sale_line"])
            found.lines[key] = replace(line, sale_arrangement=known.get(sale, ""))
    return found


async def compared(
    session: Session, page: Sequence[ErpRevenueElement], reading_id: int, settings: RevenueSettings
) -> list[Compared]:
    """Each element beside its line, if the books have one."""
    page = await _found_by_number(session, page)
    ours = await _ours(session, (_key(one) for one in page))
    sellers = {one.netsuite_id: one for one in await revenue_names.sellers(session)}
    made = list[Compared]()
    for one in page:
        key = _key(one)
        seller = sellers.get(one.subsidiary_netsuite_id)
        head = ours.heads.get(key)
        base = head["base_currency"] if head else seller.currency if seller else ""
        outcome = compare(ours.lines.get(key), _element(one, base, settings))
        row = RevenueArmRow(
            key=f"element:{one.netsuite_id}",
            reading_id=reading_id,
            subsidiary_id=seller.id if seller else head["subsidiary_id"] if head else None,
            obligation_id=head["id"] if head else None,
            source_kind=key[0],
            source_netsuite_id=key[1],
            line=key[2],
            label=ours.lines[key].label if head else one.source,
            element=one.number or one.netsuite_id,
            arrangement=one.arrangement_netsuite_id,
            **_told(outcome, one.amount),
        )
        made.append((row, _periods(outcome)))
    return made


async def compared_without(
    session: Session,
    kind: str,
    found: Sequence[tuple[str, int]],
    reading_id: int,
    settings: RevenueSettings,
) -> list[Compared]:
    """Lines that no element was made of."""
    del settings
    keys = [(kind, netsuite_id, line) for netsuite_id, line in found]
    ours = await _ours(session, keys)
    made = list[Compared]()
    for key in keys:
        if key not in ours.lines:
            continue
        line, head = ours.lines[key], ours.heads[key]
        outcome = compare(line, None)
        row = RevenueArmRow(
            key=f"line:{kind}:{key[1]}:{key[2]}",
            reading_id=reading_id,
            subsidiary_id=head["subsidiary_id"],
            obligation_id=head["id"],
            source_kind=kind,
            source_netsuite_id=key[1],
            line=key[2],
            label=line.label,
            **_told(outcome, line.amount),
        )
        made.append((row, _periods(outcome)))
    return made


def _key(one: ErpRevenueElement) -> Key:
    return one.source_kind, one.source_netsuite_id, one.line


async def _found_by_number(
    session: Session, page: Sequence[ErpRevenueElement]
) -> Sequence[ErpRevenueElement]:
    """Elements whose line the ERP does not tell, by number and item, where that is one line."""
    unknown = {_number(one) for one in page if not one.source_netsuite_id} - {""}
    if not unknown:
        return page
    places: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for row in await revenue_arm_lines.lines_by_number(session, unknown):
        key = (row["kind"], row["number"], row["item_netsuite_id"])
        places.setdefault(key, []).append((row["netsuite_id"], row["line"]))
    made = list[ErpRevenueElement]()
    for one in page:
        found = places.get((one.source_kind, _number(one), one.item_netsuite_id), [])
        if not one.source_netsuite_id and len(found) == 1:
            one = replace(one, source_netsuite_id=found[0][0], line=found[0][1])
        made.append(one)
    return made


def _number(one: ErpRevenueElement) -> str:
    """The document number in a display text ("Invoice #INV-7")."""
    return one.source.partition("#")[2].strip()


def _element(one: ErpRevenueElement, base: str, settings: RevenueSettings) -> Element:
    return Element(
        number=one.number or one.netsuite_id,
        source=one.source,
        arrangement=one.arrangement_netsuite_id,
        amount=one.amount,
        rate=_rate(one, base),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        method=settings.rules.get(one.rule_netsuite_id),
        plans=one.plans,
        held=one.held,
        cells=tuple(_cell(line) for line in one.lines),
    )


def _rate(one: ErpRevenueElement, base: str) -> Fraction | None:
    if not one.exchange_rate or not base:
        return None
    shift = Fraction(10 ** exponent(base), 10 ** exponent(one.amount.currency))
    return Fraction(one.exchange_rate) * shift


def _cell(line: ErpPlanLine) -> PlannedThere:
    posted = line.amount if line.posted else Money.zero(line.amount.currency)
    return PlannedThere(line.starts_on, line.period, line.amount, posted)


def _told(outcome: Comparison, amount: Money) -> dict[str, Any]:
    return {
        "state": outcome.state.value,
        "currency": outcome.currency,
        "document_currency": amount.currency,
        "amount_minor": amount.minor,
        "findings": [{"cause": f.cause.value, "told": f.told} for f in outcome.findings],
    }


def _periods(outcome: Comparison) -> list[RevenueArmPeriodRow]:
    return [
        RevenueArmPeriodRow(
            starts_on=side.starts_on,
            period=side.period,
            ours_minor=side.ours.minor,
            planned_minor=side.planned.minor,
            posted_minor=side.posted.minor,
        )
        for side in outcome.sides
    ]

"""Ours against the revenue plans that the ERP keeps, by element and period, with what is known why.

Only read: where NetSuite posts revenue, nothing is posted from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from domain.ledger.money import Money
from flows.revenue.reports.around import Books
from flows.revenue.reports.asked import Asked
from flows.revenue.reports.table import Cell, Column, Report, Row, Table, heads, summed
from store import revenue_arm
from store.engine import Session
from store.revenue_arm import RevenueArmPeriodRow, RevenueArmReadingRow, RevenueArmRow, Shown

PAGE = 100
EMPTY = (
    "No revenue plans of NetSuite were read yet. Where Advanced Revenue Management is switched on,"
    " each revenue element stands here by period: ours, planned and posted by NetSuite, and the"
    " difference."
)
OFF = (
    "This account posts revenue by journals from here, so there are no revenue plans in NetSuite"
    " to compare with."
)
STATES = {
    "equal": "Equal",
    "rounding": "Equal but for rounding",
    "differs": "Differs",
    "only_ours": "Only here",
    "only_theirs": "Only in NetSuite",
}
_NUMBERS = ("Ours", "Planned by NetSuite", "Posted by NetSuite", "Difference")


async def arm_comparison(session: Session, around: Books, asked: Asked) -> Report:
    """Each element with its sums over a span and what differs, then period by period."""
    reading = await revenue_arm.last_reading(session)
    told = f"{asked.first} to {asked.last}"
    title = "NetSuite ARM comparison"
    if reading is None or reading.outcome != revenue_arm.READ:
        empty = OFF if around.mode == "journal" else _unread(reading)
        nothing = (Table("Elements", _columns(), (), empty=empty),)
        return Report("arm", title, around.mode, told, nothing, (), empty)
    span = (asked.first, asked.last)
    found = await revenue_arm.shown(
        session, asked.subsidiary, span, start=asked.start, most=PAGE + 1
    )
    more = str(asked.start + PAGE) if len(found) > PAGE else ""
    shown = found[:PAGE]
    sides = await revenue_arm.periods_of(session, [one.row.id for one in shown], span)
    columns = _columns()
    rows = [_element(one) for one in shown]
    note = f"NetSuite as of {reading.finished_at:%Y-%m-%d %H:%M} UTC, {reading.elements} elements."
    elements = Table(
        "Elements", columns, (*rows, *summed(rows, "This page", columns)), note, EMPTY, more
    )
    tables = (elements, _periods(shown, sides))
    return Report("arm", title, around.mode, told, tables, (), EMPTY)


def _unread(reading: RevenueArmReadingRow | None) -> str:
    if reading is None:
        return EMPTY
    return f"NetSuite does not show its revenue plans: {reading.told}."


def _columns() -> tuple[Column, ...]:
    return heads("Element", "Line", "Result", "Why", numbers=_NUMBERS)


def _names(row: RevenueArmRow) -> tuple[Cell, Cell]:
    href = f"/revenue/lines/{row.obligation_id}" if row.obligation_id else ""
    return Cell(row.element or "no element"), Cell(row.label, href=href)


def _element(one: Shown) -> Row:
    row = one.row
    why = "; ".join(str(finding.get("told", "")) for finding in row.findings)
    result = Cell(STATES.get(row.state, row.state))
    return Row((*_names(row), result, Cell(why), *_amounts(row, one.ours, one.planned, one.posted)))


def _amounts(row: RevenueArmRow, ours: int, planned: int, posted: int) -> tuple[Cell, ...]:
    amounts = (ours, planned, posted, planned - ours)
    return tuple(Cell(Money(minor, row.currency)) for minor in amounts)


def _periods(shown: Sequence[Shown], sides: Sequence[RevenueArmPeriodRow]) -> Table:
    """The periods of the elements that are not equal; of the others the sums say it all."""
    by_id = {one.row.id: one.row for one in shown if one.row.state != "equal"}
    rows = [
        Row(
            (
                *_names(by_id[arm_id]),
                Cell(side.period or f"{side.starts_on}"),
                *_amounts(by_id[arm_id], side.ours_minor, side.planned_minor, side.posted_minor),
            )
        )
        for arm_id, group in groupby(sides, key=lambda one: one.arm_id)
        if arm_id in by_id
        for side in group
    ]
    columns = heads("Element", "Line", "Period", numbers=_NUMBERS)
    empty = "Every element of this page is equal in every period."
    return Table("By period, where something differs", columns, tuple(rows), empty=empty)

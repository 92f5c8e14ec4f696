"""Recognized revenue by any two of customer, account, period, revenue type, contract, invoice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.ledger.money import Money
from domain.revenue.periods import Calendar
from flows.revenue.reports.around import Books, named, question
from flows.revenue.reports.asked import BASIS, BY, SHOW, Asked
from flows.revenue.reports.opening import narrows, opens
from flows.revenue.reports.table import Cell, Column, Report, Row, Table, summed
from store import revenue_reports
from store.engine import Session
from store.revenue_reports import MOST_COLUMNS, OTHERS, Sum

ROWS = ("customer", "account", "type", "period", "contract", "invoice", "subsidiary")
OF = {"gross": ("recognized",), "contra": ("contra",), "net": ("recognized", "contra")}
_WHAT = {"gross": "recognized", "contra": "contra", "net": "revenue"}
_BY_SERVICE = {"gross": "service_recognized", "contra": "service_contra", "net": "service"}
EMPTY = (
    "No revenue is planned or posted in this time. It appears here when invoice lines with service"
    " dates are read from NetSuite."
)


@dataclass(frozen=True, slots=True)
class _Grid:
    """A pivot's amounts by row, currency and column. A row of None is all others together.

    `others` rows and `hidden` columns are told together.
    """

    asked: Asked
    calendar: Calendar
    keys: tuple[str, str]
    amounts: Mapping[tuple[str | None, str], Mapping[str, int]]
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    others: int
    hidden: int


async def recognized(session: Session, around: Books, asked: Asked) -> Report:
    """Revenue and contra revenue of a span of periods, by two keys; each figure opens its lines."""
    by = asked.by if asked.by in ROWS else "customer"
    across = asked.across if asked.across in ROWS else "period"
    if across == by:
        across = "type" if by == "period" else "period"
    asked = replace(asked, by=by, across=across)
    found, warnings = await sums(session, around, asked)
    table = _table(await _grid(session, around, asked, found))
    told = f"{BASIS[asked.basis]}; {SHOW[asked.show].lower()}; {asked.first} to {asked.last}"
    name = "Recognized revenue"
    return Report("recognized", name, around.mode, told, (table,), (), EMPTY, warnings)


async def sums(
    session: Session, around: Books, asked: Asked
) -> tuple[Sequence[Sum], tuple[str, ...]]:
    """Revenue by the two keys asked for; a period is told by its first day."""
    calendar = around.calendar(asked)
    spans = [(one.starts_on, one.ends_on) for one in around.periods(asked)]
    asked_for, warnings = await question(session, around, asked, spans)
    found = await revenue_reports.pivot(
        session,
        asked_for,
        (asked.by, asked.across),
        (spans[0][0], spans[-1][1]),
        OF[asked.show],
        by_service=asked.basis == "service",
    )
    return [
        replace(
            one,
            row=_key(calendar, asked.by, one.row),
            column=_key(calendar, asked.across, one.column) or "",
        )
        for one in found
        if one.minor
    ], warnings


def _key(calendar: Calendar, by: str, key: str | None) -> str | None:
    if by != "period" or not key:
        return key
    return calendar.of(date.fromisoformat(key)).starts_on.isoformat()


async def _grid(session: Session, around: Books, asked: Asked, found: Sequence[Sum]) -> _Grid:
    amounts: dict[tuple[str | None, str], dict[str, int]] = {}
    for one in found:
        cells = amounts.setdefault((one.row, one.currency), {})
        cells[one.column] = cells.get(one.column, 0) + one.minor
    calendar = around.calendar(asked)
    rows = {one.row for one in found if one.row is not None}
    columns = {one.column for one in found} - {OTHERS}
    return _Grid(
        asked,
        calendar,
        (asked.by, asked.across),
        amounts,
        await titles(session, around, calendar, asked.by, rows),
        await titles(session, around, calendar, asked.across, columns),
        max((one.rows for one in found if one.row is None), default=0),
        max((one.columns for one in found if one.column == OTHERS), default=0),
    )


async def titles(
    session: Session, around: Books, calendar: Calendar, by: str, keys: set[str]
) -> dict[str, str]:
    """What rows or columns are called, in the order to show them."""
    if by == "period":
        return {key: calendar.of(date.fromisoformat(key)).name for key in sorted(keys)}
    known = await named(session, around, by, keys)
    return dict(sorted(known.items(), key=lambda item: (item[1].lower(), item[0])))


def _table(grid: _Grid) -> Table:
    shown = list(grid.columns)[:MOST_COLUMNS]
    rest = [*list(grid.columns)[MOST_COLUMNS:], *([OTHERS] if grid.hidden else [])]
    columns = [Column(grid.keys[0], BY[grid.keys[0]])]
    columns += [Column(key, grid.columns[key], number=True) for key in shown]
    if rest:
        columns.append(
            Column("others", f"{len(rest) + max(0, grid.hidden - 1)} others", number=True)
        )
    columns.append(Column("total", "Total", number=True))
    places = [*grid.rows, None] if grid.others else [*grid.rows]
    rows = [
        _row(grid, (key, currency), shown, rest)
        for key in places
        for currency in sorted({c for row, c in grid.amounts if row == key})
    ]
    totals = summed(rows, "Total", columns)
    title = f"{BY[grid.keys[0]]} by {BY[grid.keys[1]].lower()}"
    return Table(title, tuple(columns), (*rows, *totals), empty=EMPTY)


def _row(
    grid: _Grid, place: tuple[str | None, str], shown: Sequence[str], rest: Sequence[str]
) -> Row:
    key, currency = place
    amounts = grid.amounts[place]
    by, across = grid.keys
    what = (_BY_SERVICE if grid.asked.basis == "service" else _WHAT)[grid.asked.show]

    def figure(minor: int, *keys: tuple[str, str]) -> Cell:
        if key is None or not narrows(key, *(one for _, one in keys)):
            return Cell(Money(minor, currency))
        narrowed = [(by, key), *keys]
        if grid.asked.money == "transaction":
            narrowed.append(("currency", currency))
        return Cell(Money(minor, currency), opens(grid.asked, grid.calendar, what, *narrowed))

    cells = [
        Cell(f"Others ({grid.others})" if key is None else grid.rows[key], href=_page(by, key))
    ]
    cells += [figure(amounts[one], (across, one)) if one in amounts else Cell() for one in shown]
    if rest:
        cells.append(Cell(Money(sum(amounts.get(one, 0) for one in rest), currency)))
    cells.append(figure(sum(amounts.values())))
    return Row(tuple(cells))


def _page(by: str, key: str | None) -> str:
    return f"/customers/{key}" if by == "customer" and key and key != "0" else ""

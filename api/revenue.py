"""Revenue by API: every report, the lines behind a figure, a line explained."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request

from api import shapes
from api.auth import READING
from api.deps import ApiDeps, Deps
from api.errors import NotFound, Unprocessable
from domain.ledger.money import Money
from flows.revenue.reports.around import read_books
from flows.revenue.reports.asked import read_asked
from flows.revenue.reports.catalogue import LINES, REPORTS, Made
from flows.revenue.reports.one_line import line_report
from flows.revenue.reports.table import Cell, Report, Table

router = APIRouter(prefix="/api/v1")
Shape = dict[str, Any]


@router.get("/revenue/reports", dependencies=READING)
async def reports() -> Shape:
    """The reports there are, and which parameters each listens to."""
    items = [
        {"key": key, "title": one.title, "about": one.about, "fields": one.fields, "by": one.by}
        for key, one in REPORTS.items()
    ]
    return {"items": items, "next": None}


@router.get("/revenue/reports/{key}", dependencies=READING)
async def report(request: Request, deps: Deps, key: str) -> Shape:
    """A report; the parameters are those of its page: by, across, from, to, as_of, money ..."""
    made = REPORTS.get(key)
    if made is None:
        raise NotFound
    return await _told(request, deps, made)


@router.get("/revenue/lines", dependencies=READING)
async def lines(request: Request, deps: Deps) -> Shape:
    """The rows that a figure adds up: ask with the `opens` of the figure."""
    return await _told(request, deps, LINES)


@router.get("/revenue/lines/{line_id}", dependencies=READING)
async def line(deps: Deps, line_id: int) -> Shape:
    """One line with its terms, plan, postings and events."""
    async with deps.db.read() as session:
        around = await read_books(session, deps.desk.revenue, deps.clock().date())
        found = await line_report(session, around, line_id) if 0 < line_id < 2**62 else None
    if found is None:
        raise NotFound
    return _report(found)


async def _told(request: Request, deps: ApiDeps, made: Made) -> Shape:
    today = deps.clock().date()
    asked = read_asked(request.query_params, deps.desk.revenue, today)
    if asked.problems:
        raise Unprocessable("; ".join(f"{name} {why}" for name, why in asked.problems.items()))
    async with deps.db.read() as session:
        around = await read_books(session, deps.desk.revenue, today)
        found = await made.build(session, around, asked)
    return {"asked": asked.query(), **_report(found)}


def _report(found: Report) -> Shape:
    return {
        "report": found.key,
        "title": found.title,
        "mode": found.mode,
        "told": found.told,
        "notes": list(found.notes),
        "warnings": list(found.warnings),
        "tables": [_table(one) for one in found.tables],
    }


def _table(table: Table) -> Shape:
    keys = [column.key for column in table.columns]
    return {
        "title": table.title,
        "note": table.note,
        "columns": [{"key": one.key, "title": one.title} for one in table.columns],
        "rows": [
            {
                "total": row.total,
                **{key: _cell(cell) for key, cell in zip(keys, row.cells, strict=True)},
            }
            for row in table.rows
        ],
        "next": table.next or None,
    }


def _cell(cell: Cell) -> Any:
    value = cell.value
    if isinstance(value, Money):
        told = shapes.money(value)
        return {**told, "opens": dict(cell.opens)} if cell.opens else told
    return value.isoformat() if isinstance(value, date) else value

"""Revenue by API: every report, the lines behind a figure, a line explained, the close."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api import shapes
from api.auth import READING, Caller, Reviewer
from api.deps import ApiDeps, Deps
from api.errors import KeyInsufficient, NotFound, Unprocessable
from domain.ledger.money import Money
from effects.actor import Role
from flows.revenue import close
from flows.revenue.checklist import Checklist
from flows.revenue.close import Locked, Refused
from flows.revenue.reports.around import read_books
from flows.revenue.reports.asked import read_asked
from flows.revenue.reports.catalogue import LINES, REPORTS, Made
from flows.revenue.reports.one_line import line_report
from flows.revenue.reports.table import Cell, Report, Table
from store import revenue_periods
from store.engine import Session
from store.parties import SubsidiaryRow

router = APIRouter(prefix="/api/v1")
Shape = dict[str, Any]
Day = Annotated[str, Query(max_length=10)]


class PeriodOf(BaseModel):
    """A period by the subsidiary's id here and any of its days."""

    model_config = ConfigDict(extra="forbid", strict=True)
    subsidiary: int = Field(ge=1, le=2**62)
    on: str = Field(max_length=10, examples=["2026-03-31"])


class Reopening(PeriodOf):
    """A closed period, and why it takes postings again."""

    reason: str = Field(min_length=1, max_length=1000)


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


@router.get("/revenue/close", dependencies=READING)
async def standing(deps: Deps, subsidiary: int, on: Day = "") -> Shape:
    """The checklist of a period; without a day, of the next one to be locked."""
    async with deps.db.read() as session:
        row = await _seller(session, subsidiary)
        day = _day(on) if on else None
        found = await close.standing(session, row, deps.desk, deps.clock(), day)
    return _checklist(found)


@router.post("/revenue/close")
async def close_period(deps: Deps, caller: Reviewer, wanted: PeriodOf) -> Shape:
    """Post a period, propose its journals and lock it, as far as it goes. For controllers."""
    _controller(caller)
    async with deps.db.begin() as session:
        row = await _seller(session, wanted.subsidiary)
        found = await close.close(
            session, row, _day(wanted.on), deps.desk, caller.person, deps.clock()
        )
    if isinstance(found, Refused):
        raise Unprocessable(found.why)
    if isinstance(found, Locked):
        return {"locked": True, "period": found.period, "sha256": found.sha256}
    return {"locked": False, "done": found.done, **_checklist(found.checklist)}


@router.post("/revenue/reopen")
async def reopen(deps: Deps, caller: Reviewer, wanted: Reopening) -> Shape:
    """Let a locked period take postings again. For controllers."""
    _controller(caller)
    async with deps.db.begin() as session:
        row = await _seller(session, wanted.subsidiary)
        found = await close.reopen(
            session, row, _day(wanted.on), wanted.reason, deps.desk, caller.person, deps.clock()
        )
    if isinstance(found, Refused):
        raise Unprocessable(found.why)
    return {"period": found.name, "state": found.state}


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


def _checklist(found: Checklist) -> Shape:
    row = found.row
    return {
        "period": found.period.name,
        "starts_on": found.period.starts_on.isoformat(),
        "ends_on": found.period.ends_on.isoformat(),
        "subsidiary": found.subsidiary.id,
        "mode": found.mode.value,
        "state": row.state if row is not None else "open",
        "ready": found.ready,
        "points": [
            {"check": one.check.value, "state": one.state.value, "owner": one.owner,
             "text": one.told, "open": list(one.open)}
            for one in found.points
        ],
    }  # fmt: skip


def _controller(caller: Caller) -> None:
    if caller.role is not Role.CONTROLLER:
        raise KeyInsufficient("A controller closes and reopens periods.")


async def _seller(session: Session, subsidiary_id: int) -> SubsidiaryRow:
    known = 0 < subsidiary_id < 2**62
    row = await revenue_periods.subsidiary(session, subsidiary_id) if known else None
    if row is None:
        raise NotFound
    return row


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise Unprocessable("A day looks like 2026-03-31.") from None
    if not 1990 <= day.year <= 2200:
        raise Unprocessable("This day is too far away.")
    return day

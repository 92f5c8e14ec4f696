"""Month-end, the first import and the connection by API."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api import shapes
from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import NotFound
from domain.ledger.money import Money
from domain.ledger.reconciliation import Line, Span
from flows.closing import import_report, month_end
from flows.closing.import_report import gap_words
from flows.closing.month_end import MonthEnd
from flows.closing.reconciliation import Reading, wanted
from flows.closing.sheet import blocker_words, result
from store import slots
from store.passes import checks, latest_passes

router = APIRouter(prefix="/api/v1")
Shape = dict[str, Any]


@router.get("/periods", dependencies=READING)
async def periods(deps: Deps) -> Shape:
    """Posting periods that have begun, the latest first."""
    async with deps.db.read() as session:
        rows = await month_end.choices(session, deps.clock().date())
    items = [
        {
            "id": row.netsuite_id,
            "name": row.name,
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat(),
            "closed": row.closed,
        }
        for row in rows
    ]
    return {"items": items, "next": None}


@router.get("/periods/{period}/reconciliation", dependencies=READING)
async def reconciliation(deps: Deps, period: str) -> Shape:
    """A period's figures as they were last read, and the verdict as it stands now."""
    async with deps.db.read() as session:
        row = await month_end.chosen(session, period[:40], deps.clock().date())
        if row is None:
            raise NotFound
        told = await month_end.month_end(session, Span(row.starts_on, row.ends_on), row.name)
    return _told(told)


@router.post("/periods/{period}/reconciliation", status_code=202)
async def read(deps: Deps, caller: Reviewer, period: str) -> Shape:
    """Ask the ERP for the figures of a period; they are there a moment later."""
    del caller
    async with deps.db.begin() as session:
        row = await month_end.chosen(session, period[:40], deps.clock().date())
        if row is None:
            raise NotFound
        return {"asked": await wanted(session, Span(row.starts_on, row.ends_on))}


@router.get("/import-report", dependencies=READING)
async def first_import(deps: Deps) -> Shape:
    """The report of the latest first import."""
    async with deps.db.read() as session:
        report = await import_report.latest(session)
    if report is None:
        raise NotFound
    left_out = len(report.left_out)
    return {
        "finished_at": report.finished_at.isoformat(),
        "history_since": report.history_since.isoformat(),
        "counts": dict(report.counts),
        "without_contact": report.without_contact,
        "left_out": list(report.left_out),
        "ties": report.ties,
        "open": [_line(line) | {"why": gap_words(line, left_out)} for line in report.opens],
        "control": [_line(line) | {"why": gap_words(line, left_out)} for line in report.controls],
        "unapplied": [_money(amount) for amount in report.unapplied],
    }


@router.get("/connection", dependencies=READING)
async def connection(deps: Deps) -> Shape:
    """How the ERP was last reached, the passes made, and what the role was found to be allowed."""
    async with deps.db.read() as session:
        seen = {one.name: one for one in await slots.connections(session)}
        passes, found = await latest_passes(session), await checks(session)
    erp = seen.get("netsuite")
    return {
        "ok": erp.ok if erp else None,
        "detail": erp.detail if erp else "",
        "checked_at": erp.checked_at.isoformat() if erp else None,
        "ok_at": erp.ok_at.isoformat() if erp and erp.ok_at else None,
        "passes": {
            kind: {"ended_at": row.ended_at.isoformat(), "rows": row.rows, "counts": row.counts}
            for kind, row in passes.items()
        },
        "checks": [
            {"name": one.name, "ok": one.ok, "detail": one.detail, "fix": one.fix} for one in found
        ],
    }


def _told(told: MonthEnd) -> Shape:
    reading = told.reading
    return {
        "period": told.name,
        "first": told.span.first.isoformat(),
        "last": told.span.last.isoformat(),
        "ready": told.verdict.ready,
        "blockers": [
            {"code": one.block.value, "count": one.count, "text": blocker_words(one)}
            for one in told.verdict.blockers
        ],
        "hidden_findings": told.verdict.hidden,
        **_figures(reading),
    }


def _figures(reading: Reading | None) -> Shape:
    if reading is None:
        return {"read_at": None, "lines": []}
    return {
        "read_at": reading.read_at.isoformat(),
        "lines": [_line(line) for line in reading.lines],
    }


def _line(line: Line) -> Shape:
    return {
        "figure": line.figure.value,
        "subsidiary": line.place.subsidiary,
        "currency": line.place.currency,
        "ours": _money(line.ours),
        "theirs": _money(line.theirs),
        "difference": _money(line.difference),
        "unexplained": _money(line.unexplained),
        "result": result(line),
        "findings": [
            {"id": reason.finding_id, "amount": _money(reason.amount)} for reason in line.reasons
        ],
    }


def _money(amount: Money | None) -> Shape | None:
    return None if amount is None else shapes.money(amount)

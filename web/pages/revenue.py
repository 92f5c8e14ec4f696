"""Revenue: the reports, the lines behind each figure, each line explained; as pages and files."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from flows.revenue.reports import gl
from flows.revenue.reports.around import read_books
from flows.revenue.reports.asked import BASIS, BY, MONEY, SHOW, Asked, read_asked
from flows.revenue.reports.catalogue import LINES, REPORTS, Made
from flows.revenue.reports.lines import STATES
from flows.revenue.reports.one_line import line_report
from flows.revenue.reports.overview import overview
from flows.revenue.reports.sheet import as_csv, as_workbook
from flows.revenue.reports.table import Cell, Report
from flows.revenue.whole import whole
from web import revenue_print
from web.deps import WebDeps
from web.rendering import frame, page
from web.revenue_words import MODES, narrowings
from web.visitor import Decider, Deps, Reader

router = APIRouter()
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/revenue")
async def revenue_page(request: Request, deps: Deps, visitor: Reader) -> Response:
    """Where the books stand, and every report."""
    now = deps.clock()
    async with deps.db.read() as session:
        around = await read_books(session, deps.desk.revenue, now.date())
        told = await overview(session, around)
        shown = await frame(session, now)
    values = {"told": told, "reports": REPORTS, "mode": MODES[around.mode], "cell": _cell}
    return page(request, "revenue/overview.html", visitor, shown, values)


@router.get("/revenue/reports/{key}.csv")
async def csv(request: Request, deps: Deps, visitor: Reader, key: str) -> Response:
    """A report as CSV."""
    del visitor
    report = await _whole(request, deps, key)
    return _file(as_csv(report).encode("utf-8-sig"), "text/csv; charset=utf-8", report, "csv")


@router.get("/revenue/reports/{key}.xlsx")
async def workbook(request: Request, deps: Deps, visitor: Reader, key: str) -> Response:
    """A report as a workbook."""
    del visitor
    report = await _whole(request, deps, key)
    return _file(as_workbook(report), _XLSX, report, "xlsx")


@router.get("/revenue/reports/{key}/print")
async def printed(request: Request, deps: Deps, visitor: Reader, key: str) -> Response:
    """A report as it is printed: whole, with what was asked and what is locked of it."""
    made, asked = _asked(request, deps, key)
    now = deps.clock()
    async with deps.db.read() as session:
        around = await read_books(session, deps.desk.revenue, now.date())
        report = await whole(session, made, around, asked)
        chips = await narrowings(session, around, asked)
        facts = await revenue_print.facts(session, around, asked, made, chips)
        shown = await frame(session, now)
    values = {
        "report": report,
        "facts": facts,
        "made_at": revenue_print.made_at(now, visitor.name),
        "back": f"/revenue/reports/{key}?{urlencode(asked.query())}",
        "cell": _cell,
        "reports": REPORTS,
    }
    return page(request, "revenue/print.html", visitor, shown, values)


@router.get("/revenue/reports/{key}")
async def report_page(request: Request, deps: Deps, visitor: Reader, key: str) -> Response:
    """A report with its filters; every figure opens its lines."""
    made, report, asked = await _made(request, deps, key)
    async with deps.db.read() as session:
        shown = await frame(session, deps.clock())
        around = await read_books(session, deps.desk.revenue, deps.clock().date())
        chips = await narrowings(session, around, asked)
    values = {
        "key": key,
        "made": made,
        "report": report,
        "asked": asked,
        "chips": chips,
        "sellers": list(around.sellers.values()),
        "group": around.group(asked),
        "choices": {"BY": BY, "BASIS": BASIS, "SHOW": SHOW, "MONEY": MONEY, "STATES": STATES},
        "mode": MODES[report.mode],
        "cell": _cell,
        "link": lambda **changes: f"{request.url.path}?{urlencode(asked.query(**changes))}",
        "files": urlencode(asked.query()),
        "reports": REPORTS,
    }
    return page(request, "revenue/report.html", visitor, shown, values)


@router.get("/revenue/lines/{line_id}")
async def line_page(request: Request, deps: Deps, visitor: Reader, line_id: int) -> Response:
    """One line explained."""
    now = deps.clock()
    async with deps.db.read() as session:
        around = await read_books(session, deps.desk.revenue, now.date())
        report = await line_report(session, around, line_id)
        if report is None:
            raise HTTPException(404)
        shown = await frame(session, now)
    values = {"report": report, "mode": MODES[report.mode], "cell": _cell, "reports": REPORTS}
    return page(request, "revenue/line.html", visitor, shown, values)


@router.post("/revenue/tie-out/read")
async def read_gl(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Ask NetSuite for the balances of a period, by the worker."""
    del visitor
    form = await request.form()
    raw = {name: str(form.get(name, "")) for name in ("as_of", "subsidiary")}
    now = deps.clock()
    asked = read_asked(raw, deps.desk.revenue, now.date())
    async with deps.db.begin() as session:
        around = await read_books(session, deps.desk.revenue, now.date())
        period = around.calendar(asked).of(asked.as_of)
        await gl.wanted(session, (period.starts_on, period.ends_on))
    query = urlencode({**asked.query(), "notice": "reading"})
    return RedirectResponse(f"/revenue/reports/tie-out?{query}", 303)


async def _made(request: Request, deps: WebDeps, key: str) -> tuple[Made, Report, Asked]:
    """The report that an address asks for, a page of it where it is long."""
    made, asked = _asked(request, deps, key)
    async with deps.db.read() as session:
        around = await read_books(session, deps.desk.revenue, deps.clock().date())
        report = await made.build(session, around, asked)
    return made, report, asked


async def _whole(request: Request, deps: WebDeps, key: str) -> Report:
    made, asked = _asked(request, deps, key)
    async with deps.db.read() as session:
        around = await read_books(session, deps.desk.revenue, deps.clock().date())
        return await whole(session, made, around, asked)


def _asked(request: Request, deps: WebDeps, key: str) -> tuple[Made, Asked]:
    made = LINES if key == "lines" else REPORTS.get(key)
    if made is None:
        raise HTTPException(404)
    return made, read_asked(request.query_params, deps.desk.revenue, deps.clock().date())


def _cell(cell: Cell) -> str:
    """Where a cell leads, or ""."""
    if cell.href:
        return cell.href
    return lines_of(cell.opens) if cell.opens else ""


def lines_of(opens: Mapping[str, str]) -> str:
    """The page that lists what a figure adds up."""
    if opens.get("what") == "lines":
        return f"/revenue/reports/lines-waterfall?{urlencode(dict(opens))}"
    return f"/revenue/reports/lines?{urlencode(dict(opens))}"


def _file(content: bytes, media_type: str, report: Report, ending: str) -> Response:
    name = f"revenue-{report.key}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)

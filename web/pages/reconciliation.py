"""Month-end: ours against NetSuite for a period, and whether it is ready to close."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from domain.ledger.reconciliation import Span
from flows.closing import month_end
from flows.closing.month_end import MonthEnd
from flows.closing.reconciliation import Reading, wanted
from flows.closing.sheet import FIGURES, as_csv, blocker_words, groups, result
from store.engine import Session
from store.erp_mirror import PostingPeriodRow
from web.rendering import frame, page
from web.visitor import Decider, Deps, Reader

router = APIRouter()
# Where a person does something about each reason.
PLACES = {
    "difference": "#differences",
    "control_gap": "/sync/drift?kind=control_total_gap",
    "findings": "/sync/drift",
    "unmatched": "/payments",
    "postings": "/review",
    "unclear": "/review",
    "drafts": "/sync/invoices",
}


@router.get("/sync/reconciliation")
async def reconciliation_page(
    request: Request, deps: Deps, visitor: Reader, period: str = ""
) -> Response:
    """A period's figures as they were last read, and the verdict as it stands now."""
    now = deps.clock()
    async with deps.db.read() as session:
        rows = await month_end.choices(session, now.date())
        row = await month_end.chosen(session, period[:40], now.date())
        if period and row is None:
            raise HTTPException(404)
        told = await _told(session, row) if row else None
        around = await frame(session, now)
    values = {
        "periods": rows,
        "row": row,
        "told": told,
        "groups": groups(told.reading.lines, told.names) if told and told.reading else [],
        "figures": FIGURES,
        "result": result,
        "blocker_words": blocker_words,
        "places": PLACES,
    }
    return page(request, "sync/reconciliation.html", visitor, around, values)


@router.post("/sync/reconciliation/read")
async def read(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Ask NetSuite for the figures of a period, by the worker."""
    del visitor
    form = await request.form()
    period = str(form.get("period", ""))[:40]
    async with deps.db.begin() as session:
        row = await month_end.chosen(session, period, deps.clock().date()) if period else None
        if row is None:
            raise HTTPException(404)
        await wanted(session, Span(row.starts_on, row.ends_on))
    return RedirectResponse(f"/sync/reconciliation?period={row.netsuite_id}&notice=reading", 303)


@router.get("/sync/reconciliation/{period}.csv")
async def csv(deps: Deps, visitor: Reader, period: str) -> Response:
    """The figures as CSV."""
    del visitor
    told, reading = await _read(deps, period)
    content = as_csv(reading, told.names).encode("utf-8-sig")
    return _file(content, "text/csv; charset=utf-8", told.span, "csv")


@router.get("/sync/reconciliation/{period}.pdf")
async def pdf(deps: Deps, visitor: Reader, period: str) -> Response:
    """The figures and the verdict as a printed page."""
    from flows.closing.pdf import as_pdf

    del visitor
    told, reading = await _read(deps, period)
    made = as_pdf(reading, told.verdict, told.names, deps.company, deps.clock())
    return _file(made, "application/pdf", told.span, "pdf")


async def _read(deps: Deps, period: str) -> tuple[MonthEnd, Reading]:
    async with deps.db.read() as session:
        row = await month_end.chosen(session, period[:40], deps.clock().date())
        told = await _told(session, row) if row is not None else None
    if told is None or told.reading is None:
        raise HTTPException(404)
    return told, told.reading


async def _told(session: Session, row: PostingPeriodRow) -> MonthEnd:
    return await month_end.month_end(session, Span(row.starts_on, row.ends_on), row.name)


def _file(content: bytes, media_type: str, span: Span, ending: str) -> Response:
    name = f"reconciliation-{span.first}-{span.last}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)

"""What was imported from the ERP, and whether collections are on, customer by customer."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from effects.answers import Refusal
from flows.collections import MOST, switch
from store.imported import (
    READINESS,
    SWITCHES,
    ImportFilter,
    anything_imported,
    fitting_ids,
    import_counts,
    imported_customers,
)
from store.imported_documents import BALANCES, KINDS, DocumentFilter, imported_documents
from store.overdue import currencies
from web.chips import View
from web.deps import WebDeps
from web.pages.review import reason_in
from web.rendering import frame, page
from web.visitor import Decider, Deps, Reader, Visitor

router = APIRouter()
_PAGE = 50


@router.get("/sync/import")
async def import_page(
    request: Request,
    visitor: Reader,
    text: str = "",
    state: str = "",
    collections: str = "",
    currency: str = "",
    everybody: str = "",
    start: int = 0,
) -> Response:
    """Imported customers: what they owe, what is missing, whether collections are on."""
    wanted = _filter(text, state, collections, currency, everybody)
    return await _import(request, visitor, wanted, max(0, min(start, 1_000_000)), "")


@router.post("/sync/import/collections")
async def collections(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Switch collections on or off: for the ticked customers, or for all that fit the filters."""
    form = await request.form()
    names = ("text", "state", "collections", "currency", "everybody")
    wanted = _filter(*(str(form.get(name, "")) for name in names))
    ids = [int(n) for n in map(str, form.getlist("id")) if n.isascii() and n.isdigit()]
    on = {"on": True, "off": False}.get(str(form.get("switch", "")).removesuffix("_all"))
    if on is None:
        raise HTTPException(404)
    whole = str(form.get("switch", "")).endswith("_all")
    async with deps.db.begin() as session:
        if whole:
            ids = await fitting_ids(session, wanted, limit=MOST + 1)
        answer = await switch(
            session,
            ids[: MOST + 1],
            on=on,
            by=visitor.person,
            reason=reason_in(str(form.get("reason", ""))),
            now=deps.clock(),
        )
    if isinstance(answer, Refusal):
        return await _import(request, visitor, wanted, 0, answer.message)
    if not ids:
        return await _import(request, visitor, wanted, 0, "Tick the customers first.")
    notice = f"collections_{'on' if on else 'off'}"
    view = _view(wanted)
    return RedirectResponse(view(notice=notice, switched=len(answer.customer_ids)), 303)


async def _import(
    request: Request, visitor: Visitor, wanted: ImportFilter, first: int, problem: str
) -> Response:
    deps: WebDeps = request.app.state.deps
    switched = request.query_params.get("switched", "")
    async with deps.db.read() as session:
        rows = await imported_customers(session, wanted, limit=_PAGE + 1, offset=first)
        values = {
            "rows": rows[:_PAGE],
            "more": len(rows) > _PAGE,
            "start": first,
            "page_size": _PAGE,
            "wanted": wanted,
            "counts": await import_counts(session, wanted),
            "currencies": await currencies(session),
            "begun": bool(rows) or await anything_imported(session),
            "link": _view(wanted),
            "problem": problem,
            "switched": int(switched) if switched.isascii() and switched.isdigit() else None,
        }
        around = await frame(session, deps.clock())
    return page(
        request, "sync/import.html", visitor, around, values, status=409 if problem else 200
    )


def _filter(text: str, state: str, collections: str, currency: str, everybody: str) -> ImportFilter:
    return ImportFilter(
        text[:100],
        state if state in READINESS else "",
        collections if collections in SWITCHES else "",
        currency[:3],
        owing=everybody != "yes",
    )


def _view(wanted: ImportFilter) -> View:
    filters = {
        "text": wanted.text,
        "state": wanted.state,
        "collections": wanted.collections,
        "currency": wanted.currency,
        "everybody": "" if wanted.owing else "yes",
    }
    return View("/sync/import", filters)


@router.get("/sync/import/documents")
async def documents_page(
    request: Request,
    deps: Deps,
    visitor: Reader,
    kind: str = "invoice",
    text: str = "",
    balance: str = "",
    before: int = 0,
) -> Response:
    """Imported documents of one kind, with what is applied to or from each."""
    wanted = DocumentFilter(
        kind if kind in KINDS else "invoice", text[:100], balance if balance in BALANCES else ""
    )
    async with deps.db.read() as session:
        rows = await imported_documents(session, wanted, before=max(0, before), limit=_PAGE + 1)
        values = {
            "rows": rows[:_PAGE],
            "older": rows[_PAGE - 1].id if len(rows) > _PAGE else 0,
            "wanted": wanted,
            "begun": bool(rows) or await anything_imported(session),
            "link": View(
                "/sync/import/documents",
                {"kind": wanted.kind, "text": wanted.text, "balance": wanted.balance},
            ),
        }
        around = await frame(session, deps.clock())
    return page(request, "sync/documents.html", visitor, around, values)

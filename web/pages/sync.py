"""What was imported from the ERP, and whether collections are on, customer by customer."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from store.imported import (
    READINESS,
    SWITCHES,
    ImportFilter,
    anything_imported,
    import_counts,
    imported_customers,
)
from store.imported_documents import BALANCES, KINDS, DocumentFilter, imported_documents
from store.overdue import currencies
from web.chips import View
from web.rendering import frame, page
from web.visitor import READING, Deps, Reader

router = APIRouter()
_PAGE = 50


@router.get("/sync", dependencies=READING)
async def home() -> Response:
    """The first of the tabs."""
    return RedirectResponse("/sync/import", 303)


@router.get("/sync/import")
async def import_page(
    request: Request,
    deps: Deps,
    visitor: Reader,
    text: str = "",
    state: str = "",
    collections: str = "",
    currency: str = "",
    everybody: str = "",
    start: int = 0,
) -> Response:
    """Imported customers: what they owe, what is missing, whether collections are on."""
    wanted = ImportFilter(
        text[:100],
        state if state in READINESS else "",
        collections if collections in SWITCHES else "",
        currency[:3],
        owing=everybody != "yes",
    )
    first = max(0, min(start, 1_000_000))
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
        }
        around = await frame(session, deps.clock())
    return page(request, "sync/import.html", visitor, around, values)


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

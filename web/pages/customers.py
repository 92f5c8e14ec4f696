"""Customers with an open balance."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from store.overdue import Filter, debts
from web.rendering import frame, page, today_of
from web.visitor import Deps, Reader

router = APIRouter()
_PAGE = 100


@router.get("/customers")
async def customers_page(
    request: Request, deps: Deps, visitor: Reader, text: str = "", start: int = 0
) -> Response:
    """One row a customer and currency."""
    now = deps.clock()
    first = max(0, min(start, 100_000))
    wanted = Filter(text=text[:100], order="name", overdue_only=False)
    async with deps.db.read() as session:
        rows = await debts(session, wanted, today_of(now), limit=_PAGE + 1, offset=first)
        around = await frame(session, now)
    values = {
        "rows": rows[:_PAGE],
        "more": len(rows) > _PAGE,
        "start": first,
        "page_size": _PAGE,
        "text": wanted.text,
    }
    return page(request, "customers.html", visitor, around, values)

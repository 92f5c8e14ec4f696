"""Search from the sidebar, as a page and as results in place."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from store.pages import customer_names
from store.search import search
from web.rendering import fragment, frame, page
from web.visitor import READING, Deps, Reader

router = APIRouter()


@router.get("/search")
async def search_page(request: Request, deps: Deps, visitor: Reader, q: str = "") -> Response:
    """The results as a page of their own."""
    async with deps.db.read() as session:
        found = await search(session, q, limit=25)
        names = await customer_names(session, _customer_ids(found.invoices, found.payments))
        around = await frame(session, deps.clock())
    values = {"found": found, "names": names, "q": q[:100], "limit": 25}
    return page(request, "search.html", visitor, around, values)


@router.get("/search/results", dependencies=READING)
async def results(deps: Deps, q: str = "") -> Response:
    """The results under the search box."""
    async with deps.db.read() as session:
        found = await search(session, q, limit=5)
        names = await customer_names(session, _customer_ids(found.invoices, found.payments))
    return fragment("parts/found.html", {"found": found, "names": names, "q": q[:100]})


def _customer_ids(*lists: object) -> set[int]:
    ids: set[int] = set()
    for rows in lists:
        if isinstance(rows, list | tuple):
            ids |= {row.customer_id for row in rows if row.customer_id}
    return ids

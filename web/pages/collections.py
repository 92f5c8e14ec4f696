"""Collections on or off, from a customer's page."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from effects.answers import Refusal
from flows.collections import switch
from store.parties import customer
from web.pages.review import reason_in
from web.visitor import Decider, Deps

router = APIRouter()


@router.post("/customers/{customer_id}/collections")
async def collections(request: Request, deps: Deps, visitor: Decider, customer_id: int) -> Response:
    """Switch collections for a customer."""
    form = await request.form()
    wanted = {"on": True, "off": False}.get(str(form.get("collections", "")))
    reason = reason_in(str(form.get("reason", "")))
    async with deps.db.begin() as session:
        if wanted is None or await customer(session, customer_id) is None:
            raise HTTPException(404)
        answer = await switch(
            session,
            [customer_id],
            on=wanted,
            by=visitor.person,
            reason=reason,
            now=deps.clock(),
        )
    if isinstance(answer, Refusal):
        raise HTTPException(403, answer.message)
    notice = "collections_on" if wanted else "collections_off"
    return RedirectResponse(f"/customers/{customer_id}?notice={notice}", 303)

"""Slack: which channel is shared with which customer, and whom Slack's people are to us."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from flows.slack.channels import NotMapped, map_channel
from security.permissions import Permission
from store import slack
from store.engine import Session
from store.pages import customers_page
from store.people import user_names
from web.rendering import frame, page
from web.visitor import Deps, Reader, Requires, Visitor

router = APIRouter()
Mapper = Annotated[Visitor, Depends(Requires(Permission.AUTOMATE))]
_NUMBERED = 20


@router.get("/settings/slack")
async def slack_page(request: Request, deps: Deps, visitor: Reader) -> Response:
    """Channels with their customers, and people with their role here."""
    return await _page(request, deps, visitor, "")


@router.post("/settings/slack/{channel_id}")
async def map_to(request: Request, deps: Deps, visitor: Mapper, channel_id: str) -> Response:
    """Say that a channel is shared with a customer; an empty field: with nobody."""
    form = await request.form()
    wanted = str(form.get("customer", "")).strip()[:200]
    async with deps.db.begin() as session:
        if await slack.channel(session, channel_id) is None:
            raise HTTPException(404)
        customer_id, problem = await _named(session, wanted)
        if not problem:
            done = await map_channel(session, channel_id, customer_id, visitor.person, deps.clock())
            problem = done.message if isinstance(done, NotMapped) else ""
    if problem:
        return await _page(request, deps, visitor, problem)
    return RedirectResponse("/settings/slack", 303)


async def _named(session: Session, wanted: str) -> tuple[int | None, str]:
    """The customer that a name or number means, and what is wrong with it. Never a guess."""
    if not wanted:
        return None, ""
    found = await customers_page(session, text=wanted, limit=_NUMBERED)
    exact = [
        row
        for row in found
        if wanted.casefold() in (row.name.casefold(), row.entity_number.casefold())
    ]
    if len(exact) == 1:
        return exact[0].id, ""
    if not found:
        return None, f"No customer is called {wanted}."
    names = ", ".join(f"{row.name} ({row.entity_number or row.id})" for row in found[:5])
    return None, f"{wanted} may be {names}. Write the whole name or the number."


async def _page(request: Request, deps: Deps, visitor: Visitor, problem: str) -> Response:
    async with deps.db.read() as session:
        values: dict[str, object] = {
            "channels": await slack.channels(session),
            "customers": await slack.customers_in_channels(session),
            "members": await slack.members(session),
            "names": await user_names(session),
            "problem": problem,
        }
        around = await frame(session, deps.clock())
    return page(request, "slack.html", visitor, around, values, status=409 if problem else 200)

"""Asking NetSuite for its own revenue plans, by hand."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from flows.revenue import arm
from flows.revenue.reports.asked import read_asked
from web.visitor import Decider, Deps

router = APIRouter()


@router.post("/revenue/arm/read")
async def read_plans(request: Request, deps: Deps, visitor: Decider) -> Response:
    """Read NetSuite's plans again, by the worker; nothing where revenue is posted from here."""
    del visitor
    form = await request.form()
    raw = {name: str(form.get(name, "")) for name in ("from", "to", "subsidiary")}
    asked = read_asked(raw, deps.desk.revenue, deps.clock().date())
    async with deps.db.begin() as session:
        await arm.wanted(session, deps.desk.revenue)
    query = urlencode({**asked.query(), "notice": "reading"})
    return RedirectResponse(f"/revenue/reports/arm?{query}", 303)

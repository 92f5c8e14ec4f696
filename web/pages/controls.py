"""Controls: the stop switch, and the sandbox's clock."""

from __future__ import annotations

import httpx
from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from effects import switching
from effects.answers import Refusal
from web.pages.review import reason_in
from web.visitor import ADVANCING, Deps, Resumer, Stopper

router = APIRouter()
_DAYS = {"1": 1, "3": 3, "7": 7}


@router.post("/settings/stop")
async def stop(request: Request, deps: Deps, visitor: Stopper) -> Response:
    """Stop everything or one channel."""
    scope, value, reason = await _what(request)
    async with deps.db.begin() as session:
        answer = await switching.stop(session, scope, value, visitor.person, deps.clock(), reason)
    return _switched(answer, "stopped")


@router.post("/settings/resume")
async def resume(request: Request, deps: Deps, visitor: Resumer) -> Response:
    """Let everything or one channel run again."""
    scope, value, reason = await _what(request)
    async with deps.db.begin() as session:
        answer = await switching.resume(session, scope, value, visitor.person, deps.clock(), reason)
    return _switched(answer, "resumed")


async def _what(request: Request) -> tuple[switching.Scope, str, str]:
    form = await request.form()
    reason = reason_in(str(form.get("reason", "")))
    match str(form.get("what", "")).split(":", 1):
        case ["global", ""]:
            return "global", "", reason
        case ["channel", "email" | "erp" | "slack" as channel]:
            return "channel", channel, reason
        case _:
            raise HTTPException(404)


def _switched(answer: switching.Switched | Refusal, notice: str) -> Response:
    if isinstance(answer, Refusal):
        raise HTTPException(403, answer.message)
    return RedirectResponse(f"/settings?notice={notice}", 303)


@router.post("/sandbox/advance", dependencies=ADVANCING)
async def advance(request: Request, deps: Deps) -> Response:
    """Move the demo's clock by some days. Only where the settings say that this is a sandbox."""
    form = await request.form()
    days = _DAYS.get(str(form.get("days", "")))
    if deps.sandbox is None or days is None:
        raise HTTPException(404)
    back = str(form.get("back", "/today"))
    back = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/today"
    headers = {"Authorization": f"Bearer {deps.sandbox.token}"} if deps.sandbox.token else {}
    try:
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            url = f"{deps.sandbox.url.rstrip('/')}/clock/advance"
            answer = await client.post(url, json={"days": days}, headers=headers)
            moved = answer.is_success
    except httpx.HTTPError:
        moved = False
    return RedirectResponse(f"{back}?notice={'advanced' if moved else 'advance_failed'}", 303)

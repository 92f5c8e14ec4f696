"""Signing in by one-time link, and out."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from store.people import end_session, link_is_open, start_session, use_link
from web.deps import WebDeps
from web.rendering import fragment
from web.visitor import Deps, Public, Reader, cookie_name, is_https

SESSION_TTL = timedelta(hours=12)
# In the sandbox a week passes at the press of a button; whoever pressed it stays signed in.
SANDBOX_SESSION_TTL = timedelta(days=3650)
router = APIRouter()
public = [Depends(Public())]


@router.get("/sign-in", dependencies=public)
async def how_to_sign_in(deps: Deps) -> Response:
    """Say how to get in."""
    return _card(deps, "", asked=False)


@router.get("/sign-in/{token}", dependencies=public)
async def sign_in_page(deps: Deps, token: str) -> Response:
    """Ask for one press of a button: a link preview that only looks does not use up the link."""
    async with deps.db.read() as session:
        open_ = await link_is_open(session, token[:200], deps.clock())
    return _card(deps, token if open_ else "", asked=True)


def _card(deps: WebDeps, token: str, *, asked: bool) -> Response:
    values = {"token": token, "asked": asked, "company": deps.company}
    return fragment("sign_in.html", values, status=410 if asked and not token else 200)


@router.post("/sign-in", dependencies=public)
async def sign_in(request: Request, deps: Deps) -> Response:
    """Use up the link and start a session."""
    form = await request.form(max_files=0, max_fields=4)
    now = deps.clock()
    async with deps.db.begin() as session:
        user = await use_link(session, str(form.get("token", ""))[:200], now)
        if user is None:
            return _card(deps, "", asked=True)
        ttl = SANDBOX_SESSION_TTL if deps.sandbox is not None else SESSION_TTL
        secret = await start_session(session, user, ttl, now)
        actor = Actor(ActorKind.PERSON, str(user.id))
        await record(session, Entry(actor, "user.signed_in", "user", str(user.id)), now)
    response = RedirectResponse("/today", 303)
    response.set_cookie(
        cookie_name(deps),
        secret,
        max_age=int(ttl.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=is_https(deps),
        path="/",
    )
    return response


@router.post("/sign-out")
async def sign_out(request: Request, deps: Deps, visitor: Reader) -> Response:
    """End this browser's session."""
    now = deps.clock()
    async with deps.db.begin() as session:
        await end_session(session, request.cookies.get(cookie_name(deps), ""), now)
        entry = Entry(visitor.person.actor, "user.signed_out", "user", str(visitor.user_id))
        await record(session, entry, now)
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(cookie_name(deps), path="/", secure=is_https(deps), httponly=True)
    return response

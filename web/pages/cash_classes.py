"""Classes of matches: how their trials stand, and which of them act alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from flows.cash.outcomes import ActRefused
from flows.cash.standing import back_to_review, go_live, standing_of_classes
from security.permissions import Permission
from store.people import user_names
from web import cash_words
from web.deps import WebDeps
from web.rendering import frame, page
from web.visitor import Decider, Deps, Reader, Requires, Visitor
from web.who import Who

router = APIRouter()
Automator = Annotated[Visitor, Depends(Requires(Permission.AUTOMATE))]


@router.get("/payments/classes")
async def classes_page(request: Request, visitor: Reader) -> Response:
    """Every class with its count."""
    return await _page(request, visitor, "")


@router.post("/payments/classes/{klass}/live")
async def live(request: Request, deps: Deps, visitor: Automator, klass: str) -> Response:
    """Let a class act alone, if its trial is over."""
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await go_live(session, deps.desk.matching, klass[:40], by, now)
    if isinstance(answer, ActRefused):
        return await _page(request, visitor, answer.reason)
    return RedirectResponse("/payments/classes?notice=class_live", 303)


@router.post("/payments/classes/{klass}/back")
async def back(request: Request, deps: Deps, visitor: Decider, klass: str) -> Response:
    """Let a class act no longer."""
    reason = str((await request.form()).get("reason", "")).strip()[:1000]
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await back_to_review(session, klass[:40], by, reason, now)
    if isinstance(answer, ActRefused):
        return await _page(request, visitor, answer.reason)
    return RedirectResponse("/payments/classes?notice=class_back", 303)


async def _page(request: Request, visitor: Visitor, problem: str) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        values = {
            "classes": await standing_of_classes(session, deps.desk.matching),
            "who": Who(await user_names(session)),
            "cash": cash_words,
            "may": visitor.may("decide"),
            "may_automate": visitor.may("automate"),
            "problem": problem,
        }
        around = await frame(session, deps.clock())
    status = 409 if problem else 200
    return page(request, "cash/classes.html", visitor, around, values, status=status)

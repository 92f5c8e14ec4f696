"""One invoice on its way into the ERP: what stands, what is wrong, and the decisions about it."""

from __future__ import annotations

from typing import assert_never

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from effects import decide
from effects.actor import Role, may_approve
from effects.answers import Refusal, RefusalCode
from flows.drafts.drafting import Closed, Invalid, Missing, Saved, drop_draft
from flows.invoicing import DuplicateCustomers, NotReady, Proposed, review_of, submit
from store.effects import EffectRow, effect
from store.engine import Session
from store.people import user_names
from web.deps import WebDeps
from web.draft_lists import lists_of
from web.pages.drafts import said
from web.pages.review import reason_in
from web.rendering import frame, page
from web.visitor import Decider, Deps, Reader, Visitor

router = APIRouter()
CHANGED = "This invoice changed since you saw it. Below is how it stands now; please look again."


@router.get("/sync/invoices/{draft_id}")
async def draft_page(request: Request, visitor: Reader, draft_id: int) -> Response:
    """The invoice with its findings, the journal it will make, and what differs from the ERP."""
    return await shown(request, visitor, draft_id)


async def shown(
    request: Request,
    visitor: Visitor,
    draft_id: int,
    *,
    problem: str = "",
    refusal: Refusal | None = None,
    alike: DuplicateCustomers | None = None,
) -> Response:
    """The page, with what stood in the way of what was just asked for."""
    deps: WebDeps = request.app.state.deps
    now = deps.clock()
    async with deps.db.read() as session:
        review = await review_of(session, draft_id, deps.desk, now)
        if review is None:
            raise HTTPException(404)
        proposal = await effect(session, review.draft.effect_id or 0)
        values = {
            "review": review,
            "proposal": proposal,
            "may_approve": _may_approve(visitor, proposal),
            "names": await user_names(session),
            "lists": await lists_of(session),
            "problem": problem,
            "refusal": refusal,
            "alike": alike,
        }
        around = await frame(session, now)
    status = 409 if problem or refusal or alike else 200
    return page(request, "sync/draft.html", visitor, around, values, status=status)


def _may_approve(visitor: Visitor, row: EffectRow | None) -> bool:
    if row is None or row.state != "proposed":
        return False
    needed = Role(row.required_role or Role.COLLECTOR)
    return visitor.may("decide") and may_approve(visitor.role, needed)


async def unchanged(session: Session, deps: WebDeps, draft_id: int, seen: str) -> bool:
    """Whether the draft still is what the person looked at. Raises 404 without a draft."""
    review = await review_of(session, draft_id, deps.desk, deps.clock())
    if review is None:
        raise HTTPException(404)
    return review.content_hash == seen


async def answered(
    request: Request,
    visitor: Visitor,
    draft_id: int,
    answer: Saved | Invalid | Missing | Closed | DuplicateCustomers,
    notice: str,
) -> Response:
    """Back to the page: with a notice when it is done, else with what stood in the way."""
    match answer:
        case Saved():
            return RedirectResponse(f"/sync/invoices/{draft_id}?notice={notice}", 303)
        case Missing():
            raise HTTPException(404)
        case Closed():
            return await shown(request, visitor, draft_id, problem=answer.reason)
        case Invalid():
            problem = " ".join(answer.problems.values())
            return await shown(request, visitor, draft_id, problem=problem)
        case DuplicateCustomers():
            return await shown(request, visitor, draft_id, alike=answer)
        case _:
            assert_never(answer)


@router.post("/sync/invoices/{draft_id}/submit")
async def submit_one(request: Request, deps: Deps, visitor: Decider, draft_id: int) -> Response:
    """Propose it as it was seen."""
    seen = str((await request.form()).get("seen", ""))
    answer: Proposed | NotReady | Missing = NotReady(reason=CHANGED)
    async with deps.db.begin() as session:
        if await unchanged(session, deps, draft_id, seen):
            answer = await submit(session, draft_id, visitor.person.actor, deps.desk, deps.clock())
    match answer:
        case Proposed():
            return RedirectResponse(f"/sync/invoices/{draft_id}?notice=submitted", 303)
        case NotReady():
            return await shown(request, visitor, draft_id, problem=said(answer)[1])
        case Missing():
            raise HTTPException(404)
        case _:
            assert_never(answer)


@router.post("/sync/invoices/{draft_id}/approve")
async def approve(request: Request, deps: Deps, visitor: Decider, draft_id: int) -> Response:
    """Approve for sync exactly the content that the page showed."""
    form = await request.form()
    number = str(form.get("effect", ""))
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise HTTPException(404)
    async with deps.db.begin() as session:
        answer = await decide.approve(
            session,
            int(number),
            str(form.get("fingerprint", "")),
            visitor.person,
            deps.policy,
            deps.clock(),
            reason_in(str(form.get("reason", ""))),
        )
    if isinstance(answer, Refusal):
        if answer.code is RefusalCode.NOT_FOUND:
            raise HTTPException(404)
        return await shown(request, visitor, draft_id, refusal=answer)
    return RedirectResponse(f"/sync/invoices/{draft_id}?notice=approved", 303)


@router.post("/sync/invoices/{draft_id}/drop")
async def drop(request: Request, deps: Deps, visitor: Decider, draft_id: int) -> Response:
    """Give it up."""
    form = await request.form()
    reason = reason_in(str(form.get("reason", "")))
    if not reason:
        return await shown(request, visitor, draft_id, problem="Please say why it is dropped.")
    async with deps.db.begin() as session:
        answer = await drop_draft(session, draft_id, reason, visitor.person.actor, deps.clock())
    return await answered(request, visitor, draft_id, answer, "draft_dropped")

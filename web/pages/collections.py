"""What a person decides about following up a customer: on or off, paused, closed, whose it is."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from effects.answers import Refusal, RefusalCode
from flows.collections import switch
from flows.conversations import assign, reopen, resolve
from flows.pauses import Target, pause, resume
from store.engine import Session
from store.parties import customer
from web import pause_form
from web.deps import WebDeps
from web.pages.review import reason_in
from web.visitor import Decider, Deps, Visitor

router = APIRouter()
_STATUS = {RefusalCode.NOT_FOUND: 404, RefusalCode.NOT_ALLOWED: 403}


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
            session, [customer_id], on=wanted, by=visitor.person, reason=reason, now=deps.clock()
        )
    return _back(customer_id, answer, "collections_on" if wanted else "collections_off")


@router.post("/customers/{customer_id}/pause")
async def pause_it(request: Request, deps: Deps, visitor: Decider, customer_id: int) -> Response:
    """Pause reminders of a customer, or of the invoice that the form names."""
    form = await request.form()
    wanted = pause_form.read(form)
    if isinstance(wanted, str):
        raise HTTPException(422, wanted)
    target = _target(form, customer_id)
    async with deps.db.begin() as session:
        answer = await pause(
            session,
            target,
            wanted.until,
            wanted.reason,
            by=visitor.person,
            now=deps.clock(),
            note=wanted.note,
        )
    return _back(customer_id, answer, "paused", target)


@router.post("/customers/{customer_id}/resume")
async def resume_it(request: Request, deps: Deps, visitor: Decider, customer_id: int) -> Response:
    """Go on with a customer, or with the invoice that the form names."""
    form = await request.form()
    target = _target(form, customer_id)
    reason = reason_in(str(form.get("reason", "")))
    async with deps.db.begin() as session:
        answer = await resume(session, target, by=visitor.person, now=deps.clock(), reason=reason)
    return _back(customer_id, answer, "collecting", target)


@router.post("/customers/{customer_id}/conversation")
async def conversation(
    request: Request, deps: Deps, visitor: Decider, customer_id: int
) -> Response:
    """Close a conversation (paid or settled), or open it again."""
    form = await request.form()
    act = {"resolved": resolve, "active": reopen}.get(str(form.get("state", "")))
    reason = reason_in(str(form.get("reason", "")))
    async with deps.db.begin() as session:
        if act is None or await customer(session, customer_id) is None:
            raise HTTPException(404)
        answer = await act(session, customer_id, by=visitor.person, reason=reason, now=deps.clock())
    return _back(customer_id, answer, "resolved" if act is resolve else "collecting")


@router.post("/customers/{customer_id}/assign")
async def assign_it(request: Request, deps: Deps, visitor: Decider, customer_id: int) -> Response:
    """Give a customer's conversation to a colleague, or to nobody."""
    form = await request.form()
    async with deps.db.begin() as session:
        answer = await assigned(session, deps, visitor, [customer_id], form)
    return _back(customer_id, answer, "assigned")


async def assigned(
    session: Session, deps: WebDeps, visitor: Visitor, ids: list[int], form: FormData
) -> tuple[int, ...] | Refusal:
    """Assign the customers that exist among `ids` to the user that a form names."""
    wanted = str(form.get("assignee", ""))
    if wanted and not wanted.isdigit():
        raise HTTPException(404)
    known = [i for i in ids if await customer(session, i) is not None]
    user_id = int(wanted[:18]) if wanted else None
    return await assign(session, known, user_id, by=visitor.person, now=deps.clock())


def _target(form: FormData, customer_id: int) -> Target:
    invoice = str(form.get("invoice", ""))
    if invoice and not invoice.isdigit():
        raise HTTPException(404)
    return Target(customer_id, int(invoice[:18]) if invoice else None)


def _back(customer_id: int, answer: object, notice: str, target: Target | None = None) -> Response:
    if isinstance(answer, Refusal):
        raise HTTPException(_STATUS.get(answer.code, 422), answer.message)
    on = target.invoice_id if target is not None else None
    where = f"&tab=invoices#invoice-{on}" if on else ""
    return RedirectResponse(f"/customers/{customer_id}?notice={notice}{where}", 303)

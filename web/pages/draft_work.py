"""Work on one invoice before it is submitted: its customer, its items, what the review found."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from flows.drafts.drafting import Closed, Invalid, Missing, Saved
from flows.invoicing import (
    DuplicateCustomers,
    acknowledge,
    choose_customer,
    choose_item,
    fix,
    new_customer,
)
from store.choices import chosen
from web.draft_lists import customer_named
from web.pages.draft import CHANGED, answered, unchanged
from web.pages.review import reason_in
from web.visitor import Decider, Deps

router = APIRouter()
Answer = Saved | Invalid | Missing | Closed | DuplicateCustomers


@router.post("/sync/invoices/{draft_id}/acknowledge")
async def accept(request: Request, deps: Deps, visitor: Decider, draft_id: int) -> Response:
    """A warning is accepted by name, for a reason, for the content that was seen."""
    form = await request.form()
    reason, (finding, subject) = reason_in(_told(form, "reason")), _finding(form)
    by, desk, now = visitor.person, deps.desk, deps.clock()
    answer: Answer = Closed(CHANGED)
    async with deps.db.begin() as session:
        if await unchanged(session, deps, draft_id, _told(form, "seen")):
            answer = await acknowledge(session, draft_id, finding, subject, reason, by, desk, now)
    return await answered(request, visitor, draft_id, answer, "acknowledged")


@router.post("/sync/invoices/{draft_id}/fix")
async def apply_fix(request: Request, deps: Deps, visitor: Decider, draft_id: int) -> Response:
    """Make the change that was shown beside a finding."""
    form = await request.form()
    finding, subject = _finding(form)
    by, now = visitor.person.actor, deps.clock()
    answer: Answer = Closed(CHANGED)
    async with deps.db.begin() as session:
        if await unchanged(session, deps, draft_id, _told(form, "seen")):
            answer = await fix(session, draft_id, finding, subject, by, deps.desk, now)
    return await answered(request, visitor, draft_id, answer, "fixed")


@router.post("/sync/invoices/{draft_id}/customer")
async def customer(request: Request, deps: Deps, visitor: Decider, draft_id: int) -> Response:
    """It is this customer: one that was offered, or one named by its whole name or number."""
    form = await request.form()
    typed = _told(form, "name").strip()
    async with deps.db.begin() as session:
        customer_id = _number(form, "customer") or await customer_named(session, typed)
        answer: Answer = Invalid({"name": "No single customer has this name or number."})
        if customer_id is not None:
            by, now = visitor.person.actor, deps.clock()
            answer = await choose_customer(session, draft_id, customer_id, by, now)
    return await answered(request, visitor, draft_id, answer, "customer_chosen")


@router.post("/sync/invoices/{draft_id}/new-customer")
async def create(request: Request, deps: Deps, visitor: Decider, draft_id: int) -> Response:
    """The customer is to be created; where there are some alike, only for a reason."""
    form = await request.form()
    because = reason_in(_told(form, "reason"))
    by, now = visitor.person.actor, deps.clock()
    async with deps.db.begin() as session:
        answer = await new_customer(session, draft_id, by, deps.desk, now, sure_because=because)
    return await answered(request, visitor, draft_id, answer, "customer_new")


@router.post("/sync/invoices/{draft_id}/item")
async def item(request: Request, deps: Deps, visitor: Decider, draft_id: int) -> Response:
    """A line's product is this item of the ERP, now and from now on."""
    form = await request.form()
    line, typed = _number(form, "line"), _told(form, "item").strip()
    if line is None:
        raise HTTPException(404)
    async with deps.db.begin() as session:
        found = await chosen(session, "item", typed)
        problem = "More than one item" if len(found) > 1 else "No active item"
        answer: Answer = Invalid({"item": f"{problem} has the name or number “{typed}”."})
        if len(found) == 1:
            by, now = visitor.person.actor, deps.clock()
            answer = await choose_item(session, draft_id, line, found[0].netsuite_id, by, now)
    return await answered(request, visitor, draft_id, answer, "item_chosen")


def _finding(form: FormData) -> tuple[str, str]:
    return _told(form, "finding")[:20], _told(form, "subject")


def _told(form: FormData, name: str) -> str:
    return str(form.get(name, ""))[:1200]


def _number(form: FormData, name: str) -> int | None:
    text = str(form.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

"""Priority: whom to work on first, with what was said last; assigned and paused in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from effects.answers import Refusal
from flows.pauses import pause_many
from flows.priority import as_csv, queue
from security.permissions import Permission
from store.overdue import AGES, NOBODY, ORDERS, Filter, currencies
from store.people import users
from web import pause_form
from web.chips import View
from web.pages.collections import assigned
from web.rendering import frame, page
from web.typed import typed_id
from web.visitor import READING, Deps, Reader, Requires, Visitor

router = APIRouter()
_PAGE = 50
_MOST = 200
STATUSES = {
    "live": "open",
    "escalated": "with a person",
    "disputed": "in dispute",
    "promised": "promised",
    "held": "paused",
    "waiting": "mail to approve",
    "free": "nothing in the way",
    "resolved": "closed",
}
_ORDERS = {
    "priority": "likely to pay late first",
    "oldest": "oldest first",
    "amount": "overdue amount",
    "name": "name",
}
Many = Annotated[Visitor, Depends(Requires(Permission.DECIDE, fields=_MOST + 20))]


def wanted_of(given: Mapping[str, str]) -> Filter:
    """The filters of an address; what it does not know is left out."""
    age, status = given.get("age", ""), given.get("status", "live")
    order, assignee = given.get("order", "priority"), given.get("assignee", "")
    known = assignee == NOBODY or typed_id(assignee) is not None
    return Filter(
        text=given.get("text", "")[:100],
        currency=given.get("currency", "")[:3],
        age=age if age in AGES else "",
        standing=status if status in STATUSES else "live",
        order=order if order in ORDERS else "priority",
        assignee=assignee if known else "",
    )


@router.get("/queue")
async def queue_page(request: Request, deps: Deps, visitor: Reader, start: int = 0) -> Response:
    """The queue. Every filter is in the address, so a view can be kept and sent."""
    wanted = wanted_of(request.query_params)
    first, now = max(0, min(start, 100_000)), deps.clock()
    async with deps.db.read() as session:
        rows = await queue(session, wanted, now, limit=_PAGE + 1, offset=first)
        people = [user for user in await users(session) if user.active]
        known = await currencies(session)
        around = await frame(session, now)
    choices = {
        "status": ("Status", STATUSES),
        "age": ("Oldest", {a: f"{a} days" if a != "90+" else "over 90 days" for a in AGES}),
        "assignee": ("Assigned to", {NOBODY: "nobody", **{str(u.id): u.name for u in people}}),
        "order": ("Sorted by", _ORDERS),
    }
    values = {
        "rows": rows[:_PAGE],
        "more": len(rows) > _PAGE,
        "start": first,
        "page_size": _PAGE,
        "people": people,
        "currencies": known,
        "choices": choices,
        "chosen": _chosen(wanted),
        "narrowed": _chosen(wanted) != _chosen(Filter(standing="live", order="priority")),
        "link": View("/queue", _chosen(wanted)),
        "pausing": pause_form,
    }
    return page(request, "queue.html", visitor, around, values)


@router.get("/queue/export.csv", dependencies=READING)
async def export(request: Request, deps: Deps) -> Response:
    """The queue as it is filtered, as CSV."""
    now = deps.clock()
    async with deps.db.read() as session:
        content = await as_csv(session, wanted_of(request.query_params), now)
    headers = {"Content-Disposition": f'attachment; filename="priority-{now.date()}.csv"'}
    return Response(
        content.encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers
    )


@router.post("/queue/many")
async def many(request: Request, deps: Deps, visitor: Many) -> Response:
    """Assign or pause the ticked customers, all of them or none."""
    form = await request.form()
    ids = _ticked(form)
    answer: object
    async with deps.db.begin() as session:
        if form.get("act") == "assign":
            answer, notice = await assigned(session, deps, visitor, ids, form), "assigned"
        else:
            wanted = pause_form.read(form)
            if isinstance(wanted, str):
                raise HTTPException(422, wanted)
            notice = "paused_many"
            answer = await pause_many(
                session,
                ids,
                wanted.until,
                wanted.reason,
                by=visitor.person,
                now=deps.clock(),
                note=wanted.note,
            )
        if isinstance(answer, Refusal):
            raise HTTPException(409, answer.message)
    return RedirectResponse(f"/queue?notice={notice}", 303)


def _ticked(form: FormData) -> list[int]:
    found = [i for i in map(typed_id, form.getlist("customer")) if i is not None]
    if not found:
        raise HTTPException(422, "Tick the customers first.")
    return found[:_MOST]


def _chosen(wanted: Filter) -> dict[str, str]:
    return {
        "text": wanted.text,
        "currency": wanted.currency,
        "status": wanted.standing,
        "age": wanted.age,
        "assignee": wanted.assignee,
        "order": wanted.order,
    }

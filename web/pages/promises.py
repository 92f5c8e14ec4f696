"""Promises to pay: those that are open, one recorded by hand, one taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from effects.answers import Refusal
from flows.promises_by_hand import Promised, record_by_hand, suggested, take_back
from store import disputes, promises
from store.engine import Session
from store.pages import customer_names, work_item
from store.receivables import open_invoices
from store.touchpoints import TouchpointRow
from web.deps import WebDeps
from web.rendering import frame, page, today_of
from web.typed import HOW_AMOUNTS, typed_amount, typed_day
from web.visitor import Decider, Deps, Reader, Visitor

router = APIRouter()
_MOST, _INVOICES = 200, 100
Known = Annotated[int, Query(ge=0, le=2**62)]


@router.get("/promises")
async def promises_page(
    request: Request, visitor: Reader, customer: Known = 0, item: Known = 0
) -> Response:
    """Open promises, the next first; for one customer also a form, filled in from a mail."""
    return await _show(request, visitor, (customer, item), "")


async def _show(
    request: Request, visitor: Visitor, about: tuple[int, int], problem: str
) -> Response:
    deps: WebDeps = request.app.state.deps
    customer_id, item_id = about
    now = deps.clock()
    async with deps.db.read() as session:
        names = await customer_names(session, {customer_id})
        if customer_id and not names:
            raise HTTPException(404)
        rows = await promises.open_promises(session, customer_id=customer_id or None)
        covered = [i for row, _ in rows for i in row.invoice_ids]
        owed = await open_invoices(session, customer_id) if names else []
        values: dict[str, object] = {
            "rows": rows,
            "most": len(rows) == _MOST,
            "numbers": await disputes.numbers_of(session, covered),
            "customer_id": customer_id,
            "customer": names.get(customer_id, ""),
            "owed": owed[:_INVOICES],
            "unlisted": max(len(owed) - _INVOICES, 0),
            "hint": await _hint(session, deps, item_id, customer_id),
            "today": today_of(now),
            "problem": problem,
        }
        around = await frame(session, now)
    status = 409 if problem else 200
    return page(request, "replying/promises.html", visitor, around, values, status=status)


async def _hint(session: Session, deps: WebDeps, item_id: int, customer_id: int) -> Promised | None:
    """What the mail of an item seems to promise."""
    item = await work_item(session, item_id) if item_id else None
    touch_id = item.touchpoint_id if item is not None else None
    touch = await session.get(TouchpointRow, touch_id) if touch_id else None
    if touch is None or touch.customer_id != customer_id:
        return None
    return await suggested(session, deps.desk, touch, deps.clock())


@router.post("/customers/{customer_id}/promises")
async def add(request: Request, deps: Deps, visitor: Decider, customer_id: int) -> Response:
    """Record a promise."""
    form = await request.form()
    words, amount = str(form.get("words", "")).strip()[:500], str(form.get("amount", "")).strip()
    day = typed_day(str(form.get("day", "")))
    money = typed_amount(amount, str(form.get("currency", ""))[:3]) if amount else None
    if day is None or (amount and money is None):
        told = HOW_AMOUNTS if day else "Give the day by which they pay."
        return await _show(request, visitor, (customer_id, 0), told)
    ids = [int(v) for v in map(str, form.getlist("invoice")) if v.isascii() and v.isdecimal()]
    said = Promised(day, tuple(ids[:_INVOICES]), money, words)
    async with deps.db.begin() as session:
        by, now = visitor.person, deps.clock()
        answer = await record_by_hand(session, customer_id, said, by=by, now=now)
    if isinstance(answer, Refusal):
        return await _show(request, visitor, (customer_id, 0), answer.message)
    return RedirectResponse(f"/promises?customer={customer_id}&notice=promise_recorded", 303)


@router.post("/promises/{promise_id}/cancel")
async def cancel(request: Request, deps: Deps, visitor: Decider, promise_id: int) -> Response:
    """Count on a promise no more."""
    reason = str((await request.form()).get("reason", "")).strip()
    async with deps.db.begin() as session:
        by, now = visitor.person, deps.clock()
        answer = await take_back(session, promise_id, by=by, reason=reason, now=now)
    if isinstance(answer, Refusal):
        return await _show(request, visitor, (0, 0), answer.message)
    return RedirectResponse(f"/promises?customer={answer.customer_id}", 303)

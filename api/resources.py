"""What is read: customers, invoices, payments, timelines, work items, the audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query

from api import shapes
from api.auth import AUDITING, READING, Cashier
from api.deps import Deps
from api.errors import BadCursor, NotFound, Unprocessable
from flows.receipts import Invalid, ManualEntry, enter_payment
from flows.why_not import reasons_of_invoice
from store import pages
from store.audit import latest
from store.parties import contacts_of, customer
from store.timeline import GROUPS, KINDS, Moment, entries

router = APIRouter(prefix="/api/v1")
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[int, Query(ge=0, le=2**62)]
Id = Annotated[int, Path(ge=1, le=2**62)]
Page = dict[str, Any]


def listed(items: Sequence[Any], limit: int, last: int | None) -> Page:
    """A page of at most `limit`; `next` goes on from here, null at the end."""
    return {"items": list(items), "next": str(last) if len(items) == limit and last else None}


@router.get("/customers", dependencies=READING)
async def customers(deps: Deps, text: str = "", after: After = 0, limit: Limit = 50) -> Page:
    """Customers by id. `text` finds them by name or number."""
    async with deps.db.read() as session:
        rows = await pages.customers_page(session, text=text[:100], after=after, limit=limit)
    return listed([shapes.customer(r) for r in rows], limit, rows[-1].id if rows else None)


@router.get("/customers/{customer_id}", dependencies=READING)
async def one_customer(deps: Deps, customer_id: Id) -> Page:
    """A customer with balances by currency and contacts."""
    async with deps.db.read() as session:
        row = await customer(session, customer_id)
        if row is None:
            raise NotFound
        today = deps.clock().date()
        balances = await pages.positions(session, today, customer_id=customer_id)
        contacts = await contacts_of(session, customer_id)
    return {
        **shapes.customer(row),
        "balances": [shapes.position(p) for p in balances],
        "contacts": [shapes.contact(c) for c in contacts],
    }


@router.get("/customers/{customer_id}/timeline", dependencies=READING)
async def timeline(
    deps: Deps, customer_id: Id, before: str = "", kinds: str = "", limit: Limit = 50
) -> Page:
    """What happened, newest first. `kinds` is one of mail, promises, payments, decisions, ..."""
    moment = Moment.read(before[:100]) if before else None
    if before and moment is None:
        raise BadCursor
    async with deps.db.read() as session:
        if await customer(session, customer_id) is None:
            raise NotFound
        wanted = GROUPS.get(kinds, KINDS)
        found = await entries(session, customer_id, kinds=wanted, before=moment, limit=limit)
    last = found[-1].moment.text() if len(found) == limit else None
    return {"items": [shapes.entry(e) for e in found], "next": last}


@router.get("/invoices", dependencies=READING)
async def invoices(
    deps: Deps,
    customer_id: After = 0,
    state: Literal["open", "any"] = "open",
    after: After = 0,
    limit: Limit = 50,
) -> Page:
    """Invoices by id; open ones unless asked otherwise."""
    async with deps.db.read() as session:
        rows = await pages.invoices_page(
            session,
            customer_id=customer_id or None,
            only_open=state == "open",
            after=after,
            limit=limit,
        )
    today = deps.clock().date()
    last = rows[-1].id if rows else None
    return listed([shapes.invoice(r, today) for r in rows], limit, last)


@router.get("/invoices/{invoice_id}", dependencies=READING)
async def one_invoice(deps: Deps, invoice_id: Id) -> Page:
    """An invoice, and when the next message about it is planned as things stand."""
    now = deps.clock()
    async with deps.db.read() as session:
        row = await pages.invoice(session, invoice_id)
        found = await reasons_of_invoice(session, deps.desk, invoice_id, now)
    if row is None:
        raise NotFound
    at = found.next_touch_at if found is not None else None
    return {**shapes.invoice(row, now.date()), "next_touch_at": at.isoformat() if at else None}


@router.get("/payments", dependencies=READING)
async def payments(
    deps: Deps, state: str = "", customer_id: After = 0, before: After = 0, limit: Limit = 50
) -> Page:
    """Payments, the latest arrival first."""
    async with deps.db.read() as session:
        rows = await pages.payments_page(
            session,
            state=state or None,
            customer_id=customer_id or None,
            before=before or None,
            limit=limit,
        )
    return listed([shapes.payment(r) for r in rows], limit, rows[-1].id if rows else None)


@router.post("/payments", status_code=201)
async def create_payment(deps: Deps, caller: Cashier, sent: shapes.NewPayment) -> Page:
    """Record a receipt. The same `source_id` with the same content is the same payment."""
    entry = ManualEntry(**sent.model_dump())
    async with deps.db.begin() as session:
        answer = await enter_payment(session, entry, caller.person.actor, deps.clock())
        if isinstance(answer, Invalid):
            raise Unprocessable("; ".join(f"{k}: {v}" for k, v in answer.problems.items()))
        row = await pages.payment(session, answer.payment_id)
    if row is None:
        raise NotFound
    return {**shapes.payment(row), "created": answer.created}


@router.get("/work-items", dependencies=READING)
async def work_items(deps: Deps, kind: str = "", after: After = 0, limit: Limit = 50) -> Page:
    """What waits for a person, in the order it arose."""
    async with deps.db.read() as session:
        rows = await pages.work_items_page(session, kind=kind[:40], after=after, limit=limit)
    return listed([shapes.work_item(r) for r in rows], limit, rows[-1].id if rows else None)


@router.get("/audit", dependencies=AUDITING)
async def audit(deps: Deps, subject: str = "", before: After = 0, limit: Limit = 50) -> Page:
    """Audit lines, newest first."""
    async with deps.db.read() as session:
        rows = await latest(
            session, limit=limit, before=before or None, subject_id=subject[:100] or None
        )
    return listed([shapes.audit_line(r) for r in rows], limit, rows[-1].id if rows else None)

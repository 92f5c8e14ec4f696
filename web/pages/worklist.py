"""The worklist: customers with overdue invoices, and what else waits for a person."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from effects.audit import Entry, record
from flows.cash import settle_deduction
from flows.kept_mail import shown
from store.engine import Session
from store.overdue import AGES, ORDERS, STANDINGS, Filter, currencies, debts, marks
from store.pages import customer_names, payment, work_item, work_items_page
from store.receivables import open_invoices
from store.standing import promises_of
from store.touchpoints import TouchpointRow
from store.worklist import WorkItemRow, close_item
from web.deps import WebDeps
from web.phrases import advice
from web.rendering import frame, page, today_of
from web.visitor import Decider, Deps, Reader, Visitor

router = APIRouter()
_PAGE = 50
_ACCOUNT = 20
_CHOICES = {
    "age": ("Oldest", {a: f"{a} days" if a != "90+" else "over 90 days" for a in AGES}),
    "standing": (
        "Standing",
        {
            "promised": "promised",
            "disputed": "in dispute",
            "held": "paused",
            "waiting": "mail to approve",
            "free": "nothing in the way",
        },
    ),
    "order": (
        "Sorted by",
        {
            "oldest": "oldest first",
            "priority": "likely to pay late first",
            "amount": "overdue amount",
            "name": "name",
        },
    ),
}
# Settling these is reading them; the others have their own buttons.
READ_AND_DONE = (
    "reply",
    "bounce",
    "promise_broken",
    "source_event",
    "failed_delivery",
    "bank_file",
    "match_class",
    "deduction",
    "payout",
    "escalation",
    "deal_difference",
)
# Where more is to be seen of what has no page of its own.
_PLACES = {
    "bank_file": ("/payments/bank", "Bank files"),
    "payout": ("/payments/bank", "Deposits against payouts"),
    "match_class": ("/payments/classes", "Classes of matches"),
    "contact": ("/contacts", "New contacts"),
    "playbook_question": ("/playbooks", "Answer it at the playbook"),
}
_BEHIND = (("deal_id", "/deals", "The deal"), ("contract_id", "/contracts", "The contract"))
_HELD = ("/payments/bank?state=open#lines", "Say what this line of the bank is")


@router.get("/worklist")
async def worklist_page(
    request: Request,
    deps: Deps,
    visitor: Reader,
    text: str = "",
    currency: str = "",
    age: str = "",
    standing: str = "",
    order: str = "oldest",
    waiting: str = "",
    start: int = 0,
) -> Response:
    """Both tables. Every filter is in the address, so a view can be kept and sent."""
    wanted = Filter(
        text[:100],
        currency[:3],
        age if age in AGES else "",
        standing if standing in STANDINGS else "",
        order if order in ORDERS else "oldest",
    )
    async with deps.db.read() as session:
        values = await _rows(session, deps, wanted, max(0, min(start, 100_000)))
        items = await work_items_page(session, kind=waiting[:40], limit=200)
        values["items"] = items
        values["item_customers"] = await customer_names(
            session, {i.customer_id for i in items if i.customer_id}
        )
        values["currencies"] = await currencies(session)
        around = await frame(session, deps.clock())
    values |= {"wanted": wanted, "waiting": waiting, "choices": _CHOICES, "link": _Link(wanted)}
    return page(request, "worklist.html", visitor, around, values)


async def _rows(session: Session, deps: WebDeps, wanted: Filter, start: int) -> dict[str, object]:
    now = deps.clock()
    rows = await debts(session, wanted, today_of(now), limit=_PAGE + 1, offset=start)
    shown = rows[:_PAGE]
    ids = sorted({row.customer_id for row in shown})
    return {
        "rows": shown,
        "marks": await marks(session, ids, today_of(now)),
        "start": start,
        "more": len(rows) > _PAGE,
        "page_size": _PAGE,
    }


class _Link:
    """Makes the address of this view with some filters changed."""

    def __init__(self, wanted: Filter) -> None:
        self.now = {
            "text": wanted.text,
            "currency": wanted.currency,
            "age": wanted.age,
            "standing": wanted.standing,
            "order": "" if wanted.order == "oldest" else wanted.order,
        }

    def __call__(self, **changes: object) -> str:
        kept = {k: v for k, v in {**self.now, **changes}.items() if v}
        return "/worklist" + (f"?{urlencode(kept)}" if kept else "")


@router.get("/worklist/{item_id}")
async def item_page(request: Request, visitor: Reader, item_id: int) -> Response:
    """One thing that waits for a person, with what is needed to settle it."""
    return await show_item(request, visitor, item_id, "")


async def show_item(request: Request, visitor: Visitor, item_id: int, problem: str) -> Response:
    """The page of an item, with what stood in the way of the last try."""
    deps: WebDeps = request.app.state.deps
    now = deps.clock()
    async with deps.db.read() as session:
        item = await work_item(session, item_id)
        if item is None:
            raise HTTPException(404)
        receipt = await payment(session, item.payment_id) if item.payment_id else None
        matching = receipt is not None and item.kind == "payment" and item.closed_at is None
        names = await customer_names(session, {item.customer_id or 0})
        values = {
            "item": item,
            "receipt": receipt,
            "customer": names.get(item.customer_id or 0, ""),
            "can_settle": item.kind in READ_AND_DONE and item.closed_at is None,
            "matching": matching,
            "place": _place(item),
            "problem": problem,
            "advice": advice(item.kind, str(item.detail.get("reason", ""))),
            **await _account(session, item.customer_id),
            **await _mail(session, item),
        }
        around = await frame(session, now)
    return page(request, "item.html", visitor, around, values, status=409 if problem else 200)


async def _mail(session: Session, item: WorkItemRow) -> dict[str, object]:
    """The mail an item is about, its files, and whose it may be while nobody knows."""
    touch = await session.get(TouchpointRow, item.touchpoint_id) if item.touchpoint_id else None
    unknown = item.kind == "reply" and touch is not None and touch.customer_id is None
    given = item.detail.get("candidates")
    ids = {int(i) for i in given if isinstance(i, int)} if isinstance(given, list) else set()
    return {
        "touch": touch,
        "mail": await shown(session, item),
        "perhaps": await customer_names(session, ids) if unknown else {},
        "can_attach": unknown and item.closed_at is None,
    }


def _place(item: WorkItemRow) -> tuple[str, str] | None:
    """Where an item without a page of its own is settled."""
    if item.detail.get("bank_line_id"):
        return _HELD
    for name, where, what in _BEHIND:
        if isinstance(item.detail.get(name), int):
            return f"{where}/{item.detail[name]}", what
    known = _PLACES.get(item.kind)
    playbook = item.detail.get("playbook_id")
    return (f"/playbooks/{playbook}", known[1]) if known and playbook else known


async def _account(session: Session, customer_id: int | None) -> dict[str, object]:
    """What the customer owes and has promised, to read a mail against."""
    if customer_id is None:
        return {"account": [], "promises": []}
    promises = await promises_of(session, customer_id)
    return {
        "account": (await open_invoices(session, customer_id))[:_ACCOUNT],
        "promises": [p for p in promises if p.state == "open"],
    }


@router.post("/worklist/{item_id}/settle")
async def settle(deps: Deps, visitor: Decider, item_id: int) -> Response:
    """A person read it and takes it off the list."""
    now = deps.clock()
    async with deps.db.begin() as session:
        item = await work_item(session, item_id)
        if item is None or item.kind not in READ_AND_DONE:
            raise HTTPException(404)
        actor = visitor.person.actor
        await close_item(session, item.key, by=str(actor), now=now)
        if item.kind == "deduction":
            await settle_deduction(session, item, now)
        await record(session, Entry(actor, "work.settled", "work_item", str(item_id)), now)
    return RedirectResponse("/worklist?notice=settled#waiting", 303)

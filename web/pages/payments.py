"""Payments: what came in, and a form for what a person knows of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from flows.receipts import Invalid, ManualEntry, enter_payment
from store.pages import applied_lines, customer_names, payments_page
from store.search import search
from web.rendering import frame, page, today_of
from web.visitor import Deps, PaymentWriter, Reader, Visitor
from web.words import PAYMENT_STATES

router = APIRouter()
_PAGE = 50
_FIELDS = (
    "amount",
    "currency",
    "received_on",
    "source_id",
    "customer",
    "payer_name",
    "reference",
)


@dataclass(slots=True)
class Form:
    """What was typed, and what is wrong with it, by field."""

    values: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)


@router.get("/payments")
async def payments_list(
    request: Request, visitor: Reader, state: str = "", before: int = 0
) -> Response:
    """The list, latest first."""
    return await _page(request, visitor, state, before, None)


@router.post("/payments")
async def enter(request: Request, deps: Deps, visitor: PaymentWriter) -> Response:
    """Record a receipt typed in by a person."""
    form = _read(await request.form())
    customer_id = await _customer(form, request)
    if form.problems:
        return await _page(request, visitor, "", 0, form)
    typed = form.values
    entry = ManualEntry(
        amount=typed["amount"].replace(",", "").replace(" ", ""),
        currency=typed["currency"],
        received_on=typed["received_on"],
        source_id=typed["source_id"],
        customer_id=customer_id,
        payer_name=typed["payer_name"],
        reference=typed["reference"],
    )
    async with deps.db.begin() as session:
        answer = await enter_payment(session, entry, visitor.person.actor, deps.clock())
    if isinstance(answer, Invalid):
        form.problems |= answer.problems
        return await _page(request, visitor, "", 0, form)
    return RedirectResponse("/payments?notice=paid", 303)


def _read(sent: FormData) -> Form:
    return Form({name: str(sent.get(name, "")).strip()[:200] for name in _FIELDS})


async def _customer(form: Form, request: Request) -> int | None:
    """The customer that was named; None if nobody was, so that matching looks for the payer."""
    typed = form.values["customer"].casefold()
    if not typed:
        return None
    async with request.app.state.deps.db.read() as session:
        found = (await search(session, typed, limit=50)).customers
    numbered = [c for c in found if c.entity_number.casefold() == typed]
    exact = numbered or [c for c in found if c.name.casefold() == typed]
    if len(exact) != 1:
        form.problems["customer"] = "No single customer has this name or number."
        return None
    return exact[0].id


async def _page(
    request: Request, visitor: Visitor, state: str, before: int, form: Form | None
) -> Response:
    deps: Deps = request.app.state.deps
    now = deps.clock()
    state = state if state in PAYMENT_STATES else ""
    async with deps.db.read() as session:
        rows = await payments_page(session, state=state, before=before or None, limit=_PAGE + 1)
        shown = rows[:_PAGE]
        values: dict[str, object] = {
            "rows": shown,
            "older": shown[-1].id if len(rows) > _PAGE else 0,
            "state": state,
            "applied": await applied_lines(session, [r.id for r in shown]),
            "customers": await customer_names(session, {r.customer_id or 0 for r in shown}),
            "form": form or _blank(today_of(now)),
        }
        around = await frame(session, now)
    return page(request, "payments.html", visitor, around, values, status=422 if form else 200)


def _blank(today: date) -> Form:
    values = dict.fromkeys(_FIELDS, "")
    return Form({**values, "received_on": today.isoformat()})

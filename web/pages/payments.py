"""Payments: what came in, and a form for what a person knows of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from security.tokens import new_secret
from store.pages import applied_lines, customer_names, payments_page
from store.parties import customer
from store.search import search
from web.rendering import frame, page, today_of
from web.visitor import Deps, PaymentWriter, Reader, Visitor
from web.words import PAYMENT_STATES

router = APIRouter()
_PAGE = 50
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
_ENTRIES = ("key", "customer", "customer_id", "currency", "amount", "received_on")
_FIELDS = (*_ENTRIES, "payer_name", "reference")


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
    now = deps.clock()
    form = _read(await request.form())
    amount = _amount(form)
    received_on = _received(form, today_of(now))
    customer_id = await _customer(form, request)
    if not _KEY.fullmatch(form.values["key"]):
        form.problems["key"] = "This form was incomplete. Please reload the page and try again."
    if form.problems or amount is None or received_on is None:
        return await _page(request, visitor, "", 0, form)
    async with deps.db.begin() as session:
        await deps.enter_payment(
            session,
            key=form.values["key"],
            customer_id=customer_id,
            amount=amount,
            received_on=received_on,
            payer_name=form.values["payer_name"],
            reference=form.values["reference"],
            by=visitor.person.actor,
            now=now,
        )
    return RedirectResponse("/payments?notice=paid", 303)


def _read(sent: FormData) -> Form:
    return Form({name: str(sent.get(name, "")).strip()[:200] for name in _FIELDS})


def _amount(form: Form) -> Money | None:
    typed = form.values["amount"].replace(",", "").replace(" ", "")
    try:
        amount = Money.parse(typed, form.values["currency"].upper())
    except LedgerError:
        form.problems["amount"] = "Write the amount with its currency, like 1,234.50 and USD."
        return None
    if amount.minor <= 0:
        form.problems["amount"] = "A payment is more than zero."
        return None
    return amount


def _received(form: Form, today: date) -> date | None:
    try:
        received_on = date.fromisoformat(form.values["received_on"])
    except ValueError:
        form.problems["received_on"] = "Choose the day on which the money arrived."
        return None
    if received_on > today:
        form.problems["received_on"] = "This day has not come yet."
    elif (today - received_on).days > 366:
        form.problems["received_on"] = "This is more than a year ago."
    return received_on


async def _customer(form: Form, request: Request) -> int | None:
    """The customer that was named; None if nobody was, so that matching looks for the payer."""
    typed, chosen = form.values["customer"], form.values["customer_id"]
    async with request.app.state.deps.db.read() as session:
        if chosen.isdigit() and len(chosen) < 18:
            row = await customer(session, int(chosen))
            return row.id if row is not None else None
        if not typed:
            return None
        found = [c for c in (await search(session, typed)).customers if _is(c.name, typed)]
        number = [c for c in (await search(session, typed)).customers if c.entity_number == typed]
    exact = number or found
    if len(exact) != 1:
        form.problems["customer"] = "No single customer has this name or number."
        return None
    return exact[0].id


def _is(name: str, typed: str) -> bool:
    return name.casefold() == typed.casefold()


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
    return Form(values | {"key": new_secret(18), "received_on": today.isoformat()})

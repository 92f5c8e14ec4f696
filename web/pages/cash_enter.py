"""A payment that a person knows of: the form, with what the payer sent along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from flows.attachments import BIGGEST
from flows.receipts import Invalid, ManualEntry, enter_payment
from security.permissions import Permission
from web.deps import WebDeps
from web.named import customer_named
from web.pages.cash_files import keep
from web.rendering import frame, page, today_of
from web.typed import plain_amount
from web.uploads import FORM, Sent, sent_file
from web.visitor import Deps, PaymentWriter, Requires, Visitor

router = APIRouter()
Enterer = Annotated[Visitor, Depends(Requires(Permission.ENTER_PAYMENT, files=1))]
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


@router.get("/payments/enter")
async def enter_page(request: Request, deps: Deps, visitor: PaymentWriter) -> Response:
    """The empty form."""
    return await _page(request, visitor, _blank(today_of(deps.clock())))


@router.post("/payments", max_body_size=BIGGEST + FORM)
@router.post("/payments/enter", max_body_size=BIGGEST + FORM)
async def enter(request: Request, deps: Deps, visitor: Enterer) -> Response:
    """Record a receipt typed in by a person."""
    sent = await request.form()
    form = _read({k: v for k, v in sent.items() if isinstance(v, str)})
    attached = await _file(request)
    customer_id = await _customer(deps, form)
    if form.problems:
        return await _page(request, visitor, form)
    typed = form.values
    entry = ManualEntry(
        amount=plain_amount(typed["amount"]),
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
        return await _page(request, visitor, form)
    notice = "paid"
    if attached is not None:
        told = attached.problem or await keep(
            deps, visitor, answer.payment_id, attached, is_advice=sent.get("advice") == "yes"
        )
        notice = "paid_without_file" if told else notice
    return RedirectResponse(f"/payments/{answer.payment_id}?notice={notice}", 303)


async def _file(request: Request) -> Sent | None:
    """What was sent along; None when nothing was chosen."""
    found = (await request.form()).get("file")
    if isinstance(found, UploadFile) and found.filename:
        return await sent_file(request, BIGGEST)
    await request.close()
    return None


def _read(sent: Mapping[str, str]) -> Form:
    return Form({name: sent.get(name, "").strip()[:200] for name in _FIELDS})


async def _customer(deps: WebDeps, form: Form) -> int | None:
    """The customer that was named; None if nobody was, so that matching looks for the payer."""
    typed = form.values["customer"]
    if not typed:
        return None
    async with deps.db.read() as session:
        found = await customer_named(session, typed)
    if found is None:
        form.problems["customer"] = "No single customer has this name or number."
    return found


async def _page(request: Request, visitor: Visitor, form: Form) -> Response:
    deps: WebDeps = request.app.state.deps
    async with deps.db.read() as session:
        around = await frame(session, deps.clock())
    status = 422 if form.problems else 200
    return page(request, "cash/enter.html", visitor, around, {"form": form}, status=status)


def _blank(today: date) -> Form:
    values = dict.fromkeys(_FIELDS, "")
    return Form({**values, "received_on": today.isoformat()})

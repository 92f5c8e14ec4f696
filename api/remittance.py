"""Remittance advices and the files beside payments, by API."""

from __future__ import annotations

from typing import Annotated, Any, assert_never

from fastapi import APIRouter, Query, Request, Response

from api.auth import READING, Cashier
from api.deps import Deps
from api.errors import NotFound, TooLarge, Unprocessable
from api.resources import After, Id, Limit, Page
from api.shapes import money
from domain.ledger.money import Money
from flows import attachments, remittance
from flows.attachments import Attached, NotAttached
from flows.remittance import TakenAdvices
from sources.arrived import RefusedFile
from sources.remittance.detect import open_advice
from store import remittances
from store.remittances import AdviceRow, advice_value

router = APIRouter(prefix="/api/v1")
Name = Annotated[str, Query(max_length=200)]
_MOST_BYTES = 10 * 1024 * 1024


@router.get("/remittances", dependencies=READING)
async def advices(
    deps: Deps, customer_id: int | None = None, after: After = 0, limit: Limit = 50
) -> Page:
    """Advices by id, each with its lines and the payments it was linked to."""
    async with deps.db.read() as session:
        rows = await remittances.advices(
            session, customer_id=customer_id, after=after, limit=limit + 1
        )
        shown = rows[:limit]
        links = await remittances.links_among(session, [row.id for row in shown])
    spoken: dict[int, list[dict[str, Any]]] = {}
    for one in links:
        spoken.setdefault(one.advice_id, []).append({"id": one.payment_id, "by": one.by})
    following = str(shown[-1].id) if len(rows) > limit else None
    return {"items": [_shown(row, spoken.get(row.id, [])) for row in shown], "next": following}


@router.post("/remittances", status_code=201)
async def upload(
    deps: Deps,
    caller: Cashier,
    request: Request,
    name: Name,
    customer_id: int | None = None,
    currency: Annotated[str, Query(pattern="^([A-Z]{3})?$")] = "",
) -> Page:
    """Take the bytes of an advice: EDI 820, ISO 20022, CSV, XLSX, PDF or text, all or none."""
    body = await _body(request)
    opened = await open_advice(body, name)
    if isinstance(opened, RefusedFile):
        raise Unprocessable(_told(opened))
    async with deps.db.begin() as session:
        answer = await remittance.upload_advice(
            session,
            body,
            name,
            caller.person.actor,
            deps.clock(),
            customer_id=customer_id,
            currency=currency,
            how="api",
            opened=opened,
        )
    match answer:
        case TakenAdvices(new, known, payments):
            return {"created": list(new), "known": list(known), "payments": list(payments)}
        case RefusedFile():
            raise Unprocessable(_told(answer))
        case _:
            assert_never(answer)


@router.post("/remittances/{advice_id}/payments/{payment_id}", status_code=200)
async def link(deps: Deps, caller: Cashier, advice_id: Id, payment_id: Id) -> Page:
    """Say that an advice speaks of a payment; it is matched again."""
    async with deps.db.begin() as session:
        problem = await remittance.link_by_hand(
            session, advice_id, payment_id, caller.person.actor, deps.clock()
        )
    if problem:
        raise Unprocessable(problem)
    return {"advice_id": advice_id, "payment_id": payment_id}


@router.get("/payments/{payment_id}/attachments", dependencies=READING)
async def files(deps: Deps, payment_id: Id) -> Page:
    """The files beside a payment."""
    async with deps.db.read() as session:
        found = await attachments.attached_to(session, payment_id)
    items = [
        {
            "id": one.id,
            "filename": one.filename,
            "content_type": one.content_type,
            "size": one.size,
            "added_at": one.added_at.isoformat(),
            "added_by": one.added_by,
        }
        for one in found
    ]
    return {"items": items, "next": None}


@router.post("/payments/{payment_id}/attachments", status_code=201)
async def attach(deps: Deps, caller: Cashier, payment_id: Id, request: Request, name: Name) -> Page:
    """Keep a file beside a payment."""
    body = await _body(request)
    async with deps.db.begin() as session:
        answer = await attachments.attach(
            session, payment_id, name, body, caller.person.actor, deps.clock()
        )
    match answer:
        case Attached(attachment_id, created):
            return {"id": attachment_id, "created": created}
        case NotAttached(reason):
            raise Unprocessable(reason)
        case _:
            assert_never(answer)


@router.get("/payments/{payment_id}/attachments/{attachment_id}", dependencies=READING)
async def file(deps: Deps, payment_id: Id, attachment_id: Id) -> Response:
    """The bytes of a file, as a download."""
    async with deps.db.read() as session:
        found = await attachments.download(session, payment_id, attachment_id)
    if found is None:
        raise NotFound
    return Response(found.body, headers=dict(found.headers))


async def _body(request: Request) -> bytes:
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > _MOST_BYTES:
            raise TooLarge
    return bytes(content)


def _told(refused: RefusedFile) -> str:
    return f"line {refused.line}: {refused.reason}" if refused.line else refused.reason


def _shown(row: AdviceRow, payments: list[dict[str, Any]]) -> dict[str, Any]:
    advice = advice_value(row)
    return {
        "id": row.id,
        "source": row.source,
        "how": row.origin,
        "read_by": row.read_by,
        "filename": row.filename,
        "received_at": row.received_at.isoformat(),
        "customer_id": row.customer_id,
        "payer_name": row.payer_name,
        "currency": row.currency,
        "total": _amount(advice.total),
        "paid_on": row.paid_on.isoformat() if row.paid_on else None,
        "payment_references": list(advice.payment_references),
        "payments": payments,
        "rows": [
            {
                "reference": line.reference,
                "paid": _amount(line.paid),
                "gross": _amount(line.gross),
                "discount": _amount(line.discount),
                "deduction": _amount(line.deduction),
                "reason_code": line.reason_code,
                "read_by": line.source,
            }
            for line in advice.rows
        ],
    }


def _amount(amount: Money | None) -> dict[str, Any] | None:
    return None if amount is None else money(amount)

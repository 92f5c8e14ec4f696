"""Promises to pay by API: those that are open, one recorded by hand, one taken back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import NotFound, Refused, Unprocessable
from api.resources import Id
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from effects.answers import Refusal, RefusalCode
from flows.promises_by_hand import Promised, record_by_hand, take_back
from store import promises
from store.standing import PromiseRow

router = APIRouter(prefix="/api/v1")
Page = dict[str, Any]


class Said(BaseModel):
    """A promise: without `invoice_ids` for all that is open, without `amount` for all of it."""

    model_config = ConfigDict(extra="forbid")
    promised_on: date
    invoice_ids: list[Annotated[int, Field(ge=1, le=2**62)]] = Field(
        default_factory=list, max_length=100
    )
    amount: str = Field(default="", max_length=30)
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    words: str = Field(default="", max_length=500)

    def money(self) -> Money | None:
        """The amount. Raises LedgerError for one that is none."""
        return Money.parse(self.amount, self.currency) if self.amount else None


class Reason(BaseModel):
    """Why a promise is not counted on any more."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(default="", max_length=300)


@router.get("/promises", dependencies=READING)
async def open_promises(
    deps: Deps, customer_id: Annotated[int | None, Query(ge=1, le=2**62)] = None
) -> Page:
    """Open promises, at most 200, the next to fall due first."""
    async with deps.db.read() as session:
        rows = await promises.open_promises(session, customer_id=customer_id)
    return {"items": [_promise(row, name) for row, name in rows]}


@router.post("/customers/{customer_id}/promises", status_code=201)
async def add(deps: Deps, caller: Reviewer, customer_id: Id, sent: Said) -> Page:
    """Record a promise; reminders of its invoices rest until after the day."""
    try:
        amount = sent.money()
    except LedgerError as error:
        raise Unprocessable("The amount needs a currency and digits, as in 1234.50.") from error
    said = Promised(sent.promised_on, tuple(sent.invoice_ids), amount, sent.words)
    async with deps.db.begin() as session:
        by, now = caller.person, deps.clock()
        answer = await record_by_hand(session, customer_id, said, by=by, now=now)
        return {"id": _kept(answer), "customer_id": customer_id}


@router.post("/promises/{promise_id}/cancel")
async def cancel(deps: Deps, caller: Reviewer, promise_id: Id, sent: Reason) -> Page:
    """Count on a promise no more: it is neither kept nor broken, and reminders go on."""
    async with deps.db.begin() as session:
        by, now = caller.person, deps.clock()
        answer = await take_back(session, promise_id, by=by, reason=sent.reason, now=now)
        if isinstance(answer, Refusal):
            _kept(answer)
        return {"id": promise_id, "state": "cancelled"}


def _kept(answer: int | Refusal) -> int:
    if isinstance(answer, Refusal):
        raise NotFound if answer.code is RefusalCode.NOT_FOUND else Refused(answer)
    return answer


def _promise(row: PromiseRow, customer: str) -> Page:
    amount = None
    if row.amount_minor is not None and row.currency is not None:
        amount = Money(row.amount_minor, row.currency).plain()
    return {
        "id": row.id,
        "customer_id": row.customer_id,
        "customer": customer,
        "promised_on": row.promised_on.isoformat(),
        "amount": amount,
        "currency": row.currency,
        "invoice_ids": list(row.invoice_ids),
        "quote": row.quote,
        "touchpoint_id": row.touchpoint_id,
        "made_at": row.made_at.isoformat(),
    }

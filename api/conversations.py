"""Follow-ups by API: the priority queue, pauses, closed and opened conversations, why not."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import NotFound, Refused
from api.resources import Id
from api.shapes import money
from domain.dunning.standing import Conversation, PauseReason
from effects.answers import Refusal, RefusalCode
from flows import conversations, pauses, priority, why_not
from flows.pauses import Paused, Target
from flows.priority import QueueRow
from store.overdue import Filter
from store.parties import customer

router = APIRouter(prefix="/api/v1")
Status = Literal["live", "escalated", "disputed", "promised", "held", "waiting", "free", "resolved"]
Age = Literal["", "1-30", "31-60", "61-90", "90+"]
Text = Annotated[str, Query(max_length=100)]
Page = dict[str, Any]
_Answer = TypeVar("_Answer")


class WantedPause(BaseModel):
    """How long: `days`, or up to and including `until`, or until resumed if neither is given."""

    model_config = ConfigDict(extra="forbid")
    days: int | None = Field(default=None, ge=1, le=1000)
    until: date | None = None
    reason: PauseReason = PauseReason.OTHER
    note: str = Field(default="", max_length=300)
    invoice_id: int | None = None

    def end(self) -> int | date | None:
        return self.until if self.days is None else self.days


class ManyPaused(WantedPause):
    """The same for many customers, all of them or none."""

    customer_ids: list[int] = Field(min_length=1, max_length=conversations.MOST)


class Wanted(BaseModel):
    """Why, and for a pause of one invoice which."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(default="", max_length=1000)
    invoice_id: int | None = None


class Assigned(BaseModel):
    """Whose the conversations are: a user's id, or null for nobody's."""

    model_config = ConfigDict(extra="forbid")
    customer_ids: list[int] = Field(min_length=1, max_length=conversations.MOST)
    user_id: int | None


@router.get("/queue", dependencies=READING)
async def queue(
    deps: Deps,
    status: Status = "live",
    age: Age = "",
    assignee: Annotated[str, Query(pattern=r"^(nobody|\d{0,18})$")] = "",
    text: Text = "",
    order: Literal["priority", "oldest", "amount", "name"] = "priority",
    start: Annotated[int, Query(ge=0, le=100_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page:
    """Overdue customers, the most pressing first. `next` is the `start` of the next page."""
    wanted = Filter(text=text, age=age, standing=status, order=order, assignee=assignee)
    async with deps.db.read() as session:
        rows = await priority.queue(session, wanted, deps.clock(), limit=limit + 1, offset=start)
    more = start + limit if len(rows) > limit else None
    return {"items": [_line(row) for row in rows[:limit]], "next": more}


@router.get("/queue.csv", dependencies=READING)
async def queue_csv(
    deps: Deps, status: Status = "live", age: Age = "", text: Text = ""
) -> Response:
    """The same as CSV, at most 5,000 lines."""
    wanted = Filter(text=text, age=age, standing=status, order="priority")
    async with deps.db.read() as session:
        content = await priority.as_csv(session, wanted, deps.clock())
    return Response(content.encode("utf-8-sig"), media_type="text/csv; charset=utf-8")


@router.get("/customers/{customer_id}/conversation", dependencies=READING)
async def conversation(deps: Deps, customer_id: Id) -> Page:
    """Where the conversation stands, why, and what comes next."""
    async with deps.db.read() as session:
        if await customer(session, customer_id) is None:
            raise NotFound
        return _state(await conversations.state_of(session, customer_id, deps.clock()))


@router.get("/invoices/{invoice_id}/why-not", dependencies=READING)
async def why(deps: Deps, invoice_id: Id) -> Page:
    """Every reason why nothing is sent about an invoice, and when the next message is planned."""
    async with deps.db.read() as session:
        found = await why_not.reasons_of_invoice(session, deps.desk, invoice_id, deps.clock())
    if found is None:
        raise NotFound
    return why_not.plain(found)


@router.post("/customers/{customer_id}/pause")
async def pause(deps: Deps, caller: Reviewer, customer_id: Id, sent: WantedPause) -> Page:
    """Pause reminders of a customer, or of one invoice of it. It ends by itself."""
    target = Target(customer_id, sent.invoice_id)
    async with deps.db.begin() as session:
        answer = await pauses.pause(
            session,
            target,
            sent.end(),
            sent.reason,
            by=caller.person,
            now=deps.clock(),
            note=sent.note,
        )
    return _paused(_kept(answer))


@router.post("/conversations/pause")
async def pause_many(deps: Deps, caller: Reviewer, sent: ManyPaused) -> Page:
    """Pause many customers."""
    async with deps.db.begin() as session:
        answer = await pauses.pause_many(
            session,
            sent.customer_ids,
            sent.end(),
            sent.reason,
            by=caller.person,
            now=deps.clock(),
            note=sent.note,
        )
        done = _kept(answer)
    return {"items": [_paused(one) for one in done]}


@router.post("/customers/{customer_id}/resume")
async def resume(deps: Deps, caller: Reviewer, customer_id: Id, sent: Wanted) -> Page:
    """Go on: pauses end, a conversation that a person had goes on. Steps are counted from now."""
    target = Target(customer_id, sent.invoice_id)
    async with deps.db.begin() as session:
        answer = await pauses.resume(
            session, target, by=caller.person, now=deps.clock(), reason=sent.reason
        )
        done = _kept(answer)
    return {"lifted": done.lifted, "reopened": done.reopened}


@router.post("/customers/{customer_id}/resolve")
async def resolve(deps: Deps, caller: Reviewer, customer_id: Id, sent: Wanted) -> Page:
    """Close a conversation: paid or settled."""
    async with deps.db.begin() as session:
        if await customer(session, customer_id) is None:
            raise NotFound
        answer = await conversations.resolve(
            session, customer_id, by=caller.person, reason=sent.reason, now=deps.clock()
        )
        return _state(_kept(answer))


@router.post("/customers/{customer_id}/reopen")
async def reopen(deps: Deps, caller: Reviewer, customer_id: Id, sent: Wanted) -> Page:
    """Go on with a conversation that was closed or that a person had."""
    async with deps.db.begin() as session:
        if await customer(session, customer_id) is None:
            raise NotFound
        answer = await conversations.reopen(
            session, customer_id, by=caller.person, reason=sent.reason, now=deps.clock()
        )
        return _state(_kept(answer))


@router.post("/conversations/assign")
async def assign(deps: Deps, caller: Reviewer, sent: Assigned) -> Page:
    """Give conversations to a colleague; ids that are not ours are left out."""
    async with deps.db.begin() as session:
        known = [i for i in sent.customer_ids if await customer(session, i) is not None]
        answer = await conversations.assign(
            session, known, sent.user_id, by=caller.person, now=deps.clock()
        )
        return {"changed": list(_kept(answer))}


def _kept(answer: _Answer | Refusal) -> _Answer:
    if isinstance(answer, Refusal):
        raise NotFound if answer.code is RefusalCode.NOT_FOUND else Refused(answer)
    return answer


def _paused(done: Paused) -> Page:
    return {
        "customer_id": done.target.customer_id,
        "invoice_id": done.target.invoice_id,
        "until_on": done.until_on.isoformat() if done.until_on else None,
        "withdrawn": done.withdrawn,
    }


def _state(found: Conversation) -> Page:
    return {
        "state": found.state.value,
        "reason": found.reason,
        "since": found.since.isoformat() if found.since else None,
        "until_on": found.until_on.isoformat() if found.until_on else None,
        "next_action": found.next_action,
        "quote": found.quote,
        "assignee_id": found.assignee_id,
    }


def _line(row: QueueRow) -> Page:
    said = row.last_message_at
    return {
        "customer_id": row.customer_id,
        "customer": row.name,
        "number": row.number,
        "status": row.status,
        "conversation": _state(row.conversation),
        "open": money(row.open),
        "overdue": money(row.overdue),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "aging": row.aging,
        "last_message_at": said.isoformat() if said else None,
        "last_message_from": row.last_message_from,
        "excerpt": row.excerpt,
        "promised_on": row.promised_on.isoformat() if row.promised_on else None,
        "score": row.score,
        "score_reasons": list(row.score_reasons),
        "assignee": row.assignee,
    }

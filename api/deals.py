"""Deals by API: the list, one with its billing schedule, and what people say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, assert_never

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api import deal_shapes
from api.auth import READING, PolicyKeeper, Reviewer
from api.deps import Deps
from api.errors import Conflict, NotFound, TooLarge, Unprocessable
from api.new_deal import NewDeal, Unreadable, deal_of
from api.resources import Id, Limit, Page
from domain.ledger.billing.true_ups import TrueUp
from flows.deals import answering, truing
from flows.deals.answering import MOST_BYTES, Answer, Noted, Upload
from flows.deals.grouping import one_per_customer, set_one_per_customer
from flows.deals.shown import listed, shown
from flows.deals.taking import Taken, take_deal
from flows.deals.truing import TruedUp
from flows.drafts.drafting import Closed, Invalid, Missing
from store.engine import Session

router = APIRouter(prefix="/api/v1/deals")
Text = Annotated[str, Field(max_length=300)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Milestone(_Body):
    """A part of a line's price; the amount is text."""

    name: Text
    amount: Text
    planned_on: Text


class Said(_Body):
    """What a line lacks. Days and numbers are text; what is left out stays unknown."""

    line: Text
    starts_on: Text = ""
    ends_on: Text = ""
    term_months: Text = ""
    frequency: Text = ""
    interval_count: Text = ""
    billed: Text = ""
    milestones: Annotated[list[Milestone], Field(max_length=100)] | None = None


class Used(_Body):
    """The usage of the billing period that begins on a day."""

    line: Text
    period_on: Text
    quantity: Text
    final: bool = True


class Exceeded(_Body):
    """How many units were used in the billing period that begins on a day."""

    line: Text
    period_on: Text
    used: Text


class Ending(_Body):
    """The last day that is billed, and why."""

    last_on: Text
    reason: Annotated[str, Field(max_length=1000)]


class Treatment(_Body):
    """How a change of the contract counts for revenue."""

    treatment: Text


class Instalment(_Body):
    """The key of an instalment."""

    key: Text


class Grouping(_Body):
    """One invoice per customer, currency, terms, order and date; else one for each deal."""

    one_invoice_per_customer: bool


@router.get("", dependencies=READING)
async def deals(
    deps: Deps,
    state: Annotated[str, Query(max_length=20)] = "",
    source: Annotated[str, Query(max_length=30)] = "",
    before: Annotated[int, Query(ge=0)] = 0,
    limit: Limit = 50,
) -> Page:
    """Deals, the newest first. `state` may be "asking": those with an open question."""
    async with deps.db.read() as session:
        found = await listed(session, state=state, source=source, before=before, limit=limit)
    following = str(found[-1].row.id) if len(found) == limit else None
    return {"items": [deal_shapes.listed(one) for one in found], "next": following}


@router.post("", status_code=201)
async def tell(deps: Deps, caller: Reviewer, sent: NewDeal) -> Page:
    """Tell a won deal: it is planned, and what is due is drafted. Twice changes nothing."""
    try:
        told = deal_of(sent)
    except Unreadable as error:
        raise Unprocessable(str(error)) from None
    now = deps.clock()
    async with deps.db.begin() as session:
        told = replace(told, changed_at=now)
        taken = await take_deal(session, told, now, caller.person.actor)
        return await _shown(session, taken.deal_id or 0) | {"news": taken.news}


@router.get("/grouping", dependencies=READING)
async def grouping(deps: Deps) -> Page:
    """Whether deals of one customer that fall due together share an invoice."""
    async with deps.db.read() as session:
        return {"one_invoice_per_customer": await one_per_customer(session)}


@router.put("/grouping")
async def set_grouping(deps: Deps, caller: PolicyKeeper, sent: Grouping) -> Page:
    """Decide it for what is drafted from now on."""
    on = sent.one_invoice_per_customer
    async with deps.db.begin() as session:
        await set_one_per_customer(session, on=on, by=caller.person.actor, now=deps.clock())
    return {"one_invoice_per_customer": on}


@router.get("/{deal_id}", dependencies=READING)
async def one(deps: Deps, deal_id: Id) -> Page:
    """A deal with its lines, its whole schedule, drafts and open questions."""
    async with deps.db.read() as session:
        return await _shown(session, deal_id)


@router.post("/{deal_id}/answer")
async def answer(deps: Deps, caller: Reviewer, deal_id: Id, sent: Said) -> Page:
    """Say what a line lacks; it holds for later versions of the deal too."""
    said: dict[str, Any] = sent.model_dump(exclude={"line"}, exclude_none=True)
    async with deps.db.begin() as session:
        found = await answering.answer(
            session, deal_id, sent.line, said, caller.person, deps.clock()
        )
        return await _answered(session, deal_id, found)


@router.post("/{deal_id}/usage")
async def usage(deps: Deps, caller: Reviewer, deal_id: Id, sent: Used) -> Page:
    """Enter the usage of a billing period; when it is final its invoice is drafted."""
    async with deps.db.begin() as session:
        found = await answering.enter_usage(
            session, deal_id, sent.line, sent.period_on, sent.quantity, caller.person,
            deps.clock(), final=sent.final,
        )  # fmt: skip
        return await _answered(session, deal_id, found)


@router.post("/{deal_id}/evidence")
async def evidence(
    deps: Deps,
    caller: Reviewer,
    request: Request,
    deal_id: Id,
    line: Annotated[str, Query(max_length=300)],
    milestone: Annotated[str, Query(max_length=300)],
    accepted_on: Annotated[str, Query(max_length=10)],
    name: Annotated[str, Query(max_length=200)],
) -> Page:
    """The document that shows a milestone was reached, as the body; opens its instalment."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            raise TooLarge
    file = Upload(name, request.headers.get("content-type", ""), bytes(content))
    async with deps.db.begin() as session:
        found = await answering.show_evidence(
            session, deal_id, line, milestone, accepted_on, file, caller.person, deps.clock()
        )
        return await _answered(session, deal_id, found)


@router.post("/{deal_id}/cancel")
async def cancel(deps: Deps, caller: Reviewer, deal_id: Id, sent: Ending) -> Page:
    """End it: what is due by the day stays, the rest is dropped; `dropped_now` says how many."""
    async with deps.db.begin() as session:
        found = await answering.cancel_deal(
            session, deal_id, sent.last_on, sent.reason, caller.person, deps.clock()
        )
        if not isinstance(found, Taken):
            return await _answered(session, deal_id, found)
        dropped = found.settled.dropped if found.settled else 0
        return await _shown(session, deal_id) | {"dropped_now": dropped}


@router.post("/{deal_id}/resume")
async def resume(deps: Deps, caller: Reviewer, deal_id: Id) -> Page:
    """Take a cancellation back."""
    async with deps.db.begin() as session:
        found = await answering.resume_deal(session, deal_id, caller.person, deps.clock())
        return await _answered(session, deal_id, found)


@router.post("/{deal_id}/treatment")
async def treatment(deps: Deps, caller: Reviewer, deal_id: Id, sent: Treatment) -> Page:
    """Say how a change counts: separate, prospective or catch_up."""
    async with deps.db.begin() as session:
        found = await answering.treat(session, deal_id, sent.treatment, caller.person, deps.clock())
        return await _answered(session, deal_id, found)


@router.post("/{deal_id}/confirm-account")
async def confirm_account(deps: Deps, caller: Reviewer, deal_id: Id) -> Page:
    """The link to the customer stands for the CRM's account as it is now."""
    async with deps.db.begin() as session:
        found = await answering.confirm(session, deal_id, caller.person, deps.clock())
        return await _answered(session, deal_id, found)


@router.post("/{deal_id}/draft")
async def draft_now(deps: Deps, caller: Reviewer, deal_id: Id, sent: Instalment) -> Page:
    """Draft an instalment before its day, or once more after its draft was given up."""
    async with deps.db.begin() as session:
        found = await answering.draft_now(session, deal_id, sent.key, caller.person, deps.clock())
        return await _answered(session, deal_id, found)


@router.get("/{deal_id}/true-up", dependencies=READING)
async def true_up_preview(
    deps: Deps,
    deal_id: Id,
    line: Annotated[str, Query(max_length=300)],
    period_on: Annotated[str, Query(max_length=10)],
    used: Annotated[str, Query(max_length=40)],
) -> Page:
    """What units used beyond the agreed ones would cost; nothing is kept."""
    async with deps.db.read() as session:
        found = await truing.preview(session, deal_id, line, period_on, used, deps.clock().date())
    if isinstance(found, TrueUp):
        return deal_shapes.true_up(found)
    raise _refusal(found)


@router.post("/{deal_id}/true-up")
async def true_up(deps: Deps, caller: Reviewer, deal_id: Id, sent: Exceeded) -> Page:
    """Draft them. The same again changes nothing."""
    async with deps.db.begin() as session:
        found = await truing.true_up(
            session, deal_id, sent.line, sent.period_on, sent.used, caller.person, deps.clock()
        )
        if not isinstance(found, TruedUp):
            raise _refusal(found)
        return await _shown(session, deal_id) | {"true_up": deal_shapes.true_up(found.true_up)}


async def _answered(session: Session, deal_id: int, found: Answer) -> Page:
    match found:
        case Noted():
            return await _shown(session, deal_id)
        case Invalid() | Missing() | Closed():
            raise _refusal(found)
        case _:
            assert_never(found)


def _refusal(found: Invalid | Missing | Closed) -> Exception:
    match found:
        case Invalid(problems):
            return Unprocessable(_told(problems))
        case Missing():
            return NotFound()
        case Closed(reason):
            return Conflict(reason)
        case _:
            assert_never(found)


async def _shown(session: Session, deal_id: int) -> Page:
    found = await shown(session, deal_id)
    if found is None:
        raise NotFound
    return deal_shapes.shown(found)


def _told(problems: Mapping[str, str]) -> str:
    return " ".join(f"{at}: {what}" for at, what in list(problems.items())[:20])

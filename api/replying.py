"""What replies left for people, by API: disputes, contacts to confirm, answers in parts."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import NotFound, Refused
from api.resources import Id
from effects.answers import Refusal, RefusalCode
from flows import contacts, disputes, plans_of_answers, silencing
from flows.attaching import attach_by_hand
from flows.kept_mail import raw_mail
from store import answer_plans, contact_proposals
from store import disputes as cases
from store.contact_proposals import ContactProposalRow
from store.pages import work_item
from store.standing import DisputeRow

router = APIRouter(prefix="/api/v1")
Page = dict[str, Any]
_Answer = TypeVar("_Answer")


class Settled(BaseModel):
    """How a dispute ended, in words for the audit."""

    model_config = ConfigDict(extra="forbid")
    resolution: str = Field(min_length=1, max_length=500)


class Owner(BaseModel):
    """Whose the dispute is: a user's id, or null for its team."""

    model_config = ConfigDict(extra="forbid")
    user_id: int | None


class Narrowed(BaseModel):
    """The invoices a dispute of the whole account is about."""

    model_config = ConfigDict(extra="forbid")
    invoice_ids: list[int] = Field(min_length=1, max_length=100)


class Decided(BaseModel):
    """Confirm a contact or refuse it; `note` tells how it was confirmed, or why not."""

    model_config = ConfigDict(extra="forbid")
    decision: Literal["confirm", "refuse"]
    note: str = Field(default="", max_length=500)


class Why(BaseModel):
    """Why, for the audit."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(min_length=1, max_length=300)


class Whose(BaseModel):
    """The customer a mail is of."""

    model_config = ConfigDict(extra="forbid")
    customer_id: int = Field(ge=1, le=2**62)


class Parts(BaseModel):
    """The ids of the parts to answer; none: the plan is dropped."""

    model_config = ConfigDict(extra="forbid")
    parts: list[Annotated[str, Field(max_length=80)]] = Field(max_length=50)


@router.get("/disputes", dependencies=READING)
async def open_disputes(deps: Deps) -> Page:
    """Open disputes, at most 200, what is due first on top."""
    async with deps.db.read() as session:
        found = await cases.open_cases(session)
        numbers = await cases.numbers_of(session, [row.invoice_id for row, _ in found])
    return {"items": [_dispute(row, name, numbers) for row, name in found]}


@router.post("/disputes/{dispute_id}/resolve")
async def resolve(deps: Deps, caller: Reviewer, dispute_id: Id, sent: Settled) -> Page:
    """Settle a dispute: the invoice is asked for again, its cadence begun anew."""
    async with deps.db.begin() as session:
        answer = await disputes.resolve(
            session,
            dispute_id,
            by=caller.person,
            resolution=sent.resolution,
            now=deps.clock(),
        )
        return {"id": dispute_id, "state": _kept(answer).state}


@router.post("/disputes/{dispute_id}/assign")
async def assign(deps: Deps, caller: Reviewer, dispute_id: Id, sent: Owner) -> Page:
    """Give a dispute to a colleague, or to its team."""
    async with deps.db.begin() as session:
        answer = await disputes.assign(
            session, dispute_id, sent.user_id, by=caller.person, now=deps.clock()
        )
        return {"id": dispute_id, "owner_id": _kept(answer).owner_user_id}


@router.post("/disputes/{dispute_id}/narrow")
async def narrow(deps: Deps, caller: Reviewer, dispute_id: Id, sent: Narrowed) -> Page:
    """A dispute of the whole account is about these invoices only; the others go on."""
    async with deps.db.begin() as session:
        answer = await disputes.narrow(
            session, dispute_id, sent.invoice_ids, by=caller.person, now=deps.clock()
        )
        return {"id": dispute_id, "invoices": _kept(answer)}


@router.get("/contacts/proposed", dependencies=READING)
async def proposed_contacts(deps: Deps) -> Page:
    """Contacts that mails named and nobody decided on, at most 200, oldest first."""
    async with deps.db.read() as session:
        rows = await contact_proposals.undecided(session)
    return {"items": [_contact(row) for row in rows]}


@router.post("/contacts/proposed/{proposal_id}")
async def decide_contact(deps: Deps, caller: Reviewer, proposal_id: Id, sent: Decided) -> Page:
    """Confirm a contact, or refuse it. Of another domain only with how it was confirmed."""
    by, now = caller.person, deps.clock()
    async with deps.db.begin() as session:
        if sent.decision == "confirm":
            added = await contacts.confirm(session, proposal_id, by=by, how=sent.note, now=now)
            return {"id": proposal_id, "state": "confirmed", "contact_id": _kept(added)}
        _kept(await contacts.refuse_contact(session, proposal_id, by=by, reason=sent.note, now=now))
    return {"id": proposal_id, "state": "refused", "contact_id": None}


@router.get("/work-items/{item_id}/mail", dependencies=READING)
async def kept(deps: Deps, item_id: Id) -> Response:
    """The mail of an item as it came, as a download."""
    async with deps.db.read() as session:
        item = await work_item(session, item_id)
        found = await raw_mail(session, item) if item is not None else None
    if found is None:
        raise NotFound
    return Response(found.body, headers=dict(found.headers))


@router.post("/work-items/{item_id}/attach")
async def attach(deps: Deps, caller: Reviewer, item_id: Id, sent: Whose) -> Page:
    """Say which customer a mail is of that nobody knew; it is read then."""
    async with deps.db.begin() as session:
        answer = await attach_by_hand(
            session, item_id, sent.customer_id, by=caller.person, now=deps.clock()
        )
        return {"id": item_id, "customer_id": sent.customer_id, "touchpoint_id": _kept(answer)}


@router.post("/contacts/{contact_id}/silence")
async def silence(deps: Deps, caller: Reviewer, contact_id: Id, sent: Why) -> Page:
    """Write to this address no more, at whichever customers it is on file."""
    async with deps.db.begin() as session:
        by, now = caller.person, deps.clock()
        answer = await silencing.silence(session, contact_id, by=by, reason=sent.reason, now=now)
        return {"id": contact_id, "contacts": _kept(answer)}


@router.post("/contacts/{contact_id}/restore")
async def restore(deps: Deps, caller: Reviewer, contact_id: Id, sent: Why) -> Page:
    """Write to this address again; to who asked for peace only by an approver's word."""
    async with deps.db.begin() as session:
        by, now = caller.person, deps.clock()
        answer = await silencing.restore(session, contact_id, by=by, reason=sent.reason, now=now)
        return {"id": contact_id, "contacts": _kept(answer)}


@router.get("/answers", dependencies=READING)
async def waiting_answers(deps: Deps) -> Page:
    """Answers that wait for approval, at most 200, oldest first."""
    async with deps.db.read() as session:
        found = await answer_plans.waiting_plans(session)
    return {
        "items": [
            {
                "id": plan.id,
                "customer_id": plan.customer_id,
                "customer": name,
                "to": plan.to_address,
                "effect_id": effect.id,
                "parts": plan.parts.get("parts", []),
                "opened_at": plan.opened_at.isoformat(),
            }
            for plan, effect, name in found
        ]
    }


@router.post("/answers/{plan_id}")
async def choose(deps: Deps, caller: Reviewer, plan_id: Id, sent: Parts) -> Page:
    """Answer only these parts; the mail as it stands then waits for approval."""
    async with deps.db.begin() as session:
        answer = await plans_of_answers.choose(
            session, deps.desk, plan_id, sent.parts, by=caller.person, now=deps.clock()
        )
        done = _kept(answer)
    return {"id": plan_id, "effect_id": done.effect_id, "fingerprint": done.fingerprint}


def _kept(answer: _Answer | Refusal) -> _Answer:
    if isinstance(answer, Refusal):
        raise NotFound if answer.code is RefusalCode.NOT_FOUND else Refused(answer)
    return answer


def _dispute(row: DisputeRow, customer: str, numbers: dict[int, str]) -> Page:
    return {
        "id": row.id,
        "customer_id": row.customer_id,
        "customer": customer,
        "invoice_id": row.invoice_id,
        "invoice": numbers.get(row.invoice_id or 0),
        "reason": row.reason_code,
        "quote": row.quote,
        "team": row.team,
        "owner_id": row.owner_user_id,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "opened_at": row.opened_at.isoformat(),
    }


def _contact(row: ContactProposalRow) -> Page:
    return {
        "id": row.id,
        "customer_id": row.customer_id,
        "email": row.email,
        "name": row.name,
        "source": row.source,
        "near": row.near,
        "quote": row.quote,
        "replaces": row.replaces,
        "proposed_at": row.proposed_at.isoformat(),
    }

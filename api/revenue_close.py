"""The close by API: its list, closing as a job, how far it is, reopening, explained points."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from api.auth import READING, Caller, Reviewer
from api.deps import Deps
from api.errors import Conflict, KeyInsufficient, NotFound, Unprocessable
from api.resources import Id
from effects.actor import Role
from flows.revenue import close, closing
from flows.revenue.checklist import Checklist
from flows.revenue.close import Refused
from flows.revenue.explaining import NotOpen, explain, subjects
from store import revenue_close, revenue_closing, revenue_periods
from store.engine import Session
from store.parties import SubsidiaryRow
from store.revenue import RevenueReviewRow
from store.revenue_closing import RevenueClosingRow
from store.revenue_turns import BUSY

router = APIRouter(prefix="/api/v1")
Shape = dict[str, Any]
Day = Annotated[str, Query(max_length=10)]


class PeriodOf(BaseModel):
    """A period by the subsidiary's id here and any of its days."""

    model_config = ConfigDict(extra="forbid", strict=True)
    subsidiary: int = Field(ge=1, le=2**62)
    on: str = Field(max_length=10, examples=["2026-03-31"])


class Reopening(PeriodOf):
    """A closed period, and why it takes postings again."""

    reason: str = Field(min_length=1, max_length=1000)


class Explanation(PeriodOf):
    """What of a point's `explain` may stand, and why."""

    subject: str = Field(min_length=1, max_length=200, examples=["tie_out:240:USD"])
    reason: str = Field(min_length=1, max_length=1000)


@router.get("/revenue/close", dependencies=READING)
async def standing(deps: Deps, subsidiary: int, on: Day = "") -> Shape:
    """The checklist of a period; without a day, of the next one to be locked."""
    async with deps.db.read() as session:
        row = await seller(session, subsidiary)
        day = day_of(on) if on else None
        found = await close.standing(session, row, deps.desk, deps.clock(), day)
        last = await revenue_closing.latest(session, row.id, found.period.starts_on)
        said = await revenue_close.reviews(session, found.row.id) if found.row else ()
    return {
        **_checklist(found),
        "explained": [_said(one) for one in said],
        "closing": _closing(last) if last else None,
    }


@router.post("/revenue/close", status_code=202)
async def close_period(deps: Deps, caller: Reviewer, wanted: PeriodOf) -> Response:
    """Have a period posted, its journals proposed, and locked, as far as it goes. For controllers.

    Asked twice it is one closing; the answer says where to look how far it is.
    """
    controller(caller)
    async with deps.db.begin() as session:
        row = await seller(session, wanted.subsidiary)
        day, now = day_of(wanted.on), deps.clock()
        found = await closing.ask(session, row, day, deps.desk, caller.person, now)
    if isinstance(found, Refused):
        raise Unprocessable(found.why)
    told = _closing(found)
    return JSONResponse(told, 202, {"Location": str(told["look_at"]), "Retry-After": "2"})


@router.get("/revenue/closings/{closing_id}", dependencies=READING)
async def one_closing(deps: Deps, closing_id: Id) -> Shape:
    """How far a closing is, or how it ended."""
    async with deps.db.read() as session:
        row = await revenue_closing.closing(session, closing_id)
    if row is None:
        raise NotFound
    return _closing(row)


@router.post("/revenue/close/explain")
async def explained(deps: Deps, caller: Reviewer, wanted: Explanation) -> Shape:
    """Say why an open point may stand, in your name. For controllers; kept once."""
    controller(caller)
    async with deps.db.begin() as session:
        row = await seller(session, wanted.subsidiary)
        said = await explain(
            session, row, day_of(wanted.on), wanted.subject, wanted.reason, deps.desk,
            caller.person, deps.clock(),
        )  # fmt: skip
    if isinstance(said, NotOpen):
        raise Conflict("Nothing of this name stands open to be explained.")
    if isinstance(said, Refused):
        raise Conflict(said.why) if said.why == BUSY else Unprocessable(said.why)
    return {**_said(said.row), "again": said.again}


@router.post("/revenue/reopen")
async def reopen(deps: Deps, caller: Reviewer, wanted: Reopening) -> Shape:
    """Let a locked period take postings again. For controllers."""
    controller(caller)
    async with deps.db.begin() as session:
        row = await seller(session, wanted.subsidiary)
        found = await close.reopen(
            session, row, day_of(wanted.on), wanted.reason, deps.desk, caller.person, deps.clock()
        )
    if isinstance(found, Refused):
        raise Conflict(found.why) if found.why == BUSY else Unprocessable(found.why)
    return {"period": found.name, "state": found.state}


def _checklist(found: Checklist) -> Shape:
    row = found.row
    return {
        "period": found.period.name,
        "starts_on": found.period.starts_on.isoformat(),
        "ends_on": found.period.ends_on.isoformat(),
        "subsidiary": found.subsidiary.id,
        "mode": found.mode.value,
        "state": row.state if row is not None else "open",
        "ready": found.ready,
        "points": [
            {"check": one.check.value, "state": one.state.value, "owner": one.owner,
             "text": one.told, "open": list(one.open), "explain": list(subjects(one))}
            for one in found.points
        ],
    }  # fmt: skip


def _closing(row: RevenueClosingRow) -> Shape:
    return {
        "id": row.id,
        "period": row.period,
        "subsidiary": row.subsidiary_id,
        "state": row.state,
        "step": row.step or None,
        "lines": {"done": row.done, "of": row.total} if row.total else None,
        "outcome": row.outcome or None,
        "text": row.told,
        "problem": row.problem or None,
        "asked_by": row.asked_by,
        "asked_at": row.asked_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        "look_at": f"/api/v1/revenue/closings/{row.id}",
    }


def _said(row: RevenueReviewRow) -> Shape:
    return {
        "id": row.id,
        "subject": row.subject,
        "amount_minor": row.amount_minor,
        "currency": row.currency or None,
        "reason": row.reason,
        "by": row.reviewed_by,
        "at": row.reviewed_at.isoformat(),
    }


def controller(caller: Caller) -> None:
    """Raises KeyInsufficient for everybody else."""
    if caller.role is not Role.CONTROLLER:
        raise KeyInsufficient(
            "A controller closes and reopens periods, explains points and decides changes."
        )


async def seller(session: Session, subsidiary_id: int) -> SubsidiaryRow:
    """The subsidiary of this id here. Raises NotFound."""
    known = 0 < subsidiary_id < 2**62
    row = await revenue_periods.subsidiary(session, subsidiary_id) if known else None
    if row is None:
        raise NotFound
    return row


def day_of(text: str) -> date:
    """A day as a caller wrote it. Raises Unprocessable."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise Unprocessable("A day looks like 2026-03-31.") from None
    if not 1990 <= day.year <= 2200:
        raise Unprocessable("This day is too far away.")
    return day

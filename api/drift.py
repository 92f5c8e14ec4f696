"""Drift by API: findings, one of them with both sides, and what is to be done with it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import NotFound, Refused, Unprocessable
from api.resources import After, Id, Limit, Page, listed
from domain.ledger.drift import DriftKind
from domain.ledger.drift_urgency import Urgency, ends_of, urgency
from effects.answers import Refusal
from flows.drift.push import CannotPush, pushable, todo
from flows.drift.resolve import Accept, Ignore, Push, Resolution, Settled, Unsyncable, resolve
from store import drift
from store.drift import DriftFindingRow

router = APIRouter(prefix="/api/v1/drift")
State = Literal["open", "ignored", "unsyncable", "closed", "hidden", "all"]
_STATES: dict[str, tuple[str, ...]] = {"hidden": drift.HIDDEN, "all": drift.STATES}


class Wanted(BaseModel):
    """What is to be done. `until` belongs to "ignore"; a reason is needed for all but "push"."""

    model_config = ConfigDict(extra="forbid")
    resolution: Literal["accept", "push", "ignore", "unsyncable"]
    reason: str = Field(default="", max_length=1000)
    until: date | None = None


@router.get("", dependencies=READING)
async def findings(
    deps: Deps,
    state: State = "open",
    kind: DriftKind | None = None,
    pressing: Urgency | None = None,
    customer_id: After = 0,
    after: After = 0,
    limit: Limit = 50,
) -> Page:
    """Findings by id, and how many there are in each state."""
    today = deps.clock().date()
    ends_after, ends_by = ends_of(pressing, today) if pressing else (None, None)
    async with deps.db.read() as session:
        rows = await drift.open_findings(
            session,
            kind=kind or "",
            states=_STATES.get(state, (state,)),
            customer_id=customer_id or None,
            ends_by=ends_by,
            ends_after=ends_after,
            after=after,
            limit=limit,
        )
        counted = await drift.counts(session)
    page = listed([_short(r, today) for r in rows], limit, rows[-1].id if rows else None)
    return {**page, "counts": {name: sum(of.values()) for name, of in counted.items()}}


@router.get("/{finding_id}", dependencies=READING)
async def one(deps: Deps, finding_id: Id) -> Page:
    """A finding with what stood and what stands."""
    async with deps.db.read() as session:
        row = await drift.finding(session, finding_id)
    if row is None:
        raise NotFound
    return _whole(row, deps.clock().date())


@router.post("/{finding_id}/resolve")
async def settle(deps: Deps, caller: Reviewer, finding_id: Id, sent: Wanted) -> Page:
    """Accept NetSuite's, propose to push ours, ignore until a day, or mark as unsyncable."""
    now = deps.clock()
    async with deps.db.begin() as session:
        answer = await resolve(
            session,
            finding_id,
            _resolution(sent),
            by=caller.person,
            policy=deps.desk.approval,
            now=now,
        )
        row = await drift.finding(session, finding_id)
    match answer:
        case Refusal():
            raise Refused(answer)
        case CannotPush():
            raise Unprocessable(answer.todo)
        case Settled() if row is not None:
            return {**_whole(row, now.date()), "effect_id": answer.effect_id}
    raise NotFound


def _resolution(sent: Wanted) -> Resolution:
    reason = sent.reason.strip()
    if sent.resolution == "push":
        return Push(reason)
    if not reason:
        raise Unprocessable("Say why: a reason is needed.")
    if sent.resolution == "accept":
        return Accept(reason)
    if sent.resolution == "unsyncable":
        return Unsyncable(reason)
    if sent.until is None:
        raise Unprocessable("Say until which day it is to be ignored.")
    return Ignore(reason, sent.until)


def _short(row: DriftFindingRow, today: date) -> dict[str, Any]:
    ends_on = row.period_ends_on
    return {
        "id": row.id,
        "kind": row.kind,
        "state": row.state,
        "document": {
            "kind": row.document_kind,
            "netsuite_id": row.netsuite_id,
            "number": row.number,
        },
        "customer_id": row.customer_id,
        "fields": row.fields,
        "first_seen_at": row.first_seen_at.isoformat(),
        "last_seen_at": row.last_seen_at.isoformat(),
        "changed_by": row.changed_by,
        "changed_at": row.changed_at.isoformat() if row.changed_at else None,
        "period_ends_on": ends_on.isoformat() if ends_on else None,
        "urgency": urgency(ends_on, today),
    }


def _whole(row: DriftFindingRow, today: date) -> dict[str, Any]:
    return {
        **_short(row, today),
        "ours": row.ours or None,
        "theirs": row.theirs or None,
        "pushable": pushable(row),
        "todo": todo(row.kind),
        "resolution": row.resolution,
        "resolved_by": row.resolved_by,
        "resolved_reason": row.resolved_reason,
        "ignored_until": row.ignored_until.isoformat() if row.ignored_until else None,
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
        "closed_by": row.closed_by,
        "closed_reason": row.closed_reason,
        "effect_id": row.effect_id,
    }

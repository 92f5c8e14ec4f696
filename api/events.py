"""Events to other systems: what was told, to whom it arrived, and sending it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter

from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import NotFound
from api.resources import After, Id, Limit, Page, listed
from flows.events import send_again, trial
from store import outgoing
from store.outgoing import OutgoingDeliveryRow, OutgoingEventRow

router = APIRouter(prefix="/api/v1/events")


@router.get("", dependencies=READING)
async def events(deps: Deps, kind: str = "", after: After = 0, limit: Limit = 50) -> Page:
    """Events by id, kept for 90 days."""
    async with deps.db.read() as session:
        rows = await outgoing.events(session, kind=kind[:60], after=after, limit=limit)
        deliveries = await outgoing.deliveries_of(session, [row.id for row in rows])
    told = [_event(row, deliveries.get(row.id, ())) for row in rows]
    return listed(told, limit, rows[-1].id if rows else None)


@router.post("/trial", status_code=202)
async def send_trial(deps: Deps, caller: Reviewer) -> Page:
    """Send an event of kind webhook.test to every endpoint."""
    async with deps.db.begin() as session:
        await trial(session, caller.person, deps.clock())
    return {"sent": True}


@router.post("/{event_id}/send", status_code=202)
async def send(deps: Deps, caller: Reviewer, event_id: Id) -> Page:
    """Send an event again to the endpoints that it was given up for."""
    async with deps.db.begin() as session:
        if await outgoing.event(session, event_id) is None:
            raise NotFound
        count = await send_again(session, event_id, caller.person, deps.clock())
    return {"deliveries": count}


def _event(row: OutgoingEventRow, deliveries: Sequence[OutgoingDeliveryRow]) -> dict[str, Any]:
    return {
        "id": row.id,
        "type": row.kind,
        "subject": row.subject,
        "occurred_at": row.occurred_at.isoformat(),
        "data": row.payload,
        "deliveries": [
            {
                "host": d.host,
                "state": d.state,
                "attempts": d.attempts,
                "detail": d.detail,
                "tried_at": d.tried_at.isoformat() if d.tried_at else None,
            }
            for d in deliveries
        ],
    }

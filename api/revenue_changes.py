"""Changes of posted lines by API: the figures of each treatment, and a controller's choice.

An id stands for one change with its figures: when NetSuite changes once more, it is withdrawn and
another id proposed, so a decision is always about what its caller saw.
"""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api import shapes
from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import Conflict, NotFound, Unprocessable
from api.resources import After, Id, Limit, Page, listed
from api.revenue_close import controller
from domain.ledger.money import Money
from domain.revenue.modification import Treatment
from flows.revenue import changes
from flows.revenue.changes import NotDecided
from store import revenue_decisions
from store.engine import Session
from store.revenue_decisions import ChangeOfLine
from store.revenue_turns import BUSY

router = APIRouter(prefix="/api/v1/revenue/changes")


class Choice(BaseModel):
    """One of the treatments that have figures, and why it is the right one."""

    model_config = ConfigDict(extra="forbid")
    treatment: Treatment
    reason: str = Field(min_length=1, max_length=1000)


@router.get("", dependencies=READING)
async def listing(
    deps: Deps,
    state: Literal["", "proposed", "decided", "withdrawn"] = "proposed",
    subsidiary: After = 0,
    after: After = 0,
    limit: Limit = 50,
) -> Page:
    """Changes by id; those that wait unless another state, or "" for any, is asked for."""
    async with deps.db.read() as session:
        rows = await revenue_decisions.changes_page(
            session, state=state, subsidiary_id=subsidiary or None, after=after, limit=limit
        )
    return listed([_shape(one) for one in rows], limit, rows[-1][0].id if rows else None)


@router.get("/{change_id}", dependencies=READING)
async def one(deps: Deps, change_id: Id) -> Page:
    """A change: what each treatment would do, what is suggested and why, what was decided."""
    async with deps.db.read() as session:
        return _shape(await _change(session, change_id))


@router.post("/{change_id}/decide")
async def decide(deps: Deps, caller: Reviewer, change_id: Id, sent: Choice) -> Page:
    """Book a change as chosen. For controllers. The same choice again changes nothing."""
    controller(caller)
    person = caller.person
    async with deps.db.begin() as session:
        found = await changes.decide(
            session,
            change_id,
            sent.treatment,
            by=person.actor,
            name=person.name,
            reason=sent.reason,
            settings=deps.desk.revenue,
            now=deps.clock(),
        )
        now = await _change(session, change_id)
        row, same = now[0], (sent.treatment.value, sent.reason, person.name)
        if isinstance(found, NotDecided) and found.why == BUSY:
            raise Conflict(f"{BUSY[:1].upper()}{BUSY[1:]}.")
        if isinstance(found, NotDecided) and row.state == "proposed":
            raise Unprocessable(f"{found.why[:1].upper()}{found.why[1:]}.")
        if isinstance(found, NotDecided) and same != (row.treatment, row.reason, row.decided_by):
            raise Conflict(f"{found.why[:1].upper()}{found.why[1:]}.")
    return _shape(now)


async def _change(session: Session, change_id: int) -> ChangeOfLine:
    found = await revenue_decisions.change_of_line(session, change_id)
    if found is None:
        raise NotFound
    return found


def _shape(found: ChangeOfLine) -> dict[str, Any]:
    change, line = found
    return {
        "id": change.id,
        "state": change.state,
        "line": {"id": line.id, "invoice": line.invoice_number, "number": line.line},
        "customer": line.customer_name,
        "subsidiary": line.subsidiary_id,
        "effective_on": change.effective_on.isoformat(),
        "because": change.because,
        "suggested": change.suggested,
        "treatments": [_figures(code, told) for code, told in change.figures.items()],
        "treatment": change.treatment or None,
        "reason": change.reason,
        "decided_by": change.decided_by or None,
        "decided_at": change.decided_at.isoformat() if change.decided_at else None,
        "proposed_at": change.proposed_at.isoformat(),
    }


def _figures(code: str, told: Any) -> dict[str, Any]:
    currency = str(told["currency"])
    rest = [shapes.money(Money(int(minor), currency)) for _, minor in told.get("remaining", [])]
    return {
        "treatment": code,
        "now": shapes.money(Money(int(told["now"]), currency)),
        "remaining": rest,
        "because": told.get("because", ""),
    }

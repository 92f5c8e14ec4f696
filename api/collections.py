"""Collections by API: who may be written to, one customer or many."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.auth import Reviewer
from api.deps import Deps
from api.errors import NotFound, Refused
from api.resources import Id
from effects.answers import Refusal
from flows.collections import MOST, Switched, switch
from store.parties import customer

router = APIRouter(prefix="/api/v1")


class Wanted(BaseModel):
    """How collections shall stand, and why."""

    model_config = ConfigDict(extra="forbid")
    on: bool
    reason: str = Field(default="", max_length=1000)


class ManyWanted(Wanted):
    """The same for many customers at once."""

    customer_ids: list[int] = Field(min_length=1, max_length=MOST)


@router.post("/customers/{customer_id}/collections")
async def one(deps: Deps, caller: Reviewer, customer_id: Id, sent: Wanted) -> dict[str, Any]:
    """Switch collections for a customer. Off withdraws follow-ups that wait."""
    async with deps.db.begin() as session:
        if await customer(session, customer_id) is None:
            raise NotFound
        answer = await switch(
            session,
            [customer_id],
            on=sent.on,
            by=caller.person,
            reason=sent.reason,
            now=deps.clock(),
        )
    return _told(answer)


@router.post("/collections")
async def many(deps: Deps, caller: Reviewer, sent: ManyWanted) -> dict[str, Any]:
    """Switch collections for customers; ids that are not ours are left out."""
    async with deps.db.begin() as session:
        answer = await switch(
            session,
            sent.customer_ids,
            on=sent.on,
            by=caller.person,
            reason=sent.reason,
            now=deps.clock(),
        )
    return _told(answer)


def _told(answer: Switched | Refusal) -> dict[str, Any]:
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return {
        "on": answer.on,
        "changed": list(answer.customer_ids),
        "withdrawn": answer.withdrawn,
    }

"""The dunning policy by API: what is in force, its versions, writing and making one live."""

from __future__ import annotations

from typing import Any, assert_never

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.auth import READING, PolicyKeeper
from api.deps import Deps
from api.errors import NotFound, Refused, Unprocessable
from api.resources import Id
from effects.answers import Refusal
from flows import policy_versions
from flows.policies import DUNNING, live
from flows.policy_groups import groups_of
from flows.policy_versions import Drafted, WentLive, Wrong
from store import policies
from store.policies import PolicyVersionRow

router = APIRouter(prefix="/api/v1/policies/dunning")
_LONGEST = 64 * 1024


class NewVersion(BaseModel):
    """A text of the policy, and why it changes."""

    model_config = ConfigDict(extra="forbid")
    body: str = Field(min_length=1, max_length=_LONGEST)
    note: str = Field(default="", max_length=500)


@router.get("", dependencies=READING)
async def in_force(deps: Deps) -> dict[str, Any]:
    """The policy in force: its version (null: the file), and its settings in three groups."""
    async with deps.db.read() as session:
        found = await policies.live_body(session, DUNNING)
        policy = await live(session, deps.desk)
    body = found.body if found is not None else deps.desk.dunning_text
    return {
        "version": found.id if found is not None else None,
        "body": body,
        "groups": groups_of(policy),
    }


@router.get("/versions", dependencies=READING)
async def versions(deps: Deps) -> dict[str, Any]:
    """The latest versions, newest first, without their texts."""
    async with deps.db.read() as session:
        rows = await policies.versions(session, DUNNING)
    return {"versions": [_shape(row) for row in rows]}


@router.get("/versions/{version_id}", dependencies=READING)
async def version(deps: Deps, version_id: Id) -> dict[str, Any]:
    """A version with its text and what it would have done on the last 90 days."""
    async with deps.db.read() as session:
        row = await policies.version(session, version_id)
    if row is None or row.kind != DUNNING:
        raise NotFound
    return {**_shape(row), "body": row.body, "preview": row.preview or None}


@router.post("/versions", status_code=201)
async def write(deps: Deps, caller: PolicyKeeper, sent: NewVersion) -> dict[str, Any]:
    """Store a version; it is tried on history and waits for somebody else to make it live."""
    async with deps.db.begin() as session:
        answer = await policy_versions.draft(
            session, sent.body, sent.note, caller.person, deps.clock()
        )
    match answer:
        case Drafted(version_id):
            return {"id": version_id}
        case Wrong():
            raise Unprocessable(answer.words)
        case Refusal():
            raise Refused(answer)
        case _:
            assert_never(answer)


@router.post("/versions/{version_id}/live")
async def make_live(deps: Deps, caller: PolicyKeeper, version_id: Id) -> dict[str, Any]:
    """Put a version in force that somebody else wrote."""
    async with deps.db.begin() as session:
        answer = await policy_versions.make_live(session, version_id, caller.person, deps.clock())
    match answer:
        case WentLive():
            return {
                "version": answer.version_id,
                "before": answer.before,
                "withdrawn": answer.withdrawn,
            }
        case Wrong():
            raise Unprocessable(answer.words)
        case Refusal():
            raise Refused(answer)
        case _:
            assert_never(answer)


def _shape(row: PolicyVersionRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "author": row.author,
        "note": row.note,
        "created_at": row.created_at,
        "live_at": row.live_at,
        "live_by": row.live_by or None,
        "parent": row.parent_id,
        "previewed_at": row.previewed_at,
    }

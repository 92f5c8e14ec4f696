"""Playbooks by API: list, read, write as YAML, make active, stop, answer a question."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import NotFound, Refused, Unprocessable
from api.resources import Id
from domain.dunning.playbook import Answer
from effects.answers import Refusal, RefusalCode
from flows import playbook_versions
from flows.playbook_versions import LONGEST, Saved, Taken
from flows.playbooks import answer
from sources.policy_file import PolicyFileError
from store import playbooks
from store.playbooks import PlaybookRow

router = APIRouter(prefix="/api/v1/playbooks")
Page = dict[str, Any]


class Written(BaseModel):
    """A playbook as YAML, and why it is so."""

    model_config = ConfigDict(extra="forbid")
    body: str = Field(min_length=1, max_length=LONGEST)
    note: str = Field(default="", max_length=300)


class Chosen(BaseModel):
    """Which version is to act."""

    model_config = ConfigDict(extra="forbid")
    version: int = Field(ge=1)


class Answered(BaseModel):
    """The answer to the question at which a run waits, with the words it rests on."""

    model_config = ConfigDict(extra="forbid")
    path: str = Field(max_length=100)
    yes: bool
    quote: str = Field(default="", max_length=300)


@router.get("", dependencies=READING)
async def every(deps: Deps) -> Page:
    """Every playbook, active ones first."""
    async with deps.db.read() as session:
        return {"items": [_shape(row) for row in await playbooks.playbooks(session)]}


@router.get("/{playbook_id}", dependencies=READING)
async def one(deps: Deps, playbook_id: Id) -> Page:
    """A playbook with its versions and where customers stand in it."""
    async with deps.db.read() as session:
        row = await playbooks.playbook(session, playbook_id)
        if row is None:
            raise NotFound
        versions = await playbooks.versions_of(session, playbook_id)
        runs = await playbooks.runs_of(session, playbook_id)
    return {
        **_shape(row),
        "versions": [
            {"version": v.version, "body": v.body, "author": v.author, "note": v.note,
             "created_at": v.created_at.isoformat()}
            for v in versions
        ],
        "runs": [
            {"id": r.id, "customer_id": r.customer_id, "version": r.version, "cycle": r.cycle,
             "position": r.position, "state": r.state, "log": r.log}
            for r in runs
        ],
    }  # fmt: skip


@router.post("", status_code=201)
async def create(deps: Deps, caller: Reviewer, sent: Written) -> Page:
    """Keep a new playbook. It acts only when somebody else makes it active."""
    return await _save(deps, caller, sent, None)


@router.post("/{playbook_id}/versions", status_code=201)
async def write(deps: Deps, caller: Reviewer, playbook_id: Id, sent: Written) -> Page:
    """Keep a new version of a playbook."""
    return await _save(deps, caller, sent, playbook_id)


async def _save(deps: Deps, caller: Reviewer, sent: Written, playbook_id: int | None) -> Page:
    try:
        async with deps.db.begin() as session:
            done = await playbook_versions.save(
                session,
                sent.body,
                by=caller.person,
                now=deps.clock(),
                playbook_id=playbook_id,
                note=sent.note,
            )
    except PolicyFileError as error:
        raise Unprocessable(f"Line {error.line}: {error.problem}. {error.fix}") from error
    if isinstance(done, Saved):
        return {"id": done.playbook_id, "version": done.version}
    raise _refused(done)


@router.post("/{playbook_id}/activate")
async def activate(deps: Deps, caller: Reviewer, playbook_id: Id, sent: Chosen) -> Page:
    """Let a version act; 409 names the playbook that has one of its customers already."""
    async with deps.db.begin() as session:
        done = await playbook_versions.activate(
            session, playbook_id, sent.version, by=caller.person, now=deps.clock()
        )
    if isinstance(done, Taken):
        raise Refused(Refusal(RefusalCode.WRONG_STATE, done.message))
    if isinstance(done, Refusal):
        raise _refused(done)
    return _shape(done)


@router.post("/{playbook_id}/deactivate")
async def deactivate(deps: Deps, caller: Reviewer, playbook_id: Id) -> Page:
    """Let the policy's own steps decide again."""
    async with deps.db.begin() as session:
        done = await playbook_versions.deactivate(
            session, playbook_id, by=caller.person, now=deps.clock()
        )
    if isinstance(done, Refusal):
        raise _refused(done)
    return _shape(done)


@router.post("/runs/{run_id}/answer")
async def answer_it(deps: Deps, caller: Reviewer, run_id: Id, sent: Answered) -> Page:
    """Answer a question; `answered` is false when it waits no more."""
    given = Answer(sent.yes, sent.quote)
    async with deps.db.begin() as session:
        done = await answer(
            session, run_id, sent.path, given, by=caller.person.actor, now=deps.clock()
        )
    return {"answered": done}


def _refused(refusal: Refusal) -> Exception:
    return NotFound() if refusal.code is RefusalCode.NOT_FOUND else Refused(refusal)


def _shape(row: PlaybookRow) -> Page:
    return {
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "active": row.active,
        "version": row.version,
        "steps": row.steps,
        "everybody": row.everybody,
        "customer_ids": list(row.customer_ids),
        "changed_at": row.changed_at.isoformat(),
    }

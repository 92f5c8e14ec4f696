"""Review by API: effects as they would happen, and decisions bound to their fingerprint."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api import shapes
from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import NotFound, Refused, Unprocessable
from api.resources import After, Id, Limit, Page, listed
from effects import decide
from effects.answers import Refusal
from effects.kinds import SendEmail
from effects.moving import effect_of
from flows.edited_mail import changes_of, guard
from store.effects import EffectRow, decisions_of, effect
from store.engine import Session
from store.pages import effects_page

router = APIRouter(prefix="/api/v1/effects")


class Decision(BaseModel):
    """What the caller saw, and why it decides."""

    model_config = ConfigDict(extra="forbid")
    fingerprint: str = Field(min_length=64, max_length=64)
    reason: str = Field(default="", max_length=1000)


class MailEdit(Decision):
    """The new subject and text of a proposed mail; its HTML part is made to say the same.

    `papers` are the ids of attached papers that stay; without it all of them do.
    """

    subject: str = Field(min_length=1, max_length=500)
    text: str = Field(min_length=1, max_length=50_000)
    papers: list[int] | None = Field(default=None, max_length=50)


class Seen(BaseModel):
    """What a person saw where we cannot look. A posting that happened names its ERP record."""

    model_config = ConfigDict(extra="forbid")
    happened: bool
    reason: str = Field(min_length=1, max_length=1000)
    netsuite_id: str = Field(default="", max_length=20)


@router.get("", dependencies=READING)
async def effects(
    deps: Deps,
    state: str = "",
    kind: str = "",
    customer_id: After = 0,
    after: After = 0,
    limit: Limit = 50,
) -> Page:
    """Effects by id."""
    async with deps.db.read() as session:
        rows = await effects_page(
            session,
            state=state,
            kind=kind,
            customer_id=customer_id or None,
            after=after,
            limit=limit,
        )
    return listed([shapes.effect(r) for r in rows], limit, rows[-1].id if rows else None)


@router.get("/{effect_id}", dependencies=READING)
async def one_effect(deps: Deps, effect_id: Id) -> Page:
    """An effect with its whole content and decisions."""
    async with deps.db.read() as session:
        row = await _effect(session, effect_id)
        decisions = await decisions_of(session, effect_id)
    told: dict[str, Any] = shapes.effect(row)
    return {**told, "payload": row.payload, "decisions": [shapes.decision(d) for d in decisions]}


@router.post("/{effect_id}/approve")
async def approve(deps: Deps, caller: Reviewer, effect_id: Id, sent: Decision) -> Page:
    """Let exactly this content happen."""
    async with deps.db.begin() as session:
        answer = await decide.approve(
            session,
            effect_id,
            sent.fingerprint,
            caller.person,
            deps.desk.approval,
            deps.clock(),
            sent.reason,
        )
        return await _told(session, effect_id, answer)


@router.post("/{effect_id}/reject")
async def reject(deps: Deps, caller: Reviewer, effect_id: Id, sent: Decision) -> Page:
    """End it: it will not happen. A reason is needed."""
    if not sent.reason.strip():
        raise Unprocessable("Say why it is rejected.")
    async with deps.db.begin() as session:
        answer = await decide.reject(
            session,
            effect_id,
            sent.fingerprint,
            caller.person,
            deps.desk.approval,
            deps.clock(),
            sent.reason,
        )
        return await _told(session, effect_id, answer)


@router.post("/{effect_id}/edit")
async def edit(deps: Deps, caller: Reviewer, effect_id: Id, sent: MailEdit) -> Page:
    """Put a new version of a mail in its place; it waits under a new fingerprint."""
    now = deps.clock()
    async with deps.db.begin() as session:
        content = effect_of(await _effect(session, effect_id))
        if not isinstance(content, SendEmail):
            raise Unprocessable("Only mails are edited here.")
        changes = await changes_of(
            session, content, subject=sent.subject, text=sent.text, papers=sent.papers
        )
        answer = await decide.edit(
            session,
            effect_id,
            sent.fingerprint,
            changes,
            caller.person,
            deps.desk.approval,
            now,
            sent.reason,
            guard=guard(session, deps.desk, now),
        )
        return await _told(session, effect_id, answer)


@router.post("/{effect_id}/resolve")
async def resolve(deps: Deps, caller: Reviewer, effect_id: Id, sent: Seen) -> Page:
    """Say whether an effect whose outcome is unknown happened."""
    async with deps.db.begin() as session:
        answer = await decide.resolve_unknown(
            session,
            effect_id,
            caller.person,
            deps.clock(),
            happened=sent.happened,
            reason=sent.reason,
            evidence={"netsuite_id": sent.netsuite_id} if sent.netsuite_id else None,
        )
        return await _told(session, effect_id, answer)


async def _told(session: Session, effect_id: int, answer: object) -> Page:
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return shapes.effect(await _effect(session, effect_id))


async def _effect(session: Session, effect_id: int) -> EffectRow:
    row = await effect(session, effect_id)
    if row is None:
        raise NotFound
    return row

"""People decide: approve, edit, reject, respond, and say whether an unknown effect happened.

Each function runs in the caller's transaction, is bound to the fingerprint the person saw, and
audits what it did. A second click finds the work done and changes nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from effects.actor import Person, Role, may_approve
from effects.answers import (
    Approved,
    Edited,
    Refusal,
    RefusalCode,
    Rejected,
    Resolved,
    Responded,
)
from effects.checks import locked_as_seen, may_spend, not_own, stopped
from effects.complete import missing
from effects.content import decision, put_content, version_of
from effects.edits import NotEditable, edited
from effects.kinds import Effect
from effects.lifecycle import EffectState
from effects.moving import Move, effect_of, move, note, schedule
from effects.policy import ApprovalPolicy, Forbidden, decide_policy
from effects.requests import least_role, request_for
from effects.resolution import missing_evidence, said_by_person
from store import effect_history
from store.effects import EffectRow, locked
from store.engine import Session

_S = EffectState
Guard = Callable[[Effect], Awaitable[Sequence[str]]]


async def approve(
    session: Session,
    effect_id: int,
    fingerprint: str,
    by: Person,
    policy: ApprovalPolicy,
    now: datetime,
    reason: str = "",
) -> Approved | Refusal:
    """Let exactly this content happen."""
    row = await locked_as_seen(session, effect_id, fingerprint)
    if isinstance(row, Refusal):
        return row
    if row.state != _S.PROPOSED:
        return await _approved_before(session, row, by)
    refusal = await _may_approve(session, row, by, policy, now)
    if refusal:
        return refusal
    session.add(decision(row, "approve", by.actor, reason, now, by.role))
    detail = {"reason": reason, "role": by.role, "name": by.name}
    await move(session, row, Move(_S.APPROVED, by.actor, "effect.approved", detail), now)
    await schedule(session, row.id)
    return Approved(row.id)


async def reject(
    session: Session,
    effect_id: int,
    fingerprint: str,
    by: Person,
    policy: ApprovalPolicy,
    now: datetime,
    reason: str = "",
) -> Rejected | Refusal:
    """End it: it will not happen. An approved effect can be stopped until it is begun."""
    row = await locked_as_seen(session, effect_id, fingerprint)
    if isinstance(row, Refusal):
        return row
    if row.state == _S.REJECTED:
        return Rejected(row.id, again=True)
    if row.state not in (_S.PROPOSED, _S.APPROVED, _S.FAILED):
        return _wrong_state(row)
    if not may_approve(by.role, Role.COLLECTOR):
        return _not_allowed(by, Role.COLLECTOR)
    session.add(decision(row, "reject", by.actor, reason, now, by.role))
    detail = {"reason": reason, "role": by.role, "name": by.name, "policy": policy.name}
    await move(session, row, Move(_S.REJECTED, by.actor, "effect.rejected", detail), now)
    await effect_history.close_work_items(session, row.id, by=str(by.actor), now=now)
    return Rejected(row.id)


async def edit(
    session: Session,
    effect_id: int,
    fingerprint: str,
    changes: Mapping[str, object],
    by: Person,
    policy: ApprovalPolicy,
    now: datetime,
    reason: str = "",
    *,
    guard: Guard,
) -> Edited | Refusal:
    """Put a new version in its place, which waits for approval under a new fingerprint.

    `guard` reads the new content against the facts and returns what is wrong with it.
    """
    row = await locked_as_seen(session, effect_id, fingerprint)
    if isinstance(row, Refusal):
        return row
    if row.state not in (_S.PROPOSED, _S.APPROVED):
        return _wrong_state(row)
    if not may_approve(by.role, Role.COLLECTOR):
        return _not_allowed(by, Role.COLLECTOR)
    try:
        new = edited(effect_of(row), changes)
    except NotEditable as error:
        return Refusal(RefusalCode.FORBIDDEN, str(error))
    wrong = await guard(new)
    if wrong:
        return Refusal(RefusalCode.FORBIDDEN, "; ".join(wrong))
    return await _replace(session, row, new, by, policy, now, reason)


async def respond(
    session: Session,
    effect_id: int,
    fingerprint: str,
    by: Person,
    policy: ApprovalPolicy,
    now: datetime,
    reason: str = "",
) -> Responded | Refusal:
    """Say something about a proposal without deciding it; `reason` holds the words."""
    row = await locked_as_seen(session, effect_id, fingerprint)
    if isinstance(row, Refusal):
        return row
    if row.state != _S.PROPOSED:
        return _wrong_state(row)
    if not may_approve(by.role, Role.COLLECTOR):
        return _not_allowed(by, Role.COLLECTOR)
    session.add(decision(row, "respond", by.actor, reason, now, by.role))
    detail = {"reason": reason, "name": by.name, "policy": policy.name}
    step = Move(_S.PROPOSED, by.actor, "effect.answered", detail)
    await move(session, row, step, now)
    return Responded(row.id)


async def resolve_unknown(
    session: Session,
    effect_id: int,
    by: Person,
    now: datetime,
    *,
    happened: bool,
    reason: str = "",
    evidence: Mapping[str, str] | None = None,
) -> Resolved | Refusal:
    """A person looked where we cannot: it happened, or it did not and is tried again.

    For a payment that happened, `evidence` names its record as `netsuite_id`.
    """
    row = await locked(session, effect_id)
    if row is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such effect.")
    if row.state != _S.UNKNOWN or "happened" in row.outcome:
        return _wrong_state(row)
    needed = Role(row.required_role or Role.COLLECTOR)
    if not may_approve(by.role, needed):
        return _not_allowed(by, needed)
    missing = missing_evidence(row, evidence or {}) if happened else ""
    if missing:
        return Refusal(RefusalCode.FORBIDDEN, f"Say which it is: {missing}.")
    row.resends, row.next_at = 0, None
    detail = {"happened": happened, "reason": reason, "name": by.name}
    if happened:
        row.outcome = {"happened": said_by_person(row, evidence or {}, by, now)}
        session.add(row)
        step = Move(_S.UNKNOWN, by.actor, "effect.resolved", detail)
        await note(session, row, step, _S.UNKNOWN, now)
    else:
        await move(session, row, Move(_S.APPROVED, by.actor, "effect.resolved", detail), now)
    await effect_history.close_work_items(session, row.id, by=str(by.actor), now=now)
    await schedule(session, row.id)
    return Resolved(row.id, happened)


async def retry(
    session: Session, effect_id: int, fingerprint: str, by: Person, now: datetime, reason: str = ""
) -> Approved | Refusal:
    """Try a failed effect again as it stands; it certainly did not happen."""
    row = await locked_as_seen(session, effect_id, fingerprint)
    if isinstance(row, Refusal):
        return row
    needed = Role(row.required_role or Role.COLLECTOR)
    if row.state != _S.FAILED:
        return _wrong_state(row)
    if not may_approve(by.role, needed):
        return _not_allowed(by, needed)
    row.attempts, row.resends, row.next_at = 0, 0, None
    detail = {"reason": reason, "name": by.name}
    await move(session, row, Move(_S.APPROVED, by.actor, "effect.retried", detail), now)
    await effect_history.close_work_items(session, row.id, by=str(by.actor), now=now)
    await schedule(session, row.id, timedelta(0))
    return Approved(row.id)


async def _may_approve(
    session: Session, row: EffectRow, by: Person, policy: ApprovalPolicy, now: datetime
) -> Refusal | None:
    verdict = decide_policy(
        policy, await request_for(session, row, effect_of(row), policy.name, now)
    )
    if isinstance(verdict, Forbidden):
        return Refusal(RefusalCode.FORBIDDEN, f"The policy forbids it: {verdict.reason}.")
    lacking = missing(effect_of(row))
    if lacking:
        return Refusal(RefusalCode.FORBIDDEN, f"It is not complete: {lacking}.")
    needed = Role(row.required_role or Role.COLLECTOR)
    if not may_approve(by.role, needed):
        return _not_allowed(by, needed)
    return (
        await stopped(session, row)
        or await not_own(session, row, by, policy)
        or await may_spend(session, row, by, policy, now)
    )


async def _approved_before(session: Session, row: EffectRow, by: Person) -> Approved | Refusal:
    """The answer to a second click."""
    before = await effect_history.approval_of(session, row.id, row.fingerprint)
    begun = row.state in (_S.APPROVED, _S.PERFORMING, _S.DONE, _S.UNKNOWN)
    if begun and before is not None and before.actor_id == by.actor.id:
        return Approved(row.id, again=True)
    return _wrong_state(row)


async def _replace(
    session: Session,
    row: EffectRow,
    new: Effect,
    by: Person,
    policy: ApprovalPolicy,
    now: datetime,
    reason: str,
) -> Edited:
    before = row.fingerprint
    if new.fingerprint() == before:
        return Edited(row.id, before, row.version)
    row.version += 1
    put_content(row, new)
    verdict = decide_policy(policy, await request_for(session, row, new, policy.name, now))
    row.required_role = least_role(verdict)
    session.add(version_of(row, by.actor, now))
    session.add(decision(row, "edit", by.actor, reason, now, by.role))
    detail = {"reason": reason, "name": by.name, "was": before}
    await move(session, row, Move(_S.PROPOSED, by.actor, "effect.edited", detail), now)
    return Edited(row.id, row.fingerprint, row.version)


def _wrong_state(row: EffectRow) -> Refusal:
    return Refusal(RefusalCode.WRONG_STATE, f"It is {row.state} already.")


def _not_allowed(by: Person, needed: Role) -> Refusal:
    return Refusal(RefusalCode.NOT_ALLOWED, f"A {by.role} cannot decide this; it needs {needed}.")

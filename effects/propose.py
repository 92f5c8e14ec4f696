"""Propose an effect: the only thing flows and the agent may do towards the outside world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from effects.actor import Actor, ActorKind
from effects.content import decision, put_content, version_of
from effects.kinds import Effect
from effects.lifecycle import EffectState
from effects.moving import Move, ask_person, move, note, schedule
from effects.policy import (
    ApprovalPolicy,
    Auto,
    Forbidden,
    NeedsApproval,
    Verdict,
    decide_policy,
)
from effects.requests import request_for, role_after
from store import effect_history, effects
from store.effects import EffectRow
from store.engine import Session


@dataclass(frozen=True, slots=True)
class Because:
    """Why: the rule, its evidence, and for text the model and the digest of its prompt.

    The policy reads two keys of the evidence: `confidence`, a whole percentage, and `review`,
    a reason why a person must see this whatever the policy allows.
    """

    rule: str
    evidence: Mapping[str, object]
    model: str = ""
    prompt_hash: str = ""

    def payload(self) -> dict[str, object]:
        return {
            "rule": self.rule,
            "evidence": dict(self.evidence),
            "model": self.model,
            "prompt_hash": self.prompt_hash,
        }


@dataclass(frozen=True, slots=True)
class Proposed:
    """The effect with this key. `created` is False when it was there already."""

    effect_id: int
    state: EffectState
    created: bool


async def propose(
    session: Session,
    effect: Effect,
    *,
    policy: ApprovalPolicy,
    because: Because,
    by: Actor,
    now: datetime,
) -> Proposed:
    """Propose an effect, in the caller's transaction; harmless to repeat.

    A known key returns what is there. New content replaces content that nobody has decided on
    or edited, and revives what expired, was superseded, or was rejected when a person proposes.
    What was withdrawn comes back unchanged only by a person.
    """
    effect_id = await effects.insert_new(session, _row(effect, because, by, now))
    if effect_id is None:
        return await _again(session, effect, policy, because, by, now)
    row = await _locked(session, effect_id)
    await _settle(session, row, effect, policy, by, "effect.proposed", now)
    return Proposed(effect_id, EffectState(row.state), created=True)


async def _again(
    session: Session,
    effect: Effect,
    policy: ApprovalPolicy,
    because: Because,
    by: Actor,
    now: datetime,
) -> Proposed:
    known = await effects.by_key(session, effect.key())
    if known is None:
        raise RuntimeError(f"effect {effect.key()!r} vanished")
    row = await _locked(session, known.id)
    if _replaces(row, effect, by) and not await _touched(session, row, by):
        row.version += 1
        _fill(row, effect, because, by, now)
        await _settle(session, row, effect, policy, by, "effect.revised", now)
    return Proposed(row.id, EffectState(row.state), created=False)


def _replaces(row: EffectRow, effect: Effect, by: Actor) -> bool:
    """Whether a second proposal of a key puts new content in the place of the old."""
    changed = row.fingerprint != effect.fingerprint()
    match EffectState(row.state):
        case EffectState.PROPOSED | EffectState.FAILED:
            return changed
        case EffectState.SUPERSEDED:
            return changed or by.kind is ActorKind.PERSON
        case EffectState.EXPIRED:
            return True
        case EffectState.REJECTED:
            return changed and by.kind is ActorKind.PERSON
        case _:
            return False


async def _touched(session: Session, row: EffectRow, by: Actor) -> bool:
    """Whether a person's own words stand there, which no machine overwrites."""
    if row.state != EffectState.PROPOSED or by.kind is ActorKind.PERSON:
        return False
    latest = (await effect_history.versions_of(session, row.id))[-1]
    return latest.made_by.startswith(f"{ActorKind.PERSON}:")


async def _settle(
    session: Session,
    row: EffectRow,
    effect: Effect,
    policy: ApprovalPolicy,
    by: Actor,
    action: str,
    now: datetime,
) -> None:
    """Write the version, ask the policy and do what it says."""
    session.add(version_of(row, by, now))
    verdict = decide_policy(policy, await request_for(session, row, effect, policy.name, now))
    row.expires_at = now + timedelta(days=policy.expire_days)
    row.required_role = role_after(verdict)
    row.policy_reason = _reason(verdict)
    step = Move(EffectState.PROPOSED, by, action, {"because": row.because})
    if row.version == 1:
        await note(session, row, step, None, now)
    else:
        await move(session, row, step, now)
    await _follow(session, row, verdict, policy, now)


async def _follow(
    session: Session, row: EffectRow, verdict: Verdict, policy: ApprovalPolicy, now: datetime
) -> None:
    actor = Actor(ActorKind.POLICY, policy.name)
    match verdict:
        case Auto(rule):
            session.add(decision(row, "approve", actor, rule, now))
            step = Move(EffectState.APPROVED, actor, "effect.approved", {"rule": rule})
            await move(session, row, step, now)
            await schedule(session, row.id)
        case Forbidden(reason):
            session.add(decision(row, "reject", actor, reason, now))
            step = Move(EffectState.REJECTED, actor, "effect.forbidden", {"rule": reason})
            await move(session, row, step, now)
            await ask_person(session, row, "failed_effect", f"policy forbids it: {reason}", now)
        case NeedsApproval():
            pass
        case _:
            assert_never(verdict)


def _reason(verdict: Verdict) -> str:
    match verdict:
        case Auto(rule):
            return rule
        case NeedsApproval(_, reason) | Forbidden(reason):
            return reason
        case _:
            assert_never(verdict)


def _row(effect: Effect, because: Because, by: Actor, now: datetime) -> EffectRow:
    row = EffectRow(
        kind=effect.kind,
        key=effect.key(),
        state=EffectState.PROPOSED,
        payload={},
        fingerprint="",
        proposed_by_kind=by.kind,
        proposed_by_id=by.id,
        proposed_at=now,
        changed_at=now,
    )
    _fill(row, effect, because, by, now)
    return row


def _fill(row: EffectRow, effect: Effect, because: Because, by: Actor, now: datetime) -> None:
    """Put the content and its proposer into the row."""
    put_content(row, effect)
    row.because = because.payload()
    row.proposed_by_kind, row.proposed_by_id, row.proposed_at = by.kind, by.id, now
    row.attempts, row.resends, row.next_at, row.outcome = 0, 0, None, {}


async def _locked(session: Session, effect_id: int) -> EffectRow:
    row = await effects.locked(session, effect_id)
    if row is None:
        raise RuntimeError(f"effect {effect_id} vanished")
    return row

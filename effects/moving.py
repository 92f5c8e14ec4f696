"""The one place that sets an effect's state, and writes the audit line that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from effects.kinds import Effect, PostCustomerPayment, from_payload
from effects.lifecycle import EffectState, check
from store.effects import EffectRow
from store.engine import Session
from store.jobs import Job, enqueue
from store.worklist import WorkItemRow, open_item

PERFORM = "effects.perform"
MATCH = "payments.match"
_GIVEN_UP = (EffectState.REJECTED, EffectState.EXPIRED, EffectState.SUPERSEDED)
GATE = Actor(ActorKind.SYSTEM, "gate")


@dataclass(frozen=True, slots=True)
class Move:
    """A step of an effect's life: where to, by whom, called what, and why."""

    to: EffectState
    by: Actor
    action: str
    detail: Mapping[str, object] = field(default_factory=dict)


async def move(session: Session, row: EffectRow, step: Move, now: datetime) -> None:
    """Set the state of a locked row and audit it. Raises IllegalMove."""
    old = EffectState(row.state)
    row.state = check(old, step.to)
    row.changed_at = now
    session.add(row)
    await note(session, row, step, old, now)
    if row.kind == PostCustomerPayment.kind and row.state in _GIVEN_UP:
        await _match_again(session, effect_of(row))


async def _match_again(session: Session, effect: Effect) -> None:
    """A receipt whose posting is given up must not be forgotten: it is looked at anew."""
    if isinstance(effect, PostCustomerPayment):
        lane, once = f"payment:{effect.payment_id}", f"match:{effect.payment_id}"
        job = Job(MATCH, {"payment_id": effect.payment_id}, lane=lane, once=once)
        await enqueue(session, job)


async def note(
    session: Session, row: EffectRow, step: Move, old: EffectState | None, now: datetime
) -> None:
    """Audit a step of an effect whose state is already set."""
    detail = {
        "old_state": old,
        "new_state": row.state,
        "kind": row.kind,
        "key": row.key,
        "version": row.version,
        "fingerprint": row.fingerprint,
        **step.detail,
    }
    await record(session, Entry(step.by, step.action, "effect", str(row.id), detail), now)


def effect_of(row: EffectRow) -> Effect:
    """The effect a row holds."""
    return from_payload(row.kind, row.payload)


async def schedule(session: Session, effect_id: int, wait: timedelta = timedelta(0)) -> None:
    """Have a worker take the effect up after `wait` of real time.

    No lane: a job that waits would hold up the ones behind it in its lane, and performers of one
    effect exclude each other anyway.
    """
    await enqueue(session, Job(PERFORM, {"effect_id": effect_id}, wait=wait))


async def schedule_once(session: Session, effect_id: int, wait: timedelta = timedelta(0)) -> None:
    """Like `schedule`, unless such a call already waits."""
    once = f"effect:{effect_id}:again"
    await enqueue(session, Job(PERFORM, {"effect_id": effect_id}, once=once, wait=wait))


async def ask_person(
    session: Session, row: EffectRow, kind: str, reason: str, now: datetime
) -> None:
    """Open the work item of this effect: `failed_effect` or `unknown_effect`."""
    item = WorkItemRow(
        key=f"effect:{row.id}:{kind}:v{row.version}:{row.attempts}",
        kind=kind,
        customer_id=row.customer_id,
        effect_id=row.id,
        title=row.title,
        detail={"reason": reason},
        opened_at=now,
    )
    await open_item(session, item)

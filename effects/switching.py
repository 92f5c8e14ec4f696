"""Kill switches: anybody who approves can stop acts; only a controller or admin lets them run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from effects.actor import Actor, Person, Role, may_approve
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from effects.lifecycle import EffectState
from effects.moving import schedule
from store import effects, switches
from store.engine import Session

Scope = Literal["global", "channel", "customer"]


@dataclass(frozen=True, slots=True)
class Switched:
    """The switch now stands like this."""

    scope: str
    value: str
    on: bool


async def stop(
    session: Session, scope: Scope, value: str, by: Person, now: datetime, reason: str = ""
) -> Switched | Refusal:
    """Stop every act, those of a channel ("email", "erp") or those for a customer id."""
    if not may_approve(by.role, Role.COLLECTOR) and by.role is not Role.ADMIN:
        return Refusal(RefusalCode.NOT_ALLOWED, f"A {by.role} cannot stop anything.")
    await _set(session, scope, value, by.actor, now, reason, on=True)
    return Switched(scope, value, on=True)


async def resume(
    session: Session, scope: Scope, value: str, by: Person, now: datetime, reason: str = ""
) -> Switched | Refusal:
    """Let acts run again; what waits is taken up at once."""
    if by.role not in (Role.CONTROLLER, Role.ADMIN):
        return Refusal(RefusalCode.NOT_ALLOWED, "Only a controller or an admin can resume.")
    await _set(session, scope, value, by.actor, now, reason, on=False)
    for row in await effects.in_states(session, [EffectState.APPROVED], limit=1000):
        row.next_at = None
        session.add(row)
        await schedule(session, row.id)
    return Switched(scope, value, on=False)


async def _set(
    session: Session, scope: Scope, value: str, by: Actor, now: datetime, reason: str, *, on: bool
) -> None:
    await switches.set_switch(
        session, scope, value, on=on, reason=reason, changed_by=str(by), now=now
    )
    action = "switch.on" if on else "switch.off"
    subject = f"{scope}:{value}" if value else scope
    await record(session, Entry(by, action, "switch", subject, {"reason": reason}), now)

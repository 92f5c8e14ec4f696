"""Take back a proposal whose reason is gone. Never outwards: it can only stop something."""

from __future__ import annotations

from datetime import datetime

from effects.actor import Actor
from effects.lifecycle import EffectState
from effects.moving import Move, move
from store import effects
from store.engine import Session

_NOT_BEGUN = (EffectState.PROPOSED, EffectState.APPROVED)


async def withdraw(
    session: Session, effect_id: int, *, reason: str, by: Actor, now: datetime
) -> bool:
    """Supersede an effect that nobody has begun to carry out; whether it was one."""
    row = await effects.locked(session, effect_id)
    if row is None or row.state not in _NOT_BEGUN:
        return False
    step = Move(EffectState.SUPERSEDED, by, "effect.withdrawn", {"reason": reason})
    await move(session, row, step, now)
    return True

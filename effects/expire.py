"""Proposals that nobody decided on in time."""

from __future__ import annotations

from datetime import datetime

from effects.lifecycle import EffectState
from effects.moving import GATE, Move, move
from store import effects
from store.engine import Session


async def expire(session: Session, now: datetime) -> int:
    """Expire what is overdue, at most 200 at a time; how many."""
    rows = [await effects.locked(session, found) for found in await effects.expire(session, now)]
    for row in rows:
        if row is not None:
            step = Move(EffectState.EXPIRED, GATE, "effect.expired", {"reason": "not decided"})
            await move(session, row, step, now)
    return len(rows)

"""Take back proposals whose reason is gone. Never outwards: it can only stop something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from effects.actor import Actor
from effects.lifecycle import EffectState
from effects.moving import Move, move
from store import effects
from store.engine import Session

_NOT_BEGUN = (EffectState.PROPOSED, EffectState.APPROVED)


async def withdraw_all(
    session: Session, reasons: Mapping[int, str], *, by: Actor, now: datetime
) -> int:
    """Supersede effects that nobody has begun to carry out, each for its reason; how many.

    Every row is locked, in order, before the first audit line: whoever holds the audit chain
    must not wait for a row.
    """
    rows = [await effects.locked(session, effect_id) for effect_id in sorted(reasons)]
    open_rows = [row for row in rows if row is not None and row.state in _NOT_BEGUN]
    for row in open_rows:
        detail = {"reason": reasons[row.id]}
        await move(session, row, Move(EffectState.SUPERSEDED, by, "effect.withdrawn", detail), now)
    return len(open_rows)

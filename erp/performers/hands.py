"""What all performers of the ERP share: the order in which things are asked, done and written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Generic, TypeVar

from effects.complete import missing
from effects.kinds import Effect, waits_for
from effects.lifecycle import EffectState
from effects.outcomes import (
    Absent,
    CannotLook,
    Changed,
    Done,
    LookAgain,
    NotNow,
    Refused,
    RetryLater,
    Unchanged,
    Unknown,
)
from erp.performers import once
from erp.performers.once import Clock, Wanted
from erp.port import Erp
from store import companions
from store.engine import Session

_POLL = timedelta(minutes=5)
_NEVER = (EffectState.REJECTED, EffectState.EXPIRED, EffectState.SUPERSEDED, "")
_Kind = TypeVar("_Kind", bound=Effect)


class Hands(ABC, Generic[_Kind]):
    """Carries out one kind of effect once.

    `looks` are the times after an attempt at which an unclear one is looked for; only after the
    last of them is it certainly not there.
    """

    def __init__(
        self, kind: type[_Kind], erp: Erp, clock: Clock, looks: Sequence[timedelta]
    ) -> None:
        self._kind = kind
        self.erp = erp
        self.clock = clock
        self._looks = tuple(sorted(looks))

    @abstractmethod
    def wanted(self, effect: _Kind) -> Wanted:
        """What shall stand in the ERP."""

    async def own_obstacle(self, session: Session, effect: _Kind) -> str:
        """What our own books say against it, "" for nothing."""
        del session, effect
        return ""

    @abstractmethod
    async def erp_obstacle(self, effect: _Kind) -> str:
        """What the ERP says against it, "" for nothing."""

    @abstractmethod
    async def put(self, session: Session, effect: _Kind, effect_id: int, done: Done) -> None:
        """Write into the mirror what the ERP has now, and tell whoever waits for it."""

    async def still_true(self, session: Session, effect: Effect) -> Unchanged | Changed | NotNow:
        ours = self._ours(effect)
        reason = missing(effect) or await self.own_obstacle(session, ours)
        if reason:
            return Changed(reason)
        turn = await _turn(session, waits_for(effect))
        if not isinstance(turn, Unchanged):
            return turn
        return await once.ready(self.wanted(ours), partial(self.erp_obstacle, ours))

    async def act(self, effect: Effect) -> Done | RetryLater | Refused | Unknown:
        return await once.act(self.wanted(self._ours(effect)))

    async def look(
        self, effect: Effect, since: timedelta
    ) -> Done | Absent | LookAgain | CannotLook:
        return await once.look(self.wanted(self._ours(effect)), since, self._looks)

    async def record(self, session: Session, effect: Effect, effect_id: int, done: Done) -> None:
        await self.put(session, self._ours(effect), effect_id, done)

    def _ours(self, effect: Effect) -> _Kind:
        if not isinstance(effect, self._kind):
            raise TypeError(f"this performer does not carry out {effect.kind}")
        return effect


async def _turn(session: Session, key: str) -> Unchanged | Changed | NotNow:
    """Whether what must come before is done. It is woken when that is; asking is the safety net."""
    if not key:
        return Unchanged()
    state = await companions.state_of(session, key)
    if state == EffectState.DONE:
        return Unchanged()
    if state in _NEVER:
        return Changed(f"what it follows will not happen: {key} is {state or 'not there'}")
    return NotNow(f"waits for {key}, which is {state}", _POLL)

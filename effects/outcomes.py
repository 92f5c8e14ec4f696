"""What a performer may answer, and the protocol that every performer follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from effects.kinds import Effect
from store.engine import Session


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The facts the effect was approved on still hold.

    `evidence` says what was read to know it, and is kept with the attempt that follows.
    """

    evidence: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Changed:
    """The facts moved: the effect must not happen as it stands."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotNow:
    """Nothing was done and nothing is wrong: try again after `wait` (a kill switch)."""

    reason: str
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Done:
    """It happened. `evidence` says what the other side answered (record id, SMTP reply)."""

    evidence: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RetryLater:
    """It certainly did not happen, and may be tried again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It certainly did not happen, and trying again as it stands is useless: a person must see."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have happened. Nothing is repeated before somebody has looked."""

    reason: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Looked, and it is certainly not there."""


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Looked, not there yet, but the other side may still be at work: look again after `wait`."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class CannotLook:
    """The channel cannot be asked: a person must say."""

    reason: str


class Performer(Protocol):
    """The hands for one effect kind. The only code that changes the outside world."""

    async def still_true(self, session: Session, effect: Effect) -> Unchanged | Changed | NotNow:
        """Read the facts again just before acting: our store and, where it counts, the ERP."""

    async def act(self, effect: Effect) -> Done | RetryLater | Refused | Unknown:
        """Do it. Anything that is not a certain yes or a certain no is Unknown."""

    async def look(
        self, effect: Effect, since: timedelta
    ) -> Done | Absent | LookAgain | CannotLook:
        """Whether it happened. `since` is the time passed since the last attempt began."""

    async def record(self, session: Session, effect: Effect, effect_id: int, done: Done) -> None:
        """Write mirror and touchpoint, in the transaction that marks the effect done."""

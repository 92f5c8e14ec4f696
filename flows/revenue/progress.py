"""How far a closing is, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What a closing does, in this order."""

    LOOK = "look"
    BEGIN = "begin"
    POST = "post"
    JOURNALS = "journals"
    CHECK = "check"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` lines of a step; `total` is 0 where a step is not counted."""

    step: Step
    done: int = 0
    total: int = 0


Tell = Callable[[Progress], Awaitable[None]]


async def silent(_progress: Progress) -> None:
    """Nobody waits."""


@dataclass(frozen=True, slots=True)
class Counting:
    """Tells how many of `of` lines of a step are done."""

    tell: Tell
    step: Step
    of: int

    async def left(self, lines: int) -> None:
        """So many lines are still to be done."""
        await self.tell(Progress(self.step, max(0, self.of - lines), self.of))

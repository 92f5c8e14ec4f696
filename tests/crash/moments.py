"""When a worker dies: each moment arms the outside world or the database for one worker's life."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal, Protocol

import psycopg

Moment = Literal["before", "after", "dropped", "around", "storing", "shutdown"]
MOMENTS: tuple[Moment, ...] = ("before", "after", "storing", "around", "shutdown", "dropped")


class Outside(Protocol):
    """The system that the effects under test reach."""

    kind: str
    # The table that is written when an outcome is stored.
    table: str

    async def arm(self, moment: Literal["before", "after", "drop"], pid: int) -> None:
        """Strike at the next request: kill `pid`, or only drop the answer."""

    async def calm(self) -> None:
        """Arm nothing any more."""

    def recorded(self) -> int:
        """How many acts are on record."""

    def identities(self) -> list[str]:
        """What names each act on record."""


@dataclass(slots=True)
class Life:
    """One worker and what is to befall it."""

    pid: int
    outside: Outside
    database_url: str
    rng: random.Random

    async def end(self, moment: Moment) -> bool:
        """Let it happen; whether the worker died of it (else there was nothing left to do)."""
        match moment:
            case "before" | "after":
                await self.outside.arm(moment, self.pid)
                return await until(self._dead, 6)
            case "dropped":
                await self.outside.arm("drop", 0)
                await self._acts()
                self.strike()
                return await until(self._dead, 2)
            case "around":
                acted = await self._acts()
                await asyncio.sleep(self.rng.random() * 0.03)
                return acted and await self._die()
            case "shutdown":
                acted = await self._acts()
                self.strike(signal.SIGTERM)
                await asyncio.sleep(self.rng.random() * 0.1)
                return acted and await self._die()
            case "storing":
                return await self._while_storing()

    async def _while_storing(self) -> bool:
        """Hold the table that the outcome is written to, and kill who waits for it."""
        async with self._held(self.outside.table) as waiting:
            stuck = await until(waiting, 6)
            return stuck and await self._die()

    @asynccontextmanager
    async def _held(self, table: str) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
        async with await psycopg.AsyncConnection.connect(self.database_url) as holder:
            await holder.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE".encode())

            async def waiting() -> bool:
                found = await holder.execute(
                    "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass",
                    (table,),
                )
                row = await found.fetchone()
                return row is not None and row[0] > 0

            yield waiting
            await holder.rollback()

    async def _acts(self) -> bool:
        known = self.outside.recorded()

        async def more() -> bool:
            return self.outside.recorded() > known

        return await until(more, 6, pause=0.002)

    async def _die(self) -> bool:
        self.strike()
        return await until(self._dead, 2)

    async def _dead(self) -> bool:
        return not alive(self.pid)

    def strike(self, number: int = signal.SIGKILL) -> None:
        if alive(self.pid):
            os.kill(self.pid, number)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(
    look: Callable[[], Awaitable[bool]], seconds: float, *, pause: float = 0.02
) -> bool:
    """Whether `look` answered yes within `seconds`."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while loop.time() < end:
        if await look():
            return True
        await asyncio.sleep(pause)
    return False

"""Untrusted files read in a few processes apart from the service, so that none can stall it.

A process lives for several orders, unless it breaks or takes too long: then it is ended.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sources.apart_process import LENGTH, LENGTHS

_ROOT = Path(__file__).resolve().parents[1]
_MOST_ANSWER = 16 * 1024 * 1024

Failure = Literal["too_slow", "ended"]


@dataclass(slots=True)
class _Worker:
    process: asyncio.subprocess.Process
    orders: int = 0

    async def ask(self, about: bytes, raw: bytes) -> bytes:
        taking, giving = self.process.stdin, self.process.stdout
        if taking is None or giving is None:
            raise ConnectionError("a process without pipes")
        self.orders += 1
        taking.write(LENGTHS.pack(len(about), len(raw)) + about)
        taking.write(raw)
        await taking.drain()
        (size,) = LENGTH.unpack(await giving.readexactly(LENGTH.size))
        if size > _MOST_ANSWER:
            raise ConnectionError("an answer beyond the bound")
        return await giving.readexactly(size)

    async def end(self) -> int:
        """Kill it, unless it is gone already; its exit code."""
        if self.process.returncode is None:
            self.process.kill()
        return await self.process.wait()


@dataclass(slots=True)
class Readers:
    """At most `most` processes that run `main` of the module `program`, started when needed.

    An order may use `cpu_seconds` of a processor and `wall_seconds` in all; a process is replaced
    after `orders_of_one`.
    """

    program: str
    most: int
    cpu_seconds: int
    orders_of_one: int
    idle: list[_Worker] = field(default_factory=list)
    _slots: asyncio.Semaphore | None = None

    async def ask(
        self, about: Mapping[str, object], raw: bytes, wall_seconds: float
    ) -> bytes | Failure:
        """What the process answers, or how it failed. Nothing in `raw` can make this raise."""
        order = json.dumps({**about, "cpu_seconds": self.cpu_seconds}).encode()
        self._slots = self._slots or asyncio.Semaphore(self.most)
        async with self._slots:
            worker = self._ready() or _Worker(await _start(self.program))
            return await self._asked(worker, order, raw, wall_seconds)

    async def close(self) -> None:
        """End every process."""
        while self.idle:
            await self.idle.pop().end()

    def _ready(self) -> _Worker | None:
        """A process that waits for an order; one that ended meanwhile, as by the system, is not."""
        while self.idle:
            worker = self.idle.pop()
            if worker.process.returncode is None:
                return worker
        return None

    async def _asked(
        self, worker: _Worker, order: bytes, raw: bytes, wall_seconds: float
    ) -> bytes | Failure:
        try:
            result = await asyncio.wait_for(worker.ask(order, raw), wall_seconds)
        except TimeoutError:
            await worker.end()
            return "too_slow"
        except (asyncio.IncompleteReadError, OSError):
            return "too_slow" if await _code(worker) == -signal.SIGXCPU else "ended"
        except asyncio.CancelledError:
            await worker.end()
            raise
        if worker.orders < self.orders_of_one:
            self.idle.append(worker)
        else:
            await worker.end()
        return result


async def _code(worker: _Worker) -> int:
    """How a process ended by itself; it is killed when it has not."""
    try:
        return await asyncio.wait_for(worker.process.wait(), 1)
    except TimeoutError:
        return await worker.end()


async def _start(program: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-c",
        f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from {program} import main; main()",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )

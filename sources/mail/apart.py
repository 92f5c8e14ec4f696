"""Mail read in a few processes apart from the service, so that no mail can stall or take it.

A process lives for many mails: starting one costs more than reading a hundred. It is ended when a
mail takes too long or breaks it, and the mail is set aside for a person.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sources.mail.apart_process import LENGTH, LENGTHS
from sources.mail.message import InboundMail, Limits, SetAside, SetAsideReason
from sources.mail.parse import parse
from sources.mail.wire import load

ReadMail = Callable[[bytes, datetime, str], Awaitable[InboundMail | SetAside]]
_ROOT = Path(__file__).resolve().parents[2]
_MOST_ANSWER = 16 * 1024 * 1024
_MAILS_OF_ONE = 500


async def read_here(raw: bytes, received_at: datetime, authserv_id: str) -> InboundMail | SetAside:
    """Read a mail in this process: for tests and tools that read their own mail."""
    return parse(raw, received_at, authserv_id=authserv_id)


@dataclass(slots=True)
class _Worker:
    process: asyncio.subprocess.Process
    mails: int = 0

    async def ask(self, order: bytes, raw: bytes) -> InboundMail | SetAside:
        taking, giving = self.process.stdin, self.process.stdout
        if taking is None or giving is None:
            raise ConnectionError("a process without pipes")
        self.mails += 1
        taking.write(LENGTHS.pack(len(order), len(raw)) + order)
        taking.write(raw)
        await taking.drain()
        (size,) = LENGTH.unpack(await giving.readexactly(LENGTH.size))
        if size > _MOST_ANSWER:
            raise ConnectionError("an answer beyond the bound")
        return load(await giving.readexactly(size))

    async def end(self) -> int:
        """Kill it, unless it is gone already; its exit code."""
        if self.process.returncode is None:
            self.process.kill()
        return await self.process.wait()


@dataclass(slots=True)
class MailReaders:
    """At most `most` processes that read mail, started when first needed.

    A mail may use `cpu_seconds` of a processor and `wall_seconds` in all.
    """

    most: int = 2
    cpu_seconds: int = 5
    wall_seconds: float = 20.0
    limits: Limits = field(default_factory=Limits)
    _idle: list[_Worker] = field(default_factory=list)
    _slots: asyncio.Semaphore | None = None

    async def read(
        self, raw: bytes, received_at: datetime, authserv_id: str
    ) -> InboundMail | SetAside:
        """The mail, or why a person must look at it. Never raises for what is in the mail."""
        if len(raw) > self.limits.raw:
            return SetAside(SetAsideReason.TOO_LARGE, f"{len(raw)} bytes")
        about = {
            "received_at": received_at.isoformat(),
            "authserv_id": authserv_id,
            "cpu_seconds": self.cpu_seconds,
        }
        self._slots = self._slots or asyncio.Semaphore(self.most)
        async with self._slots:
            return await self._ask(json.dumps(about).encode(), raw)

    async def close(self) -> None:
        """End every process."""
        while self._idle:
            await self._idle.pop().end()

    async def _ask(self, order: bytes, raw: bytes) -> InboundMail | SetAside:
        worker = self._idle.pop() if self._idle else _Worker(await _start())
        try:
            result = await asyncio.wait_for(worker.ask(order, raw), self.wall_seconds)
        except TimeoutError:
            await worker.end()
            return SetAside(SetAsideReason.TOO_SLOW, f"{self.wall_seconds:.0f} seconds")
        except (asyncio.IncompleteReadError, OSError, ValueError, KeyError, TypeError):
            slow = await _code(worker) == -signal.SIGXCPU
            reason = SetAsideReason.TOO_SLOW if slow else SetAsideReason.UNREADABLE
            return SetAside(reason, "the process that read it ended")
        except asyncio.CancelledError:
            await worker.end()
            raise
        if worker.mails < _MAILS_OF_ONE:
            self._idle.append(worker)
        else:
            await worker.end()
        return result


async def _code(worker: _Worker) -> int:
    """How a process ended by itself; it is killed when it has not."""
    try:
        return await asyncio.wait_for(worker.process.wait(), 1)
    except TimeoutError:
        return await worker.end()


async def _start() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-c",
        f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
        "from sources.mail.apart_process import main; main()",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )

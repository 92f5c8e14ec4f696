"""Mail read in a few processes apart from the service, so that no mail can stall or take it.

A process lives for many mails: starting one costs more than reading a hundred. A mail that takes
too long or breaks its process is set aside for a person.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from sources.apart import Readers
from sources.mail.message import InboundMail, Limits, SetAside, SetAsideReason
from sources.mail.parse import parse
from sources.mail.wire import load

ReadMail = Callable[[bytes, datetime, str], Awaitable[InboundMail | SetAside]]
_MAILS_OF_ONE = 500


async def read_here(raw: bytes, received_at: datetime, authserv_id: str) -> InboundMail | SetAside:
    """Read a mail in this process: for tests and tools that read their own mail."""
    return parse(raw, received_at, authserv_id=authserv_id)


@dataclass(slots=True)
class MailReaders:
    """At most `most` processes that read mail, started when first needed.

    A mail may use `cpu_seconds` of a processor and `wall_seconds` in all.
    """

    most: int = 2
    cpu_seconds: int = 5
    wall_seconds: float = 20.0
    limits: Limits = field(default_factory=Limits)
    readers: Readers = field(init=False)

    def __post_init__(self) -> None:
        program = "sources.mail.apart_process"
        self.readers = Readers(program, self.most, self.cpu_seconds, _MAILS_OF_ONE)

    async def read(
        self, raw: bytes, received_at: datetime, authserv_id: str
    ) -> InboundMail | SetAside:
        """The mail, or why a person must look at it. Never raises for what is in the mail."""
        if len(raw) > self.limits.raw:
            return SetAside(SetAsideReason.TOO_LARGE, f"{len(raw)} bytes")
        about = {"received_at": received_at.isoformat(), "authserv_id": authserv_id}
        answer = await self.readers.ask(about, raw, self.wall_seconds)
        ended = SetAside(SetAsideReason.UNREADABLE, "the process that read it ended")
        match answer:
            case "too_slow":
                return SetAside(SetAsideReason.TOO_SLOW, f"{self.wall_seconds:.0f} seconds")
            case "ended":
                return ended
            case _:
                try:
                    return load(answer)
                except (ValueError, KeyError, TypeError):
                    return ended

    async def close(self) -> None:
        """End every process."""
        await self.readers.close()

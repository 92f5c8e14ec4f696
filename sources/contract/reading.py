"""Contracts read in processes apart: no file can stall the service or take it along."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from domain.ledger.contract.payload import from_payload
from domain.ledger.contract.terms import ContractTerms, Refused
from sources.apart import Readers
from sources.contract.document import Limits

_LONGEST_NAME = 200
_FILES_OF_ONE = 25
_BROKEN = Refused("damaged", "The file is damaged or too complex to read. Save it again as a PDF.")
_SLOW = Refused("too_slow", "The file takes too long to read. Send a smaller one, or its text.")


@dataclass(slots=True)
class ContractReaders:
    """At most `most` processes that read contracts, started when first needed."""

    most: int = 1
    limits: Limits = field(default_factory=Limits)
    readers: Readers = field(init=False)

    def __post_init__(self) -> None:
        program = "sources.contract.apart_process"
        self.readers = Readers(program, self.most, self.limits.cpu_seconds, _FILES_OF_ONE)

    async def read(self, body: bytes, name: str) -> ContractTerms | Refused:
        """The terms by rules, or why the file is not read. Nothing in the file makes it raise."""
        if len(body) > self.limits.file_bytes:
            most = self.limits.file_bytes // (1024 * 1024)
            return Refused("too_large", f"The file is larger than {most} MB.")
        about = {"name": name[:_LONGEST_NAME], "limits": json.dumps(asdict(self.limits))}
        answer = await self.readers.ask(about, body, self.limits.wall_seconds)
        match answer:
            case "too_slow":
                return _SLOW
            case "ended":
                return _BROKEN
            case _:
                return _loaded(answer)

    async def close(self) -> None:
        """End every process."""
        await self.readers.close()


async def read_contract(
    body: bytes, name: str, limits: Limits | None = None
) -> ContractTerms | Refused:
    """Read one contract in a process of its own that ends with it."""
    readers = ContractReaders(limits=limits or Limits())
    try:
        return await readers.read(body, name)
    finally:
        await readers.close()


def _loaded(answer: bytes) -> ContractTerms | Refused:
    try:
        found = json.loads(answer)
        if "refused" in found:
            reason, message = found["refused"]
            return Refused(str(reason), str(message))
        return from_payload(found["terms"])
    except (ValueError, KeyError, TypeError):
        return _BROKEN

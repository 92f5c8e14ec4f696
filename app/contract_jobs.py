"""The job that reads uploaded contracts: by rules apart from this process, then with a model."""

from __future__ import annotations

from dataclasses import dataclass

from agent.brain import Brain
from app.wiring import Parts
from domain.ledger.contract.terms import Refused
from flows.contracts.uploading import READ, keep_terms, refuse
from jobs.handlers import Handler
from sources.contract.reading import ContractReaders
from store.contracts import contract


@dataclass(frozen=True, slots=True)
class ContractJobs:
    """May run twice: what a person has begun to look at is not read again."""

    parts: Parts
    brain: Brain
    readers: ContractReaders

    async def read(self, contract_id: int) -> None:
        """Read one contract and put its terms before a person."""
        from agent.contract import read_with

        async with self.parts.db.read() as session:
            row = await contract(session, contract_id)
        if row is None or row.state != "reading":
            return
        found = await self.readers.read(row.body, row.name)
        if not isinstance(found, Refused):
            found = await read_with(self.brain, found)
        async with self.parts.db.begin() as session:
            if isinstance(found, Refused):
                await refuse(session, contract_id, found, self.parts.clock())
            else:
                await keep_terms(session, contract_id, found, self.parts.clock())

    def handlers(self) -> dict[str, Handler]:
        """The jobs by name."""
        return {READ: self.read}


def contract_jobs(parts: Parts, brain: Brain) -> ContractJobs:
    """The jobs with processes that end with the service."""
    readers = ContractReaders()
    parts.at_end.push_async_callback(readers.close)
    return ContractJobs(parts, brain, readers)

"""The jobs about the bank: reading a kept file, looking into the folder and at the server."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from app.wiring import Parts
from flows.bank.fetching import Fetcher
from flows.bank.folder import Folder
from flows.bank.intake import READ, read_file
from jobs.handlers import Handler
from sources.sftp import opened

POLL = "bank.poll"


@dataclass(frozen=True, slots=True)
class BankJobs:
    """Each may run twice; each reads the clock once."""

    parts: Parts
    folder: Folder | None
    fetcher: Fetcher | None

    async def read(self, file_id: int) -> None:
        """Read one kept file."""
        await read_file(self.parts.db, self.parts.desk, file_id, self.parts.clock())

    async def poll(self, slot: str) -> None:
        """Take in what lies in the folder and on the server."""
        del slot
        now = self.parts.clock()
        if self.folder is not None:
            await self.folder.poll(now)
        if self.fetcher is not None:
            await self.fetcher.poll(now)

    def handlers(self) -> dict[str, Handler]:
        """The jobs by name; there is nothing to look at where neither is configured."""
        known: dict[str, Handler] = {READ: self.read}
        if self.folder is not None or self.fetcher is not None:
            known[POLL] = self.poll
        return known


def bank_jobs(parts: Parts) -> BankJobs:
    """The jobs with the folder and the server of the settings."""
    settings = parts.settings.bank
    folder = Folder(parts.db, parts.desk, settings.folder) if settings.folder else None
    account = settings.sftp
    fetcher = None
    if account is not None:
        fetcher = Fetcher(parts.db, parts.desk, partial(opened, account), account.delete)
    return BankJobs(parts, folder, fetcher)

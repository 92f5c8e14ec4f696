"""Files on a bank's SFTP server: each downloaded once, when it lies still."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from flows.bank.deposits import BANK
from flows.bank.intake import Taken, read_file, take_file
from flows.desk import Desk
from sources.arrived import RefusedFile
from sources.bank.refusal import MOST_BYTES
from sources.sftp import Remote, RemoteFolder, SftpUnavailable
from store import bank, slots
from store.bank import BankRemoteRow
from store.engine import Database
from store.worklist import WorkItemRow, open_item

_SERVICE = "sftp"
_UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload")
_MOST_AT_ONCE = 200
Open = Callable[[], AbstractAsyncContextManager[RemoteFolder]]


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Takes in what is new in a remote folder. `delete`: and takes away what was read."""

    db: Database
    desk: Desk
    open: Open
    delete: bool = False

    async def poll(self, now: datetime) -> int:
        """Download what lies as it lay at the last look, and read it; how many were new.

        Raises SftpUnavailable, also told as the state of the connection.
        """
        try:
            async with self.open() as folder:
                taken = await self._take_all(folder, now)
        except SftpUnavailable as error:
            async with self.db.begin() as session:
                await slots.report(session, _SERVICE, ok=False, detail=str(error), now=now)
            raise
        async with self.db.begin() as session:
            await slots.report(session, _SERVICE, ok=True, detail="", now=now)
        return taken

    async def _take_all(self, folder: RemoteFolder, now: datetime) -> int:
        taken = 0
        for remote in await folder.files():
            if remote.name.lower().endswith(_UNFINISHED) or remote.size == 0:
                continue
            if taken < _MOST_AT_ONCE and await self._ready(remote, now):
                taken += await self._take(folder, remote, now)
        return taken

    async def _ready(self, remote: Remote, now: datetime) -> bool:
        """Whether it was seen with this size and time before, and was not taken yet."""
        async with self.db.begin() as session:
            row = BankRemoteRow(
                name=remote.name, size=remote.size, modified=remote.modified, seen_at=now
            )
            known = await bank.seen_remote(session, row)
        return known is not None and known.taken_at is None

    async def _take(self, folder: RemoteFolder, remote: Remote, now: datetime) -> int:
        body = await folder.read(remote.name, MOST_BYTES) if remote.size <= MOST_BYTES else b""
        if body and len(body) != remote.size:
            return 0
        async with self.db.begin() as session:
            taken = await take_file(session, body, remote.name, "sftp", BANK, now)
            await bank.took_remote(session, remote.name, remote.size, remote.modified, now)
            if isinstance(taken, RefusedFile):
                words = f"{remote.name} on the bank's server is not taken: larger than 20 MB"
                item = WorkItemRow(
                    key=f"bank:remote:{remote.name}:{remote.size}:{remote.modified}"[:300],
                    kind="bank_file",
                    title=words,
                    detail={"name": remote.name, "size": remote.size},
                    opened_at=now,
                )
                await open_item(session, item)
        if not isinstance(taken, Taken):
            return 0
        await read_file(self.db, self.desk, taken.file_id, now)
        if self.delete and await self._was_read(taken.file_id):
            await folder.remove(remote.name)
        return int(taken.created)

    async def _was_read(self, file_id: int) -> bool:
        async with self.db.read() as session:
            return await bank.file_state(session, file_id) == "read"

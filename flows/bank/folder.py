"""A folder that files are dropped into: taken when they lie still, then moved aside.

done/ holds what was taken in, refused/ what was not, each with a .txt that says why.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flows.bank.deposits import BANK
from flows.bank.intake import read_file, take_file
from flows.desk import Desk
from sources.arrived import RefusedFile
from sources.bank.refusal import MOST_BYTES
from store import bank, slots
from store.engine import Database

_SERVICE = "bank folder"
_UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload")
_MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Lying:
    """A file as it lies in the folder now."""

    path: Path
    size: int
    changed: int


@dataclass(slots=True)
class Folder:
    """Looks into a folder again and again and remembers how its files lay the last time."""

    db: Database
    desk: Desk
    path: Path
    _before: dict[Path, tuple[int, int]] = field(default_factory=dict)

    async def poll(self, now: datetime) -> int:
        """Take in every file that lies as it lay at the last look; how many."""
        try:
            lying = await asyncio.to_thread(files_in, self.path)
        except OSError as error:
            async with self.db.begin() as session:
                told = f"{self.path.name}: {error.strerror}"
                await slots.report(session, _SERVICE, ok=False, detail=told, now=now)
            return 0
        still = [one for one in lying if self._before.get(one.path) == (one.size, one.changed)]
        self._before = {one.path: (one.size, one.changed) for one in lying}
        taken = [await self._take(one, now) for one in still[:_MOST_AT_ONCE]]
        async with self.db.begin() as session:
            await slots.report(session, _SERVICE, ok=True, detail="", now=now)
        return sum(taken)

    async def _take(self, one: Lying, now: datetime) -> bool:
        body = await asyncio.to_thread(_whole, one)
        if body is None:
            return False
        async with self.db.begin() as session:
            taken = await take_file(session, body, one.path.name, "folder", BANK, now)
        if isinstance(taken, RefusedFile):
            await asyncio.to_thread(_aside, one, body, "refused", taken.reason)
            return True
        await read_file(self.db, self.desk, taken.file_id, now)
        async with self.db.read() as session:
            row = await bank.bank_file(session, taken.file_id)
        refused = row is not None and row.state == "refused"
        where = f"line {row.line}: " if row is not None and row.line else ""
        reason = f"{where}{row.reason}" if row is not None and refused else ""
        await asyncio.to_thread(_aside, one, body, "refused" if refused else "done", reason)
        return True


def files_in(folder: Path) -> Sequence[Lying]:
    """Regular files that somebody finished writing, by name. Raises OSError."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name.lower().endswith(_UNFINISHED):
            continue
        told = path.lstat()
        if stat.S_ISREG(told.st_mode) and told.st_size:
            found.append(Lying(path, told.st_size, told.st_mtime_ns))
    return found


def _whole(one: Lying) -> bytes | None:
    """The file's bytes, at most one more than may be read; None if it changed meanwhile."""
    try:
        with os.fdopen(os.open(one.path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            body = file.read(MOST_BYTES + 1)
            told = os.fstat(file.fileno())
    except OSError:
        return None
    same = (told.st_size, told.st_mtime_ns) == (one.size, one.changed)
    return body if same and len(body) in (one.size, MOST_BYTES + 1) else None


def _aside(one: Lying, body: bytes, where: str, reason: str) -> None:
    """Move a file into done/ or refused/; a name that is taken there gets a digest behind it."""
    folder = one.path.parent / where
    folder.mkdir(exist_ok=True)
    target = folder / one.path.name
    if target.exists():
        mark = hashlib.sha256(body).hexdigest()[:12]
        target = folder / f"{one.path.stem}-{mark}{one.path.suffix}"
    one.path.replace(target)
    if reason:
        note = target.with_name(f"{target.name}.txt")
        note.write_text(f"{one.path.name} was refused: {reason}\n", encoding="utf-8")

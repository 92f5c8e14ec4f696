"""A bank's file is kept once by its bytes; a job reads it whole and records what is in it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import PurePath
from typing import Literal, assert_never

from effects.actor import Actor
from effects.audit import Entry, record
from flows.bank.deposits import BANK
from flows.bank.recording import Reading, record_deposits, record_movements
from flows.desk import Desk
from sources.arrived import Arrived, ReadFile, RefusedFile
from sources.bank.csv import NeedsMapping
from sources.bank.csv_mapping import CsvMapping, mapping_from
from sources.bank.detect import read_bank_file
from sources.bank.refusal import MOST_BYTES
from store import bank
from store.bank import BankFileRow
from store.engine import Database, Session
from store.jobs import Job, enqueue
from store.worklist import WorkItemRow, close_item, open_item

READ = "bank.read"
LANE = "bank"
Origin = Literal["upload", "api", "folder", "sftp"]
_AT_ONCE = 250
_MOST_NOTES = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """The file is kept and will be read; `created` is False when its bytes were kept before."""

    file_id: int
    created: bool


async def take_file(
    session: Session, body: bytes, filename: str, origin: Origin, by: Actor, now: datetime
) -> Taken | RefusedFile:
    """Keep a file and have it read. The same bytes again add nothing, whatever their name.

    What was refused is tried again: a mapping or a newer version may read it now.
    """
    if not body or len(body) > MOST_BYTES:
        words = f"the file is larger than {MOST_BYTES // 1_000_000} MB" if body else "it is empty"
        return RefusedFile(0, words)
    digest = hashlib.sha256(body).hexdigest()
    row = BankFileRow(
        digest=digest,
        filename=plain_name(filename),
        origin=origin,
        size=len(body),
        body=body,
        received_by=str(by),
        received_at=now,
    )
    file_id = await bank.keep_file(session, row)
    if file_id is None:
        known = await bank.file_by_digest(session, digest)
        if known is not None and known.state in ("refused", "needs_mapping"):
            await enqueue(session, read_job(known.id))
        return Taken(known.id if known else 0, created=False)
    await enqueue(session, read_job(file_id))
    detail = {"filename": row.filename, "size": row.size, "origin": origin}
    await record(session, Entry(by, "bank.file", "bank_file", str(file_id), detail), now)
    return Taken(file_id, created=True)


def plain_name(filename: str) -> str:
    """A file's name without folders and without anything but printable signs."""
    name = PurePath(filename.replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable())[:200] or "file"


def read_job(file_id: int) -> Job:
    """The job that reads a kept file; one at a time, in order."""
    return Job(READ, {"file_id": file_id}, lane=LANE, once=f"bank:{file_id}")


async def saved_mappings(session: Session) -> tuple[CsvMapping, ...]:
    """How each bank writes its CSV."""
    found = [mapping_from(row.mapping) for row in await bank.csv_mappings(session)]
    return tuple(one for one in found if isinstance(one, CsvMapping))


async def read_file(db: Database, desk: Desk, file_id: int, now: datetime) -> str:
    """Read a kept file and record its movements; the state it comes to. Harmless to repeat.

    Movements are recorded some at a time, each once by its name: a reading that is cut off goes
    on where it was.
    """
    async with db.read() as session:
        row = await bank.bank_file(session, file_id)
        if row is None or row.state == "read":
            return "known"
        mappings = await saved_mappings(session)
    found = await asyncio.to_thread(read_bank_file, row.body, row.filename, mappings)
    if not isinstance(found, ReadFile):
        return await _not_read(db, file_id, found, now)
    reading = Reading(file_id, found.format, now, desk)
    await _record(db, reading, found)
    async with db.begin() as session:
        await _finish(session, file_id, found, now)
    return "read"


async def _record(db: Database, reading: Reading, found: ReadFile) -> None:
    """Deposits of one account and day together, then what stands alone."""
    parts: dict[str, list[Arrived]] = {}
    for one in found.movements:
        if one.batch:
            parts.setdefault(one.batch, []).append(one)
    for _, group in groupby(sorted(found.deposits, key=_day), _day):
        wholes = [(whole, parts.get(whole.source_id, [])) for whole in group]
        async with db.begin() as session:
            await record_deposits(session, reading, wholes)
    alone = [one for one in found.movements if not one.batch]
    for start in range(0, len(alone), _AT_ONCE):
        async with db.begin() as session:
            await record_movements(session, reading, alone[start : start + _AT_ONCE])


def _day(whole: Arrived) -> tuple[str, str]:
    return whole.account, whole.booked_on.isoformat()


async def _finish(session: Session, file_id: int, found: ReadFile, now: datetime) -> None:
    row = await bank.bank_file(session, file_id)
    if row is None:
        return
    row.state, row.format, row.account = "read", found.format, found.account
    row.line, row.reason = 0, ""
    row.notes, row.movements = list(found.notes[:_MOST_NOTES]), len(found.movements)
    row.read_at = now
    session.add(row)
    await close_item(session, _item_key(file_id), by=str(BANK), now=now)
    corrections = [note for note in found.notes if note.startswith("correction ")]
    if corrections:
        words = f"{row.filename}: the bank corrects {len(corrections)} payers' accounts"
        await _item(session, row, f"bank:corrections:{file_id}", words, corrections[:50], now)


async def _not_read(
    db: Database, file_id: int, found: RefusedFile | NeedsMapping, now: datetime
) -> str:
    """Nothing of the file is used; a person is told why."""
    async with db.begin() as session:
        row = await bank.bank_file(session, file_id)
        if row is None:
            return "known"
        match found:
            case RefusedFile(line, reason):
                row.state, row.line, row.reason = "refused", line, reason
                words = f"{row.filename} is refused: {reason}" + (f" (line {line})" * bool(line))
            case NeedsMapping():
                row.state, row.reason = "needs_mapping", "its columns are not explained yet"
                words = f"{row.filename}: say what its columns are"
            case _:
                assert_never(found)
        row.read_at = now
        session.add(row)
        await _item(session, row, _item_key(file_id), words, [], now)
        return row.state


def _item_key(file_id: int) -> str:
    return f"bank:file:{file_id}"


async def _item(
    session: Session, row: BankFileRow, key: str, words: str, told: Sequence[str], now: datetime
) -> None:
    detail = {"bank_file_id": row.id, "line": row.line, "reason": row.reason, "told": list(told)}
    await open_item(
        session,
        WorkItemRow(key=key, kind="bank_file", title=words[:300], detail=detail, opened_at=now),
    )

"""A line that was held because it may be known already: a person says what it is."""

from __future__ import annotations

import asyncio
from datetime import datetime

from effects.actor import Actor
from effects.audit import Entry, record
from flows.bank.intake import saved_mappings
from flows.cash.outcomes import Acted, ActRefused
from flows.receipts import NotReceipt, record_arrived
from sources.arrived import Arrived, ReadFile
from sources.bank.detect import read_bank_file
from store import bank
from store.bank import BankLineRow
from store.engine import Session
from store.worklist import close_item


async def is_receipt(
    session: Session, line_id: int, by: Actor, now: datetime
) -> Acted | ActRefused:
    """It is money of its own: record it as a receipt, which is matched next."""
    row = await _held(session, line_id)
    if row is None or row.role == "part":
        return ActRefused("This line does not wait to be told what it is.")
    movement = await _movement(session, row)
    if movement is None:
        return ActRefused("Its file does not show this line any more.")
    taken = await record_arrived(session, movement, now=now, bank_line_id=row.id)
    row.payment_id = taken.payment_id
    row.outcome = "not_a_receipt" if isinstance(taken, NotReceipt) else "receipt"
    row.state, row.reason = "matched", "a person said that it is a receipt"
    await _settled(session, row, by, now)
    return Acted(taken.payment_id or 0)


async def is_known(
    session: Session, line_id: int, reason: str, by: Actor, now: datetime
) -> Acted | ActRefused:
    """It is money that is recorded already: nothing is made of it."""
    row = await _held(session, line_id)
    if row is None:
        return ActRefused("This line does not wait to be told what it is.")
    if not reason.strip():
        return ActRefused("Say what it is.")
    row.outcome, row.state, row.reason = "known", "aside", reason.strip()[:300]
    await _settled(session, row, by, now)
    return Acted(row.payment_id or 0)


async def _held(session: Session, line_id: int) -> BankLineRow | None:
    row = await bank.line_locked(session, line_id)
    return row if row is not None and row.outcome == "held" else None


async def _movement(session: Session, row: BankLineRow) -> Arrived | None:
    """The movement as its file tells it: the file is read again."""
    file = await bank.bank_file(session, row.file_id)
    if file is None:
        return None
    mappings = await saved_mappings(session)
    found = await asyncio.to_thread(read_bank_file, file.body, file.filename, mappings)
    movements = found.movements if isinstance(found, ReadFile) else ()
    named = (one for one in movements if (one.source, one.source_id) == (row.source, row.source_id))
    return next(named, None)


async def _settled(session: Session, row: BankLineRow, by: Actor, now: datetime) -> None:
    session.add(row)
    await close_item(session, f"bank:held:{row.id}", by=str(by), now=now)
    detail = {"outcome": row.outcome, "reason": row.reason}
    await record(session, Entry(by, "bank.line", "bank_line", str(row.id), detail), now)

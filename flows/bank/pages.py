"""What the pages and the API ask and do: upload, mappings, files, lines with their other side."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.ledger.money import Money
from effects.actor import Actor
from effects.audit import Entry, record
from flows.bank.intake import Origin, Taken, read_job, saved_mappings, take_file
from sources.arrived import RefusedFile
from sources.bank.csv import NeedsMapping
from sources.bank.csv_mapping import CsvMapping, mapping_from
from sources.bank.detect import read_bank_file
from store import bank
from store.bank import BankCsvRow, BankFileRow, BankLineRow, LineFilter
from store.engine import Session
from store.jobs import enqueue

_LOOKED_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Saved:
    """The mapping is saved; `file_ids` waited for one and are read again."""

    name: str
    file_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WrongMapping:
    """What must be corrected before a file can be read with it."""

    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherSide:
    """What arrived on a line: a deposit, entries or a payout, and the receipts behind it."""

    name: str
    amount: Money
    payment_ids: tuple[int, ...] = ()
    line_id: int | None = None
    payout_id: int | None = None


@dataclass(frozen=True, slots=True)
class DepositLine:
    """A line of a bank beside what is known of its money.

    `state`: matched, difference, open, aside. `difference` is what the bank has more.
    """

    row: BankLineRow
    amount: Money
    state: str
    difference: Money | None
    told: tuple[OtherSide, ...]


async def upload(
    session: Session,
    body: bytes,
    filename: str,
    by: Actor,
    now: datetime,
    *,
    origin: Origin = "upload",
) -> Taken | RefusedFile | NeedsMapping:
    """Take a file in. One that is refused is told at once, and nothing of it is kept.

    A table whose columns nobody explained is kept and read once they are.
    """
    if len(body) <= _LOOKED_AT_ONCE:
        mappings = await saved_mappings(session)
        found = await asyncio.to_thread(read_bank_file, body, filename, mappings)
        if isinstance(found, RefusedFile):
            return found
        taken = await take_file(session, body, filename, origin, by, now)
        return found if isinstance(found, NeedsMapping) else taken
    return await take_file(session, body, filename, origin, by, now)


async def save_mapping(
    session: Session, told: Mapping[str, Any], by: Actor, now: datetime
) -> Saved | WrongMapping:
    """Save how a bank writes its CSV (see CsvMapping), and read the files that waited for it."""
    mapping = mapping_from(told)
    if not isinstance(mapping, CsvMapping):
        return WrongMapping(mapping)
    row = BankCsvRow(name=mapping.name, mapping=mapping.as_json(), saved_by=str(by), saved_at=now)
    await bank.put_csv(session, row)
    waiting = tuple(await bank.waiting_for_mapping(session))
    for file_id in waiting:
        await enqueue(session, read_job(file_id))
    await record(session, Entry(by, "bank.mapping", "bank_csv", mapping.name, {}), now)
    return Saved(mapping.name, waiting)


async def mappings(session: Session) -> Sequence[BankCsvRow]:
    """Every saved mapping, by name."""
    return await bank.csv_mappings(session)


async def explain(session: Session, file_id: int) -> NeedsMapping | None:
    """The columns of a kept file that waits for a mapping, with a guess at them."""
    row = await bank.bank_file(session, file_id)
    if row is None or row.state != "needs_mapping":
        return None
    found = await asyncio.to_thread(read_bank_file, row.body, row.filename, ())
    return found if isinstance(found, NeedsMapping) else None


async def bank_files(
    session: Session, *, before: int | None = None, limit: int = 50
) -> Sequence[BankFileRow]:
    """Files, newest first, without their bytes."""
    return await bank.bank_files(session, before=before, limit=limit)


async def deposits(session: Session, wanted: LineFilter | None = None) -> Sequence[DepositLine]:
    """Lines of banks beside their receipts and payouts, newest first."""
    rows = await bank.lines(session, wanted or LineFilter())
    ids = [row.id for row in rows]
    told = await bank.told_by(session, ids)
    parts = await bank.parts_of(session, [*ids, *(one.id for one in told)])
    return [_beside(row, told, parts) for row in rows]


def _beside(
    row: BankLineRow, told: Sequence[BankLineRow], parts: Sequence[BankLineRow]
) -> DepositLine:
    sides: list[OtherSide] = []
    if row.payout_id is not None:
        amount = row.amount_minor - (row.difference_minor or 0)
        sides.append(OtherSide(row.reason, Money(amount, row.currency), payout_id=row.payout_id))
    elif row.payment_id is not None:
        sides.append(OtherSide("receipt", _amount(row), (row.payment_id,)))
    whole_ids = {one.id for one in told if one.role != "part"}
    sides += [
        _side(one, [part for part in parts if part.deposit_id == one.id])
        for one in told
        if one.settled_by_id == row.id and one.deposit_id not in whole_ids
    ]
    own = [part for part in parts if part.deposit_id == row.id]
    if own:
        sides.append(_side(row, own))
    difference = row.difference_minor
    shown = None if difference is None else Money(difference, row.currency)
    return DepositLine(row, _amount(row), row.state, shown, tuple(sides))


def _side(one: BankLineRow, parts: Sequence[BankLineRow]) -> OtherSide:
    known = (one.payment_id, *(part.payment_id for part in parts))
    payments = tuple(payment_id for payment_id in known if payment_id is not None)
    return OtherSide(f"{one.source} {one.role}", _amount(one), payments, line_id=one.id)


def _amount(row: BankLineRow) -> Money:
    return Money(row.amount_minor, row.currency)

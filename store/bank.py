"""Files of banks, the movements read from them, and how each bank's CSV is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import QueryableAttribute, aliased, defer
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, json, ref, text_list
from store.engine import Session
from store.receivables import PaymentRow

_SHOWN = 200
_MOST_SEARCHED = 5_000
STATEMENT = "bank"


class BankFileRow(SQLModel, table=True):
    """A bank's file, kept once by the digest of its bytes.

    States: pending, read, refused (`line`, `reason`), needs_mapping (its columns must be
    explained), nothing of a file that is not read is used. `origin`: upload, api, folder, sftp.
    """

    __tablename__ = "bank_file"
    id: int = big_id()
    digest: str = Field(unique=True)
    filename: str
    origin: str
    size: int
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    state: str = Field(default="pending", index=True)
    format: str = ""
    account: str = ""
    line: int = 0
    reason: str = ""
    notes: list[str] = text_list()
    movements: int = 0
    received_by: str
    received_at: datetime = instant(index=True)
    read_at: datetime | None = instant(nullable=True)


class BankLineRow(SQLModel, table=True):
    """A movement that a bank told. (`source`, `source_id`) is its name in every file.

    `role`: line (of an account's statement), deposit (a sum told with its parts), part (of the
    deposit `deposit_id`), detail (alone in a file of details), return (takes money back).
    `settled_by_id` is the statement's line that a deposit, a detail or a return arrived on.
    `state`: matched, difference (by `difference_minor`, what the bank's line has more), open,
    aside (nothing to reconcile). `outcome`: receipt, not_a_receipt, deposit, payout, returned,
    outgoing, known, held (a person must say what it is); `reason` tells it in words. `traces`
    are the references that may name it elsewhere.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("source", "source_id", name="uq_bank_line"),
        Index("ix_bank_line_amount", "currency", "amount_minor", "booked_on"),
    )
    id: int = big_id()
    file_id: int = ref("bank_file.id")
    source: str
    source_id: str
    format: str
    role: str
    account: str = Field(default="", index=True)
    booked_on: date = Field(index=True)
    value_on: date
    currency: str
    amount_minor: int = big()
    channel: str = ""
    type_code: str = ""
    payer_name: str = ""
    text: str = ""
    traces: list[str] = text_list()
    raw: str = ""
    deposit_id: int | None = ref("bank_line.id", nullable=True)
    settled_by_id: int | None = ref("bank_line.id", nullable=True)
    payment_id: int | None = ref("payment.id", nullable=True)
    payout_id: int | None = ref("payout.id", nullable=True)
    state: str = Field(default="open", index=True)
    outcome: str = ""
    reason: str = ""
    difference_minor: int | None = big(nullable=True)
    returns: str = ""
    return_code: str = ""


class BankRemoteRow(SQLModel, table=True):
    """A file on a bank's server as it was seen; another size or time is another file."""

    __tablename__ = "bank_remote"
    __table_args__ = (UniqueConstraint("name", "size", "modified", name="uq_bank_remote"),)
    id: int = big_id()
    name: str
    size: int = big()
    modified: int = big()
    seen_at: datetime = instant()
    taken_at: datetime | None = instant(nullable=True)


class BankCsvRow(SQLModel, table=True):
    """How one bank writes its CSV, as a person explained it."""

    __tablename__ = "bank_csv"
    id: int = big_id()
    name: str = Field(unique=True)
    mapping: dict[str, object] = json()
    saved_by: str
    saved_at: datetime = instant()


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines are asked for; empty fields ask for all."""

    state: str = ""
    text: str = ""
    account: str = ""
    file_id: int | None = None
    before: int | None = None
    limit: int = 50


async def keep_file(session: Session, row: BankFileRow) -> int | None:
    """Keep a file; its id if it is new, None if the same bytes were kept before."""
    statement = (
        insert(BankFileRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["digest"])
        .returning(col(BankFileRow.id))
    )
    return (await session.exec(statement)).scalar_one_or_none()


async def file_by_digest(session: Session, digest: str) -> BankFileRow | None:
    """The file with these bytes, without them."""
    body = cast("QueryableAttribute[Any]", BankFileRow.body)
    found = await session.exec(
        select(BankFileRow).options(defer(body)).where(BankFileRow.digest == digest)
    )
    return found.first()


async def bank_file(session: Session, file_id: int) -> BankFileRow | None:
    """The file with its bytes, held until the transaction ends."""
    found = await session.exec(
        select(BankFileRow).where(BankFileRow.id == file_id).with_for_update()
    )
    return found.first()


async def bank_files(
    session: Session, *, before: int | None = None, limit: int = 50
) -> Sequence[BankFileRow]:
    """Files without their bytes, newest first."""
    body = cast("QueryableAttribute[Any]", BankFileRow.body)
    query = select(BankFileRow).options(defer(body)).order_by(col(BankFileRow.id).desc())
    if before is not None:
        query = query.where(col(BankFileRow.id) < before)
    return (await session.exec(query.limit(min(limit, _SHOWN)))).all()


async def file_state(session: Session, file_id: int) -> str:
    """The state of a file, or nothing."""
    found = await session.exec(select(BankFileRow.state).where(BankFileRow.id == file_id))
    return found.first() or ""


async def seen_remote(session: Session, row: BankRemoteRow) -> BankRemoteRow | None:
    """Remember that a remote file was seen so; how it was remembered before, if it was."""
    found = await session.exec(
        select(BankRemoteRow)
        .where(BankRemoteRow.name == row.name, BankRemoteRow.size == row.size)
        .where(BankRemoteRow.modified == row.modified)
    )
    known = found.first()
    if known is None:
        session.add(row)
    return known


async def took_remote(session: Session, name: str, size: int, modified: int, now: datetime) -> None:
    """A remote file is taken in and is not asked for again."""
    await session.exec(
        update(BankRemoteRow)
        .where(col(BankRemoteRow.name) == name, col(BankRemoteRow.size) == size)
        .where(col(BankRemoteRow.modified) == modified)
        .values(taken_at=now)
    )


async def waiting_for_mapping(session: Session) -> Sequence[int]:
    """Files whose columns nobody had explained."""
    found = await session.exec(
        select(BankFileRow.id).where(BankFileRow.state == "needs_mapping").order_by("id")
    )
    return found.all()


async def line(session: Session, line_id: int) -> BankLineRow | None:
    """The movement, or None."""
    return await session.get(BankLineRow, line_id)


async def line_locked(session: Session, line_id: int) -> BankLineRow | None:
    """The movement, held until the transaction ends."""
    found = await session.exec(
        select(BankLineRow).where(BankLineRow.id == line_id).with_for_update()
    )
    return found.first()


async def line_named(session: Session, source: str, source_id: str) -> BankLineRow | None:
    """The movement of this name, or None."""
    found = await session.exec(
        select(BankLineRow)
        .where(BankLineRow.source == source, BankLineRow.source_id == source_id)
        .execution_options(populate_existing=True)
    )
    return found.first()


async def unexplained(
    session: Session,
    currency: str,
    first: date,
    last: date,
    *,
    amount_minor: int | None = None,
    naming: str = "",
) -> Sequence[BankLineRow]:
    """Lines of statements that are told whole and by nothing else yet.

    Of this amount, or with `naming` in their text.
    """
    parts = aliased(BankLineRow)
    wanted = (
        func.strpos(col(BankLineRow.text), naming) > 0
        if amount_minor is None
        else col(BankLineRow.amount_minor) == amount_minor
    )
    found = await session.exec(
        select(BankLineRow)
        .where(BankLineRow.currency == currency, wanted)
        .where(BankLineRow.source == STATEMENT, col(BankLineRow.role).in_(("line", "return")))
        .where(col(BankLineRow.outcome).in_(("receipt", "not_a_receipt", "held", "returned")))
        .where(col(BankLineRow.booked_on).between(first, last))
        .where(~select(parts.id).where(parts.settled_by_id == BankLineRow.id).exists())
        .where(~select(parts.id).where(parts.deposit_id == BankLineRow.id).exists())
        .order_by(col(BankLineRow.booked_on), col(BankLineRow.id))
        .limit(_MOST_SEARCHED)
    )
    return found.all()


async def lines_traced(session: Session, currency: str, trace: str) -> Sequence[BankLineRow]:
    """Lines of statements that carry this reference and are no payout yet, at most two."""
    found = await session.exec(
        select(BankLineRow)
        .where(BankLineRow.source == STATEMENT, BankLineRow.currency == currency)
        .where(col(BankLineRow.traces).contains([trace]), col(BankLineRow.payout_id).is_(None))
        .where(col(BankLineRow.amount_minor) > 0, BankLineRow.outcome != "known")
        .order_by(col(BankLineRow.id))
        .limit(2)
    )
    return found.all()


async def alike(session: Session, row: BankLineRow) -> Sequence[BankLineRow]:
    """Statement lines of other formats with the same day, amount and currency."""
    found = await session.exec(
        select(BankLineRow)
        .where(BankLineRow.currency == row.currency, BankLineRow.booked_on == row.booked_on)
        .where(BankLineRow.amount_minor == row.amount_minor, BankLineRow.source == row.source)
        .where(BankLineRow.format != row.format, BankLineRow.outcome != "known")
        .order_by(col(BankLineRow.id))
    )
    return found.all()


async def parts_of(session: Session, deposit_ids: Sequence[int]) -> Sequence[BankLineRow]:
    """The parts of deposits, in order."""
    found = await session.exec(
        select(BankLineRow)
        .where(col(BankLineRow.deposit_id).in_(deposit_ids))
        .order_by(col(BankLineRow.id))
    )
    return found.all()


async def told_by(session: Session, line_ids: Sequence[int]) -> Sequence[BankLineRow]:
    """Deposits, details and returns that arrived on these lines."""
    found = await session.exec(
        select(BankLineRow)
        .where(col(BankLineRow.settled_by_id).in_(line_ids))
        .order_by(col(BankLineRow.id))
    )
    return found.all()


async def lines(session: Session, wanted: LineFilter) -> Sequence[BankLineRow]:
    """Movements without their parts, newest first."""
    query = (
        select(BankLineRow).where(BankLineRow.role != "part").order_by(col(BankLineRow.id).desc())
    )
    if wanted.state:
        query = query.where(BankLineRow.state == wanted.state)
    if wanted.account:
        query = query.where(BankLineRow.account == wanted.account)
    if wanted.file_id is not None:
        query = query.where(BankLineRow.file_id == wanted.file_id)
    if wanted.before is not None:
        query = query.where(col(BankLineRow.id) < wanted.before)
    if wanted.text:
        told = func.concat_ws(" ", col(BankLineRow.payer_name), col(BankLineRow.text))
        query = query.where(func.strpos(func.lower(told), wanted.text.lower()) > 0)
    return (await session.exec(query.limit(min(wanted.limit, _SHOWN)))).all()


async def entered_by_hand(
    session: Session, currency: str, amount_minor: int, first: date, last: date
) -> Sequence[PaymentRow]:
    """Receipts that a person entered and that no bank's line is known of."""
    found = await session.exec(
        select(PaymentRow)
        .where(PaymentRow.source == "manual", col(PaymentRow.bank_line_id).is_(None))
        .where(func.coalesce(PaymentRow.received_currency, PaymentRow.currency) == currency)
        .where(func.coalesce(PaymentRow.received_minor, PaymentRow.amount_minor) == amount_minor)
        .where(col(PaymentRow.received_on).between(first, last))
        .order_by(col(PaymentRow.received_on), col(PaymentRow.id))
    )
    return found.all()


async def put_csv(session: Session, row: BankCsvRow) -> None:
    """Save how a bank writes its CSV, in the place of what was known of it."""
    values = row.model_dump(exclude={"id"})
    fresh = {name: values[name] for name in ("mapping", "saved_by", "saved_at")}
    await session.exec(
        insert(BankCsvRow)
        .values(**values)
        .on_conflict_do_update(index_elements=["name"], set_=fresh)
    )


async def csv_mappings(session: Session) -> Sequence[BankCsvRow]:
    """Every saved mapping, by name."""
    found = await session.exec(select(BankCsvRow).order_by(col(BankCsvRow.name)))
    return found.all()

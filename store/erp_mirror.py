"""What we last knew of the ERP: sync cursors, posting periods, and accounts that moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import BigInteger, Column, ForeignKey, delete, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant, json
from store.engine import Session


class SyncCursorRow(SQLModel, table=True):
    """How far a stream was read. Advanced only in the transaction that holds the data."""

    __tablename__ = "sync_cursor"
    stream: str = Field(primary_key=True)
    watermark: str = ""
    last_id: str = ""
    progress: dict[str, object] = json()
    updated_at: datetime = instant()


class PostingPeriodRow(SQLModel, table=True):
    """An accounting period of the ERP."""

    __tablename__ = "posting_period"
    id: int = big_id()
    netsuite_id: str = Field(unique=True)
    name: str
    starts_on: date
    ends_on: date
    closed: bool = False
    ar_locked: bool = False
    all_locked: bool = False


class MovedCustomerRow(SQLModel, table=True):
    """A customer whose account moved in a pass, until it was looked at what that means."""

    __tablename__ = "moved_customer"
    customer_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("customer.id"), primary_key=True)
    )
    moved_at: datetime = instant()


async def cursor(session: Session, stream: str) -> SyncCursorRow | None:
    """How far a stream was read, or None if it never was."""
    return await session.get(SyncCursorRow, stream, populate_existing=True)


async def advance(
    session: Session,
    stream: str,
    *,
    now: datetime,
    watermark: str = "",
    last_id: str = "",
    progress: dict[str, object] | None = None,
) -> None:
    """Move a stream's cursor, in the transaction that holds what was read."""
    values = {
        "watermark": watermark,
        "last_id": last_id,
        "progress": progress or {},
        "updated_at": now,
    }
    await session.exec(
        insert(SyncCursorRow)
        .values(stream=stream, **values)
        .on_conflict_do_update(index_elements=["stream"], set_=values)
    )


async def forget(session: Session, streams: Sequence[str]) -> None:
    """Drop cursors, so that their streams are read from the start."""
    await session.exec(delete(SyncCursorRow).where(col(SyncCursorRow.stream).in_(streams)))


async def note_moved(session: Session, customer_ids: Iterable[int], now: datetime) -> None:
    """Remember whose account moved, in the transaction that moved it."""
    rows = [{"customer_id": one, "moved_at": now} for one in sorted(customer_ids)]
    if rows:
        await session.exec(insert(MovedCustomerRow).values(rows).on_conflict_do_nothing())


async def moved_customers(session: Session) -> Sequence[int]:
    """Customers (our ids) whose account moved since somebody looked."""
    found = await session.exec(
        select(MovedCustomerRow.customer_id).order_by(col(MovedCustomerRow.customer_id))
    )
    return found.all()


async def looked_at(session: Session, customer_id: int) -> None:
    """Forget that an account moved, in the transaction that draws the consequences."""
    await session.exec(
        delete(MovedCustomerRow).where(col(MovedCustomerRow.customer_id) == customer_id)
    )


async def period_of(session: Session, on: date) -> PostingPeriodRow | None:
    """The posting period that holds a day, as last seen."""
    found = await session.exec(
        select(PostingPeriodRow)
        .where(PostingPeriodRow.starts_on <= on, PostingPeriodRow.ends_on >= on)
        .order_by(col(PostingPeriodRow.id))
    )
    return found.first()


async def refresh_statistics(session: Session) -> None:
    """Let PostgreSQL count the mirror anew: after a bulk load its guesses are far off."""
    connection = await session.connection()
    await connection.execute(
        text(
            "ANALYZE customer, contact, invoice, invoice_line, payment, credit_memo, settlement,"
            " application"
        )
    )

"""What customers stated about invoices: order numbers, credits, payments, disputes, portals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant, ref
from store.engine import Session
from store.standing import HoldRow


class StatedFactRow(SQLModel, table=True):
    """One thing a customer said about an invoice, or about the account. Theirs, not proven.

    `thread_id` is the conversation it was said in, which may be another than the one about the
    invoice.
    """

    __tablename__ = "stated_fact"
    id: int = big_id()
    key: str = Field(unique=True)
    customer_id: int = ref("customer.id")
    invoice_id: int | None = ref("invoice.id", nullable=True)
    topic: str = Field(index=True)
    value: str = ""
    quote: str = ""
    touchpoint_id: int | None = ref("touchpoint.id", nullable=True, index=False)
    thread_id: int | None = ref("mail_thread.id", nullable=True, index=False)
    at: datetime = instant()


async def add_stated(session: Session, row: StatedFactRow) -> None:
    """Keep what was stated, once."""
    await session.exec(
        insert(StatedFactRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
    )


async def stated_of(
    session: Session, customer_id: int, *, limit: int = 200
) -> Sequence[StatedFactRow]:
    """What a customer stated, newest first."""
    found = await session.exec(
        select(StatedFactRow)
        .where(StatedFactRow.customer_id == customer_id)
        .order_by(col(StatedFactRow.id).desc())
        .limit(limit)
    )
    return found.all()


async def said_in_process(session: Session, customer_id: int, now: datetime) -> bool:
    """Whether the customer said within a month that a payment is being processed."""
    found = await session.exec(
        select(HoldRow.id)
        .where(HoldRow.customer_id == customer_id, HoldRow.detail == "in_process")
        .where(col(HoldRow.created_at) > now - timedelta(days=30))
        .limit(1)
    )
    return found.first() is not None

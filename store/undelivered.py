"""Mail that came back: which address, why, and how often lately."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant, ref
from store.engine import Session


class UndeliveredRow(SQLModel, table=True):
    """One failed delivery. `grade` is hard, soft or ours (policy, authentication, reputation)."""

    __tablename__ = "undelivered"
    id: int = big_id()
    key: str = Field(unique=True)
    customer_id: int = ref("customer.id")
    address: str = Field(index=True)
    status: str = ""
    grade: str
    detail: str = ""
    touchpoint_id: int | None = ref("touchpoint.id", nullable=True, index=False)
    at: datetime = instant()


async def add_undelivered(session: Session, row: UndeliveredRow) -> bool:
    """Keep a failed delivery; False if it is known."""
    added = await session.exec(
        insert(UndeliveredRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(UndeliveredRow.id))
    )
    return added.scalar_one_or_none() is not None


async def soft_since(session: Session, customer_id: int, address: str, since: datetime) -> int:
    """How many soft failures an address had after `since`."""
    found = await session.exec(
        select(func.count())
        .select_from(UndeliveredRow)
        .where(
            col(UndeliveredRow.customer_id) == customer_id,
            func.lower(UndeliveredRow.address) == address.lower(),
            col(UndeliveredRow.grade) == "soft",
            col(UndeliveredRow.at) > since,
        )
    )
    return int(found.one())

"""Notices to our own people: what somebody should hear of at once. Delivered by who can."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, json, ref
from store.engine import Session


class NoticeRow(SQLModel, table=True):
    """One notice. `key` is unique: the same cause is told once. `route` names who should hear."""

    __tablename__ = "notice"
    id: int = big_id()
    key: str = Field(unique=True)
    kind: str = Field(index=True)
    route: str = "default"
    customer_id: int | None = ref("customer.id", nullable=True)
    effect_id: int | None = big(nullable=True)
    work_item_key: str = ""
    title: str
    detail: dict[str, object] = json()
    urgent: bool = False
    at: datetime = instant()
    delivered_at: datetime | None = instant(nullable=True, index=True)
    delivered_to: str = ""


async def add_notice(session: Session, row: NoticeRow) -> int | None:
    """Record a notice; its id if new, None if one with its key exists."""
    statement = (
        insert(NoticeRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(NoticeRow.id))
    )
    return (await session.exec(statement)).scalar_one_or_none()


async def undelivered(session: Session, *, limit: int = 50) -> Sequence[NoticeRow]:
    """Notices nobody has got yet, urgent ones first, their rows locked."""
    found = await session.exec(
        select(NoticeRow)
        .where(col(NoticeRow.delivered_at).is_(None))
        .order_by(col(NoticeRow.urgent).desc(), col(NoticeRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return found.all()


async def delivered(session: Session, notice_id: int, *, to: str, now: datetime) -> None:
    """Note where a notice went."""
    await session.exec(
        update(NoticeRow)
        .where(col(NoticeRow.id) == notice_id)
        .values(delivered_at=now, delivered_to=to)
    )

"""Touchpoints: every contact in or out, any channel, one table; and mail threads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, json, ref, text_list
from store.engine import Session


class ThreadRow(SQLModel, table=True):
    """A mail conversation with a customer. `token` addresses replies to it."""

    __tablename__ = "mail_thread"
    id: int = big_id()
    customer_id: int = ref("customer.id")
    subject: str
    token: str = Field(unique=True)
    created_at: datetime = instant()


class TouchpointRow(SQLModel, table=True):
    """A contact in or out. `key` is unique: "effect:12", "mail:<message-id>", "event:7"."""

    __tablename__ = "touchpoint"
    id: int = big_id()
    key: str = Field(unique=True)
    customer_id: int | None = ref("customer.id", nullable=True)
    contact_id: int | None = ref("contact.id", nullable=True, index=False)
    thread_id: int | None = ref("mail_thread.id", nullable=True)
    channel: str
    direction: str
    kind: str
    occurred_at: datetime = instant(index=True)
    from_address: str = ""
    to_addresses: list[str] = text_list()
    subject: str = ""
    excerpt: str = ""
    body_text: str = ""
    body_html: str = ""
    message_id: str | None = Field(default=None, index=True)
    effect_id: int | None = big(nullable=True, index=True)
    source_event_id: int | None = ref("source_event.id", nullable=True, index=False)
    step: str = ""
    cycle: str = ""
    facts: dict[str, object] = json()
    reading: dict[str, object] = json()
    written_by: str = ""


async def add_touchpoint(session: Session, row: TouchpointRow) -> int | None:
    """Record a touchpoint; its id if new, None if one with its key exists."""
    values = row.model_dump(exclude={"id"})
    statement = (
        insert(TouchpointRow)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(TouchpointRow.id))
    )
    result = await session.exec(statement)
    return result.scalar_one_or_none()


async def touchpoint(session: Session, touchpoint_id: int) -> TouchpointRow | None:
    """The touchpoint, or None."""
    return await session.get(TouchpointRow, touchpoint_id)


async def touchpoints_of(
    session: Session, customer_id: int, *, limit: int = 200
) -> Sequence[TouchpointRow]:
    """The latest touchpoints of a customer, newest first."""
    found = await session.exec(
        select(TouchpointRow)
        .where(TouchpointRow.customer_id == customer_id)
        .order_by(col(TouchpointRow.occurred_at).desc(), col(TouchpointRow.id).desc())
        .limit(limit)
    )
    return found.all()


async def by_message_ids(session: Session, message_ids: Sequence[str]) -> Sequence[TouchpointRow]:
    """Touchpoints whose Message-ID is among `message_ids`."""
    if not message_ids:
        return []
    found = await session.exec(
        select(TouchpointRow).where(col(TouchpointRow.message_id).in_(message_ids))
    )
    return found.all()


async def thread_by_token(session: Session, token: str) -> ThreadRow | None:
    """The thread that a reply token addresses, or None."""
    found = await session.exec(select(ThreadRow).where(ThreadRow.token == token))
    return found.first()


async def latest_thread(session: Session, customer_id: int) -> ThreadRow | None:
    """The customer's latest thread, or None."""
    found = await session.exec(
        select(ThreadRow)
        .where(ThreadRow.customer_id == customer_id)
        .order_by(col(ThreadRow.id).desc())
        .limit(1)
    )
    return found.first()


async def replies_since(
    session: Session, customer_id: int, since: date, *, limit: int
) -> Sequence[str]:
    """Texts of the latest mails that people at a customer wrote since a day, newest first."""
    found = await session.exec(
        select(TouchpointRow.body_text)
        .where(TouchpointRow.customer_id == customer_id, TouchpointRow.direction == "in")
        .where(TouchpointRow.kind == "reply")
        .where(col(TouchpointRow.occurred_at) >= datetime.combine(since, time(), tzinfo=UTC))
        .order_by(col(TouchpointRow.occurred_at).desc(), col(TouchpointRow.id).desc())
        .limit(limit)
    )
    return found.all()

"""What happened here that others want to hear: events, and their delivery to each endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant, json, ref
from store.engine import Session, at_end
from store.jobs import Job, enqueue

DELIVER = "events.deliver"
SEND = "events.send"


class OutgoingEventRow(SQLModel, table=True):
    """A fact told to the outside once; `spread_at` is when its deliveries were made out."""

    __tablename__ = "outgoing_event"
    id: int = big_id()
    kind: str = Field(index=True)
    subject: str
    payload: dict[str, object] = json()
    occurred_at: datetime = instant(index=True)
    spread_at: datetime | None = instant(nullable=True, index=True)


class OutgoingDeliveryRow(SQLModel, table=True):
    """One event for one endpoint. States: pending, delivered, given_up, dropped.

    `endpoint` is a digest of its address, which may hold a token; `host` is for people.
    """

    __tablename__ = "outgoing_delivery"
    __table_args__ = (UniqueConstraint("event_id", "endpoint", name="uq_outgoing_delivery"),)
    id: int = big_id()
    event_id: int = ref("outgoing_event.id")
    endpoint: str
    host: str
    state: str = Field(default="pending", index=True)
    attempts: int = 0
    detail: str = ""
    tried_at: datetime | None = instant(nullable=True)
    delivered_at: datetime | None = instant(nullable=True)


async def emit(
    session: Session, kind: str, subject: str, payload: Mapping[str, object], now: datetime
) -> None:
    """Tell the outside that something happened, in the caller's transaction.

    `kind` is noun.past ("drift.opened"), `subject` names what it is about ("invoice:INV-1");
    `payload` is plain JSON. Nothing is sent when the transaction is rolled back.
    """
    values = {"kind": kind, "subject": subject, "payload": dict(payload), "occurred_at": now}
    await session.exec(insert(OutgoingEventRow).values(**values))
    at_end(session, DELIVER, _wake)


async def _wake(session: Session) -> None:
    """One job a transaction. No name that is taken once: whoever ends must wait for nobody."""
    await enqueue(session, Job(DELIVER))


async def unspread(session: Session, limit: int) -> Sequence[OutgoingEventRow]:
    """Events whose deliveries are not made out yet, oldest first, held by this transaction."""
    found = await session.exec(
        select(OutgoingEventRow)
        .where(col(OutgoingEventRow.spread_at).is_(None))
        .order_by(col(OutgoingEventRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return found.all()


async def deliver_to(session: Session, event_id: int, endpoint: str, host: str) -> int | None:
    """Make out a delivery; its id if it is new."""
    result = await session.exec(
        insert(OutgoingDeliveryRow)
        .values(
            event_id=event_id,
            endpoint=endpoint,
            host=host,
            state="pending",
            attempts=0,
            detail="",
        )
        .on_conflict_do_nothing(constraint="uq_outgoing_delivery")
        .returning(col(OutgoingDeliveryRow.id))
    )
    return result.scalar_one_or_none()


async def delivery(
    session: Session, delivery_id: int, *, lock: bool = False
) -> tuple[OutgoingDeliveryRow, OutgoingEventRow] | None:
    """A delivery with its event, or None."""
    query = (
        select(OutgoingDeliveryRow, OutgoingEventRow)
        .join(OutgoingEventRow, col(OutgoingEventRow.id) == OutgoingDeliveryRow.event_id)
        .where(OutgoingDeliveryRow.id == delivery_id)
    )
    if lock:
        query = query.with_for_update(of=OutgoingDeliveryRow)
    return (await session.exec(query)).first()


async def event(session: Session, event_id: int) -> OutgoingEventRow | None:
    """The event, or None."""
    return await session.get(OutgoingEventRow, event_id)


async def events(
    session: Session, *, kind: str = "", after: int = 0, limit: int = 50
) -> Sequence[OutgoingEventRow]:
    """Events by id."""
    query = select(OutgoingEventRow).where(col(OutgoingEventRow.id) > after)
    if kind:
        query = query.where(OutgoingEventRow.kind == kind)
    return (await session.exec(query.order_by(col(OutgoingEventRow.id)).limit(limit))).all()


async def deliveries_of(
    session: Session, event_ids: Sequence[int]
) -> Mapping[int, Sequence[OutgoingDeliveryRow]]:
    """The deliveries of events, by event."""
    found = await session.exec(
        select(OutgoingDeliveryRow)
        .where(col(OutgoingDeliveryRow.event_id).in_(event_ids))
        .order_by(col(OutgoingDeliveryRow.id))
    )
    grouped: dict[int, list[OutgoingDeliveryRow]] = {}
    for row in found.all():
        grouped.setdefault(row.event_id, []).append(row)
    return grouped


async def forget(session: Session, before: datetime) -> None:
    """Delete events from before an instant, and their deliveries."""
    old = select(OutgoingEventRow.id).where(col(OutgoingEventRow.occurred_at) < before)
    await session.exec(
        delete(OutgoingDeliveryRow).where(col(OutgoingDeliveryRow.event_id).in_(old))
    )
    await session.exec(delete(OutgoingEventRow).where(col(OutgoingEventRow.occurred_at) < before))

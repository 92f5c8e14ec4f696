"""What the cadence last said about each customer, and whom a sweep has to ask about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    and_,
    cast,
    literal,
    or_,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlmodel import Field, SQLModel, col, select

from domain.ledger.invoice import InvoiceStatus
from store.columns import UtcDateTime, big, instant
from store.effects import EffectRow
from store.engine import Session
from store.parties import CustomerRow
from store.receivables import InvoiceRow
from store.touchpoints import ThreadRow, TouchpointRow
from store.worklist import WorkItemRow

_WORDS = ("send_email", "post_to_customer_channel")
_LOST_AFTER = timedelta(hours=1)
_UNDECIDED = ("proposed", "approved", "performing", "failed", "unknown")


class FollowUpRow(SQLModel, table=True):
    """Where the follow-up of one customer stands.

    `outcome` is "planned", "hold" or "blocked"; `reason` and `detail` say why nothing is sent.
    `next_at` is when it is worth asking again before the next day.
    """

    __tablename__ = "follow_up"
    customer_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("customer.id"), primary_key=True)
    )
    queued_at: datetime | None = instant(nullable=True)
    checked_at: datetime | None = instant(nullable=True)
    checked_on: date | None = None
    next_at: datetime | None = instant(nullable=True)
    outcome: str = ""
    reason: str = Field(default="", index=True)
    detail: str = ""
    step: str = ""
    cycle: str = ""
    effect_id: int | None = big(nullable=True)


async def claim_due(
    session: Session, *, day: date, due_by: date, now: datetime, limit: int = 50_000
) -> Sequence[int]:
    """Customers with a collectable invoice due by `due_by` that nobody has asked about.

    Not asked about: not checked on `day`, or worth asking again by now; and not queued already.
    They are marked as queued in the same statement, so two sweeps never claim one customer.
    """
    fresh = and_(
        or_(col(FollowUpRow.checked_on).is_(None), col(FollowUpRow.checked_on) < day)
        | (col(FollowUpRow.next_at) <= now),
        or_(
            col(FollowUpRow.queued_at).is_(None),
            col(FollowUpRow.queued_at) <= col(FollowUpRow.checked_at),
            col(FollowUpRow.queued_at) < now - _LOST_AFTER,
        ),
    )
    due = (
        select(col(InvoiceRow.customer_id), literal(now, UtcDateTime()))
        .join(CustomerRow, col(CustomerRow.id) == col(InvoiceRow.customer_id))
        .outerjoin(FollowUpRow, col(FollowUpRow.customer_id) == col(InvoiceRow.customer_id))
        .where(col(InvoiceRow.status) == InvoiceStatus.OPEN.value)
        .where(col(InvoiceRow.open_minor) > 0, col(InvoiceRow.due_on) <= due_by)
        .where(col(CustomerRow.inactive).is_(False))
        .where(or_(col(FollowUpRow.customer_id).is_(None), fresh))
        .distinct()
        .limit(limit)
    )
    blank = insert(FollowUpRow).from_select(["customer_id", "queued_at"], due)
    claimed = await session.exec(
        blank.on_conflict_do_update(
            index_elements=["customer_id"], set_={"queued_at": blank.excluded.queued_at}
        ).returning(col(FollowUpRow.customer_id))
    )
    return sorted(claimed.scalars().all())


async def note(session: Session, row: FollowUpRow) -> None:
    """Write what the cadence said; `queued_at` stays."""
    values = row.model_dump(exclude={"queued_at"})
    await session.exec(
        insert(FollowUpRow)
        .values(**values)
        .on_conflict_do_update(index_elements=["customer_id"], set_=values)
    )


async def wake(session: Session, customer_id: int, now: datetime) -> None:
    """Something changed for this customer: the next sweep asks again."""
    await session.exec(
        update(FollowUpRow).where(col(FollowUpRow.customer_id) == customer_id).values(next_at=now)
    )


async def follow_up_of(session: Session, customer_id: int) -> FollowUpRow | None:
    """What the cadence last said about a customer, or None."""
    return await session.get(FollowUpRow, customer_id, populate_existing=True)


async def follow_ups_of(session: Session, ids: Sequence[int]) -> dict[int, FollowUpRow]:
    """What the cadence last said about these customers, by customer."""
    found = await session.exec(
        select(FollowUpRow).where(
            col(FollowUpRow.customer_id).in_(ids), col(FollowUpRow.outcome) != ""
        )
    )
    return {row.customer_id: row for row in found.all()}


async def undecided_mail(session: Session, customer_id: int) -> Sequence[EffectRow]:
    """Mail to a customer that was proposed and has neither left nor been turned down."""
    return [row for row in await undecided(session, customer_id) if row.kind == "send_email"]


async def undecided(session: Session, customer_id: int) -> Sequence[EffectRow]:
    """Mail and messages to a customer, as above, whatever the channel."""
    found = await session.exec(
        select(EffectRow)
        .where(EffectRow.customer_id == customer_id, col(EffectRow.kind).in_(_WORDS))
        .where(col(EffectRow.state).in_(_UNDECIDED))
        .order_by(col(EffectRow.id))
    )
    return found.all()


def waits_for_person(customer_id: int) -> ColumnElement[bool]:
    """Whether a reply that is, or may be, of this customer is on the worklist."""
    perhaps = cast(col(WorkItemRow.detail), JSONB).contains({"candidates": [customer_id]})
    return (
        select(WorkItemRow.id)
        .where(WorkItemRow.kind == "reply")
        .where(or_(col(WorkItemRow.customer_id) == customer_id, perhaps))
        .where(col(WorkItemRow.closed_at).is_(None))
        .exists()
    )


async def wrote_since(session: Session, customer_id: int, since: datetime) -> bool:
    """Whether a person at the customer wrote to us after `since`."""
    found = await session.exec(
        select(TouchpointRow.id)
        .where(TouchpointRow.customer_id == customer_id, TouchpointRow.direction == "in")
        .where(TouchpointRow.kind == "reply", col(TouchpointRow.occurred_at) > since)
        .limit(1)
    )
    return found.first() is not None


async def thread_of(session: Session, thread_id: int) -> ThreadRow | None:
    """The thread, or None."""
    return await session.get(ThreadRow, thread_id)


async def thread_messages(session: Session, thread_id: int) -> Sequence[TouchpointRow]:
    """Mail of a thread, oldest first: what References are made of."""
    found = await session.exec(
        select(TouchpointRow)
        .where(TouchpointRow.thread_id == thread_id, TouchpointRow.channel == "email")
        .where(col(TouchpointRow.message_id).is_not(None))
        .order_by(col(TouchpointRow.occurred_at), col(TouchpointRow.id))
    )
    return found.all()


async def open_thread(session: Session, row: ThreadRow) -> ThreadRow:
    """The thread with this token, made if it is new."""
    await session.exec(
        insert(ThreadRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["token"])
    )
    found = await session.exec(select(ThreadRow).where(ThreadRow.token == row.token))
    return found.one()

"""Promises, disputes and holds: why a customer or an invoice is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Field, SQLModel, col, or_, select

from store.columns import big, big_id, big_list, instant, ref
from store.engine import Session


class PromiseRow(SQLModel, table=True):
    """A promise to pay. States: open, kept, broken, cancelled. Amount null = the whole balance."""

    __tablename__ = "promise"
    id: int = big_id()
    key: str = Field(unique=True)
    customer_id: int = ref("customer.id")
    invoice_ids: list[int] = big_list()
    promised_on: date
    currency: str | None = None
    amount_minor: int | None = big(nullable=True)
    state: str = Field(default="open", index=True)
    quote: str = ""
    touchpoint_id: int | None = ref("touchpoint.id", nullable=True, index=False)
    made_at: datetime = instant()
    settled_at: datetime | None = instant(nullable=True)


class DisputeRow(SQLModel, table=True):
    """An invoice the customer contests. States: open, resolved.

    `team` settles this class of dispute, `owner_user_id` is who does; it is due on `due_on`.
    """

    __tablename__ = "dispute"
    id: int = big_id()
    key: str = Field(unique=True)
    customer_id: int = ref("customer.id")
    invoice_id: int | None = ref("invoice.id", nullable=True)
    reason_code: str = "other"
    quote: str = ""
    state: str = Field(default="open", index=True)
    touchpoint_id: int | None = ref("touchpoint.id", nullable=True, index=False)
    team: str = ""
    owner_user_id: int | None = big(nullable=True, index=True)
    due_on: date | None = None
    opened_at: datetime = instant()
    resolved_at: datetime | None = instant(nullable=True)
    resolved_by: str = ""
    resolution: str = ""


class HoldRow(SQLModel, table=True):
    """A pause of a customer or of one invoice; it ends by itself after `until_on` if set.

    `reason` is what kind of stop it is, `why` the reason a person gave for a pause.
    """

    __tablename__ = "hold"
    id: int = big_id()
    key: str = Field(unique=True)
    customer_id: int = ref("customer.id")
    invoice_id: int | None = ref("invoice.id", nullable=True)
    reason: str
    why: str = ""
    detail: str = ""
    until_on: date | None = None
    created_at: datetime = instant()
    created_by: str = ""
    released_at: datetime | None = instant(nullable=True)


async def promises_of(session: Session, customer_id: int) -> Sequence[PromiseRow]:
    """All promises of a customer, newest first."""
    found = await session.exec(
        select(PromiseRow)
        .where(PromiseRow.customer_id == customer_id)
        .order_by(col(PromiseRow.id).desc())
    )
    return found.all()


async def open_disputes(session: Session, customer_id: int) -> Sequence[DisputeRow]:
    """Open disputes of a customer."""
    found = await session.exec(
        select(DisputeRow)
        .where(DisputeRow.customer_id == customer_id)
        .where(DisputeRow.state == "open")
        .order_by(col(DisputeRow.id))
    )
    return found.all()


async def active_holds(session: Session, customer_id: int, today: date) -> Sequence[HoldRow]:
    """Holds in force on `today`."""
    found = await session.exec(
        select(HoldRow)
        .where(HoldRow.customer_id == customer_id)
        .where(col(HoldRow.released_at).is_(None))
        .where(or_(col(HoldRow.until_on).is_(None), col(HoldRow.until_on) >= today))
        .order_by(col(HoldRow.id))
    )
    return found.all()


async def stops_of(session: Session, customer_id: int, since: datetime) -> Sequence[HoldRow]:
    """Holds of a customer that are not lifted, or were lifted after `since`; ended ones too."""
    found = await session.exec(
        select(HoldRow)
        .where(HoldRow.customer_id == customer_id)
        .where(or_(col(HoldRow.released_at).is_(None), col(HoldRow.released_at) > since))
        .order_by(col(HoldRow.id))
    )
    return found.all()


async def disputes_of(session: Session, customer_id: int, since: datetime) -> Sequence[DisputeRow]:
    """Disputes of a customer that are open, or were resolved after `since`."""
    found = await session.exec(
        select(DisputeRow)
        .where(DisputeRow.customer_id == customer_id)
        .where(or_(DisputeRow.state == "open", col(DisputeRow.resolved_at) > since))
        .order_by(col(DisputeRow.id))
    )
    return found.all()


async def release(
    session: Session,
    customer_id: int,
    invoice_id: int | None,
    kinds: Sequence[str],
    now: datetime,
    today: date,
) -> list[int]:
    """Lift the holds of these kinds from one invoice or from the whole customer; their ids."""
    scope = (
        col(HoldRow.invoice_id).is_(None)
        if invoice_id is None
        else col(HoldRow.invoice_id) == invoice_id
    )
    lifted = await session.exec(
        update(HoldRow)
        .where(col(HoldRow.customer_id) == customer_id, scope)
        .where(col(HoldRow.reason).in_(kinds), col(HoldRow.released_at).is_(None))
        .where(or_(col(HoldRow.until_on).is_(None), col(HoldRow.until_on) >= today))
        .values(released_at=now)
        .returning(col(HoldRow.id))
    )
    return sorted(lifted.scalars().all())


async def whole_stops(session: Session, ids: Sequence[int], today: date) -> dict[int, HoldRow]:
    """The stop of each whole customer that lasts longest, in force on `today`."""
    found = await session.exec(
        select(HoldRow)
        .where(col(HoldRow.customer_id).in_(ids), col(HoldRow.invoice_id).is_(None))
        .where(col(HoldRow.released_at).is_(None))
        .where(or_(col(HoldRow.until_on).is_(None), col(HoldRow.until_on) >= today))
        .order_by(col(HoldRow.until_on).nulls_last(), col(HoldRow.id))
    )
    return {row.customer_id: row for row in found.all()}

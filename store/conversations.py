"""Conversations about overdue invoices: who has them, whether they are closed, when they began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import BigInteger, Column, ForeignKey
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from domain.ledger.invoice import InvoiceStatus
from store.columns import big, big_list, instant, ref
from store.engine import Session
from store.receivables import InvoiceRow


class ConversationRow(SQLModel, table=True):
    """One customer's conversation, once something happened to it.

    States: active, escalated (a person has it), resolved (paid or settled). `trigger` says why,
    `invoice_ids` which invoices it is about; resolved, it covers those only. `restarted_at` is when
    the cadence began anew, `reopened_at` when replies began to count anew.
    """

    __tablename__ = "conversation"
    customer_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("customer.id"), primary_key=True)
    )
    state: str = Field(default="active", index=True)
    trigger: str = ""
    note: str = ""
    quote: str = ""
    invoice_ids: list[int] = big_list()
    touchpoint_id: int | None = ref("touchpoint.id", nullable=True, index=False)
    since: datetime | None = instant(nullable=True)
    changed_by: str = ""
    restarted_at: datetime | None = instant(nullable=True)
    reopened_at: datetime | None = instant(nullable=True)
    assignee_id: int | None = big(nullable=True, index=True)


async def conversation_of(session: Session, customer_id: int) -> ConversationRow | None:
    """The conversation, or None while nothing happened to it."""
    return await session.get(ConversationRow, customer_id, populate_existing=True)


async def conversations_of(session: Session, ids: Sequence[int]) -> dict[int, ConversationRow]:
    """The conversations of these customers by customer."""
    found = await session.exec(
        select(ConversationRow).where(col(ConversationRow.customer_id).in_(ids))
    )
    return {row.customer_id: row for row in found.all()}


async def locked(session: Session, customer_id: int) -> ConversationRow:
    """The conversation, made if there is none, its row locked."""
    blank = insert(ConversationRow).values(
        customer_id=customer_id, state="active", trigger="", note="", quote="", invoice_ids=[],
        changed_by="",
    )  # fmt: skip
    await session.exec(blank.on_conflict_do_nothing(index_elements=["customer_id"]))
    found = await session.exec(
        select(ConversationRow)
        .where(ConversationRow.customer_id == customer_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.one()


async def set_assignee(session: Session, ids: Sequence[int], user_id: int | None) -> list[int]:
    """Give conversations to a user, or to nobody; the customers whose assignee changed."""
    changed = []
    for customer_id in sorted(set(ids)):
        row = await locked(session, customer_id)
        if row.assignee_id != user_id:
            row.assignee_id = user_id
            session.add(row)
            changed.append(customer_id)
    return changed


async def collectable_ids(session: Session, customer_id: int) -> list[int]:
    """Ids of the invoices of a customer that have an open balance, in order."""
    found = await session.exec(
        select(InvoiceRow.id)
        .where(InvoiceRow.customer_id == customer_id)
        .where(InvoiceRow.status == InvoiceStatus.OPEN.value, col(InvoiceRow.open_minor) > 0)
        .order_by(col(InvoiceRow.id))
    )
    return list(found.all())


async def overdue_beyond(
    session: Session, covered: Mapping[int, Sequence[int]], today: date
) -> set[int]:
    """Customers with an overdue invoice that is not among those covered, by customer."""
    if not covered:
        return set()
    found = await session.exec(
        select(InvoiceRow.customer_id, InvoiceRow.id)
        .where(col(InvoiceRow.customer_id).in_(covered))
        .where(InvoiceRow.status == InvoiceStatus.OPEN.value, col(InvoiceRow.open_minor) > 0)
        .where(col(InvoiceRow.due_on) < today)
    )
    return {customer for customer, invoice in found.all() if invoice not in covered[customer]}

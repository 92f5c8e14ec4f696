"""Invoices in the making: drafts, and who accepted which warning about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, UniqueConstraint, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, json, ref
from store.engine import Session


class InvoiceDraftRow(SQLModel, table=True):
    """An invoice that is not in the ERP yet, or changes to one that is (`netsuite_id`).

    `source`, `source_id` name where it arose and are unique. States: draft, submitted (an effect
    waits or runs), pushed (the ERP has it), dropped. `facts` are what only some sources know:
    who the customer is elsewhere, the order's amount, the tax as the source worked it out.
    `base` is what the ERP had when changes to its invoice were begun, `base_modified_at` when.
    """

    __tablename__ = "invoice_draft"
    __table_args__ = (
        UniqueConstraint("source", "source_id", name="uq_invoice_draft_source"),
        CheckConstraint(
            "state IN ('draft', 'submitted', 'pushed', 'dropped')", name="known_draft_state"
        ),
        CheckConstraint("state <> 'pushed' OR netsuite_id <> ''", name="pushed_is_in_erp"),
    )
    id: int = big_id()
    source: str = Field(index=True)
    source_id: str
    version: int = 1
    customer_id: int | None = ref("customer.id", nullable=True)
    create_customer: bool = False
    customer_name: str = ""
    customer_email: str = ""
    bill_to: dict[str, object] = json()
    currency: str
    total_minor: int = big()
    issued_on: date
    due_on: date | None = None
    terms_netsuite_id: str = ""
    subsidiary_netsuite_id: str = ""
    ar_account_netsuite_id: str = ""
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    exchange_rate: str = ""
    number: str = ""
    po_number: str = ""
    memo: str = ""
    lines: list[dict[str, object]] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False)
    )
    facts: dict[str, object] = json()
    base: dict[str, object] = json()
    base_modified_at: datetime | None = instant(nullable=True)
    state: str = Field(default="draft", index=True)
    effect_id: int | None = ref("effect.id", nullable=True)
    netsuite_id: str = Field(default="", index=True)
    created_by: str
    created_at: datetime = instant()
    updated_at: datetime = instant()


class DraftAcknowledgementRow(SQLModel, table=True):
    """A named person accepted a warning, with a reason, for exactly this content."""

    __tablename__ = "draft_acknowledgement"
    __table_args__ = (
        UniqueConstraint(
            "draft_id", "finding_id", "subject", "content_hash", name="uq_draft_acknowledgement"
        ),
        CheckConstraint("reason <> ''", name="acknowledged_for_a_reason"),
    )
    id: int = big_id()
    draft_id: int = ref("invoice_draft.id")
    finding_id: str
    subject: str = ""
    content_hash: str
    by: str
    name: str
    reason: str
    at: datetime = instant()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which drafts: empty values do not narrow."""

    states: Sequence[str] = ()
    source: str = ""
    issued_from: date | None = None
    issued_to: date | None = None


async def insert_draft(session: Session, row: InvoiceDraftRow) -> int | None:
    """Insert a draft; its id, or None if its source's id is known already."""
    made = await session.exec(
        insert(InvoiceDraftRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["source", "source_id"])
        .returning(col(InvoiceDraftRow.id))
    )
    return made.scalar_one_or_none()


async def draft(session: Session, draft_id: int) -> InvoiceDraftRow | None:
    """The draft, or None."""
    return await session.get(InvoiceDraftRow, draft_id, populate_existing=True)


async def locked_draft(session: Session, draft_id: int) -> InvoiceDraftRow | None:
    """The draft, its row locked until the transaction ends."""
    found = await session.exec(
        select(InvoiceDraftRow)
        .where(InvoiceDraftRow.id == draft_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def free_draft(session: Session, draft_id: int) -> InvoiceDraftRow | None:
    """The draft locked, if it is open for work and nobody is at work on it at this moment."""
    found = await session.exec(
        select(InvoiceDraftRow)
        .where(InvoiceDraftRow.id == draft_id, InvoiceDraftRow.state == "draft")
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return found.first()


async def draft_named(session: Session, source: str, source_id: str) -> InvoiceDraftRow | None:
    """The draft of this source and id, or None."""
    found = await session.exec(
        select(InvoiceDraftRow).where(
            InvoiceDraftRow.source == source, InvoiceDraftRow.source_id == source_id
        )
    )
    return found.first()


async def draft_of_invoice(session: Session, netsuite_id: str) -> InvoiceDraftRow | None:
    """The draft that became this invoice of the ERP, or that changes it; None without one."""
    found = await session.exec(
        select(InvoiceDraftRow)
        .where(InvoiceDraftRow.netsuite_id == netsuite_id)
        .order_by(col(InvoiceDraftRow.id))
    )
    return found.first()


async def drafts_page(
    session: Session, wanted: Wanted, *, after: int = 0, limit: int = 50
) -> Sequence[InvoiceDraftRow]:
    """Drafts by id, after the last id seen."""
    query = (
        select(InvoiceDraftRow)
        .where(InvoiceDraftRow.id > after)
        .order_by(col(InvoiceDraftRow.id))
        .limit(limit)
    )
    if wanted.states:
        query = query.where(col(InvoiceDraftRow.state).in_(wanted.states))
    if wanted.source:
        query = query.where(InvoiceDraftRow.source == wanted.source)
    if wanted.issued_from is not None:
        query = query.where(InvoiceDraftRow.issued_on >= wanted.issued_from)
    if wanted.issued_to is not None:
        query = query.where(InvoiceDraftRow.issued_on <= wanted.issued_to)
    return (await session.exec(query)).all()


async def acknowledgements(session: Session, draft_id: int) -> Sequence[DraftAcknowledgementRow]:
    """Every warning that was accepted on a draft, oldest first."""
    found = await session.exec(
        select(DraftAcknowledgementRow)
        .where(DraftAcknowledgementRow.draft_id == draft_id)
        .order_by(col(DraftAcknowledgementRow.id))
    )
    return found.all()


async def put_acknowledgement(session: Session, row: DraftAcknowledgementRow) -> None:
    """Record an acknowledgement; the first one for the same content stands."""
    await session.exec(
        insert(DraftAcknowledgementRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(
            index_elements=["draft_id", "finding_id", "subject", "content_hash"]
        )
    )


async def pushed(session: Session, draft_id: int, netsuite_id: str, now: datetime) -> None:
    """The ERP has the invoice of this draft, under this id."""
    await session.exec(
        update(InvoiceDraftRow)
        .where(col(InvoiceDraftRow.id) == draft_id)
        .values(state="pushed", netsuite_id=netsuite_id, updated_at=now)
    )


async def customer_created(
    session: Session, draft_id: int, customer_id: int, now: datetime
) -> None:
    """The customer of this draft now exists; its invoice is to be reviewed and submitted."""
    await session.exec(
        update(InvoiceDraftRow)
        .where(col(InvoiceDraftRow.id) == draft_id, col(InvoiceDraftRow.state) == "submitted")
        .values(
            state="draft",
            customer_id=customer_id,
            create_customer=False,
            effect_id=None,
            version=InvoiceDraftRow.version + 1,
            updated_at=now,
        )
    )

"""What is billed of a deal and when: its lines, planned instalments, evidence and usage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import cast

from sqlalchemy import CheckConstraint, Column, LargeBinary, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import Field, SQLModel, col, or_, select

from store.columns import big, big_id, instant, json, ref
from store.deals import DealRow
from store.drafts import InvoiceDraftRow
from store.engine import Session

OPEN_STATES = ("planned", "drafted")
# The first key of the advisory locks under which instalments of a customer are drafted.
_DRAFTING = 4221


class BillingLineRow(SQLModel, table=True):
    """A line of a deal as it is billed. `version` grows when its plan changes, and numbers keys.

    `basis` is the hash of what the plan was made from. `difference_minor` is what an invoice
    that is out already bills too little (positive) or too much: a person decides about it.
    `removed` lines are in the deal no longer.
    """

    __tablename__ = "billing_line"
    id: int = big_id()
    deal_id: int = ref("deal.id")
    key: str = Field(unique=True)
    line_id: str
    version: int = 1
    basis: str = ""
    description: str = ""
    difference_minor: int = big()
    removed: bool = False


class InstalmentRow(SQLModel, table=True):
    """An amount planned for a day; `key` is unique and never used again for anything else.

    States: planned, drafted (in an invoice draft), billed (the ERP has it), dropped (cancelled or
    given up), replaced (by a later plan). `standing`: ready, waits_for_evidence or
    waits_for_usage. `content` is the invoice line it becomes. `draft_line` counts from 1; 0 means
    that the draft was made from an earlier plan and is not refreshed yet.
    """

    __tablename__ = "instalment"
    __table_args__ = (
        CheckConstraint(
            "state IN ('planned', 'drafted', 'billed', 'dropped', 'replaced')",
            name="known_instalment_state",
        ),
    )
    id: int = big_id()
    key: str = Field(unique=True)
    deal_id: int = ref("deal.id")
    billing_line_id: int = ref("billing_line.id")
    version: int
    sequence: int
    bill_on: date = Field(index=True)
    currency: str
    amount_minor: int = big()
    starts_on: date | None = None
    ends_on: date | None = None
    slot: str = ""
    standing: str = "ready"
    timing: str = "advance"
    state: str = Field(default="planned", index=True)
    content: dict[str, object] = json()
    draft_id: int | None = ref("invoice_draft.id", nullable=True)
    draft_line: int = 0
    billed_minor: int | None = big(nullable=True)
    why: str = ""
    updated_at: datetime = instant()


class MilestoneRow(SQLModel, table=True):
    """What shows that a milestone was reached: a document, and the day it was accepted."""

    __tablename__ = "milestone_evidence"
    __table_args__ = (UniqueConstraint("deal_id", "line_id", "name", name="uq_milestone"),)
    id: int = big_id()
    deal_id: int = ref("deal.id", index=False)
    line_id: str
    name: str
    accepted_on: date
    filename: str
    content_type: str = ""
    digest: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    by: str
    by_name: str = ""
    at: datetime = instant()


class UsageRow(SQLModel, table=True):
    """The usage of the billing period that starts on a day; `final` once it will not move."""

    __tablename__ = "usage_reading"
    __table_args__ = (UniqueConstraint("deal_id", "line_id", "period_on", name="uq_usage"),)
    id: int = big_id()
    deal_id: int = ref("deal.id", index=False)
    line_id: str
    period_on: date
    quantity: str
    final: bool = True
    by: str
    by_name: str = ""
    at: datetime = instant()


async def lines_of(session: Session, *deal_ids: int) -> Sequence[BillingLineRow]:
    """The billed lines of these deals, also those that are in them no longer."""
    found = await session.exec(
        select(BillingLineRow)
        .where(col(BillingLineRow.deal_id).in_(deal_ids))
        .order_by(col(BillingLineRow.id))
    )
    return found.all()


async def instalments_of(session: Session, deal_id: int) -> Sequence[InstalmentRow]:
    """Every instalment a deal ever had, by date."""
    found = await session.exec(
        select(InstalmentRow)
        .where(InstalmentRow.deal_id == deal_id)
        .order_by(col(InstalmentRow.bill_on), col(InstalmentRow.id))
        .limit(20_000)
    )
    return found.all()


async def instalments_of_deals(
    session: Session, deal_ids: Collection[int]
) -> Sequence[InstalmentRow]:
    """Every instalment of these deals that is drafted or billed, by deal and date."""
    found = await session.exec(
        select(InstalmentRow)
        .where(col(InstalmentRow.deal_id).in_(deal_ids))
        .where(col(InstalmentRow.draft_id).is_not(None))
        .order_by(col(InstalmentRow.deal_id), col(InstalmentRow.bill_on), col(InstalmentRow.id))
        .limit(20_000)
    )
    return found.all()


async def evidence_of(session: Session, deal_id: int) -> Sequence[MilestoneRow]:
    """Evidence of the milestones of a deal, without the documents' bytes."""
    body = cast("QueryableAttribute[bytes]", MilestoneRow.body)
    found = await session.exec(
        select(MilestoneRow)
        .where(MilestoneRow.deal_id == deal_id)
        .order_by(col(MilestoneRow.id))
        .options(defer(body))
        .execution_options(populate_existing=True)
    )
    return found.all()


async def evidence(session: Session, evidence_id: int) -> MilestoneRow | None:
    """One document of evidence with its bytes, or None."""
    return await session.get(MilestoneRow, evidence_id)


async def put_evidence(session: Session, row: MilestoneRow) -> None:
    """Keep the evidence of a milestone in the place of an earlier one."""
    values = row.model_dump(exclude={"id"})
    fresh = {k: v for k, v in values.items() if k not in ("deal_id", "line_id", "name")}
    await session.exec(
        insert(MilestoneRow)
        .values(**values)
        .on_conflict_do_update(index_elements=["deal_id", "line_id", "name"], set_=fresh)
    )


async def usage_of(session: Session, deal_id: int) -> Sequence[UsageRow]:
    """The usage that was entered for a deal."""
    found = await session.exec(
        select(UsageRow)
        .where(UsageRow.deal_id == deal_id)
        .order_by(col(UsageRow.period_on))
        .execution_options(populate_existing=True)
    )
    return found.all()


async def put_usage(session: Session, row: UsageRow) -> None:
    """Keep a reading in the place of an earlier one for the same period."""
    values = row.model_dump(exclude={"id"})
    fresh = {k: v for k, v in values.items() if k not in ("deal_id", "line_id", "period_on")}
    await session.exec(
        insert(UsageRow)
        .values(**values)
        .on_conflict_do_update(index_elements=["deal_id", "line_id", "period_on"], set_=fresh)
    )


async def drafts_of(session: Session, *deal_ids: int) -> dict[int, InvoiceDraftRow]:
    """The drafts that were made from these deals, by id."""
    ids = select(InstalmentRow.draft_id).where(col(InstalmentRow.deal_id).in_(deal_ids))
    found = await session.exec(select(InvoiceDraftRow).where(col(InvoiceDraftRow.id).in_(ids)))
    return {row.id: row for row in found.all()}


async def joinable(
    session: Session, source: str, customer: str, currency: str, issued_on: date, po_number: str
) -> Sequence[InvoiceDraftRow]:
    """Open drafts of a customer's deals that others of such a head may join, the oldest first."""
    row, part = InvoiceDraftRow, InstalmentRow
    in_it = select(part.id).where(col(part.draft_id) == col(row.id), part.state == "drafted")
    found = await session.exec(
        select(row)
        .where(row.state == "draft", row.source == source, row.currency == currency)
        .where(row.issued_on == issued_on, row.po_number == po_number)
        .where(row.customer_name == customer, in_it.exists())
        .order_by(col(row.id))
        .limit(200)
        .execution_options(populate_existing=True)
    )
    return found.all()


async def hold_customer(session: Session, customer: str) -> None:
    """Draft for one customer at a time: two deals that fall due at once find each other."""
    await session.exec(select(func.pg_advisory_xact_lock(_DRAFTING, func.hashtext(customer))))


async def deals_due(session: Session, on: date, *, after: int, limit: int) -> Sequence[int]:
    """Deals with something to bill by a day, or with a draft that reached its end; by id."""
    row, draft = InstalmentRow, InvoiceDraftRow
    billable = col(DealRow.state).in_(("won", "cancelled"))
    ready = (col(row.state) == "planned") & (col(row.standing) == "ready")
    due = billable & ready & (col(row.bill_on) <= on)
    over = (col(draft.netsuite_id) != "") | (col(draft.state) == "dropped")
    ended = (col(row.state) == "drafted") & over
    found = await session.exec(
        select(row.deal_id)
        .join(draft, col(draft.id) == col(row.draft_id), isouter=True)
        .join(DealRow, col(DealRow.id) == col(row.deal_id))
        .where(or_(due, ended), row.deal_id > after)
        .distinct()
        .order_by(col(row.deal_id))
        .limit(limit)
    )
    return found.all()


class Sums:
    """Minor units of a deal by state of instalments, and the next day something is billed."""

    __slots__ = ("by_state", "next_on", "waiting")

    def __init__(self) -> None:
        self.by_state: dict[str, int] = {}
        self.next_on: date | None = None
        self.waiting = 0


async def sums(session: Session, deal_ids: Collection[int]) -> dict[int, Sums]:
    """Sums of these deals."""
    told = {deal_id: Sums() for deal_id in deal_ids}
    if not told:
        return told
    row = InstalmentRow
    amount = func.sum(func.coalesce(row.billed_minor, row.amount_minor))
    found = await session.exec(
        select(row.deal_id, row.state, amount)
        .where(col(row.deal_id).in_(deal_ids))
        .group_by(col(row.deal_id), col(row.state))
    )
    for deal_id, state, minor in found.all():
        told[deal_id].by_state[state] = int(minor)
    planned = await session.exec(
        select(row.deal_id, row.standing, func.min(row.bill_on), func.count())
        .where(col(row.deal_id).in_(deal_ids), row.state == "planned")
        .group_by(col(row.deal_id), col(row.standing))
    )
    for deal_id, standing, first, count in planned.all():
        if standing == "ready":
            told[deal_id].next_on = first
        else:
            told[deal_id].waiting += count
    return told

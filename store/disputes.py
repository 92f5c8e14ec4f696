"""Disputes as cases: who has them, until when, and how they were settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from store.engine import Session
from store.parties import CustomerRow
from store.receivables import InvoiceRow
from store.standing import DisputeRow


async def locked(session: Session, dispute_id: int) -> DisputeRow | None:
    """The dispute, its row locked."""
    found = await session.exec(
        select(DisputeRow)
        .where(DisputeRow.id == dispute_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def open_cases(session: Session, *, limit: int = 200) -> Sequence[tuple[DisputeRow, str]]:
    """Open disputes with their customer's name; what is due first comes first."""
    found = await session.exec(
        select(DisputeRow, CustomerRow.name)
        .join(CustomerRow, col(CustomerRow.id) == col(DisputeRow.customer_id))
        .where(DisputeRow.state == "open")
        .order_by(col(DisputeRow.due_on).asc().nulls_last(), col(DisputeRow.id))
        .limit(limit)
    )
    return [(row, name) for row, name in found.all()]


async def open_of_touchpoint(session: Session, touchpoint_id: int) -> Sequence[DisputeRow]:
    """What one mail contests and nobody settled yet."""
    found = await session.exec(
        select(DisputeRow)
        .where(DisputeRow.touchpoint_id == touchpoint_id, DisputeRow.state == "open")
        .order_by(col(DisputeRow.id))
    )
    return found.all()


async def overdue_cases(session: Session, day: datetime) -> Sequence[DisputeRow]:
    """Open disputes whose time is up, in order."""
    found = await session.exec(
        select(DisputeRow)
        .where(DisputeRow.state == "open", col(DisputeRow.due_on) < day.date())
        .order_by(col(DisputeRow.id))
    )
    return found.all()


async def numbers_of(session: Session, invoice_ids: Sequence[int | None]) -> dict[int, str]:
    """The numbers of these invoices by id."""
    wanted = sorted({i for i in invoice_ids if i is not None})
    found = await session.exec(
        select(InvoiceRow.id, InvoiceRow.number).where(col(InvoiceRow.id).in_(wanted))
    )
    return dict(found.all())

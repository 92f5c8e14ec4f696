"""Deductions as cases: what a payer took off an invoice holds its cadence until it is settled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from store.engine import Session
from store.receivables import InvoiceRow
from store.standing import DisputeRow


async def open_deduction(
    session: Session, key: str, invoice_id: int, *, code: str, now: datetime
) -> int | None:
    """Hold the cadence for an invoice while a deduction is open; whose invoice it is."""
    invoice = await session.get(InvoiceRow, invoice_id)
    if invoice is None:
        return None
    row = DisputeRow(
        key=key,
        customer_id=invoice.customer_id,
        invoice_id=invoice_id,
        reason_code=code[:60],
        opened_at=now,
    )
    await session.exec(
        insert(DisputeRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
    )
    return invoice.customer_id


async def settle_deduction(session: Session, key: str, now: datetime) -> None:
    """Let collections ask for it again, or find it gone."""
    await session.exec(
        update(DisputeRow)
        .where(col(DisputeRow.key) == key, col(DisputeRow.state) == "open")
        .values(state="resolved", resolved_at=now)
    )

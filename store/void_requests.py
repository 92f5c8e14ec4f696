"""An invoice that was voided in the ERP because somebody here asked for it."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from domain.ledger.invoice import InvoiceStatus
from store.engine import Session
from store.receivables import InvoiceRow


async def invoice_voided(session: Session, netsuite_id: str) -> None:
    """The mirror has it as the next pass will read it; that pass takes the row for changed."""
    await session.exec(
        update(InvoiceRow)
        .where(col(InvoiceRow.netsuite_id) == netsuite_id)
        .values(status=InvoiceStatus.VOIDED.value, open_minor=0, row_hash="")
    )

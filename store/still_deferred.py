"""What of invoices still stands on deferred revenue, as the revenue ledger reads it."""

from __future__ import annotations

from sqlmodel import col, func, select

from store.engine import Session
from store.revenue import RevenueObligationRow


async def still_deferred(session: Session, invoice_netsuite_id: str) -> int | None:
    """Minor units of an invoice's currency; None where its lines were not taken in."""
    found = await session.exec(
        select(func.count(), func.coalesce(func.sum(RevenueObligationRow.deferred_minor), 0))
        .where(RevenueObligationRow.invoice_netsuite_id == invoice_netsuite_id)
        .where(col(RevenueObligationRow.status) != "voided")
    )
    count, minor = found.one()
    return max(0, int(minor)) if count else None

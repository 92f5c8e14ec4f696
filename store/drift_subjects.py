"""The mirrored documents that a finding speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from store.engine import Session
from store.receivables import InvoiceRow, PaymentRow


async def invoice(session: Session, netsuite_id: str) -> InvoiceRow | None:
    """The invoice with this ERP id, if it is mirrored and not gone."""
    return (await invoices(session, [netsuite_id])).get(netsuite_id)


async def invoices(session: Session, netsuite_ids: Sequence[str]) -> dict[str, InvoiceRow]:
    """Mirrored invoices by ERP id, without those that are gone."""
    found = await session.exec(
        select(InvoiceRow)
        .where(col(InvoiceRow.netsuite_id).in_(netsuite_ids))
        .where(col(InvoiceRow.gone_at).is_(None))
    )
    return {row.netsuite_id: row for row in found.all()}


async def payment(session: Session, netsuite_id: str) -> PaymentRow | None:
    """The payment with this ERP id, if it is mirrored and not gone."""
    found = await session.exec(
        select(PaymentRow)
        .where(PaymentRow.netsuite_id == netsuite_id)
        .where(col(PaymentRow.gone_at).is_(None))
    )
    return found.first()

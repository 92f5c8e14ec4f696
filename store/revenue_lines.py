"""Questions to obligations."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import and_
from sqlmodel import col, or_, select

from store.engine import Session
from store.lines import InvoiceLineRow
from store.revenue import RevenueObligationRow


async def of_invoices(
    session: Session, netsuite_ids: Collection[str], keys: Collection[str] = ()
) -> Sequence[tuple[RevenueObligationRow, str]]:
    """Lines of these invoices, and these lines, that are not taken back, with the billed item."""
    found = await session.exec(
        select(RevenueObligationRow, InvoiceLineRow.item_netsuite_id)
        .outerjoin(
            InvoiceLineRow,
            and_(
                col(InvoiceLineRow.invoice_id) == RevenueObligationRow.invoice_id,
                col(InvoiceLineRow.line) == RevenueObligationRow.line,
            ),
        )
        .where(
            or_(
                col(RevenueObligationRow.invoice_netsuite_id).in_(netsuite_ids),
                col(RevenueObligationRow.key).in_(keys),
            )
        )
        .where(RevenueObligationRow.status != "voided")
        .order_by(col(RevenueObligationRow.id))
        .execution_options(populate_existing=True)
    )
    return [(row, item or row.item_netsuite_id) for row, item in found.all()]


async def by_key(session: Session, key: str) -> RevenueObligationRow | None:
    """The line with this key, or None."""
    found = await session.exec(
        select(RevenueObligationRow)
        .where(RevenueObligationRow.key == key)
        .execution_options(populate_existing=True)
    )
    return found.first()


async def held(
    session: Session, *, subsidiary_id: int | None = None, limit: int = 500
) -> Sequence[RevenueObligationRow]:
    """Lines that wait for somebody, oldest first."""
    query = (
        select(RevenueObligationRow)
        .where(RevenueObligationRow.status == "held")
        .order_by(col(RevenueObligationRow.billed_on), col(RevenueObligationRow.id))
        .limit(limit)
    )
    if subsidiary_id is not None:
        query = query.where(RevenueObligationRow.subsidiary_id == subsidiary_id)
    return (await session.exec(query)).all()

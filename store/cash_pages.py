"""What the cash pages ask beyond the queue itself."""

from __future__ import annotations

from sqlmodel import col, select

from domain.ledger.money import Money
from store.engine import Session
from store.receivables import ApplicationRow, InvoiceRow


async def applied_invoices(session: Session, payment_id: int) -> list[tuple[int, str, Money]]:
    """What a payment is applied to in the ERP: our invoice id, its number, the amount."""
    found = await session.exec(
        select(InvoiceRow, ApplicationRow.amount_minor)
        .join(ApplicationRow, col(InvoiceRow.id) == col(ApplicationRow.invoice_id))
        .where(col(ApplicationRow.payment_id) == payment_id)
        .order_by(col(InvoiceRow.due_on), col(InvoiceRow.id))
    )
    return [(row.id, row.number, Money(minor, row.currency)) for row, minor in found.all()]

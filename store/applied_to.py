"""What was applied to one invoice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from domain.ledger.money import Money
from store.engine import Session
from store.receivables import ApplicationRow, PaymentRow


async def payments_on(
    session: Session, invoice_id: int, *, limit: int = 20
) -> Sequence[tuple[PaymentRow, Money]]:
    """The payments applied to an invoice in the ERP with what each paid of it, latest first."""
    found = await session.exec(
        select(PaymentRow, ApplicationRow.amount_minor)
        .join(ApplicationRow, col(ApplicationRow.payment_id) == col(PaymentRow.id))
        .where(col(ApplicationRow.invoice_id) == invoice_id)
        .order_by(col(PaymentRow.received_on).desc(), col(PaymentRow.id).desc())
        .limit(limit)
    )
    return [(row, Money(minor, row.currency)) for row, minor in found.all()]

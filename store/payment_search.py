"""Receipts that may be what a customer says was paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, or_, select

from store.engine import Session
from store.receivables import PaymentRow

_MOST = 300


async def candidates(session: Session, customer_id: int, since: date) -> Sequence[PaymentRow]:
    """Money received since a day from this customer, or from nobody known; newest first."""
    found = await session.exec(
        select(PaymentRow)
        .where(
            or_(col(PaymentRow.customer_id) == customer_id, col(PaymentRow.customer_id).is_(None))
        )
        .where(col(PaymentRow.received_on) >= since)
        .where(col(PaymentRow.state).not_in(("reversed", "split", "not_a_receipt")))
        .order_by(col(PaymentRow.received_on).desc(), col(PaymentRow.id).desc())
        .limit(_MOST)
    )
    return found.all()

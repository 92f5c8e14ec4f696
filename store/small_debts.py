"""Open balances that are small, long due, and not asked about yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists
from sqlmodel import col, select

from domain.ledger.money import Money
from store.credit_requests import OVER, CreditRequestRow
from store.effects import EffectRow
from store.engine import Session
from store.receivables import InvoiceRow


async def small_open(session: Session, most: Money, due_by: date, *, limit: int) -> Sequence[int]:
    """Invoices of which at most that much is open and that were due, smallest first.

    An invoice about which a credit or write-off waits is left out.
    """
    waits = exists(
        select(CreditRequestRow.id)
        .join(EffectRow, col(EffectRow.id) == col(CreditRequestRow.effect_id))
        .where(CreditRequestRow.invoice_id == col(InvoiceRow.id))
        .where(col(CreditRequestRow.posted_at).is_(None))
        .where(col(EffectRow.state).not_in((*OVER, "done")))
    )
    found = await session.exec(
        select(InvoiceRow.id)
        .where(InvoiceRow.status == "open", InvoiceRow.currency == most.currency)
        .where(col(InvoiceRow.open_minor) > 0, col(InvoiceRow.open_minor) <= most.minor)
        .where(col(InvoiceRow.due_on) <= due_by, col(InvoiceRow.gone_at).is_(None), ~waits)
        .order_by(col(InvoiceRow.open_minor), col(InvoiceRow.id))
        .limit(limit)
    )
    return found.all()

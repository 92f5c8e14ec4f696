"""What payments are applied to in the ERP, and the promises that rested on them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, cast, or_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col, func, select

from domain.ledger.money import Money
from store.engine import Session
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from store.standing import PromiseRow


async def applied_to(session: Session, payment_id: int) -> Sequence[tuple[InvoiceRow, Money]]:
    """Invoices with what a payment pays of them, oldest due first."""
    found = await session.exec(
        select(InvoiceRow, ApplicationRow.amount_minor)
        .join(ApplicationRow, col(InvoiceRow.id) == col(ApplicationRow.invoice_id))
        .where(col(ApplicationRow.payment_id) == payment_id)
        .order_by(col(InvoiceRow.due_on), col(InvoiceRow.id))
    )
    return [(row, Money(minor, row.currency)) for row, minor in found.all()]


async def named_in_references(session: Session, reference: str) -> Sequence[int]:
    """Receipts of any source that carry this trace or bank reference, at most two."""
    told = [
        [{"kind": kind, "text": reference}]
        for kind in ("trace", "bank_reference", "end_to_end", "check_number")
    ]
    found = await session.exec(
        select(PaymentRow.id)
        .where(or_(*(col(PaymentRow.references_told).contains(one) for one in told)))
        .where(col(PaymentRow.state).not_in(("split", "not_a_receipt")))
        .order_by(col(PaymentRow.id))
        .limit(2)
    )
    return found.all()


async def kept_by(
    session: Session, customer_id: int, invoice_ids: Sequence[int]
) -> Sequence[PromiseRow]:
    """Promises that were kept by paying these invoices, or the account; their rows locked."""
    found = await session.exec(
        select(PromiseRow)
        .where(PromiseRow.customer_id == customer_id, PromiseRow.state == "kept")
        .where(
            or_(
                col(PromiseRow.invoice_ids).op("&&")(cast(list(invoice_ids), ARRAY(BigInteger))),
                func.cardinality(col(PromiseRow.invoice_ids)) == 0,
            )
        )
        .order_by(col(PromiseRow.id))
        .with_for_update()
    )
    return found.all()

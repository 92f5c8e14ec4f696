"""How late each customer is expected to pay: the last score, for lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import BigInteger, Column, ForeignKey, func
from sqlalchemy import select as columns
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import objects
from store.engine import Session
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow

_REMEMBERED = timedelta(days=3 * 365)
_DATES = ("customer_id", "issued_on", "due_on", "status")
Paid = tuple[int, date, date, date | None]


class ScoreRow(SQLModel, table=True):
    """The late-payment score of a customer: 0 pays on time, 1000 pays late.

    `invoices` is how many invoices it rests on, `reasons` what moved it, in words.
    """

    __tablename__ = "customer_score"
    customer_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("customer.id"), primary_key=True)
    )
    per_mille: int = Field(index=True)
    invoices: int = 0
    reasons: list[dict[str, object]] = objects()
    as_of: date


async def put_scores(session: Session, rows: Sequence[ScoreRow]) -> None:
    """Write scores, each in place of the customer's last one."""
    if not rows:
        return
    values = insert(ScoreRow).values([row.model_dump() for row in rows])
    fresh = {name: values.excluded[name] for name in ("per_mille", "invoices", "reasons", "as_of")}
    await session.exec(values.on_conflict_do_update(index_elements=["customer_id"], set_=fresh))


async def scores_of(session: Session, ids: Sequence[int]) -> dict[int, ScoreRow]:
    """The scores of these customers by customer."""
    found = await session.exec(select(ScoreRow).where(col(ScoreRow.customer_id).in_(ids)))
    return {row.customer_id: row for row in found.all()}


async def histories(session: Session, as_of: date) -> Sequence[Paid]:
    """Customer, issue, due and payment day of the invoices of the last three years.

    The payment day is that of the last payment applied, None while the invoice is open. Invoices
    that were settled without a payment, or voided, say nothing and are left out.
    """
    paid_on = func.max(PaymentRow.received_on)
    query = (
        columns(*(col(getattr(InvoiceRow, name)) for name in _DATES), paid_on.label("paid_on"))
        .outerjoin(ApplicationRow, col(ApplicationRow.invoice_id) == col(InvoiceRow.id))
        .outerjoin(
            PaymentRow,
            (col(PaymentRow.id) == col(ApplicationRow.payment_id))
            & (col(PaymentRow.state) != "reversed"),
        )
        .where(col(InvoiceRow.status).in_(("open", "paid")))
        .where(col(InvoiceRow.issued_on).between(as_of - _REMEMBERED, as_of))
        .group_by(col(InvoiceRow.id))
        .order_by(col(InvoiceRow.customer_id), col(InvoiceRow.id))
    )  # fmt: skip
    found = await (await session.connection()).execute(query)
    return [
        (row.customer_id, row.issued_on, row.due_on, None if row.status == "open" else row.paid_on)
        for row in found.all()
        if row.status == "open" or row.paid_on is not None
    ]

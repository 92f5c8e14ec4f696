"""Questions about promises: which are open, and whether the money came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from store.engine import Session
from store.parties import CustomerRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from store.standing import PromiseRow


async def add_promise(session: Session, row: PromiseRow) -> int | None:
    """Record a promise; its id if new, None if one with its key exists."""
    statement = (
        insert(PromiseRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(PromiseRow.id))
    )
    return (await session.exec(statement)).scalar_one_or_none()


async def customers_with_open(session: Session, since: datetime) -> Sequence[int]:
    """Customers with an open promise, or one that was broken after `since`, in order."""
    found = await session.exec(
        select(PromiseRow.customer_id)
        .where(_unsettled(since))
        .distinct()
        .order_by(col(PromiseRow.customer_id))
    )
    return found.all()


async def lock_unsettled(
    session: Session, customer_id: int, since: datetime
) -> Sequence[PromiseRow]:
    """Promises of a customer that are open or were broken after `since`, locked, oldest first."""
    found = await session.exec(
        select(PromiseRow)
        .where(PromiseRow.customer_id == customer_id)
        .where(_unsettled(since))
        .order_by(col(PromiseRow.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.all()


def _unsettled(since: datetime) -> ColumnElement[bool]:
    return or_(
        col(PromiseRow.state) == "open",
        (col(PromiseRow.state) == "broken") & (col(PromiseRow.settled_at) > since),
    )


async def lock_open(session: Session, customer_id: int) -> Sequence[PromiseRow]:
    """Open promises of a customer, their rows locked, oldest first."""
    found = await session.exec(
        select(PromiseRow)
        .where(PromiseRow.customer_id == customer_id, PromiseRow.state == "open")
        .order_by(col(PromiseRow.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.all()


async def locked(session: Session, promise_id: int) -> PromiseRow | None:
    """The promise, its row locked, or None."""
    found = await session.exec(
        select(PromiseRow)
        .where(PromiseRow.id == promise_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def open_promises(
    session: Session, *, customer_id: int | None = None, limit: int = 200
) -> Sequence[tuple[PromiseRow, str]]:
    """Open promises with the customer's name, the next to fall due first."""
    query = (
        select(PromiseRow, CustomerRow.name)
        .join(CustomerRow, col(CustomerRow.id) == col(PromiseRow.customer_id))
        .where(PromiseRow.state == "open")
        .order_by(col(PromiseRow.promised_on), col(PromiseRow.id))
        .limit(limit)
    )
    if customer_id is not None:
        query = query.where(PromiseRow.customer_id == customer_id)
    return [(row, name) for row, name in (await session.exec(query)).all()]


async def open_of(session: Session, row: PromiseRow) -> int:
    """Minor units still open on what a promise covers.

    Without named invoices that is everything that was issued before the promise was made.
    """
    query = select(func.coalesce(func.sum(InvoiceRow.open_minor), 0)).where(
        col(InvoiceRow.status) == "open"
    )
    if row.invoice_ids:
        query = query.where(col(InvoiceRow.id).in_(row.invoice_ids))
    else:
        query = query.where(
            col(InvoiceRow.customer_id) == row.customer_id,
            col(InvoiceRow.issued_on) <= row.made_at.date(),
        )
    if row.currency is not None:
        query = query.where(col(InvoiceRow.currency) == row.currency)
    return int((await session.exec(query)).one())


async def promised_before(session: Session, row: PromiseRow) -> int:
    """Minor units that the same mail promised earlier for the same invoices: paid first of all."""
    if row.touchpoint_id is None:
        return 0
    found = await session.exec(
        select(PromiseRow)
        .where(PromiseRow.touchpoint_id == row.touchpoint_id)
        .where(PromiseRow.currency == row.currency, PromiseRow.state != "cancelled")
        .where(tuple_(col(PromiseRow.promised_on), col(PromiseRow.id)) < (row.promised_on, row.id))
    )
    mine = set(row.invoice_ids)
    return sum(
        one.amount_minor or 0
        for one in found.all()
        if not mine or not one.invoice_ids or mine & set(one.invoice_ids)
    )


async def paid_since(session: Session, row: PromiseRow) -> int:
    """Minor units of payments received since a promise was made, on its invoices if it names any.

    Counts what the ERP has applied, and for a promise on the whole account also what it has not.
    """
    since = row.made_at.date()
    if not row.invoice_ids:
        whole = select(func.coalesce(func.sum(PaymentRow.amount_minor), 0)).where(
            col(PaymentRow.customer_id) == row.customer_id,
            col(PaymentRow.currency) == row.currency,
            col(PaymentRow.received_on) >= since,
            col(PaymentRow.netsuite_id).is_not(None),
            col(PaymentRow.state) != "reversed",
        )
        return int((await session.exec(whole)).one())
    applied = (
        select(func.coalesce(func.sum(ApplicationRow.amount_minor), 0))
        .join(PaymentRow, col(PaymentRow.id) == col(ApplicationRow.payment_id))
        .where(col(ApplicationRow.invoice_id).in_(row.invoice_ids))
        .where(col(PaymentRow.received_on) >= since, col(PaymentRow.state) != "reversed")
    )
    return int((await session.exec(applied)).one())

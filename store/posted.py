"""A receipt that became a customer payment in the ERP, written into the mirror."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money
from store.engine import Session
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow


@dataclass(frozen=True, slots=True)
class PostedPayment:
    """What was posted. `applications` by our invoice ids; `open_after` what the ERP says is left.

    `open_after` is in minor units and may lack invoices that could not be read.
    """

    payment_id: int
    effect_id: int
    customer_id: int
    netsuite_id: str
    amount: Money
    applications: tuple[tuple[int, Money], ...]
    open_after: Mapping[int, int]


async def obstacle(session: Session, payment_id: int, amount: Money) -> str:
    """Why this receipt must not be posted any more, as far as our own books tell; "" if it may."""
    row = await session.get(PaymentRow, payment_id, populate_existing=True)
    if row is None:
        return f"there is no payment {payment_id}"
    if row.state == "reversed":
        return "the payment was reversed"
    if (row.amount_minor, row.currency) != (amount.minor, amount.currency):
        return f"the payment is {Money(row.amount_minor, row.currency)} now"
    return ""


async def record(session: Session, done: PostedPayment) -> None:
    """Mark the receipt posted, with its applications and the invoices' new balances.

    Harmless when the sync saw the payment first.
    """
    row = (
        await session.exec(
            select(PaymentRow).where(PaymentRow.id == done.payment_id).with_for_update()
        )
    ).one()
    applied = sum(amount.minor for _, amount in done.applications)
    row.netsuite_id = done.netsuite_id
    row.customer_id = done.customer_id
    row.effect_id = done.effect_id
    row.state = "posted"
    row.unapplied_minor = done.amount.minor - applied
    session.add(row)
    await session.flush()
    for invoice_id, amount in done.applications:
        new = await _applied(session, done.payment_id, invoice_id, amount)
        await _settle(session, invoice_id, amount if new else None, done.open_after)


async def _applied(session: Session, payment_id: int, invoice_id: int, amount: Money) -> bool:
    """Add the application; whether it was not there before."""
    statement = (
        insert(ApplicationRow)
        .values(payment_id=payment_id, invoice_id=invoice_id, amount_minor=amount.minor)
        .on_conflict_do_nothing(constraint="uq_application_payment")
        .returning(col(ApplicationRow.id))
    )
    return (await session.exec(statement)).scalar_one_or_none() is not None


async def _settle(
    session: Session, invoice_id: int, applied: Money | None, open_after: Mapping[int, int]
) -> None:
    found = await session.exec(
        select(InvoiceRow).where(InvoiceRow.id == invoice_id).with_for_update()
    )
    invoice = found.one()
    left = open_after.get(invoice_id)
    if left is None:
        left = max(0, invoice.open_minor - (applied.minor if applied else 0))
    invoice.open_minor = min(left, invoice.total_minor)
    if invoice.open_minor == 0 and invoice.status == InvoiceStatus.OPEN.value:
        invoice.status = InvoiceStatus.PAID.value
    # The next pass must see the ERP's row as a change, whatever its time stamp.
    invoice.row_hash = ""
    session.add(invoice)

"""A receipt that became a customer payment in the ERP, written into the mirror."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money
from store.engine import Session
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow


@dataclass(frozen=True, slots=True)
class PostedPayment:
    """What was posted. `applications` by our invoice ids; `open_after` what the ERP says is left.

    `open_after` is in minor units and may lack invoices that could not be read. `amount` is what
    is booked, `unapplied` what of it stays on the customer's account.
    """

    payment_id: int
    effect_id: int
    customer_id: int
    netsuite_id: str
    amount: Money
    applications: tuple[tuple[int, Money], ...]
    open_after: Mapping[int, int]
    unapplied: Money


async def obstacle(session: Session, payment_id: int, amount: Money | None = None) -> str:
    """Why this receipt must not be touched any more, as far as our own books tell; "" if it may.

    With `amount`, also when it is another amount by now.
    """
    row = await session.get(PaymentRow, payment_id, populate_existing=True)
    if row is None:
        return f"there is no payment {payment_id}"
    if row.state == "reversed":
        return "the payment was reversed"
    if amount is not None and (row.amount_minor, row.currency) != (amount.minor, amount.currency):
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
    row.netsuite_id = done.netsuite_id
    row.customer_id = done.customer_id
    row.effect_id = done.effect_id
    row.state = "posted"
    row.unapplied_minor = done.unapplied.minor
    session.add(row)
    await session.flush()
    for invoice_id, amount in done.applications:
        new = await _applied(session, done.payment_id, invoice_id, amount)
        await _settle(session, invoice_id, amount if new else None, done.open_after)


async def reapply(
    session: Session,
    payment_id: int,
    amount: Money,
    applications: Sequence[tuple[int, Money]],
    open_after: Mapping[int, int],
) -> None:
    """Put a payment's applications in the place of those that stood, with the new balances."""
    row = (
        await session.exec(select(PaymentRow).where(PaymentRow.id == payment_id).with_for_update())
    ).one()
    stood = await session.exec(
        delete(ApplicationRow)
        .where(col(ApplicationRow.payment_id) == payment_id)
        .returning(col(ApplicationRow.invoice_id), col(ApplicationRow.amount_minor))
    )
    freed: dict[int, int] = {one[0]: one[1] for one in stood.all()}
    row.unapplied_minor = amount.minor - sum(applied.minor for _, applied in applications)
    row.row_hash = ""
    session.add(row)
    for invoice_id, applied in applications:
        freed[invoice_id] = freed.get(invoice_id, 0) - applied.minor
        session.add(
            ApplicationRow(payment_id=payment_id, invoice_id=invoice_id, amount_minor=applied.minor)
        )
    for invoice_id in sorted(freed):
        await _rebalance(session, invoice_id, freed[invoice_id], open_after.get(invoice_id))


async def rebalance(session: Session, open_after: Mapping[int, int]) -> None:
    """Put the invoices' balances where the ERP says they are, in minor units by our id."""
    for invoice_id in sorted(open_after):
        await _rebalance(session, invoice_id, 0, open_after[invoice_id])


async def returned(session: Session, payment_id: int, code: str) -> None:
    """Remember why a payment came back."""
    row = await session.get(PaymentRow, payment_id, populate_existing=True)
    if row is not None:
        row.return_code = code
        session.add(row)
        await session.flush()


async def _rebalance(session: Session, invoice_id: int, freed: int, left: int | None) -> None:
    """An invoice's balance after `freed` minor units of applications went, or as the ERP says."""
    found = await session.exec(
        select(InvoiceRow).where(InvoiceRow.id == invoice_id).with_for_update()
    )
    invoice = found.one()
    open_minor = invoice.open_minor + freed if left is None else left
    invoice.open_minor = min(max(0, open_minor), invoice.total_minor)
    if invoice.status in (InvoiceStatus.OPEN.value, InvoiceStatus.PAID.value):
        paid = invoice.open_minor == 0
        invoice.status = InvoiceStatus.PAID.value if paid else InvoiceStatus.OPEN.value
    invoice.row_hash = ""
    session.add(invoice)


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

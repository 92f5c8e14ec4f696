"""Documents that may be voided in the ERP, and those that were because it was asked for here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update
from sqlmodel import col

from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money
from store.engine import Session
from store.erp_mirror import period_of
from store.receivables import CreditMemoRow, InvoiceRow, PaymentRow


@dataclass(frozen=True, slots=True)
class Voidable:
    """A document of the ERP. `settled` is what is applied to an invoice, None where nothing is."""

    netsuite_id: str
    number: str
    customer_id: int
    amount: Money
    voided: bool
    gone: bool
    closed: bool
    settled: Money | None = None


async def voidable(session: Session, record: str, document_id: int) -> Voidable | None:
    """An invoice, credit memo or payment by our id, None where the ERP has none."""
    row: InvoiceRow | CreditMemoRow | PaymentRow | None
    match record:
        case "invoice":
            row = await session.get(InvoiceRow, document_id)
        case "credit_memo":
            row = await session.get(CreditMemoRow, document_id)
        case _:
            row = await session.get(PaymentRow, document_id)
    if row is None or row.netsuite_id is None or row.customer_id is None:
        return None
    return await _voidable(session, row, row.netsuite_id, row.customer_id)


async def _voidable(
    session: Session,
    row: InvoiceRow | CreditMemoRow | PaymentRow,
    netsuite_id: str,
    customer_id: int,
) -> Voidable:
    payment = isinstance(row, PaymentRow)
    minor = row.amount_minor if isinstance(row, PaymentRow) else row.total_minor
    on = row.received_on if isinstance(row, PaymentRow) else row.issued_on
    applied = minor - row.open_minor if isinstance(row, InvoiceRow) else 0
    return Voidable(
        netsuite_id=netsuite_id,
        number=row.number or netsuite_id,
        customer_id=customer_id,
        amount=Money(minor, row.currency),
        voided=(row.state if isinstance(row, PaymentRow) else row.status) in ("voided", "reversed"),
        gone=row.gone_at is not None,
        closed=not payment and await _shut(session, on),
        settled=Money(applied, row.currency) if applied else None,
    )


async def _shut(session: Session, on: date) -> bool:
    period = await period_of(session, on)
    return period is not None and (period.closed or period.ar_locked or period.all_locked)


async def invoice_voided(session: Session, netsuite_id: str) -> None:
    """The mirror has it as the next pass will read it; that pass takes the row for changed."""
    await session.exec(
        update(InvoiceRow)
        .where(col(InvoiceRow.netsuite_id) == netsuite_id)
        .values(status=InvoiceStatus.VOIDED.value, open_minor=0, row_hash="")
    )

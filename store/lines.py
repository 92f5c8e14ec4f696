"""Lines of invoices as the ERP has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, ref
from store.engine import Session


class InvoiceLineRow(SQLModel, table=True):
    """One line of an invoice. `amount_minor` in the invoice's currency, positive when billed."""

    __tablename__ = "invoice_line"
    __table_args__ = (UniqueConstraint("invoice_id", "line", name="uq_invoice_line"),)
    id: int = big_id()
    invoice_id: int = ref("invoice.id", index=False)
    line: int
    amount_minor: int = big()
    item_netsuite_id: str = Field(default="", index=True)
    account_netsuite_id: str = ""
    quantity: str = ""
    memo: str = ""
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    tax: bool = False


async def lines_of(session: Session, invoice_id: int) -> Sequence[InvoiceLineRow]:
    """An invoice's lines, in the ERP's order."""
    found = await session.exec(
        select(InvoiceLineRow)
        .where(InvoiceLineRow.invoice_id == invoice_id)
        .order_by(col(InvoiceLineRow.line))
    )
    return found.all()

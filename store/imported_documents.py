"""Imported documents a page at a time: amount, balance, and what was applied to or from each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, or_
from sqlalchemy import select as columns
from sqlmodel import col

from domain.ledger.money import Money
from store.engine import Session
from store.overdue import like
from store.parties import CustomerRow
from store.receivables import ApplicationRow, CreditMemoRow, InvoiceRow, PaymentRow
from store.settlements import SettlementRow

KINDS = ("invoice", "payment", "credit_memo", "settlement")
BALANCES = ("open", "settled")
Wide = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents to list: one of KINDS, found by number or customer, one of BALANCES."""

    kind: str = "invoice"
    text: str = ""
    balance: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """The number of the document on the other side of an application, and the amount."""

    number: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """A document of the ERP as it was imported. `open` is owed, or not applied yet."""

    id: int
    kind: str
    netsuite_id: str
    number: str
    customer_id: int | None
    customer: str
    on: date
    total: Money
    open: Money
    status: str
    applied: tuple[Applied, ...]


def _invoices() -> Wide:
    row = InvoiceRow
    return columns(
        col(row.id).label("id"),
        literal("invoice").label("kind"),
        col(row.netsuite_id).label("netsuite_id"),
        col(row.number).label("number"),
        col(row.issued_on).label("on_day"),
        col(row.currency).label("currency"),
        col(row.total_minor).label("total"),
        col(row.open_minor).label("rest"),
        col(row.status).label("status"),
        col(row.customer_id).label("customer_id"),
    )


def _payments() -> Wide:
    row = PaymentRow
    return columns(
        col(row.id).label("id"),
        literal("payment").label("kind"),
        col(row.netsuite_id).label("netsuite_id"),
        col(row.number).label("number"),
        func.coalesce(row.erp_on, row.received_on).label("on_day"),
        col(row.currency).label("currency"),
        func.coalesce(row.erp_amount_minor, row.amount_minor).label("total"),
        col(row.unapplied_minor).label("rest"),
        col(row.state).label("status"),
        col(row.customer_id).label("customer_id"),
    ).where(col(row.netsuite_id).is_not(None))


def _credits() -> Wide:
    row = CreditMemoRow
    return columns(
        col(row.id).label("id"),
        literal("credit_memo").label("kind"),
        col(row.netsuite_id).label("netsuite_id"),
        col(row.number).label("number"),
        col(row.issued_on).label("on_day"),
        col(row.currency).label("currency"),
        col(row.total_minor).label("total"),
        col(row.open_minor).label("rest"),
        col(row.status).label("status"),
        col(row.customer_id).label("customer_id"),
    )


def _settlements() -> Wide:
    row = SettlementRow
    return columns(
        col(row.id).label("id"),
        col(row.kind).label("kind"),
        col(row.netsuite_id).label("netsuite_id"),
        col(row.number).label("number"),
        col(row.on_day).label("on_day"),
        col(row.currency).label("currency"),
        col(row.total_minor).label("total"),
        col(row.open_minor).label("rest"),
        col(row.status).label("status"),
        col(row.customer_id).label("customer_id"),
    )


_SOURCES: dict[str, tuple[Callable[[], Wide], Any]] = {
    "invoice": (_invoices, col(ApplicationRow.invoice_id)),
    "payment": (_payments, col(ApplicationRow.payment_id)),
    "credit_memo": (_credits, col(ApplicationRow.credit_memo_id)),
    "settlement": (_settlements, col(ApplicationRow.settlement_id)),
}


async def imported_documents(
    session: Session, wanted: DocumentFilter, *, before: int = 0, limit: int
) -> list[ImportedDocument]:
    """A page, the latest import first, in two queries however long it is."""
    found = _SOURCES[wanted.kind][0]().subquery()
    query: Wide = (
        columns(found, func.coalesce(CustomerRow.name, "").label("customer"))
        .outerjoin(CustomerRow, col(CustomerRow.id) == found.c.customer_id)
        .order_by(found.c.id.desc())
        .limit(limit)
    )
    if before:
        query = query.where(found.c.id < before)
    if wanted.text:
        pattern = like(wanted.text)
        query = query.where(
            or_(
                found.c.number.ilike(pattern, escape="\\"),
                col(CustomerRow.name).ilike(pattern, escape="\\"),
            )
        )
    if wanted.balance in BALANCES:
        rest = found.c.rest != 0
        query = query.where(rest if wanted.balance == "open" else ~rest)
    connection = await session.connection()
    rows = (await connection.execute(query)).all()
    applied = await _applied(session, wanted.kind, [row.id for row in rows])
    return [_document(row, applied.get(row.id, ())) for row in rows]


def _document(row: Any, applied: Sequence[Applied]) -> ImportedDocument:
    return ImportedDocument(
        id=row.id,
        kind=row.kind,
        netsuite_id=row.netsuite_id,
        number=row.number,
        customer_id=row.customer_id,
        customer=row.customer,
        on=row.on_day,
        total=Money(row.total, row.currency),
        open=Money(row.rest, row.currency),
        status=row.status,
        applied=tuple(applied),
    )


async def _applied(session: Session, kind: str, ids: Sequence[int]) -> dict[int, list[Applied]]:
    """Applications of these documents: what pays an invoice, or what something else pays."""
    side = _SOURCES[kind][1]
    theirs = func.coalesce(PaymentRow.number, CreditMemoRow.number, SettlementRow.number, "")
    query = (
        columns(
            side.label("id"),
            (theirs if kind == "invoice" else col(InvoiceRow.number)).label("number"),
            col(ApplicationRow.amount_minor),
            col(InvoiceRow.currency),
        )
        .select_from(ApplicationRow)
        .join(InvoiceRow, col(InvoiceRow.id) == col(ApplicationRow.invoice_id))
        .outerjoin(PaymentRow, col(PaymentRow.id) == col(ApplicationRow.payment_id))
        .outerjoin(CreditMemoRow, col(CreditMemoRow.id) == col(ApplicationRow.credit_memo_id))
        .outerjoin(SettlementRow, col(SettlementRow.id) == col(ApplicationRow.settlement_id))
        .where(side.in_(ids))
        .order_by(col(ApplicationRow.id))
    )
    connection = await session.connection()
    applied: dict[int, list[Applied]] = {}
    for document_id, number, minor, currency in (await connection.execute(query)).all():
        applied.setdefault(document_id, []).append(Applied(number, Money(minor, currency)))
    return applied

"""Invoices and customers that we created in the ERP, written into the mirror; and what forbids it.

The next pass finds the ERP's own row and completes what is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from domain.ledger.money import Money
from store.drafts import InvoiceDraftRow
from store.engine import Session
from store.erp_masters import ItemRow
from store.lines import InvoiceLineRow
from store.parties import CustomerRow, SubsidiaryRow
from store.receivables import InvoiceRow


@dataclass(frozen=True, slots=True)
class PushedLine:
    """A line of a pushed invoice."""

    amount: Money
    item_netsuite_id: str
    quantity: str
    memo: str
    department_netsuite_id: str
    class_netsuite_id: str
    location_netsuite_id: str
    service_starts_on: date | None
    service_ends_on: date | None


@dataclass(frozen=True, slots=True)
class PushedInvoice:
    """A pushed invoice. `due_on` and `modified_at` are ISO text, empty where not known."""

    netsuite_id: str
    number: str
    customer_id: int
    total: Money
    open_minor: int
    issued_on: date
    due_on: str
    status: str
    po_number: str
    memo: str
    terms_netsuite_id: str
    subsidiary_netsuite_id: str
    external_id: str
    exchange_rate: str
    period_netsuite_id: str
    modified_at: str
    lines: tuple[PushedLine, ...]


async def draft_obstacle(session: Session, draft_id: int) -> str:
    """Why the invoice of a draft must not be pushed any more, "" if it may; 0 is no draft."""
    if not draft_id:
        return ""
    row = await session.get(InvoiceDraftRow, draft_id, populate_existing=True)
    if row is None:
        return f"there is no draft {draft_id}"
    if row.state == "dropped":
        return "the draft was dropped"
    return "the draft was taken back" if row.state == "draft" else ""


async def number_taken(session: Session, number: str, external_id: str) -> str:
    """Whether another invoice in the mirror has this number, in words."""
    if not number:
        return ""
    found = await session.exec(
        select(InvoiceRow.netsuite_id)
        .where(InvoiceRow.number == number, InvoiceRow.external_id != external_id)
        .where(col(InvoiceRow.gone_at).is_(None))
        .limit(1)
    )
    return f"there is an invoice {number} in NetSuite already" if found.first() else ""


async def unknown_items(session: Session, netsuite_ids: Sequence[str]) -> str:
    """Which items the ERP no longer sells, in words; "" also where items cannot be read."""
    known = await session.exec(
        select(ItemRow).where(col(ItemRow.netsuite_id).in_(set(netsuite_ids)))
    )
    seen = {row.netsuite_id: row.inactive for row in known.all()}
    if len(seen) < len(set(netsuite_ids)):
        some = (await session.exec(select(func.count()).select_from(ItemRow))).one()
        missing = sorted(set(netsuite_ids) - seen.keys())
        return f"NetSuite has no item {', '.join(missing)}" if some else ""
    stopped = sorted(one for one, inactive in seen.items() if inactive)
    return f"item {', '.join(stopped)} is inactive in NetSuite" if stopped else ""


async def record_invoice(session: Session, done: PushedInvoice, now: datetime) -> None:
    """Mirror the invoice with its lines. Harmless when a pass saw it first.

    Without a due date nothing is mirrored: the next pass brings the whole invoice.
    """
    if not done.due_on:
        return
    row = InvoiceRow(
        netsuite_id=done.netsuite_id, number=done.number, customer_id=done.customer_id,
        subsidiary_id=await _subsidiary_id(session, done.subsidiary_netsuite_id),
        currency=done.total.currency, total_minor=done.total.minor,
        open_minor=min(done.open_minor, done.total.minor), issued_on=done.issued_on,
        due_on=date.fromisoformat(done.due_on), status=done.status, po_number=done.po_number,
        memo=done.memo, terms_netsuite_id=done.terms_netsuite_id, external_id=done.external_id,
        exchange_rate=done.exchange_rate, period_netsuite_id=done.period_netsuite_id,
        erp_modified_at=_instant(done.modified_at), seen_at=now,
    )  # fmt: skip
    made = await session.exec(
        insert(InvoiceRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["netsuite_id"])
        .returning(col(InvoiceRow.id))
    )
    invoice_id = made.scalar_one_or_none()
    if invoice_id is not None:
        for place, line in enumerate(done.lines, start=1):
            session.add(_line_row(invoice_id, place, line))


async def record_changes(
    session: Session, netsuite_id: str, after: Mapping[str, str], now: datetime
) -> None:
    """Mirror new values of an invoice's own fields; the next pass must read it again."""
    values: dict[str, object] = {**after, "row_hash": "", "seen_at": now}
    if "due_on" in after:
        values["due_on"] = date.fromisoformat(after["due_on"])
    await session.exec(
        update(InvoiceRow).where(col(InvoiceRow.netsuite_id) == netsuite_id).values(**values)
    )


async def record_customer(
    session: Session, row: CustomerRow, subsidiary_netsuite_id: str, now: datetime
) -> int:
    """Mirror a customer; its id. Harmless when a pass saw it first."""
    row.subsidiary_id = await _subsidiary_id(session, subsidiary_netsuite_id)
    row.seen_at = now
    await session.exec(
        insert(CustomerRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["netsuite_id"])
    )
    found = await session.exec(
        select(CustomerRow.id).where(CustomerRow.netsuite_id == row.netsuite_id)
    )
    return found.one()


def _line_row(invoice_id: int, place: int, line: PushedLine) -> InvoiceLineRow:
    return InvoiceLineRow(
        invoice_id=invoice_id, line=place, amount_minor=line.amount.minor,
        item_netsuite_id=line.item_netsuite_id, quantity=line.quantity, memo=line.memo,
        department_netsuite_id=line.department_netsuite_id,
        class_netsuite_id=line.class_netsuite_id, location_netsuite_id=line.location_netsuite_id,
        service_starts_on=line.service_starts_on, service_ends_on=line.service_ends_on,
    )  # fmt: skip


async def _subsidiary_id(session: Session, netsuite_id: str) -> int | None:
    found = await session.exec(
        select(SubsidiaryRow.id).where(SubsidiaryRow.netsuite_id == netsuite_id)
    )
    return found.first()


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

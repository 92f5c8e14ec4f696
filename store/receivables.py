"""Invoices, credits, payments and applications: the ERP's mirror and receipts not yet in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel, col, func, select

from domain.ledger.account import Account
from domain.ledger.invoice import CreditMemo, Invoice, InvoiceStatus
from domain.ledger.money import Money
from domain.ledger.payment import Payment
from store.columns import big, big_id, big_list, instant, json, objects, ref
from store.engine import Session
from store.parties import CustomerRow, contact_value, contacts_of, customer_value


class InvoiceRow(SQLModel, table=True):
    """A claim as last seen in the ERP. Amounts in minor units of `currency`."""

    __tablename__ = "invoice"
    __table_args__ = (
        CheckConstraint("open_minor >= 0 AND open_minor <= total_minor", name="open_within_total"),
        Index(
            "ix_invoice_open_due",
            "due_on",
            "customer_id",
            postgresql_where="status = 'open' AND open_minor > 0",
        ),
    )
    id: int = big_id()
    netsuite_id: str = Field(unique=True)
    number: str = Field(index=True)
    customer_id: int = ref("customer.id")
    subsidiary_id: int | None = ref("subsidiary.id", nullable=True, index=False)
    currency: str
    total_minor: int = big()
    open_minor: int = big()
    issued_on: date
    due_on: date
    status: str = InvoiceStatus.OPEN.value
    po_number: str = ""
    memo: str = ""
    terms_netsuite_id: str = ""
    external_id: str = ""
    exchange_rate: str = ""
    period_netsuite_id: str = ""
    custom: dict[str, object] = json()
    row_hash: str = ""
    erp_modified_at: datetime | None = instant(nullable=True)
    seen_at: datetime | None = instant(nullable=True)
    gone_at: datetime | None = instant(nullable=True)


class CreditMemoRow(SQLModel, table=True):
    """A credit memo as last seen in the ERP."""

    __tablename__ = "credit_memo"
    id: int = big_id()
    netsuite_id: str = Field(unique=True)
    number: str = Field(index=True)
    customer_id: int = ref("customer.id")
    currency: str
    total_minor: int = big()
    open_minor: int = big()
    issued_on: date
    status: str = "open"
    subsidiary_id: int | None = ref("subsidiary.id", nullable=True, index=False)
    external_id: str = ""
    exchange_rate: str = ""
    period_netsuite_id: str = ""
    row_hash: str = ""
    erp_modified_at: datetime | None = instant(nullable=True)
    seen_at: datetime | None = instant(nullable=True)
    gone_at: datetime | None = instant(nullable=True)


class PaymentRow(SQLModel, table=True):
    """Money received. `source`, `source_id` name the receipt where it arose and are unique.

    A receipt of ours that was posted carries the ERP record's `netsuite_id`; a payment first
    seen in the ERP has source "netsuite". States: received, proposed, posted, waiting, parked,
    split (its parts stand for it), not_a_receipt, reversed.
    `erp_amount_minor` and `erp_on` are the ERP's total and date, where it has the payment.
    `references_told`, `payer_accounts` and `remittance` are lists as store.matching writes them;
    `raw` is the source's own text. `parent_id` is the receipt it was split from, `batch` the
    source_id of the movement it is a part of. `match` is the decision, in the words of
    domain.matching.explain; `outcome`, `tier`, `klass` and `live` repeat it for lists.
    `allocation` is what was proposed last, by matching or by a person. `received_minor` and
    `received_currency` are what reached the bank, where a person (`booked_by`) had it booked in
    the currency of the invoices that it pays; null otherwise.
    """

    __tablename__ = "payment"
    __table_args__ = (UniqueConstraint("source", "source_id", name="uq_payment_source"),)
    id: int = big_id()
    source: str
    source_id: str
    netsuite_id: str | None = Field(default=None, unique=True)
    number: str = ""
    customer_id: int | None = ref("customer.id", nullable=True)
    payer_name: str = ""
    payer_account: str = ""
    reference: str = ""
    currency: str
    amount_minor: int = big()
    unapplied_minor: int = big()
    received_on: date
    state: str = Field(default="received", index=True)
    source_event_id: int | None = ref("source_event.id", nullable=True, index=False)
    effect_id: int | None = big(nullable=True)
    match: dict[str, object] = json()
    allocation: dict[str, object] = json()
    booked_on: date | None = None
    value_on: date | None = None
    channel: str = ""
    type_code: str = ""
    own_account: str = ""
    named_by: str = ""
    payer_accounts: list[dict[str, str]] = objects()
    references_told: list[dict[str, str]] = objects()
    remittance: list[dict[str, object]] = objects()
    invoice_ids: list[int] = big_list()
    raw: str = ""
    fee_minor: int | None = big(nullable=True)
    instructed_minor: int | None = big(nullable=True)
    instructed_currency: str = ""
    received_minor: int | None = big(nullable=True)
    received_currency: str | None = None
    booked_by: str | None = None
    batch: str = ""
    parent_id: int | None = ref("payment.id", nullable=True)
    bank_line_id: int | None = big(nullable=True, index=True)
    return_code: str = ""
    not_a_receipt: str = ""
    outcome: str = Field(default="", index=True)
    tier: int | None = None
    klass: str = ""
    live: bool = False
    parked_until: date | None = None
    erp_amount_minor: int | None = big(nullable=True)
    erp_on: date | None = None
    subsidiary_id: int | None = ref("subsidiary.id", nullable=True, index=False)
    external_id: str = ""
    exchange_rate: str = ""
    period_netsuite_id: str = ""
    row_hash: str = ""
    erp_modified_at: datetime | None = instant(nullable=True)
    seen_at: datetime | None = instant(nullable=True)
    gone_at: datetime | None = instant(nullable=True)
    created_at: datetime | None = instant(nullable=True)


class ApplicationRow(SQLModel, table=True):
    """An amount of one payment, credit memo or settlement set against one invoice in the ERP."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("payment_id", "invoice_id", name="uq_application_payment"),
        UniqueConstraint("credit_memo_id", "invoice_id", name="uq_application_credit"),
        UniqueConstraint("settlement_id", "invoice_id", name="uq_application_settlement"),
        CheckConstraint(
            "num_nonnulls(payment_id, credit_memo_id, settlement_id) = 1",
            name="one_source_of_application",
        ),
    )
    id: int = big_id()
    invoice_id: int = ref("invoice.id")
    payment_id: int | None = ref("payment.id", nullable=True)
    credit_memo_id: int | None = ref("credit_memo.id", nullable=True)
    settlement_id: int | None = ref("settlement.id", nullable=True)
    amount_minor: int = big()


def invoice_value(row: InvoiceRow) -> Invoice:
    """The row as a domain value."""
    return Invoice(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        total=Money(row.total_minor, row.currency),
        open=Money(row.open_minor, row.currency),
        issued_on=row.issued_on,
        due_on=row.due_on,
        netsuite_id=row.netsuite_id,
        status=InvoiceStatus(row.status),
        po_number=row.po_number,
    )


def credit_value(row: CreditMemoRow) -> CreditMemo:
    """The row as a domain value."""
    return CreditMemo(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        total=Money(row.total_minor, row.currency),
        open=Money(row.open_minor, row.currency),
        issued_on=row.issued_on,
        netsuite_id=row.netsuite_id,
    )


def payment_value(row: PaymentRow) -> Payment:
    """The row as a domain value."""
    return Payment(
        id=row.id,
        source=row.source,
        source_id=row.source_id,
        amount=Money(row.amount_minor, row.currency),
        unapplied=Money(row.unapplied_minor, row.currency),
        received_on=row.received_on,
        customer_id=row.customer_id,
        payer_name=row.payer_name,
        payer_account=row.payer_account,
        reference=row.reference,
    )


async def open_invoices(session: Session, customer_id: int) -> Sequence[InvoiceRow]:
    """Collectable invoices of a customer, oldest due first."""
    found = await session.exec(
        select(InvoiceRow)
        .where(InvoiceRow.customer_id == customer_id)
        .where(InvoiceRow.status == InvoiceStatus.OPEN.value)
        .where(col(InvoiceRow.open_minor) > 0)
        .order_by(col(InvoiceRow.due_on), col(InvoiceRow.id))
    )
    return found.all()


async def paid_by_invoice(session: Session, invoice_ids: Sequence[int]) -> dict[int, int]:
    """Minor units of money applied to each of these invoices; credits are left out."""
    found = await session.exec(
        select(ApplicationRow.invoice_id, func.sum(col(ApplicationRow.amount_minor)))
        .where(col(ApplicationRow.invoice_id).in_(invoice_ids))
        .where(col(ApplicationRow.payment_id).is_not(None))
        .group_by(col(ApplicationRow.invoice_id))
    )
    return {invoice_id: int(minor) for invoice_id, minor in found.all()}


async def load_account(session: Session, customer_id: int, today: date) -> Account | None:
    """The customer's position: open invoices, open credits and the latest 50 payments.

    A fixed number of queries whatever the size of the account. None if there is no such customer.
    """
    customer = await session.get(CustomerRow, customer_id)
    if customer is None:
        return None
    credits_ = await session.exec(
        select(CreditMemoRow)
        .where(CreditMemoRow.customer_id == customer_id)
        .where(col(CreditMemoRow.open_minor) > 0)
        .order_by(col(CreditMemoRow.id))
    )
    payments = await session.exec(
        select(PaymentRow)
        .where(PaymentRow.customer_id == customer_id)
        .order_by(col(PaymentRow.received_on).desc(), col(PaymentRow.id).desc())
        .limit(50)
    )
    return Account(
        customer=customer_value(customer),
        today=today,
        contacts=tuple(contact_value(c, today) for c in await contacts_of(session, customer_id)),
        invoices=tuple(invoice_value(i) for i in await open_invoices(session, customer_id)),
        credits=tuple(credit_value(c) for c in credits_.all()),
        payments=tuple(payment_value(p) for p in payments.all()),
    )

"""What the service asks of an ERP: one protocol, values in and out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from domain.ledger.money import Money


@dataclass(frozen=True, slots=True)
class ErpSubsidiary:
    """A legal entity of the seller."""

    netsuite_id: str
    name: str
    currency: str
    country: str


@dataclass(frozen=True, slots=True)
class ErpCustomer:
    """A customer as the ERP has it."""

    netsuite_id: str
    entity_number: str
    name: str
    legal_name: str
    currency: str
    parent_netsuite_id: str | None = None
    subsidiary_netsuite_id: str | None = None
    email: str = ""
    phone: str = ""
    country: str = ""
    region: str = ""
    timezone: str = ""
    language: str = ""
    inactive: bool = False
    credit_hold: bool = False
    stripe_customer_id: str = ""
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ErpContact:
    """A contact as the ERP has it; `role` is one of domain.ledger.party.ContactRole."""

    netsuite_id: str
    customer_netsuite_id: str
    name: str
    email: str
    role: str
    language: str = ""
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class ErpInvoice:
    """An invoice as the ERP has it. `status` is one of domain.ledger.invoice.InvoiceStatus."""

    netsuite_id: str
    number: str
    customer_netsuite_id: str
    subsidiary_netsuite_id: str | None
    total: Money
    open: Money
    issued_on: date
    due_on: date
    status: str
    po_number: str = ""
    memo: str = ""
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ErpSettlement:
    """A customer payment or credit memo as the ERP has it. `open` is its unapplied rest."""

    netsuite_id: str
    kind: Literal["payment", "credit_memo"]
    number: str
    customer_netsuite_id: str
    total: Money
    open: Money
    on: date
    voided: bool
    external_id: str = ""
    memo: str = ""
    reference: str = ""
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ErpApplication:
    """An amount of a settlement set against an invoice, by the ERP's ids."""

    settlement_netsuite_id: str
    invoice_netsuite_id: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ErpPeriod:
    """An accounting period."""

    netsuite_id: str
    name: str
    starts_on: date
    ends_on: date
    closed: bool
    ar_locked: bool
    all_locked: bool


@dataclass(frozen=True, slots=True)
class ErpUnreadable:
    """A document whose amounts or status make no sense to us; a person must look at it."""

    netsuite_id: str
    type: str
    number: str
    reason: str


Document = ErpInvoice | ErpSettlement | ErpUnreadable


@dataclass(frozen=True, slots=True)
class PaymentToPost:
    """A customer payment as it shall stand in the ERP."""

    external_id: str
    customer_netsuite_id: str
    amount: Money
    received_on: date
    applications: tuple[tuple[str, Money], ...]
    memo: str = ""
    check_number: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """The record exists under this id."""

    netsuite_id: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The ERP refused. `kind` is the classified reason, `detail` the ERP's words."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """The request may have been carried out; nobody can tell yet."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """The ERP's records were never reached: the write may be tried again."""

    reason: str


WriteOutcome = Posted | Rejected | Unclear | NotSent


class Erp(Protocol):
    """An ERP with accounts receivable. Failed reads raise ErpUnavailable or ErpRefused."""

    async def subsidiaries(self) -> Sequence[ErpSubsidiary]: ...

    async def periods(self) -> Sequence[ErpPeriod]: ...

    def customers(
        self, *, since: datetime | None, until: datetime, after_id: str = ""
    ) -> AsyncIterator[Sequence[ErpCustomer]]:
        """Pages of customers by id; those changed since an instant, or all of them."""
        ...

    async def customers_by_id(self, netsuite_ids: Sequence[str]) -> Sequence[ErpCustomer]: ...

    def contacts(
        self, *, since: datetime | None, until: datetime, after_id: str = ""
    ) -> AsyncIterator[Sequence[ErpContact]]:
        """Pages of contacts by id; those changed since an instant, or all of them."""
        ...

    def open_documents(
        self, *, closed_since: date, after_id: str = ""
    ) -> AsyncIterator[Sequence[Document]]:
        """Pages, by id, of documents that are open or were dated, closed or changed since."""
        ...

    def open_applications(
        self, *, closed_since: date, after_id: str = ""
    ) -> AsyncIterator[Sequence[ErpApplication]]:
        """Pages, by settlement id, of the applications of `open_documents`.

        A settlement is never split over two pages.
        """
        ...

    def changed_documents(
        self, *, since: datetime, until: datetime
    ) -> AsyncIterator[Sequence[Document]]:
        """Pages of documents changed in the window; a little more than asked, never less."""
        ...

    async def changed_links(self, *, since: datetime, until: datetime) -> Sequence[ErpApplication]:
        """Applications made or changed in the window."""
        ...

    async def documents(self, netsuite_ids: Sequence[str]) -> Sequence[Document]: ...

    async def applications_of(
        self, settlement_netsuite_ids: Sequence[str]
    ) -> Sequence[ErpApplication]: ...

    async def now(self) -> datetime:
        """The ERP's own clock, in UTC."""
        ...

    async def find_payment(self, external_id: str) -> str | None:
        """The id of the customer payment with this external id, or None."""
        ...

    async def similar_payments(
        self, customer_netsuite_id: str, amount: Money, on: date, *, days: int = 3
    ) -> Sequence[ErpSettlement]:
        """Payments of that customer and amount dated within `days` of `on`."""
        ...

    async def read_payment(self, netsuite_id: str) -> PaymentToPost | None:
        """The payment as it stands, with its applied lines, or None if there is none."""
        ...

    async def post_payment(self, payment: PaymentToPost) -> WriteOutcome: ...

    def link(self, kind: str, netsuite_id: str) -> str:
        """The address of a record ("invoice", "payment", "customer") in the ERP's own pages."""
        ...


class ErpUnavailable(Exception):
    """The ERP could not be reached or did not answer in time."""


class ErpRefused(Exception):
    """The ERP refused a read: credentials, permission or a missing feature."""

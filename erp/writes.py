"""What shall stand in the ERP, and how an attempt to write it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.ledger.money import Money


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


@dataclass(frozen=True, slots=True)
class LineToPost:
    """A line of an invoice that shall be created. `quantity` and `rate` are plain decimal text."""

    item_netsuite_id: str
    amount: Money
    quantity: str = "1"
    rate: str = ""
    description: str = ""
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InvoiceToPost:
    """An invoice as it shall stand in the ERP. An empty `number` lets the ERP number it."""

    external_id: str
    customer_netsuite_id: str
    currency: str
    issued_on: date
    lines: tuple[LineToPost, ...]
    number: str = ""
    due_on: date | None = None
    terms_netsuite_id: str = ""
    subsidiary_netsuite_id: str = ""
    ar_account_netsuite_id: str = ""
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    exchange_rate: str = ""
    po_number: str = ""
    memo: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InvoiceChanges:
    """New values for an invoice's own fields; None leaves a field alone."""

    netsuite_id: str
    due_on: date | None = None
    po_number: str | None = None
    memo: str | None = None
    terms_netsuite_id: str | None = None


@dataclass(frozen=True, slots=True)
class CustomerToCreate:
    """A customer as it shall stand in the ERP."""

    external_id: str
    name: str
    currency: str
    legal_name: str = ""
    email: str = ""
    phone: str = ""
    subsidiary_netsuite_id: str = ""
    terms_netsuite_id: str = ""
    parent_netsuite_id: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationsToPut:
    """A payment's applications as they shall stand: exactly these, by invoice id."""

    payment_netsuite_id: str
    applications: tuple[tuple[str, Money], ...]


RecordKind = Literal["payment", "invoice", "credit_memo", "customer"]
WriteOutcome = Posted | Rejected | Unclear | NotSent

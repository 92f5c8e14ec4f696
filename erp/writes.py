"""What shall stand in the ERP, and how an attempt to write it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.ledger.money import Money

CreditSource = Literal["credit_memo", "deposit", "journal", "payment"]
Part = tuple[str, Money]


@dataclass(frozen=True, slots=True)
class CreditToUse:
    """An amount of something in the customer's favour, by the ERP's id."""

    kind: CreditSource
    netsuite_id: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentToPost:
    """A customer payment as it shall stand in the ERP.

    `applications` are by the id of an invoice, or of a journal line on receivables; `discounts`
    are taken off the same ones beyond that. `credits` cover a part of the applications; a payment
    that is read back shows only what its own money covers, and no credits. Without an account the
    money goes where the ERP is told to put payments.
    """

    external_id: str
    customer_netsuite_id: str
    amount: Money
    received_on: date
    applications: tuple[Part, ...]
    memo: str = ""
    check_number: str = ""
    discounts: tuple[Part, ...] = ()
    credits: tuple[CreditToUse, ...] = ()
    account_netsuite_id: str = ""
    ar_account_netsuite_id: str = ""
    exchange_rate: str = ""


@dataclass(frozen=True, slots=True)
class JournalLineToPost:
    """One line of a journal: debits positive, credits negative."""

    account_netsuite_id: str
    amount: Money
    entity_netsuite_id: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class JournalToPost:
    """A journal entry as it shall stand in the ERP, approved for posting."""

    external_id: str
    currency: str
    posted_on: date
    lines: tuple[JournalLineToPost, ...]
    subsidiary_netsuite_id: str = ""
    exchange_rate: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class RefundToPost:
    """A customer refund as it shall stand in the ERP, paid out of `sources`."""

    external_id: str
    customer_netsuite_id: str
    refunded_on: date
    sources: tuple[CreditToUse, ...]
    account_netsuite_id: str
    method_netsuite_id: str = ""
    ar_account_netsuite_id: str = ""
    memo: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class RefundStanding:
    """A customer refund read back; what it is paid out of by the ERP's ids."""

    external_id: str
    customer_netsuite_id: str
    amount: Money
    refunded_on: date
    account_netsuite_id: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class DepositToApply:
    """A customer deposit set against invoices; it makes a deposit application."""

    external_id: str
    deposit_netsuite_id: str
    applied_on: date
    applications: tuple[Part, ...]
    memo: str = ""


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
class CreditMemoToPost:
    """A credit memo as it shall stand in the ERP, set against `applications` at once.

    With `invoice_netsuite_id` it is made by transforming that invoice. One that is read back names
    the invoice it was made from, if any, and what it is applied to.
    """

    external_id: str
    customer_netsuite_id: str
    currency: str
    issued_on: date
    lines: tuple[LineToPost, ...]
    applications: tuple[Part, ...] = ()
    invoice_netsuite_id: str = ""
    subsidiary_netsuite_id: str = ""
    ar_account_netsuite_id: str = ""
    exchange_rate: str = ""
    memo: str = ""


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
    applications: tuple[Part, ...]
    discounts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationsToSet:
    """Applications of a payment or credit memo that change; the others stay as they are.

    An amount of zero takes the document off.
    """

    kind: Literal["payment", "credit_memo"]
    netsuite_id: str
    applications: tuple[Part, ...]
    discounts: tuple[Part, ...] = ()


RecordKind = Literal[
    "payment",
    "invoice",
    "credit_memo",
    "customer",
    "journal",
    "refund",
    "deposit_application",
]
WriteOutcome = Posted | Rejected | Unclear | NotSent

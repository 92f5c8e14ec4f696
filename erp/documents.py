"""What stands on a customer's account in the ERP, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.ledger.money import Money


@dataclass(frozen=True, slots=True)
class ErpInvoice:
    """An invoice as the ERP has it. `status` is one of domain.ledger.invoice.InvoiceStatus.

    `custom` are the account's own fields that were asked for, by script id, where they are set.
    """

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
    external_id: str = ""
    exchange_rate: str = "1"
    period_netsuite_id: str = ""
    terms_netsuite_id: str = ""
    modified_at: datetime | None = None
    custom: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ErpInvoiceLine:
    """A line of an invoice, by the invoice's id; amounts in its currency, positive when billed."""

    invoice_netsuite_id: str
    line: int
    amount: Money
    item_netsuite_id: str = ""
    account_netsuite_id: str = ""
    quantity: str = ""
    memo: str = ""
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    tax: bool = False


@dataclass(frozen=True, slots=True)
class ErpCreditLine:
    """A line of a credit memo; positive when credited. `created_from` is what it was made from."""

    credit_netsuite_id: str
    line: int
    amount: Money
    item_netsuite_id: str = ""
    account_netsuite_id: str = ""
    quantity: str = ""
    memo: str = ""
    created_from_netsuite_id: str = ""
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    tax: bool = False


@dataclass(frozen=True, slots=True)
class ErpLedgerBalance:
    """The balance of a ledger account, debits above zero, in the subsidiary's own currency."""

    subsidiary_netsuite_id: str
    account_netsuite_id: str
    balance: Money


SettlementKind = Literal[
    "payment", "credit_memo", "deposit", "deposit_application", "refund", "journal"
]


@dataclass(frozen=True, slots=True)
class ErpSettlement:
    """Anything but an invoice that stands on a customer's receivable account.

    `open` is the rest that is not applied yet (of a refund: what it has not paid out of).
    A journal here is its one line on receivables that names a customer; what adds to what is
    owed is negative. `status` is a word: open, applied, undeposited, deposited, approved,
    pending_approval, rejected, voided, or the ERP's own letter where it has another.
    """

    netsuite_id: str
    kind: SettlementKind
    number: str
    customer_netsuite_id: str
    total: Money
    open: Money
    on: date
    voided: bool
    external_id: str = ""
    memo: str = ""
    reference: str = ""
    subsidiary_netsuite_id: str | None = None
    exchange_rate: str = "1"
    period_netsuite_id: str = ""
    status: str = ""
    modified_at: datetime | None = None
    custom: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ErpApplication:
    """An amount of a settlement set against another document, by the ERP's ids.

    The other document is an invoice; for a refund it is the payment, credit or deposit paid out.
    """

    settlement_netsuite_id: str
    invoice_netsuite_id: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ErpUnreadable:
    """A document whose amounts or status make no sense to us; a person must look at it."""

    netsuite_id: str
    type: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class ErpDeleted:
    """A record that was deleted, as the ERP's own list of deletions tells."""

    netsuite_id: str
    type: str
    name: str
    deleted_at: datetime | None
    deleted_by: str = ""


@dataclass(frozen=True, slots=True)
class ErpNote:
    """Who changed a field of a record, and when: one system note."""

    record_netsuite_id: str
    field: str
    old: str
    new: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ErpBalance:
    """What the ERP says a customer owes in its own currency, less what it has unapplied."""

    customer_netsuite_id: str
    balance: Money


@dataclass(frozen=True, slots=True)
class ErpControlTotal:
    """The ledger's balance of all receivable accounts of a subsidiary, in its base currency."""

    subsidiary_netsuite_id: str
    balance: Money


@dataclass(frozen=True, slots=True)
class ErpOpenTotal:
    """The ERP's own sum of open invoices of a subsidiary and currency, in that currency."""

    subsidiary_netsuite_id: str
    count: int
    open: Money
    open_base: Money


@dataclass(frozen=True, slots=True)
class ErpPeriodTotal:
    """A figure of a span of days by subsidiary and currency, added up by the ERP.

    `figure`: invoiced, received (customer payments), credited, refunded, deposited (bank).
    """

    figure: Literal["invoiced", "received", "credited", "refunded", "deposited"]
    subsidiary_netsuite_id: str
    count: int
    amount: Money


Document = ErpInvoice | ErpSettlement | ErpUnreadable

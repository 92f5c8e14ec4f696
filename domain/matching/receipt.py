"""Money that arrived, as its source tells it: the one form every source is read into."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.ledger.money import Money


class Channel(StrEnum):
    """How the money travelled."""

    ACH = "ach"
    WIRE = "wire"
    CHECK = "check"
    LOCKBOX = "lockbox"
    CARD = "card"
    DIRECT_DEBIT = "direct_debit"
    STRIPE_TRANSFER = "stripe_transfer"
    MANUAL = "manual"
    UNKNOWN = "unknown"


class ReferenceKind(StrEnum):
    """Which field of the source a reference stood in."""

    REMITTANCE = "remittance"
    STRUCTURED = "structured"
    END_TO_END = "end_to_end"
    CUSTOMER_REFERENCE = "customer_reference"
    BANK_REFERENCE = "bank_reference"
    CHECK_NUMBER = "check_number"
    TRACE = "trace"
    LABEL = "label"
    OBJECT = "object"


class AccountScheme(StrEnum):
    """What an account id of a payer is: within one scheme, one id is one owner."""

    IBAN = "iban"
    US_ACCOUNT = "us_account"
    OTHER_ACCOUNT = "other_account"
    ACH_COMPANY = "ach_company"
    STRIPE_CUSTOMER = "stripe_customer"


@dataclass(frozen=True, slots=True)
class PayerAccount:
    """An account that money came from. `value` as `scheme` writes it, without blanks, upper case.

    A US account is "routing number/account number".
    """

    scheme: AccountScheme
    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A text of the source that may name invoices, whole and as it came."""

    kind: ReferenceKind
    text: str


@dataclass(frozen=True, slots=True)
class RemittanceRow:
    """One line of what a payer says it pays: the document, and what it took off and why.

    `paid` is the money for this document after `discount` and `deduction`; None where the payer
    does not say. A negative `paid` is a credit that the payer takes. `source` tells who read it:
    edi820, ctx, camt, csv, xlsx, rules, model, lockbox.
    """

    reference: str
    paid: Money | None = None
    gross: Money | None = None
    discount: Money | None = None
    deduction: Money | None = None
    reason_code: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money to be matched. `amount` is what reached us and is not applied yet, always positive.

    `customer_id` is set only where the source itself or a person names the customer, and
    `named_by` says how ("stripe", "person", "erp"). `instructed` is what the payer sent before
    the banks' charges, maybe in another currency; `fee` is what the source says it kept.
    `invoice_ids` are documents that the source links by their own id (an object link, no text).
    """

    id: int
    amount: Money
    received_on: date
    channel: Channel = Channel.UNKNOWN
    payer_name: str = ""
    accounts: tuple[PayerAccount, ...] = ()
    customer_id: int | None = None
    named_by: str = ""
    references: tuple[Reference, ...] = ()
    remittance: tuple[RemittanceRow, ...] = ()
    invoice_ids: tuple[int, ...] = ()
    instructed: Money | None = None
    fee: Money | None = None
    type_code: str = ""
    subsidiary_id: int | None = None
    source: str = ""
    source_id: str = field(default="")

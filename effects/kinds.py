"""What can happen outside: one frozen dataclass an effect kind, with its key and fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, assert_never

from domain.ledger.money import Money
from effects.kinds_cash import ApplyCredit, RefundCustomer, ReversePayment, UnapplyPayment
from effects.kinds_credits import (
    CreateCreditMemo,
    CreditLineContent,
    VoidRequest,
    WriteOffInvoice,
)
from effects.kinds_customers import CreateCustomer
from effects.kinds_invoices import CHANGEABLE, CreateInvoice, InvoiceLineContent, UpdateInvoice
from effects.kinds_journal import EntryLine, PostJournal
from effects.kinds_mail import SendEmail
from effects.kinds_payments import (
    AppliedAmount,
    CreditKind,
    PostCustomerPayment,
    PutApplications,
    UsedCredit,
    applied_to,
)
from effects.kinds_slack import PostToCustomerChannel

__all__ = [
    "CHANGEABLE",
    "KINDS",
    "AppliedAmount",
    "ApplyCredit",
    "CreateCreditMemo",
    "CreateCustomer",
    "CreateInvoice",
    "CreditKind",
    "CreditLineContent",
    "Effect",
    "EntryLine",
    "InvoiceLineContent",
    "PostCustomerPayment",
    "PostJournal",
    "PostToCustomerChannel",
    "PutApplications",
    "RefundCustomer",
    "ReversePayment",
    "SendEmail",
    "UnapplyPayment",
    "UpdateInvoice",
    "UsedCredit",
    "VoidRequest",
    "WriteOffInvoice",
    "amount_of",
    "applied_to",
    "from_payload",
    "waits_for",
]

Effect = (
    SendEmail
    | PostCustomerPayment
    | CreateInvoice
    | UpdateInvoice
    | CreateCustomer
    | PutApplications
    | ApplyCredit
    | UnapplyPayment
    | ReversePayment
    | RefundCustomer
    | PostJournal
    | PostToCustomerChannel
    | CreateCreditMemo
    | WriteOffInvoice
    | VoidRequest
)

_READERS: dict[str, Callable[[Mapping[str, Any]], Effect]] = {
    SendEmail.kind: SendEmail.from_payload,
    PostCustomerPayment.kind: PostCustomerPayment.from_payload,
    CreateInvoice.kind: CreateInvoice.from_payload,
    UpdateInvoice.kind: UpdateInvoice.from_payload,
    CreateCustomer.kind: CreateCustomer.from_payload,
    PutApplications.kind: PutApplications.from_payload,
    ApplyCredit.kind: ApplyCredit.from_payload,
    UnapplyPayment.kind: UnapplyPayment.from_payload,
    ReversePayment.kind: ReversePayment.from_payload,
    RefundCustomer.kind: RefundCustomer.from_payload,
    PostJournal.kind: PostJournal.from_payload,
    PostToCustomerChannel.kind: PostToCustomerChannel.from_payload,
    CreateCreditMemo.kind: CreateCreditMemo.from_payload,
    WriteOffInvoice.kind: WriteOffInvoice.from_payload,
    VoidRequest.kind: VoidRequest.from_payload,
}
KINDS = tuple(_READERS)


def from_payload(kind: str, payload: Mapping[str, Any]) -> Effect:
    """The effect that a stored payload describes. Raises KeyError for a kind we do not know."""
    return _READERS[kind](payload)


def amount_of(effect: Effect) -> Money | None:
    """The money an effect moves, if it moves any: what limits and caps count."""
    match effect:
        case SendEmail() | PostToCustomerChannel() | UpdateInvoice() | CreateCustomer():
            return None
        case PostCustomerPayment() | PutApplications():
            return effect.amount
        case CreateInvoice():
            return effect.total
        case ApplyCredit() | UnapplyPayment() | ReversePayment() | RefundCustomer() | PostJournal():
            return effect.amount
        case CreateCreditMemo() | WriteOffInvoice() | VoidRequest():
            return effect.amount
        case _:
            assert_never(effect)


def waits_for(effect: Effect) -> str:
    """The key of the effect that must be done before this one, "" for none."""
    match effect:
        case ApplyCredit() | ReversePayment() | PostJournal() | RefundCustomer():
            return effect.waits_for
        case _:
            return ""

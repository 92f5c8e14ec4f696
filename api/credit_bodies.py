"""What is sent to ask for credits, and the values of the flows that it means."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.cash import Amount
from api.errors import Unprocessable
from domain.ledger.billing.errors import BrokenCharge
from domain.ledger.billing.periods import Span
from domain.ledger.credits import Reason, Treatment
from flows.credits.asked import MOST_LINES, CreditAsked, LineAsked, WriteOffAsked

Text = Annotated[str, Field(max_length=1000)]
Key = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_.:-]+$")]
Ours = Annotated[int, Field(ge=1, le=2**62)]
Why = Literal[
    "concession",
    "quality",
    "billing_error",
    "unused_service",
    "duplicate",
    "cannot_pay",
    "dispute_lost",
    "small_balance",
    "goodwill",
]
_STRICT = ConfigDict(extra="forbid", strict=True)
SOURCE = "api"


class LineSent(BaseModel):
    """What of one line is credited, net of tax; `line` is the ERP's number of it."""

    model_config = _STRICT
    line: int
    amount: Amount
    service_starts_on: Annotated[str, Field(max_length=10)] = ""
    service_ends_on: Annotated[str, Field(max_length=10)] = ""


class CreditSent(BaseModel):
    """A credit of an invoice. `key` makes it one, however often it is sent.

    By line, or `amount` (tax included) over all lines; with neither, all that is left. What is
    open is set off; `refund` is paid back, `keep` stays in the customer's favour.
    """

    model_config = _STRICT
    invoice_id: Ours
    key: Key
    reason: Why
    note: Text = ""
    amount: Amount | None = None
    lines: Annotated[list[LineSent], Field(max_length=MOST_LINES)] = []
    refund: Amount | None = None
    keep: Amount | None = None
    treatment: Treatment | None = None
    on: Annotated[str, Field(max_length=10)] = ""


class WriteOffSent(BaseModel):
    """An invoice given up, all that is open or a part of it."""

    model_config = _STRICT
    invoice_id: Ours
    key: Key
    reason: Literal["cannot_pay", "small_balance", "dispute_lost"] = "cannot_pay"
    note: Text = ""
    amount: Amount | None = None
    on: Annotated[str, Field(max_length=10)] = ""


class AloneSent(BaseModel):
    """A credit of no invoice; without an item that of price concessions. No tax."""

    model_config = _STRICT
    customer_id: Ours
    amount: Amount
    key: Key
    reason: Why
    note: Annotated[str, Field(min_length=1, max_length=1000)]
    item_netsuite_id: Annotated[str, Field(max_length=15, pattern=r"^[0-9]*$")] = ""
    on: Annotated[str, Field(max_length=10)] = ""


class RebillSent(BaseModel):
    """An invoice credited in full, and drafted anew."""

    model_config = _STRICT
    invoice_id: Ours
    key: Key
    note: Text = ""


class VoidSent(BaseModel):
    """A document that somebody shall void in the ERP."""

    model_config = _STRICT
    record: Literal["invoice", "credit_memo", "payment"]
    document_id: Ours
    key: Key
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class RecoverySent(BaseModel):
    """Unapplied money of a payment for what was written off."""

    model_config = _STRICT
    write_off_id: Ours
    payment_id: Ours
    amount: Amount
    key: Key
    note: Text = ""


class SettingSent(BaseModel):
    """An amount of one open credit memo for one invoice."""

    model_config = _STRICT
    memo_id: Ours
    invoice_id: Ours
    amount: Amount


class SettingsSent(BaseModel):
    """Memos set against invoices: all of them or none."""

    model_config = _STRICT
    settings: Annotated[list[SettingSent], Field(min_length=1, max_length=100)]
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class RunSent(BaseModel):
    """A run of small balances, by its own name."""

    model_config = _STRICT
    run: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_.-]+$")]


def credit_asked(sent: CreditSent) -> CreditAsked:
    """The credit that was sent. Raises Unprocessable."""
    return CreditAsked(
        invoice_id=sent.invoice_id,
        reason=Reason(sent.reason),
        source=SOURCE,
        source_id=sent.key,
        note=sent.note,
        amount=sent.amount.money() if sent.amount else None,
        lines=tuple(_line(line) for line in sent.lines),
        refund=sent.refund.money() if sent.refund else None,
        keep=sent.keep.money() if sent.keep else None,
        treatment=sent.treatment,
        on=day_of(sent.on),
    )


def _line(sent: LineSent) -> LineAsked:
    first, last = day_of(sent.service_starts_on), day_of(sent.service_ends_on)
    try:
        service = Span(first, last) if first and last else None
    except BrokenCharge as error:
        raise Unprocessable(str(error)) from error
    return LineAsked(sent.line, sent.amount.money(), service)


def write_off_asked(sent: WriteOffSent) -> WriteOffAsked:
    """The write-off that was sent. Raises Unprocessable."""
    amount = sent.amount.money() if sent.amount else None
    reason = Reason(sent.reason)
    return WriteOffAsked(
        sent.invoice_id, SOURCE, sent.key, reason, sent.note, amount, day_of(sent.on)
    )


def day_of(text: str) -> date | None:
    """A day, None where none was sent. Raises Unprocessable."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Unprocessable("Write the day like 2026-03-31.") from error

"""Credits, write-offs and voids as the review page shows them: lines, where it goes, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from domain.ledger.money import Money
from effects.complete import missing
from effects.kinds import CreateCreditMemo, CreditLineContent, VoidRequest, WriteOffInvoice
from web.figures import plain_day

CreditAct = CreateCreditMemo | WriteOffInvoice | VoidRequest
REASONS = {
    "concession": "Price concession",
    "quality": "Quality of what was delivered",
    "billing_error": "Billing error",
    "unused_service": "Service not used",
    "duplicate": "Billed twice",
    "cannot_pay": "They cannot pay",
    "dispute_lost": "The dispute is lost",
    "small_balance": "Too small to ask for",
    "goodwill": "Goodwill",
    "void": "Made in error",
    "recovery": "Paid after it was written off",
}
RECORDS = {"invoice": "Invoice", "credit_memo": "Credit memo", "payment": "Payment"}


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A line of the memo; `details` are service dates and the account it is booked to."""

    item: str
    details: tuple[str, ...]
    amount: Money


@dataclass(frozen=True, slots=True)
class Remark:
    """What the rules found, and who accepted it and why."""

    id: str
    message: str
    fix: str
    accepted: str


@dataclass(frozen=True, slots=True)
class CreditPreview:
    """A credit as it will stand; `goes` says where its amount goes."""

    heads: tuple[tuple[str, str], ...]
    lines: tuple[CreditLine, ...]
    tax: Money
    amount: Money
    goes: tuple[tuple[str, Money], ...]
    remarks: tuple[Remark, ...]
    missing: str


def credit_preview(effect: CreditAct) -> CreditPreview:
    """The preview of an effect; its journal stands beside it."""
    zero = Money.zero(effect.amount.currency)
    tax = effect.tax if isinstance(effect, CreateCreditMemo) else zero
    lines = () if isinstance(effect, VoidRequest) else effect.lines
    return CreditPreview(
        heads=tuple((name, value) for name, value in _heads(effect) if value),
        lines=tuple(_line(line) for line in lines),
        tax=tax,
        amount=effect.amount,
        goes=tuple(_goes(effect)),
        remarks=() if isinstance(effect, VoidRequest) else _remarks(effect.review),
        missing=missing(effect),
    )


def _heads(effect: CreditAct) -> list[tuple[str, str]]:
    match effect:
        case CreateCreditMemo():
            return [
                ("Invoice", effect.invoice_number),
                ("Reason", REASONS.get(effect.reason, effect.reason)),
                ("Date", plain_day(effect.issued_on)),
                ("Exchange rate", effect.exchange_rate),
                ("Memo", effect.memo),
                ("External id", effect.external_id),
            ]
        case WriteOffInvoice():
            return [
                ("Invoice", effect.invoice.number),
                ("Reason", REASONS.get(effect.reason, effect.reason)),
                ("Date", plain_day(effect.written_off_on)),
                ("Exchange rate", effect.exchange_rate),
                ("Memo", effect.memo),
                ("External id", effect.external_id),
            ]
        case VoidRequest():
            return [(RECORDS[effect.record], effect.number), ("Why", effect.reason)]
        case _:
            assert_never(effect)


def _line(line: CreditLineContent) -> CreditLine:
    days = [plain_day(day) for day in (line.service_starts_on, line.service_ends_on) if day]
    details = (line.description, " to ".join(days), line.account_name)
    name = line.item_name or line.item_netsuite_id
    return CreditLine(name, tuple(part for part in details if part), line.amount)


def _goes(effect: CreditAct) -> list[tuple[str, Money]]:
    if isinstance(effect, VoidRequest):
        return []
    rows = [(f"Set against {line.number}", line.amount) for line in effect.applications]
    rest = effect.amount
    for line in effect.applications:
        rest -= line.amount
    return [*rows, ("Stays in their favour", rest)] if rest else rows


def _remarks(review: Mapping[str, object]) -> tuple[Remark, ...]:
    raw = review.get("findings")
    parts = raw if isinstance(raw, list) else []
    return tuple(
        Remark(
            str(one.get("id", "")),
            str(one.get("message", "")),
            str(one.get("fix", "")),
            str(one.get("acknowledged_reason", "")),
        )
        for one in parts
        if isinstance(one, Mapping)
    )

"""Acts on a customer's cash, as the review page shows them: what, out of what, and the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from domain.ledger.money import Money
from effects.complete import missing
from effects.kinds import (
    AppliedAmount,
    ApplyCredit,
    PostJournal,
    RefundCustomer,
    ReversePayment,
    UnapplyPayment,
    UsedCredit,
)
from store.erp_names import ErpNames
from web.figures import plain_day

Heads = tuple[tuple[str, str], ...]
CashAct = ApplyCredit | UnapplyPayment | ReversePayment | RefundCustomer | PostJournal
PURPOSES = {
    "bank_fee": "What the bank kept",
    "write_off": "A small balance written off",
    "return": "A payment the bank took back",
    "chargeback": "A payment the card network took back",
    "chargeback_won": "A dispute that was won",
    "small_surplus": "A small surplus kept",
    "recovery": "Paid after it was written off",
    "payout": "A payout of Stripe's",
    "other": "Another entry",
}
_CREDITS = {
    "credit_memo": "Credit memo",
    "deposit": "Customer deposit",
    "journal": "Journal",
    "payment": "Unapplied payment",
}


@dataclass(frozen=True, slots=True)
class CashPreview:
    """An act on cash. `rows` name documents with amounts under the heading `column`."""

    heads: Heads
    column: str
    rows: tuple[tuple[str, Money], ...]
    missing: str
    amount: Money


def cash_preview(effect: CashAct, names: ErpNames) -> CashPreview:
    """The preview of an act; its journal stands beside it."""
    heads, column, rows = _parts(effect, names)
    told = tuple((label, value) for label, value in heads if value)
    return CashPreview(told, column, rows, missing(effect), effect.amount)


def credit_name(credit: UsedCredit) -> str:
    """A credit by kind and number."""
    return f"{_CREDITS[credit.kind]} {credit.number or credit.netsuite_id}".strip()


def _parts(
    effect: CashAct, names: ErpNames
) -> tuple[Sequence[tuple[str, str]], str, tuple[tuple[str, Money], ...]]:
    match effect:
        case ApplyCredit():
            heads = [
                ("Credit", credit_name(effect.credit)),
                ("Date", plain_day(effect.applied_on)),
                ("Memo", effect.memo),
                ("External id", effect.external_id),
            ]
            return heads, "Set against", _lines(effect.applications)
        case UnapplyPayment():
            heads = [("Payment", _payment(effect)), ("Why", effect.reason)]
            return heads, "Taken off", _lines(effect.removed)
        case ReversePayment():
            heads = [
                ("Payment", _payment(effect)),
                ("Came back on", plain_day(effect.reversed_on)),
                ("Reason", effect.reason_code),
                ("Journal", effect.journal_external_id),
            ]
            return heads, "Open again", _lines(effect.applications)
        case RefundCustomer():
            return _refund(effect, names)
        case PostJournal():
            return _journal(effect, names), "", ()
        case _:
            assert_never(effect)


def _refund(
    effect: RefundCustomer, names: ErpNames
) -> tuple[Sequence[tuple[str, str]], str, tuple[tuple[str, Money], ...]]:
    heads = [
        ("Paid from", names.of("account", effect.account_netsuite_id)),
        ("Date", plain_day(effect.refunded_on)),
        ("Method", effect.method_netsuite_id),
        ("Reference", effect.reference),
        ("Memo", effect.memo),
        ("External id", effect.external_id),
    ]
    return heads, "Out of", tuple((credit_name(one), one.amount) for one in effect.sources)


def _journal(effect: PostJournal, names: ErpNames) -> Sequence[tuple[str, str]]:
    return [
        ("What for", PURPOSES[effect.purpose]),
        ("Date", plain_day(effect.posted_on)),
        ("Subsidiary", names.of("subsidiary", effect.subsidiary_netsuite_id)),
        ("Exchange rate", effect.exchange_rate),
        ("Memo", effect.memo),
        ("External id", effect.external_id),
    ]


def _payment(effect: UnapplyPayment | ReversePayment) -> str:
    return effect.number or effect.payment_netsuite_id


def _lines(lines: Sequence[AppliedAmount]) -> tuple[tuple[str, Money], ...]:
    return tuple((line.number, line.amount) for line in lines)

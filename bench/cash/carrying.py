"""The ways money travels, and what of the payer's words each of them lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from random import Random

from bench.cash.choosing import Choice
from bench.cash.ledger import Ledger
from bench.cash.truth import Key, Made, Told
from bench.cash.writing import Written, legible, with_extras
from domain.ledger.money import Money
from domain.matching.item import ItemKind
from domain.matching.receipt import (
    AccountScheme,
    Channel,
    PayerAccount,
    Receipt,
    Reference,
    ReferenceKind,
    RemittanceRow,
)


class Way(StrEnum):
    """A kind of line in a bank's file, or an event."""

    CCD = "NACHA CCD"
    CCD_PLUS = "NACHA CCD+"
    CTX = "NACHA CTX"
    BAI2 = "BAI2"
    USTRD = "CAMT Ustrd"
    STRD = "CAMT Strd"
    MT940 = "MT940"
    LOCKBOX = "lockbox"
    CHECK = "check by hand"
    STRIPE = "Stripe"


_SILENT = ((Way.CCD, 34), (Way.BAI2, 28), (Way.USTRD, 14), (Way.MT940, 10), (Way.CHECK, 14))
_WORDS = (
    (Way.CCD_PLUS, 20), (Way.CTX, 9), (Way.BAI2, 26), (Way.USTRD, 13), (Way.STRD, 7),
    (Way.MT940, 9), (Way.LOCKBOX, 11), (Way.CHECK, 5),
)  # fmt: skip
_WIRES = ((Way.BAI2, 50), (Way.USTRD, 25), (Way.STRD, 10), (Way.MT940, 15))
_ROWS = frozenset({Way.CTX, Way.STRD, Way.LOCKBOX})
_LIMIT = {Way.CCD_PLUS: 80, Way.BAI2: 400, Way.USTRD: 560, Way.MT940: 390, Way.CHECK: 200}
_CHANNELS = {
    Way.CCD: Channel.ACH, Way.CCD_PLUS: Channel.ACH, Way.CTX: Channel.ACH, Way.BAI2: Channel.WIRE,
    Way.USTRD: Channel.WIRE, Way.STRD: Channel.WIRE, Way.MT940: Channel.WIRE,
    Way.LOCKBOX: Channel.LOCKBOX, Way.CHECK: Channel.CHECK, Way.STRIPE: Channel.CARD,
}  # fmt: skip
_CODES = {Way.CCD: "142", Way.CCD_PLUS: "142", Way.CTX: "142", Way.BAI2: "195", Way.LOCKBOX: "115"}
_BY_ACH = 0.6
_REASONS = ("DMG", "SHORTAGE", "PRICE", "FREIGHT", "11")


@dataclass(frozen=True, slots=True)
class Carried:
    """The receipt, what it names legibly, and whether the source links the invoices itself."""

    receipt: Receipt
    named: frozenset[Key]
    linked: bool = False


def carry(
    rng: Random, ledger: Ledger, choice: Choice, written: Written, number: int, day: date
) -> Carried:
    """The money of a choice as it arrives."""
    way = _way(rng, choice, written)
    receipt = _plain(rng, choice, way, number, day)
    if way is Way.STRIPE:
        return _by_stripe(rng, choice, written, receipt)
    if way in _ROWS and written.tokens:
        rows = rows_of(rng, ledger, choice, written.tokens, may_omit=way is Way.STRD)
        texts = tuple(Reference(ReferenceKind.STRUCTURED, r.reference) for r in rows)
        structured = texts if way is Way.STRD else ()
        named = written.named if choice.told is not Told.CUT else frozenset(written.tokens)
        return Carried(replace(receipt, remittance=rows, references=structured), named)
    text = written.text[: _LIMIT.get(way, 0)]
    shown = with_extras(rng, text).strip() if way is not Way.CCD else ""
    references = (Reference(ReferenceKind.REMITTANCE, shown),) if shown else ()
    receipt = replace(receipt, references=references + receipt.references)
    return Carried(receipt, legible(written, text))


def rows_of(
    rng: Random,
    ledger: Ledger,
    choice: Choice,
    tokens: dict[Key, str],
    *,
    may_omit: bool,
    by: str = "",
) -> tuple[RemittanceRow, ...]:
    """An advice's rows for what is named; some give no amounts."""
    by = by or ("camt" if may_omit else "ctx")
    if may_omit and rng.random() < 0.4:
        return tuple(RemittanceRow(token, source=by) for token in tokens.values())
    cash = {p.key: p for p in choice.paid}
    rows: list[RemittanceRow] = []
    for key, token in tokens.items():
        if key[0] is ItemKind.CREDIT_MEMO:
            taken = dict(choice.credits)[key]
            rows.append(RemittanceRow(token, paid=-taken, source=by))
            continue
        paid = cash[key]
        money = paid.cash + (choice.unapplied if len(cash) == 1 else Money.zero(paid.cash.currency))
        rows.append(
            RemittanceRow(
                token,
                paid=money,
                gross=ledger.items[key].open if rng.random() < 0.5 else None,
                discount=paid.discount if paid.discount else None,
                deduction=paid.deduction if paid.deduction else None,
                reason_code=rng.choice(_REASONS) if paid.deduction else "",
                source=by,
            )
        )
    return tuple(rows)


def _way(rng: Random, choice: Choice, written: Written) -> Way:
    if choice.habit.by_stripe and choice.made is not Made.PAID_BEFORE and not choice.by_wire:
        return Way.STRIPE
    weights: Sequence[tuple[Way, int]] = _WORDS
    if choice.by_wire:
        weights = _WIRES
    elif not written.tokens:
        weights = _SILENT
    elif len(written.text) > 80:
        weights = [(way, w) for way, w in _WORDS if way is not Way.CCD_PLUS]
    return rng.choices([w for w, _ in weights], [w for _, w in weights])[0]


def _plain(rng: Random, choice: Choice, way: Way, number: int, day: date) -> Receipt:
    habit = choice.habit
    accounts = habit.accounts if rng.random() < 0.6 and way is not Way.CHECK else ()
    sent = choice.amount + choice.fee if choice.fee and rng.random() < 0.3 else None
    trace: tuple[Reference, ...] = ()
    if way in (Way.CCD, Way.CCD_PLUS, Way.CTX):
        trace = (Reference(ReferenceKind.TRACE, f"0210000{rng.randrange(10**7, 10**8)}"),)
    elif way is Way.CHECK or way is Way.LOCKBOX:
        trace = (Reference(ReferenceKind.CHECK_NUMBER, f"{rng.randrange(1_000, 10**6)}"),)
    channel, code = _CHANNELS[way], _CODES.get(way, "")
    if channel is Channel.WIRE and not choice.by_wire and rng.random() < _BY_ACH:
        channel, code = Channel.ACH, "142" if code else ""
    return Receipt(
        number, choice.amount, day, channel, habit.name, accounts,
        references=trace if way not in (Way.CTX, Way.LOCKBOX) else (), instructed=sent,
        type_code=code, source=way.value, source_id=f"{number}",
    )  # fmt: skip


def _by_stripe(rng: Random, choice: Choice, written: Written, receipt: Receipt) -> Carried:
    """An invoice paid on its page is linked; a transfer carries only what the payer typed."""
    customer = choice.habit.customer_id
    account = PayerAccount(AccountScheme.STRIPE_CUSTOMER, f"CUS_{customer:06d}")
    receipt = replace(
        receipt, customer_id=customer, named_by="stripe", accounts=(account,), instructed=None
    )
    clean = not (choice.fee or choice.credits or choice.unapplied)
    if clean and len(choice.paid) == 1 and rng.random() < 0.6:
        linked = replace(receipt, invoice_ids=(choice.paid[0].key[1],), references=())
        return Carried(linked, frozenset({choice.paid[0].key}), linked=True)
    text = written.text[:140]
    texts = (Reference(ReferenceKind.REMITTANCE, text),) if text else ()
    transfer = replace(receipt, channel=Channel.STRIPE_TRANSFER, references=texts)
    return Carried(transfer, legible(written, text))

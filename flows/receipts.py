"""Receipts: money from any source or entered by a person, each recorded once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from domain.matching.classify import not_a_receipt
from domain.matching.decision import NotAReceipt, NotReceiptKind
from domain.matching.explain import as_json
from domain.matching.receipt import Channel
from effects.actor import Actor
from effects.audit import Entry, record
from sources.arrived import Arrived
from store import parties, receipts
from store.engine import Session
from store.jobs import Job, enqueue, enqueue_all
from store.receipt_values import accounts_out, arrived_money, references_out, remittance_out
from store.receivables import PaymentRow

MATCH = "payments.match"
_OLDEST = timedelta(days=366)
_MOST_RAW = 20_000


@dataclass(frozen=True, slots=True)
class ManualEntry:
    """A payment as a person types it. `source_id` is the bank's reference or the check's number."""

    amount: str
    currency: str
    received_on: str
    source_id: str
    customer_id: int | None = None
    payer_name: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """The receipt is recorded; `created` is False when it was recorded before, identically."""

    payment_id: int
    created: bool


@dataclass(frozen=True, slots=True)
class Invalid:
    """What must be corrected, by field."""

    problems: dict[str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A new receipt, which is matched next."""

    payment_id: int


@dataclass(frozen=True, slots=True)
class Known:
    """This source has named it before; nothing changed."""

    payment_id: int


@dataclass(frozen=True, slots=True)
class NotReceipt:
    """No customer sent this for an invoice. Money that came in is kept to be looked at.

    `payment_id` is None for money that left: that is no receipt of any kind.
    """

    kind: NotReceiptKind
    reasons: tuple[str, ...]
    payment_id: int | None = None


Taken = Recorded | Known | NotReceipt


async def record_arrived(
    session: Session, arrived: Arrived, *, now: datetime, bank_line_id: int | None = None
) -> Taken:
    """Record money that a source reports, once, and have it matched. Harmless to repeat."""
    (taken,) = await record_all(session, [(arrived, bank_line_id)], now=now)
    return taken


async def record_all(
    session: Session, arrived: Sequence[tuple[Arrived, int | None]], *, now: datetime
) -> list[Taken]:
    """Record money that a source reports, each with its bank's line, as `record_arrived` does."""
    came_in = [(one, line_id) for one, line_id in arrived if one.amount.minor > 0]
    others = [not_a_receipt(one) for one, _ in came_in]
    rows = [_row_of(one, now, line_id) for one, line_id in came_in]
    for row, other in zip(rows, others, strict=True):
        if other is not None:
            row.state, row.not_a_receipt = "not_a_receipt", other.kind
            row.match, row.outcome = as_json(other), "not_a_receipt"
    made = await receipts.add_receipts(session, rows)
    fresh = [
        payment_id
        for payment_id, other in zip(made, others, strict=True)
        if payment_id is not None and other is None
    ]
    await enqueue_all(session, [match_job(payment_id) for payment_id in fresh])
    told = iter(zip(came_in, others, made, strict=True))
    return [
        await _taken(session, *next(told)) if one.amount.minor > 0 else _left(one)
        for one, _ in arrived
    ]


def _left(arrived: Arrived) -> NotReceipt:
    kind = NotReceiptKind.RETURN if arrived.returns else NotReceiptKind.DEBIT
    return NotReceipt(kind, ("the money left the account",))


async def _taken(
    session: Session,
    told: tuple[Arrived, int | None],
    other: NotAReceipt | None,
    payment_id: int | None,
) -> Taken:
    if payment_id is None:
        arrived, _ = told
        known = await receipts.receipt_named(session, arrived.source, arrived.source_id)
        return Known(known.id if known is not None else 0)
    if other is not None:
        return NotReceipt(other.kind, other.reasons, payment_id)
    return Recorded(payment_id)


def _row_of(arrived: Arrived, now: datetime, bank_line_id: int | None) -> PaymentRow:
    amount, instructed, fee = arrived.amount, arrived.instructed, arrived.fee
    told = " ".join(dict.fromkeys(r.text for r in arrived.references if r.text))
    return PaymentRow(
        source=arrived.source,
        source_id=arrived.source_id,
        customer_id=arrived.customer_id if arrived.named_by else None,
        named_by=arrived.named_by if arrived.customer_id is not None else "",
        payer_name=arrived.payer_name[:200],
        reference=told[:1000],
        currency=amount.currency,
        amount_minor=amount.minor,
        unapplied_minor=amount.minor,
        received_on=arrived.value_on,
        booked_on=arrived.booked_on,
        value_on=arrived.value_on,
        channel=arrived.channel,
        type_code=arrived.type_code,
        own_account=arrived.account,
        payer_accounts=accounts_out(arrived.payer_accounts),
        references_told=references_out(arrived.references),
        remittance=remittance_out(arrived.remittance),
        raw=arrived.raw[:_MOST_RAW],
        fee_minor=None if fee is None else fee.minor,
        instructed_minor=None if instructed is None else instructed.minor,
        instructed_currency="" if instructed is None else instructed.currency,
        batch=arrived.batch,
        return_code=arrived.return_code,
        bank_line_id=bank_line_id,
        created_at=now,
    )


def match_job(payment_id: int) -> Job:
    """The job that matches a receipt."""
    lane = f"payment:{payment_id}"
    return Job(MATCH, {"payment_id": payment_id}, lane=lane, once=f"match:{payment_id}")


async def _record(session: Session, row: PaymentRow) -> int | None:
    """Record a receipt and have it matched, in one transaction."""
    payment_id = await receipts.add_receipt(session, row)
    if payment_id is not None:
        await enqueue(session, match_job(payment_id))
    return payment_id


async def enter_payment(
    session: Session, entry: ManualEntry, by: Actor, now: datetime
) -> Entered | Invalid:
    """Record a payment that a person enters. The same reference twice is one receipt."""
    problems: dict[str, str] = {}
    amount = _amount(entry, problems)
    received_on = _received_on(entry, now.date(), problems)
    source_id = " ".join(entry.source_id.split())
    if not 1 <= len(source_id) <= 100:
        problems["source_id"] = "Write the bank's reference or the check's number."
    if entry.customer_id is not None and not await parties.customer(session, entry.customer_id):
        problems["customer_id"] = "There is no such customer."
    if problems or amount is None or received_on is None:
        return Invalid(problems)
    known = await receipts.receipt_named(session, "manual", source_id)
    if known is not None:
        return _entered_before(known, entry, amount, received_on)
    row = PaymentRow(
        source="manual",
        source_id=source_id,
        channel=Channel.MANUAL,
        customer_id=entry.customer_id,
        named_by="person" if entry.customer_id is not None else "",
        payer_name=entry.payer_name.strip()[:200],
        payer_account=_fingerprint(entry),
        reference=entry.reference.strip()[:1000],
        currency=amount.currency,
        amount_minor=amount.minor,
        unapplied_minor=amount.minor,
        received_on=received_on,
        created_at=now,
    )
    payment_id = await _record(session, row)
    if payment_id is None:
        return Invalid({"source_id": "Somebody is entering this reference right now."})
    told = Entry(by, "payment.entered", "payment", str(payment_id), {"amount": str(amount)})
    await record(session, told, now)
    return Entered(payment_id, created=True)


def _entered_before(
    known: PaymentRow, entry: ManualEntry, amount: Money, received_on: date
) -> Entered | Invalid:
    same = (arrived_money(known), known.received_on, known.payer_account) == (
        amount,
        received_on,
        _fingerprint(entry),
    )
    if same:
        return Entered(known.id, created=False)
    return Invalid({"source_id": "Another payment was entered with this reference."})


def _fingerprint(entry: ManualEntry) -> str:
    """Tells a repeated entry from another payment with the same reference."""
    told = (entry.customer_id, entry.payer_name.strip(), entry.reference.strip())
    return f"entry:{hashlib.sha256(repr(told).encode()).hexdigest()[:16]}"


def _amount(entry: ManualEntry, problems: dict[str, str]) -> Money | None:
    try:
        amount = Money.parse(entry.amount, entry.currency.strip().upper())
    except LedgerError as error:
        problems["amount"] = str(error)
        return None
    if amount.minor <= 0:
        problems["amount"] = "The amount must be more than zero."
    return amount


def _received_on(entry: ManualEntry, today: date, problems: dict[str, str]) -> date | None:
    try:
        received_on = date.fromisoformat(entry.received_on.strip())
    except ValueError:
        problems["received_on"] = "Write the day like 2026-03-31."
        return None
    if not today - _OLDEST <= received_on <= today + timedelta(days=1):
        problems["received_on"] = "The day must lie in the last year and not in the future."
    return received_on

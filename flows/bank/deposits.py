"""Deposits: money told twice, once whole by the statement and once by its payers.

The whole is no receipt once its payers are known. A receipt that was made of the whole is
replaced by theirs, unless something of it is posted or approved: then a person is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from effects.withdraw import withdraw_all
from flows.receipts import Known, NotReceipt, Recorded, record_all
from sources.arrived import Arrived
from store import receipts
from store.bank import BankLineRow, parts_of
from store.effects import effect
from store.engine import Session
from store.receivables import PaymentRow
from store.worklist import WorkItemRow, close_item, open_item

BANK = Actor(ActorKind.SYSTEM, "bank")
_WAITING = ("received", "waiting", "parked", "proposed", "not_a_receipt")
_FREE = ("proposed", "rejected", "expired", "superseded")
_STATES = {True: "matched", False: "open"}
Parts = Sequence[tuple[BankLineRow, Arrived]]


async def settle(
    session: Session, line: BankLineRow, told: Sequence[BankLineRow], difference: int
) -> None:
    """These arrived on this line of a statement; `difference` is what the line has more."""
    state = "difference" if difference else "matched"
    for one in told:
        one.settled_by_id, one.state = line.id, state
        one.difference_minor = difference
        session.add(one)
    line.state, line.difference_minor = state, difference
    line.outcome = "returned" if line.role == "return" else line.outcome or "deposit"
    line.reason = _words(told)
    session.add(line)
    await _link_receipts(session, line, told)
    await _complete_deposits(session, line, told)


def _words(told: Sequence[BankLineRow]) -> str:
    kinds = {"lockbox": "lockbox deposit", "nacha": "ACH entries"}
    names = dict.fromkeys(kinds.get(one.source, one.source) for one in told)
    return f"told in detail by {len(told)} × {', '.join(names)}"[:300]


async def _link_receipts(session: Session, line: BankLineRow, told: Sequence[BankLineRow]) -> None:
    """The receipts behind a line know which line they arrived on."""
    parts = await parts_of(session, [one.id for one in told])
    for one in (*told, *parts):
        if one.payment_id is not None:
            payment = await receipts.receipt(session, one.payment_id)
            if payment is not None:
                payment.bank_line_id = line.id
                session.add(payment)


async def _complete_deposits(
    session: Session, line: BankLineRow, told: Sequence[BankLineRow]
) -> None:
    """A deposit whose parts the bank booked one by one is settled when all of them are."""
    for deposit_id in {one.deposit_id for one in told if one.deposit_id is not None}:
        parts = await parts_of(session, [deposit_id])
        deposit = await session.get(BankLineRow, deposit_id)
        if deposit is not None and all(part.settled_by_id is not None for part in parts):
            deposit.settled_by_id, deposit.state, deposit.difference_minor = line.id, "matched", 0
            session.add(deposit)
    for one in told:
        for part in await parts_of(session, [one.id]):
            part.settled_by_id, part.state = line.id, one.state
            session.add(part)


async def pay_in_parts(
    session: Session,
    now: datetime,
    line: BankLineRow | None,
    parts: Parts,
    *,
    instead_of: PaymentRow | None = None,
) -> tuple[int, ...]:
    """Each part is a receipt of its own; their ids. `line`: the statement's line, if known."""
    made: list[int] = []
    arrived = [(one, line.id if line else None) for _, one in parts]
    for (row, _), taken in zip(parts, await record_all(session, arrived, now=now), strict=True):
        match taken:
            case Recorded(payment_id) | Known(payment_id):
                row.payment_id, row.outcome = payment_id, "receipt"
            case NotReceipt(kind, _, payment_id):
                row.payment_id, row.outcome, row.reason = payment_id, "not_a_receipt", str(kind)
        row.state = line.state if line and line.difference_minor else _STATES[line is not None]
        session.add(row)
        if row.payment_id is not None:
            made.append(row.payment_id)
            await _remember_whole(session, row.payment_id, instead_of)
    if line is not None:
        line.outcome, line.reason = "deposit", f"{len(parts)} payments"
        if not line.difference_minor:
            line.state, line.difference_minor = "matched", 0
        session.add(line)
    return tuple(made)


async def _remember_whole(session: Session, payment_id: int, instead_of: PaymentRow | None) -> None:
    payment = await receipts.receipt(session, payment_id) if instead_of else None
    if payment is not None and instead_of is not None:
        payment.parent_id = instead_of.id
        session.add(payment)


async def enrich(session: Session, now: datetime, line: BankLineRow, parts: Parts) -> None:
    """The payers of a line that was recorded whole before.

    Its receipt is replaced by theirs; if it is posted or on its way, nothing is made of them and
    a person is asked.
    """
    await receipts.take_turns(session)
    whole = await receipts.receipt(session, line.payment_id) if line.payment_id else None
    if whole is not None and not await is_free(session, whole, now):
        if len(parts) == 1:
            _same_receipt(session, line, whole, parts[0][0])
        else:
            await _ask(session, line, whole, parts, now)
        return
    await close_item(session, f"bank:held:{line.id}", by=str(BANK), now=now)
    made = await pay_in_parts(session, now, line, parts, instead_of=whole)
    for row, _ in parts:
        row.settled_by_id = line.id
        session.add(row)
    if whole is None:
        return
    whole.state = "split"
    session.add(whole)
    line.payment_id = None
    await close_item(session, f"payment:{whole.id}", by=str(BANK), now=now)
    detail = {"parts": list(made), "bank_line_id": line.id}
    await record(session, Entry(BANK, "payment.split", "payment", str(whole.id), detail), now)


def _same_receipt(session: Session, line: BankLineRow, whole: PaymentRow, row: BankLineRow) -> None:
    """A detail that is all of its line adds nothing to a receipt that is posted already."""
    row.settled_by_id, row.payment_id = line.id, whole.id
    row.state, row.outcome, row.difference_minor = "matched", "known", 0
    line.state, line.difference_minor = "matched", 0
    session.add(row)
    session.add(line)


async def is_free(session: Session, whole: PaymentRow, now: datetime) -> bool:
    """Whether nothing of the receipt is applied, posted or approved; a proposal is withdrawn."""
    applied = whole.unapplied_minor != whole.amount_minor
    if applied or whole.netsuite_id is not None or whole.state not in _WAITING:
        return False
    known = await effect(session, whole.effect_id) if whole.effect_id is not None else None
    if known is not None and known.state not in _FREE:
        return False
    if known is not None:
        reason = "its deposit is told in detail now"
        await withdraw_all(session, {known.id: reason}, by=BANK, now=now)
    return True


async def _ask(
    session: Session, line: BankLineRow, whole: PaymentRow, parts: Parts, now: datetime
) -> None:
    amount = Money(line.amount_minor, line.currency)
    for row, _ in parts:
        row.state, row.outcome = "open", "held"
        row.reason = f"payment {whole.id} was recorded of the whole deposit"
        session.add(row)
    line.state, line.reason = "open", "its payers are told, but it is posted or approved whole"
    session.add(line)
    await open_item(
        session,
        WorkItemRow(
            key=f"bank:detail:{line.id}",
            kind="payment",
            customer_id=whole.customer_id,
            payment_id=whole.id,
            title=f"The deposit of {amount} was posted whole; its {len(parts)} payers are told now",
            detail={"bank_line_id": line.id, "parts": [row.id for row, _ in parts]},
            opened_at=now,
        ),
    )


def in_words(difference: Money) -> str:
    """A difference as "0.50 USD less"."""
    if difference.minor < 0:
        return f"{-difference} less"
    return f"{difference} more"


async def tell_difference(session: Session, line: BankLineRow, now: datetime) -> None:
    """A deposit that is not what its payers sum to is a person's work."""
    if not line.difference_minor:
        return
    amount = Money(line.amount_minor, line.currency)
    differs = in_words(Money(line.difference_minor, line.currency))
    await open_item(
        session,
        WorkItemRow(
            key=f"bank:difference:{line.id}",
            kind="payment",
            title=f"The bank booked {amount}; that is {differs} than what is told of it",
            detail={"bank_line_id": line.id, "difference_minor": line.difference_minor},
            opened_at=now,
        ),
    )

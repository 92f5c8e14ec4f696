"""A receipt taken apart into its payers: parts to the cent, the original line kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ledger.money import Money, total
from effects.actor import Actor
from effects.audit import Entry, record
from effects.withdraw import withdraw_all
from flows.cash.following import item_key
from flows.cash.matching import OPEN
from flows.cash.outcomes import Acted, ActRefused
from flows.desk import Desk
from flows.receipts import match_job
from store import parties, receipts
from store.effects import effect
from store.engine import Session
from store.jobs import enqueue
from store.receivables import PaymentRow
from store.worklist import close_item

_MOST_PARTS = 200
_FREE = ("proposed", "rejected", "expired", "superseded", "failed")


@dataclass(frozen=True, slots=True)
class Part:
    """One payer's part of a receipt that is split."""

    amount: Money
    payer_name: str = ""
    customer_id: int | None = None
    reference: str = ""


async def split(
    session: Session,
    desk: Desk,
    payment_id: int,
    parts: Sequence[Part],
    by: Actor,
    now: datetime,
) -> Acted | ActRefused:
    """Take a receipt apart into its payers, to the cent; each part is matched on its own."""
    del desk
    await receipts.take_turns(session)
    row = await receipts.receipt(session, payment_id)
    if row is None or row.state not in (*OPEN, "proposed", "parked"):
        return ActRefused("This payment does not wait for a decision.")
    known = await effect(session, row.effect_id) if row.effect_id is not None else None
    if known is not None and known.state not in _FREE:
        return ActRefused(f"Its posting is {known.state} already.")
    wrong = await _wrong(session, row, parts)
    if wrong:
        return ActRefused(wrong)
    if known is not None:
        await withdraw_all(session, {known.id: "the receipt is split"}, by=by, now=now)
    made = [await _part(session, row, n, part, now) for n, part in enumerate(parts, 1)]
    row.state = "split"
    session.add(row)
    await close_item(session, item_key(row), by=str(by), now=now)
    detail = {
        "parts": [{"id": i, "amount": str(p.amount)} for i, p in zip(made, parts, strict=True)]
    }
    await record(session, Entry(by, "payment.split", "payment", str(row.id), detail), now)
    return Acted(row.id, tuple(made))


async def _wrong(session: Session, row: PaymentRow, parts: Sequence[Part]) -> str:
    if not 2 <= len(parts) <= _MOST_PARTS:
        return f"Write 2 to {_MOST_PARTS} parts."
    if any(p.amount.currency != row.currency or p.amount.minor <= 0 for p in parts):
        return "Each part is an amount in the currency of the payment."
    whole = Money(row.amount_minor, row.currency)
    if row.unapplied_minor != row.amount_minor:
        return "A part of it is applied already."
    if row.received_minor is not None:
        return "It is booked in another currency: book it as it came before you split it."
    summed = total((p.amount for p in parts), row.currency)
    if summed != whole:
        return f"The parts sum to {summed}, the payment is {whole}."
    for part in parts:
        if part.customer_id is not None and not await parties.customer(session, part.customer_id):
            return "There is no such customer."
    return ""


async def _part(session: Session, row: PaymentRow, n: int, part: Part, now: datetime) -> int:
    own = row.model_dump(
        include={"received_on", "booked_on", "value_on", "channel", "type_code", "own_account"}
    )
    new = PaymentRow(
        **own,
        source=row.source,
        source_id=f"{row.source_id}/{n}",
        currency=row.currency,
        amount_minor=part.amount.minor,
        unapplied_minor=part.amount.minor,
        payer_name=part.payer_name.strip()[:200],
        customer_id=part.customer_id,
        named_by="person" if part.customer_id is not None else "",
        reference=part.reference.strip()[:1000],
        parent_id=row.id,
        batch=row.source_id,
        bank_line_id=row.bank_line_id,
        created_at=now,
    )
    payment_id = await receipts.add_receipt(session, new)
    if payment_id is None:
        raise LookupError(f"part {n} of payment {row.id} exists already")
    await enqueue(session, match_job(payment_id))
    return payment_id

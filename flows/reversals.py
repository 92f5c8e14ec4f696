"""Money that went back after it came: what can still be stopped is, and a person is told."""

from __future__ import annotations

from datetime import datetime

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.withdraw import withdraw_all
from sources.stripe import StripeEvent
from store import inbox, receipts
from store.effects import effect
from store.engine import Session
from store.receivables import PaymentRow
from store.worklist import WorkItemRow, open_item

KEEPER = Actor(ActorKind.SYSTEM, "receipts")
_WORDS = {"charge.refunded": "refunded", "charge.dispute.created": "disputed"}
_AT_WORK = ("performing", "unknown", "done", "failed")


async def take_back(session: Session, event_id: int, event: StripeEvent, now: datetime) -> str:
    """Stop the posting of a receipt whose money went back; the item says what is left to do."""
    await receipts.take_turns(session)
    known = await receipts.receipts_named(session, "stripe", event.payment_ids)
    rows = [await receipts.receipt(session, payment_id) for payment_id in known]
    for row in rows:
        if row is not None:
            await _stop(session, row, event, now)
    detail = f"{event.type} about {len(known)} known receipts"
    await inbox.settle(session, event_id, state="handled", detail=detail, now=now)
    return "reversed" if known else "no_receipt"


async def _stop(session: Session, row: PaymentRow, event: StripeEvent, now: datetime) -> None:
    what = _WORDS[event.type]
    stopped = await _stopped(session, row, what, now)
    if stopped:
        row.state = "reversed"
        session.add(row)
    amount = Money(row.amount_minor, row.currency)
    left = "it is not posted" if stopped else "it is in the ERP or on its way: correct it there"
    await open_item(
        session,
        WorkItemRow(
            key=f"reversal:{row.id}:{event.type}:{event.object_id}",
            kind="source_event",
            customer_id=row.customer_id,
            payment_id=row.id,
            title=f"Stripe payment of {amount} was {what}; {left}",
            detail={"reason": event.type, "payment_id": row.id, "source_id": row.source_id},
            opened_at=now,
        ),
    )


async def _stopped(session: Session, row: PaymentRow, what: str, now: datetime) -> bool:
    """Whether nothing of the receipt is, or may be, in the ERP."""
    if row.netsuite_id is not None or row.state in ("posted", "reversed"):
        return row.state == "reversed"
    if row.effect_id is None:
        return True
    reason = f"the payment was {what} at Stripe"
    await withdraw_all(session, {row.effect_id: reason}, by=KEEPER, now=now)
    known = await effect(session, row.effect_id)
    return known is None or known.state not in _AT_WORK

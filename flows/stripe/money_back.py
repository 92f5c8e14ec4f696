"""Refunds, disputes and late failures of Stripe, each state of each object acted upon once."""

from __future__ import annotations

from datetime import datetime

from flows.cash.taking_back import give_back, take_back
from flows.desk import Desk
from sources.stripe.money_back import BackState, MoneyBack
from sources.stripe.receipts import SOURCE
from store import receipts
from store.engine import Session
from store.payouts import ServiceObjectRow, first_seen, states_seen, transfers_of
from store.worklist import WorkItemRow, open_item

_WORDS = {
    "refund": "refunded",
    "dispute": "disputed",
    "failure": "returned unpaid",
    "transfer_return": "sent back",
}


async def take_money_back(session: Session, desk: Desk, back: MoneyBack, now: datetime) -> str:
    """Act on money that went back, or came again; what became of it, in a word."""
    if back.state is BackState.NOTHING_YET:
        return "nothing_yet"
    seen = await states_seen(session, SOURCE, back.object_id)
    if back.state is BackState.GIVEN_BACK and BackState.TAKEN not in seen:
        return "never_taken"
    payment_id, reference = await _receipt_of(session, back)
    row = ServiceObjectRow(
        source=SOURCE,
        object_id=back.object_id,
        state=back.state,
        amount_minor=back.amount.minor,
        payment_id=payment_id,
        seen_at=now,
    )
    if not await first_seen(session, row):
        return "known"
    if payment_id is None:
        await _ask(session, back, now)
        return "unknown_receipt"
    act = take_back if back.state is BackState.TAKEN else give_back
    await act(
        session,
        desk,
        source=SOURCE,
        reference=reference,
        code=f"{back.kind}:{back.code}",
        amount=back.amount,
        now=now,
        occasion=back.object_id,
    )
    return str(back.state)


async def _receipt_of(session: Session, back: MoneyBack) -> tuple[int | None, str]:
    """Our receipt that it is about: named, or the only one of this payer and amount."""
    for name in back.payment_ids:
        known = await receipts.receipt_named(session, SOURCE, name)
        if known is not None:
            return known.id, name
    if not back.customer:
        return None, ""
    found = await transfers_of(
        session, SOURCE, back.customer, back.amount.currency, back.amount.minor
    )
    return (found[0].id, found[0].source_id) if len(found) == 1 else (None, "")


async def _ask(session: Session, back: MoneyBack, now: datetime) -> None:
    what = _WORDS[back.kind]
    given = " and is ours again" if back.state is BackState.GIVEN_BACK else ""
    await open_item(
        session,
        WorkItemRow(
            key=f"stripe:{back.object_id}:{back.state}",
            kind="source_event",
            title=f"Stripe: {back.amount} was {what}{given}; no recorded payment of it is known",
            detail={"object_id": back.object_id, "reason": back.code, "kind": back.kind},
            opened_at=now,
        ),
    )

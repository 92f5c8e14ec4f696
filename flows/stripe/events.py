"""One stored event of Stripe, worked off: read the object it names, and act on its state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.desk import Desk
from flows.stripe.money_back import take_money_back
from flows.stripe.payouts import take_payout
from flows.stripe.receiving import take_payment, take_transfer
from sources.stripe.events import NotAnEvent, StripeEvent, read_event
from sources.stripe.money_back import MoneyBack, read_money_back
from sources.stripe.reader import ReadStripe
from store import inbox
from store.engine import Database


async def handle(db: Database, desk: Desk, event_id: int, stripe: ReadStripe, now: datetime) -> str:
    """Work off a stored event; what became of it, in a word. Harmless to repeat.

    Raises StripeUnavailable, so that the job is tried again.
    """
    async with db.read() as session:
        row = await inbox.source_event(session, event_id)
        if row is None or row.state != "pending":
            return "known"
        event = read_event(row.body)
    if isinstance(event, NotAnEvent):
        return await _settle(db, event_id, "quarantined", event.reason, now)
    if not event.used:
        return await _settle(db, event_id, "handled", f"{event.type} says nothing we use", now)
    told = await _act(db, desk, event, stripe, now)
    await _settle(db, event_id, "handled", told, now)
    return told


async def _act(
    db: Database, desk: Desk, event: StripeEvent, stripe: ReadStripe, now: datetime
) -> str:
    thing = await stripe(event.object_kind, event.object_id, _owner(event))
    match event.object_kind:
        case "charge" | "payment_intent" | "invoice_payment" | "checkout.session":
            return await _payment(db, desk, thing, stripe, now)
        case "invoice":
            return await _invoice(db, desk, thing, stripe, now)
        case "refund" | "dispute":
            return await _back(db, desk, thing, now)
        case "payout":
            return await take_payout(db, desk, thing, stripe, now)
        case "customer_cash_balance_transaction":
            told = await take_transfer(db, thing, now)
            return told if told != "no_receipt" else await _back(db, desk, thing, now)
        case other:
            raise LookupError(f"no way to act on a {other}")


def _owner(event: StripeEvent) -> str:
    needed = event.object_kind == "customer_cash_balance_transaction"
    return event.owner if needed else ""


async def _payment(
    db: Database, desk: Desk, thing: Mapping[str, Any], stripe: ReadStripe, now: datetime
) -> str:
    told = await take_payment(db, thing, stripe, now)
    charge = thing.get("latest_charge") if thing["object"] == "payment_intent" else thing
    if told != "no_receipt" or not isinstance(charge, Mapping) or charge["object"] != "charge":
        return told
    return await _back(db, desk, charge, now)


async def _invoice(
    db: Database, desk: Desk, thing: Mapping[str, Any], stripe: ReadStripe, now: datetime
) -> str:
    """An invoice of Stripe's own is paid by payments; what else settled it is no money."""
    told = "no_receipt"
    for paid in await stripe.every("invoice_payment", {"invoice": thing["id"]}):
        told = await _payment(db, desk, paid, stripe, now)
    return told


async def _back(db: Database, desk: Desk, thing: Mapping[str, Any], now: datetime) -> str:
    found = read_money_back(thing)
    if not isinstance(found, MoneyBack):
        return "no_receipt"
    async with db.begin() as session:
        return await take_money_back(session, desk, found, now)


async def _settle(db: Database, event_id: int, state: str, detail: str, now: datetime) -> str:
    async with db.begin() as session:
        await inbox.settle(session, event_id, state=state, detail=detail, now=now)
    return state

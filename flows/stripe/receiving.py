"""Payments and bank transfers of Stripe become receipts, with all that names their invoices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.matching.receipt import Reference
from flows.receipts import NotReceipt, Recorded, match_job, record_arrived
from sources.arrived import Arrived
from sources.stripe.reader import ReadStripe
from sources.stripe.receipts import (
    SOURCE,
    NoReceipt,
    read_receipt,
    read_transfer,
    references_of,
    with_references,
)
from store import receipts
from store.engine import Database, Session
from store.jobs import enqueue
from store.receipt_values import references_in, references_out
from store.receivables import PaymentRow
from store.worklist import WorkItemRow, open_item

_WAITING = ("received", "waiting", "proposed")


async def take_payment(
    db: Database, thing: Mapping[str, Any], stripe: ReadStripe, now: datetime
) -> str:
    """Record what a charge, payment intent, invoice payment or checkout session says was paid."""
    payment, told = await _payment_of(thing, stripe)
    if payment is None:
        return "no_receipt"
    found = read_receipt(payment)
    if isinstance(found, NoReceipt):
        if found.refunded:
            async with db.begin() as session:
                await _ask_about(session, payment, found, now)
        return "no_receipt"
    more = (*told, *await _links(found.source_id, stripe))
    whole = replace(found, references=with_references(found, more))
    async with db.begin() as session:
        return await _record(session, whole, now)


async def take_transfer(db: Database, thing: Mapping[str, Any], now: datetime) -> str:
    """Record a bank transfer that funded a customer's cash balance."""
    found = read_transfer(thing)
    if isinstance(found, NoReceipt):
        return "no_receipt"
    async with db.begin() as session:
        return await _record(session, found, now)


async def _payment_of(
    thing: Mapping[str, Any], stripe: ReadStripe
) -> tuple[Mapping[str, Any] | None, tuple[Reference, ...]]:
    """The payment that an object is about, and what the object says of invoices."""
    match thing["object"]:
        case "charge" | "payment_intent":
            return thing, ()
        case "checkout.session":
            named, told = thing.get("payment_intent"), references_of(thing)
        case _:
            payment = thing.get("payment") or {}
            named, told = payment.get("payment_intent"), await _billed(thing, stripe)
    if not isinstance(named, str):
        return None, told
    return await stripe("payment_intent", named), told


async def _links(source_id: str, stripe: ReadStripe) -> tuple[Reference, ...]:
    """What the invoices and the checkout page behind a payment intent say."""
    if not source_id.startswith("pi_"):
        return ()
    told: list[Reference] = []
    by_intent = {"payment": {"type": "payment_intent", "payment_intent": source_id}}
    for paid in await stripe.every("invoice_payment", by_intent):
        told.extend(await _billed(paid, stripe))
    for opened in await stripe.every("checkout.session", {"payment_intent": source_id}):
        told.extend(references_of(opened))
    return tuple(told)


async def _billed(paid: Mapping[str, Any], stripe: ReadStripe) -> tuple[Reference, ...]:
    named = paid.get("invoice")
    return references_of(await stripe("invoice", named)) if isinstance(named, str) else ()


async def _record(session: Session, arrived: Arrived, now: datetime) -> str:
    customer = arrived.payer_accounts[0].value if arrived.payer_accounts else ""
    known = await receipts.customers_by_stripe(session, customer)
    if len(known) == 1:
        arrived = replace(arrived, customer_id=known[0].id, named_by=SOURCE)
    taken = await record_arrived(session, arrived, now=now)
    match taken:
        case Recorded():
            return "recorded"
        case NotReceipt():
            return "not_a_receipt"
        case _:
            return await _told_more(session, taken.payment_id, arrived)


async def _told_more(session: Session, payment_id: int, arrived: Arrived) -> str:
    """Let a receipt that still waits hear what is said about it now."""
    row = await session.get(PaymentRow, payment_id)
    if row is None or row.state not in _WAITING:
        return "known"
    before = references_in(row)
    after = tuple(dict.fromkeys((*before, *arrived.references)))
    if after == before:
        return "known"
    row.references_told = references_out(after)
    row.reference = " ".join(dict.fromkeys(r.text for r in after))[:1000]
    session.add(row)
    await enqueue(session, match_job(row.id))
    return "told_more"


async def _ask_about(
    session: Session, thing: Mapping[str, Any], found: NoReceipt, now: datetime
) -> None:
    """Money came and went before it was recorded: a person should know, once."""
    source_id = str(thing.get("payment_intent") or thing["id"])
    if await receipts.receipt_named(session, SOURCE, source_id) is not None:
        return
    await open_item(
        session,
        WorkItemRow(
            key=f"stripe:{source_id}",
            kind="source_event",
            title=f"Stripe payment {source_id} is not recorded: {found.reason}",
            detail={"reason": found.reason, "source_id": source_id},
            opened_at=now,
        ),
    )

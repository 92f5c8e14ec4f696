"""Stripe events become receipts once, whatever is redelivered and in whatever order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from flows.cash import match_payment
from flows.receipts import handle_stripe
from sources.stripe import StripeUnavailable
from store.effects import EffectRow
from store.engine import Database
from store.inbox import SourceEventRow, store_once
from store.receivables import PaymentRow
from tests.flows.scene import NOW, Scene, desk

CHARGE: dict[str, Any] = {
    "id": "ch_1",
    "object": "charge",
    "status": "succeeded",
    "paid": True,
    "amount": 10000,
    "amount_captured": 10000,
    "amount_refunded": 0,
    "currency": "usd",
    "created": 1773100000,
    "customer": "cus_1",
    "payment_intent": "pi_1",
    "description": "Payment of INV-1001",
    "billing_details": {"name": "ACME CORP"},
    "metadata": {},
}
INTENT: dict[str, Any] = {
    "id": "pi_1",
    "object": "payment_intent",
    "status": "succeeded",
    "amount_received": 10000,
    "currency": "usd",
    "created": 1773100000,
    "customer": "cus_1",
    "latest_charge": CHARGE,
    "description": "Payment of INV-1001",
    "metadata": {},
}


async def arrives(db: Database, event_id: str, kind: str, thing: Mapping[str, Any]) -> int:
    body = {"id": event_id, "type": kind, "data": {"object": thing}}
    async with db.begin() as session:
        found = await store_once(
            session,
            source="stripe",
            external_id=event_id,
            body=json.dumps(body).encode(),
            headers={},
            now=NOW,
        )
    assert found is not None
    return found


class Stripe:
    """Answers like Stripe from what it holds; counts how often it is asked."""

    def __init__(self, *things: Mapping[str, Any]) -> None:
        self.things = {str(t["id"]): t for t in things}
        self.asked = 0

    async def __call__(self, object_kind: str, object_id: str) -> Mapping[str, Any]:
        self.asked += 1
        found = self.things.get(object_id)
        if found is None or found["object"] != object_kind:
            raise StripeUnavailable(object_id)
        return found


@pytest.mark.parametrize("order", [("charge", "intent"), ("intent", "charge")])
async def test_both_events_of_one_payment_make_one_receipt(
    db: Database, scene: Scene, order: tuple[str, str]
) -> None:
    acme = await scene.customer(stripe="cus_1")
    stripe = Stripe(CHARGE, INTENT)
    for name in order:
        thing = CHARGE if name == "charge" else INTENT
        kind = "charge.succeeded" if name == "charge" else "payment_intent.succeeded"
        event = await arrives(db, f"evt_{name}", kind, thing)
        await handle_stripe(db, event, stripe, NOW)
    (row,) = await scene.all(PaymentRow)
    assert (row.source, row.source_id, row.amount_minor) == ("stripe", "pi_1", 10000)
    assert (row.customer_id, row.payer_name) == (acme, "ACME CORP")
    assert row.reference == "Payment of INV-1001"
    assert await scene.jobs("payments.match") == [{"payment_id": row.id}]
    assert {e.state for e in await scene.all(SourceEventRow)} == {"handled"}


async def test_the_event_is_believed_in_nothing_but_where_to_look(
    db: Database, scene: Scene
) -> None:
    event = await arrives(db, "evt_1", "charge.succeeded", CHARGE | {"amount_captured": 99})
    await handle_stripe(db, event, Stripe(CHARGE), NOW)
    (row,) = await scene.all(PaymentRow)
    assert (row.amount_minor, row.customer_id) == (10000, None)


async def test_a_handled_event_is_not_read_again(db: Database, scene: Scene) -> None:
    event = await arrives(db, "evt_1", "charge.succeeded", CHARGE)
    stripe = Stripe(CHARGE)
    assert await handle_stripe(db, event, stripe, NOW) == "recorded"
    assert await handle_stripe(db, event, stripe, NOW) == "known"
    assert stripe.asked == 1


async def test_stripe_away_leaves_the_event_pending(db: Database, scene: Scene) -> None:
    event = await arrives(db, "evt_1", "charge.succeeded", CHARGE)
    with pytest.raises(StripeUnavailable):
        await handle_stripe(db, event, Stripe(), NOW)
    (row,) = await scene.all(SourceEventRow)
    assert row.state == "pending"
    assert await handle_stripe(db, event, Stripe(CHARGE), NOW) == "recorded"


async def test_refunded_money_is_no_receipt_and_a_person_is_told(
    db: Database, scene: Scene
) -> None:
    event = await arrives(db, "evt_1", "charge.succeeded", CHARGE)
    back = CHARGE | {"amount_refunded": 10000}
    assert await handle_stripe(db, event, Stripe(back), NOW) == "no_receipt"
    assert await scene.all(PaymentRow) == []
    (item,) = await scene.items()
    assert item.kind == "source_event"


async def test_other_events_and_nonsense_are_settled(db: Database, scene: Scene) -> None:
    other = await arrives(db, "evt_1", "charge.updated", CHARGE)
    assert await handle_stripe(db, other, Stripe(), NOW) == "handled"
    odd = await arrives(db, "evt_2", "charge.succeeded", {"object": "charge", "id": "../../etc"})
    assert await handle_stripe(db, odd, Stripe(), NOW) == "quarantined"


async def _reverse(db: Database, kind: str, thing: Mapping[str, Any]) -> str:
    event = await arrives(db, f"evt_{kind.replace('.', '_')}", kind, thing)
    return await handle_stripe(db, event, Stripe(), NOW)


DISPUTE = {"id": "dp_1", "object": "dispute", "charge": "ch_1", "payment_intent": "pi_1"}


async def test_a_refund_before_posting_withdraws_it(db: Database, scene: Scene) -> None:
    acme = await scene.customer(stripe="cus_1")
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    event = await arrives(db, "evt_1", "charge.succeeded", CHARGE)
    await handle_stripe(db, event, Stripe(CHARGE), NOW)
    (payment,) = await scene.all(PaymentRow)
    async with db.begin() as session:
        await match_payment(session, desk(), payment.id, NOW)
    assert await _reverse(db, "charge.refunded", CHARGE) == "reversed"
    (payment,) = await scene.all(PaymentRow)
    (effect,) = await scene.all(EffectRow)
    assert (payment.state, effect.state) == ("reversed", "superseded")
    (item,) = await scene.items()
    assert "refunded; it is not posted" in item.title
    async with db.begin() as session:
        assert await match_payment(session, desk(), payment.id, NOW) is None


async def test_a_dispute_after_posting_is_told_to_a_person_once(db: Database, scene: Scene) -> None:
    acme = await scene.customer(stripe="cus_1")
    await scene.receipt(
        "100.00 USD", source="stripe", source_id="pi_1", state="posted", customer_id=acme
    )
    assert await _reverse(db, "charge.dispute.created", DISPUTE) == "reversed"
    (item,) = await scene.items()
    assert "disputed; it is in the ERP" in item.title
    (payment,) = await scene.all(PaymentRow)
    assert payment.state == "posted"


async def test_a_disputed_charge_is_no_receipt_whatever_came_first(
    db: Database, scene: Scene
) -> None:
    assert await _reverse(db, "charge.dispute.created", DISPUTE) == "no_receipt"
    event = await arrives(db, "evt_2", "charge.succeeded", CHARGE)
    disputed = CHARGE | {"disputed": True}
    assert await handle_stripe(db, event, Stripe(disputed), NOW) == "no_receipt"
    assert await scene.all(PaymentRow) == []
    assert len(await scene.items()) == 1

"""The Stripe-shaped API read by Stripe's own library, and its signed events."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import stripe
from stripe._v1_services import V1Services

from sandbox.stripe.objects import Receipt
from tests.sandbox.receiver import eventually
from tests.sandbox.stripe.conftest import BUYER, KEY, SECRET, Stripe

YEN = Receipt("a:1", BUYER, 12_800, "JPY", "INV20001", {"invoice_numbers": "INV20001"})


@contextlib.asynccontextmanager
async def client(world: Stripe, key: str = KEY) -> AsyncIterator[V1Services]:
    transport = stripe.HTTPXClient()
    library = stripe.StripeClient(
        key, base_addresses={"api": world.url}, http_client=transport, max_network_retries=0
    )
    yield library.v1
    close: Callable[[], Awaitable[None]] = transport.close_async
    await close()


async def test_objects_of_a_payment_can_be_retrieved(stripe_world: Stripe) -> None:
    charge_id = stripe_world.store.pay(YEN)
    async with client(stripe_world) as api:
        charge = await api.charges.retrieve_async(charge_id, {"expand": ["balance_transaction"]})
        assert (charge.amount, charge.currency, charge.status) == (12_800, "jpy", "succeeded")
        assert charge.customer == "cus_1"
        assert charge.metadata["invoice_numbers"] == "INV20001"
        assert charge.billing_details.email == BUYER.email
        assert isinstance(charge.balance_transaction, stripe.BalanceTransaction)
        assert charge.balance_transaction.net == 12_800 - charge.balance_transaction.fee
        intent = await api.payment_intents.retrieve_async(str(charge.payment_intent))
        assert intent.latest_charge == charge_id
        customer = await api.customers.retrieve_async("cus_1")
        assert customer.name == "Corvel Freight"


async def test_events_and_charges_are_listed_newest_first(stripe_world: Stripe) -> None:
    ids = [stripe_world.store.pay(Receipt(f"k{n}", BUYER, 100 + n, "USD")) for n in range(3)]
    async with client(stripe_world) as api:
        page = await api.charges.list_async({"limit": 2})
        assert [c.id for c in page.data] == ids[:0:-1]
        assert page.has_more
        rest = await api.charges.list_async({"limit": 2, "starting_after": page.data[-1].id})
        assert [c.id for c in rest.data] == ids[:1]
        events = await api.events.list_async({"type": "charge.succeeded"})
        assert [e.data.object["id"] for e in events.data] == ids[::-1]
        newer = await api.events.list_async({"created": {"gte": events.data[0].created + 60}})
        assert newer.data == []


async def test_events_are_signed_and_delivered_until_accepted(stripe_world: Stripe) -> None:
    stripe_world.receiver.refuse = 2
    stripe_world.store.pay(YEN)
    await eventually(lambda: len(stripe_world.receiver.hooks) == 2)
    assert stripe_world.receiver.refused == 2
    kinds = set()
    for hook in stripe_world.receiver.hooks:
        signature = hook.headers["stripe-signature"]
        event = stripe.Webhook.construct_event(hook.body, signature, SECRET)
        kinds.add(event.type)
    assert kinds == {"charge.succeeded", "payment_intent.succeeded"}
    await eventually(lambda: stripe_world.courier.delivered("stripe") == 2)
    assert stripe_world.courier.waiting("stripe") == 0


async def test_the_same_key_pays_once(stripe_world: Stripe) -> None:
    assert stripe_world.store.pay(YEN) == stripe_world.store.pay(YEN)
    assert stripe_world.store.count("charge") == 1
    await eventually(lambda: len(stripe_world.receiver.hooks) == 2)


async def test_duplicates_and_disorder_on_request(stripe_world: Stripe) -> None:
    stripe_world.courier.disorder["stripe"].duplicates = 1
    stripe_world.courier.disorder["stripe"].shuffle = True
    for number in range(5):
        stripe_world.store.pay(Receipt(f"k{number}", BUYER, 100, "USD"))
    await eventually(lambda: len(stripe_world.receiver.hooks) == 20)
    ids = [hook.content["id"] for hook in stripe_world.receiver.hooks]
    events = [str(e["id"]) for e in stripe_world.store.newest_first("event")][::-1]
    assert sorted(ids) == sorted(events * 2)
    assert list(dict.fromkeys(ids)) != events


async def test_wrong_key_missing_object_and_ordered_failure(stripe_world: Stripe) -> None:
    async with client(stripe_world, "sk_test_other") as stranger:
        with pytest.raises(stripe.AuthenticationError):
            await stranger.charges.retrieve_async("ch_1")
    async with client(stripe_world) as api:
        with pytest.raises(stripe.InvalidRequestError, match="No such charge"):
            await api.charges.retrieve_async("ch_1")
        stripe_world.faults.fail, stripe_world.faults.status = 1, 429
        with pytest.raises(stripe.RateLimitError):
            await api.customers.retrieve_async("cus_1")

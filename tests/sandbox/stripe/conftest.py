"""A Stripe-shaped API, its courier and a receiver, all on loopback."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.courier import Channel, Courier
from sandbox.serving import LoopbackServer
from sandbox.stripe.app import StripeFaults, build_stripe_app
from sandbox.stripe.objects import Buyer
from sandbox.stripe.store import CHANNEL, StripeStore
from tests.sandbox.receiver import Receiver

SECRET = "whsec_of_the_sandbox"
KEY = "sk_test_sandbox"
BUYER = Buyer("cus_1", "Corvel Freight", "ap@corvelfreight.example", "USD", "US")


@dataclass(frozen=True)
class Stripe:
    url: str
    store: StripeStore
    courier: Courier
    receiver: Receiver
    faults: StripeFaults


@pytest.fixture
async def stripe_world(tmp_path: Path) -> AsyncIterator[Stripe]:
    def clock() -> datetime:
        return datetime.now(UTC)

    receiver, faults = Receiver(), StripeFaults()
    channel = Channel("/webhooks/stripe", "Stripe-Signature", SECRET)
    courier = Courier(tmp_path / "hooks.db", {CHANNEL: channel}, clock, first_pause=0.05)
    store = StripeStore(tmp_path / "stripe.db", clock, courier)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(courier.close)
        stack.callback(store.close)
        service = await stack.enter_async_context(LoopbackServer(receiver.app()))
        api = await stack.enter_async_context(LoopbackServer(build_stripe_app(store, KEY, faults)))
        courier.service_url = service.url
        running = asyncio.create_task(courier.run())
        yield Stripe(api.url, store, courier, receiver, faults)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

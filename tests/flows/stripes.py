"""Stripe as flows see it: objects by id, and the events that tell of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flows import stripe
from sources.stripe.reader import StripeUnavailable
from store.engine import Database
from store.inbox import store_once
from tests.flows.scene import NOW, desk
from tests.sources.stripe.test_readers import CHARGE as CHARGE
from tests.sources.stripe.test_readers import DISPUTE as DISPUTE
from tests.sources.stripe.test_readers import FUNDED as FUNDED
from tests.sources.stripe.test_readers import INTENT as INTENT
from tests.sources.stripe.test_readers import LINE as LINE
from tests.sources.stripe.test_readers import PAYOUT as PAYOUT
from tests.sources.stripe.test_readers import REFUND as REFUND

Thing = Mapping[str, Any]


class Stripe:
    """Answers like Stripe from what it holds; counts how often it is asked for an object."""

    def __init__(self, *things: Thing) -> None:
        self.things = {str(t["id"]): t for t in things}
        self.asked = 0

    async def __call__(self, object_kind: str, object_id: str, owner: str = "") -> Thing:
        self.asked += 1
        found = self.things.get(object_id)
        known = found is not None and found["object"] == object_kind
        if found is None or not known or (owner and found["customer"] != owner):
            raise StripeUnavailable(object_id)
        return found

    async def every(self, object_kind: str, wanted: Thing) -> Sequence[Thing]:
        asked = {k: v for k, v in wanted.items() if k != "expand"}
        return [
            thing
            for thing in self.things.values()
            if thing.get("object") == object_kind
            and all(thing.get(k) == v for k, v in asked.items())
        ]


async def arrives(db: Database, event_id: str, kind: str, thing: Thing) -> int:
    """Store an event as the webhook does; its id."""
    body = json.dumps({"id": event_id, "type": kind, "data": {"object": thing}}).encode()
    async with db.begin() as session:
        found = await store_once(
            session, source="stripe", external_id=event_id, body=body, headers={}, now=NOW
        )
    assert found is not None
    return found


async def handled(db: Database, event: int, world: Stripe) -> str:
    """Work an event off."""
    return await stripe.handle(db, desk(), event, world, NOW)


async def told(db: Database, kind: str, thing: Thing, *others: Thing) -> str:
    """An event arrives about an object that Stripe holds, and is worked off."""
    event = await arrives(db, f"evt_{kind.replace('.', '_')}_{thing['id']}", kind, thing)
    return await handled(db, event, Stripe(thing, *others))

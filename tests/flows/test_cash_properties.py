"""Whatever arrives, twice and in any order: one receipt, one proposal, nothing given twice."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from domain.ledger.money import Money
from effects.audit import Intact, verify
from effects.kinds import PostCustomerPayment
from flows import cash
from flows.receipts import handle_stripe
from store.effects import EffectRow
from store.engine import Database
from store.receivables import InvoiceRow, PaymentRow
from tests.flows.scene import BOB, NOW, Scene, desk
from tests.flows.test_stripe_receipts import CHARGE, INTENT, Stripe, arrives

AMOUNTS = (10000, 6000, 4000, 2500)


def thing(base: dict[str, object], n: int, rng: random.Random) -> dict[str, object]:
    """The n-th payment: of few sizes, naming an invoice, a strange one or none."""
    rng.seed(f"{n}")
    amount = rng.choice(AMOUNTS)
    description = rng.choice([f"INV-100{rng.randint(1, 4)}", "INV-9999", "thanks", ""])
    own = base | {"description": description, "metadata": {}}
    if base["object"] == "charge":
        ids = {"id": f"ch_{n}", "payment_intent": f"pi_{n}", "amount_captured": amount}
        return own | ids
    return own | {"id": f"pi_{n}", "amount_received": amount, "latest_charge": None}


async def invariants(db: Database, scene: Scene) -> None:
    """Conservation at this moment."""
    opens = {i.id: i.open_minor for i in await scene.all(InvoiceRow)}
    given: Counter[int] = Counter()
    rows = await scene.all(EffectRow)
    assert len({row.key for row in rows}) == len(rows)
    for row in rows:
        effect = PostCustomerPayment.from_payload(row.payload)
        assert sum(a.amount.minor for a in effect.applications) <= effect.amount.minor
        for line in effect.applications:
            given[line.invoice_id] += line.amount.minor
    assert all(given[i] <= opens[i] for i in given), given
    payments = await scene.all(PaymentRow)
    assert len({(p.source, p.source_id) for p in payments}) == len(payments)
    assert all(0 < p.unapplied_minor == p.amount_minor for p in payments)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_nothing_is_taken_twice_or_given_twice(db: Database, scene: Scene, seed: int) -> None:
    acme = await scene.customer(stripe="cus_1")
    for n, amount in enumerate(("100.00", "60.00", "40.00", "100.00"), 1):
        await scene.invoice(acme, f"INV-100{n} {amount} USD due 2026-03-0{n}")
    rng = random.Random(seed)
    things = [thing(b, n, random.Random()) for n in range(8) for b in (CHARGE, INTENT)]
    stripe = Stripe(*things)
    events = [
        await arrives(db, f"evt_{n}", f"{t['object']}.succeeded", t)
        for n, t in enumerate([*things, *things])
    ]
    order = [*events, *rng.sample(events, 8)]
    rng.shuffle(order)
    for event in order:
        await handle_stripe(db, event, stripe, NOW)
        for payment in rng.sample(await _ids(scene), min(2, len(await _ids(scene)))):
            async with db.begin() as session:
                await cash.match_payment(session, desk(), payment, NOW)
        await invariants(db, scene)
    assert len(await scene.all(PaymentRow)) == 8
    async with db.read() as session:
        assert isinstance(await verify(session), Intact)


async def _ids(scene: Scene) -> list[int]:
    return [p.id for p in await scene.all(PaymentRow)]


async def test_a_person_cannot_give_away_more_than_is_open_either(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    first = await scene.receipt("80.00 USD", "INV-1001")
    second = await scene.receipt("80.00 USD", "something")
    for payment in (first, second):
        async with db.begin() as session:
            await cash.match_payment(session, desk(), payment, NOW)
    async with db.begin() as session:
        said = await cash.apply_choice(
            session, desk(), second, [(one, Money(8000, "USD"))], BOB, NOW
        )
    assert said == cash.ChoiceRefused("INV-1001 can take at most 20.00 USD.")
    await invariants(db, scene)

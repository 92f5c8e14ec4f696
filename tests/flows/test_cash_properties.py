"""Whatever arrives, twice and in any order: one receipt, one proposal, nothing given twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from domain.ledger.money import Money
from domain.matching.receipt import Reference, ReferenceKind
from effects.audit import Intact, verify
from effects.kinds import PostCustomerPayment
from flows import cash
from flows.cash import acts
from flows.cash.acts import ActRefused, Choice, ChoiceLine
from flows.cash.replay import replay
from flows.receipts import record_arrived
from sources.arrived import Arrived
from store.effects import EffectRow
from store.engine import Database
from store.receivables import InvoiceRow, PaymentRow
from tests.flows.scene import BOB, NOW, Scene, desk

AMOUNTS = (10013, 6027, 4031, 2549)


def movement(n: int) -> Arrived:
    """The n-th payment: of few sizes, naming an invoice, a strange one or none."""
    rng = random.Random(f"{n}")
    named = rng.randint(1, 4)
    number = f"INV-100{named}"
    text = rng.choice([number, number, "INV-9999", "thanks", ""])
    amount = AMOUNTS[named - 1] if rng.random() < 0.7 else rng.choice(AMOUNTS)
    on = date(2026, 3, 1 + n % 5)
    return Arrived(
        source="bai2",
        source_id=f"trn-{n}",
        amount=Money(amount, "USD"),
        booked_on=on,
        value_on=on,
        payer_name=rng.choice(["Acme", "Acme", "Beta Works", ""]),
        references=(Reference(ReferenceKind.REMITTANCE, text),) if text else (),
    )


async def invariants(scene: Scene) -> None:
    """Conservation at this moment."""
    opens = {i.id: i.open_minor for i in await scene.all(InvoiceRow)}
    given: Counter[int] = Counter()
    rows = [r for r in await scene.all(EffectRow) if r.state == "proposed"]
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


async def ledger(scene: Scene) -> None:
    for name in ("Acme", "Beta"):
        customer = await scene.customer(name)
        for n, minor in enumerate(AMOUNTS, 1 if name == "Acme" else 11):
            amount = Money(minor, "USD").plain()
            await scene.invoice(customer, f"INV-100{n} {amount} USD due 2026-03-0{n % 9 + 1}")


async def test_nothing_is_taken_twice_or_given_twice(db: Database, scene: Scene) -> None:
    await ledger(scene)
    rng = random.Random(5)
    order = [movement(n) for n in range(5)] * 2
    rng.shuffle(order)
    for one in order:
        async with db.begin() as session:
            await record_arrived(session, one, now=NOW)
        for payment in rng.sample(await _ids(scene), min(2, len(await _ids(scene)))):
            async with db.begin() as session:
                await cash.match_payment(session, desk(), payment, NOW)
        await invariants(scene)
    assert len(await scene.all(PaymentRow)) == 5
    async with db.read() as session:
        assert isinstance(await verify(session), Intact)


async def test_any_order_with_duplicates_gives_the_same_ledger_and_replays(
    new_database: Callable[[], str],
) -> None:
    told = []
    for seed in (1, 2):
        db = Database(new_database())
        try:
            told.append(await _run(db, random.Random(seed)))
        finally:
            await db.close()
    assert told[0] == told[1]
    assert any(allocation for _, allocation in told[0].values())


async def _run(db: Database, rng: random.Random) -> dict[str, tuple[str, object]]:
    scene = Scene(db)
    await ledger(scene)
    order = [movement(n) for n in range(8)] * 2
    rng.shuffle(order)
    for one in order:
        async with db.begin() as session:
            await record_arrived(session, one, now=NOW)
    ids = await _ids(scene)
    for payment in rng.sample(ids, len(ids)):
        await cash.match_in_turn(db, desk(), payment, lambda: NOW)
    await invariants(scene)
    async with db.read() as session:
        for payment in ids:
            again = await replay(session, payment)
            assert again is not None
            assert (again.intact, again.same) == (True, True)
    rows: Sequence[PaymentRow] = await scene.all(PaymentRow)
    return {r.source_id: (r.outcome, r.allocation.get("invoices")) for r in rows}


async def _ids(scene: Scene) -> list[int]:
    return [p.id for p in await scene.all(PaymentRow)]


async def test_a_person_cannot_give_away_more_than_is_open_either(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    first = await scene.receipt("80.00 USD", "INV-1001", customer_id=acme)
    second = await scene.receipt("80.00 USD", "something")
    for payment in (first, second):
        async with db.begin() as session:
            await cash.match_payment(session, desk(), payment, NOW)
    async with db.begin() as session:
        choice = Choice((ChoiceLine(one, Money(8000, "USD")),))
        said = await acts.choose(session, desk(), second, choice, BOB, NOW)
    assert said == ActRefused("INV-1001 can take at most 20.00 USD.")
    await invariants(scene)

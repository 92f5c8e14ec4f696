"""Nobody is reminded of what has been paid, wherever the money is on its way."""

from __future__ import annotations

from datetime import date

from effects.kinds import SendEmail
from effects.outcomes import Changed
from flows import cash, followups, promises
from flows.followups import Quiet, Ready
from flows.still_true import still_true_mail
from store.effects import EffectRow
from store.engine import Database
from store.standing import PromiseRow
from store.worklist import close_item
from tests.flows.scene import NOW, Scene, desk
from tests.flows.test_followups import AGENT, WHY


async def _plan(db: Database, customer_id: int) -> Ready | Quiet:
    async with db.begin() as session:
        return await followups.prepare(session, desk(), customer_id, NOW)


async def _match(db: Database, payment_id: int) -> None:
    async with db.begin() as session:
        await cash.match_payment(session, desk(), payment_id, NOW)


async def test_an_invoice_whose_payment_waits_to_be_posted_is_not_asked_for(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    await _match(db, await scene.receipt("100.00 USD", "INV-1001"))
    planned = await _plan(db, acme)
    assert isinstance(planned, Quiet)
    assert planned.reason == "payment_arrived"


async def test_the_other_invoices_are_still_asked_for(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    other = await scene.invoice(acme, "INV-2742 70.00 USD due 2026-02-11")
    await _match(
        db, await scene.receipt("40.00 USD", "INV-1001 part", customer_id=acme, named_by="person")
    )
    planned = await _plan(db, acme)
    assert isinstance(planned, Ready)
    assert planned.touch.invoice_ids == (other,)


async def test_a_receipt_of_theirs_that_nobody_has_placed_holds_everything(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    payment = await scene.receipt("55.55 USD", customer_id=acme)
    before = await _plan(db, acme)
    await _match(db, payment)
    waiting = await _plan(db, acme)
    for planned in (before, waiting):
        assert isinstance(planned, Quiet)
        assert planned.reason == "payment_arrived"
    async with db.begin() as session:
        await close_item(session, f"payment:{payment}", by="person:7", now=NOW)
    assert isinstance(await _plan(db, acme), Ready)


async def test_a_mail_on_its_way_stops_when_the_payment_arrives(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    ready = await _plan(db, acme)
    assert isinstance(ready, Ready)
    async with db.begin() as session:
        await followups.offer(session, desk(), ready, body=None, by=AGENT, because=WHY)
    (row,) = await scene.all(EffectRow)
    await scene.receipt("100.00 USD", "INV-1001", customer_id=acme)
    async with db.begin() as session:
        mail = SendEmail.from_payload(row.payload)
        said = await still_true_mail(session, mail, NOW, desk=desk())
    assert isinstance(said, Changed)
    assert "payment" in said.reason


async def test_a_promise_is_not_broken_while_its_money_waits_to_be_posted(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    invoice = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    await scene.add(
        PromiseRow(
            key="p",
            customer_id=acme,
            invoice_ids=[invoice],
            promised_on=date(2026, 3, 2),
            made_at=NOW,
        )
    )
    await _match(db, await scene.receipt("100.00 USD", "INV-1001"))
    counts = await promises.check(db, desk(), NOW)
    assert counts == {"kept": 0, "broken": 0}

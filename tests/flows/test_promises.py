"""Promises are kept by money, broken by the calendar, each settled once."""

from __future__ import annotations

from datetime import date

import pytest

from domain.dunning.actions import RecordPromise
from domain.ledger.money import Money
from flows import cash, promises
from store.audit import AuditRow
from store.engine import Database
from store.notices import NoticeRow
from store.receivables import ApplicationRow, InvoiceRow
from store.standing import PromiseRow
from store.touchpoints import TouchpointRow
from tests.flows.scene import NOW, Scene, desk

ON_THE_DAY, AFTER = date(2026, 3, 12), date(2026, 3, 13)


@pytest.fixture
async def world(scene: Scene) -> tuple[int, int]:
    """Acme owes INV-1001 and promised to pay it on 12 March."""
    acme = await scene.customer()
    invoice = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    await scene.add(
        PromiseRow(
            key="p",
            customer_id=acme,
            invoice_ids=[invoice],
            promised_on=date(2026, 3, 12),
            quote="we pay on 12 March",
            made_at=NOW,
        )
    )
    return acme, invoice


async def _check(db: Database, day: date) -> dict[str, int]:
    return await promises.check(db, desk(), NOW.replace(month=day.month, day=day.day))


async def test_a_promise_is_open_until_its_day_is_over(
    db: Database, world: tuple[int, int]
) -> None:
    assert await _check(db, ON_THE_DAY) == {"kept": 0, "broken": 0}


async def test_a_paid_promise_is_kept_once(
    db: Database, scene: Scene, world: tuple[int, int]
) -> None:
    await scene.pay(world[1])
    assert await _check(db, AFTER) == {"kept": 1, "broken": 0}
    assert await _check(db, AFTER) == {"kept": 0, "broken": 0}
    (row,) = await scene.all(PromiseRow)
    assert (row.state, row.settled_at) == ("kept", NOW.replace(day=13))
    assert [a.action for a in await scene.all(AuditRow)] == ["promise.kept"]


async def test_an_unpaid_promise_is_broken_once_and_a_person_is_told(
    db: Database, scene: Scene, world: tuple[int, int]
) -> None:
    assert await _check(db, AFTER) == {"kept": 0, "broken": 1}
    assert await _check(db, AFTER) == {"kept": 0, "broken": 0}
    (item,) = await scene.items()
    assert (item.kind, item.customer_id) == ("promise_broken", world[0])
    assert "2026-03-12" in item.title
    (notice,) = await scene.all(NoticeRow)
    assert (notice.kind, notice.customer_id) == ("promise_broken", world[0])


async def test_money_that_is_days_late_keeps_a_broken_promise_after_all(
    db: Database, scene: Scene, world: tuple[int, int]
) -> None:
    await _check(db, AFTER)
    await scene.pay(world[1])
    assert await _check(db, AFTER) == {"kept": 1, "broken": 0}
    assert await scene.items() == []


async def test_a_newer_promise_takes_the_place_of_the_older(
    db: Database, scene: Scene, world: tuple[int, int]
) -> None:
    acme, invoice = world
    touch = TouchpointRow(
        key="t", customer_id=acme, channel="email", direction="in", kind="reply", occurred_at=NOW
    )
    await scene.add(touch)
    newer = RecordPromise(date(2026, 3, 20), (invoice,), None, "sorry, on the 20th")
    async with db.begin() as session:
        await promises.record_promise(session, newer, acme, touch.id, NOW)
    states = {row.promised_on.day: row.state for row in await scene.all(PromiseRow)}
    assert states == {12: "cancelled", 20: "open"}


async def test_a_promised_part_is_kept_by_that_part(
    db: Database, scene: Scene, world: tuple[int, int]
) -> None:
    acme, invoice = world
    async with db.begin() as session:
        (row,) = await scene.all(PromiseRow)
        row.currency, row.amount_minor = "USD", 4000
        await session.merge(row)
        claim = await session.get(InvoiceRow, invoice)
        assert claim is not None
        claim.open_minor = 6000
        session.add(claim)
    paid = await scene.receipt(
        "40.00 USD", customer_id=acme, received_on=date(2026, 3, 11), netsuite_id="ns-p"
    )
    await scene.add(ApplicationRow(payment_id=paid, invoice_id=invoice, amount_minor=4000))
    assert await _check(db, AFTER) == {"kept": 1, "broken": 0}


async def test_money_that_came_before_the_promise_does_not_keep_it(
    db: Database, scene: Scene, world: tuple[int, int]
) -> None:
    acme, invoice = world
    async with db.begin() as session:
        (row,) = await scene.all(PromiseRow)
        row.currency, row.amount_minor = "USD", 4000
        await session.merge(row)
    paid = await scene.receipt(
        "40.00 USD", customer_id=acme, received_on=date(2026, 2, 1), netsuite_id="ns-p"
    )
    await scene.add(ApplicationRow(payment_id=paid, invoice_id=invoice, amount_minor=4000))
    assert await _check(db, AFTER) == {"kept": 0, "broken": 1}


async def test_posting_settles_the_promise_at_once(
    db: Database, scene: Scene, world: tuple[int, int]
) -> None:
    await scene.pay(world[1])
    async with db.begin() as session:
        await cash.settled(session, desk(), world[0], NOW)
    (row,) = await scene.all(PromiseRow)
    assert row.state == "kept"


async def test_the_first_part_that_is_paid_does_not_keep_the_second(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    invoice = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    touch = TouchpointRow(
        key="t", customer_id=acme, channel="email", direction="in", kind="reply", occurred_at=NOW
    )
    await scene.add(touch)
    for day in (12, 20):
        part = RecordPromise(date(2026, 3, day), (invoice,), Money(5000, "USD"), "in two parts")
        async with db.begin() as session:
            await promises.record_promise(session, part, acme, touch.id, NOW)
    paid = await scene.receipt(
        "50.00 USD", customer_id=acme, received_on=date(2026, 3, 11), netsuite_id="ns-p"
    )
    await scene.add(ApplicationRow(payment_id=paid, invoice_id=invoice, amount_minor=5000))
    async with db.begin() as session:
        claim = await session.get(InvoiceRow, invoice)
        assert claim is not None
        claim.open_minor = 5000
        session.add(claim)
    assert await _check(db, AFTER) == {"kept": 1, "broken": 0}
    states = {row.promised_on.day: row.state for row in await scene.all(PromiseRow)}
    assert states == {12: "kept", 20: "open"}
    assert await _check(db, date(2026, 3, 23)) == {"kept": 0, "broken": 1}


async def test_a_promise_is_missed_on_the_next_business_day_where_they_are(
    db: Database, scene: Scene, world: tuple[int, int]
) -> None:
    async with db.begin() as session:
        (row,) = await scene.all(PromiseRow)
        row.promised_on = date(2026, 5, 22)
        await session.merge(row)
    holiday = await promises.check(db, desk(), NOW.replace(month=5, day=25))
    evening_there = await promises.check(db, desk(), NOW.replace(month=5, day=26, hour=3))
    assert (holiday["broken"], evening_there["broken"]) == (0, 0)
    assert await _check(db, date(2026, 5, 26)) == {"kept": 0, "broken": 1}

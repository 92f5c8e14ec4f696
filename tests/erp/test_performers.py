"""One receipt becomes one customer payment, whatever happens on the way."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from domain.ledger.money import Money
from effects.kinds import AppliedAmount, PostCustomerPayment
from effects.outcomes import (
    Absent,
    CannotLook,
    Changed,
    Done,
    LookAgain,
    NotNow,
    Refused,
    RetryLater,
    Unchanged,
    Unknown,
)
from erp.identity import external_id
from erp.performers import LOOKS, PostCustomerPaymentPerformer
from flows.sync.passes import fast_pass, first_import
from store.engine import Database
from store.parties import CustomerRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from tests.erp.account import START, Connected, connected, small_company

COMPANY = small_company()
PAYMENTS = "/services/rest/record/v1/customerPayment"
QUERY = "/services/rest/query"
DAY = date(2026, 3, 9)


@dataclass(slots=True)
class Scene:
    """An imported account, a receipt for one of its open invoices, and the hands."""

    db: Database
    netsuite: Connected
    hands: PostCustomerPaymentPerformer
    effect: PostCustomerPayment

    async def still_true(self) -> Unchanged | Changed | NotNow:
        async with self.db.read() as session:
            return await self.hands.still_true(session, self.effect)

    async def record(self, done: Done) -> None:
        async with self.db.begin() as session:
            await self.hands.record(session, self.effect, 7, done)

    async def payment(self) -> PaymentRow:
        async with self.db.read() as session:
            found = await session.get(PaymentRow, self.effect.payment_id)
        assert found is not None
        return found

    async def invoice(self) -> InvoiceRow:
        async with self.db.read() as session:
            found = await session.get(InvoiceRow, self.effect.applications[0].invoice_id)
        assert found is not None
        return found

    @property
    def netsuite_invoice(self) -> int:
        return int(self.effect.applications[0].netsuite_id)


async def receipt(db: Database, source_id: str = "ch_1") -> PostCustomerPayment:
    """A receipt for the whole of the largest untouched invoice, 5.00 more than is due."""
    async with db.begin() as session:
        rows = await session.exec(
            select(InvoiceRow)
            .where(InvoiceRow.status == "open", InvoiceRow.open_minor == InvoiceRow.total_minor)
            .order_by(col(InvoiceRow.open_minor).desc())
        )
        invoice = rows.first()
        assert invoice is not None
        amount = Money(invoice.open_minor + 500, invoice.currency)
        row = PaymentRow(
            source="stripe",
            source_id=source_id,
            customer_id=invoice.customer_id,
            currency=amount.currency,
            amount_minor=amount.minor,
            unapplied_minor=amount.minor,
            received_on=DAY,
        )
        session.add(row)
        await session.flush()
        customer = await session.get(CustomerRow, invoice.customer_id)
        assert customer is not None
        line = AppliedAmount(
            invoice.id,
            invoice.netsuite_id,
            invoice.number,
            Money(invoice.open_minor, invoice.currency),
        )
        return PostCustomerPayment(
            payment_id=row.id,
            source="stripe",
            source_id=source_id,
            customer_id=invoice.customer_id,
            customer_netsuite_id=customer.netsuite_id,
            amount=amount,
            received_on=DAY,
            applications=(line,),
            external_id=external_id("t", "stripe", source_id),
            reference=source_id,
        )


@pytest.fixture
async def scene(db: Database) -> AsyncGenerator[Scene]:
    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START)
        effect = await receipt(db)
        yield Scene(
            db, netsuite, PostCustomerPaymentPerformer(netsuite.erp, netsuite.clock), effect
        )


async def test_posting_reads_back_and_records(scene: Scene) -> None:
    assert await scene.still_true() == Unchanged()
    done = await scene.hands.act(scene.effect)
    assert isinstance(done, Done)
    await scene.record(done)
    await scene.record(done)
    payment, invoice = await scene.payment(), await scene.invoice()
    assert (payment.state, payment.unapplied_minor) == ("posted", 500)
    assert payment.netsuite_id == done.evidence["netsuite_id"]
    assert (invoice.status, invoice.open_minor) == ("paid", 0)
    async with scene.db.read() as session:
        rows = await session.exec(
            select(ApplicationRow).where(ApplicationRow.payment_id == payment.id)
        )
        assert [row.amount_minor for row in rows.all()] == [invoice.total_minor]
    assert len(scene.netsuite.posted()) == 1


async def test_acting_twice_posts_once(scene: Scene) -> None:
    first = await scene.hands.act(scene.effect)
    assert await scene.hands.act(scene.effect) == first
    assert await scene.still_true() == Unchanged()
    assert len(scene.netsuite.posted()) == 1


@pytest.mark.parametrize("what", ["drop", "error", "bad_gateway"])
async def test_a_lost_answer_is_looked_for_not_repeated(scene: Scene, what: str) -> None:
    scene.netsuite.fault(what=what, moment="after", path=PAYMENTS)
    assert isinstance(await scene.hands.act(scene.effect), Unknown)
    found = await scene.hands.look(scene.effect, timedelta(seconds=1))
    assert isinstance(found, Done)
    assert len(scene.netsuite.posted()) == 1


async def test_a_lost_request_is_absent_only_after_the_last_look(scene: Scene) -> None:
    scene.netsuite.fault(what="drop", moment="before", path=PAYMENTS)
    assert isinstance(await scene.hands.act(scene.effect), Unknown)
    waits = [await scene.hands.look(scene.effect, since) for since in (timedelta(0), *LOOKS)]
    assert waits == [
        LookAgain(timedelta(seconds=30)),
        LookAgain(timedelta(seconds=90)),
        LookAgain(timedelta(minutes=4)),
        LookAgain(timedelta(minutes=9)),
        Absent(),
    ]
    assert isinstance(await scene.hands.act(scene.effect), Done)
    assert len(scene.netsuite.posted()) == 1


async def test_looking_waits_while_netsuite_is_away(scene: Scene) -> None:
    scene.netsuite.fault(what="bad_gateway", moment="before", path=QUERY, times=99)
    assert isinstance(await scene.hands.look(scene.effect, timedelta(hours=1)), LookAgain)
    assert isinstance(await scene.hands.act(scene.effect), RetryLater)
    assert isinstance(await scene.still_true(), NotNow)
    assert scene.netsuite.posted() == []


async def test_a_read_back_that_fails_is_unknown_then_found(scene: Scene) -> None:
    scene.netsuite.fault(what="error", moment="before", method="GET", path=PAYMENTS, times=99)
    assert isinstance(await scene.hands.act(scene.effect), Unknown)
    scene.netsuite.account.faults.clear()
    assert isinstance(await scene.hands.look(scene.effect, timedelta(0)), Done)


async def test_a_record_that_differs_is_shown_never_repaired(scene: Scene) -> None:
    other = replace(scene.effect, applications=())
    assert isinstance(await scene.hands.act(other), Done)
    seen = await scene.hands.act(scene.effect)
    assert isinstance(seen, Refused)
    assert "applied nothing instead of" in seen.reason
    assert isinstance(await scene.hands.look(scene.effect, timedelta(0)), CannotLook)
    assert len(scene.netsuite.posted()) == 1


async def test_a_refusal_is_final(scene: Scene) -> None:
    scene.netsuite.do("period", on=DAY.isoformat(), arlocked=True)
    seen = await scene.hands.act(scene.effect)
    assert isinstance(seen, Refused)
    assert seen.reason.startswith("period_closed: ")


async def test_facts_that_moved(scene: Scene) -> None:
    scene.netsuite.do("period", on=DAY.isoformat(), closed=True)
    assert await scene.still_true() == Changed("the accounting period Mar 2026 is closed or locked")
    scene.netsuite.do("period", on=DAY.isoformat(), closed=False)
    scene.netsuite.do("pay", id=scene.netsuite_invoice, amount="1")
    partly = await scene.still_true()
    assert isinstance(partly, Changed)
    assert "open" in partly.reason
    scene.netsuite.do("pay", id=scene.netsuite_invoice)
    paid = await scene.still_true()
    assert isinstance(paid, Changed)
    assert paid.reason.endswith("is paid in NetSuite")


async def test_an_invoice_of_another_customer_or_gone(scene: Scene) -> None:
    others = [d.id for d in COMPANY.debtors if str(d.id) != scene.effect.customer_netsuite_id]
    scene.netsuite.do("move_customer", id=scene.netsuite_invoice, customer=others[0])
    moved = await scene.still_true()
    assert isinstance(moved, Changed)
    assert "another customer" in moved.reason
    scene.netsuite.do("delete", id=scene.netsuite_invoice)
    gone = await scene.still_true()
    assert isinstance(gone, Changed)
    assert "no readable invoice" in gone.reason


async def test_a_payment_somebody_entered_by_hand_stops_ours(scene: Scene) -> None:
    effect = replace(
        scene.effect, amount=scene.effect.applications[0].amount, applications=(), reference="W-77"
    )
    async with scene.db.begin() as session:
        row = await session.get(PaymentRow, effect.payment_id)
        assert row is not None
        row.amount_minor = effect.amount.minor
    made = scene.netsuite.do("pay", id=scene.netsuite_invoice)
    scene.effect = effect
    alike = await scene.still_true()
    assert isinstance(alike, Changed)
    assert "may be the same receipt" in alike.reason
    scene.netsuite.do("edit", id=made["id"], fields={"memo": "Wire W-12"})
    assert await scene.still_true() == Unchanged()
    scene.netsuite.do("edit", id=made["id"], fields={"memo": "wire w-77"})
    assert isinstance(await scene.still_true(), Changed)


async def test_our_own_books_are_asked_first(scene: Scene) -> None:
    async with scene.db.begin() as session:
        row = await session.get(PaymentRow, scene.effect.payment_id)
        assert row is not None
        row.state = "reversed"
    assert await scene.still_true() == Changed("the payment was reversed")


async def test_the_sync_sees_a_recorded_payment_as_ours(scene: Scene) -> None:
    done = await scene.hands.act(scene.effect)
    assert isinstance(done, Done)
    await scene.record(done)
    scene.netsuite.clock.forward(minutes=1)
    await fast_pass(scene.db, scene.netsuite.erp, scene.netsuite.clock())
    payment, invoice = await scene.payment(), await scene.invoice()
    assert (payment.source, payment.state, payment.unapplied_minor) == ("stripe", "posted", 500)
    assert (invoice.status, invoice.open_minor) == ("paid", 0)
    async with scene.db.read() as session:
        rows = await session.exec(select(PaymentRow).where(PaymentRow.source == "netsuite"))
        twins = [r for r in rows.all() if r.netsuite_id == payment.netsuite_id]
    assert twins == []

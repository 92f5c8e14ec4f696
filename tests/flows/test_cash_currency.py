"""Money in one currency for invoices in another, booked at the bank's rate to the cent."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from domain.ledger.money import Money
from domain.matching.decision import MatchClass, Matched
from effects.kinds import PostCustomerPayment, PostJournal
from effects.kinds_cash import ReversePayment
from flows import cash
from flows.cash import acts, queue
from flows.cash.acts import Acted, ActRefused, Part
from flows.cash.converting import book_in
from flows.cash.rates import bank_rate, rounding
from flows.receipts import ManualEntry, enter_payment
from store.bank import entered_by_hand
from store.effects import EffectRow
from store.engine import Database
from store.erp_masters import CurrencyRateRow
from store.parties import CustomerRow, SubsidiaryRow
from store.receivables import InvoiceRow, PaymentRow
from tests.flows.scene import BOB, NOW, Scene, desk
from tests.flows.test_cash_acts import free_desk, go_live, match, posts

USD_IN = "1,080.00 USD"


def eur(text: str) -> Money:
    return Money.parse(text, "EUR")


async def abroad(scene: Scene, *invoices: str) -> int:
    """A customer of our company with books in dollars, invoiced in euros; 1.10 on the day."""
    await scene.add(SubsidiaryRow(netsuite_id="1", name="Northwind", currency="USD"))
    acme = await scene.customer(currency="EUR")
    async with scene.db.begin() as session:
        row = await session.get(CustomerRow, acme)
        assert row is not None
        row.subsidiary_id = 1
        session.add(row)
    rate = CurrencyRateRow(base="USD", currency="EUR", on_day=date(2026, 3, 1), rate="1.10")
    await scene.add(rate)
    for text in invoices:
        await scene.invoice(acme, text)
    return acme


async def booked(
    db: Database, payment: int, text: str, currency: str = "EUR"
) -> Acted | ActRefused:
    async with db.begin() as session:
        amount = Money.parse(text, currency)
        return await book_in(session, payment, amount, "the advice says so", BOB, NOW)


async def test_dollars_for_an_invoice_in_euros_are_posted_in_euros_at_the_banks_rate(
    db: Database, scene: Scene
) -> None:
    acme = await abroad(scene, "INV-1001 1000.00 EUR due 2026-03-01")
    await go_live(db, MatchClass.REFERENCE_EXACT)
    async with db.begin() as session:
        for invoice in await session.exec(select(InvoiceRow)):
            invoice.exchange_rate = "1.05"
            session.add(invoice)
    payment = await scene.receipt("1080.00 USD", "INV-1001", customer_id=acme)
    assert not isinstance(await match(db, payment, free_desk()), Matched)
    assert await booked(db, payment, "1000.00") == Acted(payment)
    found = await match(db, payment, free_desk())
    assert isinstance(found, Matched)
    (row,) = await scene.all(EffectRow)
    assert (row.state, row.policy_reason) == ("proposed", "a person said what it is in EUR")
    assert (row.proposed_by_kind, row.proposed_by_id) == ("person", "7")
    content = PostCustomerPayment.from_payload(row.payload)
    assert (content.amount, content.exchange_rate) == (eur("1000.00"), "1.08")
    async with db.read() as session:
        view = await queue.receipt_view(session, payment)
    assert view is not None
    assert view.line.state == "proposed"
    assert view.journal
    lines = [(j.debit or j.credit, j.base_debit, j.base_credit) for j in view.journal]
    assert lines == [
        (eur("1000.00"), Money(108_000, "USD"), None),
        (eur("1000.00"), None, Money(105_000, "USD")),
        (None, None, Money(3_000, "USD")),
    ]
    posted = await posts(db, scene, payment)
    assert posted.unapplied_minor == 0
    async with db.begin() as session:
        became = await cash.take_back(
            session, desk(), source=posted.source, reference=posted.source_id, code="R01",
            amount=eur("1000.00"), now=NOW, occasion="x",
        )  # fmt: skip
    assert became == "proposed"
    (journal,) = [e for e in await scene.all(EffectRow) if e.kind == "post_journal"]
    assert PostJournal.from_payload(journal.payload).exchange_rate == "1.08"
    assert any(e.kind == ReversePayment.kind for e in await scene.all(EffectRow))
    async with db.read() as session:
        view = await queue.receipt_view(session, payment)
    assert view is not None
    realised = [j.base_debit or j.base_credit for j in view.journal if not (j.debit or j.credit)]
    assert realised == [Money(3_000, "USD")] * 2


async def test_a_return_takes_the_rounding_of_the_rate_back_too(db: Database, scene: Scene) -> None:
    acme = await abroad(scene, "INV-1001 15000 JPY due 2026-03-01")
    await go_live(db, MatchClass.REFERENCE_EXACT)
    payment = await scene.receipt("100.00 USD", "INV-1001", customer_id=acme)
    assert await booked(db, payment, "15000", "JPY") == Acted(payment)
    await match(db, payment, free_desk())
    posted = await posts(db, scene, payment)
    back = {"source": posted.source, "reference": posted.source_id, "code": "R01"}
    async with db.begin() as session:
        begun = await session.get(EffectRow, posted.effect_id)
        row = await session.get(PaymentRow, payment)
        assert begun is not None
        assert row is not None
        begun.state, row.netsuite_id = "performing", None
    for netsuite_id, became in ((None, "later"), (f"ns-{payment}", "proposed")):
        async with db.begin() as session:
            row = await session.get(PaymentRow, payment)
            assert row is not None
            row.netsuite_id = netsuite_id
            await session.flush()
            assert became == await cash.take_back(
                session, desk(), **back, amount=Money(15_000, "JPY"), now=NOW, occasion="x",
                fee=Money(350, "USD"),
            )  # fmt: skip
    (job,) = await scene.jobs("payments.take_back")
    assert (job["currency"], job["fee_minor"], job["fee_currency"]) == ("JPY", 350, "USD")
    found = [e for e in await scene.all(EffectRow) if e.kind == "post_journal"]
    journals = [PostJournal.from_payload(e.payload) for e in found]
    assert {content.customer_netsuite_id for content in journals} == {"ns-Acme"}
    bank = [
        line.signed
        for content in journals
        if content.occasion.endswith(":fx")
        for line in content.lines
        if line.account_name == desk().cash.bank.name
    ]
    assert bank == [Money(-1, "USD"), Money(1, "USD")]


async def test_what_is_refused_and_what_takes_it_back(db: Database, scene: Scene) -> None:
    acme = await abroad(scene, "INV-1001 1000.00 EUR due 2026-03-01")
    nobody = await scene.receipt("1080.00 USD", source_id="n")
    assert "who paid" in str(await booked(db, nobody, "1000.00"))
    euros = await scene.receipt("1000.00 EUR", source_id="e", customer_id=acme)
    assert "books are in USD" in str(await booked(db, euros, "1080.00", "USD"))
    payment = await scene.receipt("1080.00 USD", source_id="p", customer_id=acme)
    assert "the ERP has 1.10" in str(await booked(db, payment, "100.00"))
    assert "another currency" in str(await booked(db, payment, "1081.00", "USD"))
    assert await booked(db, payment, "1000.00") == Acted(payment)
    async with db.begin() as session:
        parts = [Part(eur("500.00")), Part(eur("500.00"))]
        assert isinstance(await acts.split(session, desk(), payment, parts, BOB, NOW), ActRefused)
        same = await entered_by_hand(session, "EUR", 100_000, NOW.date(), NOW.date())
        assert payment not in [row.id for row in same]
    assert await booked(db, payment, "1080.00", "USD") == Acted(payment)
    row = next(p for p in await scene.all(PaymentRow) if p.id == payment)
    assert (row.currency, row.amount_minor, row.received_minor) == ("USD", 108_000, None)


async def test_money_entered_by_hand_is_known_by_what_arrived(db: Database, scene: Scene) -> None:
    acme = await abroad(scene)
    entry = ManualEntry("1080.00", "USD", "2026-03-10", "wire 7", customer_id=acme)
    async with db.begin() as session:
        made = await enter_payment(session, entry, BOB, NOW)
    payment = getattr(made, "payment_id", 0)
    assert await booked(db, payment, "1000.00") == Acted(payment)
    async with db.begin() as session:
        (known,) = await entered_by_hand(session, "USD", 108_000, NOW.date(), NOW.date())
        assert known.id == payment
        again = await enter_payment(session, entry, BOB, NOW)
    assert (getattr(again, "payment_id", 0), getattr(again, "created", True)) == (payment, False)


@pytest.mark.parametrize(
    ("arrived", "booked_", "rate", "left"),
    [
        ("1080.00 USD", "1000.00 EUR", "1.08", 0),
        ("1083.46 USD", "1000.00 EUR", "1.08346", 0),
        ("1234567.89 USD", "1139999.99 EUR", "1.082954", 34),
        ("100.00 USD", "15000 JPY", "0.006667", -1),
        ("3250.00 USD", "1000.125 KWD", "3.24959", 0),
    ],
)
def test_the_rate_is_what_arrived_for_a_unit(
    arrived: str, booked_: str, rate: str, left: int
) -> None:
    ours, theirs = (Money.parse(*text.split()) for text in (arrived, booked_))
    assert (bank_rate(ours, theirs), rounding(ours, theirs).minor) == (rate, left)


def test_a_fee_that_goes_by_itself_is_rounded_by_itself() -> None:
    arrived, fee = Money(380_418, "USD"), Money(1_500, "EUR")
    assert rounding(arrived, eur("3199.34")) == Money(0, "USD")
    assert rounding(arrived, eur("3199.34"), fee) == Money(1, "USD")

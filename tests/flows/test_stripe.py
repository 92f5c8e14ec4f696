"""Stripe's events become receipts once, and what goes back is taken back once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from effects.kinds_journal import PostJournal
from flows import stripe
from flows.cash import match_payment
from flows.cash_books import CashBooks, Ledger
from sources.stripe.reader import StripeUnavailable
from store.effects import EffectRow
from store.engine import Database
from store.inbox import SourceEventRow
from store.payouts import PayoutLineRow, PayoutRow
from store.receivables import PaymentRow
from tests.flows.scene import NOW, Scene, desk
from tests.flows.stripes import (
    CHARGE,
    DISPUTE,
    FUNDED,
    INTENT,
    LINE,
    PAYOUT,
    REFUND,
    Stripe,
    arrives,
    handled,
    told,
)


@pytest.mark.parametrize("order", [("charge", "intent"), ("intent", "charge")])
async def test_charge_and_intent_are_one_receipt(
    db: Database, scene: Scene, order: tuple[str, str]
) -> None:
    acme = await scene.customer(stripe="cus_1")
    for name in order:
        thing = CHARGE if name == "charge" else INTENT
        await told(db, f"{thing['object']}.succeeded", thing)
    (row,) = await scene.all(PaymentRow)
    assert (row.source, row.source_id, row.amount_minor) == ("stripe", "pi_1", 10000)
    assert (row.customer_id, row.named_by, row.payer_name) == (acme, "stripe", "ACME CORP")
    assert {r["text"] for r in row.references_told} == {"4711", "INV-7", "Payment of INV-1001"}
    assert await scene.jobs("payments.match") == [{"payment_id": row.id}]
    assert {e.state for e in await scene.all(SourceEventRow)} == {"handled"}


async def test_the_event_is_believed_in_nothing_but_where_to_look(
    db: Database, scene: Scene
) -> None:
    event = await arrives(db, "evt_1", "charge.succeeded", CHARGE | {"amount_captured": 99})
    await handled(db, event, Stripe(CHARGE))
    (row,) = await scene.all(PaymentRow)
    assert (row.amount_minor, row.customer_id) == (10000, None)


async def test_a_handled_event_is_not_read_again(db: Database) -> None:
    event = await arrives(db, "evt_1", "charge.succeeded", CHARGE)
    world = Stripe(CHARGE)
    assert await handled(db, event, world) == "recorded"
    assert await handled(db, event, world) == "known"
    assert world.asked == 1


async def test_stripe_away_leaves_the_event_pending(db: Database, scene: Scene) -> None:
    event = await arrives(db, "evt_1", "charge.succeeded", CHARGE)
    with pytest.raises(StripeUnavailable):
        await handled(db, event, Stripe())
    (row,) = await scene.all(SourceEventRow)
    assert row.state == "pending"
    assert await handled(db, event, Stripe(CHARGE)) == "recorded"


async def test_other_events_and_nonsense_are_settled(db: Database, scene: Scene) -> None:
    other = await arrives(db, "evt_1", "customer.created", {"object": "customer", "id": "cus_1"})
    assert await handled(db, other, Stripe()) == "handled"
    odd = await arrives(db, "evt_2", "charge.succeeded", {"object": "charge", "id": "../../etc"})
    assert await handled(db, odd, Stripe()) == "quarantined"
    assert await scene.all(PaymentRow) == []


async def test_refunded_before_it_was_recorded_is_no_receipt_and_a_person_is_told(
    db: Database, scene: Scene
) -> None:
    gone = CHARGE | {"amount_refunded": 10000}
    assert await told(db, "charge.succeeded", gone) == "no_receipt"
    assert await scene.all(PaymentRow) == []
    (item,) = await scene.items()
    assert "the charge was refunded" in item.title


async def test_the_invoice_and_the_checkout_page_behind_a_payment_name_it_too(
    db: Database, scene: Scene
) -> None:
    bare = INTENT | {"metadata": {}, "description": None, "latest_charge": None}
    by_intent = {"type": "payment_intent", "payment_intent": "pi_1"}
    billed = {"id": "in_1", "object": "invoice", "number": "A-77", "metadata": {}}
    paid = {"id": "inpay_1", "object": "invoice_payment", "payment": by_intent, "invoice": "in_1"}
    page = {
        "id": "cs_1",
        "object": "checkout.session",
        "payment_intent": "pi_1",
        "client_reference_id": "INV-8",
    }
    assert await told(db, "payment_intent.succeeded", bare) == "recorded"
    assert await told(db, "invoice_payment.paid", paid, bare, billed) == "told_more"
    assert await told(db, "checkout.session.completed", page, bare) == "told_more"
    assert await told(db, "charge.updated", CHARGE | {"metadata": {}}) == "told_more"
    (row,) = await scene.all(PaymentRow)
    texts = [r["text"] for r in row.references_told]
    assert texts == ["A-77", "INV-8", "Payment of INV-1001"]


async def test_a_bank_transfer_is_the_receipt_and_what_it_pays_is_none(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer(stripe="cus_1")
    kind = "customer_cash_balance_transaction.created"
    assert await told(db, kind, FUNDED) == "recorded"
    from_balance = {"payment_method_details": {"type": "customer_balance"}}
    assert await told(db, "charge.succeeded", CHARGE | from_balance) == "no_receipt"
    (row,) = await scene.all(PaymentRow)
    assert (row.source_id, row.customer_id) == ("ccsbtxn_1", acme)
    back = FUNDED | {"id": "ccsbtxn_2", "type": "funding_reversed", "net_amount": -5000}
    assert await told(db, kind, back) == "taken"
    (row,) = await scene.all(PaymentRow)
    assert row.state == "reversed"


async def _matched(db: Database, scene: Scene) -> PaymentRow:
    acme = await scene.customer(stripe="cus_1")
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    plain = CHARGE | {"metadata": {}}
    await told(db, "charge.succeeded", plain)
    (payment,) = await scene.all(PaymentRow)
    async with db.begin() as session:
        await match_payment(session, desk(), payment.id, NOW)
    return payment


async def test_a_refund_before_posting_withdraws_it_and_its_failure_restores_it(
    db: Database, scene: Scene
) -> None:
    await _matched(db, scene)
    whole = REFUND | {"amount": 10000}
    assert await told(db, "refund.created", whole) == "taken"
    assert await told(db, "charge.refund.updated", whole) == "known"
    (payment,) = await scene.all(PaymentRow)
    (effect,) = await scene.all(EffectRow)
    assert (payment.state, effect.state) == ("reversed", "superseded")
    assert await told(db, "refund.failed", whole | {"status": "failed"}) == "given_back"
    (payment,) = await scene.all(PaymentRow)
    assert payment.state == "received"


async def test_an_inquiry_takes_nothing_and_the_dispute_after_it_does(
    db: Database, scene: Scene
) -> None:
    await _matched(db, scene)
    inquiry = DISPUTE | {"status": "warning_needs_response", "balance_transactions": []}
    assert await told(db, "charge.dispute.created", inquiry) == "nothing_yet"
    (payment,) = await scene.all(PaymentRow)
    assert payment.state != "reversed"
    assert await told(db, "charge.dispute.funds_withdrawn", DISPUTE) == "taken"
    (payment,) = await scene.all(PaymentRow)
    assert payment.state == "reversed"


async def test_money_back_of_a_payment_nobody_recorded_is_told_once(
    db: Database, scene: Scene
) -> None:
    assert await told(db, "charge.dispute.created", DISPUTE) == "unknown_receipt"
    assert await told(db, "charge.dispute.updated", DISPUTE) == "known"
    (item,) = await scene.items()
    assert "100.00 USD was disputed" in item.title


async def test_a_debit_that_fails_late_is_taken_back_whichever_event_tells(
    db: Database, scene: Scene
) -> None:
    await _matched(db, scene)
    failed = CHARGE | {"status": "failed", "paid": False, "failure_code": "R01"}
    assert await told(db, "charge.failed", failed) == "taken"
    unpaid = INTENT | {"status": "requires_payment_method", "latest_charge": failed}
    assert await told(db, "payment_intent.payment_failed", unpaid) == "known"
    (payment,) = await scene.all(PaymentRow)
    assert (payment.state, payment.return_code) == ("reversed", "failure:R01")


async def test_a_payout_is_kept_with_its_lines_and_no_receipt(db: Database, scene: Scene) -> None:
    await told(db, "charge.succeeded", CHARGE)
    (payment,) = await scene.all(PaymentRow)
    line = LINE | {"object": "balance_transaction", "payout": "po_1"}
    early = PAYOUT | {"status": "pending", "reconciliation_status": "in_progress"}
    assert await told(db, "payout.created", early) == "payout"
    assert await told(db, "payout.reconciliation_completed", PAYOUT, line) == "payout"
    assert await told(db, "payout.updated", PAYOUT, line) == "payout"
    (row,) = await scene.all(PayoutRow)
    assert (row.amount_minor, row.fee_minor, row.difference_minor) == (9680, 320, 0)
    assert (row.trace, row.status) == ("TRACE1", "paid")
    (kept,) = await scene.all(PayoutLineRow)
    assert (kept.payment_id, kept.net_minor) == (payment.id, 9680)
    assert len(await scene.all(PaymentRow)) == 1
    assert await scene.items() == []


async def test_a_payout_that_fails_or_does_not_add_up_is_told(db: Database, scene: Scene) -> None:
    line = LINE | {"object": "balance_transaction", "payout": "po_1"}
    off = PAYOUT | {"amount": 9700}
    await told(db, "payout.reconciliation_completed", off, line)
    failed = off | {"status": "failed", "failure_code": "account_closed"}
    await told(db, "payout.failed", failed, line)
    titles = sorted(item.title for item in await scene.items())
    assert len(titles) == 2
    assert "its transactions leave 0.20 USD unexplained" in titles[1]
    assert "failed (account_closed)" in titles[0]
    (row,) = await scene.all(PayoutRow)
    assert (row.status, row.difference_minor) == ("failed", 20)


async def test_an_explained_payout_is_proposed_as_a_journal_once_a_clearing_account_is_named(
    db: Database, scene: Scene
) -> None:
    line = LINE | {"object": "balance_transaction", "payout": "po_1"}
    named = CashBooks(
        clearing=Ledger("91", "Stripe Clearing"),
        bank=Ledger("92", "Bank"),
        fee=Ledger("93", "Fees"),
    )
    own = replace(desk(), cash=named)
    for name in ("evt_1", "evt_2"):
        event = await arrives(db, name, "payout.reconciliation_completed", PAYOUT)
        await stripe.handle(db, own, event, Stripe(PAYOUT, line), NOW)
    (effect,) = await scene.all(EffectRow)
    journal = PostJournal.from_payload(effect.payload)
    moved = {one.account_netsuite_id: one.signed.minor for one in journal.lines}
    assert moved == {"92": 9680, "93": 320, "91": -10000}
    assert journal.posted_on.isoformat() == "2026-03-09"
    (row,) = await scene.all(PayoutRow)
    assert row.effect_id == effect.id

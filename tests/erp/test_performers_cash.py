"""Cash as it is booked: discounts, credits, deposits, write-offs, returns and refunds."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from domain.ledger.money import Money
from effects.kinds import (
    AppliedAmount,
    Effect,
    PostCustomerPayment,
    PostJournal,
    ReversePayment,
    UsedCredit,
)
from effects.lifecycle import EffectState
from effects.outcomes import Changed, Done, NotNow, Refused, Unchanged
from effects.performer import Ended, perform
from erp.netsuite.client import Written
from erp.netsuite.connection import RECORDS
from erp.netsuite.wire import reference
from erp.port import ErpInvoice, ErpSettlement
from store.effects import EffectRow, effect
from store.engine import Database
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from store.settlements import SettlementRow
from tests.erp.stage import BAD_DEBT, BANK, DAY, FEES, PERFORMERS, RECEIVABLE, Stage, staged


@pytest.fixture
async def stage(db: Database) -> AsyncGenerator[Stage]:
    async with staged(db) as ready:
        yield ready


async def act(stage: Stage, *effects: Effect) -> None:
    """Carry effects out and record them, one after the other."""
    for one in effects:
        assert await stage.still_true(one) == Unchanged()
        done = await stage.hands(one).act(one)
        assert isinstance(done, Done), done
        await stage.record(one, done)


async def open_in_erp(stage: Stage, netsuite_id: str) -> Money:
    (found,) = await stage.netsuite.erp.documents([netsuite_id])
    assert isinstance(found, ErpInvoice | ErpSettlement)
    return found.open


async def mirrored(stage: Stage, place: int) -> Money:
    async with stage.db.read() as session:
        row = await session.get(InvoiceRow, stage.invoices[place].id)
    assert row is not None
    return Money(row.open_minor, row.currency)


def balanced(stage: Stage) -> bool:
    """Whether every transaction's ledger lines sum to nothing."""
    sql = (
        'SELECT "transaction" FROM transactionaccountingline GROUP BY "transaction"'
        " HAVING SUM(amount) <> 0"
    )
    return stage.netsuite.account.store.rows(sql) == []


async def receipt(
    stage: Stage, amount: str, lines: tuple[AppliedAmount, ...], **rest: Any
) -> PostCustomerPayment:
    """A receipt of that amount less its fee, and its posting."""
    whole = stage.money(amount)
    told = PostCustomerPayment(
        payment_id=1, source="bank", source_id="w1", customer_id=stage.customer.id,
        customer_netsuite_id=stage.customer.netsuite_id, amount=whole, received_on=DAY,
        applications=lines, external_id="dw-pay-stage", **rest,
    )  # fmt: skip
    async with stage.db.begin() as session:
        row = PaymentRow(
            source="bank", source_id="w1", currency=whole.currency, received_on=DAY,
            amount_minor=told.received.minor, unapplied_minor=told.received.minor,
        )  # fmt: skip
        session.add(row)
        await session.flush()
    return replace(told, payment_id=row.id)


async def test_a_payment_with_fee_discount_and_credits(stage: Stage) -> None:
    memo, earlier = await stage.credit_memo("7"), await stage.on_account("5")
    before = await open_in_erp(stage, stage.invoices[1].netsuite_id)
    line = replace(stage.applied(1, stage.money("30")), discount=stage.money("1"))
    payment = await receipt(
        stage, "20", (line,), fee=stage.money("2"), credits=(memo, earlier),
        account_netsuite_id="16", ar_account_netsuite_id="2", check_number="1007",
    )  # fmt: skip
    await act(stage, payment)
    left = await open_in_erp(stage, stage.invoices[1].netsuite_id)
    assert left == before - stage.money("31") == await mirrored(stage, 1)
    for used in (memo, earlier):
        assert not await open_in_erp(stage, used.netsuite_id)
    async with stage.db.read() as session:
        row = await session.get(PaymentRow, payment.payment_id)
        found = await session.exec(
            select(ApplicationRow.amount_minor).where(
                ApplicationRow.payment_id == payment.payment_id
            )
        )
        assert found.all() == [1900]
    assert row is not None
    assert (row.state, row.unapplied_minor, row.erp_amount_minor) == ("posted", 200, 2000)
    assert balanced(stage)
    assert await stage.still_true(payment) == Unchanged()


async def test_what_stands_otherwise_is_told(stage: Stage) -> None:
    payment = await receipt(stage, "20", (stage.applied(1, stage.money("20")),))
    await act(stage, payment)
    for change, words in (
        ({"account_netsuite_id": "16"}, "account nothing instead of 16"),
        ({"exchange_rate": "7.5"}, "exchange rate 1 instead of 7.5"),
        (
            {"applications": (replace(payment.applications[0], discount=stage.money("1")),)},
            "discount nothing instead of",
        ),
    ):
        seen = await stage.hands(payment).act(replace(payment, **change))
        assert isinstance(seen, Refused)
        assert words in seen.reason


@pytest.mark.parametrize("kind", ["payment", "deposit"])
async def test_a_credit_of_any_kind_settles_an_invoice(stage: Stage, kind: str) -> None:
    credit = await (stage.on_account("9") if kind == "payment" else stage.deposit("9"))
    before = await open_in_erp(stage, stage.invoices[1].netsuite_id)
    use = stage.credited(credit)
    await act(stage, use, use)
    assert await mirrored(stage, 1) == before - stage.money("9")
    assert not await open_in_erp(stage, credit.netsuite_id)
    stood = use.applications if kind == "payment" else ()
    again = stage.credited(credit, occasion="2", external_id="dw-app-second", before=stood)
    moved = await stage.still_true(again)
    assert isinstance(moved, Changed)
    assert "has only 0" in moved.reason
    assert balanced(stage)


async def test_a_small_balance_is_written_off_by_a_journal_and_its_application(
    stage: Stage,
) -> None:
    before = await open_in_erp(stage, stage.invoices[1].netsuite_id)
    amount = stage.money("0.40")
    journal = stage.journal("0.40", (BAD_DEBT, RECEIVABLE), purpose="write_off")
    await act(stage, journal)
    await stage.done(journal)
    use = stage.credited(
        UsedCredit("journal", 0, "", "", amount),
        credit_external_id=journal.external_id,
        waits_for=journal.key(),
    )
    await act(stage, use, use)
    assert await mirrored(stage, 1) == before - amount
    async with stage.db.read() as session:
        found = await session.exec(select(SettlementRow).where(SettlementRow.kind == "journal"))
        row = found.one()
    assert (row.external_id, row.open_minor, row.status) == ("dw-jrn-stage", 0, "applied")
    assert balanced(stage)


async def test_a_returned_payment_opens_its_invoice_with_the_discount(stage: Stage) -> None:
    """The mirror knows 11.00 as settled: 10.00 of money and 1.00 of discount."""
    named = str(stage.payment.netsuite_id)
    line = {"doc": reference(stage.invoices[0].netsuite_id), "amount": 10, "disc": 1}
    path = f"{RECORDS}/customerPayment/{named}"
    changed = await stage.netsuite.erp.client.change(path, {}, {"apply": {"items": [line]}})
    assert isinstance(changed, Written)
    before = await open_in_erp(stage, stage.invoices[0].netsuite_id)
    both = (stage.applied(0, stage.money("11")),)
    back = await stage.returned(before=both)
    await act(stage, back, back)
    assert await mirrored(stage, 0) == before + stage.money("11")
    stands = await stage.netsuite.erp.read_payment(named)
    assert stands is not None
    assert [amount for _, amount in stands.applications] == [stage.money("10")]
    assert stands.discounts == ()
    async with stage.db.read() as session:
        row = await session.get(PaymentRow, stage.payment.id)
    assert row is not None
    assert row.return_code == "R01"
    assert balanced(stage)


async def test_a_refund_pays_out_payments_and_deposits_once(stage: Stage) -> None:
    sources = (await stage.on_account("6"), await stage.deposit("4"))
    refund = stage.refunded(*sources)
    await act(stage, refund, refund)
    for source in sources:
        assert not await open_in_erp(stage, source.netsuite_id)
    again = await stage.still_true(replace(refund, occasion="2", external_id="dw-ref-second"))
    assert isinstance(again, Changed)
    assert balanced(stage)


async def test_a_parent_pays_for_a_child_and_nobody_for_a_stranger(stage: Stage) -> None:
    client = stage.netsuite.erp.client
    path = f"{RECORDS}/customer"
    child = stage.netsuite.account.store.row(
        "SELECT currency, _subsidiary FROM customer WHERE id = ?",
        (int(stage.customer.netsuite_id),),
    )
    assert child is not None
    body = {
        "companyName": "Holding",
        "currency": {"id": str(child["currency"])},
        "subsidiary": {"id": str(child["_subsidiary"])},
    }
    made = await client.create(path, body)
    assert isinstance(made, Written)
    payment = await receipt(stage, "20", (stage.applied(1, stage.money("20")),))
    parents = replace(payment, customer_netsuite_id=made.netsuite_id)
    stranger = await stage.still_true(parents)
    assert isinstance(stranger, Changed)
    assert "belongs to another customer" in stranger.reason
    own = f"{path}/{stage.customer.netsuite_id}"
    await client.change(own, {}, {"parent": reference(made.netsuite_id)})
    await act(stage, parents)


async def test_what_waits_is_taken_up_when_the_other_is_done(stage: Stage) -> None:
    fee = stage.journal("2", (FEES, BANK))
    follows = stage.journal("3", (FEES, BANK), occasion="2", external_id="dw-jrn-2",
                            waits_for=fee.key())  # fmt: skip
    assert isinstance(await stage.still_true(follows), Changed)
    first, second = await stage.done(fee, "approved"), await stage.done(follows, "approved")
    assert isinstance(await stage.still_true(follows), NotNow)
    hands = {
        PostJournal.kind: PERFORMERS[PostJournal.kind](stage.netsuite.erp, stage.netsuite.clock)
    }
    for effect_id, state, wakes in ((second, "approved", True), (first, "done", False),
                                    (second, "done", False)):  # fmt: skip
        ended = await perform(stage.db, effect_id, hands, stage.netsuite.clock)
        assert ended == Ended(EffectState(state))
        waiting = await _row(stage, second)
        assert (waiting.next_at is not None) is wakes


async def _row(stage: Stage, effect_id: int) -> EffectRow:
    async with stage.db.read() as session:
        row = await effect(session, effect_id)
    assert row is not None
    return row


async def test_a_companion_of_what_will_never_happen_ends(stage: Stage) -> None:
    fee = stage.journal("2", (FEES, BANK))
    await stage.done(fee, "rejected")
    back = ReversePayment.from_payload(
        (await stage.returned()).payload() | {"waits_for": fee.key()}
    )
    seen = await stage.still_true(back)
    assert isinstance(seen, Changed)
    assert "is rejected" in seen.reason
    unset = stage.journal("2", (("", "Bank Fees"), BANK), occasion="9")
    assert await stage.still_true(unset) == Changed("no account is set for Bank Fees")
    stage.netsuite.do("period", on=DAY.isoformat(), closed=True)
    assert isinstance(await stage.still_true(stage.journal("2", (FEES, BANK))), Changed)

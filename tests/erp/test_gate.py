"""Through the gate: a lost answer is found again, and the receipt is posted exactly once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.lifecycle import EffectState
from effects.performer import Ended, perform
from effects.policy import ApprovalPolicy, KindPolicy, Limits, Rule
from effects.propose import Because, propose
from erp.performers import PostCustomerPaymentPerformer
from flows.sync.passes import first_import
from store.engine import Database
from store.receivables import InvoiceRow, PaymentRow
from tests.erp.account import START, connected, small_company
from tests.erp.test_performers import PAYMENTS, receipt

COMPANY = small_company()


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_dropped_connection_ends_in_one_payment(db: Database, moment: str) -> None:
    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START)
        effect = await receipt(db)
        most = Limits((Money(10**12, effect.amount.currency),))
        rule = Rule("anything", "automatic", up_to=most)
        policy = ApprovalPolicy(
            name="tests", kinds={effect.kind: KindPolicy(rules=(rule,), automatic_day=most)}
        )
        async with db.begin() as session:
            proposed = await propose(
                session,
                effect,
                policy=policy,
                because=Because("tests", {}),
                by=Actor(ActorKind.SYSTEM, "tests"),
                now=START,
            )
        assert proposed.state is EffectState.APPROVED
        looks = (timedelta(microseconds=1),)
        hands = {
            effect.kind: PostCustomerPaymentPerformer(netsuite.erp, netsuite.clock, looks=looks)
        }
        netsuite.fault(what="drop", moment=moment, path=PAYMENTS)
        states = []
        for _ in range(3):
            run = await perform(db, proposed.effect_id, hands, netsuite.clock)
            assert isinstance(run, Ended)
            states.append(run.state)
            if run.state is EffectState.DONE:
                break
        again = [EffectState.APPROVED] if moment == "before" else []
        assert states == [EffectState.UNKNOWN, *again, EffectState.DONE]
        assert len(netsuite.posted()) == 1
        async with db.read() as session:
            payment = await session.get(PaymentRow, effect.payment_id)
            invoice = await session.get(InvoiceRow, effect.applications[0].invoice_id)
        assert payment is not None
        assert invoice is not None
        assert payment.state == "posted"
        assert payment.netsuite_id == str(netsuite.posted()[0]["id"])
        assert invoice.status == "paid"

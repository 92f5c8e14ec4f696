"""Acts on cash at the gate: never without their accounts, and refunds never by themselves."""

from __future__ import annotations

import pytest

from domain.ledger.money import Money
from effects import decide
from effects.answers import Approved, Refusal, RefusalCode
from effects.kinds import AppliedAmount, Effect, PostCustomerPayment, amount_of, waits_for
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from store.engine import Database
from tests.effects import cash_contents as cash
from tests.effects.outside import BEN, CLEO, NOW, offer

LAX = ApprovalPolicy(
    "lax",
    {
        kind: KindPolicy((Rule("all by itself", "automatic"),))
        for kind in ("post_journal", "refund_customer", "apply_credit")
    },
)


@pytest.mark.parametrize(
    ("effect", "state"),
    [
        (cash.journal(), "approved"),
        (cash.used(), "approved"),
        (cash.journal(""), "proposed"),
        (cash.refund(), "proposed"),
    ],
)
async def test_what_happens_by_itself(db: Database, effect: Effect, state: str) -> None:
    assert (await offer(db, effect, policy=LAX)).state == state


@pytest.mark.parametrize("effect", [cash.journal(""), cash.refund(account_netsuite_id="")])
async def test_nothing_is_approved_without_its_account(db: Database, effect: Effect) -> None:
    made = await offer(db, effect, policy=LAX)
    async with db.begin() as session:
        answer = await decide.approve(session, made.effect_id, effect.fingerprint(), CLEO, LAX, NOW)
    assert isinstance(answer, Refusal)
    assert answer.code is RefusalCode.FORBIDDEN
    assert "no account is set" in answer.message


async def test_a_refund_is_a_controllers(db: Database) -> None:
    effect = cash.refund()
    made = await offer(db, effect, policy=LAX)
    answers = []
    for person in (BEN, CLEO):
        async with db.begin() as session:
            answers.append(
                await decide.approve(
                    session, made.effect_id, effect.fingerprint(), person, LAX, NOW
                )
            )
    assert isinstance(answers[0], Refusal)
    assert answers[1] == Approved(made.effect_id)


@pytest.mark.parametrize(
    ("effect", "key", "title", "amount"),
    [
        (cash.received(), "payment:bank:w1", "Customer payment of 100.00 USD for INV-1, INV-2",
         "100"),
        (cash.used(), "apply_credit:credit_memo:81:1", "credit memo CM-1 set against INV-1", "30"),
        (cash.freed(), "unapply:91:1", "Payment PYMT-3 taken off INV-1", "100"),
        (cash.returned(), "reverse:91:1", "Payment PYMT-3 came back (R01): INV-1 open again",
         "100"),
        (cash.refund(), "refund:7:1", "Refund of 40.00 USD out of credit memo CM-1", "40"),
        (cash.journal(), "journal:bank_fee:bank:w1", "Journal of 2.00 USD: fee of w1", "2"),
    ],
)  # fmt: skip
def test_key_title_and_amount(effect: Effect, key: str, title: str, amount: str) -> None:
    assert (effect.key(), effect.title()) == (key, title)
    assert amount_of(effect) == cash.usd(amount)


def test_what_a_payment_keeps() -> None:
    payment = cash.received()
    assert (payment.received, payment.unapplied) == (cash.usd("98"), cash.usd("4"))
    assert payment.applications[1].settled == cash.usd("48")
    assert waits_for(cash.returned()) == "journal:return:1"
    assert waits_for(payment) == ""


TWICE = (cash.applied(1, "1"), cash.applied(1, "2"))
MINUS = cash.applied(1, "9", "-1")
EURO = AppliedAmount(1, "71", "INV-1", Money(100, "EUR"))


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (lambda: cash.received(applications=TWICE, credits=()), "named once"),
        (lambda: cash.received(applications=(EURO,), credits=()), "currency of the payment"),
        (lambda: cash.received(credits=(cash.credit("147"),)), "used up"),
        (lambda: cash.received(credits=(cash.credit("9"), cash.credit("8"))), "named once"),
        (lambda: cash.received(fee=cash.usd("100.01")), "part of what is booked"),
        (lambda: cash.received(applications=(cash.applied(1, "151"),)), "within the payment"),
        (lambda: cash.received(applications=(MINUS,), credits=()), "discount is positive"),
        (lambda: cash.used(credit=cash.credit("31")), "what is applied of it"),
        (lambda: cash.used(credit=cash.credit("30", "deposit")), "external id"),
        (lambda: cash.used(credit=cash.credit("30", netsuite_id="")), "external id until then"),
        (lambda: cash.used(applications=(cash.applied(1, "30", "1"),)), "without discount"),
        (lambda: cash.freed(removed=()), "taken off"),
        (lambda: cash.returned(waits_for=""), "rests on a journal"),
        (lambda: cash.returned(before=(cash.applied(1, "59"),)), "no more is taken off"),
        (lambda: cash.refund(amount=cash.usd("39")), "sum of what it is paid out of"),
        (lambda: cash.refund(sources=()), "paid out of something"),
        (lambda: cash.journal(lines=cash.journal().lines[:1]), "two lines"),
    ],
)  # fmt: skip
def test_what_cannot_be(broken: object, words: str) -> None:
    assert callable(broken)
    with pytest.raises(ValueError, match=words):
        broken()


def test_an_older_payload_is_still_read() -> None:
    plain = cash.received(credits=(), fee=None, applications=(), account_netsuite_id="")
    raw = plain.payload()
    for name in ("credits", "fee", "account_netsuite_id", "ar_account_netsuite_id",
                 "exchange_rate", "arrived_by", "check_number"):  # fmt: skip
        raw.pop(name)
    assert PostCustomerPayment.from_payload(raw) == plain

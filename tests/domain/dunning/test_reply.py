from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.actions import Action, AnswerKind, Trigger
from domain.dunning.reading_rules import read_rules
from domain.dunning.reply import (
    AskPerson,
    DateClaim,
    Delay,
    DraftAnswer,
    Escalate,
    Evidence,
    FindPayment,
    Intent,
    PauseUntil,
    PromiseClaim,
    Reading,
    RecordPromise,
    decide,
    escalated,
)
from domain.dunning.standing import PromiseStatus, PromiseToPay, Standing
from domain.ledger.money import Money
from tests.domain.dunning.texts import account

TODAY = date(2026, 3, 10)
HELD = account(
    "INV-10432 1200.00 USD due 2026-03-02",
    "INV-10433 800.00 USD due 2026-03-04",
    "INV-10440 99.00/0.00 USD due 2026-03-01",
    today="2026-03-10",
)
FRIDAY = DateClaim("Friday", (date(2026, 3, 13),))
PROMISE = Reading((Evidence(Intent.PROMISE_TO_PAY, "we pay Friday"),), PromiseClaim((FRIDAY,)))
NOTHING = Standing()


def act(reading: Reading, standing: Standing = NOTHING, *, trusted: bool = True) -> list[Action]:
    return list(decide(reading, HELD, standing, TODAY, trusted=trusted))


def test_a_clear_promise_of_a_trusted_sender_is_recorded() -> None:
    assert act(PROMISE) == [
        RecordPromise(date(2026, 3, 13), (10432, 10433), None, "we pay Friday"),
        DraftAnswer(AnswerKind.THANKS_FOR_PROMISE, (10432, 10433)),
    ]


def test_a_promise_for_named_invoices_covers_only_those() -> None:
    claim = PromiseClaim((FRIDAY,), Money(80000, "USD"), "$800", ("inv-10433",))
    recorded = act(replace(PROMISE, promise=claim))[0]
    assert isinstance(recorded, RecordPromise)
    assert (recorded.invoice_ids, recorded.amount) == ((10433,), Money(80000, "USD"))


BROKEN = PromiseToPay(date(2026, 3, 1), status=PromiseStatus.BROKEN)
DOUBTFUL = [
    replace(PROMISE, promise=PromiseClaim()),
    replace(PROMISE, promise=PromiseClaim((FRIDAY, DateClaim("March 20", (date(2026, 3, 20),))))),
    replace(PROMISE, promise=PromiseClaim((DateClaim("5/4", (TODAY, FRIDAY.dates[0])),))),
    replace(PROMISE, promise=PromiseClaim((DateClaim("Monday 13", ()),))),
    replace(PROMISE, promise=PromiseClaim((DateClaim("June", (date(2026, 6, 1),)),))),
    replace(PROMISE, promise=PromiseClaim((DateClaim("past", (date(2026, 3, 9),)),))),
    replace(PROMISE, promise=PromiseClaim((FRIDAY,), Money(1, "USD"))),
    replace(PROMISE, promise=PromiseClaim((FRIDAY,), Money(80000, "EUR"))),
    replace(PROMISE, promise=PromiseClaim((FRIDAY,), None, "", ("INV-10440",))),
    replace(PROMISE, promise=PromiseClaim((FRIDAY,), None, "", ("INV-77",))),
    replace(PROMISE, unknown_numbers=("INV-77",)),
    replace(PROMISE, intents=(*PROMISE.intents, Evidence(Intent.INVOICE_QUESTION, "?"))),
]


@pytest.mark.parametrize("reading", DOUBTFUL)
def test_a_doubtful_promise_pauses_and_asks(reading: Reading) -> None:
    actions = act(reading)
    assert not any(isinstance(a, RecordPromise) for a in actions)
    assert isinstance(actions[-1], AskPerson)


def test_trust_history_and_open_invoices_matter() -> None:
    assert isinstance(act(PROMISE, trusted=False)[-1], AskPerson)
    assert isinstance(act(PROMISE, Standing(promises=(BROKEN, BROKEN)))[-1], AskPerson)
    assert isinstance(act(PROMISE, Standing(promises=(BROKEN,)))[0], RecordPromise)
    empty = decide(PROMISE, account(), Standing(), TODAY, trusted=True)
    assert isinstance(empty[-1], AskPerson)
    coming = account("INV-1 10.00 USD due 2026-04-30", today="2026-03-10")
    recorded = decide(PROMISE, coming, Standing(), TODAY, trusted=True)[0]
    assert isinstance(recorded, RecordPromise)
    assert recorded.invoice_ids == (1,)


def test_the_amount_of_all_named_invoices_together_fits() -> None:
    reading = replace(PROMISE, promise=PromiseClaim((FRIDAY,), Money(200000, "USD")))
    assert isinstance(act(reading)[0], RecordPromise)


def read(text: str) -> Reading:
    return read_rules(text, HELD, TODAY)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Hello Ana,\n\nall is well. We will pay\nINV-1 on Friday. See you!",
            "We will pay INV-1 on Friday.",
        ),
        ("Guten Tag\n\nWir zahlen am 16. März. Danke.", "Wir zahlen am 16. März."),
        ("x" * 300 + " We will pay on Friday", "will pay on Friday"),
    ],
)
def test_the_quote_of_a_reading_is_the_sentence(text: str, quote: str) -> None:
    assert quote in read(text).span_of(Intent.PROMISE_TO_PAY)


def test_already_paid_looks_for_the_money_pauses_and_asks_for_the_advice() -> None:
    said = "We wired $1,200.00 for INV-10432 on March 3, ref ACH77120."
    search, pause, escalation, draft = act(read(said))
    assert search == FindPayment(
        (date(2026, 3, 3),), Money(120000, "USD"), "ACH77120", (10432,), said
    )
    assert pause == PauseUntil(date(2026, 3, 17), (10432,), "payment_search")
    assert escalation == Escalate(Trigger.PAYMENT_CONFUSION, said, invoice_ids=(10432,))
    assert draft == DraftAnswer(AnswerKind.ASK_REMITTANCE, (10432,))
    unsure = act(read("We already paid INV-10432"), trusted=False)
    assert isinstance(unsure[-1], AskPerson)


@pytest.mark.parametrize(
    "text",
    [
        "We will pay INV-10432 and INV-10433 on Friday.",
        "Payment of $2,000.00 goes out on March 20.",
        "Wir überweisen am 20.03.2026.",
        "Le virement partira vendredi.",
        "Pagaremos el 20 de marzo.",
    ],
)
def test_plain_promises_in_four_languages(text: str) -> None:
    assert isinstance(act(read(text))[0], RecordPromise)


def test_a_long_absence_is_capped() -> None:
    away = act(read("Out of office, back on April 30."))[0]
    assert isinstance(away, Delay)
    assert away.until_on == date(2026, 3, 20)


def test_unknown_and_foreign_numbers_are_seen() -> None:
    reading = read("INV-99999 will be paid on Friday with PO-1, $5.00 and €6.00, $1.2k")
    assert reading.unknown_numbers == ("INV-99999",)
    assert reading.promise.amount is None
    assert reading.span_of(Intent.HARDSHIP) == ""


def test_nothing_read_goes_to_a_person() -> None:
    assert isinstance(act(Reading(()))[0], AskPerson)


RESTRICTIVE = (
    Intent.LEGAL_THREAT, Intent.INSOLVENCY_NOTICE, Intent.BANK_DETAILS_CHANGE,
    Intent.SUSPICIOUS_INSTRUCTION, Intent.STOP_CONTACT, Intent.WRONG_PERSON, Intent.DISPUTE,
)  # fmt: skip


@pytest.mark.parametrize(("worse", "other"), list(product(RESTRICTIVE, Intent)))
def test_the_most_restrictive_intent_wins(worse: Intent, other: Intent) -> None:
    reading = replace(PROMISE, intents=(Evidence(other, "b"), Evidence(worse, "a")))
    actions = act(reading)
    assert not any(isinstance(a, RecordPromise) for a in actions)
    drafted = [a.template for a in actions if isinstance(a, DraftAnswer)]
    assert drafted == [] or (
        worse is Intent.DISPUTE and set(drafted) <= {AnswerKind.DISPUTE_RECEIVED}
    )
    assert escalated(tuple(actions))


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=400))
def test_any_text_is_read_and_every_span_occurs(text: str) -> None:
    reading = read_rules(text, HELD, TODAY)
    assert reading.intents
    assert decide(reading, HELD, Standing(), TODAY, trusted=True)


@given(
    st.lists(st.builds(Evidence, st.sampled_from(list(Intent)), st.text(max_size=20)), max_size=5),
    st.lists(st.builds(DateClaim, st.text(max_size=9), st.tuples(st.dates())), max_size=3),
)
def test_whatever_a_reader_says_a_promise_needs_every_condition(
    intents: list[Evidence], dates: list[DateClaim]
) -> None:
    reading = Reading(tuple(intents), PromiseClaim(tuple(dates)))
    for action in decide(reading, HELD, Standing(), TODAY, trusted=True):
        if isinstance(action, RecordPromise):
            kinds = reading.kinds()
            assert kinds <= {Intent.PROMISE_TO_PAY, Intent.ACKNOWLEDGEMENT, Intent.IN_PROCESS}
            assert len(dates) == 1
            assert 0 <= (action.promised_on - TODAY).days <= 30

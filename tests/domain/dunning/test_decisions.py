"""The decision table: every intent by how far the sender is proven; the strictest prevails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.dunning.actions import (
    Action,
    AnswerKind,
    DraftAnswer,
    Escalate,
    OpenDispute,
    PauseUntil,
    ProposeContact,
    RecordPromise,
    SendDocuments,
    SenderTrust,
    StopAutomation,
    Trigger,
    WithdrawPromises,
    automatic,
    escalated,
)
from domain.dunning.reading import (
    DateClaim,
    DisputeClaim,
    DisputeReason,
    DocumentClaim,
    DocumentKind,
    Evidence,
    Intent,
    NewContact,
    PaidClaim,
    PromiseClaim,
    Promised,
    Reading,
)
from domain.dunning.reply import decide, limited
from domain.dunning.reply_policy import ALWAYS_ON_FILE, ReplyPolicy
from domain.dunning.standing import PromiseToPay, Standing
from domain.ledger.money import Money
from tests.domain.dunning.texts import account

TODAY = date(2026, 3, 10)
HELD = account(
    "INV-1 1200.00 USD due 2026-03-02", "INV-2 800.00 USD due 2026-03-04", today="2026-03-10"
)
FRIDAY = DateClaim("Friday", (date(2026, 3, 13),))
NEXT = DateClaim("20 March", (date(2026, 3, 20),))
# What each intent brings about: sender proven | only the domain known. "!" a person is asked.
TABLE = """
legal_threat           stop_automation ! | stop_automation !
insolvency_notice      stop_automation ! | stop_automation !
bank_details_change    stop_automation ! | stop_automation !
suspicious_instruction !                 | !
stop_contact           suppress_contact ! | suppress_contact !
wrong_person           suppress_contact ! | !
dispute                open_dispute !    | open_dispute !
hardship               pause !           | pause !
payment_plan_request   pause !           | pause !
extension_request      pause !           | pause !
settlement_offer       pause !           | pause !
complaint              pause !           | pause !
already_paid           find_payment pause ! | find_payment !
remittance_advice      find_payment pause | find_payment pause
credit_request         !                 | !
request_document       send_document     | !
submission_requirement !                 | !
payment_method_request !                 | !
invoice_question       !                 | !
promise_conditional    pause             | pause !
promise_vague          pause             | pause !
promise_to_pay         record_promise    | pause !
bounce                 suppress_contact ! | suppress_contact !
out_of_office          delay             | delay
in_process             pause             | pause
acknowledgement                          |
other                  !                 | !
"""
ROWS = [line.split(maxsplit=1) for line in TABLE.strip().splitlines()]


def said(*intents: Intent, **more: Any) -> Reading:
    """A reading of these intents, with a day, a paper and an address to go with them."""
    reading = Reading(
        tuple(Evidence(intent, f"they say {intent.value}") for intent in intents),
        PromiseClaim((FRIDAY,)),
        documents=(DocumentClaim(DocumentKind.STATEMENT, "a statement"),),
        bounced_address="dana@corvel.example",
    )
    return replace(reading, **more)


def act(
    reading: Reading,
    trust: SenderTrust = SenderTrust.PROVEN,
    standing: Standing | None = None,
    policy: ReplyPolicy | None = None,
) -> tuple[Action, ...]:
    return decide(reading, HELD, standing or Standing(), TODAY, trust=trust, policy=policy)


ACTIONABLE = [i for i in Intent if i not in
              (Intent.PROMISE_TO_PAY, Intent.ACKNOWLEDGEMENT, Intent.IN_PROCESS)]  # fmt: skip


@pytest.mark.parametrize("beside", ACTIONABLE)
def test_a_promise_beside_another_matter_is_recorded_by_a_person(beside: Intent) -> None:
    actions = act(said(Intent.PROMISE_TO_PAY, beside))
    assert "record_promise" not in automatic(actions)
    assert escalated(actions)


@pytest.mark.parametrize(("name", "cells"), ROWS, ids=[row[0] for row in ROWS])
def test_each_intent_does_what_the_table_says_for_each_sender(name: str, cells: str) -> None:
    proven, _, domain = cells.partition("|")
    expected = {
        SenderTrust.PROVEN: proven,
        SenderTrust.CONTACT: proven,
        SenderTrust.DOMAIN: domain,
        SenderTrust.STRANGER: "!",
    }
    for trust, cell in expected.items():
        actions = act(said(Intent(name)), trust)
        words = cell.replace("!", "").split()
        assert list(automatic(actions)) == words, (name, trust)
        assert escalated(actions) is ("!" in cell), (name, trust, actions)


def test_every_intent_has_a_row() -> None:
    assert {row[0] for row in ROWS} == {intent.value for intent in Intent}


STRICT = (Intent.LEGAL_THREAT, Intent.INSOLVENCY_NOTICE, Intent.BANK_DETAILS_CHANGE,
          Intent.SUSPICIOUS_INSTRUCTION, Intent.STOP_CONTACT, Intent.WRONG_PERSON)  # fmt: skip


@pytest.mark.parametrize("strict", STRICT)
def test_beside_a_strict_intent_nothing_is_given_and_nothing_strict_is_lost(strict: Intent) -> None:
    alone = act(said(strict))
    for other in Intent:
        both = act(said(other, strict))
        assert not [a for a in both if isinstance(a, RecordPromise | SendDocuments | DraftAnswer)]
        assert {type(a) for a in alone} <= {type(a) for a in both}


def test_a_dispute_opens_a_case_a_reason_on_the_named_invoices_and_takes_promises_back() -> None:
    claims = (
        DisputeClaim(DisputeReason.QUANTITY, "only 8 came", ("INV-1",)),
        DisputeClaim(DisputeReason.PRICING, "the rate should be 90 per our MSA", ("INV-2",)),
    )
    promised = Standing(promises=(PromiseToPay(FRIDAY.dates[0], invoice_ids=(1, 2)),))
    actions = act(said(Intent.DISPUTE, disputes=claims), standing=promised)
    cases = [a for a in actions if isinstance(a, OpenDispute)]
    assert [(c.reason_code, c.invoice_ids) for c in cases] == [
        ("quantity", (1,)),
        ("pricing", (2,)),
    ]
    assert WithdrawPromises((1, 2), "they say dispute") in actions
    (escalation,) = [a for a in actions if isinstance(a, Escalate)]
    assert escalation.trigger is Trigger.CONTRACT_DISCREPANCY


def test_a_dispute_that_names_nothing_holds_everything_until_a_person_has_looked() -> None:
    (case,) = [a for a in act(said(Intent.DISPUTE)) if isinstance(a, OpenDispute)]
    assert case.invoice_ids == ()


def test_a_promise_in_two_parts_is_two_promises() -> None:
    parts = (
        Promised(FRIDAY, Money.parse("1000.00", "USD")),
        Promised(NEXT, Money.parse("1000.00", "USD")),
    )
    actions = act(said(Intent.PROMISE_TO_PAY, promises=parts))
    days = [a.promised_on for a in actions if isinstance(a, RecordPromise)]
    assert days == [date(2026, 3, 13), date(2026, 3, 20)]


def test_two_days_for_the_same_money_are_not_a_firm_promise() -> None:
    half = Promised(FRIDAY, Money.parse("1000.00", "USD"))
    for parts in ((Promised(FRIDAY), Promised(NEXT)), (Promised(FRIDAY), half)):
        actions = act(said(Intent.PROMISE_TO_PAY, promises=parts))
        assert automatic(actions) == ("pause",)
    rest = act(said(Intent.PROMISE_TO_PAY, promises=(half, Promised(NEXT))))
    assert [a.promised_on.day for a in rest if isinstance(a, RecordPromise)] == [13, 20]


def test_a_promise_made_too_often_for_an_invoice_is_read_by_a_person() -> None:
    before = tuple(PromiseToPay(date(2026, 2, day), invoice_ids=(1,)) for day in (1, 8, 15, 22))
    reading = said(Intent.PROMISE_TO_PAY)
    assert automatic(act(reading, standing=Standing(promises=before))) == ("pause",)
    assert automatic(act(reading, standing=Standing(promises=before[:3]))) == ("record_promise",)


def test_papers_on_file_are_sent_and_others_are_asked_for() -> None:
    form = said(
        Intent.REQUEST_DOCUMENT, documents=(DocumentClaim(DocumentKind.TAX_FORM, "send your W-9"),)
    )
    filed = ReplyPolicy(on_file=ALWAYS_ON_FILE | {DocumentKind.TAX_FORM})
    assert automatic(act(form, policy=filed)) == ("send_document",)
    (escalation,) = act(form)
    assert isinstance(escalation, Escalate)
    assert escalation.trigger is Trigger.TAX_FORM_REQUEST


@pytest.mark.parametrize(
    "kind", sorted(set(DocumentKind) - ALWAYS_ON_FILE - {DocumentKind.TAX_FORM})
)
def test_papers_that_are_never_sent_by_themselves_go_to_a_person(kind: DocumentKind) -> None:
    asked = said(Intent.REQUEST_DOCUMENT, documents=(DocumentClaim(kind, "please send it"),))
    (escalation,) = act(asked)
    assert isinstance(escalation, Escalate)
    assert escalation.trigger is Trigger.DOCUMENT_REQUEST


@pytest.mark.parametrize(
    ("intent", "words", "trigger"),
    [
        (Intent.LEGAL_THREAT, "our counsel will contact you", Trigger.LEGAL),
        (Intent.LEGAL_THREAT, "a subject access request under GDPR", Trigger.DATA_SUBJECT),
        (Intent.LEGAL_THREAT, "Auskunft nach Art. 15 DSGVO", Trigger.DATA_SUBJECT),
        (Intent.PAYMENT_METHOD_REQUEST, "the payment link gives 500", Trigger.TECHNICAL_PROBLEM),
        (Intent.OTHER, "der Link funktioniert nicht", Trigger.TECHNICAL_PROBLEM),
        (Intent.OTHER, "could we get pricing for additional seats?", Trigger.PRODUCT_QUESTION),
        (Intent.DISPUTE, "the rate should be 90 per MSA", Trigger.CONTRACT_DISCREPANCY),
        (Intent.DISPUTE, "this is not correct", Trigger.PAYMENT_DISPUTE),
        (Intent.ALREADY_PAID, "we already paid this", Trigger.PAYMENT_CONFUSION),
        (Intent.HARDSHIP, "we cannot pay anybody", Trigger.HARDSHIP),
        (Intent.STOP_CONTACT, "stop writing", Trigger.STOP_CONTACT),
        (Intent.BANK_DETAILS_CHANGE, "our new IBAN", Trigger.BANK_DETAILS),
    ],
)
def test_each_trigger_hands_over_once_by_its_route(
    intent: Intent, words: str, trigger: Trigger
) -> None:
    reading = Reading((Evidence(intent, words),))
    policy = ReplyPolicy(routes={trigger: "legal-team"})
    found = [a for a in act(reading, policy=policy) if isinstance(a, Escalate)]
    assert [(a.trigger, a.route) for a in found] == [(trigger, "legal-team")]


def test_a_trigger_that_is_switched_off_only_asks_but_grave_ones_cannot_be() -> None:
    quiet = ReplyPolicy(triggers=frozenset(), notice=False)
    hardship = act(said(Intent.HARDSHIP), policy=quiet)
    assert not [a for a in hardship if isinstance(a, Escalate)]
    assert escalated(hardship)
    unheard = act(said(Intent.HARDSHIP), policy=ReplyPolicy(routes={Trigger.HARDSHIP: ""}))
    assert [a.notice for a in unheard if isinstance(a, Escalate)] == [False]
    for intent in STRICT[:4]:
        (escalation,) = [a for a in act(said(intent), policy=quiet) if isinstance(a, Escalate)]
        assert escalation.notice
        assert escalation.urgent


def test_an_ordinary_delay_a_simple_question_and_a_confirmation_are_no_reason_to_escalate() -> None:
    for intent, words in (
        (Intent.PROMISE_VAGUE, "we'll pay next week"),
        (Intent.INVOICE_QUESTION, "what is the due date?"),
        (Intent.IN_PROCESS, "it is in today's run"),
    ):
        actions = act(Reading((Evidence(intent, words),)))
        assert not escalated(actions), intent
    answered = act(Reading((Evidence(Intent.INVOICE_QUESTION, "what is the due date?"),)))
    assert answered == (DraftAnswer(AnswerKind.INVOICE_FACTS, (1, 2)),)


def test_who_says_twice_that_it_is_processed_is_not_waited_for_again() -> None:
    again = decide(
        said(Intent.IN_PROCESS), HELD, Standing(), TODAY, trusted=True, in_process_before=True
    )
    assert automatic(again) == ()
    assert escalated(again)


def test_a_reader_in_doubt_gives_nothing_and_asks() -> None:
    for intent in Intent:
        actions = act(said(intent, certain=False))
        assert escalated(actions)
        assert not {"record_promise", "send_document"} & set(automatic(actions))


def test_somebody_new_is_proposed_and_never_believed() -> None:
    named = said(Intent.WRONG_PERSON, new_contact=NewContact("kim@corvel.example", "Kim", "to Kim"))
    assert ProposeContact("kim@corvel.example", "Kim", "to Kim", pauses=True) in act(named)
    known = said(Intent.WRONG_PERSON, new_contact=NewContact("dana@corvel.example"))
    assert not [a for a in act(known) if isinstance(a, ProposeContact)]
    fraud = said(Intent.BANK_DETAILS_CHANGE, new_contact=NewContact("pay@corve1.example"))
    assert not [a for a in act(fraud) if isinstance(a, ProposeContact)]


def test_a_mail_of_another_thread_stops_escalates_or_sets_a_promise_and_does_nothing_else() -> None:
    promise = limited(act(said(Intent.PROMISE_TO_PAY)), related=True)
    assert [type(a) for a in promise] == [RecordPromise]
    for intent in Intent:
        actions = limited(act(said(intent)), related=True)
        stopping = {"stop_automation", "suppress_contact"}
        assert set(automatic(actions)) <= {"record_promise"} | stopping, intent
        assert actions


def test_the_longest_of_two_pauses_stands() -> None:
    paid = PaidClaim(invoice_numbers=())
    both = act(said(Intent.ALREADY_PAID, Intent.COMPLAINT, paid=paid))
    pauses = [a for a in both if isinstance(a, PauseUntil)]
    assert [p.until_on for p in pauses] == [date(2026, 3, 17)]


def test_legal_stops_whatever_else_the_mail_says() -> None:
    actions = act(said(Intent.PROMISE_TO_PAY, Intent.LEGAL_THREAT))
    assert isinstance(actions[0], StopAutomation)

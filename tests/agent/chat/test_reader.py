"""Plain English, typed in many ways, becomes the calls that a model would make."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.brain import ToolCall
from agent.command_reader import (
    Before,
    Pending,
    SmallTalk,
    Understood,
    Unread,
    read_command,
)
from agent.spoken.acts import ACTS
from agent.spoken.amounts import money_said
from agent.spoken.days import days_meant, period_meant

TUESDAY = date(2026, 3, 10)
SAID: dict[str, str] = {
    "what does Acme owe": "account_summary customer=Acme",
    "hows acme doing": "account_summary customer=acme",
    "What is Acme's balance?": "account_summary customer=Acme",
    "what are we owed by Birch & Sons": "account_summary customer=Birch & Sons",
    'what does "First Note" owe': "account_summary customer=First Note",
    "Acme": "account_summary customer=Acme",
    "who is over 60 days and above 10k": "list_overdue over_days=60 least=10k",
    "everyone over 30 days late in euros": "list_overdue over_days=30 currency=EUR",
    "accounts with more than 5000 usd overdue": "list_overdue least=5000 usd",
    "61-90 days": "list_overdue age=61-90",
    "who hasn't paid": "list_overdue",
    "top 5 debtors": "who_owes top=5",
    "how much do we have outstanding": "totals",
    "ageing report": "aging",
    "why did nobody chase INV-1042": "why_not invoice=INV-1042",
    "how come nobody reminded acme": "why_not customer=acme",
    "when will we chase Acme next": "why_not customer=Acme",
    "what did they say": "what_did_they_say",
    "did acme answer our mail": "what_did_they_say customer=acme",
    "what did we send to Acme": "timeline customer=Acme",
    "who promised to pay this week": "promises due=this week",
    "broken promises": "promises state=broken",
    "is Acme disputing anything": "disputes customer=Acme",
    "did Acme pay 12,400?": "find_payments customer=Acme amount=12,400",
    "payments above 10,000 last month": "find_payments least=10,000 when=last month",
    "who's more than two months late": "list_overdue over_days=60",
    "@dunwell pause acme 30 days": "pause customer=acme until=for 30 days",
    "10123": "invoice_lookup invoice=10123",
    "any unapplied cash?": "find_payments state=unmatched",
    "what needs my approval": "waiting",
    "what changed in NetSuite": "drift_findings",
    "can we close October": "close_readiness period=October",
    "what did we recognize in q3": "recognized_revenue period=q3",
    "INV-1042": "invoice_lookup invoice=INV-1042",
    "has invoice 1042 been paid": "invoice_lookup invoice=1042",
    "draft a firmer reminder to Acme": "propose_reminder customer=Acme tone=firm",
    "could you please send a gentle nudge to Acme?": "propose_reminder customer=Acme tone=friendly",
    "Acme paid 12,400 by wire today, ref 88-201": (
        "record_payment customer=Acme amount=12,400 received=today reference=88-201"
    ),
    "got a check for $5,000 from Acme, check 10233": (
        "record_payment customer=Acme amount=$5,000 reference=10233"
    ),
    "pause Globex until Friday": "pause customer=Globex until=Friday",
    "don't chase acme until april 1": "pause customer=acme until=april 1",
    "stop chasing Acme for 30 days because they merge": (
        "pause customer=Acme until=for 30 days reason=they merge"
    ),
    "start chasing acme again": "resume customer=acme",
    "note on Acme: they're moving": "record_note customer=Acme note=they're moving",
    "Acme promised to pay 5,000 by Friday": "record_promise customer=Acme by=Friday amount=5,000",
    "Acme said they'll pay INV-7 today": "record_promise customer=Acme by=today invoice=INV-7",
    "they will pay on Monday": "record_promise by=Monday",
    "assign Acme to Robin": "assign customer=Acme person=Robin",
    "i'll take Acme": "assign customer=Acme person=me",
    "invoice Acme 1,500 for training days": (
        "draft_invoice customer=Acme amount=1,500 product=training days"
    ),
    "draft an invoice for Acme over 500 EUR for onboarding in May": (
        "draft_invoice customer=Acme amount=500 EUR product=onboarding in May"
    ),
    "create an invoice of $2,400.00 to Globex": "draft_invoice customer=Globex amount=$2,400.00",
    "credit 500 on INV-7 for the outage": (
        "propose_credit invoice=INV-7 amount=500 reason=the outage"
    ),
}


@pytest.mark.parametrize("text", SAID)
def test_a_sentence_is_the_call_it_means(text: str) -> None:
    assert told(text) == [SAID[text]]


def told(text: str, before: Before | None = None) -> list[str]:
    command = read_command(text, before or Before())
    assert isinstance(command, Understood), command
    return [
        " ".join([c.name, *(f"{k}={v}" for k, v in c.arguments.items())]) for c in command.calls
    ]


def test_two_questions_in_one_message_are_two_calls() -> None:
    assert told("what does Acme owe, and post the 12,400 wire") == [
        "account_summary customer=Acme",
        "record_payment amount=12,400",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "did Acme pay 500 by wire today?",
        "why is Acme paused until Friday",
        "who sent a reminder to Acme",
        "when will Acme pay 500",
        "did Acme promise to pay on Friday",
        "will they pay on Friday?",
        "has anybody recorded the payment of 500",
        "is there a credit of 500 on INV-7",
    ],
)
def test_a_question_never_acts(text: str) -> None:
    assert not {call.split()[0] for call in told(text)} & set(ACTS)


ELSEWHERE: dict[str, str] = {
    "delete everything": "cannot",
    "approve effect 12": "approve",
    "send all drafts now without approval": "approve",
    "email them all": "everybody",
    "remind everybody": "everybody",
    "refund acme 500": "refund",
    "mark INV-7 as paid": "mark_paid",
    "remind acme on Monday": "later",
    "send a reminder to acme next week": "later",
    "undo that": "undo",
    "send acme a statement": "paper",
    "email the W-9 to acme": "paper",
    "escalate acme to the CFO": "escalate",
    "can you call them": "call",
    "charge interest to acme": "interest",
    "set up a payment plan for acme": "plan",
    "reply to acme that we look into it": "answer",
    "acme disputes INV-7, wrong quantity": "disputed",
    "change the bank account on our invoices to DE89 3704": "bank",
    "give me the netsuite password": "secret",
    "aging for Germany only": "country",
    "show me the second one": "which",
    "acme paid 500 and globex paid 300": "one_amount",
    "credit 50 on INV-7 and 30 on INV-8": "one_amount",
    "switch off reminders for everyone": "stop_all",
}


@pytest.mark.parametrize(("text", "kind"), ELSEWHERE.items())
def test_what_is_not_done_from_here_is_said_so_and_where_it_is_done(text: str, kind: str) -> None:
    found = read_command(text, Before())
    assert isinstance(found, SmallTalk)
    assert found.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "note on Acme: new bank details, they promised to pay on Friday and want a refund",
        "pause Acme until Friday because they promised to pay",
        "draft a reminder to Acme",
        "send a reminder to Acme about INV-7",
        "credit 200 on INV-7 for the refund",
        "remind Acme about all invoices",
        "who promised to pay this week",
        "assign Acme to Robin",
    ],
)
def test_an_act_may_speak_of_what_is_done_elsewhere(text: str) -> None:
    assert isinstance(read_command(text, Before()), Understood)


@pytest.mark.parametrize(
    "text",
    [
        "Acme - why did nobody remind them",
        "Acme, did they pay 500?",
        "INV-7 - when will we chase it",
        "hold on, why did nobody email Acme",
    ],
)
def test_a_question_after_a_name_is_no_act(text: str) -> None:
    found = read_command(text, Before())
    assert isinstance(found, Understood)
    assert not {call.name for call in found.calls} & set(ACTS)


@pytest.mark.parametrize(
    "text",
    [
        "Acme has not paid 4,163.11",
        "Acme hasn't paid 500",
        "I think Acme paid 500",
        "please do not credit 500 on INV-7",
        "if they don't pay by Friday, remind Acme",
        "unless they paid, chase Acme",
        "Acme never promised to pay 500",
        "Acme won't pay 500 by Friday",
        "don't pause Acme",
        "maybe pause Acme?",
        "explain the credit of 50 on INV-7",
        "we shouldn't write off INV-7",
        "do not write off INV-7",
        "will Acme pay 500 by Friday",
        "Acme will check the payment by Friday",
        "Acme said they'll look at the payment by Friday",
        "Acme will call about the 500 on Friday",
        "Acme said they will dispute the payment of 500 by Friday",
        "Acme will settle the dispute by Friday",
        "Acme said they will pay by Friday once the goods arrive",
        "Acme will pay 500 by Friday if we credit 20",
        "Acme said they will try to pay 500 by Friday",
        "Acme hopes they will pay 500 by Friday",
        "Acme will be late with the payment until Friday",
        "Acme promised a decision on payment by Friday",
        "Acme will pay half by Friday",
        "Acme will send the remittance for 500 by Friday",
        "Acme will send payment details by Friday",
        "we paid Acme 500",
        "Acme was paid 500 by us",
        "Acme should have paid 500",
        "Acme claims they paid 500",
        "Acme's wire of 500 was returned",
        "Acme wants a refund of the payment of 500",
    ],
)
def test_what_is_denied_doubted_or_hangs_on_something_is_no_act(text: str) -> None:
    found = read_command(text, Before())
    calls = found.calls if isinstance(found, Understood) else ()
    assert not {call.name for call in calls} & set(ACTS)


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("don't chase Acme until Friday", "pause"),
        ("do not send Acme anything until Friday", "pause"),
        ("write off INV-7, they cannot pay", "propose_write_off"),
        ("remind Acme, they have not paid", "propose_reminder"),
        ("note on Acme: they will not pay", "record_note"),
        ("credit 500 on INV-7 because it did not work", "propose_credit"),
        ("they'll wire it tomorrow", "record_promise"),
        ("Acme just told me they'll pay on Friday", "record_promise"),
        ("Acme promised by Friday to pay the full balance", "record_promise"),
        ("Acme commits to 500 by Friday", "record_promise"),
        ("Acme promised that INV-7 will be paid by Friday", "record_promise"),
        ("Acme says they will send us a wire of 500 on Friday", "record_promise"),
        ("we got 500 from Acme today", "record_payment"),
        ("Acme paid 500, they will send the remittance later", "record_payment"),
    ],
)
def test_a_denial_in_the_reason_leaves_the_act(text: str, tool: str) -> None:
    found = read_command(text, Before())
    assert isinstance(found, Understood)
    assert [call.name for call in found.calls] == [tool]


NAMED: dict[str, str] = {
    'what does "Drift Optique" owe': "account_summary customer=Drift Optique",
    'what did "May Foods" say': "what_did_they_say customer=May Foods",
    'pause "Credit 500 Partners" until Friday': "pause customer=Credit 500 Partners until=Friday",
    'what do "Acme", "Birch" and "Globex" owe': (
        "account_summary customer=Acme; account_summary customer=Birch; "
        "account_summary customer=Globex"
    ),
    '"Acme" and "Birch" paid 500 today': "record_payment amount=500 received=today",
    "payments in October and September": (
        "find_payments when=October; find_payments when=September"
    ),
}


def calls_told(calls: tuple[ToolCall, ...]) -> str:
    return "; ".join(
        " ".join([call.name, *(f"{k}={v}" for k, v in call.arguments.items())]) for call in calls
    )


@pytest.mark.parametrize(("said", "meant"), NAMED.items())
def test_no_word_of_a_name_is_a_word_of_the_question(said: str, meant: str) -> None:
    found = read_command(said, Before())
    assert isinstance(found, Understood)
    assert calls_told(found.calls) == meant


POINTED: dict[str, str] = {
    "what does the second one owe": "account_summary customer=id:9",
    "the first one - why did nobody chase it": "why_not customer=id:7",
    "who is number 2": "account_summary customer=id:9",
    "pause the last one until Friday": "pause invoice=21 until=Friday",
}


@pytest.mark.parametrize(("said", "meant"), POINTED.items())
def test_a_row_of_the_last_list_is_pointed_at(said: str, meant: str) -> None:
    before = Before(tool="who_owes", listed=("id:7", "id:9", "INV21"))
    found = read_command(said, before)
    assert isinstance(found, Understood)
    assert calls_told(found.calls) == meant
    assert read_command("what does the fifth one owe", before) == SmallTalk("which")


def test_what_is_not_understood_is_no_call() -> None:
    assert read_command("please sing me a song about mountains", Before()) == Unread()


def test_a_follow_up_keeps_the_question_and_changes_one_thing() -> None:
    late = Before(tool="list_overdue", arguments={"over_days": 30})
    assert told("only above 20k", late) == ["list_overdue over_days=30 least=20k"]
    assert told("and Globex?", Before(tool="aging")) == ["aging customer=Globex"]


def test_and_another_customer_never_repeats_a_payment() -> None:
    paid = Before(tool="record_payment", arguments={"customer": "Acme", "amount": "500"})
    assert told("and Globex?", paid) == ["account_summary customer=Globex"]


def test_an_answer_to_a_question_completes_its_call() -> None:
    choices = (("id:1", "Birch Foods (C1)"), ("id:2", "Birch Tools (C2)"))
    waits = Before(Pending("pause", {"until": "Friday"}, "customer", choices))
    for text in ("2", "the second one", "tools", "Birch Tools", "c2"):
        assert told(text, waits) == ["pause until=Friday customer=id:2"], text
    assert told("what does Acme owe", waits) == ["account_summary customer=Acme"]
    assert read_command("no", waits) == SmallTalk("cancel")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Friday", "2026-03-13"), ("for two weeks", "2026-03-24"), ("end of month", "2026-03-31"),
        ("the 15th", "2026-03-15"), ("march 20", "2026-03-20"), ("eom", "2026-03-31"),
        ("in 3 business days", "2026-03-13"), ("feb 3", "2027-02-03"),
        ("for a couple of weeks", "2026-03-24"), ("eow", "2026-03-13"),
    ],
)  # fmt: skip
def test_days_to_come_are_resolved_by_code(words: str, day: str) -> None:
    assert [d.isoformat() for d in days_meant(words, TUESDAY)] == [day]


def test_a_day_that_may_be_two_is_two_and_past_days_lie_behind() -> None:
    assert len(days_meant("3/4/2026", TUESDAY)) == 2
    assert len(days_meant("next friday", TUESDAY)) == 2
    assert days_meant("feb 3", TUESDAY, past=True) == (date(2026, 2, 3),)
    assert days_meant("Friday", TUESDAY, past=True) == (date(2026, 3, 6),)
    october = period_meant("in October", TUESDAY)
    assert october is not None
    assert (october.first, october.last) == (date(2025, 10, 1), date(2025, 10, 31))


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("12,400", "USD", "12,400.00 USD"), ("$5k", "EUR", "5,000.00 USD"),
        ("1.234,56 eur", "USD", "1,234.56 EUR"), ("12.400", "USD", "12,400.00 USD"),
        ("¥110000", "USD", "110,000 JPY"), ("1.2m", "GBP", "1,200,000.00 GBP"),
        ("12.400", "KWD", "None"), ("10.005", "JPY", "10,005 JPY"), ("88-201", "USD", "None"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_written_or_not_at_all(text: str, currency: str, amount: str) -> None:
    assert str(money_said(text, currency)) == amount


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.sampled_from(sorted(SAID)))
def test_no_text_breaks_the_reader(noise: str, known: str) -> None:
    for text in (noise, known + noise, noise + known):
        read_command(text, Before(tool="list_overdue"))

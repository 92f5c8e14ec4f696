"""The rule reader: plain sentences in eight languages, look-alikes, what it must never do."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.guarding.letters import plain
from domain.dunning.reading import DisputeReason, DocumentKind, Intent, Reading
from domain.dunning.reading_nets.tables import every_table
from domain.dunning.reading_rules import read_rules
from evals.reply_record import known_intent
from tests.domain.dunning.texts import account

TODAY = date(2026, 3, 10)
ACCOUNT = account(
    "INV-1001 500.00 USD due 2026-03-01", "INV-1002 900.00 USD due 2026-03-02", today="2026-03-10"
)
PLAIN = Path(__file__).with_name("plain_replies.txt").read_text(encoding="utf-8").splitlines()
PROMISES = {Intent.PROMISE_TO_PAY, Intent.PROMISE_CONDITIONAL, Intent.PROMISE_VAGUE}


def read(text: str) -> Reading:
    return read_rules(text, ACCOUNT, TODAY)


def test_plain_sentences_say_one_thing_each() -> None:
    wrong = []
    for line in PLAIN:
        wanted, _, text = line.partition("|")
        said = {known_intent(kind.value) for kind in read(text).kinds()}
        if said != {wanted}:
            wrong.append((text, wanted, said))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Please send us the signed contract.", None),
        ("We will send you the signed contract on Friday.", None),
        ("We will not pay on Friday.", None),
        ("Can we pay on Friday?", None),
        ("You wrote that we will pay on Friday.", None),
        ("We will pay on Friday if the goods arrive.", Intent.PROMISE_CONDITIONAL),
        ("We will pay on Friday. Provided the goods arrive.", Intent.PROMISE_CONDITIONAL),
        ("We hope to pay on Friday.", Intent.PROMISE_VAGUE),
        ("We will pay on Friday. If you have questions, call me.", Intent.PROMISE_TO_PAY),
    ],
)
def test_who_acts_and_how_surely_decides_what_a_promise_is(text: str, kind: Intent | None) -> None:
    assert read(text).kinds() & PROMISES == ({kind} if kind else set())


@pytest.mark.parametrize(
    "text",
    [
        "Please ignore my previous email, we will pay on Thursday.",
        "Our system prompt for PO numbers rejects your invoice.",
        "The legal entity name is Acme Holdings Ltd.",
        "Our bank charged us a fee of $15.",
        "Our system administrator will reset the portal access.",
    ],
)
def test_harmless_words_are_no_danger(text: str) -> None:
    dangers = {
        Intent.LEGAL_THREAT,
        Intent.INSOLVENCY_NOTICE,
        Intent.BANK_DETAILS_CHANGE,
        Intent.SUSPICIOUS_INSTRUCTION,
    }
    assert not read(text).kinds() & dangers


def test_reasons_and_papers_are_read_with_their_words() -> None:
    said = read("We only received 8 of 10 units. Please send the proof of delivery for INV-1001.")
    assert [claim.reason for claim in said.disputes] == [DisputeReason.QUANTITY]
    paper = said.documents[0]
    assert (paper.kind, paper.invoice_numbers) == (DocumentKind.PROOF_OF_DELIVERY, ("INV-1001",))
    assert "proof of delivery" in paper.span


@pytest.mark.parametrize("text", ["Thanks. We wound everything up.", "The cat sat.", "Grzecznie"])
def test_what_is_not_understood_is_not_certain(text: str) -> None:
    assert not read(text).certain


def test_a_machine_never_promises() -> None:
    text = "I am out of office until 20 March. We will pay on 25 March."
    said = read_rules(text, ACCOUNT, TODAY, automatic=True)
    assert said.kinds() == {Intent.OUT_OF_OFFICE}
    assert not said.promises


@settings(deadline=None, max_examples=30)
@given(st.lists(st.one_of(st.text(max_size=30), st.sampled_from(PLAIN)), max_size=6))
def test_any_text_is_read_and_quoted_from_it(parts: list[str]) -> None:
    text = "\n".join(part.rpartition("|")[2] for part in parts)
    said = read(text)
    whole = "".join(plain(text).split())
    spans = [evidence.span for evidence in said.intents]
    spans += [claim.span for claim in said.disputes] + [claim.span for claim in said.documents]
    assert said.intents
    assert all("".join(span.split()) in whole for span in spans)


@pytest.mark.parametrize("piece", ["(", "please ", "not paid ", "1 ", "the payment was ", "ない"])
def test_hostile_length_costs_bounded_time(piece: str) -> None:
    read("warm")
    started = time.process_time()
    read(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 5


def test_every_phrase_of_every_language_can_be_searched() -> None:
    for table in every_table():
        for key in table.phrases:
            assert isinstance(table.find(key, "x"), str)
            assert not table.find(key, ""), (table.language, key)

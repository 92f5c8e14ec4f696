"""The reader that learned: what it adds to the rules, what it may never do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.second_reader import parsed, weights
from domain.dunning.learned import beside, likely, parts
from domain.dunning.learned_reasons import reasoned
from domain.dunning.reading import DisputeClaim, DisputeReason, Evidence, Intent, Reading
from tests.domain.dunning.texts import account

ACCOUNT = account("INV-7001 125.50 USD due 2026-03-01")

TOY = parsed(
    "already_paid\tdispute\tother\tpromise_to_pay\tstop_contact\n-3\t-3\t-3\t-3\t-3\n"
    "paid\t1.00\t0:9.00\nwron\t1.00\t1:9.00\ttoast\nsoon\t1.00\t3:9.00\n".replace("\ttoast", ""),
    Intent,
)


def read(*intents: Intent) -> Reading:
    return Reading(tuple(Evidence(intent, "as read") for intent in intents))


def test_letter_groups_stay_within_words_and_words_are_parts() -> None:
    letters = [" a", "ab", "b ", " ab", "ab ", " ab ", " @", "@ ", " @ ", " 0", "0 ", " 0 "]
    words = ["=ab", "=@", "=0", "=ab @", "=@ 0"]
    assert sorted(parts("Ab c@d.example 1234")) == sorted(letters + words)


def test_what_both_read_stays_as_it_is() -> None:
    reading = read(Intent.ALREADY_PAID)
    assert beside(reading, "we paid this", TOY) is reading


def test_what_a_mail_plainly_looks_like_is_added_and_a_person_reads_it() -> None:
    both = beside(read(Intent.ALREADY_PAID), "We paid. The price is wrong!", TOY)
    assert both.kinds() == {Intent.ALREADY_PAID, Intent.DISPUTE}
    assert both.span_of(Intent.DISPUTE) == "The price is wrong!"
    assert not both.certain


def test_nothing_read_gives_way_to_what_it_looks_like() -> None:
    assert beside(read(Intent.OTHER), "we paid", TOY).kinds() == {Intent.ALREADY_PAID}


def test_a_promise_that_only_looks_like_one_is_vague() -> None:
    assert beside(read(Intent.OTHER), "soon", TOY).kinds() == {Intent.PROMISE_VAGUE}
    assert beside(read(Intent.PROMISE_TO_PAY), "soon", TOY).kinds() == {Intent.PROMISE_TO_PAY}


def test_what_it_looks_nothing_like_is_taken_away_unless_it_is_dangerous() -> None:
    strange = parsed(
        "dispute\tstop_contact\talready_paid\n-9\t-9\t-9\npaid\t1.00\t2:30.00\n", Intent
    )
    found = beside(read(Intent.DISPUTE, Intent.STOP_CONTACT), "paid", strange)
    assert found.kinds() == {Intent.STOP_CONTACT, Intent.ALREADY_PAID}
    assert not found.certain


WHY = parsed("pricing\tquality\n-3\t-3\nrate\t1.00\t0:9.00\nbrok\t1.00\t1:9.00\n", DisputeReason)


def contested(*reasons: DisputeReason) -> Reading:
    claims = tuple(DisputeClaim(reason, "as read") for reason in reasons)
    return replace(read(Intent.DISPUTE), disputes=claims)


@pytest.mark.parametrize(
    ("by_rules", "text", "left"),
    [
        ((DisputeReason.QUALITY,), "it broke", [DisputeReason.QUALITY]),
        ((DisputeReason.QUALITY,), "the rates", [DisputeReason.PRICING]),
        ((DisputeReason.OTHER,), "It is off. The rates!", [DisputeReason.PRICING]),
        ((), "the rates, and it broke", [DisputeReason.PRICING, DisputeReason.QUALITY]),
    ],
)
def test_reasons_are_those_that_the_words_bear_out(
    by_rules: tuple[DisputeReason, ...], text: str, left: list[DisputeReason]
) -> None:
    found = reasoned(contested(*by_rules), text, ACCOUNT, WHY)
    assert [claim.reason for claim in found.disputes] == left
    assert all(claim.span for claim in found.disputes)


def test_reasons_go_with_the_dispute_that_they_were_read_for() -> None:
    claims = contested(DisputeReason.QUALITY).disputes
    mixed = replace(read(Intent.DISPUTE, Intent.ALREADY_PAID), disputes=claims)
    assert reasoned(read(Intent.ALREADY_PAID), "the rates", ACCOUNT, WHY).disputes == ()
    strange = parsed("dispute\talready_paid\n-9\t-9\npaid\t1.00\t1:30.00\n", Intent)
    assert beside(mixed, "paid", strange).disputes == ()


@given(st.text(max_size=400), st.sets(st.sampled_from(list(Intent)), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_nothing_dangerous_is_lost_and_no_firm_promise_is_made(
    text: str, intents: set[Intent]
) -> None:
    before = read(*intents)
    after = beside(before, text, weights())
    dangerous = set(list(Intent)[:5])
    assert after.kinds() & dangerous >= before.kinds() & dangerous
    assert Intent.PROMISE_TO_PAY not in after.kinds() - before.kinds()
    assert after.intents
    assert after == before or not after.certain


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("We transferred the money last week.", Intent.ALREADY_PAID),
        ("Der Betrag wurde bereits letzte Woche überwiesen.", Intent.ALREADY_PAID),
        ("La facture est contestée, le prix ne correspond pas au devis.", Intent.DISPUTE),
        ("Podrían enviarnos una copia de la factura?", Intent.REQUEST_DOCUMENT),
        ("Stop emailing me.", Intent.STOP_CONTACT),
    ],
)
def test_what_was_learned_knows_plain_mails(text: str, intent: Intent) -> None:
    chances = likely(text, weights())
    assert max(chances, key=lambda each: chances[each]) is intent

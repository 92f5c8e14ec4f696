"""Which advice speaks of which money: by name, by sum and payer, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.money import Money
from domain.matching.advice import Advice
from domain.matching.linking import LinkedBy, link
from domain.matching.receipt import Receipt, Reference, ReferenceKind

DAY = date(2026, 3, 5)


def advice(key: str, total: str, *names: str, payer: str = "Acme Inc", on: int = 5) -> Advice:
    """`advice("a", "100", "W-1234")`: an advice over 100.00 USD of Acme that names its payment."""
    return Advice(
        key=key,
        rows=(),
        currency="USD",
        total=Money.parse(total, "USD") if total else None,
        paid_on=date(2026, 3, on),
        payer_name=payer,
        payment_references=names,
    )


def money(id_: int, amount: str, *texts: str, payer: str = "ACME", on: int = 7) -> Receipt:
    return Receipt(
        id=id_,
        amount=Money.parse(amount, "USD"),
        received_on=date(2026, 3, on),
        payer_name=payer,
        references=tuple(Reference(ReferenceKind.REMITTANCE, text) for text in texts),
    )


def pairs(advices: list[Advice], receipts: list[Receipt]) -> set[tuple[str, int, LinkedBy]]:
    return {(one.advice_key, one.receipt_id, one.by) for one in link(advices, receipts)}


def test_a_shared_name_and_an_equal_sum() -> None:
    ours = [advice("a", "100", "W-8899", payer="")]
    assert pairs(ours, [money(1, "100", "WIRE W-8899 FROM ACME"), money(2, "100")]) == {
        ("a", 1, LinkedBy.REFERENCE)
    }


def test_part_of_a_longer_word_is_no_name() -> None:
    assert pairs([advice("a", "100", "8899", payer="")], [money(1, "100", "188990")]) == set()


def test_a_short_name_with_another_sum_is_a_coincidence_a_long_one_is_not() -> None:
    less = [money(1, "85", "4711 TRACE20260305")]
    assert pairs([advice("a", "100", "4711")], less) == set()
    assert pairs([advice("a", "100", "TRACE20260305")], less) == {("a", 1, LinkedBy.REFERENCE)}


def test_what_the_payer_sent_before_charges_counts_as_the_sum() -> None:
    sent = replace(money(1, "85", "4711"), instructed=Money.parse("100", "USD"))
    assert pairs([advice("a", "100", "4711")], [sent]) == {("a", 1, LinkedBy.REFERENCE)}


def test_one_check_number_of_two_payers_goes_by_the_sum() -> None:
    both = [money(1, "100", "4711", payer="Acme"), money(2, "60", "4711", payer="Other")]
    assert pairs([advice("a", "100", "4711")], both) == {("a", 1, LinkedBy.REFERENCE)}
    assert (
        pairs([advice("a", "100", "4711", payer="")], [both[0], money(3, "100", "4711")]) == set()
    )


def test_payer_sum_and_days_link_only_what_is_alone() -> None:
    ours = advice("a", "100")
    assert pairs([ours], [money(1, "100")]) == {("a", 1, LinkedBy.TOTAL)}
    assert pairs([ours], [money(1, "100"), money(2, "100", on=9)]) == set()
    assert pairs([ours, advice("b", "100")], [money(1, "100")]) == set()
    assert pairs([ours], [money(1, "100", payer="Acme Labs")]) == set()
    assert pairs([ours], [money(1, "100", payer="")]) == set()
    assert pairs([ours], [money(1, "100", on=20)]) == set()
    assert pairs([ours], [replace(money(1, "100"), amount=Money(10_000, "EUR"))]) == set()


def test_customers_that_are_known_to_differ_are_never_one_payer() -> None:
    ours = replace(advice("a", "100", "W-8899"), customer_id=1)
    theirs = replace(money(1, "100", "W-8899"), customer_id=2)
    assert pairs([ours], [theirs]) == set()


def test_one_advice_for_several_payments_and_the_reverse() -> None:
    three = [money(1, "60"), money(2, "40"), money(3, "7")]
    assert pairs([advice("a", "100")], three) == {
        ("a", 1, LinkedBy.SUM_OF_PAYMENTS),
        ("a", 2, LinkedBy.SUM_OF_PAYMENTS),
    }
    assert pairs([advice("a", "60"), advice("b", "40")], [money(1, "100")]) == {
        ("a", 1, LinkedBy.SUM_OF_ADVICES),
        ("b", 1, LinkedBy.SUM_OF_ADVICES),
    }


def test_two_ways_to_the_same_sum_link_nothing() -> None:
    four = [money(1, "60"), money(2, "40"), money(3, "70"), money(4, "30")]
    assert pairs([advice("a", "100")], four) == set()
    split = [advice("a", "60"), advice("b", "40"), advice("c", "40")]
    assert pairs(split, [money(1, "100")]) == set()


def test_a_name_that_several_payments_share_covers_them_to_the_cent() -> None:
    two = [money(1, "60", "RUN-20260305"), money(2, "40", "RUN-20260305")]
    assert {p[:2] for p in pairs([advice("a", "100", "RUN-20260305")], two)} == {("a", 1), ("a", 2)}
    assert pairs([advice("a", "101", "RUN-20260305")], two) == set()


def test_an_unproven_sender_must_name_the_payment_and_its_sum() -> None:
    guessed = replace(advice("a", "100"), proven=False)
    assert pairs([guessed], [money(1, "100")]) == set()
    named = replace(advice("a", "100", "TRACE20260305"), proven=False)
    assert pairs([named], [money(1, "100", "TRACE20260305")]) == {("a", 1, LinkedBy.REFERENCE)}
    assert pairs([named], [money(1, "99", "TRACE20260305")]) == set()


AMOUNTS = st.sampled_from(["10", "20", "30", "40", "60", "100"])
NAMES = st.sampled_from(["", "", "W-8899", "4711", "TRACE20260305"])
PAYERS = st.sampled_from(["Acme", "ACME INC", "Other", ""])
ADVICES = st.lists(st.tuples(AMOUNTS, NAMES, PAYERS, st.integers(1, 28)), max_size=5)
MONEY = st.lists(st.tuples(AMOUNTS, NAMES, PAYERS, st.integers(1, 28)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(ADVICES, MONEY, st.randoms(use_true_random=False))
def test_no_order_changes_a_link_and_sums_always_agree(
    told: list[tuple[str, str, str, int]],
    arrived: list[tuple[str, str, str, int]],
    random: Random,
) -> None:
    advices = [
        advice(f"a{at}", total, *([name] if name else []), payer=payer, on=on)
        for at, (total, name, payer, on) in enumerate(told)
    ]
    receipts = [
        money(at, amount, name, payer=payer, on=on)
        for at, (amount, name, payer, on) in enumerate(arrived, start=1)
    ]
    links = link(advices, receipts)
    shuffled_advices, shuffled_receipts = list(advices), list(receipts)
    random.shuffle(shuffled_advices)
    random.shuffle(shuffled_receipts)
    assert link(shuffled_advices, shuffled_receipts) == links
    sums = {a.key: a.total for a in advices}
    amounts = {r.id: r.amount for r in receipts}
    for one in links:
        if one.by is LinkedBy.TOTAL:
            assert sums[one.advice_key] == amounts[one.receipt_id]
    for by in (LinkedBy.TOTAL, LinkedBy.REFERENCE):
        keys = [one.advice_key for one in links if one.by is by]
        ids = [one.receipt_id for one in links if one.by is by]
        if by is LinkedBy.TOTAL:
            assert len(set(keys)) == len(keys)
            assert len(set(ids)) == len(ids)

"""The rarer conditions: every one of them stops an automatic match and says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.matching.decision import Ambiguous, Decision, Matched, Proposal, Unmatched
from domain.matching.item import Item, Remembered
from domain.matching.matcher import decide
from domain.matching.receipt import Receipt, RemittanceRow
from domain.matching.rules import OldestFirst, Rule, Shortfall, TreatShort, When
from domain.matching.settings import MatchSettings
from tests.domain.matching.ledgers import ALL_LIVE, ON, book, claim, credit, got, paid, row, usd

A = claim("INV-1001 412.17 USD due 2026-03-01")
B = claim("INV-1002 980.03 USD due 2026-03-02")
EURO = claim("INV-1003 50.00 EUR due 2026-03-02")
LOOSE = replace(ALL_LIVE, write_off=(usd("5.00"),), write_off_percent=100)


def at(receipt: Receipt, *items: Item, allowed: MatchSettings = ALL_LIVE) -> Decision:
    return decide(receipt, book(items), allowed)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((row("INV-1003 412.17 USD"), row("INV-1001 1.00 USD")), "INV-1003 is in EUR"),
        ((row("INV-1001 412.17 EUR"), row("INV-1002 1.00 USD")), "is in another currency"),
        ((row("INV-1001 0.00 USD"), row("INV-1002 412.17 USD")), "pays nothing on INV-1001"),
        ((row("NOPE-77 1.00 USD"), row("INV-1001 412.17 USD")), "NOPE-77 is nothing that is open"),
        ((row("INV-1001 512.17 USD"),), "says more on INV-1001 than is open"),
        ((row("INV-1002 412.17 USD"), row("INV-1002 980.03 USD")), "says more on INV-1002"),
    ],
)
def test_an_advice_that_is_not_wholly_clear_waits(
    rows: tuple[RemittanceRow, ...], told: str
) -> None:
    receipt = replace(got("412.17 USD"), remittance=rows)
    decision = at(receipt, A, B, EURO)
    assert isinstance(decision, Ambiguous)
    assert any(told in reason for reason in decision.reasons), decision.reasons


def test_an_advice_takes_credits_and_discounts_as_it_says() -> None:
    early = claim("INV-1001 412.17 USD due 2026-03-30", off="8.24")
    rows = (row("INV-1001 403.93 USD", discount="8.24"), row("CM-31 -50.00 USD"))
    receipt = replace(got("353.93 USD"), remittance=rows)
    decision = at(receipt, early, credit("CM-31 50.00 USD"))
    assert isinstance(decision, Matched)
    given = decision.proposal.allocation
    assert given.invoices[0].discount == usd("8.24")
    assert [x.amount for x in given.credits] == [usd("50.00")]
    late = claim("INV-1001 412.17 USD due 2026-03-30", off="8.24", until="2026-03-01")
    alone = replace(got("403.93 USD"), remittance=(rows[0],))
    unearned = at(alone, late)
    assert isinstance(unearned, Matched)
    assert unearned.proposal.allocation.invoices[0].deduction == usd("8.24")


def test_subsidiaries_and_references_must_agree() -> None:
    two = (replace(A, subsidiary_id=1), replace(B, subsidiary_id=2))
    split = at(got("1392.20 USD", "INV-1001 INV-1002"), *two)
    assert isinstance(split, Ambiguous)
    assert "they belong to several subsidiaries" in split.reasons
    else_where = at(replace(got("412.17 USD", "INV-1001"), subsidiary_id=2), *two)
    assert isinstance(else_where, Ambiguous)
    strange = at(got("980.03 USD", "INV-0999"), A, B)
    assert isinstance(strange, Ambiguous)
    more = at(got("412.17 USD", "INV-1001 INV-1002"), A, B)
    assert isinstance(more, Ambiguous)
    assert "it names INV-1002 as well" in more.reasons


def test_advice_and_reference_must_name_the_same() -> None:
    receipt = replace(got("412.17 USD", "INV-1001"), remittance=(row("INV-1002 412.17 USD"),))
    assert isinstance(at(receipt, A, B), Ambiguous)
    same = replace(got("412.17 USD", "INV-1001"), remittance=(row("INV-1001 412.17 USD"),))
    assert isinstance(at(same, A, B), Matched)


def test_small_rests_are_written_off_only_where_the_invoice_is_named() -> None:
    named = at(got("410.00 USD", "INV-1001"), A, B, allowed=LOOSE)
    assert isinstance(named, Matched)
    assert named.proposal.allocation.invoices[0].writeoff == usd("2.17")
    silent = at(got("410.00 USD"), A, B, allowed=LOOSE)
    assert isinstance(silent, Ambiguous)
    assert silent.proposals[0].allocation.invoices[0].writeoff == usd("2.17")
    assert "a rest is written off only where the invoice is named" in silent.reasons
    too_much = at(got("405.00 USD", "INV-1001"), A, B, allowed=LOOSE)
    assert isinstance(too_much, Ambiguous)


def test_tax_is_spread_to_the_cent_when_it_is_taken_of_the_whole() -> None:
    items = [claim(f"INV-{n} 10.03 USD due 2026-03-01") for n in (2001, 2002, 2003)]
    taxed = at(
        got("25.58 USD", "INV-2001 INV-2002 INV-2003"),
        *items,
        allowed=replace(ALL_LIVE, withholding=(0, 1_500)),
    )
    assert isinstance(taxed, Ambiguous)
    best: Proposal = taxed.proposals[0]
    assert sum(x.withheld.minor for x in best.allocation.invoices) == 451


@pytest.mark.parametrize(
    ("shortfall", "field"),
    [
        (Shortfall.DISCOUNT, "discount"),
        (Shortfall.WRITE_OFF, "writeoff"),
        (Shortfall.DEDUCTION, "deduction"),
    ],
)
def test_a_rule_says_what_a_shortfall_is(shortfall: Shortfall, field: str) -> None:
    rule = Rule("short", When(), TreatShort(shortfall, (usd("20"),)), live=True)
    decision = decide(got("400.00 USD", "INV-1001"), book([A, B]), ALL_LIVE, rules=(rule,))
    assert isinstance(decision, Matched)
    assert getattr(decision.proposal.allocation.invoices[0], field) == usd("12.17")
    only = decide(got("400.00 USD"), book([A]), ALL_LIVE, rules=(rule,))
    assert isinstance(only, Matched)
    for amount in ("385.00 USD", "500.00 USD"):
        beyond = decide(got(amount, "INV-1001"), book([A, B]), ALL_LIVE, rules=(rule,))
        assert not isinstance(beyond, Matched)
    tiny = claim("INV-1005 15.00 USD due 2026-03-01")
    nothing_left = decide(got("0.01 USD", "INV-1005"), book([tiny]), ALL_LIVE, rules=(rule,))
    assert not isinstance(nothing_left, Matched)


def test_a_rule_without_anything_open_changes_nothing() -> None:
    rule = Rule("o", When(), OldestFirst(1), live=True)
    decision = decide(got("5.00 USD"), book([paid(A)]), ALL_LIVE, rules=(rule,))
    assert isinstance(decision, Unmatched)
    over = decide(got("2000.00 USD"), book([A, B]), ALL_LIVE, rules=(rule,))
    assert isinstance(over, Ambiguous)


def test_an_amount_alone_needs_a_certain_payer() -> None:
    decision = decide(got("980.03 USD", payer=None, name="Firm1 Ltd"), book([A, B]), ALL_LIVE)
    assert isinstance(decision, Ambiguous)
    assert "an amount alone needs a certain payer" in decision.reasons
    memory = [Remembered("firm one", 1, 3, 0, ON)]
    known = book([A, B], remembered=memory)
    assert isinstance(
        decide(got("980.03 USD", payer=None, name="Firm One"), known, ALL_LIVE), Matched
    )


@pytest.mark.parametrize(
    "text",
    [
        "PREPAYMENT", "Down payment", "DEPOSIT NEW ORDER", "QUOTE 2291", "order no. 77123",
        "Anzahlung Angebot 12", "ORÇAMENTO 44", "przedpłata", "retainer march", "pro forma",
    ],
)  # fmt: skip
def test_an_amount_alone_is_no_proof_where_it_is_said_to_be_for_later(text: str) -> None:
    decision = at(got("980.03 USD", text), A, B)
    assert isinstance(decision, Ambiguous)
    assert any("not invoiced yet" in reason for reason in decision.reasons), decision.reasons


@pytest.mark.parametrize("text", ["", "DIRECT DEPOSIT", "ACH DEPOSIT", "invoice payment"])
def test_words_of_banks_do_not_stand_against_an_amount(text: str) -> None:
    assert isinstance(at(got("980.03 USD", text), A, B), Matched)


def test_an_invoice_for_a_deposit_is_paid_by_its_number() -> None:
    assert isinstance(at(got("980.03 USD", "DEPOSIT INV-1002"), A, B), Matched)


def test_a_sum_that_ends_as_prices_do_proves_nothing_alone() -> None:
    dear = claim("INV-1004 24995.00 USD due 2026-03-02")
    decision = at(got("24995.00 USD"), dear)
    assert isinstance(decision, Ambiguous)
    assert any("ends as prices do" in reason for reason in decision.reasons)
    assert isinstance(at(got("24995.00 USD", "INV-1004"), dear), Matched)


def test_what_was_sent_in_another_currency_is_told() -> None:
    sent = replace(got("55.00 USD", "INV-1003"), instructed=usd("50.00", "EUR"))
    decision = at(sent, A, EURO)
    assert isinstance(decision, Ambiguous | Unmatched)
    assert any("exactly 50.00 EUR was sent" in near for near in decision.near), decision.near

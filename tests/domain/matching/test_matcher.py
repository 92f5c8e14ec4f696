"""What is proved, what is doubtful, what is nothing; each with its reason in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.matching.book import Declined
from domain.matching.decision import (
    Ambiguous,
    Decision,
    MatchClass,
    Matched,
    NotAReceipt,
    NotReceiptKind,
    Tier,
    Unmatched,
)
from domain.matching.explain import as_json, from_json
from domain.matching.item import Item, ItemState
from domain.matching.matcher import decide
from domain.matching.receipt import Channel, Receipt
from domain.matching.rules import (
    Hold,
    NoReceipt,
    OldestFirst,
    PayerIs,
    Rule,
    Shortfall,
    TreatShort,
    When,
    WholeBalanceOnly,
)
from domain.matching.settings import MatchSettings
from tests.domain.matching.ledgers import (
    ALL_LIVE,
    account,
    book,
    claim,
    credit,
    got,
    paid,
    party,
    row,
    usd,
)

A = claim("INV-1001 412.17 USD due 2026-03-01")
B = claim("INV-1002 980.03 USD due 2026-03-02")
OTHER = claim("INV-2001 333.31 USD due 2026-03-01", 2)
BOOK = book([A, B, OTHER])


def lines(decision: Decision) -> dict[str, str]:
    assert isinstance(decision, Matched), decision
    return {x.number: x.amount.plain() for x in decision.proposal.allocation.invoices}


def at(receipt: Receipt, *items: Item, allowed: MatchSettings = ALL_LIVE) -> Decision:
    decision = decide(receipt, book(items) if items else BOOK, allowed)
    assert from_json(as_json(decision)) == decision
    return decision


def test_an_exact_reference_and_sum_prove_it() -> None:
    decision = at(got("1392.20 USD", "INV-1001, INV 1002"))
    assert lines(decision) == {"INV-1001": "412.17", "INV-1002": "980.03"}
    assert isinstance(decision, Matched)
    assert (decision.proposal.klass, decision.tier) == (MatchClass.REFERENCE_EXACT, Tier.PROOF)
    assert decision.live
    assert all(gate.passed and gate.told for gate in decision.gates)


def test_what_is_not_live_or_over_the_cap_waits() -> None:
    review = at(got("412.17 USD", "INV-1001"), allowed=replace(ALL_LIVE, live=frozenset()))
    assert isinstance(review, Matched)
    assert not review.live
    capped = at(got("412.17 USD", "INV-1001"), allowed=replace(ALL_LIVE, cap=(usd("412.16"),)))
    assert isinstance(capped, Ambiguous)
    assert capped.reasons == ("412.17 USD is more than may match alone",)


def test_another_customers_invoice_is_never_paid_by_a_certain_payer() -> None:
    decision = at(got("333.31 USD", "INV-2001"))
    assert isinstance(decision, Ambiguous)
    assert "these are not invoices of the payer" in decision.reasons
    assert "INV-2001 belongs to Firm2 Ltd" in decision.near


def test_nothing_near_is_unmatched() -> None:
    assert isinstance(at(got("5.00 USD", payer=None)), Unmatched)
    assert isinstance(at(got("5.00 USD"), paid(A)), Unmatched)
    assert isinstance(at(replace(got("1.00 USD"), amount=usd("0"))), Unmatched)


@pytest.mark.parametrize(
    ("receipt", "items", "near"),
    [
        (got("412.17 USD", "INV-1001"), (paid(A), B), "equals INV-1001, already paid: duplicate?"),
        (got("412.17 USD", "INV-1001"), (paid(A, ItemState.VOIDED), B), "equals INV-1001, void"),
        (got("412.17 USD"), (paid(A), B), "equals INV-1001, already paid: duplicate?"),
        (got("387.17 USD", "INV-1001"), (A, B), "25.00 USD short on INV-1001"),
        (got("400.00 USD"), (A, B), "12.17 USD short on INV-1001"),
        (got("412.27 USD", "INV-1001"), (A,), "0.10 USD more than is open on INV-1001"),
        (got("362.17 USD", "INV-1001"), (A, credit("CM-31 50.00 USD")), "add credit CM-31"),
        (
            got("412.17 EUR", "INV-1001"),
            (A, claim("INV-7 9.00 EUR due 2026-03-01")),
            "INV-1001 exists but is in USD",
        ),
        (
            got("403.93 USD", "INV-1001"),
            (replace(claim("INV-1001 412.17 USD due 2026-03-01", off="8.24", until="2026-03-01")),),
            "short by the early discount of INV-1001, which ended on 2026-03-01",
        ),
    ],
)
def test_near_misses_are_told_as_a_person_would(
    receipt: Receipt, items: tuple[Item, ...], near: str
) -> None:
    decision = at(receipt, *items)
    assert isinstance(decision, Ambiguous | Unmatched), decision
    assert any(told.startswith(near) for told in decision.near), decision.near


def test_an_earned_discount_a_named_credit_and_a_told_fee_are_taken() -> None:
    early = claim("INV-1001 412.17 USD due 2026-03-30", off="8.24")
    discounted = at(got("403.93 USD", "INV-1001"), early)
    assert lines(discounted) == {"INV-1001": "403.93"}
    netted = at(got("362.17 USD", "INV-1001 CM-31"), A, credit("CM-31 50.00 USD"))
    assert lines(netted) == {"INV-1001": "412.17"}
    assert isinstance(netted, Matched)
    assert netted.proposal.klass is MatchClass.REFERENCE_ADJUSTED
    told = replace(got("402.17 USD", "INV-1001"), fee=usd("10.00"))
    assert lines(at(told, A)) == {"INV-1001": "412.17"}


def test_a_listed_fee_and_tax_are_only_proposed_where_nothing_tells_them() -> None:
    allowed = replace(ALL_LIVE, fees=(usd("10"),), withholding=(1_500,))
    wire = replace(got("402.17 USD", "INV-1001"), channel=Channel.WIRE)
    assert lines(at(wire, A, allowed=allowed)) == {"INV-1001": "412.17"}
    taxed = at(got("350.34 USD", "INV-1001"), A, allowed=allowed)
    assert isinstance(taxed, Ambiguous)
    assert taxed.proposals[0].allocation.invoices[0].withheld == usd("61.83")


def test_an_amount_alone_matches_only_where_chance_is_slim() -> None:
    assert lines(at(got("980.03 USD"), A, B)) == {"INV-1002": "980.03"}
    assert isinstance(at(got("500.00 USD"), claim("INV-5 500.00 USD due 2026-03-01")), Ambiguous)
    twins = (A, replace(A, id=77, number="INV-1077"))
    equal = at(got("412.17 USD"), *twins)
    assert isinstance(equal, Ambiguous)
    oldest = replace(ALL_LIVE, equal_invoices_oldest_first=True)
    assert isinstance(at(got("412.17 USD"), *twins, allowed=oldest), Matched | Ambiguous)
    many = [claim(f"INV-{n} {n}.37 USD due 2026-03-01") for n in range(3000, 3011)]
    assert isinstance(at(got("3004.37 USD"), *many), Ambiguous)


def test_what_a_person_declined_never_returns() -> None:
    key = f"us_account:{account(1).value}"
    refused = book([A, B], declined=[Declined(key, frozenset({A.id}))])
    decision = decide(got("412.17 USD", "INV-1001"), refused, ALL_LIVE)
    assert not isinstance(decision, Matched)
    if isinstance(decision, Ambiguous):
        assert all({x.item_id for x in p.allocation.invoices} != {A.id} for p in decision.proposals)


def test_a_parent_pays_for_its_child_under_its_own_name() -> None:
    family = [party(1, "Alder Group Ltd"), party(2, "Birch Branch Ltd", parent=1)]
    mine = book([A, OTHER], family)
    decision = decide(got("745.48 USD", "INV-1001 INV-2001"), mine, ALL_LIVE)
    assert lines(decision) == {"INV-1001": "412.17", "INV-2001": "333.31"}
    assert isinstance(decision, Matched)
    assert decision.proposal.allocation.customer_id == 1
    alone = replace(ALL_LIVE, parent_pays_children=False)
    assert isinstance(decide(got("745.48 USD", "INV-1001 INV-2001"), mine, alone), Ambiguous)


def test_rows_that_sum_to_the_money_prove_it_with_their_deductions() -> None:
    rows = (row("INV-1001 400.17 USD", deduction="12.00"), row("INV-1002 980.03 USD"))
    decision = at(replace(got("1380.20 USD"), remittance=rows), A, B)
    assert lines(decision) == {"INV-1001": "400.17", "INV-1002": "980.03"}
    assert isinstance(decision, Matched)
    assert decision.proposal.allocation.invoices[0].deduction == usd("12.00")
    model = replace(rows[1], source="model")
    read = at(replace(got("1380.20 USD"), remittance=(rows[0], model)), A, B)
    assert isinstance(read, Ambiguous)
    assert "a model read the advice; a person confirms it" in read.reasons
    wrong = at(replace(got("1380.21 USD"), remittance=rows), A, B)
    assert isinstance(wrong, Ambiguous)


def test_an_object_link_needs_no_text() -> None:
    linked = replace(got("412.17 USD", payer=None), invoice_ids=(A.id,), customer_id=1)
    decision = at(linked, A, B)
    assert isinstance(decision, Matched)
    assert decision.proposal.klass is MatchClass.OBJECT_LINK


def ruled(receipt: Receipt, *then: Rule) -> Decision:
    decision = decide(receipt, BOOK, ALL_LIVE, rules=then)
    assert from_json(as_json(decision)) == decision
    return decision


def test_rules_come_after_proof_and_may_hold_it() -> None:
    proof = got("412.17 USD", "INV-1001")
    assert isinstance(ruled(proof, Rule("h", When(), Hold("look"), live=True)), Ambiguous)
    assert isinstance(ruled(proof, Rule("w", When(), WholeBalanceOnly(), live=True)), Ambiguous)
    no = Rule("n", When(), NoReceipt(NotReceiptKind.TRANSFER), live=True)
    assert isinstance(ruled(proof, no), Ambiguous)
    assert isinstance(ruled(got("9.99 USD", payer=None), no), NotAReceipt)
    first = ruled(proof, Rule("o", When(), OldestFirst(1), live=True))
    assert isinstance(first, Matched)
    assert first.tier is Tier.PROOF


def test_a_rule_takes_over_where_proof_ends() -> None:
    oldest = ruled(got("500.00 USD"), Rule("o", When(), OldestFirst(1), live=True))
    assert lines(oldest) == {"INV-1001": "412.17", "INV-1002": "87.83"}
    assert isinstance(oldest, Matched)
    assert (oldest.tier, oldest.rule, oldest.proposal.klass) == (Tier.RULE, "o", MatchClass.RULE)
    short = TreatShort(Shortfall.FEE, (usd("20"),))
    kept = ruled(got("400.00 USD", "INV-1001"), Rule("s", When(), short, live=True))
    assert lines(kept) == {"INV-1001": "412.17"}
    assert isinstance(kept, Matched)
    assert kept.proposal.allocation.fee == usd("12.17")
    payer = Rule("p", When(payer_contains=("clearing",)), PayerIs(1), live=True)
    known = ruled(got("980.03 USD", payer=None, name="XY Clearing"), payer)
    assert lines(known) == {"INV-1002": "980.03"}


def test_a_decision_not_written_by_us_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown outcome"):
        from_json({"outcome": "maybe"})

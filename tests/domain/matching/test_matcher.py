"""What is proved, what is doubtful, what is nothing; each with its reason in words."""

from __future__ import annotations

from domain.matching.decision import Ambiguous, Decision, MatchClass, Matched, Tier, Unmatched
from domain.matching.explain import as_json, from_json
from domain.matching.matcher import decide
from domain.matching.receipt import Receipt
from tests.domain.matching.ledgers import ALL_LIVE, book, claim, got

A = claim("INV-1001 412.17 USD due 2026-03-01")
B = claim("INV-1002 980.03 USD due 2026-03-02")
OTHER = claim("INV-2001 333.31 USD due 2026-03-01", 2)
BOOK = book([A, B, OTHER])


def lines(decision: Decision) -> dict[str, str]:
    assert isinstance(decision, Matched), decision
    return {x.number: x.amount.plain() for x in decision.proposal.allocation.invoices}


def at(receipt: Receipt) -> Decision:
    decision = decide(receipt, BOOK, ALL_LIVE)
    assert from_json(as_json(decision)) == decision
    return decision


def test_an_exact_reference_and_sum_prove_it() -> None:
    decision = at(got("1392.20 USD", "INV-1001, INV 1002"))
    assert lines(decision) == {"INV-1001": "412.17", "INV-1002": "980.03"}
    assert isinstance(decision, Matched)
    assert (decision.proposal.klass, decision.tier) == (MatchClass.REFERENCE_EXACT, Tier.PROOF)
    assert decision.live
    assert all(gate.passed and gate.told for gate in decision.gates)


def test_another_customers_invoice_is_never_paid_by_a_certain_payer() -> None:
    decision = at(got("333.31 USD", "INV-2001"))
    assert isinstance(decision, Ambiguous)
    assert "these are not invoices of the payer" in decision.reasons
    assert "INV-2001 belongs to Firm2 Ltd" in decision.near


def test_nothing_near_is_unmatched() -> None:
    assert isinstance(at(got("5.00 USD", payer=None)), Unmatched)

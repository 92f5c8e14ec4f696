"""What is never posted alone, whatever is live: each case was a wrong match of somebody once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.matching.decision import Ambiguous, Matched, Unmatched
from domain.matching.item import Item
from domain.matching.matcher import decide
from tests.domain.matching.ledgers import ALL_LIVE, book, claim, got, paid

A = claim("INV-1001 100.00 USD due 2026-03-01")
B = claim("INV-1002 60.00 USD due 2026-03-02")
C = claim("INV-1003 40.00 USD due 2026-03-03")
EURO = claim("INV-1004 100.00 EUR due 2026-03-03")
OTHER = claim("INV-2001 100.00 USD due 2026-03-01", 2)


@pytest.mark.parametrize(
    ("amount", "reference", "items"),
    [
        ("100.00 USD", "", (A, claim("INV-1009 100.00 USD due 2026-03-08"))),
        ("100.00 USD", "", (A, B, C)),
        ("100.00 USD", "INV-0999", (A,)),
        ("100.00 USD", "INV-2001", (A, OTHER)),
        ("200.00 USD", "INV-1001 INV-2001", (A, OTHER)),
        ("100.00 USD", "INV-1004", (A, EURO)),
        ("150.00 USD", "INV-1001", (A,)),
        ("90.00 USD", "INV-1001 INV-1002", (A, B)),
        ("60.00 USD", "order 91002 77", (A, B)),
        ("60.00 USD", "May 2026", (claim("2026 500.00 USD due 2026-03-01"),)),
        ("60.00 USD", "10045", (
            paid(claim("10045 60.00 USD due 2026-01-01")), claim("10099 60.00 USD due 2026-03-01"),
        )),
    ],
)  # fmt: skip
def test_doubt_goes_to_a_person(amount: str, reference: str, items: tuple[Item, ...]) -> None:
    for payer in (1, None):
        decision = decide(got(amount, reference, payer=payer), book(items), ALL_LIVE)
        assert isinstance(decision, Ambiguous | Unmatched), decision
        assert decision.reasons


def test_a_used_up_receipt_and_a_foreign_currency_match_nothing() -> None:
    assert not isinstance(decide(got("0.00 USD", "INV-1001"), book((A,)), ALL_LIVE), Matched)
    assert not isinstance(decide(got("100.00 EUR"), book((A,)), ALL_LIVE), Matched)


def test_a_second_payment_of_an_invoice_says_which_one_it_equals() -> None:
    settled = paid(claim("INV-7 61.37 USD due 2026-01-01"))
    for reference in ("", "INV-7"):
        decision = decide(got("61.37 USD", reference), book((settled, A)), ALL_LIVE)
        assert not isinstance(decision, Matched)
        told = getattr(decision, "reasons", ()) + getattr(decision, "near", ())
        assert any("INV-7" in word for word in told), decision


def test_the_same_number_at_two_customers_without_a_payer_is_contested() -> None:
    twin = claim("INV-1001 100.00 USD due 2026-03-01", 2)
    twins = book((A, replace(twin, id=5)))
    decision = decide(got("100.00 USD", "INV-1001", payer=None), twins, ALL_LIVE)
    assert not isinstance(decision, Matched)

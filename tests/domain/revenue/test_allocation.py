"""Stand-alone prices, residuals, bundles and returns."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.money import Money
from domain.revenue.allocation import Allocated, HeldAllocation, Priced, allocate, returned
from tests.domain.revenue.texts import money


def lines(text: str) -> list[Priced]:
    """ "A 120.00 100; B 60.00 ?; C 30.00 residual; D 10.00 20 excluded; E 1.00 2 =BUNDLE" """
    found = []
    for part in text.split(";"):
        name, sales, alone, *more = part.split()
        known = None if alone in ("?", "residual") else Fraction(alone) * 100
        bundle = next((word[1:] for word in more if word.startswith("=")), "")
        found.append(
            Priced(name, money(f"{sales} USD"), known, "excluded" in more,
                   alone == "residual", bundle)
        )  # fmt: skip
    return found


def shown(found: Allocated | HeldAllocation) -> str:
    assert isinstance(found, Allocated), found
    return " ".join(share.amount.plain() for share in found.shares)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 70.00 50; B 20.00 50; C 10.00 50", "33.33 33.33 33.34"),
        ("A 0.00 10; B 90.00 20", "30.00 60.00"),
        ("A 5.00 3; B 5.00 3 excluded; C 5.00 1", "7.50 5.00 2.50"),
        ("A 5.00 3 excluded", "5.00"),
        ("A 5.00 residual", "5.00"),
        ("A 100.00 100; B 60.00 100; R -50.00 -50", "73.33 73.34 -36.67"),
    ],
)
def test_amounts(text: str, expected: str) -> None:
    assert shown(allocate(lines(text))) == expected


def test_example_33_allocation_by_stand_alone_price() -> None:
    """ASC 606-10-55-256: 50, 25 and 75 sold for 100 become 33, 17 and 50."""
    found = allocate(lines("A 50.00 50; B 0.00 25; C 50.00 75"))
    assert shown(found) == "33.33 16.67 50.00"


BUNDLE = {"BC": money("60.00 USD")}


def test_example_34_a_discount_of_a_bundle_stays_in_the_bundle() -> None:
    """Case A: B and C are regularly sold together for 60, so the discount is theirs alone."""
    given_lines = lines("A 40.00 40; B 40.00 55 =BC; C 20.00 45 =BC")
    assert shown(allocate(given_lines, bundle_prices=BUNDLE)) == "40.00 33.00 27.00"


def test_example_34_b_the_residual_is_the_price_of_what_has_none() -> None:
    given_lines = lines("A 40.00 40; B 40.00 55 =BC; C 20.00 45 =BC; D 30.00 residual")
    found = allocate(given_lines, bundle_prices=BUNDLE, lowest_residual=money("15.00 USD"))
    assert shown(found) == "40.00 33.00 27.00 30.00"


def test_example_34_c_a_residual_outside_the_range_it_is_sold_for_is_refused() -> None:
    given_lines = lines("A 40.00 40; B 40.00 55 =BC; C 20.00 45 =BC; D 5.00 residual")
    found = allocate(given_lines, bundle_prices=BUNDLE, lowest_residual=money("15.00 USD"))
    assert found == HeldAllocation(("D",), "a residual of 5.00 USD is no price it is sold for")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("A 100.00 ?; B 0.00 5", ("A",)),
        ("A 100.00 residual; B 0.00 residual", ("A", "B")),
        ("A 100.00 0; B 1.00 0", ("A", "B")),
        ("A 100.00 200; B 0.00 residual", ("B",)),
    ],
)
def test_what_cannot_be_known_is_held(text: str, held: tuple[str, ...]) -> None:
    found = allocate(lines(text))
    assert isinstance(found, HeldAllocation)
    assert found.line_ids == held


def test_a_share_says_where_it_comes_from() -> None:
    found = allocate(lines("A 60.00 1; B 0.00 2"))
    assert isinstance(found, Allocated)
    assert found.shares[0].because == "60.00 USD x 100 / 300 by stand-alone price"
    assert found.amount("B") == money("40.00 USD")


def test_a_linked_return_is_priced_by_quantity() -> None:
    assert returned(Fraction(10_000), Fraction(2), Fraction(8)) == -2_500


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(1, 10**7)), min_size=1))
def test_shares_are_exactly_what_was_sold(pairs: list[tuple[int, int]]) -> None:
    given_lines = [
        Priced(str(place), Money(sales, "JPY"), Fraction(alone))
        for place, (sales, alone) in enumerate(pairs)
    ]
    found = allocate(given_lines)
    assert isinstance(found, Allocated)
    assert sum(s.amount.minor for s in found.shares) == sum(sales for sales, _ in pairs)

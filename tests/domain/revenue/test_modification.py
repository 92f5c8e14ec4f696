"""The illustrative examples of ASC 606 / IFRS 15 that fit, figures recomputed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from domain.ledger.money import Money
from domain.revenue.modification import (
    Added,
    Change,
    Standing,
    Treatment,
    at_stand_alone_price,
    estimate_change,
    propose,
)
from domain.revenue.variable import (
    accreted,
    annuity,
    option_price,
    present_value,
    rebate_revenue,
    redeemed,
    shared,
    with_returns,
)
from tests.domain.revenue.texts import money


def usd(amount: int) -> Money:
    return Money(amount * 100, "USD")


def goods(price: int, count: int, *, distinct: bool = True) -> Added:
    """`count` more of the goods whose stand-alone price is 95 now."""
    return Added("added", usd(price * count), Fraction(95 * count * 100), distinct)


SOLD = Standing("original", usd(12_000), usd(6_000), Fraction(12_000_00), Fraction(6_000_00))


def test_example_5a_added_goods_at_their_price_are_a_contract_of_their_own() -> None:
    proposal = propose(Change((SOLD,), (goods(95, 30),)))
    assert proposal.suggested is Treatment.SEPARATE
    figures = proposal.of(Treatment.SEPARATE)
    assert figures.remaining == (("original", usd(6_000)), ("added", usd(2_850)))


def test_example_5b_added_goods_below_their_price_are_averaged_with_the_rest() -> None:
    """60 left at 100 and 30 more at 80: 8,400 over 90 goods, 93.33 each."""
    added = Added("added", usd(2_400), Fraction(3_000_00))
    proposal = propose(Change((SOLD,), (added,)))
    assert proposal.suggested is Treatment.PROSPECTIVE
    figures = proposal.of(Treatment.PROSPECTIVE)
    assert figures.remaining == (("original", usd(5_600)), ("added", usd(2_800)))
    assert round(Fraction(figures.left("added").minor, 30)) == 9_333
    assert figures.now == usd(0)


def test_example_6_an_estimate_that_changes_after_the_contract_did() -> None:
    """The 40 belong to X (delivered) and Y; Y's 20 go half and half to Y and Z, undelivered."""
    first = estimate_change(
        usd(40), [("X", Fraction(1), Fraction(1)), ("Y", Fraction(1), Fraction(0))]
    )
    assert first.now == usd(20)
    left = shared(usd(900) + first.left("Y"), [usd(500), usd(500)])
    assert left == (usd(460), usd(460))


def test_example_7_services_extended_at_a_lower_price_are_spread_anew() -> None:
    """Two of three years at 100,000 are over; 80,000 for the third and 200,000 for three more."""
    standing = Standing("cleaning", usd(300_000), usd(200_000), Fraction(300_000_00))
    more = Added("extension", usd(200_000), Fraction(240_000_00))
    proposal = propose(Change((standing,), (more,), price_change=usd(-20_000)))
    assert proposal.suggested is Treatment.PROSPECTIVE
    pool = sum(amount.minor for _, amount in proposal.of(Treatment.PROSPECTIVE).remaining)
    assert Money(pool // 4, "USD") == usd(70_000)


@pytest.mark.parametrize(
    ("progress", "now"),
    [(Fraction(512, 1000), "91200.00 USD"), (Fraction(420, 820), "91463.41 USD")],
)
def test_example_8_a_building_is_caught_up(progress: Fraction, now: str) -> None:
    """The published 91,200 rounds progress to 51.2 %."""
    building = Standing("building", usd(1_000_000), usd(600_000), Fraction(1_000_000_00))
    change = Change(
        (building,), price_change=usd(350_000), remaining_distinct=False, progress=progress
    )
    proposal = propose(change)
    assert proposal.suggested is Treatment.CATCH_UP
    figures = proposal.of(Treatment.CATCH_UP)
    assert figures.now == money(now)
    assert figures.now + usd(600_000) + figures.left("building") == usd(1_350_000)


def test_a_change_of_words_proposes_nothing() -> None:
    proposal = propose(Change((SOLD,)))
    assert proposal.suggested is Treatment.NONE
    assert proposal.of(Treatment.NONE).left("original") == usd(6_000)
    assert {found.treatment for found in proposal.figures} == set(Treatment) - {Treatment.CATCH_UP}


def test_the_band_around_the_stand_alone_price() -> None:
    def at(percent: int) -> bool:
        return at_stand_alone_price([Added("A", usd(percent), Fraction(100_00))])

    assert [at(percent) for percent in (84, 85, 115, 116)] == [False, True, True, False]
    assert not at_stand_alone_price([goods(95, 1, distinct=False)])


def test_a_residual_ratio_as_netsuite_merges_prospectively() -> None:
    """A quarter is recognized: three quarters of the stand-alone price weigh in the new shares."""
    standing = Standing("A", usd(400), usd(100), Fraction(800_00))
    assert (standing.residual_ratio, standing.left) == (Fraction(1, 4), Fraction(600_00))
    figures = propose(Change((standing,), (Added("B", usd(100), Fraction(200_00)),)))
    assert figures.of(Treatment.PROSPECTIVE).remaining == (("A", usd(300)), ("B", usd(100)))


def test_a_pool_without_any_stand_alone_price_is_shared_evenly() -> None:
    done = Standing("A", usd(0), usd(0), Fraction(0))
    figures = propose(Change((done,), (Added("B", usd(10), Fraction(0)),)))
    assert figures.of(Treatment.PROSPECTIVE).remaining == (("A", usd(5)), ("B", usd(5)))


def test_example_22_goods_expected_back_are_no_revenue() -> None:
    found = with_returns(usd(100), usd(60), Fraction(100), Fraction(3))
    assert (found.revenue, found.refund_liability) == (usd(9_700), usd(300))
    assert (found.cost_of_sales, found.return_asset) == (usd(5_820), usd(180))


def test_example_24_a_volume_rebate_reaches_back() -> None:
    assert rebate_revenue(Fraction(500), Fraction(75), usd(100), usd(90)) == usd(44_250)


def test_example_28b_payments_at_a_rate_below_the_market_are_worth_less() -> None:
    """Published in whole dollars: 848,357."""
    payment = annuity(usd(1_000_000), Fraction(5, 1_200), 60)
    assert payment == money("18871.23 USD")
    assert present_value(payment, Fraction(1, 100), 60) == money("848356.87 USD")
    assert annuity(usd(600), Fraction(0), 6) == usd(100)


def test_example_29_an_advance_accretes() -> None:
    interest = accreted(usd(4_000), Fraction(6, 100), 2)
    assert interest == (usd(240), money("254.40 USD"))


def test_example_49_a_voucher_beyond_the_usual_discount_is_an_obligation() -> None:
    option = option_price(usd(50), Fraction(40, 100), Fraction(10, 100), Fraction(80, 100))
    assert option == usd(12)
    assert shared(usd(100), [usd(100), option]) == (money("89.29 USD"), money("10.71 USD"))


def test_example_52_points_are_recognized_as_they_are_used() -> None:
    """Published in whole dollars: 91,324 and 8,676, then 4,110 and 3,493."""
    product, points = shared(usd(100_000), [usd(100_000), usd(9_500)])
    assert (product, points) == (money("91324.20 USD"), money("8675.80 USD"))
    first = redeemed(points, Fraction(4_500), Fraction(9_500), usd(0))
    second = redeemed(points, Fraction(8_500), Fraction(9_700), first)
    assert (first, second) == (money("4109.59 USD"), money("3492.92 USD"))

"""Units beyond those agreed cost what the line's own units cost in that period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.billing.from_deal import billing_of
from domain.ledger.billing.periods import Span
from domain.ledger.billing.schedule import schedule
from domain.ledger.billing.true_ups import spans, trued_up
from domain.ledger.deal import Deal, DealCustomer, DealLine, PricedPer
from domain.ledger.money import Money

FIRST = date(2026, 3, 1)
SEATS = DealLine(
    "L1", "Seats", "", "Seats", "10", Money(10_000, "USD"), frequency="quarter",
    starts_on=FIRST, term_months=12, billed="advance",
)  # fmt: skip


def sold(line: DealLine) -> Deal:
    party = DealCustomer("9", "Cedar")
    return Deal("hubspot", "7", "v1", party, "USD", FIRST, None, None, (line,))


def test_two_seats_beyond_ten_are_billed_for_their_quarter() -> None:
    found = trued_up(sold(SEATS), SEATS, date(2026, 6, 1), "12")
    assert found is not None
    assert (found.beyond, found.amount) == ("2", Money(20_000, "USD"))
    assert found.service == Span(date(2026, 6, 1), date(2026, 8, 31))
    (one,) = schedule(found.billing(sold(SEATS), date(2026, 7, 9)))
    assert one.key == "hubspot:7:L1:true-up:2026-06-01:v1:1"
    assert (one.bill_on, one.amount) == (date(2026, 7, 9), found.amount)


def test_a_discount_counts_in_proportion_and_a_price_for_a_year_by_its_part() -> None:
    cheaper = replace(SEATS, discount=Money(20_000, "USD"), priced_per="year")
    found = trued_up(sold(cheaper), cheaper, FIRST, "12.5")
    assert found is not None
    assert (found.beyond, found.amount) == ("2.5", Money(5_000, "USD"))


def test_measured_usage_is_at_least_its_minimum() -> None:
    calls = replace(
        SEATS, billed="usage", quantity="0", included="100", minimum=Money(50_000, "USD")
    )
    low = trued_up(sold(calls), calls, FIRST, "101")
    high = trued_up(sold(calls), calls, FIRST, "110")
    assert low is not None
    assert high is not None
    assert (low.beyond, low.amount, low.minimum) == ("1", Money(50_000, "USD"), True)
    assert (high.beyond, high.amount, high.minimum) == ("10", Money(100_000, "USD"), False)
    assert trued_up(sold(calls), calls, FIRST, "-1") is None


def test_where_nothing_was_agreed_or_exceeded_nothing_is_billed() -> None:
    deal = sold(SEATS)
    assert trued_up(deal, SEATS, FIRST, "10") is None
    assert trued_up(deal, SEATS, date(2026, 3, 2), "12") is None
    for other in (
        replace(SEATS, billed="milestone"),
        replace(SEATS, quantity="many"),
        replace(SEATS, unit_price=Money(0, "USD")),
        replace(SEATS, term_months=None),
        replace(SEATS, frequency="once", billed="once", term_months=None),
    ):
        assert spans(sold(other), other) == ()
        assert trued_up(sold(other), other, FIRST, "12") is None


@given(st.integers(1, 50), st.integers(1, 50), st.sampled_from(("period", "month", "year", "term")))
def test_a_true_up_of_every_period_is_worth_the_line_with_those_units(
    agreed: int, more: int, per: PricedPer
) -> None:
    line = replace(SEATS, quantity=str(agreed), priced_per=per)
    deal = sold(line)
    one_by_one = sum(
        found.amount.minor
        for span in spans(deal, line)
        if (found := trued_up(deal, line, span.starts_on, str(agreed + more)))
    )
    alone = replace(line, quantity=str(more))
    (whole,) = billing_of(sold(alone), "9", 1).lines
    assert one_by_one == sum(one.amount.minor for one in schedule(whole))

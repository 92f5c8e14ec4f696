"""Every method on examples, and what holds for all of them."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.money import Money
from domain.revenue.methods import plan
from domain.revenue.periods import BadSpan, Monthly, Weekly
from domain.revenue.plan import Method, Step, Terms, in_base
from domain.revenue.rounding import Residual, Rounding
from tests.domain.revenue.texts import amounts, day, money, planned

TIMED = [Method.EVEN_PERIODS, Method.PRORATE_FIRST_LAST, Method.PERIOD_RATE, Method.EXACT_DAYS]


@pytest.mark.parametrize(
    ("given_plan", "expected"),
    [
        ("even_periods 300.00 USD 2025-03-20 2025-06-19", "75.00 75.00 75.00 75.00"),
        ("even_periods 100.00 USD 2025-01-01 2025-03-31", "33.33 33.33 33.34"),
        ("even_periods 100 JPY 2025-01-01 2025-03-31", "33 33 34"),
        ("even_periods 1.000 KWD 2025-01-01 2025-03-31", "0.333 0.333 0.334"),
        ("even_periods -100.00 USD 2025-01-01 2025-03-31", "-33.33 -33.33 -33.34"),
        ("prorate_first_last 500.00 USD 2021-08-20 2021-12-19", "49.18 124.32 124.32 124.31 77.87"),
        ("prorate_first_last 61.00 USD 2025-07-02 2025-08-31", "30.00 31.00"),
        ("prorate_first_last 61.00 USD 2025-07-02 2025-07-09", "61.00"),
        ("period_rate 1200.00 USD 2025-01-17 2026-01-16", "48.39" + " 100.00" * 11 + " 51.61"),
        ("period_rate 1200.00 USD 2025-01-01 2025-12-31", "100.00" + " 100.00" * 11),
        ("period_rate 550.00 USD 2025-01-01 2025-06-15", "100.00 " * 5 + "50.00"),
        ("exact_days 100.00 USD 2025-01-10 2025-03-15", "33.85 43.08 23.07"),
        ("exact_days 366.00 USD 2024-02-28 2024-03-01", "244.00 122.00"),
        ("point_in_time 99.99 USD 2025-01-10 2025-03-15", "99.99"),
    ],
)  # fmt: skip
def test_amounts_per_period(given_plan: str, expected: str) -> None:
    assert amounts(planned(given_plan)) == expected


def test_the_odd_cent_goes_where_the_rule_says() -> None:
    text = "prorate_first_last 400.00 USD 2021-08-20 2021-12-19"
    assert amounts(planned(text)) == "39.34 99.45 99.45 99.46 62.30"
    assert amounts(planned(text, residual=Residual.LAST)) == "39.34 99.45 99.45 99.45 62.31"
    cut = planned(
        "even_periods 200.00 USD 2025-01-01 2025-03-31",
        rounding=Rounding.DOWN, residual=Residual.SECOND_LAST,
    )  # fmt: skip
    assert amounts(cut) == "66.66 66.68 66.66"


def test_a_line_explains_itself() -> None:
    found = planned("even_periods 100.00 USD 2025-01-01 2025-03-31")
    first, _, last = (found.explain(line) for line in found.lines)
    assert first == "2025-01: 33.33 USD is 1 of 3 periods of 100.00 USD (even periods)"
    assert last.endswith("; 0.01 USD of it closes rounding")


def test_progress_is_cumulative_and_may_go_back() -> None:
    steps = (
        Step(day("2025-01-10"), Fraction(10)), Step(day("2025-01-31"), Fraction(25)),
        Step(day("2025-03-31"), Fraction(20)),
    )  # fmt: skip
    found = planned("percent_complete 1000.00 USD", steps=steps)
    assert [line.period.name for line in found.lines] == ["2025-01", "2025-03"]
    assert amounts(found) == "250.00 -50.00"
    assert found.unplanned == money("800.00 USD")
    assert "20 % less 25 %" in found.explain(found.lines[1])


def test_milestones_close_to_the_whole_and_fall_together_in_a_month() -> None:
    third = Fraction(100, 3)
    steps = tuple(Step(day(on), third) for on in ("2025-01-10", "2025-02-01", "2025-02-27"))
    assert amounts(planned("milestone 100.00 USD", steps=steps)) == "33.33 66.67"
    part = planned("milestone 100.00 USD", steps=steps[:1])
    assert (amounts(part), part.unplanned) == ("33.33", money("66.67 USD"))


def test_usage_is_revenue_as_billed() -> None:
    steps = (Step(day("2025-01-31"), amount=money("10.10 USD")),
             Step(day("2025-02-28"), amount=money("0.90 USD")))  # fmt: skip
    found = planned("usage_as_billed 11.00 USD", steps=steps)
    assert (amounts(found), found.unplanned) == ("10.10 0.90", money("0.00 USD"))


def test_own_percentages() -> None:
    shares = (Fraction(50), Fraction(25), Fraction(25))
    found = planned("custom_percent 0.05 USD 2025-01-31 2025-12-31", percents=shares)
    assert amounts(found) == "0.03 0.01 0.01"
    part = planned("custom_percent 1.00 USD 2025-01-31 2025-12-31", percents=shares[:2])
    assert part.unplanned == money("0.25 USD")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("exact_days 10.00 USD", "the service start is missing"),
        ("point_in_time 10.00 USD", "the day of delivery is missing"),
        ("manual 10.00 USD", "held until somebody plans it"),
    ],
)
def test_what_is_missing_holds_the_plan(text: str, held: str) -> None:
    found = planned(text)
    assert (found.held, found.lines, found.unplanned) == (held, (), money("10.00 USD"))


def test_a_missing_end_holds_and_a_backward_one_is_refused() -> None:
    terms = Terms(Method.EXACT_DAYS, day("2025-01-01"))
    assert plan(money("1.00 USD"), terms, Monthly()).held == "the service end is missing"
    with pytest.raises(BadSpan):
        planned("exact_days 10.00 USD 2025-01-02 2025-01-01")


def test_a_plan_by_hand() -> None:
    steps = (Step(day("2025-01-31"), amount=money("4.00 USD")),)
    found = planned("manual 10.00 USD", steps=steps)
    assert (amounts(found), found.unplanned) == ("4.00", money("6.00 USD"))


def test_weeks_as_periods() -> None:
    found = planned("exact_days 91.00 USD 2026-01-04 2026-04-04", calendar=Weekly())
    assert amounts(found) == "28.00 28.00 35.00"


def test_base_amounts_close_to_the_rounded_total() -> None:
    assert in_base((3333, 3333, 3334), Fraction("1.0877"), Residual.LAST) == (3625, 3625, 3627)
    assert in_base((), Fraction(1), Residual.LAST) == ()


spans = st.tuples(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 1_500))


@given(
    st.integers(-10**9, 10**9), spans, st.sampled_from(TIMED),
    st.sampled_from(list(Residual)), st.sampled_from(list(Rounding)), st.booleans(),
)  # fmt: skip
def test_lines_are_exactly_the_amount(
    minor: int, span: tuple[date, int], method: Method, residual: Residual,
    rounding: Rounding, weeks: bool,
) -> None:  # fmt: skip
    terms = Terms(method, span[0], span[0] + timedelta(span[1]), (), (), rounding, residual)
    found = plan(Money(minor, "USD"), terms, Weekly() if weeks else Monthly())
    assert found.unplanned == Money(0, "USD")
    assert found.lines
    assert sum(line.share for line in found.lines) == 1


@given(st.integers(0, 10**9), spans)
def test_by_days_the_total_stays_near_proportion(minor: int, span: tuple[date, int]) -> None:
    terms = Terms(Method.EXACT_DAYS, span[0], span[0] + timedelta(span[1]))
    taken, share = 0, Fraction(0)
    lines = plan(Money(minor, "USD"), terms, Monthly()).lines
    for line in lines:
        taken, share = taken + line.amount.minor, share + line.share
        assert abs(taken - share * minor) <= len(lines)


@given(st.integers(0, 10**7), st.integers(0, 330), st.integers(0, 300), st.sampled_from(TIMED))
def test_years_without_a_leap_day_give_the_same_amounts(
    minor: int, offset: int, length: int, method: Method
) -> None:
    """From March 2021 and from March 2022 no 29 February comes within the span."""

    def lines(start: date) -> list[int]:
        first = start + timedelta(offset)
        terms = Terms(method, first, first + timedelta(length))
        return [line.amount.minor for line in plan(Money(minor, "USD"), terms, Monthly()).lines]

    assert lines(date(2021, 3, 1)) == lines(date(2022, 3, 1))

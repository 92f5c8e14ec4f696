"""Months, weeks of a fiscal year, and spans."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.revenue.periods import BadSpan, Monthly, Weekly, covering, following, preceding
from tests.domain.revenue.texts import day

DAYS = st.dates(date(1995, 1, 1), date(2060, 12, 31))


def test_months_have_their_own_lengths() -> None:
    found = covering(Monthly(), day("2024-01-31"), day("2024-03-01"))
    assert [(p.name, p.days) for p in found] == [("2024-01", 31), ("2024-02", 29), ("2024-03", 31)]


def test_a_year_of_weeks_begins_on_the_sunday_nearest_to_the_first_of_february() -> None:
    """The National Retail Federation's 2023 year began on 29 January and had 53 weeks."""
    calendar = Weekly(month=2, weekday=6)
    assert calendar.year_start(2023) == day("2023-01-29")
    assert calendar.year_start(2024) == day("2024-02-04")
    last = calendar.of(day("2024-02-03"))
    assert (last.name, last.days) == ("FY2023-P12", 42)


@pytest.mark.parametrize("pattern", [(4, 4, 5), (4, 5, 4), (5, 4, 4)])
def test_quarters_have_thirteen_weeks(pattern: tuple[int, int, int]) -> None:
    calendar = Weekly(pattern=pattern)
    period, days = calendar.of(calendar.year_start(2026)), list[int]()
    for _ in range(3):
        days.append(period.days // 7)
        period = following(calendar, period)
    assert tuple(days) == pattern


@given(DAYS, st.integers(0, 6), st.integers(1, 12), st.booleans())
def test_every_day_has_one_period_and_periods_touch(
    on: date, weekday: int, month: int, months: bool
) -> None:
    calendar = Monthly() if months else Weekly(month, weekday)
    period = calendar.of(on)
    assert period.starts_on <= on <= period.ends_on
    assert calendar.of(period.starts_on) == calendar.of(period.ends_on) == period
    after = following(calendar, period)
    assert after.starts_on == period.ends_on + timedelta(days=1)
    assert preceding(calendar, after) == period


def test_a_span_backwards_or_of_centuries_is_refused() -> None:
    with pytest.raises(BadSpan):
        covering(Monthly(), day("2026-02-01"), day("2026-01-31"))
    with pytest.raises(BadSpan):
        covering(Monthly(), day("1900-01-01"), day("2026-01-31"))

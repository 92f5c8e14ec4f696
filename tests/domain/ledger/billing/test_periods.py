from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.billing.errors import BrokenCharge
from domain.ledger.billing.periods import Every, Span, boundary, every, periods
from tests.domain.ledger.billing.lines import MONTH, YEAR, day, span

DATES = st.dates(date(2020, 1, 1), date(2034, 12, 31))
EVERY = st.one_of(
    st.builds(Every, st.integers(1, 24)), st.builds(Every, st.integers(1, 8), st.just("week"))
)


def test_the_anchor_never_drifts() -> None:
    starts = [boundary(day("2026-01-31"), MONTH, n).isoformat() for n in range(5)]
    assert starts == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
    assert boundary(day("2024-02-29"), YEAR, 4) == day("2028-02-29")
    assert boundary(day("2026-03-31"), MONTH, -1) == day("2026-02-28")


def test_a_term_that_ends_with_a_short_month_has_no_stub_of_one_day() -> None:
    one_month = periods(span("2026-01-31..2026-02-28"), MONTH)
    assert [p.part for p in one_month] == [span("2026-01-31..2026-02-28")]
    assert one_month[0].share == 1
    leap_year = periods(span("2028-02-29..2029-02-28"), YEAR)
    assert [p.share for p in leap_year] == [1]


def test_a_stub_is_a_share_of_the_period_that_holds_it() -> None:
    first, second = periods(span("2026-02-14..2026-03-31"), MONTH, day("2026-03-01"))
    assert [first.share, second.share] == [Fraction(15, 28), Fraction(1)]


@given(DATES, st.integers(0, 900), EVERY, DATES)
def test_periods_cover_every_day_once(first: date, days: int, length: Every, anchor: date) -> None:
    whole = Span(first, first + timedelta(days=days))
    found = periods(whole, length, anchor)
    assert found[0].part.starts_on == whole.starts_on
    assert found[-1].part.ends_on == whole.ends_on
    for one, following in pairwise(found):
        assert following.part.starts_on == one.part.ends_on + timedelta(days=1)
    assert all(0 < period.share <= 1 for period in found)
    assert all(period.share == 1 for period in found[1:-1])


@given(DATES, st.integers(0, 400), st.lists(st.tuples(DATES, st.integers(0, 90)), max_size=6))
def test_days_without_others_are_exactly_the_free_ones(
    first: date, days: int, taken: list[tuple[date, int]]
) -> None:
    whole = Span(first, first + timedelta(days=days))
    others = [Span(on, on + timedelta(days=n)) for on, n in taken]
    free = whole.without(others)
    busy = {o.starts_on + timedelta(days=n) for o in others for n in range(o.days)}
    every_day = {first + timedelta(days=n) for n in range(days + 1)}
    counted = [s.starts_on + timedelta(days=n) for s in free for n in range(s.days)]
    assert set(counted) == every_day - busy
    assert len(counted) == len(set(counted))


def test_frequencies() -> None:
    assert every("once") is None
    assert every("quarter") == Every(3)
    assert every("half_year", 1) == Every(6)
    assert every("year", 2) == Every(24)
    assert every("week", 2) == Every(2, "week")
    assert Every(6).over(Every(12)) == Fraction(1, 2)
    assert Every(1).over(Every(1, "week")) is None


def test_nonsense_is_refused() -> None:
    with pytest.raises(BrokenCharge):
        Span(day("2026-02-01"), day("2026-01-31"))
    with pytest.raises(BrokenCharge):
        Every(0)
    with pytest.raises(BrokenCharge):
        periods(Span(date(1000, 1, 1), date(3000, 1, 1)), Every(1, "week"))

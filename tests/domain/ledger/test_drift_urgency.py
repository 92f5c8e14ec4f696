"""How soon a finding must be looked at: by the books whose close it threatens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.drift import DriftKind
from domain.ledger.drift_urgency import (
    Period,
    Urgency,
    books_close_on,
    ends_of,
    period_of,
    urgency,
)

TODAY = date(2026, 3, 10)
JANUARY = Period("1", date(2026, 1, 1), date(2026, 1, 31), closed=True)
FEBRUARY = Period("2", date(2026, 2, 1), date(2026, 2, 28), closed=False)
MARCH = Period("3", date(2026, 3, 1), date(2026, 3, 31), closed=False)
PERIODS = (JANUARY, FEBRUARY, MARCH)


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (None, Urgency.LATER),
        (date(2026, 2, 28), Urgency.NOW),
        (date(2026, 3, 13), Urgency.NOW),
        (date(2026, 3, 14), Urgency.SOON),
        (date(2026, 3, 20), Urgency.SOON),
        (date(2026, 3, 21), Urgency.LATER),
    ],
)
def test_urgency_by_days_to_the_end(ends_on: date | None, expected: Urgency) -> None:
    assert urgency(ends_on, TODAY) is expected


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_the_bounds_of_an_urgency_hold_what_has_it(ends_on: date) -> None:
    for name in Urgency:
        after, by = ends_of(name, TODAY)
        within = (after is None or ends_on > after) and (by is None or ends_on <= by)
        assert within == (urgency(ends_on, TODAY) is name)


def test_the_period_a_document_names_goes_before_its_day() -> None:
    assert period_of(PERIODS, date(2026, 3, 2)) is MARCH
    assert period_of(PERIODS, date(2026, 3, 2), "2") is FEBRUARY
    assert period_of(PERIODS, date(2026, 3, 2), "99") is MARCH
    assert period_of(PERIODS, date(2027, 3, 2)) is None


def test_what_alters_a_closed_period_threatens_that_one() -> None:
    assert books_close_on(PERIODS, DriftKind.VOIDED, JANUARY, TODAY) == JANUARY.ends_on
    assert books_close_on(PERIODS, DriftKind.DUE_DATE_CHANGED, JANUARY, TODAY) == FEBRUARY.ends_on


def test_everything_else_threatens_the_next_period_to_be_closed() -> None:
    assert books_close_on(PERIODS, DriftKind.VOIDED, FEBRUARY, TODAY) == FEBRUARY.ends_on
    assert books_close_on(PERIODS, DriftKind.VOIDED, MARCH, TODAY) == MARCH.ends_on
    assert books_close_on(PERIODS, DriftKind.CONTROL_TOTAL_GAP, None, TODAY) == MARCH.ends_on
    assert books_close_on((), DriftKind.VOIDED, None, TODAY) is None


def test_a_period_nobody_closes_threatens_nothing() -> None:
    later = TODAY + timedelta(days=60)
    assert books_close_on((FEBRUARY, MARCH), DriftKind.VOIDED, FEBRUARY, later) == MARCH.ends_on

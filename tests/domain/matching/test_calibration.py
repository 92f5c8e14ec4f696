"""How wrong a class may be: bounds against known figures, and what follows from them."""

from __future__ import annotations

import pytest

from domain.matching.calibration import (
    Demoted,
    Live,
    Record,
    Shadow,
    standing,
    three_over_n,
    upper_bound,
)
from domain.matching.decision import MatchClass, Tier


def record(confirmed: int, corrected: int, *, live: bool = False) -> Record:
    return Record(MatchClass.AMOUNT, Tier.PROOF, confirmed, corrected, live)


@pytest.mark.parametrize(
    ("confirmed", "corrected", "ppm"),
    [
        # Zero errors: the rule of three.
        (300, 0, 10_000),
        (3_000, 0, 1_000),
        (7, 0, 428_572),
        # Clopper-Pearson, one-sided 95 %: 1/10 is 0.3942, 1/100 is 0.0466, 5/100 is 0.1023.
        (9, 1, 394_164),
        (99, 1, 46_559),
        (95, 5, 102_254),
        (0, 4, 1_000_000),
        (0, 0, 1_000_000),
    ],
)
def test_bounds_that_tables_give(confirmed: int, corrected: int, ppm: int) -> None:
    assert abs(upper_bound(confirmed, corrected) - ppm) <= 1


def test_the_bound_falls_with_more_cases_and_rises_with_errors() -> None:
    falling = [upper_bound(n, 1) for n in (5, 50, 500, 50_000)]
    assert falling == sorted(falling, reverse=True)
    rising = [upper_bound(1_000 - k, k) for k in (0, 1, 2, 10, 400)]
    assert rising == sorted(rising)
    assert upper_bound(999_999, 1) <= 5


def test_three_over_n_is_never_too_low() -> None:
    assert [three_over_n(n) for n in (0, 2, 3, 7, 600)] == [10**6, 10**6, 10**6, 428_572, 5_000]


def test_a_trial_is_over_when_enough_were_right_and_none_was_wrong() -> None:
    first = standing(record(599, 0), 5_000, 600)
    assert first == Shadow(599, 0, three_over_n(599), 1)
    assert not first.ready
    done = standing(record(600, 0), 5_000, 600)
    assert isinstance(done, Shadow)
    assert done.ready


def test_one_error_ends_a_trial_however_long_it_was() -> None:
    found = standing(record(100_000, 1), 5_000, 600)
    assert isinstance(found, Demoted)
    assert "it must see none" in found.reason


def test_a_live_class_is_demoted_when_its_bound_leaves_the_target() -> None:
    assert standing(record(3, 0, live=True), 5_000, 600) == Live(3, 0, 1_000_000)
    assert isinstance(standing(record(1_999, 1, live=True), 5_000, 600), Live)
    found = standing(record(599, 1, live=True), 5_000, 600)
    assert isinstance(found, Demoted)
    assert found.reason == "1 of 600 were wrong: up to 0.788 % may be, 0.500 % is allowed"

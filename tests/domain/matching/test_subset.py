"""The search agrees with trying everything, and gives up in steps, not in time."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matching.subset import Budget, Found, of_size


@settings(max_examples=60)
@given(st.lists(st.integers(1, 30), max_size=9), st.integers(1, 90), st.integers(1, 5))
def test_it_finds_what_trying_everything_finds(values: list[int], target: int, size: int) -> None:
    found = of_size(values, target, size, Budget(), limit=1_000)
    every = {
        chosen
        for chosen in combinations(range(len(values)), size)
        if sum(values[i] for i in chosen) == target
    }
    assert found.complete
    assert set(found.subsets) == every
    assert len(found.subsets) == len(every)


def test_two_are_enough_to_know_that_it_is_not_the_only_one() -> None:
    assert len(of_size([1] * 50, 3, 3, Budget()).subsets) == 2


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_it_gives_up_when_its_steps_are_used_up(size: int) -> None:
    values = [7 * n + 1 for n in range(60)]
    assert of_size(values, sum(values[20 : 20 + size]) + 2, size, Budget(3)) == Found((), False)


def test_more_than_a_thousand_are_not_searched() -> None:
    assert of_size([1] * 1_001, 2, 2, Budget()) == Found((), complete=False)

"""What is remembered of payers: it takes confirmations, it fades, a decline ends it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matching.item import Remembered
from domain.matching.memory import after_confirm, after_decline, is_certain, weight

DAY = date(2026, 3, 1)
NEW = Remembered("ACME", 1, 0, 0)


def confirmed(times: int, today: date = DAY) -> Remembered:
    remembered = NEW
    for _ in range(times):
        remembered = after_confirm(remembered, today)
    return remembered


def test_the_third_confirmation_makes_it_certain() -> None:
    assert [is_certain(confirmed(n), DAY) for n in range(5)] == [False, False, False, True, True]


def test_what_was_confirmed_just_often_enough_lasts_one_half_life() -> None:
    remembered = confirmed(3)
    assert weight(remembered, DAY) == 3000
    assert weight(remembered, DAY + timedelta(days=45)) == 1500
    assert is_certain(remembered, DAY + timedelta(days=45))
    assert not is_certain(remembered, DAY + timedelta(days=46))
    assert is_certain(confirmed(6), DAY + timedelta(days=90))


def test_a_decline_voids_every_confirmation_until_all_is_forgotten() -> None:
    declined = after_decline(confirmed(9), DAY)
    assert (declined.confirmed, declined.declined, weight(declined, DAY)) == (0, 1, 0)
    again = declined
    for _ in range(9):
        again = after_confirm(again, DAY)
    assert not is_certain(again, DAY)
    later = DAY + timedelta(days=45 * 6 + 1)
    fresh = after_confirm(again, later)
    assert (fresh.confirmed, fresh.declined) == (1, 0)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 60)), max_size=12), st.integers(0, 400))
@settings(max_examples=60)
def test_time_never_makes_it_surer(said: list[tuple[bool, int]], days: int) -> None:
    remembered, today = NEW, DAY
    for yes, wait in said:
        today += timedelta(days=wait)
        remembered = (after_confirm if yes else after_decline)(remembered, today)
    later = today + timedelta(days=days)
    assert weight(remembered, later) <= weight(remembered, today)
    assert is_certain(remembered, today) or not is_certain(remembered, later)
    assert remembered.declined == 0 or not is_certain(remembered, today)

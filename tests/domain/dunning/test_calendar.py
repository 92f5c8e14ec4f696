from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dunning.calendar import Calendar, ClosedForever, zone_named
from tests.domain.dunning.texts import at

ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Apia", "Asia/Kathmandu",
     "Australia/Lord_Howe", "America/St_Johns"]
).map(ZoneInfo)  # fmt: skip
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
HOLIDAYS = st.frozensets(st.dates(date(2025, 1, 1), date(2028, 1, 1)), max_size=60)


@given(MOMENTS, ZONES, HOLIDAYS)
def test_next_window_is_open_and_nothing_before_it_is(
    now: datetime, zone: ZoneInfo, holidays: frozenset[date]
) -> None:
    calendar = Calendar(holidays)
    found = calendar.next_window(now, zone)
    assert found >= now
    assert calendar.is_open(found, zone)
    if found > now:
        assert not calendar.is_open(now, zone)
        assert not calendar.is_open(found - timedelta(seconds=1), zone)


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.integers(-30, 30), HOLIDAYS)
def test_business_days_land_on_business_days(
    day: date, count: int, holidays: frozenset[date]
) -> None:
    calendar = Calendar(holidays)
    found = calendar.add_business_days(day, count)
    assert calendar.is_business_day(found)
    if count > 0:
        assert calendar.business_days_between(day, found) == count


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2026-03-13", 1, "2026-03-16"),
        ("2026-03-14", 0, "2026-03-16"),
        ("2026-03-16", 0, "2026-03-16"),
        ("2026-03-16", -1, "2026-03-13"),
        ("2026-03-12", 4, "2026-03-18"),
        ("2026-04-02", 1, "2026-04-07"),
    ],
)
def test_add_business_days(day: str, count: int, found: str) -> None:
    easter = Calendar(frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
    assert easter.add_business_days(date.fromisoformat(day), count) == date.fromisoformat(found)


@pytest.mark.parametrize(
    ("moment", "zone", "opens"),
    [
        ("2026-03-27 18:00", "Europe/Berlin", "2026-03-30 06:30"),
        ("2026-10-23 18:00", "Europe/Berlin", "2026-10-26 07:30"),
        ("2026-03-06 23:00", "America/New_York", "2026-03-09 12:30"),
        ("2026-03-18 07:29", "UTC", "2026-03-18 08:30"),
        ("2026-03-18 17:30", "UTC", "2026-03-19 08:30"),
        ("2026-03-18 17:29", "UTC", "2026-03-18 17:29"),
    ],
)
def test_window_across_clock_changes(moment: str, zone: str, opens: str) -> None:
    assert Calendar().next_window(at(moment), ZoneInfo(zone)) == at(opens)


def test_an_opening_hour_that_is_skipped_still_opens() -> None:
    night = Calendar(weekend=frozenset(), opens=time(2, 30), closes=time(6))
    zone = ZoneInfo("Europe/Berlin")
    opening = night.opening(date(2026, 3, 29), zone)
    assert opening == at("2026-03-29 01:30")
    assert night.is_open(opening, zone)


def test_a_calendar_without_business_days_says_so() -> None:
    with pytest.raises(ClosedForever):
        Calendar(weekend=frozenset(range(7))).add_business_days(date(2026, 1, 1), 1)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "Europe"])
def test_unknown_zones_are_none(name: str) -> None:
    assert zone_named(name) is None

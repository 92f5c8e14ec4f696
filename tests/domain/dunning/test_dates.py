from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dunning.calendar import Calendar
from domain.dunning.dates import HORIZON_DAYS, find_dates, find_past_dates

TUESDAY = date(2026, 3, 10)


def days(text: str, written_on: date = TUESDAY) -> list[list[str]]:
    found = find_dates(text, written_on, Calendar(frozenset({date(2026, 3, 12)})))
    return [[day.isoformat() for day in f.dates] for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We pay on Friday.", [["2026-03-13"]]),
        ("Tuesday works", [["2026-03-17"]]),
        ("next Friday", [["2026-03-13", "2026-03-20"]]),
        ("next Monday", [["2026-03-16"]]),
        ("Friday next week", [["2026-03-20"]]),
        ("by March 20", [["2026-03-20"]]),
        ("20 March 2026", [["2026-03-20"]]),
        ("2026-03-20", [["2026-03-20"]]),
        ("03/20/2026", [["2026-03-20"]]),
        ("05/04/2026", [["2026-04-05", "2026-05-04"]]),
        ("05/04", [["2026-04-05", "2026-05-04"]]),
        ("20/3/26", [["2026-03-20"]]),
        ("on the 28th", [["2026-03-28"]]),
        ("the 5th", [["2026-04-05"]]),
        ("January 5", []),
        ("in 5 days", [["2026-03-15"]]),
        ("within two weeks", [["2026-03-24"]]),
        ("in 3 business days", [["2026-03-16"]]),
        ("a fortnight from today", [["2026-03-24"]]),
        ("two weeks from now", [["2026-03-24"]]),
        ("tomorrow", [["2026-03-11"]]),
        ("the day after tomorrow", [["2026-03-12"]]),
        ("today", [["2026-03-10"]]),
        ("by the end of the week", [["2026-03-13"]]),
        ("end of next week", [["2026-03-20"]]),
        ("end of month", [["2026-03-31"]]),
        ("end of next month", [["2026-04-30"]]),
        ("end of April", [["2026-04-30"]]),
        ("Friday, March 13", [["2026-03-13"]]),
        ("Monday, March 13", [[]]),
        ("31.02.2026", [[]]),
        ("am 20.03.2026", [["2026-03-20"]]),
        ("bis zum 20.", [["2026-03-20"]]),
        ("am 20.3.", [["2026-03-20"]]),
        ("am 20. März", [["2026-03-20"]]),
        ("in 5 Tagen", [["2026-03-15"]]),
        ("in 3 Werktagen", [["2026-03-16"]]),
        ("am Freitag nächster Woche", [["2026-03-20"]]),
        ("nächsten Montag", [["2026-03-16"]]),
        ("übermorgen", [["2026-03-12"]]),
        ("morgen", [["2026-03-11"]]),
        ("Ende des Monats", [["2026-03-31"]]),
        ("Ende nächster Woche", [["2026-03-20"]]),
        ("le 20 mars", [["2026-03-20"]]),
        ("vendredi", [["2026-03-13"]]),
        ("vendredi de la semaine prochaine", [["2026-03-20"]]),
        ("dans 5 jours ouvrés", [["2026-03-18"]]),
        ("d'ici 10 jours", [["2026-03-20"]]),
        ("fin du mois", [["2026-03-31"]]),
        ("après-demain", [["2026-03-12"]]),
        ("el 20 de marzo de 2026", [["2026-03-20"]]),
        ("el viernes", [["2026-03-13"]]),
        ("en 5 días hábiles", [["2026-03-18"]]),
        ("pasado mañana", [["2026-03-12"]]),
        ("a finales de abril", [["2026-04-30"]]),
        ("We will sort it out soon", []),
        ("May I ask for a copy?", []),
        ("Rechnung 4711", []),
    ],
)
def test_expressions(text: str, expected: list[list[str]]) -> None:
    assert days(text) == expected


def test_ends_of_months_roll_over_the_year() -> None:
    december = date(2026, 12, 10)
    assert days("end of next month", december) == [["2027-01-31"]]
    assert days("end of December", december) == [["2026-12-31"]]
    assert days("end of January", december) == [["2027-01-31"]]
    assert days("January 5", december) == [["2027-01-05"]]
    assert days("the 31st", date(2026, 9, 30)) == [["2026-10-31"]]


@given(st.text(max_size=200), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_no_text_breaks_it_and_dates_stay_in_the_horizon(text: str, written_on: date) -> None:
    for found in find_dates(text, written_on, Calendar()):
        assert text[found.start : found.end].strip() == found.span
        for day in found.dates:
            assert written_on <= day <= written_on + timedelta(days=HORIZON_DAYS)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, HORIZON_DAYS))
def test_plain_dates_read_back(written_on: date, ahead: int) -> None:
    day = written_on + timedelta(days=ahead)
    texts = (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%A}, {day.day} {day:%B} {day.year}",
    )
    for text in texts:
        assert [f.dates for f in find_dates(f"paid on {text}.", written_on, Calendar())] == [(day,)]


def test_past_dates_are_the_latest_that_fit() -> None:
    found = find_past_dates("Wired on February 24, cleared 2026-03-02.", TUESDAY, Calendar())
    assert [d for f in found for d in f.dates] == [date(2026, 2, 24), date(2026, 3, 2)]
    assert find_past_dates("on April 2, 2027", TUESDAY, Calendar()) == ()
    december = find_past_dates("on 20 December", TUESDAY, Calendar())
    assert [f.dates for f in december] == [(date(2025, 12, 20),)]

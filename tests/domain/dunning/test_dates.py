from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dunning.calendar import Calendar
from domain.dunning.dates import HORIZON_DAYS, find_dates, find_past_dates
from domain.dunning.guarding.letters import plain

TUESDAY = date(2026, 3, 10)


def days(text: str, written_on: date = TUESDAY) -> list[list[str]]:
    found = find_dates(plain(text), written_on, Calendar(frozenset({date(2026, 3, 12)})))
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
        ("spätestens Freitag der 3.", [["2026-04-03"]]),
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
        ("the last working day", [["2026-03-31"]]),
        ("the last Friday of the month", [["2026-03-27"]]),
        ("the first Tuesday of the month", [["2026-04-07"]]),
        ("before the month is out", [["2026-03-31"]]),
        ("Friday week, i.e. 20 March", [["2026-03-20"]]),
        ("end of next week (Friday)", [["2026-03-20"]]),
        ("sexta que vem, dia 20/03", [["2026-03-20"]]),
        ("45 jours fin de mois, soit le 31 mars 2026", [["2026-03-31"]]),
        ("Ende des laufenden Monats", [["2026-03-31"]]),
        ("Ende des nächsten Monats", [["2026-04-30"]]),
        ("final do corrente mês", [["2026-03-31"]]),
        ("a finales del mes que viene", [["2026-04-30"]]),
        ("a finales de la semana que viene", [["2026-03-20"]]),
        ("antes de que acabe la semana", [["2026-03-13"]]),
        ("en un plazo de 10 días", [["2026-03-20"]]),
        ("entro settimana", [["2026-03-13"]]),
        ("entro la prossima settimana", [["2026-03-20"]]),
        ("a fine mese corrente", [["2026-03-31"]]),
        ("eind lopende maand", [["2026-03-31"]]),
        ("morgenochtend", [["2026-03-11"]]),
        ("Friday, then on 20 March", [["2026-03-13"], ["2026-03-20"]]),
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
        ("Friday the 13th", [["2026-03-13"]]),
        ("Friday the 14th", [[]]),
        ("on Friday week", [["2026-03-20"]]),
        ("a week on Friday", [["2026-03-20"]]),
        ("in two weeks' time", [["2026-03-24"]]),
        ("within 7 days of today", [["2026-03-17"]]),
        ("in one month", [["2026-04-10"]]),
        ("between 20 and 25 March", [["2026-03-25"]]),
        ("from 16 March to 20 March", [["2026-03-20"]]),
        ("on 16 March and 20 March", [["2026-03-16"], ["2026-03-20"]]),
        ("the first of April", [["2026-04-01"]]),
        ("by close of business", [["2026-03-10"]]),
        ("30 days from receipt", []),
        ("it sat in limbo", []),
        ("heute in einer Woche", [["2026-03-17"]]),
        ("nächste Woche Freitag", [["2026-03-20"]]),
        ("in vierzehn Tagen", [["2026-03-24"]]),
        ("Wir zahlen am 05.04.", [["2026-04-05"]]),
        ("Guten Morgen", []),
        ("vendredi prochain", [["2026-03-13"]]),
        ("le 1er avril", [["2026-04-01"]]),
        ("Nous payons le 05/04", [["2026-04-05"]]),
        ("sous huit jours", [["2026-03-18"]]),
        ("le paiement de 1 890,40 €", []),
        ("el viernes que viene", [["2026-03-13"]]),
        ("el próximo lunes", [["2026-03-16"]]),
        ("el 1 de abril", [["2026-04-01"]]),
        ("a fin de mes", [["2026-03-31"]]),
        ("en dos semanas", [["2026-03-24"]]),
        ("na sexta-feira", [["2026-03-13"]]),
        ("até sexta", [["2026-03-13"]]),
        ("na segunda parcela", []),
        ("segunda via da fatura", []),
        ("dia 20", [["2026-03-20"]]),
        ("no dia 20 de março", [["2026-03-20"]]),
        ("até o fim do mês", [["2026-03-31"]]),
        ("em 5 dias úteis", [["2026-03-18"]]),
        ("amanhã", [["2026-03-11"]]),
        ("depois de amanhã", [["2026-03-12"]]),
        ("na próxima semana, segunda-feira", [["2026-03-16"]]),
        ("venerdì prossimo", [["2026-03-13"]]),
        ("entro il 20 marzo", [["2026-03-20"]]),
        ("entro fine mese", [["2026-03-31"]]),
        ("entro 10 giorni", [["2026-03-20"]]),
        ("tra due settimane", [["2026-03-24"]]),
        ("domani", [["2026-03-11"]]),
        ("dopodomani", [["2026-03-12"]]),
        ("il 20/3", [["2026-03-20"]]),
        ("fine aprile", [["2026-04-30"]]),
        ("volgende week vrijdag", [["2026-03-20"]]),
        ("vrijdag 20 maart", [["2026-03-20"]]),
        ("eind van de maand", [["2026-03-31"]]),
        ("binnen 5 werkdagen", [["2026-03-18"]]),
        ("over twee weken", [["2026-03-24"]]),
        ("overmorgen", [["2026-03-12"]]),
        ("op de 20e", [["2026-03-20"]]),
        ("3月20日（金）", [["2026-03-20"]]),
        ("3月20日(月)", [[]]),
        ("2026年4月1日", [["2026-04-01"]]),
        ("今月末", [["2026-03-31"]]),
        ("来月末", [["2026-04-30"]]),
        ("4月末", [["2026-04-30"]]),
        ("来月10日", [["2026-04-10"]]),
        ("来週の金曜日", [["2026-03-20"]]),
        ("今週中", [["2026-03-13"]]),
        ("明日", [["2026-03-11"]]),
        ("明後日", [["2026-03-12"]]),
        ("3営業日以内", [["2026-03-16"]]),
        ("20日に", [["2026-03-20"]]),
        ("4/5に", [["2026-04-05"]]),
        ("30日間", []),
        ("by close of business Thursday", [["2026-03-12"]]),
        ("the 15th of next month", [["2026-04-15"]]),
        ("next month on the 15th", [["2026-04-15"]]),
        ("Friday after next", [["2026-03-20", "2026-03-27"]]),
        ("two weeks Friday", [["2026-03-27"]]),
        ("within 48 hours", [["2026-03-12"]]),
        ("Monday (16 March)", [["2026-03-16"]]),
        ("this Friday or Monday", [["2026-03-13", "2026-03-16"]]),
        ("by quarter end", [["2026-03-31"]]),
        ("after the weekend", [["2026-03-16"]]),
        ("24/7 support, split 50/50", []),
        ("nach dem Wochenende", [["2026-03-16"]]),
        ("zum 15. des nächsten Monats", [["2026-04-15"]]),
        ("in KW 13", [["2026-03-27"]]),
        ("mardi en huit", [["2026-03-24"]]),
        ("sous 48h", [["2026-03-12"]]),
        ("segunda que vem", [["2026-03-16"]]),
        ("entro il mese", [["2026-03-31"]]),
        ("金曜日までに", [["2026-03-13"]]),
        ("今月中", [["2026-03-31"]]),
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
    assert find_past_dates("it goes out April 10", TUESDAY, Calendar()) == ()
    december = find_past_dates("on 20 December", TUESDAY, Calendar())
    assert [f.dates for f in december] == [(date(2025, 12, 20),)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", "2026-03-09"),
        ("last Tuesday", "2026-03-03"),
        ("on Friday", "2026-03-06"),
        ("Friday the 6th", "2026-03-06"),
        ("on the 25th", "2026-02-25"),
        ("three days ago", "2026-03-07"),
        ("3/2", "2026-03-02"),
        ("am 20.02.", "2026-02-20"),
        ("vor drei Tagen", "2026-03-07"),
        ("avant-hier", "2026-03-08"),
        ("il y a deux jours", "2026-03-08"),
        ("ayer", "2026-03-09"),
        ("hace una semana", "2026-03-03"),
        ("ontem", "2026-03-09"),
        ("em 27/02", "2026-02-27"),
        ("ieri", "2026-03-09"),
        ("due giorni fa", "2026-03-08"),
        ("gisteren", "2026-03-09"),
        ("op 27 februari", "2026-02-27"),
        ("2月27日に", "2026-02-27"),
        ("昨日", "2026-03-09"),
        ("31 December", "2025-12-31"),
    ],
)
def test_days_that_are_over(text: str, expected: str) -> None:
    found = find_past_dates(plain(text), TUESDAY, Calendar())
    assert [d.isoformat() for f in found for d in f.dates] == [expected]

"""Each temperament decides as its name says."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from sandbox.company import Temperament
from sandbox.debtors import phrases
from sandbox.debtors.dates import promised, working_day, written
from sandbox.debtors.mind import Away, Meaning, Pay, Say, decide, listed
from tests.sandbox.debtors.people import NOW, thought

LANGUAGES = ("en", "de", "fr", "es")
SEEDS = range(25)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_keeper_names_a_day_and_pays_on_it(language: str, seed: int) -> None:
    said, paid = decide(thought(Temperament.PROMISE_KEEPER, language, seed=seed))
    assert isinstance(said, Say)
    assert isinstance(paid, Pay)
    assert "INV20001" in said.text
    assert paid.claim_ids == (20001, 20002)
    assert paid.at is not None
    assert timedelta(hours=4) < paid.at - NOW <= timedelta(days=5)
    assert paid.at.weekday() < 5


@pytest.mark.parametrize("seed", SEEDS)
def test_a_breaker_promises_twice_and_then_pays(seed: int) -> None:
    for before in (0, 1):
        (said,) = decide(thought(Temperament.PROMISE_BREAKER, before=before, seed=seed))
        assert isinstance(said, Say)
    kinds = [type(i) for i in decide(thought(Temperament.PROMISE_BREAKER, before=2, seed=seed))]
    assert kinds == [Pay, Say]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dispute_is_about_the_first_invoice_and_the_rest_is_paid(language: str) -> None:
    said, paid = decide(thought(Temperament.DISPUTES, language))
    assert isinstance(said, Say)
    assert isinstance(paid, Pay)
    assert "INV20001" in said.text
    assert "INV20002" not in said.text
    assert paid.claim_ids == (20002,)
    assert len(decide(thought(Temperament.DISPUTES, language, count=1))) == 1


def test_away_answers_by_itself_and_pays_after_the_return() -> None:
    away, paid = decide(thought(Temperament.OUT_OF_OFFICE))
    assert isinstance(away, Away)
    assert isinstance(paid, Pay)
    assert paid.at is not None
    assert paid.at.date() > away.until > NOW.date()


def test_the_silent_stay_silent_and_the_reminded_pay() -> None:
    assert decide(thought(Temperament.SILENT)) == ()
    assert any(isinstance(i, Pay) for i in decide(thought(Temperament.AFTER_REMINDER)))
    (paid,) = decide(thought(Temperament.ON_TIME))
    assert isinstance(paid, Pay)
    assert paid.at is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_already_paid_names_a_past_day(language: str) -> None:
    said = decide(thought(Temperament.ALREADY_PAID, language))[-1]
    assert isinstance(said, Say)
    assert re.search(r"\d", said.text.replace("INV20001", "").replace("INV20002", ""))


def test_without_a_known_invoice_somebody_asks_which() -> None:
    answers = {decide(thought(Temperament.LATE, seed=s, count=0)) for s in SEEDS}
    assert answers == {(), (Say(phrases.UNCLEAR["en"][0], Meaning.QUESTION),)}


def test_same_seed_same_decision() -> None:
    for mood in Temperament:
        assert decide(thought(mood, seed=3)) == decide(thought(mood, seed=3))


@pytest.mark.parametrize("language", LANGUAGES)
def test_promised_days_are_working_days_ahead(language: str) -> None:
    phrases_seen = set()
    for offset in range(14):
        today = date(2026, 11, 23) + timedelta(days=offset)
        for seed in SEEDS:
            rng = thought(Temperament.LATE, seed=seed).rng
            phrase, on = promised(rng, language, today, soon=True)
            assert 1 <= (on - today).days <= 5
            assert on.weekday() < 5
            phrases_seen.add(phrase)
    assert len(phrases_seen) > 20


def test_dates_and_lists_are_written_in_the_language() -> None:
    on = date(2026, 11, 28)
    assert [written(on, language) for language in LANGUAGES] == [
        "on 28 November",
        "am 28. November",
        "le 28 novembre",
        "el 28 de noviembre",
    ]
    assert written(on, "de", 1) == "am 28.11.2026"
    assert working_day(on) == date(2026, 11, 30)
    assert listed(["A", "B", "C"], "fr") == "A, B et C"
    assert listed([], "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_is_known_by_its_meaning(language: str) -> None:
    said = [
        decide(thought(mood, language))[0]
        for mood in (
            Temperament.WANTS_NO_MAIL,
            Temperament.SENDS_LAWYERS,
            Temperament.WANTS_PAPERS,
            Temperament.PROMISE_BREAKER,
        )
    ]
    meanings = [one.meaning for one in said if isinstance(one, Say)]
    assert meanings == [Meaning.STOP, Meaning.LEGAL, Meaning.PAPERS, Meaning.PROMISE]
    assert [isinstance(one, Say) and one.on is not None for one in said] == [False] * 3 + [True]

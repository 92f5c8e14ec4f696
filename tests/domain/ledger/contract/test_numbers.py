"""Numbers in words, amounts, dates: what is ambiguous is not read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.contract.amounts import Writing, find_amounts
from domain.ledger.contract.days import find_days
from domain.ledger.contract.normal import Passage, count, normalize
from domain.ledger.contract.percents import percent
from domain.ledger.contract.prices import read_discount, read_fee, read_milestone
from domain.ledger.contract.terms import Discount, TermName
from domain.ledger.contract.words import disagreements, words_value
from domain.ledger.money import Money
from sources.contract.rules.fees import fees
from sources.contract.rules.paying import paying


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("thirty", 30),
        ("one hundred fifty thousand", 150_000),
        ("Three Hundred Eighteen Thousand Eight Hundred Fifteen", 318_815),
        ("one and one-half", Fraction(3, 2)),
        ("one and a half", Fraction(3, 2)),
        ("dreißig", 30),
        ("quarante-cinq", 45),
        ("several", None),
    ],
)
def test_words_are_numbers(words: str, value: int | Fraction | None) -> None:
    assert words_value(words) == value


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("within thirty (30) days", False),
        ("within thirty (45) days", True),
        ("Fifty Thousand Dollars ($50,000.00)", False),
        ("Fifty-Five Thousand US Dollars (US $50,000)", True),
        ("one and one-half percent (1 1/2%)", False),
        ("one percent (1.5%)", True),
        ("within 10 (ten) days", False),
        ("within 10 (twelve) days", True),
        ("sechzig (30) Tagen", True),
        ("Section four (a) and Exhibit (3)", False),
    ],
)
def test_words_and_figures_must_agree(text: str, differs: bool) -> None:
    assert bool(list(disagreements(text))) is differs


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("$1,250.00 and CHF 1'250.50", ["1,250.00 USD", "1,250.50 CHF"]),
        ("US$1.5 million", ["1,500,000.00 USD"]),
        ("12 500 €", ["12,500.00 EUR"]),
        ("120,000 dollars", ["120,000.00 USD"]),
        ("$1.234 or $12,34,567", []),
        ("fee 100 and 2026", []),
    ],
)
def test_amounts_with_a_currency(text: str, amounts: list[str]) -> None:
    assert [str(found.money) for found in find_amounts(text, Writing())] == amounts


def test_a_comma_may_mark_decimals() -> None:
    found = list(find_amounts("1.250 EUR, 1.250,50 EUR, € 99,90", Writing(comma_decimals=True)))
    assert [str(a.money) for a in found] == ["1,250.00 EUR", "1,250.50 EUR", "99.90 EUR"]


@settings(max_examples=50)
@given(st.integers(0, 10**9), st.booleans())
def test_what_is_written_is_read(minor: int, comma: bool) -> None:
    whole, cents = divmod(minor, 100)
    text = f"{whole:,}.{cents:02d}"
    if comma:
        text = text.translate(str.maketrans(",.", ".,"))
    found = next(find_amounts(f"a fee of € {text} is due", Writing(comma_decimals=comma)))
    assert found.money.minor == minor


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("this 18th day of February, 2000", date(2000, 2, 18)),
        ("Sept. 6th, 2005", date(2005, 9, 6)),
        ("1. März 2026", date(2026, 3, 1)),
        ("1er mars 2026", date(2026, 3, 1)),
        ("1 de marzo de 2026", date(2026, 3, 1)),
        ("01.03.2026", date(2026, 3, 1)),
        ("03/31/2026", date(2026, 3, 31)),
        ("03/04/2026", None),
    ],
)
def test_dates(text: str, on: date | None) -> None:
    assert [day.on for day in find_days(text)] == [on]


def test_counts_and_percentages() -> None:
    assert count("thirty (30) days") == 30
    assert count("the second anniversary") == 2
    assert count("some days") is None
    assert percent("one and one-half percent per month") == "1.5"
    assert percent("1½% per month") == "1.5"
    assert percent("at the legal rate") is None


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("term", "two (2) years and six (6) months", 30),
        ("term", "one year and six months", 18),
        ("term", "three (3) years (36 months)", 36),
        ("term", "36 months (3 years)", 36),
        ("term", "36 months and renews for one year", 36),
        ("term", "one and a half years", None),
        ("payment_days", "net 30 days upon receipt of invoice", 30),
        ("payment_days", "due upon receipt", 0),
        ("payment_days", "2 weeks", 14),
        ("payment_days", "two months", 60),
        ("payment_days", "60 days end of month", 60),
        ("billing_frequency", "biannually", None),
        ("billing_frequency", "bi-weekly", None),
        ("billing_frequency", "bimonthly", None),
        ("billing_frequency", "every other month", None),
        ("billing_frequency", "semi-annually", "half_year"),
        ("billing_frequency", "monthly", "month"),
    ],
)
def test_lengths_of_time_are_read_as_written_or_not_at_all(
    name: TermName, words: str, value: int | str | None
) -> None:
    assert normalize(name, Passage(words, words, Writing())) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("33,3 % bei Abnahme", "33.3"),
        ("33.333% upon delivery", "33.333"),
        ("fifty percent upon signing", "50"),
        ("33 1/3% upon delivery", None),
        ("1,000% upon delivery", None),
    ],
)
def test_a_share_of_the_price_is_all_of_its_digits(text: str, value: str | None) -> None:
    stage = read_milestone(text, Writing())
    assert (stage.percent if stage else None) == value
    assert read_discount(text, Writing()) == (Discount(percent=value) if value else None)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("30% of the price of $100,000 upon signing", 3_000_000),
        ("30% ($30,000) upon signing", 3_000_000),
        ("30% of the price ($30,000) upon signing", 3_000_000),
    ],
)
def test_a_share_of_an_amount_is_not_the_amount(text: str, minor: int) -> None:
    stage = read_milestone(text, Writing())
    assert stage is not None
    assert (stage.amount, stage.percent) == (Money(minor, "USD"), "")


@pytest.mark.parametrize(
    "text",
    ["Credit | 1 | -$500.00 | -$500.00", "Credit | ($500.00)", "Nachlass | -500,00 €", "$ -20"],
)
def test_what_is_taken_off_is_no_price(text: str) -> None:
    assert read_fee(text, text, Writing()) is None


@pytest.mark.parametrize("text", ["Platform - $500 per year", "Five Hundred Dollars ($500)"])
def test_a_dash_or_brackets_in_a_sentence_take_nothing_off(text: str) -> None:
    assert read_fee(text, text, Writing()) is not None


@pytest.mark.parametrize(
    "line", ["Early bird credit | 1 | -$500.00 | -$500.00", "A one-time credit fee of -$500."]
)
def test_the_rules_ask_about_an_amount_that_is_taken_off(line: str) -> None:
    said = list(fees((f"Platform subscription | $900.00\n{line}",), Writing()))
    assert [one.name for one in said] == ["fee", "discount"]


def test_the_rules_cut_no_share_in_two() -> None:
    page = "Customer shall pay 33.3% upon signing, 66,7 % upon delivery."
    said = [one.value for one in fees((page,), Writing()) if one.name == "milestone"]
    assert said == ["33.3% upon signing", "66,7 % upon delivery"]
    thirds = fees(("Customer shall pay 33 1/3% upon signing.",), Writing())
    assert not [one for one in thirds if one.value.startswith("3%")]


@pytest.mark.parametrize("words", ["bi-monthly", "bi-annually"])
def test_the_rules_read_no_rhythm_out_of_a_word_that_means_two(words: str) -> None:
    said = paying(f"Fees are invoiced {words} in arrears.")
    assert [one.name for one in said] == ["billing_timing"]

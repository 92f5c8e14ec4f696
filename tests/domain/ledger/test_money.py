from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.errors import CurrencyMismatch, InvalidAmount, UnknownCurrency
from domain.ledger.money import Money, exponent, total

CURRENCIES = st.sampled_from(["JPY", "VND", "USD", "EUR", "GBP", "KWD", "BHD"])
MINOR = st.integers(-(10**15), 10**15)
MONEY = st.builds(Money, MINOR, CURRENCIES)


@given(MONEY)
def test_plain_text_reads_back(money: Money) -> None:
    assert Money.parse(money.plain(), money.currency) == money


@given(MONEY)
def test_display_names_currency_and_every_digit(money: Money) -> None:
    text, _, code = str(money).rpartition(" ")
    assert code == money.currency
    assert Money.parse(text.replace(",", ""), code) == money


@given(MONEY, st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any))
def test_split_sums_to_the_whole_and_stays_near_proportion(
    money: Money, weights: list[int]
) -> None:
    parts = money.split(weights)
    assert total(parts, money.currency) == money
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor * sum(weights) - money.minor * weight) < sum(weights)


@given(MINOR, MINOR, st.permutations(["JPY", "USD", "KWD", "EUR"]))
def test_mixed_currencies_always_raise(a: int, b: int, codes: list[str]) -> None:
    one, other = Money(a, codes[0]), Money(b, codes[1])
    for act in (
        lambda: one + other, lambda: one - other, lambda: one < other,
        lambda: one <= other, lambda: one > other, lambda: one >= other,
        lambda: total([one, other], codes[0]),
    ):  # fmt: skip
        with pytest.raises(CurrencyMismatch):
            act()


@given(MONEY, MINOR)
def test_order_and_arithmetic_follow_minor_units(money: Money, other: int) -> None:
    second = Money(other, money.currency)
    assert (money < second, money <= second) == (money.minor < other, money.minor <= other)
    assert (money > second, money >= second) == (money.minor > other, money.minor >= other)
    assert money - second == money + -second
    assert bool(money) is (money.minor != 0)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1234.50", "USD", 123450),
        (" -7 ", "USD", -700),
        ("1.2E3", "USD", 120000),
        ("+0.5", "EUR", 50),
        ("128000", "JPY", 128000),
        ("128000.00", "JPY", 128000),
        ("1.234", "KWD", 1234),
        ("0.001", "BHD", 1),
        ("1.500", "USD", 150),
    ],
)
def test_parse(text: str, currency: str, minor: int) -> None:
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1,234.50", "USD"), ("1.005", "USD"), ("0.5", "JPY"), ("", "USD"), ("NaN", "USD"),
        ("Infinity", "USD"), ("1e999999999999999999", "USD"), ("1e25", "USD"), ("12 000", "EUR"),
        ("0x10", "USD"), ("1.2345", "KWD"), ("--1", "USD"),
        ("1.00000000000000000000000000000000001", "USD"), ("1e-999999999", "USD"),
    ],
)  # fmt: skip
def test_parse_never_rounds_or_guesses(text: str, currency: str) -> None:
    with pytest.raises(InvalidAmount):
        Money.parse(text, currency)


@pytest.mark.parametrize("minor", [True, 1.0, "1", None])
def test_minor_units_are_whole_numbers(minor: object) -> None:
    with pytest.raises(InvalidAmount, match="whole number"):
        Money(cast("int", minor), "USD")


@pytest.mark.parametrize("code", ["usd", "US", "DOLLAR", "", "U$D"])
def test_currency_has_the_form_of_a_code(code: str) -> None:
    with pytest.raises(UnknownCurrency):
        exponent(code)


def test_exponents() -> None:
    assert [exponent(c) for c in ("JPY", "USD", "KWD", "XOF")] == [0, 2, 3, 0]


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2], [1, -1]])
def test_split_needs_a_positive_weight(weights: list[int]) -> None:
    with pytest.raises(InvalidAmount):
        Money(100, "USD").split(weights)


def test_split_gives_the_first_the_odd_cent() -> None:
    assert [m.minor for m in Money(100, "USD").split([1, 1, 1])] == [34, 33, 33]


def test_zero_and_empty_total() -> None:
    assert total([], "JPY") == Money.zero("JPY") == Money(0, "JPY")
    assert str(Money(-123456, "USD")) == "-1,234.56 USD"

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from domain.ledger.deal import DealLine, price_of, rounded, times
from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money


def line(quantity: str, price: str, discount: str = "") -> DealLine:
    taken = Money.parse(discount, "USD") if discount else None
    return DealLine("L1", "Seats", "S-1", "", quantity, Money.parse(price, "USD"), taken)


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "amount"),
    [
        ("3", "19.99", "", "59.97"),
        ("2.5", "0.01", "", "0.03"),
        ("10", "100.00", "150.00", "850.00"),
        ("-1", "0.50", "", "-0.50"),
        (".5", "1.00", "", "0.50"),
    ],
)
def test_amount_is_quantity_times_price_less_discount(
    quantity: str, price: str, discount: str, amount: str
) -> None:
    assert line(quantity, price, discount).amount.plain() == amount


@pytest.mark.parametrize(
    "quantity", ["", "ten", "1/3", "1e9", "1,000", "NaN", "9" * 31, "--1", "²"]
)
def test_what_is_no_plain_number_is_refused(quantity: str) -> None:
    with pytest.raises(InvalidAmount):
        times(Money(100, "USD"), quantity)


def test_halves_round_away_from_zero() -> None:
    assert rounded(Fraction(1, 2), "USD").minor == 1
    assert rounded(Fraction(-1, 2), "USD").minor == -1
    assert rounded(Fraction(49, 100), "USD").minor == 0


@pytest.mark.parametrize(
    ("text", "currency", "minor", "units"),
    [
        ("12.50", "USD", 1250, 1),
        ("12.500", "USD", 1250, 1),
        ("0.0004", "USD", 4, 100),
        ("0.5", "JPY", 5, 10),
        ("-0.001", "KWD", -1, 1),
    ],
)
def test_a_price_below_the_minor_unit_is_kept_exactly(
    text: str, currency: str, minor: int, units: int
) -> None:
    assert price_of(text, currency) == (Money(minor, currency), units)
    exact = line("3", "1.00")
    assert replace(exact, unit_price=Money(4, "USD"), price_units=100, quantity="1000").amount == (
        Money(40, "USD")
    )

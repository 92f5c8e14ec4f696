"""The exchange rate that a bank gave: what arrived for a unit of what is booked. Pure."""

from __future__ import annotations

from fractions import Fraction

from domain.ledger.money import Money, exponent

_DECIMALS = 6


def bank_rate(arrived: Money, booked: Money) -> str:
    """What one unit of the booked currency was worth, with as few decimals as give all of it.

    At most six: what is missing then is `rounding`.
    """
    exact = _major(arrived) / _major(booked)
    for decimals in range(1, _DECIMALS + 1):
        rate = _written(exact, decimals)
        if _worth(booked, rate, arrived.currency) == arrived:
            return rate
    return _written(exact, _DECIMALS)


def rounding(arrived: Money, booked: Money, fee: Money | None = None) -> Money:
    """What arrived beyond what is booked at the bank's rate: some cents of a large amount.

    A payment is booked with the `fee`, which goes again by itself: each is rounded alone.
    """
    rate = bank_rate(arrived, booked)
    kept = fee or Money.zero(booked.currency)
    gone = _worth(kept, rate, arrived.currency)
    return arrived - (_worth(booked + kept, rate, arrived.currency) - gone)


def _major(amount: Money) -> Fraction:
    return Fraction(amount.minor, 10 ** exponent(amount.currency))


def _written(exact: Fraction, decimals: int) -> str:
    scaled = round(exact * 10**decimals)
    return f"{scaled // 10**decimals}.{scaled % 10**decimals:0{decimals}}"


def _worth(booked: Money, rate: str, currency: str) -> Money:
    exact = _major(booked) * Fraction(rate) * 10 ** exponent(currency)
    return Money(int(exact + Fraction(1, 2)), currency)

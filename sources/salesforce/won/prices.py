"""What a line costs: quantity, price and discount that come to exactly Salesforce's total."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.ledger.deal import number, price_of, rounded, times
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, exponent
from sources.salesforce.values import Problem
from sources.salesforce.won.records import LineRow


@dataclass(frozen=True, slots=True)
class Priced:
    """A price of `units` units, and what is taken off; quantity times price less it is `total`."""

    quantity: str
    unit_price: Money
    units: int
    discount: Money | None
    total: Money


def priced(line: LineRow, currency: str, where: str) -> Priced | Problem:
    """The line's price. Salesforce's total wins where it rounded; where it contradicts: a problem.

    TotalPrice is quantity times UnitPrice less Discount percent; of a line whose total was typed
    in, UnitPrice is the rounded quotient (OpportunityLineItem in the object reference).
    """
    if not line.quantity or not line.unit_price:
        return Problem("price_unclear", where, "it has no quantity or no price")
    try:
        return _priced(line, currency, where)
    except LedgerError as error:
        return Problem("amount_unreadable", where, str(error)[:200])


def money(text: str, currency: str) -> Money | None:
    """The amount, None without one. Raises LedgerError for more digits than the currency has."""
    return Money.parse(text, currency) if text else None


def _priced(line: LineRow, currency: str, where: str) -> Priced | Problem:
    price, units = price_of(line.unit_price, currency)
    gross, percent = times(price, line.quantity, units), number(line.discount or "0")
    if not 0 <= percent <= 100:
        return Problem("discount_unclear", where, f"a discount of {line.discount} percent")
    exact = number(line.quantity) * Fraction(price.minor, units) * (1 - percent / 100)
    total = money(line.total_price, currency) or rounded(exact, currency)
    if abs(exact - total.minor) > _rounding(line, currency):
        words = f"{line.quantity} times {line.unit_price}"
        words += f" less {line.discount} percent" if percent else ""
        return Problem("amount_differs", where, f"{words} is not {total}")
    if gross == total:
        return Priced(line.quantity, price, units, None, total)
    if percent:
        return Priced(line.quantity, price, units, gross - total, total)
    return _divided(line, total, where)


def _divided(line: LineRow, total: Money, where: str) -> Priced | Problem:
    """A price that was rounded: the total is that of all units together."""
    whole = number(line.quantity)
    if whole.denominator != 1 or whole < 1:
        return Problem(
            "amount_differs", where, f"a price of {line.unit_price} does not give {total}"
        )
    return Priced(line.quantity, total, int(whole), None, total)


def _rounding(line: LineRow, currency: str) -> Fraction:
    """By how many minor units rounding the unit price and the total can change the total."""
    shown = len(line.unit_price.partition(".")[2])
    places = max(shown, exponent(currency))
    step = Fraction(10 ** exponent(currency), 10**places)
    return abs(number(line.quantity)) * step / 2 + Fraction(1, 2)

"""Quantity, price and discount of a line item, checked against the amount HubSpot made of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.ledger.deal import number, price_of, rounded, times
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, exponent
from sources.hubspot.rest.records import LineProperties
from sources.hubspot.won.notes import Notes, shown

# Ten thousand billion in cents; a 64-bit column holds nearly ten thousand times as much.
MOST_MINOR = 10**15


@dataclass(frozen=True, slots=True)
class Price:
    """What one billing period of a line costs."""

    quantity: str
    unit_price: Money
    price_units: int
    discount: Money | None


def price_in(line: LineProperties, currency: str, notes: Notes) -> Price | None:
    """The price, or None with the problems noted.

    Price and amount are those of one billing period (developers.hubspot.com, "Line items"), the
    unit discount is taken off each unit, and the amount is what is left.
    """
    quantity = _quantity(line.quantity, notes)
    unit = _unit_price(line, currency, notes)
    if quantity is None or unit is None:
        return None
    try:
        gross = times(unit[0], quantity, unit[1])
        if max(gross.minor, unit[0].minor) > MOST_MINOR:
            notes.add("price_unreadable", f"quantity times price is {gross}: too much to be true")
            return None
        discount = _discount(line, number(quantity), gross, notes)
        if discount is None or not _agrees(line, gross - discount, notes):
            return None
        return Price(quantity, *unit, discount or None)
    except LedgerError as error:
        notes.add("price_unreadable", str(error))
        return None


def _quantity(text: str, notes: Notes) -> str | None:
    try:
        if number(text) >= 0:
            return text
    except LedgerError:
        pass
    notes.add("quantity_unreadable", f"the quantity is {shown(text)}")
    return None


def _unit_price(line: LineProperties, currency: str, notes: Notes) -> tuple[Money, int] | None:
    if line.hs_pricing_model.lower() not in ("", "flat"):
        model = shown(line.hs_pricing_model)
        notes.add("price_tiered", f"the price comes from tiers ({model}), not from one unit price")
        return None
    try:
        price, units = price_of(line.price, currency)
    except LedgerError:
        notes.add("price_unreadable", f"the unit price is {shown(line.price)}")
        return None
    if price.minor < 0:
        notes.add("price_unreadable", f"the unit price is negative: {shown(line.price)}")
        return None
    return price, units


def _discount(line: LineProperties, quantity: Fraction, gross: Money, notes: Notes) -> Money | None:
    """What is taken off, zero without a discount, None where it is unclear."""
    try:
        unit = number(line.discount or "0")
        percent = number(line.hs_discount_percentage or "0")
    except LedgerError:
        words = f"the discount is {shown(line.discount)} and {shown(line.hs_discount_percentage)} %"
        notes.add("discount_unclear", words)
        return None
    if unit and percent:
        notes.add("discount_unclear", "there is a discount for each unit and one in percent")
        return None
    minor = unit * quantity * 10 ** exponent(gross.currency) + gross.minor * percent / 100
    if unit < 0 or percent < 0 or minor > gross.minor:
        notes.add("discount_unclear", "the discount is negative or more than the price")
        return None
    return rounded(minor, gross.currency)


def _agrees(line: LineProperties, net: Money, notes: Notes) -> bool:
    """Whether HubSpot's own net amount is ours, to one minor unit of rounding."""
    if not line.amount:
        return True
    try:
        theirs = number(line.amount) * 10 ** exponent(net.currency)
    except LedgerError:
        notes.add("amount_differs", f"the amount is {shown(line.amount)}")
        return False
    if abs(theirs - net.minor) <= 1:
        return True
    words = f"quantity, price and discount make {net}, HubSpot says {shown(line.amount)}"
    notes.add("amount_differs", words)
    return False

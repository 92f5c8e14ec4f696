"""A signed deal as every source tells it: a CRM, a contract that was read, or a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money, exponent

DealSource = Literal["hubspot", "salesforce", "contract", "manual"]
Frequency = Literal["once", "week", "month", "quarter", "half_year", "year"]
Billed = Literal["advance", "arrears", "milestone", "usage", "once"]
PricedPer = Literal["period", "month", "year", "term"]
RevenueType = Literal["subscription", "usage", "service", "one_off", ""]

_NUMBER = re.compile(r"-?(?:[0-9]{1,18}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class DealCustomer:
    """Who signed, as the source knows them. `external_id` is the source's own id of the party.

    `merged_into` is the id of the party this one was merged into, `parent` the id of the one
    above it; both empty where the source does not tell. `erp_id` is the ERP's own id, number or
    external id of the customer where the source keeps one. `merged_ids` are the ids of parties that
    were merged into this one, for a link that was made to one of them.
    """

    external_id: str
    name: str
    domain: str = ""
    country: str = ""
    tax_id: str = ""
    billing_address: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    merged_into: str = ""
    parent: str = ""
    erp_id: str = ""
    merged_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DealMilestone:
    """A part of a line's price that is due when something is reached; no day where none is told."""

    name: str
    amount: Money
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class DealLine:
    """One product of a deal. Dates are inclusive; what the source does not say is None or empty.

    `quantity` is plain decimal text. `unit_price` is of one unit for what `priced_per` names: a
    billing period, a month, a year or the whole term, and so is `amount`; `discount` is taken off
    quantity times price. Bills come every `interval_count` times `frequency` (month, 5: five
    months). A price below the minor unit is that of `price_units` units (`price_of`).

    `list_price` is the stand-alone price of one unit where the source knows it. Of usage,
    `minimum` is billed at least and `included` units are free in each billing period.
    """

    source_id: str
    product: str
    sku: str
    description: str
    quantity: str
    unit_price: Money
    discount: Money | None = None
    frequency: Frequency = "once"
    interval_count: int = 1
    term_months: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    billed: Billed = "once"
    revenue_type: RevenueType = ""
    tax_code: str = ""
    priced_per: PricedPer = "period"
    price_units: int = 1
    milestones: tuple[DealMilestone, ...] = ()
    list_price: Money | None = None
    minimum: Money | None = None
    included: str = "0"

    @property
    def amount(self) -> Money:
        """Quantity times price less the discount, rounded half up. Raises InvalidAmount."""
        gross = times(self.unit_price, self.quantity, self.price_units)
        return gross - self.discount if self.discount is not None else gross


@dataclass(frozen=True, slots=True)
class Deal:
    """What was sold to whom. `version` tells two readings of one deal apart (the source's stamp).

    `quote_id` names the accepted quote the lines come from, if they come from one. `terms` is the
    payment terms as written ("Net 30"); `changed_at` is when the source last changed any part.
    `amount` is what the source says the whole deal is worth, which need not be what its lines come
    to. `tax_included` is None where nothing is said; `not_cash` says why the price is no amount of
    money (shares, a redacted sum). `amends` is the source's id of the deal this one changes.
    `merged_ids` are deals that were merged into this one: what was billed of them is billed.
    """

    source: DealSource
    source_id: str
    version: str
    customer: DealCustomer
    currency: str
    closed_on: date | None
    starts_on: date | None
    ends_on: date | None
    lines: tuple[DealLine, ...]
    po_number: str = ""
    terms: str = ""
    memo: str = ""
    quote_id: str = ""
    changed_at: datetime | None = None
    name: str = ""
    amount: Money | None = None
    tax_included: bool | None = None
    not_cash: str = ""
    amends: str = ""
    merged_ids: tuple[str, ...] = ()


def times(price: Money, quantity: str, price_units: int = 1) -> Money:
    """`price` of `price_units` times decimal text, rounded half up. Raises InvalidAmount."""
    return rounded(number(quantity) * price.minor / price_units, price.currency)


def price_of(text: str, currency: str) -> tuple[Money, int]:
    """A unit price exactly, and of how many units it is ("0.0004" USD: 0.04 for 100 units).

    Raises InvalidAmount past twelve digits after the point.
    """
    price, units = number(text) * 10 ** exponent(currency), 1
    while price.denominator != 1:
        price, units = price * 10, units * 10
    return Money(price.numerator, currency), units


def number(text: str) -> Fraction:
    """Plain decimal text exactly; no grouping, exponent or fraction. Raises InvalidAmount."""
    cleaned = text.strip()
    if not _NUMBER.fullmatch(cleaned):
        raise InvalidAmount(f"{cleaned[:40]!r} is not a quantity")
    return Fraction(cleaned)


def rounded(minor: Fraction, currency: str) -> Money:
    """Minor units rounded half up, away from zero."""
    whole = (abs(minor) * 2 + 1) // 2
    return Money(whole if minor >= 0 else -whole, currency)

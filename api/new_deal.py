"""A deal as a program writes it: for sellers whose deals are in no CRM that is connected."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.ledger.deal import Deal, DealCustomer, DealLine, DealMilestone, number, price_of
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, exponent

Text = Annotated[str, Field(max_length=300)]
Frequency = Literal["once", "week", "month", "quarter", "half_year", "year"]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NewMilestone(_Body):
    """A part of a line's price, due when it is reached."""

    name: Text
    amount: Text
    planned_on: Text = ""


class NewLine(_Body):
    """A line. Prices and quantities are text; what is left out is asked about on the page."""

    id: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_.-]+$")]
    product: Text
    sku: Text = ""
    description: Text = ""
    quantity: Text = "1"
    unit_price: Text
    discount: Text = ""
    frequency: Frequency = "once"
    interval_count: Annotated[int, Field(ge=1, le=120)] = 1
    term_months: Annotated[int, Field(ge=1, le=600)] | None = None
    starts_on: Text = ""
    ends_on: Text = ""
    billed: Literal["once", "advance", "arrears", "milestone", "usage"] = "once"
    priced_per: Literal["period", "month", "year", "term"] = "period"
    minimum: Text = ""
    included: Text = "0"
    milestones: Annotated[list[NewMilestone], Field(max_length=100)] = []


class NewCustomer(_Body):
    """Who signed, by the caller's own id."""

    id: Text = ""
    name: Annotated[str, Field(min_length=1, max_length=300)]
    erp_id: Text = ""
    email: Text = ""
    country: Annotated[str, Field(max_length=2)] = ""
    tax_id: Text = ""


class NewDeal(_Body):
    """A won deal. The same `id` again with other content is its next version."""

    id: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_.-]+$")]
    name: Text = ""
    customer: NewCustomer
    currency: Annotated[str, Field(min_length=3, max_length=3)]
    closed_on: Text
    starts_on: Text = ""
    ends_on: Text = ""
    po_number: Text = ""
    terms: Text = ""
    memo: Text = ""
    lines: Annotated[list[NewLine], Field(min_length=1, max_length=200)]


class Unreadable(ValueError):
    """What must be corrected, by field."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")


def deal_of(sent: NewDeal) -> Deal:
    """The deal that was sent. Raises Unreadable."""
    try:
        exponent(sent.currency)
    except LedgerError:
        raise Unreadable("currency", "Write the three letters, like USD.") from None
    customer = sent.customer
    return Deal(
        source="manual",
        source_id=sent.id,
        version="",
        customer=DealCustomer(
            external_id=customer.id or customer.name,
            name=customer.name,
            country=customer.country,
            tax_id=customer.tax_id,
            emails=(customer.email,) if customer.email else (),
            erp_id=customer.erp_id,
        ),
        currency=sent.currency,
        closed_on=_day("closed_on", sent.closed_on),
        starts_on=_day("starts_on", sent.starts_on),
        ends_on=_day("ends_on", sent.ends_on),
        lines=tuple(_line(n, line, sent.currency) for n, line in enumerate(sent.lines, 1)),
        po_number=sent.po_number,
        terms=sent.terms,
        memo=sent.memo,
        name=sent.name,
    )


def _line(place: int, line: NewLine, currency: str) -> DealLine:
    at = f"lines.{place}"
    try:
        number(line.quantity)
        price, units = price_of(line.unit_price, currency)
    except LedgerError:
        raise Unreadable(at, "Quantity and unit_price are plain numbers.") from None
    return DealLine(
        source_id=line.id,
        product=line.product,
        sku=line.sku,
        description=line.description,
        quantity=line.quantity,
        unit_price=price,
        discount=_money(f"{at}.discount", line.discount, currency),
        frequency=line.frequency,
        interval_count=line.interval_count,
        term_months=line.term_months,
        starts_on=_day(f"{at}.starts_on", line.starts_on),
        ends_on=_day(f"{at}.ends_on", line.ends_on),
        billed=line.billed,
        priced_per=line.priced_per,
        price_units=units,
        minimum=_money(f"{at}.minimum", line.minimum, currency),
        included=line.included,
        milestones=tuple(_milestone(at, one, currency) for one in line.milestones),
    )


def _milestone(at: str, one: NewMilestone, currency: str) -> DealMilestone:
    amount = _money(f"{at}.milestones", one.amount, currency)
    if amount is None:
        raise Unreadable(f"{at}.milestones", "A milestone has an amount.")
    return DealMilestone(one.name, amount, _day(f"{at}.milestones", one.planned_on))


def _money(where: str, text: str, currency: str) -> Money | None:
    try:
        return Money.parse(text, currency) if text.strip() else None
    except LedgerError:
        raise Unreadable(where, "Write a plain amount like 1234.50.") from None


def _day(where: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Unreadable(where, "Write the day like 2026-03-31.") from None

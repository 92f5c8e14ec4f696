"""A line item as the line of a deal."""

from __future__ import annotations

from datetime import date
from typing import Literal, cast, get_args

from domain.ledger.deal import DealLine, RevenueType
from sources.hubspot.account import HubSpotAccount
from sources.hubspot.rest.records import LineProperties, Record
from sources.hubspot.values import Problem
from sources.hubspot.won.notes import Notes, shown
from sources.hubspot.won.prices import price_in
from sources.hubspot.won.terms import term_in


def line_of(
    record: Record, currency: str, starts_on: date | None, account: HubSpotAccount
) -> DealLine | tuple[Problem, ...]:
    """The line, or everything that is wrong with it. `starts_on` is the deal's."""
    notes = Notes(f"line {record.id}")
    line = record.read_as(LineProperties)
    if line is None:
        notes.add("shape", "a property is not text")
        return tuple(notes.problems)
    notes.defined(record, account.names.of_line)
    own = line.hs_line_item_currency_code.upper()
    if own and own != currency:
        notes.add("currency_differs", f"the line is in {shown(own)}, the deal in {currency}")
    price, term = price_in(line, currency, notes), term_in(line, starts_on, notes)
    timing = _timing(record.own(account.names.timing).lower() or account.billed, notes)
    revenue = _revenue_type(record.own(account.names.revenue_type).lower(), notes)
    if notes.problems or price is None or term is None:
        return tuple(dict.fromkeys(notes.problems))
    return DealLine(
        source_id=record.id,
        product=line.name,
        sku=line.hs_sku,
        description=line.description,
        quantity=price.quantity,
        unit_price=price.unit_price,
        discount=price.discount,
        frequency=term.frequency,
        interval_count=term.interval_count,
        term_months=term.term_months,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        billed="once" if term.frequency == "once" else timing,
        revenue_type=revenue,
        tax_code=line.hs_tax_rate_group_id,
        price_units=price.price_units,
    )


def position(record: Record) -> tuple[int, int]:
    """Where a line stands on its quote or deal; lines without a place come last, by id."""
    place = record.own("hs_position_on_quote").partition(".")[0]
    known = place.isascii() and place.isdigit() and len(place) < 10
    return (int(place) if known else 10**9, int(record.id))


def _timing(word: str, notes: Notes) -> Literal["advance", "arrears"]:
    if word in ("advance", "arrears"):
        return cast("Literal['advance', 'arrears']", word)
    notes.add("timing_unknown", f"billed in {shown(word)}: neither advance nor arrears")
    return "advance"


def _revenue_type(word: str, notes: Notes) -> RevenueType:
    if word in get_args(RevenueType):
        return cast("RevenueType", word)
    notes.add("revenue_type_unknown", f"the revenue type is {shown(word)}")
    return ""

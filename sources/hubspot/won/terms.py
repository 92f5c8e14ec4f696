"""How often, from when and how long a line item is billed.

`recurringbillingfrequency` says how often; `hs_recurring_billing_period` is the whole term, not one
period. HubSpot derives the number of payments, the end and the months from these
(developers.hubspot.com, "Line items", recurring billing): where they disagree nothing is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.ledger.billing.periods import months_after
from domain.ledger.deal import Frequency, number
from domain.ledger.errors import LedgerError
from sources.hubspot.moments import Length, length_of
from sources.hubspot.rest.records import LineProperties
from sources.hubspot.won.notes import Notes, shown

_EVERY: Mapping[str, tuple[Frequency, int, Length]] = {
    "weekly": ("week", 1, Length(0, 7)),
    "biweekly": ("week", 2, Length(0, 14)),
    "monthly": ("month", 1, Length(1, 0)),
    "quarterly": ("quarter", 1, Length(3, 0)),
    "per_six_months": ("half_year", 1, Length(6, 0)),
    "annually": ("year", 1, Length(12, 0)),
    "per_two_years": ("year", 2, Length(24, 0)),
    "per_three_years": ("year", 3, Length(36, 0)),
    "per_four_years": ("year", 4, Length(48, 0)),
    "per_five_years": ("year", 5, Length(60, 0)),
}
_ONCE: tuple[Frequency, int, Length] = ("once", 1, Length(0, 0))
_RENEWS = "automatic"
_MOST_PAYMENTS, _MOST_MONTHS = 1_200, 1_200


@dataclass(frozen=True, slots=True)
class Term:
    """When a line is billed. `term_months` or `ends_on` is set where its length is known."""

    frequency: Frequency
    interval_count: int
    starts_on: date | None
    ends_on: date | None
    term_months: int | None


def term_in(line: LineProperties, deal_starts_on: date | None, notes: Notes) -> Term | None:
    """The term of a line, or None with the problems noted."""
    known = len(notes.problems)
    word = line.recurringbillingfrequency.lower()
    found = _EVERY.get(word) if word else _ONCE
    if found is None:
        notes.add("frequency_unknown", f"the billing frequency is {shown(word)}")
        return None
    frequency, count, every = found
    starts_on = _start(line, notes)
    length = _length(line, every, notes)
    if length is not None:
        _checked(line, length, every, notes)
    ends_on = _end(line, starts_on or deal_starts_on, length, every, notes)
    if len(notes.problems) > known:
        return None
    whole_months = length.months if length is not None and not length.days else None
    return Term(frequency, count, starts_on, ends_on, whole_months)


def _start(line: LineProperties, notes: Notes) -> date | None:
    start = notes.day(line.hs_recurring_billing_start_date, "the billing start")
    delay = line.hs_billing_start_delay_type
    if start is None and delay in ("hs_billing_start_delay_days", "hs_billing_start_delay_months"):
        words = "billing starts some time after checkout: a start date has to be set"
        notes.add("start_delayed", words)
    return start


def _length(line: LineProperties, every: Length, notes: Notes) -> Length | None:
    """The term: as it is set, else by the number of payments, else the months HubSpot tells."""
    if text := line.hs_recurring_billing_period:
        length = length_of(text)
        if length is None:
            notes.add("term_unreadable", f"the term is {shown(text)}")
        return length
    payments = _whole(line.hs_recurring_billing_number_of_payments, notes)
    if payments and every.months * payments > _MOST_MONTHS:
        notes.add("term_unreadable", f"{payments} payments are a term of more than a hundred years")
        return None
    if payments and every != _ONCE[2]:
        return Length(every.months * payments, every.days * payments)
    renews = line.hs_recurring_billing_terms.lower().startswith(_RENEWS)
    months = None if renews else _whole(line.hs_term_in_months, notes)
    return Length(months, 0) if months else None


def _checked(line: LineProperties, length: Length, every: Length, notes: Notes) -> None:
    payments = _whole(line.hs_recurring_billing_number_of_payments, notes)
    if payments and every != _ONCE[2]:
        span = Length(every.months * payments, every.days * payments)
        if span != length:
            words = f"{payments} payments do not fill the term {shown(_words(length))}"
            notes.add("payments_differ", words)
    months = _whole(line.hs_term_in_months, notes)
    if months and not length.days and months != length.months:
        words = f"the term is {_words(length)}, and {months} months elsewhere"
        notes.add("term_differs", words)


def _end(
    line: LineProperties, start: date | None, length: Length | None, every: Length, notes: Notes
) -> date | None:
    """The last day, where months alone do not tell it."""
    end = notes.day(line.hs_recurring_billing_end_date, "the billing end")
    if length is None:
        if end is not None and every != _ONCE[2]:
            # "Setting hs_recurring_billing_end_date alone does not create fixed-term billing."
            notes.add("end_without_term", "an end is set without a term; HubSpot bills on and on")
        return end if every == _ONCE[2] else None
    if start is None:
        if length.days:
            notes.add("start_missing", f"a term of {_words(length)} needs a day it starts on")
        return None
    last = months_after(start, length.months) + timedelta(days=length.days - 1)
    if end is not None and not _in_last_period(end, last, every):
        notes.add("end_differs", f"the term ends on {last}, and the end that is set is {end}")
    return last if length.days else None


def _in_last_period(end: date, last: date, every: Length) -> bool:
    """HubSpot's end may be the last day, the day after, or that of the last payment."""
    slack = timedelta(days=31 * every.months + every.days)
    return last - slack <= end <= last + timedelta(days=1)


def _whole(text: str, notes: Notes) -> int | None:
    """A whole number, None where nothing or zero is said, or it is a problem."""
    if not text:
        return None
    try:
        value = number(text)
    except LedgerError:
        value = None
    if value is None or value.denominator != 1 or not 0 <= value <= _MOST_PAYMENTS:
        notes.add("term_unreadable", f"{shown(text)} is no number of payments or months")
        return None
    return int(value) or None


def _words(length: Length) -> str:
    if not length.days:
        return f"{length.months} months"
    return (
        f"{length.months} months and {length.days} days"
        if length.months
        else (f"{length.days} days")
    )

"""Payments in parts: what a mail commits to pay when, and what it only asks to be allowed."""

from __future__ import annotations

from datetime import date

from domain.dunning import said_amounts, said_numbers
from domain.dunning.calendar import Calendar
from domain.dunning.dates import FoundDate, find_dates
from domain.dunning.reading import DateClaim, Promised
from domain.dunning.said_amounts import FoundAmount
from domain.ledger.account import Account


def read(text: str, account: Account, today: date, calendar: Calendar) -> tuple[Promised, ...]:
    """The dated parts of an instalment plan in `text`, earliest first; empty without any.

    It says only what the parts are. Whether they are promised or asked for is in the sentence.
    """
    parts = promised(text, account, today, calendar)
    return parts if len(parts) > 1 else ()


def promised(text: str, account: Account, today: date, calendar: Calendar) -> tuple[Promised, ...]:
    """The dated parts of a firm promise. `text` is only the sentences that commit."""
    days = [f for f in find_dates(text, today, calendar) if f.dates]
    amounts = said_amounts.find_amounts(text, account)
    numbers = said_numbers.read(text, account).known if len(days) == 1 else ()
    parts = [_part(day, _nearest(day, amounts), numbers) for day in days]
    return tuple(sorted(parts, key=lambda part: part.when.dates))


def _part(day: FoundDate, amount: FoundAmount | None, numbers: tuple[str, ...]) -> Promised:
    return Promised(DateClaim(day.span, day.dates), amount.amount if amount else None, numbers)


def _nearest(day: FoundDate, amounts: tuple[FoundAmount, ...]) -> FoundAmount | None:
    return min(amounts, key=lambda a: abs(a.start - day.start), default=None)

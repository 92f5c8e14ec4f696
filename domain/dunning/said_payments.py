"""What a mail says about money that was sent, and until when its writer is away."""

from __future__ import annotations

from datetime import date

from domain.dunning import said_amounts, said_numbers
from domain.dunning.calendar import Calendar
from domain.dunning.dates import find_dates, find_past_dates
from domain.dunning.reading import DateClaim, PaidClaim
from domain.ledger.account import Account


def read(text: str, account: Account, today: date, calendar: Calendar) -> PaidClaim:
    """Day, amount and reference of a payment that a mail says was made.

    Every day the mail may mean is in `paid_on`, the likeliest first.
    """
    numbers = said_numbers.read(text, account)
    amount, _ = said_amounts.read(text, account)
    past = find_past_dates(text, today, calendar)
    return PaidClaim(
        tuple(DateClaim(f.span, f.dates) for f in past),
        amount,
        next(iter(numbers.references), ""),
        numbers.known,
    )


def returns_on(text: str, today: date, calendar: Calendar) -> date | None:
    """The day the writer is back at work, as a notice of absence says."""
    days = (day for found in find_dates(text, today, calendar) for day in found.dates)
    return max(days, default=None)

"""Payments in parts: what a mail commits to pay when, and what it only asks to be allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from domain.dunning import said_amounts, said_numbers
from domain.dunning.calendar import Calendar
from domain.dunning.date_roles import clauses, is_over, payment_days, sentences
from domain.dunning.dates import FoundDate, find_dates
from domain.dunning.plan_parts import first_of_month, listed_months, repeated, said_times
from domain.dunning.reading import DateClaim, Promised
from domain.dunning.said_amounts import FoundAmount
from domain.ledger.account import Account
from domain.ledger.money import Money

_PLAN_HORIZON_DAYS, _MOST_PARTS = 800, 36
_HALVES = re.compile(
    r"\bhal(?:f|ves)\b|\bhälfte|\bmoitié|\bmitad|\bmetade|\bmetà|\bhelft|半額|半分|\brest\b|\bbalance\b",
    re.IGNORECASE,
)


_EVERY = re.compile(r"\b(?:every|each|jede[nr]?|chaque|cada|ogni|elke)\s$", re.IGNORECASE)


def promised(text: str, account: Account, today: date, calendar: Calendar) -> tuple[Promised, ...]:
    """The dated parts of a firm promise. `text` is only the sentences that commit.

    Days that are over, due dates and closing days are left out. Several parts take the amount
    and the invoices named beside each; one part takes those of the whole text.
    """
    found = [day for day in find_dates(text, today, calendar) if day.dates]
    days = payment_days(text, found)
    if len(days) == 1:
        sentence = sentences(text, days)[days[0]]
        known = _meant(text, sentence, clauses(text, days)[days[0]], account)
        return (_part(days[0], _amount(text, sentence, days[0], account), known),)
    amounts = said_amounts.find_amounts(text, account)
    return _sorted(_beside(text, days, amounts, account))


def _amount(text: str, sentence: str, day: FoundDate, account: Account) -> Money | None:
    """What is promised for a day: what its sentence names, else what the text does."""
    here, _ = said_amounts.read(sentence, account)
    anywhere, _ = said_amounts.read(text, account)
    if here or anywhere or said_amounts.find_amounts(text, account):
        return here or anywhere
    spans = ((day.start, day.end), *said_numbers.taken(text, account))
    return said_amounts.read_bare(text, account, spans)


def _meant(text: str, sentence: str, clause: str, account: Account) -> tuple[str, ...]:
    """The invoices a day of payment is for: those beside it, where others are spoken of as paid."""
    own = said_numbers.read(clause, account).known
    if own and is_over(sentence.replace(clause, " ", 1)):
        return own
    return said_numbers.read(sentence, account).known or said_numbers.read(text, account).known


def read(text: str, account: Account, today: date, calendar: Calendar) -> tuple[Promised, ...]:
    """The dated parts of an instalment plan in `text`, earliest first; empty without any.

    It says only what the parts are. Whether they are promised or asked for is in the sentence.
    """
    listed = listed_months(text, today)
    found = [
        day
        for day in find_dates(text, today, calendar, horizon=_PLAN_HORIZON_DAYS)
        if day.dates
        and not any(a <= day.start < b for a, b, _, _ in listed)
        and not _EVERY.search(text[max(0, day.start - 10) : day.start])
    ]
    amounts = said_amounts.find_amounts(text, account) or _bare(text, found, account)
    if listed:
        one = _only(amounts)
        claims = (DateClaim(words, (day,)) for _, _, words, day in listed)
        return _sorted(Promised(claim, one) for claim in claims)
    days = list({day.dates: day for day in reversed(found)}.values())[::-1]
    count = said_times(text) or _times_to_the_total(amounts, account)
    start = _start(text, today, days)
    if start is not None and count and len(days) < 2:
        words, first = start
        when = repeated(first, min(count, _MOST_PARTS), text)
        return tuple(Promised(DateClaim(words, (day,)), _only(amounts)) for day in when)
    if len(days) < 2:
        return ()
    return _sorted(_beside(text, days, amounts, account))


def _start(text: str, today: date, days: Sequence[FoundDate]) -> tuple[str, date] | None:
    if len(days) == 1:
        return days[0].span, days[0].dates[0]
    return first_of_month(text, today) if not days else None


def _beside(
    text: str, days: Sequence[FoundDate], amounts: Sequence[FoundAmount], account: Account
) -> list[Promised]:
    """Each day with the amount and invoices of its own stretch of the text.

    A stretch ends with its day where something is named before the first day, else it begins
    with its day.
    """
    numbers = said_numbers.find_known(text, account)
    named = [f.start for f in amounts] + [at for at, _ in numbers]
    ends = bool(days) and any(at < days[0].start for at in named)
    shared = _only(amounts) if len(amounts) == 1 and not _HALVES.search(text) else None
    parts = []
    for index, day in enumerate(days):
        low = (days[index - 1].end if index else 0) if ends else day.start
        later = days[index + 1].start if index + 1 < len(days) else len(text)
        high = (later if index + 1 == len(days) else day.end) if ends else later
        own = [f.amount for f in amounts if low <= f.start < high]
        known = tuple(number for at, number in numbers if low <= at < high)
        parts.append(_part(day, own[0] if own else shared, known))
    return parts


def _part(day: FoundDate, amount: Money | None, numbers: tuple[str, ...]) -> Promised:
    return Promised(DateClaim(day.span, day.dates), amount, numbers)


def _sorted(parts: Iterable[Promised]) -> tuple[Promised, ...]:
    return tuple(sorted(parts, key=lambda part: part.when.dates))


def _only(amounts: Sequence[FoundAmount]) -> Money | None:
    different = {found.amount for found in amounts}
    return next(iter(different)) if len(different) == 1 else None


def _bare(text: str, days: Sequence[FoundDate], account: Account) -> tuple[FoundAmount, ...]:
    bare = said_amounts.find_bare_amounts(text, account)
    return tuple(f for f in bare if not any(d.start <= f.start < d.end for d in days))


def _times_to_the_total(amounts: Sequence[FoundAmount], account: Account) -> int:
    """How often the one amount named goes into what is open, if it does so exactly."""
    one = _only(amounts)
    if one is None or not one.minor:
        return 0
    times, rest = divmod(account.open_total(one.currency).minor, one.minor)
    return times if not rest and 1 < times <= _MOST_PARTS else 0

"""What the days of a sentence tell about its payment: made, to be made, or asked to be made later.

Words alone do not tell "released for payment on the 1st" from a payment that has gone out, nor
"the 15th" from nothing at all. A day ahead does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from domain.dunning.calendar import Calendar
from domain.dunning.dates import FoundDate, find_dates, find_past_dates
from domain.dunning.reading import Intent
from domain.dunning.reading_nets.phrases import Table, folded
from domain.dunning.sentence_marks import Marks

_WORD = re.compile(r"[^\W\d_]{2}")
_LONGEST_ANSWER = 14
# Said in the same sentence as a payment to come without making it another matter.
_BESIDE_A_PAYMENT = frozenset(
    (
        Intent.ALREADY_PAID,
        Intent.IN_PROCESS,
        Intent.ACKNOWLEDGEMENT,
        Intent.PAYMENT_METHOD_REQUEST,
        Intent.REMITTANCE_ADVICE,
        Intent.OUT_OF_OFFICE,
        Intent.EXTENSION_REQUEST,
        Intent.INVOICE_QUESTION,
        Intent.OTHER,
    )
)


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a sentence that are still to come, and those that are over."""

    ahead: tuple[FoundDate, ...]
    over: tuple[FoundDate, ...]


def dated(
    marks: tuple[Marks, ...], tables: tuple[Table, ...], today: date, calendar: Calendar
) -> tuple[Marks, ...]:
    """The marks with what the days in their sentences settle."""

    def days(text: str) -> _Days:
        ahead = tuple(d for d in find_dates(text, today, calendar) if d.dates)
        return _Days(ahead, find_past_dates(text, today, calendar))

    answer = _is_answer(marks)
    return tuple(_settled(mark, tables, days, answer=answer) for mark in marks)


def _settled(
    mark: Marks, tables: tuple[Table, ...], days: Callable[[str], _Days], *, answer: bool
) -> Marks:
    known = days(mark.sentence.text)
    if not known.ahead:
        return mark
    if mark.sentence.asks:
        return _wished(mark, tables)
    if _says(tables, "_record", mark.sentence.folded):
        return mark
    if Intent.ALREADY_PAID in mark.intents and not known.over and _still_to_come(mark, tables):
        return replace(mark, intents=mark.intents - {Intent.ALREADY_PAID}, pays=not mark.denied)
    if mark.pays or not mark.intents <= _BESIDE_A_PAYMENT:
        return mark
    if Intent.ALREADY_PAID in mark.intents or _says(tables, "_past", mark.sentence.folded):
        return mark
    if _flows(mark, tables) or (answer and _is_all(mark, known.ahead, tables)):
        return replace(mark, intents=frozenset(), pays=True)
    return mark


def _still_to_come(mark: Marks, tables: tuple[Table, ...]) -> bool:
    text = mark.sentence.folded
    return _says(tables, "_future", text) or _flows(mark, tables)


def _wished(mark: Marks, tables: tuple[Table, ...]) -> Marks:
    """A question whether a day will do asks for time."""
    if mark.intents - _BESIDE_A_PAYMENT or not _says(tables, "_suits", mark.sentence.folded):
        return mark
    if _says(tables, "_elsewhere", mark.sentence.folded):
        return mark
    return replace(mark, intents=frozenset((Intent.EXTENSION_REQUEST,)))


def _flows(mark: Marks, tables: tuple[Table, ...]) -> bool:
    """Whether money, or what stands for it, moves on the day; the subject may be left out."""
    for table in tables:
        for clause in mark.sentence.clauses:
            if table.find("_elsewhere", clause):
                continue
            moves = table.find("_flows", clause)
            if moves and (table.find("_sum", clause) or clause.lstrip("-–*• ").startswith(moves)):
                return True
    return False


def _is_answer(marks: tuple[Marks, ...]) -> bool:
    """Whether a short mail says so little else that a day in it answers when payment comes."""
    words = sum(len(m.sentence.text.split()) for m in marks)
    if words > _LONGEST_ANSWER or len(marks) > 3:
        return False
    return not any(m.denied or Intent.ALREADY_PAID in m.intents for m in marks)


def _is_all(mark: Marks, ahead: tuple[FoundDate, ...], tables: tuple[Table, ...]) -> bool:
    """Whether a sentence is a day and the words that go with one."""
    rest = folded(mark.sentence.text)
    for day in ahead:
        rest = rest.replace(folded(day.span), " ", 1)
    for table in tables:
        for _ in range(12):
            found = table.find("_rest", rest)
            if not found:
                break
            rest = rest.replace(found, " ", 1)
    return not _WORD.search(rest)


def _says(tables: tuple[Table, ...], key: str, text: str) -> bool:
    return any(table.find(key, text) for table in tables)

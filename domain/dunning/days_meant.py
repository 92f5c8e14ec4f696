"""What the days of a sentence tell about its payment: made, to be made, or asked to be made later.

Words alone do not tell "released for payment on the 1st" from a payment that has gone out, nor
"the 15th" from nothing at all. A day ahead does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from domain.dunning.calendar import Calendar
from domain.dunning.dates import FoundDate, find_dates, find_past_dates
from domain.dunning.reading import DisputeReason, Intent
from domain.dunning.reading_nets.phrases import Table, folded
from domain.dunning.sentence_marks import Marks

_WORD = re.compile(r"[^\W\d_]{2}")
_LONGEST_ANSWER = 14
# The one written to, called by name: "Tuesday, Mia."
_CALLED = re.compile(r", ?[A-ZÀ-Þ][^\W\d_]{1,14}[.!]?\s*$")
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
class _Mail:
    """What days are counted from, the tables to read with, and whether a day may be the answer."""

    tables: tuple[Table, ...]
    today: date
    calendar: Calendar
    answer: bool

    def ahead(self, mark: Marks) -> tuple[FoundDate, ...]:
        found = find_dates(mark.sentence.text, self.today, self.calendar)
        return tuple(day for day in found if day.dates)

    def over(self, mark: Marks) -> bool:
        return bool(find_past_dates(mark.sentence.text, self.today, self.calendar))

    def says(self, key: str, mark: Marks) -> bool:
        return any(table.find(key, mark.sentence.folded) for table in self.tables)


def dated(
    marks: tuple[Marks, ...], tables: tuple[Table, ...], today: date, calendar: Calendar
) -> tuple[Marks, ...]:
    """The marks with what the days in their sentences settle."""
    mail = _Mail(tables, today, calendar, _is_answer(marks))
    return tuple(_settled(mark, mail) for mark in marks)


def _settled(mark: Marks, mail: _Mail) -> Marks:
    if mark.sentence.asks and mark.reasons <= {DisputeReason.TERMS}:
        return _wished(mark, mail)
    if _in_parts(mark, mail):
        return replace(mark, intents=frozenset(), pays=True)
    if mark.sentence.asks or not mark.intents <= _BESIDE_A_PAYMENT:
        return mark
    if mail.says("_record", mark):
        return mark
    if Intent.ALREADY_PAID in mark.intents:
        return _not_paid_yet(mark, mail)
    if mark.pays or mail.says("_past", mark):
        return mark
    flows = _flows(mark, mail.tables)
    if not (flows or mail.answer):
        return mark
    ahead = mail.ahead(mark)
    if ahead and (flows or _is_all(mark, ahead, mail.tables)):
        return replace(mark, intents=frozenset(), pays=True)
    return mark


def _in_parts(mark: Marks, mail: _Mail) -> bool:
    """Whether parts on two or more days are told of, and not asked for."""
    plan = mark.intents == {Intent.PAYMENT_PLAN_REQUEST} and not mark.offers
    asked = mark.sentence.asks or mark.requests or mark.suggests
    if not plan or asked or mark.doubtful or mark.conditional or mark.denied:
        return False
    return _flows(mark, mail.tables) and len({day.dates for day in mail.ahead(mark)}) > 1


def _not_paid_yet(mark: Marks, mail: _Mail) -> Marks:
    """What sounds paid, and is to be paid on a day ahead."""
    coming = mail.says("_future", mark) or _flows(mark, mail.tables)
    if mail.says("_past", mark) or not coming:
        return mark
    if mail.ahead(mark) and not mail.over(mark):
        return replace(mark, intents=mark.intents - {Intent.ALREADY_PAID}, pays=not mark.denied)
    return mark


def _wished(mark: Marks, mail: _Mail) -> Marks:
    """A question whether a day will do asks for time."""
    if mark.intents - _BESIDE_A_PAYMENT - {Intent.DISPUTE}:
        return mark
    if not mail.says("_suits", mark) or mail.says("_elsewhere", mark) or not mail.ahead(mark):
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
    rest = folded(_CALLED.sub(" ", mark.sentence.text))
    for day in ahead:
        rest = rest.replace(folded(day.span), " ", 1)
    for table in tables:
        for _ in range(12):
            found = table.find("_courtesy", rest) or table.find("_rest", rest)
            if not found:
                break
            rest = rest.replace(found, " ", 1)
    return not _WORD.search(rest)

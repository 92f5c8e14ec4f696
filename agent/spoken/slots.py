"""The parts of a message that are values: numbers of invoices, amounts, spans, days, references.

Each is taken out of the text and leaves its kind behind, so that what remains is plain words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from agent.spoken.amounts import spoken_amounts
from agent.spoken.days import DAY, PERIOD
from agent.spoken.phrases import QUOTED

_PLACE = tuple(f"\ue000{letter}\ue000" for letter in "abcdefgh")
_REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?(?:\s?(?:no|number))?|check(?:\s(?:no|number))|cheque(?:\s(?:no|number))?|"
    r"wire\s(?:no|number)|trace|confirmation)[.:]?\s?#?(?P<ref>(?=\S*\d)[\w/-]{2,40})"
    r"|\b(?:check|cheque)\s#?(?P<check>\d{3,12})\b",
    re.IGNORECASE,
)
_INVOICE = re.compile(
    r"\b(?:invoices?|inv|bill)[.:]?\s?(?:no|number|nr)?[.:]?\s?#?(?P<labelled>(?:[a-z]{1,6}[-/]?)?"
    r"\d[\d/-]{1,20})(?![\w.,]\d)"
    r"|(?P<plain>\b(?!(?:c|cust|customer|kd|po|ref|eff?|q|fy)[-/]?\d)[a-z]{2,6}[-/]?\d[\d/-]{0,20}\b)"
    r"|(?<![\w])#(?P<hash>\d{2,12})\b",
    re.IGNORECASE,
)
_OVER = r"(?:over|more than|past|older than|above|beyond|at least|exceeding|longer than|>=?|>)"
_LATE = r"(?:\s?(?:late|overdue|past due|past|old|behind|open|delinquent))"
_DAYS = re.compile(
    rf"{_OVER}\s?(?P<over>\d{{1,3}})\+?\s?(?:days?|d\b){_LATE}?"
    rf"|\b(?P<plus>\d{{1,3}})\s?(?:\+|or more|plus)\s?(?:(?:days?|d\b){_LATE}?|{_LATE})"
    r"|\b(?P<round>30|60|90|120)\s?\+(?!\s?\d)"
    rf"|\b(?P<late>\d{{1,3}})\s?days?{_LATE}"
    rf"|{_OVER}\s?(?P<bare>30|60|90|120)(?=\s*(?:and|,|$|\?|past|late|overdue))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\b(?P<first>1|31|61)\s?(?:-|–|to)\s?(?P<last>30|60|90)\b(?:\s?days?)?", re.IGNORECASE
)
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_MONTHS_LATE = re.compile(
    rf"{_OVER}\s(?P<n>\d{{1,2}}|a|one|two|three|four|six)\s(?P<unit>months?|weeks?){_LATE}",
    re.IGNORECASE,
)
_TOP = re.compile(
    r"\b(?:top|first|biggest|largest|worst|oldest)\s(?P<top>\d{1,2})\b"
    r"|\b(?P<of>\d{1,2})\s(?=biggest|largest|worst|oldest|top)",
    re.IGNORECASE,
)
_RANGE_LATE = re.compile(
    r"\b(?P<first>\d{1,3})\s?(?:-|–|to|and)\s?(?P<last>\d{1,3})\b(?=\s?days?|\s(?:late|overdue|past))"
    r"(?:\s?days?)?",
    re.IGNORECASE,
)
_BOUND = re.compile(rf"(?P<over>{_OVER})\s?$", re.IGNORECASE)


@dataclass(slots=True)
class Slots:
    """What was taken out, and what is left with `<kind>` in each place."""

    text: str
    invoices: list[str] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)
    least: str = ""
    over_days: str = ""
    age: str = ""
    to_days: str = ""
    days: list[str] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    reference: str = ""
    top: str = ""

    def take(self, start: int, end: int, kind: str) -> None:
        """Put `<kind>` in the place of a part."""
        self.text = f"{self.text[:start]} <{kind}> {self.text[end:]}"


def slots_of(message: str) -> Slots:
    """Take every value out of a message."""
    names: list[str] = []
    slots = Slots(_hidden(message, names))
    _references(slots)
    _spans(slots)
    _invoices(slots)
    _days(slots)
    _amounts(slots)
    slots.text = " ".join(slots.text.split())
    for place, name in enumerate(names):
        slots.text = slots.text.replace(_PLACE[place], name)
    return slots


def _hidden(message: str, names: list[str]) -> str:
    """Quoted names out of the way: no word of one is a value."""

    def hide(found: re.Match[str]) -> str:
        if len(names) == len(_PLACE):
            return found[0]
        names.append(found[0])
        return _PLACE[len(names) - 1]

    return QUOTED.sub(hide, message)


def _references(slots: Slots) -> None:
    found = _REFERENCE.search(slots.text)
    if found:
        slots.reference = found["ref"] or found["check"]
        slots.take(found.start(), found.end(), "ref")


def _spans(slots: Slots) -> None:
    found = _MONTHS_LATE.search(slots.text)
    if found:
        count = _COUNTS.get(found["n"].lower()) or int(found["n"])
        days = count * (7 if found["unit"].lower().startswith("week") else 30)
        slots.over_days = str(days)
        slots.take(found.start(), found.end(), "days")
    found = _RANGE.search(slots.text)
    if found:
        slots.age = f"{found['first']}-{found['last']}"
        slots.take(found.start(), found.end(), "days")
    elif (found := _RANGE_LATE.search(slots.text)) is not None:
        slots.over_days, slots.to_days = str(max(int(found["first"]) - 1, 0)), found["last"]
        slots.take(found.start(), found.end(), "days")
        return
    found = _DAYS.search(slots.text)
    if found:
        slots.over_days = next(g for g in found.groups() if g)
        slots.take(found.start(), found.end(), "days")
    found = _TOP.search(slots.text)
    if found:
        slots.top = found["top"] or found["of"]
        slots.take(found.start(), found.end(), "top")


def _invoices(slots: Slots) -> None:
    while (found := _INVOICE.search(slots.text)) is not None:
        slots.invoices.append(found["labelled"] or found["plain"] or found["hash"])
        slots.take(found.start(), found.end(), "inv")


def _days(slots: Slots) -> None:
    while (found := DAY.search(slots.text)) is not None:
        slots.days.append(found[0])
        slots.take(found.start(), found.end(), "day")
    while (found := PERIOD.search(slots.text)) is not None and not _verb(slots.text, found):
        slots.periods.append(found[0])
        slots.take(found.start(), found.end(), "per")


def _verb(text: str, found: re.Match[str]) -> bool:
    """ "may" and "march" are words too."""
    word = found[0]
    lower = word.lower() in {"may", "mar", "sep", "dec", "jan", "jun"} and not word[0].isupper()
    return lower and not re.search(r"(?:in|for|of|since|during)\s$", text[: found.start()])


def _amounts(slots: Slots) -> None:
    for said in reversed(spoken_amounts(slots.text)):
        bound = _BOUND.search(slots.text[: said.start])
        if bound:
            slots.least = said.text
            slots.take(bound.start("over"), said.end, "least")
        else:
            slots.amounts.insert(0, said.text)
            slots.take(said.start, said.end, "amt")

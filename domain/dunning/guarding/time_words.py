"""Days and spans said in words: weekdays, months, "yesterday", "a month overdue"."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.dunning.day_names import MONTHS, WEEKDAYS
from domain.dunning.facts import ViolationKind
from domain.dunning.guarding.known import Known
from domain.dunning.guarding.page import Page, Segment, segments

_DUE = re.compile(
    r"\bdue\b|overdue|promis|fällig|zugesagt|échu|échéance|venc|scad|verval|期日", re.I
)
_LATE = re.compile(
    r"overdue|past due|late\b|\bold\b|überfällig|retard|vencid|atras|scadut|ritardo|"
    r"te laat|vervallen|過ぎ|超過",
    re.IGNORECASE,
)
_WEEKDAYS = "|".join(name for name in WEEKDAYS if len(name) > 4)
_FULL = "|".join(n for n in MONTHS if len(n) > 4 or n in ("june", "july", "juni", "juli"))
_WEEKDAY = re.compile(rf"\b(?:{_WEEKDAYS})\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?:{_FULL})\b", re.IGNORECASE)
_NEAR = {
    "yesterday": -1,
    "gestern": -1,
    "hier": -1,
    "ayer": -1,
    "tomorrow": 1,
    "demain": 1,
    "ontem": -1,
    "amanhã": 1,
    "ieri": -1,
    "domani": 1,
    "gisteren": -1,
    "morgen": 1,
}
_NEAR_WORD = re.compile(
    rf"\b(?:due|fällig|échue?|vencid\w+|venció|venceu|scadut\w|scade|verviel|vervalt)\b.{{0,20}}\b({'|'.join(_NEAR)})\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:an?|one|the last|several|many|few|couple of|eine[mnr]?|mehrere\w*|une?|plusieurs|una?|"
    r"varios|varias|um|uma|vários|várias|un[oa']?|alcun[ie]|divers[ie]|een|enkele|meerdere) "
    r"(?:\w+ )?(?P<unit>weeks?|months?|years?|quarters?|wochen?|monate?n?|jahre?n?|semaines?|mois|"
    r"ans?|années?|semanas?|m[eê]s(?:es)?|años?|anos?|mes[ei]|ann[oi]|settiman[ae]|maand(?:en)?|"
    r"weken|jaar)\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:an?|one|eine[mnr]?|une?|una?|uma?|un[oa']?|een) (?!few|couple)", re.IGNORECASE
)
_A_MONTH = re.compile(r"(?:month|monate?|mois|mes|m[eê]s|mese|maand)$", re.IGNORECASE)
_WEEK = re.compile(r"(?:week|woche|semaine|semana|settimana)$", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|fell|became|has been) (?:\w+ )?due\b|"
    r"\b(?:is|are) (?:\w+ )?(?:overdue|past due|late)\b|"
    r"\b(?:passed|missed|gone (?:past|beyond)|went past) (?:its|their|the) due date|"
    r"\b(?:went|gone) past due\b|\bbecame overdue\b",
    re.IGNORECASE,
)


_ALL_LATE = re.compile(
    r"\b(?:both|all(?: of (?:them|these|which))?|all (?:two|three|four|five)|each)(?: \w+){0,2} "
    r"(?:are|is|have|remain) (?:\w+ )?(?:overdue|past due|late)\b|"
    r"\b(?:both|all of (?:it|them)) (?:overdue|past due)",
    re.IGNORECASE,
)
_SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SOME_LATE = re.compile(
    rf"\b({'|'.join(_SMALL)}|\d{{1,2}})(?: of (?:them|these))? (?:is|are) (?:\w+ )?"
    r"(?:overdue|past due|late)\b",
    re.IGNORECASE,
)
_NOT_DUE = re.compile(
    r"\b(?:not|isn't|aren't) (?:yet )?due\b|\bnoch nicht fällig|\bpas encore échu|"
    r"\baún no (?:ha vencido|vence)",
    re.IGNORECASE,
)
_NONE_LATE = re.compile(
    r"\b(?:neither|none)(?: of (?:them|these))? (?:is|are) (?:\w+ )?"
    r"(?:overdue|past due|late|due)\b|"
    r"\bnothing is (?:overdue|past due|late)\b",
    re.IGNORECASE,
)


def check_time_words(page: Page, known: Known) -> None:
    """Words for days must mean a fact date; nothing is called overdue that is not."""
    months = {day.month for day in known.dates}
    for match in _MONTH.finditer(page.rest):
        if match[0][0].isupper() and MONTHS[match[0].casefold()] not in months:
            page.blame(ViolationKind.DATE, match[0])
    _check_all(page, known)
    for segment in segments(page):
        sentence = page.rest[segment.start : segment.end]
        if _DUE.search(sentence):
            _days(page, known, sentence, segment.start)
        if _LATE.search(sentence):
            _spans(page, known, sentence)
        if _PAST.search(sentence):
            _not_yet(page, known, segment)


def _days(page: Page, known: Known, sentence: str, at: int) -> None:
    near = {d for d in known.dates if 0 < abs((d - known.today).days) <= 7}
    for match in _WEEKDAY.finditer(sentence):
        follows = [d for d in page.dates if 0 <= d.start - at - match.end() <= 2]
        days = {day for d in follows for day in d.among(known.dates)} or near
        if WEEKDAYS[match[0].casefold()] not in {d.weekday() for d in days}:
            page.blame(ViolationKind.DATE, match[0])
    for match in _NEAR_WORD.finditer(sentence):
        day = known.today + timedelta(days=_NEAR[match[1].casefold()])
        if day not in {i.due_on for i in known.account.invoices}:
            page.blame(ViolationKind.DATE, match[0])


def _check_all(page: Page, known: Known) -> None:
    """ "Both are overdue" and "neither is" speak of the invoices named in this part."""
    named = {m.invoice.id: m.invoice for m in page.mentions}
    late = [i.days_past_due(known.today) > 0 for i in named.values()]
    for match in _ALL_LATE.finditer(page.rest):
        if not all(late):
            page.blame(ViolationKind.STATUS, match[0])
    counts = {len(known.account.overdue()), sum(late)}
    for match in _SOME_LATE.finditer(page.rest):
        if (int(match[1]) if match[1].isdigit() else _SMALL[match[1].casefold()]) not in counts:
            page.blame(ViolationKind.STATUS, match[0])
    ahead = [i for i in known.account.invoices if i.days_past_due(known.today) <= 0]
    if not ahead and (said := _NOT_DUE.search(page.rest)):
        page.blame(ViolationKind.STATUS, said[0])
    for match in _NONE_LATE.finditer(page.rest):
        if any(late):
            page.blame(ViolationKind.STATUS, match[0])


def _spans(page: Page, known: Known, sentence: str) -> None:
    named = {m.invoice.id: m.invoice for m in page.mentions}
    owners = list(named.values()) or list(known.account.invoices)
    for match in _SPAN.finditer(sentence):
        one = _ONE.match(match[0])
        week = _WEEK.match(match["unit"]) and any(
            7 <= i.days_past_due(known.today) < 14 for i in owners
        )
        month = _A_MONTH.match(match["unit"]) and any(
            whole_months(i.days_past_due(known.today), 1) for i in owners
        )
        if not one or not (week or month) or "half" in sentence:
            page.blame(ViolationKind.DAYS_OVERDUE, match[0])


def whole_months(days: int, months: int) -> bool:
    """Whether so many days are that number of months, and less than a week more."""
    return 30 * months <= days < 31 * months + 7


def _not_yet(page: Page, known: Known, segment: Segment) -> None:
    named = [m.invoice for m in page.mentions if segment.holds(m.start)]
    if named and all(i.days_past_due(known.today) <= 0 for i in named):
        page.blame(ViolationKind.STATUS, f"{named[0].number} is not overdue")

"""Everything in a text that states a figure: amounts, days, numbers, codes, shares, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.dunning.guarding.amounts import AMOUNT, currencies_of, readings
from domain.dunning.guarding.letters import plain
from domain.dunning.guarding.number_words import number_words
from domain.dunning.guarding.stated_dates import StatedDate, stated_dates
from domain.ledger.money import Money

Reading = tuple[int | None, int | None, int | None]
_CODE = re.compile(r"(?<![\w/-])(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])[A-Za-z0-9][\w/-]*", re.ASCII)
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)|\d{1,3}-?(?:day|week|month|d)s?", re.IGNORECASE)
_DASHED = re.compile(r"(?<![\w/-])\d{2,}(?:[-/]\d+)+(?![\w/-])")
_SHARE = re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|percent|per cent|prozent|pour cent)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@<>]+@[^\s@<>]+\.\w+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_NUMBERED = re.compile(r"^[ \t]*\d{1,2}[.)][ \t]", re.MULTILINE)


@dataclass(slots=True)
class Figures:
    """What a text states. Every amount as all it may mean, days as they were written.

    `bare` are numbers written as amounts without a currency.
    """

    amounts: list[tuple[str, frozenset[Money]]] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    days: list[StatedDate] = field(default_factory=list)
    numbers: list[tuple[str, int | None]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    shares: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def figures_of(text: str, *, names: Iterable[str] = (), codes: Iterable[str] = ()) -> Figures:
    """The figures of a text; `names` and `codes` are known wordings that state no figure."""
    rest = _NUMBERED.sub(" ", plain(text))
    found = Figures()
    found.addresses = [m[0] for m in _ADDRESS.finditer(rest)]
    rest = _ADDRESS.sub(" ", rest)
    for known in sorted({*names, *codes} - {""}, key=len, reverse=True):
        form = rf"(?<!\w){re.escape(plain(known))}(?!\w)"
        if known in codes and re.search(form, rest, re.IGNORECASE):
            found.codes.append(folded(known))
        rest = re.sub(form, " ", rest, flags=re.IGNORECASE)
    found.shares = [m[0] for m in _SHARE.finditer(rest)]
    rest = _SHARE.sub(" ", rest)
    rest = _take_days(rest, found)
    rest = _take_codes(rest, found)
    rest = _take_amounts(rest, found)
    found.numbers += [(m[0], int(m[0])) for m in _NUMBER.finditer(rest) if m[0].isdecimal()]
    found.numbers += [(w, value) for _, _, value, w in number_words(rest) if _counts(w)]
    return found


def folded(code: str) -> str:
    """A code as codes are compared: letters and digits, upper case."""
    return "".join(c for c in code.upper() if c.isalnum())


def _counts(words: str) -> bool:
    """ "One" and "a second" are rarely counts."""
    return words.casefold() not in {"one", "a", "un", "une", "ein", "eine", "uno", "una", "null"}


def _take_days(rest: str, found: Figures) -> str:
    for day in reversed(stated_dates(rest)):
        if _counts_things(day):
            continue
        found.days.append(day)
        rest = f"{rest[: day.start]} {rest[day.end :]}"
    return rest


def _counts_things(day: StatedDate) -> bool:
    """ "On 2" names no day, "the 2nd" does."""
    bare = all(month is None for _, month, _ in day.readings)
    return bare and re.search(r"\d(?:st|nd|rd|th|er|º|\.)", day.text, re.IGNORECASE) is None


def _take_codes(rest: str, found: Figures) -> str:
    for match in (*_CODE.finditer(rest), *_DASHED.finditer(rest)):
        if _ORDINAL.fullmatch(match[0]) or AMOUNT.fullmatch(match[0]):
            continue
        found.codes.append(folded(match[0]))
        rest = rest.replace(match[0], " ", 1)
    return rest


def _take_amounts(rest: str, found: Figures) -> str:
    for match in reversed(list(AMOUNT.finditer(rest))):
        sign = match["before"] or match["after"] or match["again"]
        scaled = bool((match["scale"] or "").strip())
        if sign is None and not scaled and not re.search(r"[.,' ]\d", match["number"]):
            continue
        currencies = currencies_of(sign) if sign else ()
        meant: frozenset[Money] = frozenset()
        if not scaled:
            meant = frozenset(m for c in currencies for m in readings(match["number"], c))
        if sign is None and not scaled:
            found.bare.append(match["number"])
        else:
            found.amounts.append((match[0].strip(" ."), meant))
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    return rest


def days_in(text: str) -> frozenset[date]:
    """The whole days that a text of ours states, as "7 Jan 2026" or "2026-01-07"."""
    found = set()
    for stated in stated_dates(text):
        for year, month, day in stated.readings:
            if year is not None and month is not None and day is not None:
                found.add(date(year, month, day))
    return frozenset(found)


def yearless_in(text: str) -> frozenset[tuple[int, int]]:
    """The months and days that a text states without a year, as customers write them."""
    return frozenset(
        (month, day)
        for stated in stated_dates(text)
        for year, month, day in stated.readings
        if year is None and month is not None and day is not None
    )


def readings_in(text: str) -> frozenset[Reading]:
    """Every way in which the days of a text can be read, what is not said left open."""
    return frozenset(reading for stated in stated_dates(text) for reading in stated.readings)

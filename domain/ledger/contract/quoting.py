"""The one gate to the terms of a contract: what does not stand in it word for word is dropped.

Rules and model pass here alike. A value is read again from the quoted words, so nobody can say
another number than the contract does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from domain.ledger.contract.amounts import Writing
from domain.ledger.contract.normal import Passage, normalize
from domain.ledger.contract.phrases import INSTRUCTION, REDACTED
from domain.ledger.contract.terms import Term, TermName
from domain.ledger.contract.text import Text, fold, place_of
from domain.ledger.contract.words import disagreements

LONGEST_QUOTE = 600
_ENDS = re.compile(r"(?<=[.;])\s+(?=[A-ZÄÖÜ(])")

Why = Literal[
    "not_in_text", "value_not_quoted", "too_long", "words_and_figures", "instruction", "unreadable"
]


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader says it read: `value` stands inside `quote`."""

    name: TermName
    value: str
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Dropped:
    """A value that does not become a term, and why."""

    said: Said
    why: Why


def kept(said: Said, text: Text, writing: Writing) -> Term | Dropped:
    """The term, if its quote stands in the contract and its value in the quote."""
    quote, value = fold(said.quote), fold(said.value)
    place = text.find(quote)
    if place is None:
        return Dropped(said, "not_in_text")
    if not value or place_of(value, quote) is None:
        return Dropped(said, "value_not_quoted")
    if len(quote) > LONGEST_QUOTE:
        return Dropped(said, "too_long")
    if INSTRUCTION.search(_sentence(text.flat, place, quote, value)):
        return Dropped(said, "instruction")
    if any(True for _ in disagreements(value)):
        return Dropped(said, "words_and_figures")
    normal = normalize(said.name, Passage(value, quote, writing))
    if normal is None or _blackened(said.name, value):
        return Dropped(said, "unreadable")
    return Term(said.name, value, normal, quote, text.page_at(place), said.confidence)


def _blackened(name: TermName, value: str) -> bool:
    priced = name in {"fee", "total", "milestone", "discount", "late_fee", "vendor", "customer"}
    return priced and bool(REDACTED.search(value))


def _sentence(flat: str, place: int, quote: str, value: str) -> str:
    """The sentence the value stands in."""
    start = place + quote.find(value)
    begin, end = max(0, start - 260), start + len(value) + 160
    cuts = [m.end() for m in _ENDS.finditer(flat, begin, end)]
    first = max((cut for cut in cuts if cut <= start), default=begin)
    last = min((cut for cut in cuts if cut >= start + len(value)), default=end)
    return flat[first:last]

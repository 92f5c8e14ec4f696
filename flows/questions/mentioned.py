"""Customers named in full inside a sentence: put in quotation marks, so that no word of a name is
read as a word of the question ("what does Drift Optique owe" asks nothing about drift)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.matching.names import words_of
from store.engine import Session
from store.payer_search import named_like

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[\"“”]")
_LONGEST = 2_000
Word = tuple[str, int, int]


async def with_names_quoted(session: Session, text: str) -> str:
    """The text with every customer's whole name in quotation marks; as it is when it has some."""
    text = text[:_LONGEST]
    if _MARKS.search(text):
        return text
    words = _words(text)
    known = await named_like(session, [w for w, _, _ in words]) if words else None
    names = {words_of(n) for row in known or () for n in (row.name, row.legal_name) if n}
    for start, end in reversed(_spans(text, words, names)):
        text = f'{text[:start]}"{text[start:end]}"{text[end:]}'
    return text


def _words(text: str) -> list[Word]:
    found = [(words_of(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]
    return [(folded[0], start, end) for folded, start, end in found if len(folded) == 1]


def _spans(text: str, words: Sequence[Word], names: set[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Where names stand, the longest first of those that overlap, in the order of the text."""
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    for name in sorted(names, key=len, reverse=True):
        for at in range(len(words) - len(name) + 1):
            places = range(at, at + len(name))
            if tuple(words[p][0] for p in places) != name or taken & set(places):
                continue
            if len(name) > 1 or _capital(text, words, at):
                taken |= set(places)
                found.append((words[at][1], words[places[-1]][2]))
    return sorted(found)


def _capital(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether one word has a capital inside a sentence that is not all capitals."""
    start = words[at][1]
    return at > 0 and text[start].isupper() and not text.isupper()

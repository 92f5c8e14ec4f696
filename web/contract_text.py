"""A contract's text with the passages its terms were read from, for the review screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LONGEST_QUOTE = 4_000


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a term was read: the page counted from 1, and the words."""

    id: int
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a page: `starts` are passages that begin here, `of` those it is part of."""

    text: str
    starts: tuple[int, ...] = ()
    of: tuple[int, ...] = ()


def pieces(pages: Sequence[str], passages: Iterable[Passage]) -> list[list[Piece]]:
    """The pages cut where passages begin and end. A quotation ignores how lines are broken."""
    wanted = list(passages)
    return [
        _cut(text, [one for one in wanted if one.page == number])
        for number, text in enumerate(pages, 1)
    ]


def _cut(text: str, passages: Sequence[Passage]) -> list[Piece]:
    spans = {one.id: span for one in passages if (span := _span(text, one.quote)) is not None}
    edges = sorted({0, len(text), *(edge for span in spans.values() for edge in span)})
    found = []
    for first, last in pairwise(edges):
        inside = tuple(i for i, span in spans.items() if span[0] <= first and last <= span[1])
        begins = tuple(i for i in inside if spans[i][0] == first)
        found.append(Piece(text[first:last], begins, inside))
    return found


def _span(text: str, quote: str) -> tuple[int, int] | None:
    words = quote[:_LONGEST_QUOTE].split()
    if not words:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found else None

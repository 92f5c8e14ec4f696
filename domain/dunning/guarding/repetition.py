"""Whether a letter only says again what the last one said."""

from __future__ import annotations

import re

_WORDS, _SIGNS = 4, 8
_MOST_PERCENT = 60
_FEWEST = 6


def repeats(paragraphs: str, last: str) -> bool:
    """Whether most runs of words of `paragraphs` stand in the `last` mail too."""
    ours, before = _runs(paragraphs), _runs(last)
    return len(ours) >= _FEWEST and len(ours & before) * 100 > _MOST_PERCENT * len(ours)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Four words in a row; eight signs where a language writes no spaces. Figures do not count."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    size = _WORDS
    if any("\u3040" <= sign <= "\u30ff" for sign in text):
        words, size = list("".join(words)), _SIGNS
    return frozenset(tuple(words[n : n + size]) for n in range(len(words) - size + 1))

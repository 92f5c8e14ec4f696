"""Search patterns that people write: a small part of regular expressions that ends quickly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LONGEST: Final = 120
_MOST_TEXT: Final = 1_000
_MOST_WAYS: Final = 1_000
_PIECE = re.compile(
    r"(?P<atom>\[\^?(?:\\[dws\\\]\[.-]|[^\\\[\]])+\]|\\[dwsbDWSB.\\/+*?()\[\]{}|^$-]"
    r"|[^\\\[\](){}*+?|])(?:(?P<maybe>\?)|\{(?P<low>\d{1,2})(?:,(?P<high>\d{1,2}))?\})?"
)


class PatternError(ValueError):
    """The pattern cannot be used; the text says what to write."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Letters, digits, `.`, `[A-Z]`, `\\d`, `\\b` ..., each maybe with `?`, `{3}` or `{3,8}`.

    `|` divides whole alternatives; there are no groups, no `*` and no `+`, so that no text can
    make the search slow. Capitals do not matter. Raises PatternError.
    """

    text: str

    def __post_init__(self) -> None:
        if not 0 < len(self.text) <= _LONGEST:
            raise PatternError(f"Write 1 to {_LONGEST} characters.")
        for part in _alternatives(self.text):
            if not part:
                raise PatternError("There is nothing on one side of a |.")
            if _ways(part) > _MOST_WAYS:
                raise PatternError("There are too many ways to read it: use narrower {n,m}.")
        try:
            _compiled(self.text)
        except re.error as error:
            raise PatternError(f"This is no pattern: {error}.") from error

    def found_in(self, text: str) -> bool:
        """Whether it occurs in the first 1,000 characters of a text."""
        return _compiled(self.text).search(text[:_MOST_TEXT]) is not None


def _alternatives(text: str) -> list[list[re.Match[str]]]:
    parts: list[list[re.Match[str]]] = [[]]
    at = 0
    while at < len(text):
        if text[at] == "|":
            parts.append([])
            at += 1
            continue
        piece = _PIECE.match(text, at)
        if piece is None:
            raise PatternError(f"Groups, * and + are not used here: {text[at : at + 8]!r}.")
        parts[-1].append(piece)
        at = piece.end()
    return parts


def _ways(pieces: list[re.Match[str]]) -> int:
    ways = 1
    for piece in pieces:
        low, high = int(piece["low"] or 1), int(piece["high"] or piece["low"] or 1)
        ways *= 2 if piece["maybe"] else max(high - low + 1, 1)
    return ways


@lru_cache(maxsize=256)
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)

"""The text of a contract with its pages; the one place that looks quotations up."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """All pages as one line with single blanks, and where in it each page starts."""

    flat: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, pages: tuple[str, ...]) -> Text:
        """From pages as they were read."""
        starts: list[int] = []
        parts: list[str] = []
        length = 0
        for page in pages:
            folded = fold(page)
            starts.append(length)
            parts.append(folded)
            length += len(folded) + 1
        return cls(" ".join(parts), tuple(starts))

    def page_at(self, position: int) -> int:
        """The page, from 1, of a position in the flat text."""
        return max(bisect_right(self.starts, position), 1)

    def find(self, quote: str) -> int | None:
        """Where a quotation stands word for word, blanks aside; None when it does not."""
        wanted = fold(quote)
        return place_of(wanted, self.flat) if wanted else None


def place_of(words: str, text: str) -> int | None:
    """Where words stand in a text, and no number goes on before or after them.

    "$1,200" does not stand in "$1,200,000".
    """
    before = r"(?<!\d)(?<!\d[.,/'’])" if words[0].isdigit() else ""
    after = r"(?![.,/'’]?\d)" if words[-1].isdigit() else ""
    found = re.search(f"{before}{re.escape(words)}{after}", text)
    return found.start() if found else None


def fold(text: str) -> str:
    """Runs of blanks and line ends as one blank."""
    return " ".join(text.split())

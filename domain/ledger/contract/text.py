"""The text of a contract with its pages; the one place that looks quotations up."""

from __future__ import annotations

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
        place = self.flat.find(wanted) if wanted else -1
        return place if place >= 0 else None


def fold(text: str) -> str:
    """Runs of blanks and line ends as one blank."""
    return " ".join(text.split())

"""One part of a message while it is read: what is understood is masked, the rest is suspect."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from domain.dunning.day_names import MONTH
from domain.dunning.facts import Part, Violation, ViolationKind
from domain.dunning.guarding.stated_dates import StatedDate
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money

_MASK = "\x00"
_SEGMENT = re.compile(
    rf"(?<=\d)[.!?][ ]+(?=(?:[A-ZÀ-Ý¿¡][a-zà-ÿ]+|I)[ ,])(?!(?i:{MONTH})(?! (?:I|we)\b))|"
    r"(?<=\))[.!?][ ]+(?=[A-ZÀ-Ý¿¡])|"
    r"(?<=[€$£])[.!?][ ]+(?=[A-ZÀ-Ý¿¡])|(?<=\w)[ ][!?][ ]+(?=[A-ZÀ-Ý¿¡])|"
    r"\n|(?<=[^\d\W][^\W\d])(?<![ (][Nn]o)(?<![ (][Nn]r)(?<![ (][Rr]ef)(?<![ (][Ii]nv)(?<![ (]bzw)"
    r"[.!?][\")]*\s+(?=[^\Wa-zäöüß_])|[;•·]\s|。"
)


@lru_cache(maxsize=512)
def says(pattern: re.Pattern[str], sentence: str) -> bool:
    """Whether a sentence holds a pattern; asked again for each amount and day in it."""
    return pattern.search(sentence) is not None


@dataclass(frozen=True, slots=True)
class Mention:
    """An invoice named in the text."""

    start: int
    end: int
    invoice: Invoice


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount in the text with the amounts it may mean among the facts."""

    start: int
    end: int
    text: str
    options: frozenset[Money]


@dataclass(slots=True)
class Page:
    """A text with its findings. `rest` is the text with everything understood masked out."""

    part: Part
    text: str
    rest: str = ""
    orders: list[Mention] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    amounts: list[StatedAmount] = field(default_factory=list)
    dates: list[StatedDate] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rest = self.text

    def mask(self, start: int, end: int) -> None:
        masked = re.sub(r"[^\n]", _MASK, self.rest[start:end])
        self.rest = self.rest[:start] + masked + self.rest[end:]

    def blame(self, kind: ViolationKind, detail: str) -> None:
        self.violations.append(Violation(kind, detail[:160], self.part))

    def around(self, start: int, end: int, before: int, after: int) -> str:
        """The words beside a place, on its line."""
        left = self.text[max(0, start - before) : start].rpartition("\n")[2]
        return left + " \x00 " + self.text[end : end + after].partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or line; `inherited` is the invoice the sentence before was about."""

    start: int
    end: int
    inherited: Invoice | None

    def holds(self, start: int) -> bool:
        return self.start <= start < self.end


def segments(page: Page) -> list[Segment]:
    """Sentences and lines, each with the single invoice spoken of just before it."""
    found: list[Segment] = []
    topic: Invoice | None = None
    start = 0
    for end in [*(m.end() for m in _SEGMENT.finditer(page.text)), len(page.text) + 1]:
        body = page.text[start:end]
        if not body.strip(" |\n\t\r") and body.count("\n"):
            topic = None if _blank_before(page.text, start) else topic
        found.append(Segment(start, end, topic))
        named = {m.invoice.id: m.invoice for m in page.mentions if start <= m.start < end}
        if named:
            topic = next(iter(named.values())) if len(named) == 1 else None
        start = end
    return found


def _blank_before(text: str, start: int) -> bool:
    return text[:start].endswith("\n")

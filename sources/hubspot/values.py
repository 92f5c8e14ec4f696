"""What reading HubSpot gives: pages of changes, and what a deal is when it is no `Deal` yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["deals", "line_items", "quotes", "companies", "contacts", "products"]
ProblemName = Literal[
    "amount_differs",
    "company_missing",
    "company_several",
    "currency_differs",
    "currency_missing",
    "date_unreadable",
    "discount_unclear",
    "end_differs",
    "end_without_term",
    "frequency_unknown",
    "lines_missing",
    "line_unreadable",
    "payments_differ",
    "price_tiered",
    "price_unreadable",
    "property_unknown",
    "quantity_unreadable",
    "quote_extras",
    "quote_paid",
    "quotes_several",
    "revenue_type_unknown",
    "shape",
    "start_delayed",
    "start_missing",
    "term_differs",
    "term_unreadable",
    "timing_unknown",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person has to say or repair. `where` is like "deal 12" or "line 34"."""

    name: ProblemName
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class NotWon:
    """The deal is not won, or is of a pipeline nobody bills from."""

    deal_id: str
    stage: str
    pipeline: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """The deal was deleted, or merged into another one."""

    deal_id: str
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A won deal that cannot be billed as it stands: every problem found, not only the first."""

    deal_id: str
    problems: tuple[Problem, ...]
    name: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class ObjectId:
    """An object a webhook is about; `change` is HubSpot's word ("propertyChange", "merge")."""

    kind: Kind
    id: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A webhook that is not believed, and why."""

    reason: Literal["unsigned", "wrong", "too_old", "in_the_future", "malformed", "too_large"]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one kind of object is read: `at` is milliseconds since 1970.

    `seen` holds (id, milliseconds) of the newest objects, so that the overlap is not told twice.
    """

    at: int = 0
    seen: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where reading goes on. Opaque to callers: keep `payload()` and give it back."""

    deals: Mark = field(default_factory=Mark)
    line_items: Mark = field(default_factory=Mark)
    quotes: Mark = field(default_factory=Mark)

    @classmethod
    def starting(cls, at: datetime) -> Cursor:
        """Everything changed since a moment."""
        mark = Mark(int(at.timestamp() * 1000))
        return cls(mark, mark, mark)

    def payload(self) -> dict[str, object]:
        """As JSON."""
        marks = {"deals": self.deals, "line_items": self.line_items, "quotes": self.quotes}
        return {
            name: {"at": mark.at, "seen": [list(pair) for pair in mark.seen]}
            for name, mark in marks.items()
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, object]) -> Cursor:
        """What `payload` wrote; a part that is missing or odd is read from the beginning."""
        return cls(
            _mark(payload.get("deals")),
            _mark(payload.get("line_items")),
            _mark(payload.get("quotes")),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Deals to read again, and the cursor to store once they are taken care of."""

    deal_ids: tuple[str, ...]
    cursor: Cursor


def _mark(stored: object) -> Mark:
    if not isinstance(stored, Mapping) or not isinstance(at := stored.get("at"), int):
        return Mark()
    pairs = stored.get("seen")
    seen = tuple(
        (pair[0], pair[1])
        for pair in (pairs if isinstance(pairs, list) else [])
        if isinstance(pair, list | tuple)
        and len(pair) == 2
        and isinstance(pair[0], str)
        and isinstance(pair[1], int)
    )
    return Mark(at, seen)

"""What the texts of a receipt name, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.matching.item import Item
from domain.matching.receipt import ReferenceKind


class How(StrEnum):
    """How a text names an item, plainest first."""

    STRUCTURED = "structured"
    EXACT = "exact"
    CONFUSABLE = "confusable"
    PO = "po"
    RANGE = "range"
    SUFFIX = "suffix"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item that `token` names. `millibits`: how unlikely that is by chance, log2 x 1000.

    `rivals` counts other open items of the same customers that the token may mean as well.
    """

    item: Item
    how: How
    token: str
    kind: ReferenceKind
    millibits: int
    rivals: int = 0

    @property
    def plain(self) -> bool:
        """Whether the whole number stands there, and it can be no other item."""
        return self.how in (How.EXACT, How.STRUCTURED) and not self.rivals


@dataclass(frozen=True, slots=True)
class Named:
    """What the texts name: `items` take money, `closed` are paid or void.

    `contested` are numbers that several items go by. `strange` are written like the seller's
    numbers and name nothing. `dates_ignored` could be numbers but are days near the receipt.
    """

    items: tuple[NamedItem, ...] = ()
    closed: tuple[NamedItem, ...] = ()
    contested: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    dates_ignored: tuple[str, ...] = ()


_PLAINNESS = {how: rank for rank, how in enumerate(How)}


def plainness(named: NamedItem) -> tuple[int, int, int, str, str]:
    """Sorts the plainest of several names of one item first."""
    rank = _PLAINNESS[named.how]
    return rank, named.rivals, -named.millibits, named.token, named.kind


def by_due(named: NamedItem) -> tuple[date, str, str, int]:
    """Sorts names by their items, oldest due first."""
    item = named.item
    return item.due_on, item.number, item.kind, item.id

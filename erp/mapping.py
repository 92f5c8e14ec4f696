"""What ours is called in the ERP: remembered mappings, defaults, and guesses by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from erp.masters import ErpItem
from erp.review.draft import Draft, DraftLine
from erp.review.names import likeness
from erp.review.policy import CLASSIFICATIONS
from erp.review.subject import ResolvedLine

DEFAULT = "*"
RECEIVABLE = "receivable"
TAX = "tax"


@dataclass(frozen=True, slots=True)
class Mapped:
    """An id of the ERP; a guess waits to be confirmed, `score` in percent."""

    netsuite_id: str
    guess: bool = False
    score: int = 100


@dataclass(frozen=True, slots=True)
class Mappings:
    """Mappings by kind, source and our word. A source's own go before those of every source."""

    known: Mapping[tuple[str, str, str], Mapped] = field(default_factory=dict)

    def find(self, kind: str, ours: str, source: str = "") -> Mapped | None:
        """What a word of ours is mapped to; not the default."""
        word = key(ours)
        return self.known.get((kind, source, word)) or self.known.get((kind, "", word))

    def default(self, kind: str, source: str = "") -> str:
        """The default of a kind, "" when there is none."""
        found = self.find(kind, DEFAULT, source)
        return found.netsuite_id if found else ""


def key(ours: str) -> str:
    """A word of ours as it is looked up: without case and outer or doubled spaces."""
    return " ".join(ours.split()).casefold()


def resolved(
    draft: Draft, mappings: Mappings, items: Mapping[str, ErpItem], *, guess_from: int
) -> tuple[ResolvedLine, ...]:
    """The lines of a draft with their items and classifications, numbered from 1."""
    skus = {key(item.name): item for item in items.values() if not item.inactive}
    return tuple(
        replace(
            _item(line, draft.source, mappings, items, skus, guess_from),
            place=n,
            classes=classes_of(draft, line, mappings),
        )
        for n, line in enumerate(draft.lines, 1)
    )


def classes_of(draft: Draft, line: DraftLine, mappings: Mappings) -> dict[str, str]:
    """Department, class and location of a line: its own, the invoice's, the mapped default."""
    return {
        kind: getattr(line, f"{kind}_netsuite_id")
        or getattr(draft, f"{kind}_netsuite_id")
        or mappings.default(kind, draft.source)
        for kind in CLASSIFICATIONS
    }


def _item(
    line: DraftLine,
    source: str,
    mappings: Mappings,
    items: Mapping[str, ErpItem],
    skus: Mapping[str, ErpItem],
    guess_from: int,
) -> ResolvedLine:
    if line.item_netsuite_id:
        return ResolvedLine(0, line, items.get(line.item_netsuite_id), "given", 100)
    mapped = mappings.find("item", line.product, source)
    if mapped is not None:
        found = "guess" if mapped.guess else "mapped"
        return ResolvedLine(0, line, items.get(mapped.netsuite_id), found, mapped.score)
    if key(line.product) in skus:
        return ResolvedLine(0, line, skus[key(line.product)], "sku", 100)
    default = items.get(mappings.default("item", source))
    if default is not None:
        return ResolvedLine(0, line, default, "default", 100)
    return _guess(line, items, guess_from)


def _guess(line: DraftLine, items: Mapping[str, ErpItem], guess_from: int) -> ResolvedLine:
    """The active item whose name or description is most alike, if it is alike enough."""
    best, score = None, 0
    for item in items.values():
        if item.inactive:
            continue
        alike = max(likeness(line.product, item.name), likeness(line.product, item.description))
        if alike > score:
            best, score = item, alike
    if best is None or score < guess_from:
        return ResolvedLine(0, line)
    return ResolvedLine(0, line, best, "guess", score)

"""A hypothesis with its weight, and everything the gates need to judge the best one."""

from __future__ import annotations

from dataclasses import dataclass

from domain.matching.adjustments import Adjustment
from domain.matching.decision import MatchClass
from domain.matching.decoys import Chance
from domain.matching.hypotheses import Case, Hypothesis
from domain.matching.item import Item, ItemKind
from domain.matching.references import NamedItem

OPEN_ENDED = frozenset({Adjustment.PARTIAL, Adjustment.UNAPPLIED})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A hypothesis with its weight of evidence, and the class of a match by it."""

    hypothesis: Hypothesis
    millibits: int
    klass: MatchClass

    @property
    def exact(self) -> bool:
        """Whether it uses the money up and settles every invoice in full."""
        return not OPEN_ENDED & set(self.hypothesis.fit.by)


@dataclass(frozen=True, slots=True)
class Bench:
    """What the gates judge: the best hypothesis, the others, and what is known about them.

    `problems` speak against the remittance advice; `used` are the references that name what the
    best hypothesis settles.
    """

    case: Case
    best: Weighed
    others: tuple[Weighed, ...]
    problems: tuple[str, ...]
    chance: Chance | None
    open_items: tuple[Item, ...]
    used: tuple[NamedItem, ...]


def names_of(
    case: Case, hypothesis: Hypothesis, in_rows: tuple[NamedItem, ...] = ()
) -> tuple[NamedItem, ...]:
    """How references, or the rows of an advice, name the invoices that a hypothesis settles."""
    ids = hypothesis.item_ids
    found = {n.item.id: n for n in in_rows if n.item.kind is ItemKind.INVOICE}
    found |= {n.item.id: n for n in case.named.items if n.item.kind is ItemKind.INVOICE}
    return tuple(n for key, n in found.items() if key in ids)

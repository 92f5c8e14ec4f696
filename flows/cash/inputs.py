"""What one decision is taken from, as one value; and the decision, which is pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.matching.matcher import decide

from domain.matching.book import Book, Declined, build_book
from domain.matching.decision import Decision
from domain.matching.item import Item, Party, Remembered
from domain.matching.numbers import folded, plain
from domain.matching.receipt import Receipt
from domain.matching.rules import Rule
from domain.matching.settings import MatchSettings

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_MOST_PIECES = 5
_MOST_WORDS = 2_000
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a decision about a receipt rests on. Equal inputs give equal decisions."""

    receipt: Receipt
    items: tuple[Item, ...]
    parties: tuple[Party, ...]
    remembered: tuple[Remembered, ...]
    declined: tuple[Declined, ...]
    settings: MatchSettings
    rules: tuple[Rule, ...]

    def book(self) -> Book:
        """The items and parties, indexed."""
        return build_book(
            self.items,
            self.parties,
            self.remembered,
            self.declined,
            services=self.settings.payment_services,
        )


def decided(inputs: Inputs) -> Decision:
    """The decision. Days count from when the money came, not from when it is looked at."""
    receipt = inputs.receipt
    return decide(
        receipt, inputs.book(), inputs.settings, today=receipt.received_on, rules=inputs.rules
    )


def words_of(receipt: Receipt) -> tuple[str, ...]:
    """Everything in a receipt's references and advices that could be a number, folded, sorted.

    Numbers are found inside longer tokens too, where letters and digits meet.
    """
    texts = [r.text for r in receipt.references] + [row.reference for row in receipt.remittance]
    found: set[str] = set()
    for text in sorted(set(texts)):
        found |= _windows(text)
    return tuple(sorted(found)[:_MOST_WORDS])


def _windows(text: str) -> set[str]:
    pieces = _PIECE.findall(plain(text))
    found = {
        "".join(pieces[start : start + size])
        for start in range(len(pieces))
        for size in range(1, min(_MOST_PIECES, len(pieces) - start) + 1)
    }
    return {word for word in map(folded, found) if _SHORTEST <= len(word) <= 40}

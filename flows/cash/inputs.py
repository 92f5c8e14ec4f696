"""What one decision is taken from, as one value; and the decision, which is pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import assert_never

from domain.matching.book import Book, Declined, build_book
from domain.matching.decision import (
    Ambiguous,
    Decision,
    Matched,
    NotAReceipt,
    Proposal,
    Unmatched,
)
from domain.matching.item import Item, Party, Remembered
from domain.matching.matcher import decide
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
    """Everything a decision about a receipt rests on. Equal inputs give equal decisions.

    `refused` are the items that a person said this very receipt is not for, where it tells no
    payer that could be remembered.
    """

    receipt: Receipt
    items: tuple[Item, ...]
    parties: tuple[Party, ...]
    remembered: tuple[Remembered, ...]
    declined: tuple[Declined, ...]
    settings: MatchSettings
    rules: tuple[Rule, ...]
    refused: tuple[frozenset[int], ...] = ()

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
    found = decide(
        receipt, inputs.book(), inputs.settings, today=receipt.received_on, rules=inputs.rules
    )
    return _without(found, inputs.refused) if inputs.refused else found


def _without(decision: Decision, refused: tuple[frozenset[int], ...]) -> Decision:
    match decision:
        case Matched():
            if not _refused(decision.proposal, refused):
                return decision
            return Unmatched(decision.payer, ("a person said that it is not for what fits",))
        case Ambiguous():
            left = tuple(p for p in decision.proposals if not _refused(p, refused))
            if left:
                return replace(decision, proposals=left)
            return Unmatched(decision.payer, decision.reasons, decision.near)
        case Unmatched() | NotAReceipt():
            return decision
        case _:
            assert_never(decision)


def _refused(proposal: Proposal, refused: tuple[frozenset[int], ...]) -> bool:
    return frozenset(line.item_id for line in proposal.allocation.invoices) in refused


def own_key(source: str, source_id: str) -> str:
    """What stands for the payer of a receipt that tells neither a name nor an account."""
    return f"receipt:{source}:{source_id}"


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

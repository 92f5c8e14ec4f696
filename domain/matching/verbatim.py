"""What a language model read from a text, as far as the text and the ledger bear it out. Pure.

A model may only point at what stands there. Each row needs a number that the ledger knows, and an
amount written where it can belong to no other number; the amounts are read by code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.ledger.money import Money
from domain.matching.receipt import RemittanceRow
from domain.matching.written import (
    DecimalMark,
    Span,
    Zone,
    folded_number,
    one_amount,
    shared_mark,
    zones,
)


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One row as a model says it: passages of the text, copied letter by letter."""

    reference: str
    amount: str
    discount: str = ""
    deduction: str = ""


@dataclass(frozen=True, slots=True)
class Borne:
    """The rows that stand, and why others do not."""

    rows: tuple[RemittanceRow, ...]
    dropped: tuple[str, ...] = ()


def borne_out(said: Sequence[SaidLine], text: str, known: frozenset[str], currency: str) -> Borne:
    """Keep what really stands in the text. `known` are folded numbers of the ledger."""
    places = zones(text, known)
    mark = shared_mark((a.text for zone in places for a in zone.amounts), currency)
    rows: list[RemittanceRow] = []
    dropped: list[str] = []
    seen: set[str] = set()
    for line in said:
        key = folded_number(line.reference)
        problem = _problem(line, key, text, known)
        own = [zone for zone in places if folded_number(zone.number.text) == key]
        row = None if problem or key in seen else _row(line, own, currency, mark)
        if row is None:
            dropped.append(f"{line.reference[:60]}: {problem or 'its amount does not stand there'}")
            continue
        seen.add(key)
        rows.append(row)
    return Borne(tuple(rows), tuple(dropped))


def _problem(line: SaidLine, key: str, text: str, known: frozenset[str]) -> str:
    if not line.reference.strip() or line.reference not in text:
        return "the number does not stand in the text"
    return "" if key in known else "the ledger has no such number"


def _row(
    line: SaidLine, places: Sequence[Zone], currency: str, mark: DecimalMark | None
) -> RemittanceRow | None:
    """The row if one place of its number carries every amount it names, each written there."""
    for place in places:
        free = list(place.amounts)
        paid = _taken(line.amount, free, currency, mark)
        discount = _taken(line.discount, free, currency, mark)
        deduction = _taken(line.deduction, free, currency, mark)
        asked = (line.discount, discount), (line.deduction, deduction)
        if paid is None or any(text.strip() and value is None for text, value in asked):
            continue
        return RemittanceRow(
            line.reference.strip(), paid, None, discount, deduction, source="model"
        )
    return None


def _taken(said: str, free: list[Span], currency: str, mark: DecimalMark | None) -> Money | None:
    """The amount that a passage points at, read from the text itself; it is used up by this."""
    for span in free:
        if said.strip() and _bare(span.text) == _bare(said):
            free.remove(span)
            return one_amount(span.text, currency, mark)
    return None


def _bare(text: str) -> str:
    """An amount's own letters: its digits and marks, without sign and currency."""
    return "".join(c for c in text if c.isdigit() or c in ".,'").strip(".,'")

"""What results state, kept together as it was told: a sentence, a row, a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agent.grounding.figures import (
    Reading,
    days_in,
    figures_of,
    folded,
    readings_in,
    yearless_in,
)
from agent.tools.outcome import Outcome
from domain.ledger.money import Money

_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_CODE_CELL = re.compile(r"(?=\S*\d)[A-Z][A-Z0-9_/-]{2,30}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that belong together, and the words they were told in. `quoted`: a stranger's.

    `yearly` are months and days that were told without a year, `readings` all days as told.
    """

    words: str
    amounts: frozenset[Money]
    days: frozenset[date]
    yearly: frozenset[tuple[int, int]]
    readings: frozenset[Reading]
    numbers: frozenset[int]
    codes: frozenset[str]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """All that may be stated: groups, names of customers, codes as they are written."""

    groups: tuple[Group, ...] = ()
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def subjects(self, text: str) -> tuple[str, ...]:
        """The customers and codes that a text names."""
        low = text.casefold()
        named = [n.casefold() for n in self.names if n.casefold() in low]
        return (*named, *(c.casefold() for c in self.codes if _stands(c.casefold(), low)))


def known_from(outcomes: Iterable[Outcome]) -> Known:
    """What these results state. Refused ones state nothing: an error proves no figure."""
    groups: list[Group] = []
    names: dict[str, None] = {}
    codes: dict[str, None] = {}
    for outcome in outcomes:
        if outcome.refused:
            continue
        named, coded = _names(outcome), _codes(outcome)
        names |= dict.fromkeys(named)
        codes |= dict.fromkeys(coded)
        whose = f" {named[0]}" if len(named) == 1 else ""
        groups += [_group(f"{piece}{whose}", named, coded) for piece in _pieces(outcome)]
        groups += [_group(f"{q.words}{whose}", named, coded, quoted=True) for q in outcome.quotes]
    return Known(tuple(groups), tuple(names), tuple(codes))


def _pieces(outcome: Outcome) -> list[str]:
    acts = "\n".join(act.words for act in outcome.acts)
    said = [piece for piece in sentences(f"{outcome.text}\n{acts}") if piece]
    rows = [" | ".join(row) for t in outcome.tables for row in t.rows]
    heads = [" | ".join(t.columns) for t in outcome.tables]
    left = [f"{t.more} more" for t in outcome.tables if t.more]
    dates = [quote.on.isoformat() for quote in outcome.quotes]
    sizes = [f"{len(t.rows)} rows" for t in outcome.tables]
    return [*said, *rows, *heads, *left, *dates, *sizes]


def sentences(text: str) -> Sequence[str]:
    """A text in sentences; the space after "No." or a number's point is none of its ends."""
    return [piece.strip() for piece in _SENTENCE.split(text) if piece.strip()]


def _names(outcome: Outcome) -> list[str]:
    linked = [c.label for c in outcome.cited if re.fullmatch(r"/customers/\d+", c.path)]
    listed = [
        row[t.columns.index("Customer")]
        for t in outcome.tables
        if "Customer" in t.columns
        for row in t.rows
    ]
    return list(dict.fromkeys([*linked, *listed]))


def _codes(outcome: Outcome) -> list[str]:
    cells = [cell for t in outcome.tables for row in t.rows for cell in row]
    linked = [c.label for c in outcome.cited]
    said = _CODE_CELL.findall(outcome.text)
    found = [w for w in (*cells, *linked, *said) if _CODE_CELL.fullmatch(w)]
    return list(dict.fromkeys(found))


def _group(text: str, names: Sequence[str], codes: Sequence[str], *, quoted: bool = False) -> Group:
    found = figures_of(text, names=names, codes=codes)
    return Group(
        words=text.casefold(),
        amounts=frozenset(m for _, meant in found.amounts for m in meant),
        days=days_in(text),
        yearly=yearless_in(text),
        readings=readings_in(text),
        numbers=frozenset(value for _, value in found.numbers if value is not None),
        codes=frozenset(folded(code) for code in found.codes),
        quoted=quoted,
    )


def _stands(code: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text) is not None

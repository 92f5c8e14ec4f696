"""Pieces of patterns that many rules share, sentences, and rows that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.ledger.contract.quoting import LONGEST_QUOTE, Said
from domain.ledger.contract.terms import TermName
from domain.ledger.contract.text import fold

# A character of a sentence: points within numbers and abbreviations do not end it.
S = r"(?:[^.;]|\.(?=[\d,)])|(?<=\bNo)\.|(?<=\bInc)\.|(?<=\bU\.S)\.|(?<=\bU)\.(?=S))"
NUMBER = (
    r"(?:[A-Za-zäöüßé]+(?:[- ][a-z]+)? ?\(\d{1,4}\)|\d{1,4}(?: ?\([a-z -]{3,24}\))?|"
    r"[a-zäöüßéA-Z]+(?:-[a-z]+){0,2})"
)
SPAN = (
    rf"{NUMBER}[- ](?:(?:additional|consecutive|successive|calendar|full|contract|further) )?"
    r"(?:months?|years?|monaten?|jahre?n?|mois|ans\b|(?<=\bun )an\b|années?|meses|años?)"
)
DAYS = (
    rf"{NUMBER} ?(?:calendar |business |working |banking |consecutive )?(?:days?|tagen?|"
    rf"jours?|días)"
)
_SPLIT = re.compile(r"(?<=[.;])\s+(?=[A-ZÄÖÜÉ(“\"•\d])")
_ABBREVIATED = re.compile(
    r"\b(?:Inc|Ltd|Corp|Co|No|Nos|Sec|Art|U\.S|S\.A|L\.P|vs|approx|Mr|Ms|Dr)\.$"
)
_AMOUNT = re.compile(
    r"[$€£]\s?\d|\b(?:USD|EUR|GBP|CHF|CAD|AUD)\s?\d|\d\s?(?:€|EUR\b|USD\b|GBP\b|CHF\b)"
)
_LABELLED = re.compile(r"^[ \t•*-]*[A-ZÄÖÜÉ][^.;:$€£]{2,70}(?::|\t| {3,}|\.{4,})\s*\S")
_ROW_NAME = re.compile(
    r"^\s*(?:(?:contract|license) )?(?:year|jahr|année|año) \d{1,2}\s*$", re.IGNORECASE
)
_ITEM = re.compile(r"^\s*(?:\(?[a-z0-9ivx]{1,4}[.)]|[•*–-])\s+(?=[A-ZÄÖÜÉ0-9$€£“\"])")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern for one term. The group `v` is the value, else the whole match is."""

    name: TermName
    pattern: re.Pattern[str]
    confidence: float = 0.8
    unless: re.Pattern[str] | None = None


def rule(name: TermName, pattern: str, confidence: float = 0.8, unless: str = "") -> Rule:
    """A rule whose pattern ignores case. `unless` is looked for around the match."""
    avoided = re.compile(unless, re.IGNORECASE) if unless else None
    return Rule(name, re.compile(pattern, re.IGNORECASE), confidence, avoided)


def said_by(rules: Iterable[Rule], flat: str) -> Iterator[Said]:
    """What rules find, in the order of the rules and then of the text."""
    for one in rules:
        for match in one.pattern.finditer(flat):
            group = "v" if "v" in one.pattern.groupindex and match["v"] else 0
            if one.unless is None or not one.unless.search(around(flat, *match.span())):
                yield Said(one.name, match[group], around(flat, *match.span()), one.confidence)


def around(flat: str, start: int, end: int) -> str:
    """The sentence in which a match stands, as far as a quotation may reach."""
    room = max((LONGEST_QUOTE - (end - start)) // 2, 0)
    before = flat[max(0, start - room) : start]
    after = flat[end : end + room]
    cut = max((m.end() for m in _SPLIT.finditer(before)), default=0)
    if not cut and start > room:
        cut = before.find(" ") + 1
    stop = re.search(r"[.;](?=\s+[A-ZÄÖÜ(“\"\d]|$)", after)
    kept = (
        after[: stop.end()]
        if stop
        else after.rpartition(" ")[0]
        if end + room < len(flat)
        else after
    )
    return (before[cut:] + flat[start:end] + kept).strip()


def units(page: str) -> Iterator[str]:
    """Sentences of prose, and lines that say something alone: rows, labels, items of a list."""
    prose: list[str] = []
    for line in page.split("\n"):
        if " | " in line or (_AMOUNT.search(line) and _alone(line)):
            row = [*prose, line] if len(prose) == 1 and _ROW_NAME.match(prose[0]) else [line]
            yield from _sentences(prose[: len(prose) + 1 - len(row)])
            prose = []
            yield fold(" ".join(row))
        elif not line.strip() or _ITEM.match(line) or _ROW_NAME.match(line):
            yield from _sentences(prose)
            prose = [line]
        else:
            prose.append(line)
    yield from _sentences(prose)


def _alone(line: str) -> bool:
    return bool(_LABELLED.match(line)) or (len(_AMOUNT.findall(line)) > 1 and len(line) < 90)


def _sentences(lines: list[str]) -> Iterator[str]:
    text = fold("\n".join(lines))
    held = ""
    for piece in _SPLIT.split(text):
        held = f"{held} {piece}" if held else piece
        if held and not _ABBREVIATED.search(held):
            yield held
            held = ""
    if held:
        yield held

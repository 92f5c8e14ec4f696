"""Domains that are made to be taken for another: one letter off, another ending, a word added."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans("аеорсхуіјѕһԁӏԛԝαοντρικυ01", "aeopcxyijshdlqwaovtpikuol")
_PAIRS = (("rn", "m"), ("vv", "w"), ("ii", "u"), ("i", "l"), ("-", ""))
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "gov", "ac", "ltd", "plc", "or", "ne"))
_SHORT, _SHORTEST_CONTAINED = 8, 5


def resembles(domain: str, known: Iterable[str]) -> str:
    """The known domain that `domain` may be taken for, empty when there is none.

    A known domain and what is inside it resemble nothing: they are themselves.
    """
    own = domain.lower().rstrip(".")
    others = sorted({other.lower().rstrip(".") for other in known if other})
    if not own or any(own == other or own.endswith(f".{other}") for other in others):
        return ""
    return next((other for other in others if _alike(own, other)), "")


def _alike(domain: str, other: str) -> bool:
    mine, theirs = _skeleton(_name(domain)), _skeleton(_name(other))
    if not mine or not theirs:
        return False
    if mine == theirs:
        return True
    if len(theirs) >= _SHORTEST_CONTAINED and theirs in _skeleton(domain.replace(".", "")):
        return True
    return len(theirs) > 3 and _near(mine, theirs, 1 if len(theirs) < _SHORT else 2)


def _name(domain: str) -> str:
    """The word of a domain that somebody chose: before the ending, "acme" in "acme.co.uk"."""
    labels = [_unpunycoded(label) for label in domain.split(".") if label]
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL:
        labels = labels[:-1]
    return labels[-2] if len(labels) > 1 else "".join(labels)


def _unpunycoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _skeleton(word: str) -> str:
    """Letters that look alike made the same, accents and hyphens left out."""
    folded = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    bare = re.sub(r"[^\w-]", "", "".join(c for c in folded if not unicodedata.combining(c)))
    for pair, one in _PAIRS:
        bare = bare.replace(pair, one)
    return bare


def _near(a: str, b: str, most: int) -> bool:
    """Whether at most `most` letters are added, left out, changed or swapped (Damerau)."""
    if abs(len(a) - len(b)) > most or max(len(a), len(b)) > 64:
        return False
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1] <= most

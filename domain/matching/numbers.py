"""Numbers of documents as they are compared, whoever writes them and however."""

from __future__ import annotations

import re
import unicodedata
from bisect import insort
from collections.abc import Sequence
from functools import lru_cache

from domain.matching.item import Item, ItemKind

Key = tuple[ItemKind, int]

LONGEST_TEXT = 10_000
_LONGEST_NUMBER = 40
_SHORTEST_NUMBER = 3

_PIECE = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CONFUSABLE = str.maketrans("OISB", "0158")
_RF = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}")


def plain(text: str) -> str:
    """Compatibility forms and digits of all scripts folded, upper case, cut at 10,000 letters."""
    text = text[:LONGEST_TEXT]
    if text.isascii():
        return text.upper()
    folded = unicodedata.normalize("NFKC", text).upper()[:LONGEST_TEXT]
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """A number as it is compared: letters and digits only, upper case."""
    return "".join(_PIECE.findall(plain(text)))


def unconfused(token: str) -> str:
    """A token with the letters that scanners and eyes take for digits read as digits."""
    return token.translate(_CONFUSABLE)


def one_edit(a: str, b: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours leads from a to b."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    at = 0
    shorter = min(len(a), len(b))
    while at < shorter and a[at] == b[at]:
        at += 1
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    if len(a) > len(b):
        return a[at + 1 :] == b[at:]
    if a[at + 1 :] == b[at + 1 :]:
        return True
    swapped = a[at + 1 : at + 2] + a[at : at + 1]
    return swapped == b[at : at + 2] and a[at + 2 :] == b[at + 2 :]


def rf_body(token: str) -> str | None:
    """What an ISO 11649 creditor reference wraps, if its check digits hold (ISO 7064, 97-10)."""
    if not _RF.fullmatch(token):
        return None
    digits = "".join(str(int(c, 36)) for c in token[4:] + token[:4])
    return token[4:].lstrip("0") if int(digits) % 97 == 1 else None


class Numbers:
    """The numbers and references that items go by, and what they look like."""

    def __init__(self) -> None:
        self._keys: dict[str, list[Key]] = {}
        self._unconfused: dict[str, list[str]] = {}
        self._starts: set[str] = set()
        self._names: dict[Key, tuple[str, ...]] = {}
        self.longest_start = 0
        self.longest = 0
        self.lengths: dict[int, int] = {}
        self.prefixes: dict[str, int] = {}

    def enter(self, item: Item) -> None:
        """Index an item under all its names."""
        key = (item.kind, item.id)
        written = dict.fromkeys((folded(item.number), *map(folded, item.references)))
        names = tuple(n for n in written if _SHORTEST_NUMBER <= len(n) <= _LONGEST_NUMBER)
        self._names[key] = names
        for token in names:
            if token not in self._keys:
                self._learn(token)
            insort(self._keys[token], key)

    def names(self, item: Item) -> tuple[str, ...]:
        """All that an item goes by, folded, its number first."""
        return self._names.get((item.kind, item.id), ())

    def knows(self, token: str) -> bool:
        """Whether anything goes by this folded token."""
        return token in self._keys

    def may_start(self, atom: str) -> bool:
        """Whether a known number can start with this run of letters or digits."""
        return atom in self._starts or atom[0].isdecimal()

    def keys(self, token: str) -> Sequence[Key]:
        """Items that go by this folded token."""
        return self._keys.get(token, ())

    def like(self, token: str) -> tuple[str, ...]:
        """Known numbers that equal `token` once confusable letters are read as digits."""
        return tuple(sorted(self._unconfused.get(unconfused(token), ())))

    def rarity(self, token: str) -> int:
        """How much it says that a text contains this token, in millibits: little for short ones."""
        digits = sum(map(str.isdecimal, token))
        weight = 3322 * digits + 4700 * (len(token) - digits)
        shared = max(0, len(self._keys.get(token, ())) - 1)
        return max(0, min(40_000, weight) - 1000 * shared.bit_length())

    def _learn(self, token: str) -> None:
        self._keys[token] = []
        self._unconfused.setdefault(unconfused(token), []).append(token)
        self.longest = max(self.longest, len(token))
        self.lengths[len(token)] = self.lengths.get(len(token), 0) + 1
        letters = None if token[0].isdecimal() else _LETTERS.match(token)
        if letters:
            run = letters.group()
            if run not in self._starts:
                self._starts.update(run[:size] for size in range(1, len(run) + 1))
                self.longest_start = max(self.longest_start, len(run))
            if len(run) < len(token):
                self.prefixes[run] = self.prefixes.get(run, 0) + 1

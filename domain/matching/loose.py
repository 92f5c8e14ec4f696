"""Numbers that do not stand there literally: wrapped, glued, misread, shortened, mistyped.

Except for wrapped and glued ones they are looked for among the payer's open items only, and are
weak: they count together with the customer and the amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from domain.matching.book import Book
from domain.matching.item import Item
from domain.matching.named import How
from domain.matching.numbers import Numbers, one_edit, rf_body
from domain.matching.spans import Spans, in_amount

UNMISTAKABLE = 8
LONGEST_JOINED = 40
_MOST_WRAPPED = 14
_MOST_PARTS = 50
_MOST_IN_RANGE = 50
_DAY = re.compile(
    r"(?<!\d)(?:\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d|(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?)(?!\d)"
)
_LEAST_DIGITS = 5
_LEAST_TAIL = 4
_TYPED = 9_000
_SHORTENED = 4_000
_LINKS = frozenset({"TO", "BIS", "THRU", "THROUGH", "TILL", "UNTIL", "AU", "AL", "HASTA"})
_DASHES = frozenset({"-", "–", "—", "..", "..."})


@dataclass(frozen=True, slots=True)
class Reading:
    """What `size` atoms may mean: all of `items` (a range, parts), or one of them if `either`."""

    items: tuple[Item, ...]
    how: How
    token: str
    millibits: int
    size: int
    either: bool = False


class Own:
    """The open items that a loose reading may mean, with all their names."""

    def __init__(self, items: Sequence[Item], numbers: Numbers) -> None:
        self._items = items
        self._numbers = numbers

    @cached_property
    def names(self) -> tuple[tuple[str, Item], ...]:
        """All names with their items."""
        known = self._numbers.names
        return tuple((name, item) for item in self._items for name in known(item))

    @cached_property
    def _lengths(self) -> frozenset[int]:
        lengths = {len(name) for name, _ in self.names}
        return frozenset(n + d for n in lengths for d in (-1, 0, 1))

    def near(self, token: str) -> tuple[Item, ...]:
        """Items with a name one slip of the pen away."""
        if len(token) not in self._lengths:
            return ()
        half = len(token) // 2 - 1
        head, tail = token[:half], token[-half:]
        return _distinct(
            item
            for name, item in self.names
            if (name.startswith(head) or name.endswith(tail))
            and one_edit(token, name)
            and sum(map(str.isdecimal, name)) >= _LEAST_DIGITS
        )

    def shortened(self, token: str) -> tuple[Item, ...]:
        """Items with a name that begins or ends with this, when it is half of it or more."""
        found = (
            item
            for name, item in self.names
            if len(token) < len(name) <= 2 * len(token)
            and (name.startswith(token) or name.endswith(token))
        )
        return _distinct(found)

    def tailed(self, digits: str) -> tuple[Item, ...]:
        """Items whose number ends in exactly these digits, zeros in front aside."""
        bare = digits.lstrip("0")
        if len(bare) < _LEAST_TAIL:
            return ()
        return _distinct(
            item
            for name, item in self.names
            if name.endswith(bare) and len(name) > len(bare) and _ends_a_run(name, len(bare))
        )

    def named(self, token: str) -> tuple[Item, ...]:
        """Items with exactly this name."""
        return _distinct(item for name, item in self.names if name == token)


def _ends_a_run(name: str, size: int) -> bool:
    before = name[-size - 1]
    return before == "0" or not before.isdecimal()


def _distinct(items: Iterator[Item]) -> tuple[Item, ...]:
    return tuple({(item.kind, item.id): item for item in items}.values())


def wrapped(spans: Spans, first: int, book: Book) -> Reading | None:
    """An ISO 11649 reference whose check digits hold, around a known number."""
    if spans.atoms[first] != "RF":
        return None
    joined = ""
    for last in range(first, min(first + _MOST_WRAPPED, len(spans.atoms))):
        joined += spans.atoms[last]
        body = rf_body(joined)
        items = book.items_named(body) if body else ()
        if body and items:
            rarity = book.numbers.rarity(body)
            return Reading(items, How.STRUCTURED, body, rarity, last - first + 1)
    return None


def glued(spans: Spans, first: int, numbers: Numbers) -> tuple[str, ...]:
    """The known numbers that one long run of digits is wholly made of."""
    digits = spans.atoms[first]
    if len(digits) < 2 * UNMISTAKABLE or not digits.isdecimal():
        return ()
    sizes = sorted((n for n in numbers.lengths if n >= UNMISTAKABLE), reverse=True)
    found: list[str] = []
    at = 0
    while at < len(digits) and len(found) < _MOST_PARTS:
        left = len(digits) - at
        size = next((n for n in sizes if n <= left and numbers.knows(digits[at : at + n])), 0)
        if not size:
            return ()
        found.append(digits[at : at + size])
        at += size
    return tuple(found)


def misread(spans: Spans, first: int, book: Book) -> Reading | None:
    """A whole word with letters for digits or the reverse: O and 0, I and 1, S and 5, B and 8."""
    last = first
    while last + 1 < len(spans.atoms) and spans.starts[last + 1] == spans.ends[last]:
        last += 1
    before = first > 0 and spans.ends[first - 1] == spans.starts[first]
    joined = "".join(spans.atoms[first : last + 1])
    if last == first or before or not _LEAST_DIGITS <= len(joined) <= LONGEST_JOINED:
        return None
    alike = book.numbers.like(joined)
    if len(alike) != 1:
        return None
    weight = max(0, book.numbers.rarity(alike[0]) - _SHORTENED)
    return Reading(book.items_named(alike[0]), How.CONFUSABLE, alike[0], weight, last - first + 1)


def mistyped(
    spans: Spans, first: int, covered: Sequence[bool], own: Own, numbers: Numbers
) -> Reading | None:
    """One slip of the pen away from an open item of the payer, else a part of its number."""
    joined, digits = "", 0
    for last in range(first, min(first + 4, len(spans.atoms))):
        if covered[last]:
            break
        joined += spans.atoms[last]
        digits += len(spans.atoms[last]) if spans.atoms[last].isdecimal() else 0
        if digits < _LEAST_DIGITS or len(joined) > LONGEST_JOINED:
            continue
        items = () if last > first and _in_a_day(spans, first) else own.near(joined)
        if items:
            weight = max(0, numbers.rarity(joined) - _TYPED)
            return Reading(items, How.NEAR, joined, weight, last - first + 1, either=True)
    return None


def _in_a_day(spans: Spans, first: int) -> bool:
    """Whether this atom is a part of a date with a year."""
    at = spans.starts[first]
    return any(match.start() <= at < match.end() for match in _DAY.finditer(spans.text))


def shortened(spans: Spans, first: int, own: Own, numbers: Numbers) -> Reading | None:
    """The digits of a number without its letters or zeros, or half of the number or more."""
    token = spans.atoms[first]
    size = 1
    if token.isdecimal() and _is_other(spans, first):
        return None
    if not token.isdecimal() and first + 1 < len(spans.atoms):
        token, size = token + spans.atoms[first + 1], 2
    digits = sum(map(str.isdecimal, token))
    items = own.tailed(token) if size == 1 and digits >= _LEAST_TAIL else ()
    how = How.SUFFIX
    if not items and digits >= _LEAST_DIGITS:
        items, how = own.shortened(token), How.NEAR
    if not items:
        return None
    weight = max(0, numbers.rarity(token) - _SHORTENED)
    return Reading(items, how, token, weight, size, either=True)


def _is_other(spans: Spans, at: int) -> bool:
    glued_to = spans.glued(at, at)
    return glued_to or spans.called_else(at) or in_amount(spans, at, at)


def ranged(spans: Spans, hits: Sequence[tuple[int, int, str]], own: Own) -> Iterator[Reading]:
    """What lies between two literal numbers that a dash or a word like "to" links.

    Not in a chain of dashes: there they only separate. Each hit is its first and last atom.
    """
    linked = [_links(spans, one[1], two[0]) for one, two in pairwise(hits)]
    for at, link in enumerate(linked):
        chained = (at > 0 and linked[at - 1]) or (at + 1 < len(linked) and linked[at + 1])
        if link and not chained:
            yield from _between(hits[at][2], hits[at + 1][2], own)


def _links(spans: Spans, last: int, first: int) -> bool:
    words = spans.text[spans.ends[last] : spans.starts[first]].split()
    return len(words) == 1 and (words[0] in _DASHES or words[0] in _LINKS)


def _between(low: str, high: str, own: Own) -> Iterator[Reading]:
    width = len(low) - len(low.rstrip("0123456789"))
    head = low[: len(low) - width]
    if not width or len(low) != len(high) or high[: len(head)] != head:
        return
    first, last = int(low[len(head) :]), int(high[len(head) :] or "0")
    if not 1 < last - first <= _MOST_IN_RANGE:
        return
    for number in range(first + 1, last):
        token = head + str(number).zfill(width)
        items = own.named(token)
        if items:
            yield Reading(items, How.RANGE, token, 12_000, 0)


def abbreviated(
    spans: Spans, hit: tuple[int, int, str], covered: Sequence[bool], own: Own
) -> Iterator[tuple[int, Reading]]:
    """Last digits after a whole number, in a list: "1001, 02, 03" or "INV-1001/02"."""
    _, last, token = hit
    at = last + 1
    while at < len(spans.atoms) and not covered[at]:
        digits = spans.atoms[at]
        apart = spans.between(at - 1, at).strip()
        if not digits.isdecimal() or len(digits) > 3 or apart not in (",", "/", "+", "&", ";"):
            return
        whole = token[: -len(digits)] + digits
        items = own.named(whole) if len(token) > len(digits) else ()
        if not items:
            return
        yield at, Reading(items, How.SUFFIX, whole, 3_322 * len(digits), 1)
        at += 1

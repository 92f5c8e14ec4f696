"""Which items the texts of a receipt name, and how plainly."""

from __future__ import annotations

from datetime import date

from domain.matching.book import Book
from domain.matching.item import Item, ItemState
from domain.matching.loose import (
    UNMISTAKABLE,
    Own,
    Reading,
    abbreviated,
    glued,
    misread,
    mistyped,
    ranged,
    shortened,
    wrapped,
)
from domain.matching.named import How, Named, NamedItem, by_due, plainness
from domain.matching.numbers import Key, folded, rf_body
from domain.matching.receipt import Receipt, ReferenceKind
from domain.matching.spans import LABELS, Spans, cut, in_amount, is_date

__all__ = ["How", "Named", "NamedItem", "named_literally", "read", "read_text"]

_NO_NUMBERS = frozenset({ReferenceKind.CHECK_NUMBER, ReferenceKind.TRACE, ReferenceKind.OBJECT})
_BY_MACHINE = frozenset({ReferenceKind.BANK_REFERENCE, ReferenceKind.END_TO_END})
_MOST_ATOMS_JOINED = 7
_MOST_TRIED = 60


def read(receipt: Receipt, book: Book, customers: frozenset[int] | None) -> Named:
    """What the references of a receipt name.

    Among equal numbers of several customers those of `customers` win; numbers with a slip of the
    pen, shortened ones and ranges are looked for among their open items only.
    """
    return _read_all(receipt, book, customers).result(receipt.amount.minor)


def named_literally(receipt: Receipt, book: Book) -> tuple[NamedItem, ...]:
    """The items whose whole number stands in the references, of any customer."""
    return tuple(n for n in _read_all(receipt, book, None).literal() if n.plain)


def read_text(
    text: str, book: Book, customers: frozenset[int] | None, today: date, currency: str
) -> Named:
    """What one text names: a row of a remittance advice, a word of a person."""
    reader = _Reader(book, customers, today, currency)
    reader.take(cut(text), ReferenceKind.REMITTANCE)
    return reader.result()


def _read_all(receipt: Receipt, book: Book, customers: frozenset[int] | None) -> _Reader:
    reader = _Reader(book, customers, receipt.received_on, receipt.amount.currency)
    for reference in receipt.references:
        if reference.kind not in _NO_NUMBERS:
            reader.take(cut(reference.text), reference.kind)
    return reader


class _Text:
    """A text with what of it is understood so far."""

    __slots__ = ("covered", "hits", "kind", "spans")

    def __init__(self, spans: Spans, kind: ReferenceKind) -> None:
        self.spans = spans
        self.kind = kind
        self.covered = [False] * len(spans.atoms)
        self.hits: list[tuple[int, int, str]] = []

    def cover(self, first: int, size: int) -> None:
        for at in range(first, first + size):
            self.covered[at] = True


class _Reader:
    def __init__(
        self, book: Book, customers: frozenset[int] | None, today: date, currency: str
    ) -> None:
        self._book = book
        self._customers = customers
        self._today = today
        self._currency = currency
        self._best: dict[Key, NamedItem] = {}
        self._contested: set[str] = set()
        self._strange: set[str] = set()
        self._dates: set[str] = set()
        self._texts: list[_Text] = []

    def take(self, spans: Spans, kind: ReferenceKind) -> None:
        """Read what stands there literally; the rest waits until all literal names are known."""
        text = _Text(spans, kind)
        may_start, end = self._book.numbers.may_start, 0
        for at, atom in enumerate(spans.atoms):
            if at < end or not may_start(atom):
                continue
            token, size = self._literal(spans, at, kind)
            if size:
                end = at + size
                text.hits.append((at, end - 1, token))
                text.cover(at, size)
                self._name(token, self._book.items_known(token), kind)
        self._texts.append(text)

    def literal(self) -> tuple[NamedItem, ...]:
        """The items named literally so far."""
        return tuple(sorted(self._best.values(), key=by_due))

    def result(self, amount: int | None = None) -> Named:
        """Everything read so far, in a fixed order.

        Where whole numbers add up to the amount already, slips of the pen and shortened ones are
        not looked for.
        """
        if any(not all(t.covered) or len(t.hits) > 1 for t in self._texts):
            weakly = amount is None or not self._adds_up(amount)
            scope = self._scope()
            items = self._book.open_items(scope, self._currency) if scope else ()
            own = Own(items, self._book.numbers)
            for text in self._texts:
                self._loosely(text, own, weakly=weakly)
        found = sorted(self._best.values(), key=by_due)
        return Named(
            items=tuple(n for n in found if n.item.state is ItemState.OPEN),
            closed=tuple(n for n in found if n.item.state is not ItemState.OPEN),
            contested=tuple(sorted(self._contested)),
            strange=tuple(sorted(self._strange)),
            dates_ignored=tuple(sorted(self._dates)),
        )

    def _adds_up(self, amount: int) -> bool:
        found = self._best.values()
        if self._contested or not all(n.plain for n in found):
            return False
        mine = self._customers is None or all(n.item.customer_id in self._customers for n in found)
        same = all(n.item.open.currency == self._currency for n in found)
        return mine and same and sum(n.item.open.minor for n in found) == amount

    def _scope(self) -> frozenset[int]:
        if self._customers is not None:
            return self._customers
        return frozenset(n.item.customer_id for n in self._best.values())

    def _literal(self, spans: Spans, first: int, kind: ReferenceKind) -> tuple[str, int]:
        """The known number that starts with this atom, and its atoms: the most that are one."""
        numbers, atoms = self._book.numbers, spans.atoms
        joined, best, size = "", "", 0
        for last in range(first, min(first + _MOST_ATOMS_JOINED, len(atoms))):
            joined += atoms[last]
            if len(joined) > numbers.longest:
                break
            if numbers.knows(joined) and self._believable(spans, first, last, joined, kind):
                best, size = joined, last - first + 1
        return best, size

    def _believable(
        self, spans: Spans, first: int, last: int, token: str, kind: ReferenceKind
    ) -> bool:
        """Whether a stretch that reads like a known number is meant as one."""
        if not token.isdecimal():
            return not spans.glued(first, last) or len(token) >= UNMISTAKABLE
        if kind in _BY_MACHINE and len(token) < UNMISTAKABLE:
            return False
        raw = spans.raw(first, last)
        if not self._written_so(token, raw):
            if is_date(raw, self._today):
                self._dates.add(raw)
                return False
            if first != last and len(token) < UNMISTAKABLE:
                return False
        if len(token) >= UNMISTAKABLE:
            return True
        if first == last and spans.called_else(first):
            return any(folded(r) == token for i in self._items(token) for r in i.references)
        return not _glued_oddly(spans, first, last) and not in_amount(spans, first, last)

    def _written_so(self, token: str, raw: str) -> bool:
        """Whether the seller itself writes this number with these separators."""
        if raw == token:
            return len(token) not in (6, 8)
        return any(
            raw == written.upper()
            for item in self._items(token)
            for written in (item.number, *item.references)
        )

    def _items(self, token: str) -> tuple[Item, ...]:
        return self._book.items_known(token)

    def _name(self, token: str, found: tuple[Item, ...], kind: ReferenceKind) -> None:
        """Record what a whole number names; of several customers' items the payer's own."""
        found = self._of_payer(found)
        if len(found) > 1 and any(folded(i.number) == token for i in found):
            still = tuple(i for i in found if i.state is ItemState.OPEN)
            if len(still) != 1:
                self._contested.add(token)
                return
            found = still
        how = How.PO if len(found) > 1 else How.EXACT
        how = How.STRUCTURED if token.startswith("RF") and rf_body(token) else how
        weight = self._book.numbers.rarity(token)
        for item in found:
            self._record(NamedItem(item, how, token, kind, weight))

    def _of_payer(self, found: tuple[Item, ...]) -> tuple[Item, ...]:
        if self._customers is None or len(found) == 1:
            return found
        return tuple(i for i in found if i.customer_id in self._customers) or found

    def _take(self, reading: Reading | None, kind: ReferenceKind) -> int:
        """Record a loose reading; how many atoms it explains."""
        if reading is None:
            return 0
        found = reading.items if reading.either else self._of_payer(reading.items)
        if len(found) > 1 and reading.how in (How.STRUCTURED, How.CONFUSABLE):
            self._contested.add(reading.token)
            return reading.size
        rivals = len(found) - 1 if reading.either else 0
        for item in found:
            named = NamedItem(item, reading.how, reading.token, kind, reading.millibits, rivals)
            self._record(named)
        return reading.size

    def _record(self, named: NamedItem) -> None:
        key = (named.item.kind, named.item.id)
        known = self._best.get(key)
        if known is None or plainness(named) < plainness(known):
            self._best[key] = named

    def _loosely(self, text: _Text, own: Own, *, weakly: bool) -> None:
        spans, kind = text.spans, text.kind
        for reading in ranged(spans, text.hits, own):
            self._take(reading, kind)
        for hit in text.hits:
            for at, reading in abbreviated(spans, hit, text.covered, own):
                text.cover(at, self._take(reading, kind))
        tried = 0
        for first, atom in enumerate(spans.atoms):
            if not text.covered[first] and self._worth_trying(atom) and tried < _MOST_TRIED:
                tried += 1
                size = self._rescued(text, first)
                text.cover(first, size or (self._guessed(text, first, own) if weakly else 0))
        self._unknown(text)

    def _worth_trying(self, atom: str) -> bool:
        """Digits, or letters that are no longer than those a number starts with, and a slip."""
        fits = len(atom) <= self._book.numbers.longest_start + 1
        return fits or atom.isdecimal() or atom == "RF"

    def _rescued(self, text: _Text, first: int) -> int:
        """A whole number that is wrapped, glued to others or misread."""
        spans, kind, numbers = text.spans, text.kind, self._book.numbers
        size = self._take(wrapped(spans, first, self._book), kind)
        if size:
            return size
        parts = glued(spans, first, numbers)
        for part in parts:
            self._name(part, self._book.items_known(part), kind)
        if parts or kind in _BY_MACHINE:
            return 1 if parts else 0
        return self._take(misread(spans, first, self._book), kind)

    def _guessed(self, text: _Text, first: int, own: Own) -> int:
        """A mistyped or shortened number of the payer's own."""
        if text.kind in _BY_MACHINE:
            return 0
        numbers = self._book.numbers
        reading = mistyped(text.spans, first, text.covered, own, numbers)
        return self._take(reading or shortened(text.spans, first, own, numbers), text.kind)

    def _unknown(self, text: _Text) -> None:
        """Words in a series of the seller that name nothing it knows."""
        numbers, spans, covered = self._book.numbers, text.spans, text.covered
        if text.kind in _BY_MACHINE or not numbers.prefixes:
            return
        for first in range(len(spans.atoms) - 1):
            if covered[first] or covered[first + 1] or spans.atoms[first] not in numbers.prefixes:
                continue
            token = spans.atoms[first] + spans.atoms[first + 1]
            apart = len(spans.between(first, first + 1))
            if spans.atoms[first + 1].isdecimal() and len(token) in numbers.lengths and apart <= 2:
                self._strange.add(token)


def _glued_oddly(spans: Spans, first: int, last: int) -> bool:
    """Whether a number touches letters that are no label of one ("ACCT1001", "1001A")."""
    if not spans.glued(first, last):
        return False
    before = first > 0 and spans.ends[first - 1] == spans.starts[first]
    after = last + 1 < len(spans.atoms) and spans.starts[last + 1] == spans.ends[last]
    return after or (before and spans.atoms[first - 1] not in LABELS)

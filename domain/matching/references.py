"""Which items the texts of a receipt name, and how plainly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.matching.book import Book
from domain.matching.item import Item, ItemState
from domain.matching.numbers import folded, one_edit, rf_body
from domain.matching.receipt import Receipt, ReferenceKind
from domain.matching.spans import Spans, cut, in_amount, is_date


class How(StrEnum):
    """How a text names an item, plainest first."""

    STRUCTURED = "structured"
    EXACT = "exact"
    CONFUSABLE = "confusable"
    RANGE = "range"
    PO = "po"
    SUFFIX = "suffix"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item that `token` names. `millibits`: how unlikely that is by chance, log2 x 1000.

    `rivals` counts other open items of the same customers that the token may mean as well.
    """

    item: Item
    how: How
    token: str
    kind: ReferenceKind
    millibits: int
    rivals: int = 0

    @property
    def plain(self) -> bool:
        """Whether the whole number stands there, and it can be no other item."""
        return self.how in (How.EXACT, How.STRUCTURED) and not self.rivals


@dataclass(frozen=True, slots=True)
class Named:
    """What the texts name: `items` take money, `closed` are paid or void.

    `contested` are numbers that several items go by. `strange` are written like the seller's
    numbers and name nothing. `dates_ignored` could be numbers but are days near the receipt.
    """

    items: tuple[NamedItem, ...] = ()
    closed: tuple[NamedItem, ...] = ()
    contested: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    dates_ignored: tuple[str, ...] = ()


_NO_NUMBERS = frozenset({ReferenceKind.CHECK_NUMBER, ReferenceKind.TRACE, ReferenceKind.OBJECT})
_BY_MACHINE = frozenset({ReferenceKind.BANK_REFERENCE, ReferenceKind.END_TO_END})
_MOST_ATOMS_JOINED = 7
_LONGEST_JOINED = 40
_UNMISTAKABLE = 8
_LABEL_WORDS = (
    "INV INVOICE INVOICES IN NO NR NUM NUMBER REF REFERENCE RG RE RECHNUNG RECH FACT FACTURE "
    "FACTURA FATTURA FATURA FA FT BILL DOC N"
)
_LABELS = frozenset(_LABEL_WORDS.split())
_LINKS = frozenset({"TO", "BIS", "THRU", "THROUGH", "TILL", "AL", "A"})
_MOST_IN_RANGE = 50
_MOST_NEAR = 60


def read(receipt: Receipt, book: Book, customers: frozenset[int] | None) -> Named:
    """What the references of a receipt name.

    Among equal numbers of several customers those of `customers` win; numbers with a slip of the
    pen, shortened ones and ranges are looked for among their open items only.
    """
    reader = _Reader(book, customers, receipt.received_on, receipt.amount.currency)
    for reference in receipt.references:
        if reference.kind not in _NO_NUMBERS:
            reader.take(cut(reference.text), reference.kind)
    return reader.result()


def named_literally(receipt: Receipt, book: Book) -> tuple[NamedItem, ...]:
    """The items whose whole number stands in the references, of any customer."""
    reader = _Reader(book, None, receipt.received_on, receipt.amount.currency)
    for reference in receipt.references:
        if reference.kind not in _NO_NUMBERS:
            reader.take(cut(reference.text), reference.kind)
    return tuple(n for n in reader.literal() if n.plain)


def read_text(
    text: str, book: Book, customers: frozenset[int] | None, today: date, currency: str
) -> Named:
    """What one text names: a row of a remittance advice, a word of a person."""
    reader = _Reader(book, customers, today, currency)
    reader.take(cut(text), ReferenceKind.REMITTANCE)
    return reader.result()


class _Reader:
    def __init__(
        self, book: Book, customers: frozenset[int] | None, today: date, currency: str
    ) -> None:
        self._book = book
        self._customers = customers
        self._today = today
        self._currency = currency
        self._best: dict[tuple[str, int], NamedItem] = {}
        self._contested: set[str] = set()
        self._strange: set[str] = set()
        self._dates: set[str] = set()
        self._loose: list[tuple[Spans, ReferenceKind, list[bool]]] = []

    def take(self, spans: Spans, kind: ReferenceKind) -> None:
        """Read what stands there literally; the rest waits until all literal names are known."""
        covered = [False] * len(spans.atoms)
        at = 0
        while at < len(spans.atoms):
            size = self._literal(spans, at, kind)
            for i in range(at, at + size):
                covered[i] = True
            at += max(1, size)
        self._loose.append((spans, kind, covered))

    def literal(self) -> tuple[NamedItem, ...]:
        """The items named literally so far."""
        return tuple(sorted(self._best.values(), key=_order))

    def result(self) -> Named:
        """Everything read so far, in a fixed order."""
        scope = self._scope()
        for spans, kind, covered in self._loose:
            if not all(covered):
                self._loosely(spans, kind, covered, scope)
        found = sorted(self._best.values(), key=_order)
        return Named(
            items=tuple(n for n in found if n.item.state is ItemState.OPEN),
            closed=tuple(n for n in found if n.item.state is not ItemState.OPEN),
            contested=tuple(sorted(self._contested)),
            strange=tuple(sorted(self._strange)),
            dates_ignored=tuple(sorted(self._dates)),
        )

    def _scope(self) -> frozenset[int]:
        if self._customers is not None:
            return self._customers
        return frozenset(n.item.customer_id for n in self._best.values())

    def _literal(self, spans: Spans, first: int, kind: ReferenceKind) -> int:
        """How many atoms from `first` on are a known number: the most that are."""
        keys = self._book.numbers.keys
        joined, size = "", 0
        for last in range(first, min(first + _MOST_ATOMS_JOINED, len(spans.atoms))):
            joined += spans.atoms[last]
            if len(joined) > _LONGEST_JOINED:
                break
            if keys(joined) and self._believable(spans, first, last, joined, kind):
                size, best = last - first + 1, joined
        if size:
            self._name(best, self._book.items_named(best), kind, None)
        return size

    def _believable(
        self, spans: Spans, first: int, last: int, token: str, kind: ReferenceKind
    ) -> bool:
        """Whether a stretch that reads like a known number is meant as one."""
        if kind in _BY_MACHINE and len(token) < _UNMISTAKABLE and token.isdecimal():
            return False
        if not token.isdecimal():
            return not spans.glued(first, last) or len(token) >= _UNMISTAKABLE
        raw = spans.raw(first, last)
        if self._written_so(token, raw):
            pass
        elif is_date(raw, self._today):
            self._dates.add(raw)
            return False
        elif first != last and len(token) < _UNMISTAKABLE:
            return False
        if len(token) >= _UNMISTAKABLE:
            return True
        return not self._glued_oddly(spans, first, last) and not in_amount(spans, first, last)

    def _written_so(self, token: str, raw: str) -> bool:
        """Whether the seller itself writes this number with these separators."""
        if raw == token and len(token) != 8 and len(token) != 6:
            return True
        return any(
            raw == written.upper() and raw != token
            for item in self._book.items_named(token)
            for written in (item.number, *item.references)
        )

    def _glued_oddly(self, spans: Spans, first: int, last: int) -> bool:
        if not spans.glued(first, last):
            return False
        before = first > 0 and spans.ends[first - 1] == spans.starts[first]
        after = last + 1 < len(spans.atoms) and spans.starts[last + 1] == spans.ends[last]
        return after or (before and spans.atoms[first - 1] not in _LABELS)

    def _name(
        self, token: str, items: Iterable[Item], kind: ReferenceKind, how: How | None
    ) -> None:
        """Record what a token names; of several customers' items the payer's own."""
        found = tuple(items)
        if self._customers is not None and any(i.customer_id in self._customers for i in found):
            found = tuple(i for i in found if i.customer_id in self._customers)
        if len(found) > 1 and any(folded(i.number) == token for i in found):
            still = tuple(i for i in found if i.state is ItemState.OPEN)
            if len(still) != 1:
                self._contested.add(token)
                return
            found = still
        weight = self._book.numbers.rarity(token)
        way = how or (How.PO if len(found) > 1 else How.EXACT)
        if rf_body(token):
            way = How.STRUCTURED
        for item in found:
            self._record(NamedItem(item, way, token, kind, weight))

    def _record(self, named: NamedItem) -> None:
        key = (named.item.kind.value, named.item.id)
        known = self._best.get(key)
        if known is None or _rank(named) < _rank(known):
            self._best[key] = named

    def _loosely(
        self, spans: Spans, kind: ReferenceKind, covered: list[bool], scope: frozenset[int]
    ) -> None:
        """What is not literally a number: wrapped, glued, misread, shortened, mistyped."""
        own = self._book.open_items(scope, self._currency) if scope else ()
        tried = 0
        for first in range(len(spans.atoms)):
            if covered[first] or tried > _MOST_NEAR:
                continue
            size = self._wrapped(spans, first, kind) or self._split(spans, first, kind)
            if not size and kind not in _BY_MACHINE:
                tried += 1
                size = self._misread(spans, first, kind) or self._mistyped(
                    spans, first, covered, kind, own
                )
            for i in range(first, first + size):
                covered[i] = True
        if kind not in _BY_MACHINE:
            self._unknown(spans, covered)

    def _wrapped(self, spans: Spans, first: int, kind: ReferenceKind) -> int:
        """An ISO 11649 reference whose check digits hold, around a known number."""
        if spans.atoms[first] != "RF":
            return 0
        joined = ""
        for last in range(first, min(first + 12, len(spans.atoms))):
            joined += spans.atoms[last]
            body = rf_body(joined)
            items = self._book.items_named(body) if body else ()
            if body and items:
                self._name(body, items, kind, How.STRUCTURED)
                return last - first + 1
        return 0

    def _split(self, spans: Spans, first: int, kind: ReferenceKind) -> int:
        """Known numbers written one after the other without anything between."""
        parts = _parts(self._book, spans.atoms[first])
        for part in parts:
            self._name(part, self._book.items_named(part), kind, None)
        return 1 if parts else 0

    def _misread(self, spans: Spans, first: int, kind: ReferenceKind) -> int:
        """Letters for digits or the reverse: O and 0, I and 1, S and 5, B and 8."""
        joined = ""
        for last in range(first, min(first + _MOST_ATOMS_JOINED, len(spans.atoms))):
            if last > first and spans.between(last - 1, last):
                break
            joined += spans.atoms[last]
            alike = self._book.numbers.like(joined) if len(joined) >= 5 else ()
            if len(alike) == 1 and any(map(str.isdecimal, joined)):
                items = self._book.items_named(alike[0])
                self._name(alike[0], items, kind, How.CONFUSABLE)
                return last - first + 1
        return 0

    def _mistyped(
        self,
        spans: Spans,
        first: int,
        covered: list[bool],
        kind: ReferenceKind,
        own: tuple[Item, ...],
    ) -> int:
        """One slip of the pen away from an open item of the payer."""
        joined = ""
        for last in range(first, min(first + 4, len(spans.atoms))):
            if covered[last]:
                break
            joined += spans.atoms[last]
            if sum(map(str.isdecimal, joined)) < 5 or len(joined) > _LONGEST_JOINED:
                continue
            near = [i for i in own if any(one_edit(joined, t) for t in _tokens(i))]
            for item in near:
                weight = max(0, self._book.numbers.rarity(joined) - 9_000)
                named = NamedItem(item, How.NEAR, joined, kind, weight, len(near) - 1)
                self._record(named)
            if near:
                return last - first + 1
        return 0

    def _unknown(self, spans: Spans, covered: list[bool]) -> None:
        """Words in a series of the seller that name nothing it knows."""
        prefixes, lengths = self._book.numbers.prefixes, self._book.numbers.lengths
        for first in range(len(spans.atoms) - 1):
            prefix, digits = spans.atoms[first], spans.atoms[first + 1]
            if covered[first] or covered[first + 1] or not digits.isdecimal():
                continue
            token = prefix + digits
            apart = len(spans.between(first, first + 1))
            if prefix in prefixes and len(token) in lengths and apart <= 2:
                self._strange.add(token)


def _tokens(item: Item) -> tuple[str, ...]:
    return (folded(item.number), *map(folded, item.references))


def _parts(book: Book, digits: str) -> tuple[str, ...]:
    """The known numbers that a long run of digits is made of, if it is wholly made of them."""
    if len(digits) < 2 * _UNMISTAKABLE or not digits.isdecimal():
        return ()
    sizes = sorted((n for n in book.numbers.lengths if n >= _UNMISTAKABLE), reverse=True)
    found: list[str] = []
    at = 0
    while at < len(digits) and len(found) < _MOST_IN_RANGE:
        size = next((n for n in sizes if book.numbers.keys(digits[at : at + n])), 0)
        if not size:
            return ()
        found.append(digits[at : at + size])
        at += size
    return tuple(found)


_PLAINNESS = {how: rank for rank, how in enumerate(How)}


def _rank(named: NamedItem) -> tuple[int, int, str, str]:
    return _PLAINNESS[named.how], -named.millibits, named.token, named.kind.value


def _order(named: NamedItem) -> tuple[date, str, str, int]:
    item = named.item
    return item.due_on, item.number, item.kind.value, item.id

"""Invoice numbers in the words a payer sent along."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from domain.ledger.invoice import Invoice
from domain.matching.outcome import in_order

_PIECE = re.compile(r"[A-Z0-9]+")
_SERIES = re.compile(r"([A-Z]{1,10})(?=[0-9])")
_LONGEST_REFERENCE = 2_000
_MOST_PIECES = 4
_SHORTEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class References:
    """What a reference names.

    `contested` are words that can mean several invoices. `strange` are words written like one of
    the invoice numbers which name none of the open invoices.
    """

    named: tuple[Invoice, ...] = ()
    contested: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Window:
    start: int
    end: int
    text: str


def folded(text: str) -> str:
    """A number as it is compared: compatibility forms folded, upper case, letters and digits."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(_PIECE.findall(plain))


def words(reference: str) -> tuple[str, ...]:
    """Everything in a reference that could be an invoice number, folded, without repeats."""
    return tuple(dict.fromkeys(w.text for w in _windows(reference) if len(w.text) >= 3))


def read_references(reference: str, invoices: Iterable[Invoice]) -> References:
    """The invoices a reference names by whole tokens; part of a longer number never counts."""
    by_number: dict[str, list[Invoice]] = {}
    for invoice in invoices:
        key = folded(invoice.number)
        if len(key) >= _SHORTEST_NUMBER:
            by_number.setdefault(key, []).append(invoice)
    windows = _windows(reference)
    hits = [window for window in windows if window.text in by_number]
    contested = {w.text for w in hits if len(by_number[w.text]) > 1 or _overlapped(w, hits)}
    named = {w.text: by_number[w.text][0] for w in hits if w.text not in contested}
    return References(
        named=in_order(tuple(named.values())),
        contested=tuple(sorted(contested)),
        strange=_strange(windows, hits, by_number),
    )


def _windows(reference: str) -> tuple[_Window, ...]:
    plain = unicodedata.normalize("NFKC", reference[:_LONGEST_REFERENCE]).upper()
    pieces = _PIECE.findall(plain)
    return tuple(
        _Window(start, start + size, "".join(pieces[start : start + size]))
        for start in range(len(pieces))
        for size in range(1, min(_MOST_PIECES, len(pieces) - start) + 1)
    )


def _overlapped(window: _Window, hits: list[_Window]) -> bool:
    return any(
        other.text != window.text and other.start < window.end and window.start < other.end
        for other in hits
    )


def _strange(
    windows: tuple[_Window, ...], hits: list[_Window], by_number: dict[str, list[Invoice]]
) -> tuple[str, ...]:
    series = {m.group(1) for m in map(_SERIES.match, by_number) if m}
    covered = {at for hit in hits for at in range(hit.start, hit.end)}
    found: dict[int, str] = {}
    for window in windows:
        alike = _SERIES.match(window.text)
        if alike is None or alike.group(1) not in series or window.start in covered:
            continue
        if window.end - window.start <= 2:
            found.setdefault(window.start, window.text)
    return tuple(found[at] for at in sorted(found))

"""Four plain ways to apply money that others use, each as generous to it as can be.

All of them get the payer that Dunwell finds, likely ones too, and the whole family's invoices.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations

from domain.matching.item import Item
from domain.matching.receipt import Receipt

Applied = dict[int, int]
Baseline = Callable[[Receipt, Sequence[Item]], Applied]
_DIGITS = re.compile(r"\d{4,}")
_SEARCHED = ((25, 5), (60, 4), (200, 3))


def fifo(receipt: Receipt, items: Sequence[Item]) -> Applied:
    """The oldest invoices, as far as the money goes."""
    left, applied = receipt.amount.minor, {}
    for item in items:
        paid = min(left, item.open.minor)
        if paid:
            applied[item.id] = paid
        left -= paid
    return applied


def exact_amount(receipt: Receipt, items: Sequence[Item]) -> Applied:
    """The one open invoice of exactly this amount."""
    equal = [item for item in items if item.open == receipt.amount]
    return {equal[0].id: equal[0].open.minor} if len(equal) == 1 else {}


def token_fifo(receipt: Receipt, items: Sequence[Item]) -> Applied:
    """Invoices that share a group of four digits or more with the text, most hits first."""
    texts = [r.text for r in receipt.references] + [row.reference for row in receipt.remittance]
    tokens = {digits for text in texts for word in text.split() for digits in _DIGITS.findall(word)}
    hits = [(len(tokens & _groups(item)), item) for item in items]
    found = [item for count, item in sorted(hits, key=lambda h: -h[0]) if count]
    equal = [item for item in found if item.open == receipt.amount]
    return fifo(receipt, equal[:1] or found)


def smallest_group(receipt: Receipt, items: Sequence[Item]) -> Applied:
    """The fewest invoices that sum to the amount, the oldest on a tie.

    Up to five of 25 open invoices, four of 60, three of 200 and two of more.
    """
    most = next((size for count, size in _SEARCHED if len(items) <= count), 2)
    values = [item.open.minor for item in items]
    last = {value: at for at, value in reversed(list(enumerate(values)))}
    for size in range(1, most + 1):
        for head in combinations(enumerate(values), size - 1):
            at = last.get(receipt.amount.minor - sum(value for _, value in head))
            if at is not None and all(at != n for n, _ in head):
                return {items[n].id: values[n] for n in (*(n for n, _ in head), at)}
    return {}


def _groups(item: Item) -> set[str]:
    return {digits for name in (item.number, *item.references) for digits in _DIGITS.findall(name)}


BASELINES: dict[str, Baseline] = {
    "first in, first out": fifo,
    "exact amount, unique": exact_amount,
    "digits in the text, then oldest": token_fifo,
    "smallest group of at most 5": smallest_group,
}

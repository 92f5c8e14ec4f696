"""How easily an amount is hit by chance: tried with amounts that cannot belong to this customer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from domain.matching.book import roundness
from domain.matching.evidence import possible_amounts, window
from domain.matching.hypotheses import Case, Hypothesis
from domain.matching.item import Item, ItemKind

THINNEST = 1_000
_MOST_SETS = 20_000


@dataclass(frozen=True, slots=True)
class Chance:
    """What a search among a customer's open items would find for money that is not meant for it.

    `hits` of `tried` decoys were hit. `near` sums of as many items (and one more) lie around the
    amount, where `possible` amounts of its roundness do. `rivals` other sets explain the amount.
    """

    tried: int
    hits: int
    near: int
    possible: int
    rivals: int
    counted: bool = True

    @property
    def slim(self) -> bool:
        """Whether an equal amount proves something: no decoy is hit, and sums are sparse here."""
        return self.counted and not self.hits and (self.near + 1) * THINNEST <= self.possible


def chance(case: Case, hypothesis: Hypothesis, items: Sequence[Item]) -> Chance:
    """The chance that `hypothesis` fits by accident, at its size and at one more."""
    possible = possible_amounts(case)
    size = min(len(hypothesis.fit.invoices) + 1, len(items))
    if sum(comb(len(items), k) for k in range(1, size + 1)) > _MOST_SETS:
        return Chance(0, 0, 0, possible, 0, counted=False)
    sums = list(_sums(case, items, size))
    reached = {total for total, _ in sums}
    decoys = _decoys(case)
    return Chance(
        tried=len(decoys),
        hits=sum(decoy in reached for decoy in decoys),
        near=_near(case, sums),
        possible=possible,
        rivals=_rivals(case, hypothesis, sums),
    )


def _sums(case: Case, items: Sequence[Item], size: int) -> Iterator[tuple[int, frozenset[int]]]:
    """Every sum of at most `size` items, also after discounts: payers take them late as well."""
    offers = [_offered(case, item) for item in items]
    for count in range(1, size + 1):
        for chosen in combinations(range(len(items)), count):
            ids = frozenset(items[i].id for i in chosen)
            full = sum(items[i].open.minor for i in chosen)
            yield full, ids
            offer = sum(offers[i] for i in chosen)
            if offer:
                yield full - offer, ids


def _offered(case: Case, item: Item) -> int:
    offer = item.discount
    return offer.amount.minor if offer and offer.amount.currency == case.currency else 0


def _decoys(case: Case) -> tuple[int, ...]:
    seed = f"{case.currency} {case.received} {min(case.scope, default=0)}".encode()
    return case.book.decoy_amounts(
        case.currency, case.scope, case.receipt.amount, case.settings.decoys, seed
    )


def _near(case: Case, sums: Sequence[tuple[int, frozenset[int]]]) -> int:
    unit = roundness(case.receipt.amount)
    low, high = window(case)
    coarser = unit * 100
    return sum(
        low <= total <= high and total % unit == 0 and (unit > 1 or total % coarser != 0)
        for total, _ in sums
    )


def _rivals(case: Case, hypothesis: Hypothesis, sums: Sequence[tuple[int, frozenset[int]]]) -> int:
    """Sets other than this one that explain the amount: alone, or with a credit or a fee."""
    allowed = {case.received} | {case.received + fee for fee, _ in case.terms.fees}
    reductions = [c.open.minor for c in case.book.credits(case.scope, case.currency)][:20]
    allowed |= {case.received + one for one in reductions}
    allowed |= {case.received + one + two for one, two in combinations(reductions, 2)}
    mine = _twin(case, hypothesis.item_ids)
    return len({ids for total, ids in sums if total in allowed and _twin(case, ids) != mine})


def _twin(case: Case, ids: frozenset[int]) -> object:
    """What two sets have in common that are worth the same, where that is all that counts."""
    if not case.settings.equal_invoices_oldest_first:
        return ids
    found = [case.book.item(ItemKind.INVOICE, i) for i in ids]
    return tuple(sorted((i.customer_id, i.open.minor) for i in found if i is not None))

"""The ways in which a receipt could have come about: sets of invoices that explain its amount."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.ledger.money import Money
from domain.matching.adjustments import Adjustment, Fit, Share, Terms, fits, spread
from domain.matching.book import Book
from domain.matching.decision import Certainty, PayerFound
from domain.matching.item import Item, ItemKind, ItemState
from domain.matching.receipt import Receipt
from domain.matching.references import Named, NamedItem
from domain.matching.settings import MatchSettings
from domain.matching.subset import MOST_ITEMS, Budget, of_size

FEW_ITEMS = 100
SIZE_OF_FEW = 5
SIZE_OF_MANY = 3
ENOUGH = 3
_MOST_NAMED = 200


class Origin(StrEnum):
    """How a set of invoices was come upon."""

    OBJECT = "object"
    REMITTANCE = "remittance"
    REFERENCES = "references"
    SOME_NAMED = "some_named"
    NAMED_AND_MORE = "named_and_more"
    SINGLE = "single"
    WHOLE = "whole"
    DUE_BY = "due_by"
    RUN = "run"
    ALL_BUT = "all_but"
    FEW = "few"
    OLDEST = "oldest"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A fit and where it comes from; `of` is how many items it was picked from."""

    origin: Origin
    fit: Fit
    of: int = 1

    @property
    def item_ids(self) -> frozenset[int]:
        return frozenset(share.item.id for share in self.fit.invoices)

    @property
    def key(self) -> tuple[object, ...]:
        """What distinguishes two ways to apply the same money."""
        return (_told(self.fit.invoices), _told(self.fit.credits), self.fit.fee)


def _told(shares: tuple[Share, ...]) -> tuple[tuple[object, ...], ...]:
    return tuple(
        sorted(
            (s.item.kind.value, s.item.id, s.amount, s.discount, s.writeoff, s.withheld)
            for s in shares
        )
    )


@dataclass(frozen=True, slots=True)
class Case:
    """One receipt with everything known about it before anything is decided."""

    receipt: Receipt
    book: Book
    settings: MatchSettings
    today: date
    payer: PayerFound
    named: Named
    terms: Terms
    scope: frozenset[int]

    @property
    def received(self) -> int:
        return self.receipt.amount.minor

    @property
    def currency(self) -> str:
        return self.receipt.amount.currency

    @property
    def certain(self) -> bool:
        return self.payer.certainty is Certainty.CERTAIN

    def open_named(self) -> tuple[NamedItem, ...]:
        """Open invoices in the receipt's currency that a reference names, oldest due first."""
        found = (n for n in self.named.items if is_open(n.item, self.currency))
        claims = [n for n in found if n.item.kind is ItemKind.INVOICE]
        return tuple(sorted(claims, key=lambda n: order(n.item)))[:_MOST_NAMED]

    def named_credits(self) -> tuple[Item, ...]:
        """Open credits in the receipt's currency that a reference names."""
        found = (n.item for n in self.named.items if is_open(n.item, self.currency))
        return tuple(sorted((i for i in found if i.kind is not ItemKind.INVOICE), key=order))


def is_open(item: Item, currency: str) -> bool:
    """Whether money of this currency can be set against it, or it against invoices."""
    return item.state is ItemState.OPEN and item.open.minor > 0 and item.open.currency == currency


def order(item: Item) -> tuple[object, ...]:
    """Oldest due first, and the same order wherever the items come from."""
    return item.due_on, item.number, item.kind.value, item.id


def by_object(case: Case) -> Iterator[Hypothesis]:
    """The documents that the source itself links."""
    linked = [case.book.item(ItemKind.INVOICE, i) for i in sorted(set(case.receipt.invoice_ids))]
    items = [i for i in linked if i is not None and is_open(i, case.currency)]
    if not items or len(items) < len(linked):
        return
    items.sort(key=order)
    found = _fitted(case, items, Origin.OBJECT, tolerant=True)
    yield from found or [Hypothesis(Origin.OBJECT, spread(items, case.received))]


def by_reference(case: Case) -> Iterator[Hypothesis]:
    """What the references name: all of it, some of it, or all of it and more."""
    named = case.open_named()
    items = [n.item for n in named]
    if not items:
        return
    found = _with_named_credits(case, items)
    found = found or _fitted(case, items, Origin.REFERENCES, tolerant=True)
    yield from found
    if found:
        return
    due = sum(item.open.minor for item in items)
    if due > case.received:
        yield from _some_named(case, items)
    else:
        yield from _and_more(case, items, case.received - due)
    yield Hypothesis(Origin.REFERENCES, spread(items, case.received))


def _with_named_credits(case: Case, items: Sequence[Item]) -> list[Hypothesis]:
    """The invoices less the credits that are named beside them."""
    reductions = case.named_credits()
    if not reductions:
        return []
    taken = tuple(Share(credit, credit.open.minor) for credit in reductions)
    more = case.received + sum(share.amount for share in taken)
    return [
        Hypothesis(
            Origin.REFERENCES,
            Fit(f.invoices, taken, f.fee, f.unapplied, (*f.by, Adjustment.NAMED_CREDIT)),
        )
        for f in fits(items, more, case.terms, tolerant=True)
    ]


def _some_named(case: Case, items: Sequence[Item]) -> Iterator[Hypothesis]:
    values = [item.open.minor for item in items]
    budget = Budget()
    for size in range(1, min(SIZE_OF_FEW, len(items) - 1) + 1):
        for subset in of_size(values, case.received, size, budget).subsets:
            chosen = [items[i] for i in subset]
            yield Hypothesis(Origin.SOME_NAMED, _plain(chosen), len(items))


def _and_more(case: Case, items: Sequence[Item], rest: int) -> Iterator[Hypothesis]:
    owners = frozenset().union(*(_family(case, item.customer_id) for item in items))
    named = {item.id for item in items}
    others = [i for i in case.book.open_items(owners, case.currency) if i.id not in named]
    for hypothesis in few_of(others, rest, Origin.NAMED_AND_MORE, Budget()):
        chosen = [share.item for share in hypothesis.fit.invoices]
        yield Hypothesis(Origin.NAMED_AND_MORE, _plain([*items, *chosen]), len(others))


def beyond_names(
    case: Case, hypothesis: Hypothesis, named: Collection[int]
) -> tuple[Case, Hypothesis]:
    """The part of a case that no reference explains: what is left of the money, and for what."""
    rest = tuple(s for s in hypothesis.fit.invoices if s.item.id not in named)
    amount = Money(sum(share.amount for share in rest), case.currency)
    left = replace(case, receipt=replace(case.receipt, amount=amount))
    return left, Hypothesis(Origin.FEW, Fit(rest), len(rest))


def _family(case: Case, customer_id: int) -> frozenset[int]:
    if not case.settings.parent_pays_children:
        return frozenset({customer_id})
    return case.book.family(customer_id)


def _fitted(
    case: Case, items: Sequence[Item], origin: Origin, *, tolerant: bool = False
) -> list[Hypothesis]:
    if sum(item.open.minor for item in items) == case.received and not any(
        item.discount for item in items
    ):
        return [Hypothesis(origin, _plain(items))]
    owners = frozenset(item.customer_id for item in items)
    reductions = case.book.credits(owners, case.currency)
    found = fits(items, case.received, case.terms, reductions, tolerant=tolerant)
    return [Hypothesis(origin, fit) for fit in found]


def _plain(items: Sequence[Item]) -> Fit:
    return Fit(tuple(Share(item, item.open.minor) for item in items))


def by_amount(case: Case, items: Sequence[Item]) -> list[Hypothesis]:
    """Sets that nobody named, structured ones first, until there are enough to show.

    A rest is tolerated on one invoice or on all of them, never on a set that was searched for.
    """
    found: dict[tuple[object, ...], Hypothesis] = {}
    for hypothesis in _structured(case, items):
        found.setdefault(hypothesis.key, hypothesis)
    if len(found) < ENOUGH:
        for hypothesis in few_of(items, case.received, Origin.FEW, Budget()):
            found.setdefault(hypothesis.key, hypothesis)
    if not found and (case.terms.write_off or case.terms.write_off_percent):
        for hypothesis in _nearly(case, items):
            found.setdefault(hypothesis.key, hypothesis)
    if not found and len(items) <= FEW_ITEMS:
        for hypothesis in _discounted_or_credited(case, items):
            found.setdefault(hypothesis.key, hypothesis)
    return list(found.values())


def _structured(case: Case, items: Sequence[Item]) -> Iterator[Hypothesis]:
    yield from _singles(case, items)
    if len(items) > 1:
        yield from _fitted(case, items, Origin.WHOLE)
        yield from _due_by(items, case.received)
        yield from _runs(items, case.received)
        yield from _all_but(items, case.received)


def _singles(case: Case, items: Sequence[Item]) -> Iterator[Hypothesis]:
    """One invoice; what is taken off it is at most a half."""
    received = case.received
    anything = bool(
        case.terms.fees or case.terms.withholding or case.book.credits(case.scope, case.currency)
    )
    for item in items:
        due = item.open.minor
        if due == received:
            yield Hypothesis(Origin.SINGLE, _plain([item]), len(items))
        elif received < due <= 2 * received and (anything or item.discount):
            for hypothesis in _fitted(case, [item], Origin.SINGLE):
                yield Hypothesis(Origin.SINGLE, hypothesis.fit, len(items))


def _nearly(case: Case, items: Sequence[Item]) -> Iterator[Hypothesis]:
    """One invoice, or all that is open, less a rest small enough to write off; never a search."""
    for item in items:
        if case.terms.tolerates(item.open.minor - case.received, item.open.minor):
            for fit in fits([item], case.received, case.terms, tolerant=True):
                yield Hypothesis(Origin.SINGLE, fit, len(items))
    if len(items) > 1:
        yield from _fitted(case, items, Origin.WHOLE, tolerant=True)


def _due_by(items: Sequence[Item], received: int) -> Iterator[Hypothesis]:
    """Everything that was due on or before some day."""
    sum_so_far = 0
    for at, item in enumerate(items[:-1]):
        sum_so_far += item.open.minor
        if sum_so_far == received and at and items[at + 1].due_on > item.due_on:
            yield Hypothesis(Origin.DUE_BY, _plain(items[: at + 1]), len(items))


def _runs(items: Sequence[Item], received: int) -> Iterator[Hypothesis]:
    """Neighbours by due date."""
    ends = {0: 0}
    so_far = 0
    for at, item in enumerate(items):
        so_far += item.open.minor
        start = ends.get(so_far - received)
        if start is not None and 1 < at + 1 - start < len(items):
            yield Hypothesis(Origin.RUN, _plain(items[start : at + 1]), len(items))
        ends[so_far] = at + 1


def _all_but(items: Sequence[Item], received: int) -> Iterator[Hypothesis]:
    """All that is open except one or two invoices."""
    rest = sum(item.open.minor for item in items) - received
    values = [item.open.minor for item in items]
    budget = Budget()
    for size in (1, 2):
        for subset in of_size(values, rest, size, budget).subsets:
            kept = [item for i, item in enumerate(items) if i not in subset]
            if len(kept) > 1:
                yield Hypothesis(Origin.ALL_BUT, _plain(kept), len(items))


def few_of(
    items: Sequence[Item], target: int, origin: Origin, budget: Budget
) -> Iterator[Hypothesis]:
    """Any one to three (five of at most a hundred) open balances that sum to `target` exactly."""
    if len(items) > MOST_ITEMS:
        return
    values = [item.open.minor for item in items]
    seen = 0
    for size in range(1, (SIZE_OF_FEW if len(items) <= FEW_ITEMS else SIZE_OF_MANY) + 1):
        for subset in of_size(values, target, size, budget).subsets:
            yield Hypothesis(origin, _plain([items[i] for i in subset]), len(items))
            seen += 1
        if seen >= ENOUGH:
            return


def _discounted_or_credited(case: Case, items: Sequence[Item]) -> Iterator[Hypothesis]:
    """Pairs and triples of invoices with every discount earned, then with one credit or two."""
    offers = [case.terms.discount(item) for item in items]
    budget = Budget()
    if any(offers):
        values = [item.open.minor - offer for item, offer in zip(items, offers, strict=True)]
        for subset in _small_subsets(values, case.received, budget):
            shares = tuple(Share(items[i], values[i], discount=offers[i]) for i in subset)
            yield Hypothesis(Origin.FEW, Fit(shares, by=(Adjustment.DISCOUNT,)), len(items))
    values = [item.open.minor for item in items]
    for reductions in _few_credits(case):
        more = case.received + sum(credit.open.minor for credit in reductions)
        taken = tuple(Share(credit, credit.open.minor) for credit in reductions)
        for subset in _small_subsets(values, more, budget):
            shares = tuple(Share(items[i], values[i]) for i in subset)
            fit = Fit(shares, taken, by=(Adjustment.CREDIT,))
            yield Hypothesis(Origin.FEW, fit, len(items))


def _small_subsets(values: Sequence[int], target: int, budget: Budget) -> Iterator[tuple[int, ...]]:
    for size in (2, 3):
        yield from of_size(values, target, size, budget).subsets


def _few_credits(case: Case) -> Iterator[tuple[Item, ...]]:
    reductions = case.book.credits(case.scope, case.currency)[:10]
    for at, credit in enumerate(reductions):
        yield (credit,)
        for other in reductions[at + 1 :]:
            yield credit, other


def of_anyone(case: Case) -> Iterator[Hypothesis]:
    """Single open balances of whichever customer, when nobody knows who paid."""
    for item in case.book.by_amount(None, case.receipt.amount)[: ENOUGH + 1]:
        yield Hypothesis(Origin.SINGLE, _plain([item]), ENOUGH)


def oldest_first(items: Iterable[Item], received: int) -> Hypothesis:
    """The last resort: what is due longest, as far as the money goes."""
    ordered = sorted(items, key=order)
    return Hypothesis(Origin.OLDEST, spread(ordered, received), len(ordered))

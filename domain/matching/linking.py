"""Which advice speaks of which money: many to many, whichever came first. Pure.

By what the payer calls the payment; else by payer, sum and days where only one reading is
possible. What could be read in two ways is not linked at all. The order of the inputs has no say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

from domain.ledger.money import Money
from domain.matching.advice import Advice
from domain.matching.names import name_key
from domain.matching.receipt import Receipt, ReferenceKind

_WINDOW = timedelta(days=10)
_SHORTEST_NAME, _SURE_LENGTH = 4, 8
_MOST_TOGETHER, _MOST_NEAR = 4, 16
_NAMING = frozenset(ReferenceKind) - {ReferenceKind.STRUCTURED}
_TOKEN = re.compile(r"[A-Z0-9][A-Z0-9/-]*")
_Key = TypeVar("_Key", str, int)
_Side = TypeVar("_Side", Advice, Receipt)


class LinkedBy(StrEnum):
    """What a link rests on."""

    REFERENCE = "reference"
    TOTAL = "total"
    SUM_OF_PAYMENTS = "sum_of_payments"
    SUM_OF_ADVICES = "sum_of_advices"
    PERSON = "person"


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """This advice is about this money, maybe together with others."""

    advice_key: str
    receipt_id: int
    by: LinkedBy


@dataclass(frozen=True, slots=True)
class _Group:
    """Advices and receipts that belong together, as far as the sums say."""

    advices: frozenset[str]
    receipts: frozenset[int]
    by: LinkedBy

    def overlaps(self, other: _Group) -> bool:
        return bool(self.advices & other.advices or self.receipts & other.receipts)

    def links(self) -> Iterator[Link]:
        for key in self.advices:
            for receipt_id in self.receipts:
                yield Link(key, receipt_id, self.by)


def link(advices: Iterable[Advice], receipts: Iterable[Receipt]) -> tuple[Link, ...]:
    """Every certain link, in a stable order. A receipt's `amount` is here all that arrived."""
    known = {a.key: a for a in sorted(advices, key=lambda a: a.key)}
    money = {r.id: r for r in sorted(receipts, key=lambda r: r.id)}
    named = _by_reference(known, money)
    found = list(named)
    taken_advices = frozenset(key for group in named for key in group.advices)
    taken_money = frozenset(one for group in named for one in group.receipts)
    left = [
        advice
        for key, advice in known.items()
        if key not in taken_advices and advice.total is not None and advice.proven
    ]
    free = [r for r in money.values() if r.id not in taken_money]
    single = _alone(_equal(left, free))
    found += single
    used = frozenset(key for group in single for key in group.advices)
    spent = frozenset(one for group in single for one in group.receipts)
    left = [a for a in left if a.key not in used]
    free = [r for r in free if r.id not in spent]
    rivals = _equal(left, free)
    found += [
        group
        for group in _alone(
            [*rivals, *_several_payments(left, free), *_several_advices(left, free)]
        )
        if group.by is not LinkedBy.TOTAL
    ]
    return tuple(sorted({one for group in found for one in group.links()}))


def concerns(advices: Iterable[Advice], receipt: Receipt) -> bool:
    """Whether a receipt could be linked to one of these, or stand in the way of a link."""
    tokens = _tokens(receipt)
    return any(_names(a) & tokens or same_payer(a, receipt) for a in advices)


def _by_reference(known: Mapping[str, Advice], money: Mapping[int, Receipt]) -> list[_Group]:
    """Groups that share a name of the payment, where the sums bear it out."""
    names = {key: _names(advice) for key, advice in known.items()}
    holders: dict[str, set[int]] = {}
    for receipt in money.values():
        for token in _tokens(receipt):
            holders.setdefault(token, set()).add(receipt.id)
    pairs = {
        (key, receipt_id): max(len(t) for t in tokens if receipt_id in holders.get(t, ()))
        for key, tokens in names.items()
        for receipt_id in set().union(*(holders.get(t, set()) for t in tokens))
        if _possible(known[key], money[receipt_id])
    }
    groups: list[_Group] = []
    for keys, ids in _components(pairs):
        length = min(pairs[pair] for pair in pairs if pair[0] in keys and pair[1] in ids)
        group = [known[key] for key in sorted(keys)]
        arrived = [money[one] for one in sorted(ids)]
        alone = len(keys) == len(ids) == 1 and group[0].proven
        sure = alone and length >= _SURE_LENGTH
        if sure or _adds_up(group, arrived):
            groups.append(_Group(frozenset(keys), frozenset(ids), LinkedBy.REFERENCE))
        else:
            groups += _equal_within(group, arrived)
    return groups


def _equal_within(advices: Sequence[Advice], receipts: Sequence[Receipt]) -> list[_Group]:
    """Of several that share a name (a check number, say) those of equal sums, if unique."""
    pairs = [
        _Group(frozenset({a.key}), frozenset({r.id}), LinkedBy.REFERENCE)
        for a in advices
        for r in receipts
        if a.total is not None and a.total in _sums(r)
    ]
    return _alone(pairs)


def _adds_up(advices: Sequence[Advice], receipts: Sequence[Receipt]) -> bool:
    """Whether sums agree to the cent: one with one, one with several, several with one."""
    if len(advices) > 1 and len(receipts) > 1:
        return False
    totals = [a.total for a in advices]
    if len(receipts) == 1 and all(t is not None for t in totals):
        return _plus(t for t in totals if t is not None) in _sums(receipts[0])
    told = totals[0]
    return told is not None and _plus(r.amount for r in receipts) == told


def _components(pairs: Iterable[tuple[str, int]]) -> list[tuple[set[str], set[int]]]:
    parts: list[tuple[set[str], set[int]]] = []
    for key, receipt_id in sorted(pairs):
        touching = [p for p in parts if key in p[0] or receipt_id in p[1]]
        merged: tuple[set[str], set[int]] = ({key}, {receipt_id})
        for part in touching:
            merged[0].update(part[0])
            merged[1].update(part[1])
            parts.remove(part)
        parts.append(merged)
    return parts


def _equal(advices: Sequence[Advice], receipts: Sequence[Receipt]) -> list[_Group]:
    by_sum: dict[Money, list[Receipt]] = {}
    for receipt in receipts:
        for amount in _sums(receipt):
            by_sum.setdefault(amount, []).append(receipt)
    return [
        _Group(frozenset({a.key}), frozenset({r.id}), LinkedBy.TOTAL)
        for a in advices
        for r in by_sum.get(a.total or Money.zero(a.currency), [])
        if same_payer(a, r) and _near(a.paid_on, r.received_on)
    ]


def _several_payments(advices: Sequence[Advice], receipts: Sequence[Receipt]) -> list[_Group]:
    groups: list[_Group] = []
    by_payer = _by_payer(receipts)
    for advice in advices:
        near = [
            r
            for r in _sharing(by_payer, _payer_marks(advice))
            if r.amount.currency == advice.currency
            and same_payer(advice, r)
            and _near(advice.paid_on, r.received_on)
        ]
        sized = [(r.id, r.amount.minor) for r in near]
        groups += [
            _Group(frozenset({advice.key}), frozenset(ids), LinkedBy.SUM_OF_PAYMENTS)
            for ids in _subsets(sized, advice.total.minor if advice.total else 0)
        ]
    return groups


def _several_advices(advices: Sequence[Advice], receipts: Sequence[Receipt]) -> list[_Group]:
    groups: list[_Group] = []
    by_payer = _by_payer(advices)
    for receipt in receipts:
        near = [
            a
            for a in _sharing(by_payer, _payer_marks(receipt))
            if a.currency == receipt.amount.currency
            and same_payer(a, receipt)
            and _near(a.paid_on, receipt.received_on)
        ]
        sized = [(a.key, a.total.minor) for a in near if a.total is not None]
        groups += [
            _Group(frozenset(keys), frozenset({receipt.id}), LinkedBy.SUM_OF_ADVICES)
            for keys in _subsets(sized, receipt.amount.minor)
        ]
    return groups


def _subsets(sized: Sequence[tuple[_Key, int]], total: int) -> Iterator[tuple[_Key, ...]]:
    """Two to four that make the total. Too many to choose from give none."""
    if len(sized) > _MOST_NEAR:
        return
    for size in range(2, _MOST_TOGETHER + 1):
        for chosen in combinations(sized, size):
            if sum(minor for _, minor in chosen) == total:
                yield tuple(key for key, _ in chosen)


def _alone(groups: Sequence[_Group]) -> list[_Group]:
    """Groups that share nothing with any other: what has a rival is not linked."""
    unique = list(dict.fromkeys(groups))
    advices: dict[str, int] = {}
    receipts: dict[int, int] = {}
    for group in unique:
        for key in group.advices:
            advices[key] = advices.get(key, 0) + 1
        for one in group.receipts:
            receipts[one] = receipts.get(one, 0) + 1
    return [
        group
        for group in unique
        if all(advices[key] == 1 for key in group.advices)
        and all(receipts[one] == 1 for one in group.receipts)
    ]


def _payer_marks(one: Advice | Receipt) -> frozenset[object]:
    """What `same_payer` may compare."""
    marks: set[object] = {name_key(one.payer_name), *one.accounts, one.customer_id}
    return frozenset(marks - {"", None})


def _by_payer(known: Sequence[_Side]) -> dict[object, list[_Side]]:
    found: dict[object, list[_Side]] = {}
    for one in known:
        for mark in _payer_marks(one):
            found.setdefault(mark, []).append(one)
    return found


def _sharing(by_payer: Mapping[object, list[_Side]], marks: frozenset[object]) -> list[_Side]:
    found = [one for mark in marks for one in by_payer.get(mark, ())]
    return list({_identity(one): one for one in found}.values())


def _identity(one: Advice | Receipt) -> str:
    return one.key if isinstance(one, Advice) else f"receipt:{one.id}"


def same_payer(advice: Advice, receipt: Receipt) -> bool:
    """Whether both are certainly from one payer: a customer, an account, or the same name."""
    if advice.customer_id is not None and receipt.customer_id is not None:
        return advice.customer_id == receipt.customer_id
    if set(advice.accounts) & set(receipt.accounts):
        return True
    name = name_key(advice.payer_name)
    return bool(name) and name == name_key(receipt.payer_name)


def _possible(advice: Advice, receipt: Receipt) -> bool:
    """A shared name means nothing across currencies or far apart in time."""
    if advice.customer_id and receipt.customer_id and advice.customer_id != receipt.customer_id:
        return False
    day = advice.paid_on
    near = day is None or abs(day - receipt.received_on) <= 3 * _WINDOW
    return advice.currency in {amount.currency for amount in _sums(receipt)} and near


def _near(paid_on: date | None, received_on: date) -> bool:
    return paid_on is not None and abs(received_on - paid_on) <= _WINDOW


def _sums(receipt: Receipt) -> tuple[Money, ...]:
    """What the payer may call the sum: what arrived, what it sent, what arrived and its fee."""
    sums = [receipt.amount]
    if receipt.instructed is not None:
        sums.append(receipt.instructed)
    if receipt.fee is not None and receipt.fee.currency == receipt.amount.currency:
        sums.append(receipt.amount + receipt.fee)
    return tuple(dict.fromkeys(sums))


def _plus(amounts: Iterable[Money]) -> Money | None:
    summed: Money | None = None
    for amount in amounts:
        if summed is not None and summed.currency != amount.currency:
            return None
        summed = amount if summed is None else summed + amount
    return summed


def _names(advice: Advice) -> frozenset[str]:
    return frozenset(n for text in advice.payment_references if (n := _folded(text)))


def _tokens(receipt: Receipt) -> frozenset[str]:
    """Whole words of a receipt's references, and each reference as one word."""
    found: set[str] = set()
    for reference in receipt.references:
        if reference.kind in _NAMING:
            text = reference.text.upper()[:2_000]
            found.add(_folded(text))
            found.update(_folded(match) for match in _TOKEN.findall(text))
    found.add(_folded(receipt.source_id))
    return frozenset(found - {""})


def _folded(text: str) -> str:
    """A payment's name as it is compared; empty when it is too short to say anything."""
    plain = unicodedata.normalize("NFKC", text).upper()
    bare = "".join(c for c in plain if c.isascii() and c.isalnum())
    bare = bare.lstrip("0") if bare.isdigit() else bare
    return bare if len(bare) >= _SHORTEST_NAME else ""

"""Everything that receipts are matched against, indexed once."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.ledger.money import Money, exponent
from domain.matching.item import Item, ItemKind, ItemState, Party, Remembered
from domain.matching.names import NameIndex, name_key
from domain.matching.numbers import Key, Numbers, folded
from domain.matching.receipt import PayerAccount

_Order = tuple[date, str, ItemKind, int]
_Shelf = dict[tuple[int, str], list[Item]]


@dataclass(frozen=True, slots=True)
class Declined:
    """Items that a person refused for this payer (one of its `payer_keys`): never again."""

    payer_key: str
    item_ids: frozenset[int]


def account_key(account: PayerAccount) -> str:
    """The form under which a payer's account is remembered."""
    return f"{account.scheme}:{account.value}"


def payer_keys(payer_name: str, accounts: Iterable[PayerAccount]) -> tuple[str, ...]:
    """All keys under which this payer may be remembered, the strongest first."""
    name = name_key(payer_name)
    return tuple(sorted(map(account_key, accounts))) + ((name,) if name else ())


class Book:
    """Items, parties and memory with their indexes.

    Nothing changes it while receipts are matched. An evaluation that walks through a stream calls
    `enter`, `settle` and `learn` between two decisions; everybody else builds a new one.
    """

    def __init__(self, services: Iterable[str] = ()) -> None:
        self.services = frozenset(filter(None, map(name_key, services)))
        self.numbers = Numbers()
        self.names = NameIndex()
        self._items: dict[Key, Item] = {}
        self._open: _Shelf = {}
        self._credits: _Shelf = {}
        self._closed: _Shelf = {}
        self._views: dict[tuple[int, str], tuple[Item, ...]] = {}
        self._amounts: dict[tuple[str, int], set[int]] = {}
        self._lots: dict[str, list[int]] = {}
        self._parties: dict[int, Party] = {}
        self._families: dict[int, frozenset[int]] = {}
        self._children: dict[int, set[int]] = {}
        self._accounts: dict[str, set[int]] = {}
        self._remembered: dict[str, dict[int, Remembered]] = {}
        self._declined: dict[str, set[frozenset[int]]] = {}

    def item(self, kind: ItemKind, item_id: int) -> Item | None:
        return self._items.get((kind, item_id))

    def open_items(self, customer_ids: Collection[int], currency: str) -> tuple[Item, ...]:
        """Open invoices, oldest due first."""
        if len(customer_ids) == 1:
            return self._view(next(iter(customer_ids)), currency)
        views = [view for c in customer_ids if (view := self._view(c, currency))]
        if len(views) <= 1:
            return views[0] if views else ()
        return tuple(sorted((item for view in views for item in view), key=_order))

    def credits(self, customer_ids: Collection[int], currency: str) -> tuple[Item, ...]:
        """Open credits: credit memos, deposits, payments and journals not yet applied."""
        return self._listed(self._credits, customer_ids, currency)

    def closed_items(self, customer_ids: Collection[int], currency: str) -> tuple[Item, ...]:
        """What is paid or void."""
        return self._listed(self._closed, customer_ids, currency)

    def by_amount(self, customer_ids: Collection[int] | None, money: Money) -> tuple[Item, ...]:
        """Open invoices on which exactly `money` is open; of all customers when None."""
        ids = self._amounts.get((money.currency, money.minor))
        if not ids:
            return ()
        found = (self._items[ItemKind.INVOICE, i] for i in ids)
        mine = [i for i in found if customer_ids is None or i.customer_id in customer_ids]
        return tuple(sorted(mine, key=_order))

    def items_named(self, token: str) -> tuple[Item, ...]:
        """Items of any state that go by this number or reference, however it is written."""
        return self.items_known(folded(token))

    def items_known(self, token: str) -> tuple[Item, ...]:
        """The same for a token that is folded already."""
        return tuple([self._items[key] for key in self.numbers.keys(token)])

    def token_rarity(self, token: str) -> int:
        """How much it says that a text contains this token, in millibits."""
        return self.numbers.rarity(folded(token))

    def party(self, customer_id: int) -> Party | None:
        return self._parties.get(customer_id)

    def family(self, customer_id: int) -> frozenset[int]:
        """The customer, its parent and its children."""
        known = self._families.get(customer_id)
        if known is None:
            party = self._parties.get(customer_id)
            parent = {party.parent_id} if party and party.parent_id is not None else set()
            children = self._children.get(customer_id, set())
            known = self._families[customer_id] = frozenset({customer_id} | parent | children)
        return known

    def account_owners(self, key: str) -> frozenset[int]:
        """The customers that this account (see `account_key`) is known to belong to."""
        return frozenset(self._accounts.get(key, ()))

    def remembered(self, key: str) -> tuple[Remembered, ...]:
        """What people said about this payer, by customer."""
        known = self._remembered.get(key)
        return tuple(known[c] for c in sorted(known)) if known else ()

    def is_declined(self, keys: Iterable[str], item_ids: frozenset[int]) -> bool:
        """Whether a person refused exactly these items for this payer."""
        return any(item_ids in self._declined.get(key, ()) for key in keys)

    def decoy_amounts(
        self, currency: str, except_customers: Collection[int], like: Money, count: int, seed: bytes
    ) -> tuple[int, ...]:
        """Sums of one to three open amounts of other customers, as round as `like`.

        Fewer than `count` when there are too few others. The same seed gives the same sums.
        """
        lots = self._lots.get(currency)
        if not lots:
            return ()
        unit = roundness(like)
        draws = _draws(seed)
        found: list[int] = []
        for _ in range(count * 4):
            sizes = range(1 + next(draws) % 3)
            picked = [self._items[ItemKind.INVOICE, lots[next(draws) % len(lots)]] for _ in sizes]
            others = [i.open.minor for i in picked if i.customer_id not in except_customers]
            amount = _as_round(sum(others), unit, like.minor)
            if others and amount > 0 and amount != like.minor:
                found.append(amount)
                if len(found) == count:
                    break
        return tuple(found)

    def enter(self, item: Item) -> None:
        """Add an item. Raises ValueError when it is there already."""
        key = (item.kind, item.id)
        if key in self._items:
            raise ValueError(f"{item.kind.value} {item.id} is in the book already")
        self._items[key] = item
        self.numbers.enter(item)
        self._place(item)

    def admit(self, party: Party) -> None:
        """Add a customer with its names and accounts."""
        self._parties[party.id] = party
        self._families.clear()
        if party.parent_id is not None:
            self._children.setdefault(party.parent_id, set()).add(party.id)
        for account in party.accounts:
            self._accounts.setdefault(account_key(account), set()).add(party.id)
        for name in party.names:
            self.names.add(party.id, name)

    def settle(self, key: Key, open_now: Money) -> None:
        """Set what is open on an item; nothing open means paid, void stays void."""
        old = self._items[key]
        new = _with_open(old, open_now)
        self._lift(old)
        self._items[key] = new
        self._place(new)

    def learn(self, remembered: Remembered) -> None:
        """Replace what is remembered of this payer for this customer."""
        self._remembered.setdefault(remembered.key, {})[remembered.customer_id] = remembered

    def refuse(self, declined: Declined) -> None:
        """Never propose these items to this payer again."""
        self._declined.setdefault(declined.payer_key, set()).add(declined.item_ids)

    def _shelf(self, item: Item) -> _Shelf:
        if item.state is not ItemState.OPEN or item.open.minor <= 0:
            return self._closed
        return self._open if item.kind is ItemKind.INVOICE else self._credits

    def _place(self, item: Item) -> None:
        shelf = self._shelf(item)
        at = (item.customer_id, item.open.currency)
        insort(shelf.setdefault(at, []), item, key=_order)
        if shelf is self._open:
            self._views.pop(at, None)
            self._amounts.setdefault((item.open.currency, item.open.minor), set()).add(item.id)
            insort(self._lots.setdefault(item.open.currency, []), item.id)

    def _lift(self, item: Item) -> None:
        shelf = self._shelf(item)
        at = (item.customer_id, item.open.currency)
        del shelf[at][bisect_left(shelf[at], _order(item), key=_order)]
        if shelf is self._open:
            self._views.pop(at, None)
            self._amounts[item.open.currency, item.open.minor].discard(item.id)
            lots = self._lots[item.open.currency]
            del lots[bisect_left(lots, item.id)]

    def _view(self, customer_id: int, currency: str) -> tuple[Item, ...]:
        at = (customer_id, currency)
        view = self._views.get(at)
        if view is None:
            view = self._views[at] = tuple(self._open.get(at, ()))
        return view

    def _listed(self, shelf: _Shelf, ids: Collection[int], currency: str) -> tuple[Item, ...]:
        found = [item for c in ids for item in shelf.get((c, currency), ())]
        return tuple(sorted(found, key=_order) if len(ids) > 1 else found)


def build_book(
    items: Iterable[Item],
    parties: Iterable[Party],
    remembered: Iterable[Remembered] = (),
    declined: Iterable[Declined] = (),
    *,
    services: Iterable[str] = (),
) -> Book:
    """A book of all items, open, paid and void, in whatever order they come."""
    book = Book(services)
    for item in sorted(items, key=_order):
        book.enter(item)
    for party in parties:
        book.admit(party)
    for memory in remembered:
        book.learn(memory)
    for refusal in declined:
        book.refuse(refusal)
    return book


def roundness(money: Money) -> int:
    """The class of an amount: a multiple of 100 units of the currency, of one unit, or neither."""
    one = 10 ** exponent(money.currency)
    return next((unit for unit in (100 * one, one) if money.minor % unit == 0), 1)


def _as_round(amount: int, unit: int, like: int) -> int:
    if unit > 1 or amount % 100:
        return amount - amount % unit
    return amount + like % 100


def _with_open(item: Item, open_now: Money) -> Item:
    now = ItemState.OPEN if open_now.minor else ItemState.PAID
    return Item(
        kind=item.kind,
        id=item.id,
        number=item.number,
        customer_id=item.customer_id,
        open=open_now,
        total=item.total,
        issued_on=item.issued_on,
        due_on=item.due_on,
        state=ItemState.VOIDED if item.state is ItemState.VOIDED else now,
        subsidiary_id=item.subsidiary_id,
        references=item.references,
        discount=item.discount,
    )


def _order(item: Item) -> _Order:
    return item.due_on, item.number, item.kind, item.id


def _draws(seed: bytes) -> Iterator[int]:
    """Even whole numbers from a seed, the same for ever."""
    block = seed
    while True:
        block = hashlib.sha256(block).digest()
        for at in range(0, 32, 4):
            yield int.from_bytes(block[at : at + 4], "big")

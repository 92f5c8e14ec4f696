"""A seller's ledger on the first day, and how it moves as the truth unfolds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bench.cash.amounts import Prices, share
from bench.cash.truth import Key, Truth
from domain.ledger.money import Money
from domain.matching.item import EarlyDiscount, Item, ItemKind, ItemState

STYLES = ("INV-%05d", "2026/%04d", "%d", "S-INV%05d", "RF")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Terms:
    """Days to pay; a discount of so many basis points within some days, if any."""

    net: int
    off: int = 0
    within: int = 0


def terms(rng: Random) -> Terms:
    net = rng.choice((15, 30, 45, 60))
    if rng.random() < 0.12:
        off, within = rng.choice(((200, 10), (100, 10), (300, 15)))
        return Terms(max(net, 30), off, within)
    return Terms(net)


def creditor_reference(body: str) -> str:
    """An ISO 11649 reference of its body."""
    digits = "".join(str(_ALPHABET.index(c)) for c in f"{body}RF00")
    return f"RF{98 - int(digits) % 97:02d}{body}"


def how_many(rng: Random, largest: int) -> int:
    """Open invoices of a customer: a geometric law of mean 4, and two long tails."""
    luck = rng.random()
    if luck < 0.01:
        return min(rng.randint(200, 1000), largest)
    if luck < 0.11:
        return min(rng.randint(20, 80), largest)
    count = 1
    while rng.random() > 0.25:
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class Plan:
    """What the ledger of a seller is drawn from."""

    start: date
    prices: Prices
    currencies: tuple[str, ...]
    style: str
    largest: int
    each: int = 0


def first_items(rng: Random, plan: Plan, customers: int) -> list[Item]:
    """Open, paid and void invoices with numbers in the order of their dates, and credits."""
    drafts: list[Item] = []
    for customer in range(1, customers + 1):
        main = plan.currencies[0] if rng.random() < 0.7 else rng.choice(plan.currencies)
        drafts += _of_customer(rng, plan, customer, main)
    rng.shuffle(drafts)
    drafts.sort(key=lambda item: item.issued_on)
    serial, shared = rng.choice((1, 4_000, 40_000, 700_000)), ""
    items: list[Item] = []
    for number, draft in enumerate(drafts, 1):
        serial += rng.choice((1, 1, 1, 2, 3))
        named, shared = _numbered(rng, plan, replace(draft, id=number), serial, shared)
        items.append(named)
    return items


def _of_customer(rng: Random, plan: Plan, customer: int, main: str) -> list[Item]:
    agreed = terms(rng)
    count = plan.each or how_many(rng, plan.largest)
    found = [_invoice(rng, plan, customer, main, agreed) for _ in range(count)]
    if len(plan.currencies) > 1 and rng.random() < 0.1:
        found.append(_invoice(rng, plan, customer, rng.choice(plan.currencies), agreed))
    for _ in range(1 + count // 3):
        old = _invoice(rng, plan, customer, main, agreed)
        on = old.issued_on - timedelta(days=100)
        state = ItemState.VOIDED if rng.random() < 0.06 else ItemState.PAID
        found.append(replace(old, open=Money.zero(main), issued_on=on, due_on=on, state=state))
    if rng.random() < 0.15:
        for _ in range(rng.choice((1, 1, 2))):
            credit = _invoice(rng, plan, customer, main, agreed)
            amount = share(credit.open, rng.randrange(400, 3_000))
            kind = ItemKind.CREDIT_MEMO
            found.append(replace(credit, kind=kind, open=amount, total=amount, discount=None))
    return [item for item in found if item.total.minor > 0]


def _invoice(rng: Random, plan: Plan, customer: int, currency: str, agreed: Terms) -> Item:
    amount = plan.prices.draw(rng, currency)
    recent = agreed.off and rng.random() < 0.6
    issued = plan.start - timedelta(days=rng.randrange(8) if recent else 1 + rng.randrange(100))
    until = issued + timedelta(days=agreed.within)
    return Item(
        ItemKind.INVOICE,
        0,
        "",
        customer,
        amount,
        amount,
        issued,
        issued + timedelta(days=agreed.net),
        discount=EarlyDiscount(share(amount, agreed.off), until) if agreed.off else None,
    )


def _numbered(rng: Random, plan: Plan, item: Item, serial: int, shared: str) -> tuple[Item, str]:
    """The item with its number; 10 % have a purchase order, some of them one already used."""
    if item.kind is ItemKind.CREDIT_MEMO:
        return replace(item, number=f"CM-{serial:05d}"), shared
    also: tuple[str, ...] = ()
    if plan.style == "RF":
        number = f"{100_000 + serial}"
        also = (creditor_reference(number),)
    else:
        number = plan.style % (10_000 + serial if plan.style == "%d" else serial)
    if rng.random() < 0.10:
        order = shared if shared and rng.random() < 0.1 else f"PO-{rng.randrange(10**5, 10**6)}"
        also, shared = (*also, order), order
    return replace(item, number=number, references=also), shared


class Ledger:
    """What is open now, by customer; moved by what is true."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items: dict[Key, Item] = {(item.kind, item.id): item for item in items}
        self.by_customer: dict[int, list[Key]] = {}
        self.invoices: list[Key] = []
        for key, item in self.items.items():
            self.by_customer.setdefault(item.customer_id, []).append(key)
            if item.kind is ItemKind.INVOICE and item.state is ItemState.OPEN:
                self.invoices.append(key)
        self.invoices.sort()
        self.unsettled: set[Key] = set()
        self._open: dict[int, list[Item]] = {}
        self._numbers = sorted(item.number for item in self.items.values())

    def payable(self, customer: int, currency: str = "") -> list[Item]:
        """Open invoices of a customer in one currency, oldest due first."""
        mine = self._open.get(customer)
        if mine is None:
            found = self._of(customer, ItemKind.INVOICE)
            mine = [i for i in found if i.open.minor > 0 and i.state is ItemState.OPEN]
            mine.sort(key=lambda i: (i.due_on, i.number))
            self._open[customer] = mine
        if mine and not currency:
            currency = min(mine, key=lambda i: i.id).open.currency
        return [i for i in mine if i.open.currency == currency]

    def credits(self, customer: int, currency: str) -> list[Item]:
        found = self._of(customer, ItemKind.CREDIT_MEMO)
        return [i for i in found if i.open.minor > 0 and i.open.currency == currency]

    def paid_before(self, customer: int) -> list[Item]:
        """Paid for good: neither returned later nor still waiting for its advice."""
        found = [i for i in self._of(customer, ItemKind.INVOICE) if i.state is ItemState.PAID]
        return [i for i in found if (i.kind, i.id) not in self.unsettled]

    def exists(self, number: str) -> bool:
        """Whether some invoice has this number."""
        at = bisect_left(self._numbers, number)
        return at < len(self._numbers) and self._numbers[at] == number

    def _of(self, customer: int, kind: ItemKind) -> list[Item]:
        return [self.items[k] for k in self.by_customer.get(customer, ()) if k[0] is kind]

    def unfold(self, truth: Truth) -> None:
        """Let the truth happen. Raises ValueError when it pays more than is open."""
        for key, by in closing(truth):
            left = Money(self.items[key].open.minor - by, self.items[key].open.currency)
            if left.minor < 0:
                raise ValueError(f"the truth pays {key} more than is open")
            state = ItemState.OPEN if left else ItemState.PAID
            self.items[key] = replace(self.items[key], open=left, state=state)
            self._open.pop(self.items[key].customer_id, None)


def closing(truth: Truth) -> list[tuple[Key, int]]:
    """By how many minor units the truth shrinks the items it touches."""
    found = [(p.key, p.closed) for p in truth.paid]
    return found + [(key, money.minor) for key, money in truth.credits.items()]

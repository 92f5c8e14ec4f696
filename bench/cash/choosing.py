"""What a payment pays, and why its amount differs: drawn by the composition of real money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from random import Random
from typing import TypeVar

from bench.cash.amounts import share, units
from bench.cash.ledger import Ledger
from bench.cash.people import Habit
from bench.cash.truth import Key, Less, Made, Paid, Told
from domain.ledger.money import Money, total
from domain.matching.item import Item

_Kind = TypeVar("_Kind", Made, Told)
_MADE = (
    (Made.SINGLE, 55), (Made.FEW, 22), (Made.MANY, 8), (Made.WHOLE, 5), (Made.CUTOFF, 4),
    (Made.PARTIAL, 4), (Made.OVER, 2),
)  # fmt: skip
_COMMON = (
    (Told.NONE, 250), (Told.CUT, 60), (Told.OCR, 30), (Told.SWAPPED, 7), (Told.BARE, 50),
    (Told.WRONG, 15),
)  # fmt: skip
_TOLD_OF_ONE = (*_COMMON, (Told.FULL, 510), (Told.PO, 80))
_TOLD_OF_MORE = (*_COMMON, (Told.FULL, 380), (Told.SOME, 260), (Told.SHORT, 105))
_OF_ONE = (Made.SINGLE, Made.PARTIAL, Made.OVER)
_FEES = (10, 15, 25, 30)
_MOST_PAID = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One payment as its payer means it."""

    made: Made
    less: Less
    told: Told
    habit: Habit
    paid: tuple[Paid, ...]
    credits: tuple[tuple[Key, Money], ...]
    amount: Money
    fee: Money
    unapplied: Money
    by_wire: bool = False


def choose(rng: Random, ledger: Ledger, habits: dict[int, Habit], day: date) -> Choice | None:
    """A payment of open invoices; None when nobody can pay like this today."""
    made = _drawn(rng, _MADE)
    told = _drawn(rng, _TOLD_OF_ONE if made in _OF_ONE else _TOLD_OF_MORE)
    if made is Made.OVER and rng.random() < 0.25:
        return _paid_before(rng, ledger, habits, told)
    less = _less(rng, made)
    least = {Made.FEW: 2, Made.MANY: 6, Made.WHOLE: 2, Made.CUTOFF: 3}.get(made, 1)
    for _ in range(400):
        customer = _customer(rng, ledger, habits)
        mine = ledger.payable(customer)
        if len(mine) < least:
            continue
        picked = _picked(rng, made, mine, told)
        if picked and _suits(less, ledger, habits[customer], picked, day):
            return _settled(rng, ledger, habits[customer], made, told, less, picked)
    return None


def _drawn(rng: Random, weights: tuple[tuple[_Kind, int], ...]) -> _Kind:
    return rng.choices([w[0] for w in weights], [w[1] for w in weights])[0]


def _less(rng: Random, made: Made) -> Less:
    if made in (Made.PARTIAL, Made.OVER):
        return Less.NOTHING
    luck = rng.random()
    for less, upto in (
        (Less.DISCOUNT, 0.06), (Less.LATE_DISCOUNT, 0.08), (Less.FEE, 0.13), (Less.WITHHELD, 0.133),
        (Less.DEDUCTION, 0.173), (Less.CREDIT, 0.223), (Less.ROUNDED, 0.233),
    ):  # fmt: skip
        if luck < upto:
            return less
    return Less.NOTHING


def _customer(rng: Random, ledger: Ledger, habits: dict[int, Habit]) -> int:
    """By head or by invoice, each half of the time."""
    if rng.random() < 0.5:
        return rng.randint(1, len(habits))
    return ledger.items[rng.choice(ledger.invoices)].customer_id


def _picked(rng: Random, made: Made, mine: list[Item], told: Told) -> list[Item]:
    """Payers mostly pay what is due first."""
    if told is Told.PO:
        mine = [i for i in mine if any(r.startswith("PO-") for r in i.references)]
        return [rng.choice(mine)] if mine else []
    match made:
        case Made.SINGLE | Made.PARTIAL | Made.OVER:
            return [mine[min(rng.randrange(3), len(mine) - 1)] if rng.random() < 0.7
                    else rng.choice(mine)]  # fmt: skip
        case Made.WHOLE:
            return mine if len(mine) <= _MOST_PAID else []
        case Made.CUTOFF:
            days = sorted({i.due_on for i in mine})[1:-1]
            until = rng.choice(days) if days else mine[0].due_on
            due = [i for i in mine if i.due_on <= until]
            return due if 2 <= len(due) < min(len(mine), _MOST_PAID) else []
        case _:
            low, high = (2, 5) if made is Made.FEW else (6, 12 if rng.random() < 0.8 else 40)
            count = rng.randint(low, min(high, len(mine)))
            pool = mine[: 2 * count] if rng.random() < 0.7 else mine
            return sorted(rng.sample(pool, count), key=lambda i: (i.due_on, i.number))


def _suits(less: Less, ledger: Ledger, habit: Habit, picked: list[Item], day: date) -> bool:
    """Whether this payer can pay less for this reason."""
    sum_open = sum(i.open.minor for i in picked)
    match less:
        case Less.DISCOUNT:
            return all(i.discount and day <= i.discount.until and i.open == i.total for i in picked)
        case Less.LATE_DISCOUNT:
            return all(i.discount and day > i.discount.until and i.open == i.total for i in picked)
        case Less.WITHHELD:
            return habit.foreign
        case Less.CREDIT:
            found = ledger.credits(habit.customer_id, picked[0].open.currency)
            return bool(found) and 2 * sum(c.open.minor for c in found) < sum_open
        case Less.FEE:
            return sum_open > 3 * units(30, picked[0].open.currency).minor
        case Less.DEDUCTION | Less.ROUNDED:
            return sum_open > 1_000
        case Less.NOTHING:
            return True


def _settled(
    rng: Random,
    ledger: Ledger,
    habit: Habit,
    made: Made,
    told: Told,
    less: Less,
    picked: list[Item],
) -> Choice:
    currency = picked[0].open.currency
    zero = Money.zero(currency)
    paid = [Paid((i.kind, i.id), i.open, zero, zero, zero, zero) for i in picked]
    fee = unapplied = zero
    taken: tuple[tuple[Key, Money], ...] = ()
    if made is Made.PARTIAL:
        paid = [_less_cash(paid[0], _part(rng, picked[0].open))]
    elif made is Made.OVER:
        extra = share(picked[0].open, rng.randrange(50, 1_500))
        unapplied = max(extra, Money(1, currency))
    elif less is Less.FEE:
        fee = units(rng.choice(_FEES), currency)
    elif less is Less.CREDIT:
        taken = tuple(((c.kind, c.id), c.open) for c in ledger.credits(habit.customer_id, currency))
    else:
        paid = _adjusted(rng, less, picked, paid)
    cash = total((p.cash for p in paid), currency)
    less_money = total((money for _, money in taken), currency) + fee
    return Choice(
        made, less, told, habit, tuple(paid), taken, cash + unapplied - less_money, fee,
        unapplied, by_wire=less is Less.FEE,
    )  # fmt: skip


def _part(rng: Random, money: Money) -> Money:
    part = share(money, rng.randrange(2_000, 9_500))
    whole = units(1, money.currency).minor
    if rng.random() < 0.5 and part.minor > whole:
        part = Money(part.minor - part.minor % whole, money.currency)
    return max(part, Money(1, money.currency))


def _less_cash(paid: Paid, cash: Money, **other: Money) -> Paid:
    zero = Money.zero(cash.currency)
    parts = {"discount": zero, "withheld": zero, "writeoff": zero, "deduction": zero} | other
    return Paid(paid.key, cash, **parts)


def _adjusted(rng: Random, less: Less, picked: list[Item], paid: list[Paid]) -> list[Paid]:
    currency = picked[0].open.currency
    match less:
        case Less.DISCOUNT | Less.LATE_DISCOUNT:
            offs = [i.discount.amount if i.discount else Money.zero(currency) for i in picked]
            key = "discount" if less is Less.DISCOUNT else "deduction"
            return [
                _less_cash(p, p.cash - off, **{key: off}) for p, off in zip(paid, offs, strict=True)
            ]
        case Less.WITHHELD:
            rate = rng.choice((1_000, 1_500))
            offs = [share(p.cash, rate) for p in paid]
            return [
                _less_cash(p, p.cash - off, withheld=off) for p, off in zip(paid, offs, strict=True)
            ]
        case Less.DEDUCTION | Less.ROUNDED:
            biggest = max(range(len(paid)), key=lambda n: paid[n].cash.minor)
            whole = paid[biggest].cash
            if less is Less.DEDUCTION:
                off = max(share(whole, rng.randrange(100, 2_000)), Money(6, currency))
                paid[biggest] = _less_cash(paid[biggest], whole - off, deduction=off)
            else:
                off = Money(rng.randint(1, 5), currency)
                paid[biggest] = _less_cash(paid[biggest], whole - off, writeoff=off)
            return paid
        case _:
            return paid


def _paid_before(
    rng: Random, ledger: Ledger, habits: dict[int, Habit], told: Told
) -> Choice | None:
    for _ in range(400):
        customer = _customer(rng, ledger, habits)
        old = ledger.paid_before(customer)
        if old:
            item = rng.choice(old)
            amount = item.total
            zero = Money.zero(amount.currency)
            paid = (Paid((item.kind, item.id), zero, zero, zero, zero, zero),)
            return Choice(
                Made.PAID_BEFORE, Less.NOTHING, told, habits[customer], paid, (), amount, zero,
                amount,
            )  # fmt: skip
    return None


def rivals(ledger: Ledger, family: list[int], choice: Choice, named: frozenset[Key]) -> bool:
    """Whether other open invoices explain the money as well as what is paid.

    A twin of a paid invoice that is not named, or one or two others that sum to the money; sums
    only where no more than 200 invoices are open, where more are, every sum counts as met.
    """
    currency = choice.amount.currency
    keys = {p.key for p in choice.paid}
    mine = [i for c in family for i in ledger.payable(c, currency)]
    others = {i.open.minor for i in mine if (i.kind, i.id) not in keys}
    if others & {ledger.items[k].open.minor for k in keys - named}:
        return True
    wanted = choice.amount.minor
    amounts = [i.open.minor for i in mine]
    if named & keys:
        return False
    if wanted in amounts and len(keys) > 1:
        return True
    if len(amounts) > 200:
        return len(keys) > 1
    pairs = sum(a + b == wanted for a, b in combinations(amounts, 2))
    return pairs > (len(keys) == 2)

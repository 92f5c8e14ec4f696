"""The journal that an act on a customer's cash makes: always balanced, or it is not shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from domain.ledger.money import Money, total
from effects.kinds import (
    ApplyCredit,
    CreditKind,
    PostCustomerPayment,
    PostJournal,
    RefundCustomer,
    ReversePayment,
    UnapplyPayment,
)
from erp.review.exact import converted
from erp.review.finding import JournalLine
from erp.review.journal import gaps

CashEffect = (
    PostCustomerPayment
    | ApplyCredit
    | UnapplyPayment
    | ReversePayment
    | RefundCustomer
    | PostJournal
)


class UnbalancedJournal(ValueError):
    """The debits of a journal are not its credits."""


@dataclass(frozen=True, slots=True)
class BookAccount:
    """A ledger account; without an id it is the one that the ERP is set up for."""

    netsuite_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Books:
    """What must be known of the ledger to preview a journal.

    `names` are accounts by id. `base` is the currency of the books and `rate` what one unit of
    the effect's currency is worth in it on the day; `rates` are those of documents, by the ERP's
    id. Base amounts are shown only where every rate they need is known.
    """

    receivable: BookAccount = BookAccount("", "Accounts Receivable")
    money: BookAccount = BookAccount("", "Undeposited Funds")
    discount: BookAccount = BookAccount("", "Sales discounts, as the ERP is set up")
    deposits: BookAccount = BookAccount("", "Customer Deposits")
    gain: BookAccount = BookAccount("", "Realised exchange gain or loss")
    names: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    rate: str = ""
    rates: Mapping[str, str] = field(default_factory=dict)

    def account(self, netsuite_id: str, otherwise: BookAccount) -> BookAccount:
        """The account of that id, or another one where there is no id."""
        if not netsuite_id:
            return otherwise
        return BookAccount(netsuite_id, self.names.get(netsuite_id, netsuite_id))


@dataclass(frozen=True, slots=True)
class Booked:
    """A signed amount (debits positive) on an account, worth `rate` a unit in the books."""

    account: BookAccount
    what: str
    amount: Money
    rate: str


def journal_of(effect: CashEffect, books: Books) -> tuple[JournalLine, ...]:
    """The journal of an effect, debits first. Raises UnbalancedJournal.

    What only moves from one document of a customer to another stands on both sides of
    receivables: the ledger's balance does not change by it.
    """
    return balanced(_entries(effect, books), books)


def balanced(entries: Sequence[Booked], books: Books) -> tuple[JournalLine, ...]:
    """The journal that entries make. Raises UnbalancedJournal."""
    lines = journal_lines(entries, books)
    wrong = gaps(lines)
    if wrong:
        raise UnbalancedJournal(f"debits exceed credits by {', '.join(map(str, wrong))}")
    return lines


def _entries(effect: CashEffect, books: Books) -> list[Booked]:
    match effect:
        case PostCustomerPayment():
            return _payment(effect, books)
        case ApplyCredit():
            return _credit(effect, books)
        case UnapplyPayment():
            return _unapplied(effect, books)
        case ReversePayment():
            return _reversed(effect, books)
        case RefundCustomer():
            return _refund(effect, books)
        case PostJournal():
            rate = effect.exchange_rate or books.rate
            return [
                Booked(
                    books.account(
                        line.account_netsuite_id, BookAccount("", f"{line.account_name}, not set")
                    ),
                    line.memo,
                    line.signed,
                    rate,
                )
                for line in effect.lines
            ]
        case _:
            assert_never(effect)


def _payment(effect: PostCustomerPayment, books: Books) -> list[Booked]:
    rate = effect.exchange_rate or books.rate
    receivable = books.account(effect.ar_account_netsuite_id, books.receivable)
    money = books.account(effect.account_netsuite_id, books.money)
    entries = [Booked(money, "received" if not effect.fee else "with the fee", effect.amount, rate)]
    for line in effect.applications:
        if line.discount is not None:
            entries.append(Booked(books.discount, f"discount {line.number}", line.discount, rate))
        own = books.rates.get(line.netsuite_id, "")
        entries.append(Booked(receivable, line.number, -line.settled, own))
    for credit in effect.credits:
        account = _held(credit.kind, receivable, books)
        own = books.rates.get(credit.netsuite_id, "")
        entries.append(Booked(account, credit.number, credit.amount, own))
    if effect.unapplied:
        entries.append(Booked(receivable, "stays unapplied", -effect.unapplied, rate))
    return entries


def _credit(effect: ApplyCredit, books: Books) -> list[Booked]:
    receivable = books.account(effect.ar_account_netsuite_id, books.receivable)
    credit = effect.credit
    own = books.rates.get(credit.netsuite_id, books.rate)
    account = _held(credit.kind, receivable, books)
    named = credit.number or credit.kind.replace("_", " ")
    return [
        Booked(account, named, credit.amount, own),
        *(
            Booked(receivable, line.number, -line.amount, books.rates.get(line.netsuite_id, ""))
            for line in effect.applications
        ),
    ]


def _held(kind: CreditKind, receivable: BookAccount, books: Books) -> BookAccount:
    """Where a credit stands: a deposit is owed to the customer, all else lowers receivables."""
    return books.deposits if kind == "deposit" else receivable


def _unapplied(effect: UnapplyPayment, books: Books) -> list[Booked]:
    rates = books.rates
    return [
        *(
            Booked(
                books.receivable,
                f"{line.number} open again",
                line.amount,
                rates.get(line.netsuite_id, ""),
            )
            for line in effect.removed
        ),
        Booked(
            books.receivable,
            "unapplied",
            -effect.amount,
            rates.get(effect.payment_netsuite_id, books.rate),
        ),
    ]


def _reversed(effect: ReversePayment, books: Books) -> list[Booked]:
    """Invoices reopen, what was unapplied is gone, and the journal of the return is settled."""
    own = books.rates.get(effect.payment_netsuite_id, books.rate)
    freed = total((line.amount for line in effect.applications), effect.amount.currency)
    entries = [
        Booked(
            books.receivable,
            f"{line.number} open again",
            line.amount,
            books.rates.get(line.netsuite_id, ""),
        )
        for line in effect.applications
    ]
    rest = effect.amount - freed
    if rest:
        entries.append(Booked(books.receivable, "was unapplied", rest, own))
    rate = effect.exchange_rate or books.rate
    return [*entries, Booked(books.receivable, "journal of the return", -effect.amount, rate)]


def _refund(effect: RefundCustomer, books: Books) -> list[Booked]:
    receivable = books.account(effect.ar_account_netsuite_id, books.receivable)
    unset = BookAccount("", "account to refund from, not set")
    return [
        *(
            Booked(
                _held(one.kind, receivable, books),
                one.number,
                one.amount,
                books.rates.get(one.netsuite_id, ""),
            )
            for one in effect.sources
        ),
        Booked(
            books.account(effect.account_netsuite_id, unset), "paid back", -effect.amount,
            books.rate,
        ),
    ]  # fmt: skip


def journal_lines(entries: Sequence[Booked], books: Books) -> tuple[JournalLine, ...]:
    """The lines that entries make, debits first, with what the exchange gained or lost."""
    moving = [entry for entry in entries if entry.amount]
    bases = _bases(moving, books)
    lines = [
        _line(entry, bases[n] if bases else None)
        for n, entry in enumerate(moving)
    ]  # fmt: skip
    rest = total(bases, books.base) if bases else None
    if rest:
        side = (None, -rest) if rest.minor < 0 else (rest, None)
        lines.append(JournalLine(books.gain.netsuite_id, books.gain.name, None, None, *_flip(side)))
    return tuple(sorted(lines, key=lambda line: line.debit is None and line.base_debit is None))


def _flip(side: tuple[Money | None, Money | None]) -> tuple[Money | None, Money | None]:
    """What balances a rest: a credit where debits exceed."""
    debit, credit = side
    return credit, debit


def _bases(entries: Sequence[Booked], books: Books) -> list[Money]:
    """Every amount in the currency of the books; empty where that is the same or not known.

    With one rate for all, what rounding leaves goes to the largest; with several, the rest is
    what the exchange gained or lost.
    """
    if not entries or not books.base or entries[0].amount.currency == books.base:
        return []
    found = [converted(entry.amount, entry.rate, books.base) for entry in entries]
    known = [amount for amount in found if amount is not None]
    if len(known) != len(found):
        return []
    if _one({entry.rate for entry in entries}):
        largest = max(range(len(known)), key=lambda n: (abs(known[n].minor), -n))
        known[largest] -= total(known, books.base)
    return known


def _one(rates: Iterable[str]) -> bool:
    return len(set(rates)) == 1


def _line(entry: Booked, base: Money | None) -> JournalLine:
    account = entry.account
    name = f"{account.name} ({entry.what})" if entry.what else account.name
    if entry.amount.minor > 0:
        return JournalLine(account.netsuite_id, name, entry.amount, None, base, None)
    credited = -base if base is not None else None
    return JournalLine(account.netsuite_id, name, None, -entry.amount, None, credited)

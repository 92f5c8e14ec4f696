"""Who paid: what proves it, what suggests it, and what says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.matching.book import Book, account_key
from domain.matching.decision import Certainty, PayerFound
from domain.matching.memory import is_certain
from domain.matching.names import name_key
from domain.matching.receipt import Receipt
from domain.matching.references import named_literally
from domain.matching.settings import MatchSettings

_LEAST_SCORE = 600
_LEAST_MARGIN = 200
_WHOLE_NAME = 1000
_UNMISTAKABLE = 20_000


@dataclass(frozen=True, slots=True)
class _Clue:
    """What points to a customer; `written` when the seller's own ledger says so, not a memory."""

    customer_id: int
    told: str
    proves: bool = False
    written: bool = False
    by_account: bool = False


def find_payer(
    receipt: Receipt, book: Book, settings: MatchSettings, today: date | None = None
) -> PayerFound:
    """Who paid.

    Certain: the source or a person names the customer; an account of one customer; a payer whom
    people confirmed often enough; a name and an invoice number that agree; invoice numbers whose
    open balances are exactly the money. Likely: a name or a number alone. A tie says
    nothing, nor does a payment service, and when two proofs disagree nobody is certain.
    """
    if receipt.customer_id is not None:
        told = f"{receipt.named_by or 'the source'} names the customer"
        return _found(book, settings, receipt.customer_id, Certainty.CERTAIN, (told,))
    day = today or receipt.received_on
    clues: list[_Clue] = []
    if is_service(receipt.payer_name, book, settings):
        notes: tuple[str, ...] = (f"{receipt.payer_name} pays for many: it tells nothing",)
    else:
        clues += _by_account(receipt, book, settings)
        clues += _by_name(receipt, book, settings, day)
        notes = ()
    if not any(c.proves for c in clues) and not _agreed(clues):
        clues += _by_reference(receipt, book, {c.customer_id for c in clues})
    return _weighed(clues, notes, book, settings)


def is_service(payer_name: str, book: Book, settings: MatchSettings) -> bool:
    """Whether this name is of somebody that pays for many customers."""
    if not payer_name:
        return False
    words = f" {name_key(payer_name)} "
    services = book.services | frozenset(map(name_key, settings.payment_services))
    return any(f" {service} " in words for service in services if service)


def _weighed(
    clues: list[_Clue], notes: tuple[str, ...], book: Book, settings: MatchSettings
) -> PayerFound:
    """One customer if all clues agree; a proof that a mere hint contradicts is no proof."""
    told = tuple(dict.fromkeys(c.told for c in sorted(clues, key=lambda c: not c.proves)))
    hinted = {c.customer_id for c in clues}
    proved = {c.customer_id for c in clues if c.proves} or _agreed(clues)
    if len(proved) == 1:
        customer_id = next(iter(proved))
        agreed = hinted <= book.family(customer_id)
        certainty = Certainty.CERTAIN if agreed else Certainty.LIKELY
        return _found(book, settings, customer_id, certainty, told + notes)
    if not proved and len(hinted) == 1:
        return _found(book, settings, next(iter(hinted)), Certainty.LIKELY, told + notes)
    if not hinted:
        return PayerFound(evidence=notes)
    family = frozenset.intersection(*(book.family(c) for c in sorted(hinted)))
    common = sorted(family & (proved or hinted))
    if common:
        return _found(book, settings, common[0], Certainty.LIKELY, told + notes)
    return PayerFound(evidence=(*told, *notes, "it could be any of several customers"))


def _agreed(clues: list[_Clue]) -> set[int]:
    """A customer whose whole name in the ledger and a remembered account say the same."""
    written = {c.customer_id for c in clues if c.written}
    return {c.customer_id for c in clues if c.by_account and c.customer_id in written}


def _found(
    book: Book,
    settings: MatchSettings,
    customer_id: int,
    certainty: Certainty,
    evidence: tuple[str, ...],
) -> PayerFound:
    alone = frozenset({customer_id})
    family = book.family(customer_id) if settings.parent_pays_children else alone
    return PayerFound(customer_id, certainty, evidence, family)


def _by_account(receipt: Receipt, book: Book, settings: MatchSettings) -> Iterator[_Clue]:
    """Accounts that customers own, then accounts that people confirmed.

    An account does not change hands as names do: confirmations of it do not fade.
    """
    for account in receipt.accounts:
        key = account_key(account)
        owners = sorted(book.account_owners(key))
        for owner in owners:
            told = f"the account {account.value} belongs to the customer"
            yield _Clue(owner, told, proves=len(owners) == 1)
        if owners:
            continue
        for memory in book.remembered(key):
            often = memory.confirmed >= settings.alias_confirmations
            if memory.confirmed and not memory.declined:
                told = f"the account {account.value} paid for it {memory.confirmed} times"
                yield _Clue(memory.customer_id, told, proves=often, by_account=True)


def _by_name(receipt: Receipt, book: Book, settings: MatchSettings, day: date) -> Iterator[_Clue]:
    """A learned alias, or the one customer whose name this is or is clearly most like."""
    if not receipt.payer_name:
        return
    learned = book.remembered(name_key(receipt.payer_name))
    for memory in learned:
        if memory.confirmed and not memory.declined:
            told = f'"{receipt.payer_name}" was confirmed for it {memory.confirmed} times'
            yield _Clue(memory.customer_id, told, proves=is_certain(memory, day, settings))
    declined = {m.customer_id for m in learned if m.declined}
    hits = book.names.like(receipt.payer_name)
    if not hits or hits[0].score < _LEAST_SCORE or hits[0].customer_id in declined:
        return
    second = hits[1].score if len(hits) > 1 else 0
    whole = hits[0].score == _WHOLE_NAME
    if second == hits[0].score or (not whole and hits[0].score - second < _LEAST_MARGIN):
        return
    how = "is its name" if whole else "is most like its name"
    yield _Clue(hits[0].customer_id, f'"{receipt.payer_name}" {how}', written=whole)


def _by_reference(receipt: Receipt, book: Book, hinted: set[int]) -> Iterator[_Clue]:
    """The owner of every invoice that is named whole, if it is one and the same customer.

    It proves something with the same customer's name beside it, or when exactly the money is open
    on what is named and, for a single invoice, on no other one.
    """
    named = [n for n in named_literally(receipt, book) if n.millibits >= _UNMISTAKABLE]
    owners = {n.item.customer_id for n in named}
    if len(owners) != 1:
        return
    owner = next(iter(owners))
    numbers = ", ".join(sorted(n.item.number for n in named)[:5])
    if owner in hinted:
        yield _Clue(owner, f"its invoice {numbers} is named as well", proves=True)
        return
    amounts = [n.item.open for n in named if n.item.open.currency == receipt.amount.currency]
    exact = sum(m.minor for m in amounts) == receipt.amount.minor
    alone = len(named) > 1 or len(book.by_amount(None, receipt.amount)) == 1
    yield _Clue(owner, f"its invoice {numbers} is named", proves=exact and alone)

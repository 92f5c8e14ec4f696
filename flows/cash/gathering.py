"""Gather what a receipt is decided on: a fixed number of bounded questions to the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.ledger.money import Money
from domain.matching.book import Declined, build_book, payer_keys
from domain.matching.item import Item, ItemKind, Party, Remembered
from domain.matching.names import words_of as words_of_name
from domain.matching.payer import find_payer
from domain.matching.receipt import AccountScheme, Receipt
from domain.matching.settings import MatchSettings
from flows.cash.inputs import Inputs, own_key, words_of
from flows.cash.standing import Standing
from store import matchable, payer_search, receipts
from store.engine import Session
from store.parties import CustomerRow
from store.receivables import InvoiceRow

_MOST_LIKE = 3
_MOST_SEEDED = 20


@dataclass(frozen=True, slots=True)
class _Payers:
    """Who may have paid, before any invoice is looked at.

    `receipt` goes without the payer's name where too many customers are called like it. `rows`
    are all that are: what a word of a name says depends on how many share it.
    """

    receipt: Receipt
    rows: Mapping[int, CustomerRow]
    remembered: tuple[Remembered, ...]
    likely: frozenset[int]


async def gathered(session: Session, receipt: Receipt, standing: Standing) -> Inputs:
    """Everything that a decision about this receipt rests on.

    Where an answer had to be cut short nothing may be decided alone: no class is live then.
    """
    settings = standing.settings
    keys = payer_keys(receipt.payer_name, receipt.accounts)
    words = words_of(receipt)
    named = await matchable.named(session, words)
    equal = await matchable.equal_to(session, receipt.amount)
    payers = await _payers(session, receipt, keys, settings)
    seeds = payers.likely | {row.customer_id for row in named[:_MOST_SEEDED]}
    family = {row.id: row for row in await payer_search.families_of(session, seeds)}
    linked = set(receipt.invoice_ids) | {row.id for row in (*named, *equal)}
    rows = await matchable.open_of(session, family, linked)
    whole = len(rows) <= matchable.MOST_OPEN
    items = await _items(session, receipt, rows, family, settings)
    owners = {item.customer_id for item in items} - family.keys() - payers.rows.keys()
    others = {row.id: row for row in await payer_search.customers_known(session, owners, ())}
    known = {**others, **payers.rows, **family}
    return Inputs(
        receipt=payers.receipt,
        items=items,
        parties=tuple(payer_search.party_of(known[i]) for i in sorted(known)),
        remembered=payers.remembered,
        declined=tuple(Declined(k, ids) for k, ids in await payer_search.declined(session, keys)),
        settings=settings if whole else replace(settings, live=frozenset()),
        rules=standing.rules,
        refused=() if keys else await _refused(session, receipt),
    )


async def _refused(session: Session, receipt: Receipt) -> tuple[frozenset[int], ...]:
    key = own_key(receipt.source, receipt.source_id)
    return tuple(ids for _, ids in await payer_search.declined(session, [key]))


async def available(
    session: Session, rows: Sequence[InvoiceRow], *, except_payment: int
) -> tuple[Item, ...]:
    """Invoices as items, with what postings on their way will pay taken off."""
    customers = sorted({row.customer_id for row in rows})
    spoken = await receipts.spoken_for(session, customers, except_payment=except_payment)
    terms = await matchable.terms(session)
    return tuple(matchable.invoice_item(row, spoken, terms) for row in rows)


async def credits_left(
    session: Session, customers: Collection[int], currency: str, *, except_payment: int
) -> tuple[Item, ...]:
    """Credits of these customers, with what effects on their way will use taken off."""
    found = await matchable.credits_of(session, customers, currency, except_payment=except_payment)
    used = await receipts.credits_spoken_for(
        session, sorted(customers), except_payment=except_payment
    )
    left = [
        replace(item, open=Money(item.open.minor - used.get((item.kind, item.id), 0), currency))
        for item in found
    ]
    return tuple(item for item in left if item.open.minor > 0)


async def _payers(
    session: Session, receipt: Receipt, keys: Sequence[str], settings: MatchSettings
) -> _Payers:
    remembered = await payer_search.remembered(session, keys)
    stripe = {a.value for a in receipt.accounts if a.scheme is AccountScheme.STRIPE_CUSTOMER}
    ids = {memory.customer_id for memory in remembered}
    if receipt.customer_id is not None:
        ids.add(receipt.customer_id)
    known = {row.id: row for row in await payer_search.customers_known(session, ids, stripe)}
    alike = await payer_search.named_like(session, words_of_name(receipt.payer_name))
    asked = receipt if alike is not None else replace(receipt, payer_name="")
    known |= {row.id: row for row in alike or ()}
    parties = [payer_search.party_of(row) for row in known.values()]
    likely = _likely(asked, parties, remembered, settings)
    return _Payers(asked, known, remembered, frozenset(likely))


def _likely(
    receipt: Receipt,
    parties: Sequence[Party],
    remembered: tuple[Remembered, ...],
    settings: MatchSettings,
) -> set[int]:
    """The payer that is found, those its name is like, those that anybody remembered."""
    book = build_book((), parties, remembered, services=settings.payment_services)
    found = find_payer(receipt, book, settings, receipt.received_on)
    likely = {memory.customer_id for memory in remembered} | set(found.family)
    likely |= {party.id for party in parties if set(party.accounts) & set(receipt.accounts)}
    likely |= {hit.customer_id for hit in book.names.like(receipt.payer_name)[:_MOST_LIKE]}
    return likely | {i for i in (found.customer_id, receipt.customer_id) if i is not None}


async def _items(
    session: Session,
    receipt: Receipt,
    rows: Sequence[InvoiceRow],
    family: Mapping[int, CustomerRow],
    settings: MatchSettings,
) -> tuple[Item, ...]:
    currency = receipt.amount.currency
    closed = await matchable.closed_of(session, family, currency)
    others = await matchable.decoys(
        session, currency, family, f"{receipt.source}:{receipt.source_id}", settings.decoys
    )
    unique = {row.id: row for row in (*others, *closed, *rows[: matchable.MOST_OPEN])}
    invoices = await available(session, tuple(unique.values()), except_payment=receipt.id)
    credits_ = await credits_left(session, family, currency, except_payment=receipt.id)
    return tuple(sorted((*invoices, *credits_), key=_identity))


def _identity(item: Item) -> tuple[ItemKind, int]:
    return item.kind, item.id

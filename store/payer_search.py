"""Which customers may have paid: by id, by Stripe id, by what is remembered, by words of a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from itertools import pairwise

from sqlalchemy import ColumnElement, Index, Text, cast, func, or_, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col, select

from domain.matching.item import Party, Remembered
from domain.matching.receipt import AccountScheme, PayerAccount
from store.engine import Session
from store.matching import AliasRow, DeclinedRow
from store.parties import CustomerRow

_MOST_NAMED = 1_000
_MOST_REMEMBERED = 200


def _plain(letter: str) -> str:
    bare = [c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)]
    return "".join(bare).casefold()


_LETTERS = [chr(c) for c in (*range(0xC0, 0x180), *range(0x386, 0x3AC), *range(0x400, 0x430))]
_FOLDS = [(c, _plain(c)) for c in _LETTERS if len(_plain(c)) == 1 and _plain(c) != c]
_BREAKS = '-_/&+,;()[]{}<>|"!?*#@=~'
_FROM = "".join(c for c, _ in _FOLDS) + _BREAKS + ".`’"
_TO = "".join(plain for _, plain in _FOLDS) + " " * len(_BREAKS)
_NAMES = func.textcat(func.textcat(col(CustomerRow.name), text("' '")), col(CustomerRow.legal_name))
_WORDS: ColumnElement[list[str]] = func.string_to_array(
    func.translate(func.lower(_NAMES), text(f"'{_FROM}'"), text(f"'{_TO}'")),
    text("' '"),
    type_=ARRAY(Text),
)
INDEXES = (Index("ix_customer_name_words", _WORDS, postgresql_using="gin"),)


async def named_like(session: Session, words: Sequence[str]) -> Sequence[CustomerRow] | None:
    """Customers whose names share a word with a payer's, by id; None when they are too many.

    `words` as domain.matching.names reads them. Dots fall out of names, so neighbours are also
    looked for as one word.
    """
    if not words:
        return []
    pairs = [a + b for a, b in pairwise(words)]
    asked = sorted({w for w in (*words, *pairs, "".join(words)) if len(w) > 1})[:40]
    found = await session.exec(
        select(CustomerRow)
        .where(_WORDS.op("&&")(cast(asked, ARRAY(Text))))
        .order_by(col(CustomerRow.id))
        .limit(_MOST_NAMED + 1)
    )
    rows = found.all()
    return None if len(rows) > _MOST_NAMED else rows


async def customers_known(
    session: Session, ids: Collection[int], stripe_ids: Collection[str]
) -> Sequence[CustomerRow]:
    """These customers, and those that carry these Stripe ids, by id."""
    found = await session.exec(
        select(CustomerRow)
        .where(
            or_(
                col(CustomerRow.id).in_(sorted(ids)),
                col(CustomerRow.stripe_customer_id).in_(sorted(stripe_ids)),
            )
        )
        .order_by(col(CustomerRow.id))
    )
    return found.all()


async def families_of(session: Session, ids: Collection[int]) -> Sequence[CustomerRow]:
    """These customers with their parents and their children, by id."""
    asked = sorted(ids)
    parents = select(CustomerRow.parent_id).where(
        col(CustomerRow.id).in_(asked), col(CustomerRow.parent_id).is_not(None)
    )
    found = await session.exec(
        select(CustomerRow)
        .where(
            or_(
                col(CustomerRow.id).in_(asked),
                col(CustomerRow.parent_id).in_(asked),
                col(CustomerRow.id).in_(parents),
            )
        )
        .order_by(col(CustomerRow.id))
    )
    return found.all()


async def remembered(session: Session, keys: Sequence[str]) -> tuple[Remembered, ...]:
    """What people said about these payers."""
    found = await session.exec(
        select(AliasRow)
        .where(col(AliasRow.key).in_(list(keys)))
        .order_by(col(AliasRow.key), col(AliasRow.customer_id))
        .limit(_MOST_REMEMBERED)
    )
    return tuple(
        Remembered(r.key, r.customer_id, r.confirmed, r.declined, r.last_confirmed_on)
        for r in found.all()
    )


async def declined(session: Session, keys: Sequence[str]) -> tuple[tuple[str, frozenset[int]], ...]:
    """Payers' keys with the items that a person refused for them."""
    found = await session.exec(
        select(DeclinedRow.payer_key, DeclinedRow.item_ids)
        .where(col(DeclinedRow.payer_key).in_(list(keys)))
        .order_by(col(DeclinedRow.id))
        .limit(10 * _MOST_REMEMBERED)
    )
    return tuple(sorted({(key, frozenset(ids)) for key, ids in found.all()}, key=_by_content))


def _by_content(pair: tuple[str, frozenset[int]]) -> tuple[str, list[int]]:
    return pair[0], sorted(pair[1])


def party_of(row: CustomerRow) -> Party:
    """The row as payers are recognised."""
    names = tuple(dict.fromkeys(n for n in (row.legal_name, row.name) if n))
    stripe = row.stripe_customer_id
    accounts = (PayerAccount(AccountScheme.STRIPE_CUSTOMER, stripe),) if stripe else ()
    return Party(row.id, names, row.parent_id, accounts)

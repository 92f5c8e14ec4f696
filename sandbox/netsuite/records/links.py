"""Application links between transactions, kept in both directions."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.store import ErpStore, Value

LINK_PAYMENT, LINK_DEPOSIT, LINK_ORDER = "Payment", "DepAppl", "OrdBill"
_BOTH = ("nexttransactionlinelink", "previoustransactionlinelink")
_WHICH = "WHERE previousdoc = ? AND nextdoc = ? AND linktype = ?"


@dataclass(frozen=True, slots=True)
class Link:
    """`previous` is settled by `next`; `base` is what that clears in the books' currency.

    `discount` is the part of `amount` that no money was given for. That a link carries it too is
    an assumption: no public source tells.
    """

    previous: sqlite3.Row
    next: sqlite3.Row
    kind: str
    amount: int
    base: int
    discount: int = 0


def write_link(store: ErpStore, link: Link, stamp: Stamp) -> None:
    """Keep a link in place of an earlier one of the same documents; zero removes it."""
    key = (int(link.previous["id"]), int(link.next["id"]), link.kind)
    row: dict[str, Value] = {
        "previousdoc": key[0],
        "previousline": 0,
        "previoustype": link.previous["type"],
        "nextdoc": key[1],
        "nextline": 0,
        "nexttype": link.next["type"],
        "linktype": link.kind,
        "foreignamount": link.amount,
        "lastmodifieddate": stamp.wall,
        "_scale": link.next["_scale"],
        "_base": link.base,
        "_discount": link.discount,
    }
    for table in _BOTH:
        store.execute(" ".join(("DELETE FROM", table, _WHICH)), key)
        if link.amount:
            store.insert(table, row)


def forget_links(store: ErpStore, document_id: int) -> None:
    """Remove every link that leads to or from a document."""
    for table in _BOTH:
        words = ("DELETE FROM", table, "WHERE previousdoc = ? OR nextdoc = ?")
        store.execute(" ".join(words), (document_id, document_id))


def applications(store: ErpStore, document_id: int, kind: str = LINK_PAYMENT) -> dict[int, int]:
    """Document id -> minor units that `document_id` has applied to it."""
    rows = store.rows(
        "SELECT previousdoc, foreignamount FROM nexttransactionlinelink"
        " WHERE nextdoc = ? AND linktype = ? ORDER BY previousdoc",
        (document_id, kind),
    )
    return {int(row[0]): int(row[1]) for row in rows}


def discounts(store: ErpStore, document_id: int) -> dict[int, int]:
    """Document id -> minor units of discount that `document_id` took of it."""
    rows = store.rows(
        "SELECT previousdoc, _discount FROM nexttransactionlinelink"
        " WHERE nextdoc = ? AND linktype = ? AND _discount <> 0",
        (document_id, LINK_PAYMENT),
    )
    return {int(row[0]): int(row[1]) for row in rows}


def settled_by(store: ErpStore, document_id: int) -> dict[int, int]:
    """Id of a payment, credit, application or refund -> minor units it took of a document."""
    rows = store.rows(
        "SELECT nextdoc, foreignamount FROM nexttransactionlinelink"
        " WHERE previousdoc = ? AND linktype <> ?",
        (document_id, LINK_ORDER),
    )
    return {int(row[0]): int(row[1]) for row in rows}


def links_to(store: ErpStore, document_id: int) -> list[sqlite3.Row]:
    """The links of what took from a document, oldest settler first."""
    return store.rows(
        "SELECT * FROM nexttransactionlinelink WHERE previousdoc = ? AND linktype <> ?"
        " ORDER BY nextdoc",
        (document_id, LINK_ORDER),
    )


def children(store: ErpStore, document_id: int) -> list[int]:
    """Documents that depend on one: what settled it and what was made out of it."""
    rows = store.rows(
        "SELECT DISTINCT nextdoc FROM nexttransactionlinelink WHERE previousdoc = ?",
        (document_id,),
    )
    return [int(row[0]) for row in rows]

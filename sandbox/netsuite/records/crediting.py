"""Tax of credit memos made out of invoices: in proportion, the last memo takes the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from sandbox.netsuite.records.documents import ItemLine
from sandbox.netsuite.records.rewriting import item_lines
from sandbox.netsuite.records.statuses import CREDIT
from sandbox.netsuite.store import ErpStore


def credited_tax(
    store: ErpStore, invoice: sqlite3.Row, lines: Sequence[ItemLine]
) -> tuple[ItemLine, ...]:
    """The tax lines that go with crediting these item lines of an invoice."""
    billed = item_lines(store, invoice)
    net = sum(line.amount for line in billed if not line.tax)
    earlier = _credited(store, invoice)
    before = sum(line.amount for line in earlier if not line.tax)
    asked = before + sum(line.amount for line in lines)
    made = []
    for line in (one for one in billed if one.tax):
        had = sum(one.amount for one in earlier if one.tax and one.memo == line.memo)
        amount = min(line.amount, _half_up(line.amount * asked, net)) - had if net > 0 else 0
        if amount > 0:
            made.append(replace(line, amount=amount))
    return tuple(made)


def _credited(store: ErpStore, invoice: sqlite3.Row) -> list[ItemLine]:
    """What earlier credit memos of the invoice credit."""
    memos = store.rows(
        'SELECT * FROM "transaction" WHERE _createdfrom = ? AND type = ?'
        " AND voided = 'F' ORDER BY id",
        (invoice["id"], CREDIT.code),
    )
    return [line for memo in memos for line in item_lines(store, memo)]


def _half_up(top: int, bottom: int) -> int:
    return (2 * top + bottom) // (2 * bottom)

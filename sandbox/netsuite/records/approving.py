"""Approval: what waits for it has no ledger lines and cannot be applied."""

from __future__ import annotations

import sqlite3

from sandbox.netsuite.errors import user_error
from sandbox.netsuite.records.accounting import Entry, write_entries
from sandbox.netsuite.records.links import applications, settled_by
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.store import ErpStore, Value

_WAITING = {"CustInvc": "D", "CustCred": "D", "Journal": "A"}
_APPROVED = {"CustInvc": "A", "CustCred": "A", "Journal": "B"}


def approval_values(
    store: ErpStore, row: sqlite3.Row, stamp: Stamp, *, approved: bool
) -> dict[str, Value]:
    """The columns of a transaction after approval or its withdrawal; writes its ledger lines.

    Raises Refusal for a kind without approval, and for what is applied already.
    """
    kind, row_id = str(row["type"]), int(row["id"])
    if kind not in _WAITING or row["voided"] == "T":
        raise user_error("This transaction takes no approval.")
    if settled_by(store, row_id) or applications(store, row_id):
        raise user_error("A transaction with applications cannot change its approval.")
    write_entries(store, row, _entries(store, row) if approved else [], stamp)
    opened = _journal_open(store, row) if kind == "Journal" else {"_open": 1}
    return {
        **(opened if approved else dict.fromkeys(opened, 0)),
        "status": (_APPROVED if approved else _WAITING)[kind],
        "approvalstatus": 2 if approved else 1,
        "posting": "T" if approved else "F",
    }


def _entries(store: ErpStore, row: sqlite3.Row) -> list[Entry]:
    if row["type"] == "Journal":
        lines = store.rows(
            'SELECT expenseaccount, netamount FROM transactionline WHERE "transaction" = ?'
            " ORDER BY id DESC",
            (row["id"],),
        )
        entries = [(int(line[0]), int(line[1])) for line in lines]
        rest = sum(amount for _, amount in entries)
        return [(entries[0][0], entries[0][1] - rest), *entries[1:]]
    sign = -1 if row["type"] == "CustCred" else 1
    base = sign * int(row["_basetotal"])
    lines = store.rows(
        'SELECT expenseaccount, netamount FROM transactionline WHERE "transaction" = ?'
        " AND id > 0 ORDER BY id",
        (row["id"],),
    )
    return [(int(row["_araccount"]), base), *((int(line[0]), int(line[1])) for line in lines)]


def _journal_open(store: ErpStore, row: sqlite3.Row) -> dict[str, Value]:
    line = store.row(
        'SELECT foreignamount, netamount FROM transactionline WHERE "transaction" = ?'
        " AND accountinglinetype = 'ACCOUNTSRECEIVABLE'",
        (row["id"],),
    )
    amount, base = (int(line[0]), int(line[1])) if line else (0, 0)
    return {
        "foreignamountunpaid": max(0, amount),
        "foreignpaymentamountunused": max(0, -amount),
        "_basetotal": abs(base),
        "_open": int(amount != 0),
    }

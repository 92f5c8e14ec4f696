"""Deleting records: what depends on them, what is left behind."""

from __future__ import annotations

import sqlite3

from sandbox.netsuite.errors import Refusal, user_error
from sandbox.netsuite.records.links import children, forget_links
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.notes import ENTITY_NOTE, TRANSACTION_NOTE, note
from sandbox.netsuite.records.receivables import Receivables, check_period
from sandbox.netsuite.records.recordtypes import RecordType
from sandbox.netsuite.store import ErpStore, quoted

_DEPENDENT = "This record cannot be deleted because it has dependent records."
_USES = {
    "customer": (
        'SELECT 1 FROM "transaction" WHERE entity = ? LIMIT 1',
        "SELECT 1 FROM customer WHERE parent = ? LIMIT 1",
    ),
    "contact": (),
}


def remove(
    store: ErpStore,
    ledger: Receivables,
    stamp: Stamp,
    actor: str,
    what: tuple[RecordType, sqlite3.Row],
) -> None:
    """Remove a record and leave a deleted-record row. Raises Refusal while others depend on it."""
    kind, row = what
    record_id = int(row["id"])
    if kind.document:
        _forget_document(store, ledger, row)
    else:
        _refuse_if_used(store, kind, record_id)
        store.execute("DELETE FROM customersubsidiaryrelationship WHERE entity = ?", (record_id,))
    store.execute(" ".join(("DELETE FROM", quoted(kind.table), "WHERE id = ?")), (record_id,))
    of = TRANSACTION_NOTE if kind.document else ENTITY_NOTE
    note(store, stamp, actor, record_id, ("record", kind.name, "", "Delete"), of)
    _remember(store, stamp, actor, kind, row)


def _forget_document(store: ErpStore, ledger: Receivables, row: sqlite3.Row) -> None:
    record_id = int(row["id"])
    check_period(store, int(row["trandate"]))
    if children(store, record_id) or _voided_by(store, record_id):
        raise user_error(_DEPENDENT)
    ledger.release(record_id)
    _reopen_order(store, row)
    forget_links(store, record_id)
    for table in ("transactionline", "transactionaccountingline"):
        statement = " ".join(("DELETE FROM", quoted(table), 'WHERE "transaction" = ?'))
        store.execute(statement, (record_id,))


def _voided_by(store: ErpStore, record_id: int) -> bool:
    found = store.row(
        "SELECT 1 FROM \"transaction\" WHERE type = 'Journal' AND _createdfrom = ? LIMIT 1",
        (record_id,),
    )
    return found is not None


def _reopen_order(store: ErpStore, row: sqlite3.Row) -> None:
    store.execute(
        "UPDATE \"transaction\" SET status = 'F' WHERE id = ? AND type = 'SalesOrd'"
        " AND status = 'G'",
        (row["_createdfrom"],),
    )


def _refuse_if_used(store: ErpStore, kind: RecordType, record_id: int) -> None:
    if kind.name not in _USES:
        raise Refusal(405, "INVALID_METHOD", f"This operation is not allowed for {kind.name}.")
    for query in _USES[kind.name]:
        if store.row(query, (record_id,)):
            raise user_error(_DEPENDENT)


def _remember(
    store: ErpStore, stamp: Stamp, actor: str, kind: RecordType, row: sqlite3.Row
) -> None:
    store.insert(
        "deletedrecord",
        {
            "recordid": row["id"],
            "recordtypeid": TRANSACTION_NOTE if kind.document else ENTITY_NOTE,
            "type": kind.label,
            "scriptid": kind.name,
            "name": row["trandisplayname"] if kind.document else row["entityid"],
            "context": actor,
            "deletedby": actor,
            "deleteddate": stamp.wall,
            "iscustomrecord": "F",
            "iscustomlist": "F",
            "iscustomtransaction": "F",
        },
    )

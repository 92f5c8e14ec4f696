"""Voids as the user interface makes them: direct, or by a reversing journal."""

from __future__ import annotations

import sqlite3

from sandbox.netsuite.errors import user_error
from sandbox.netsuite.records.journals import JournalLine, NewJournal, write_journal
from sandbox.netsuite.records.links import settled_by
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.notes import note
from sandbox.netsuite.records.receivables import Receivables, check_period
from sandbox.netsuite.store import ErpStore, Value

_AMOUNTS = (
    "foreigntotal",
    "foreignamountpaid",
    "foreignamountunpaid",
    "foreignpaymentamountused",
    "foreignpaymentamountunused",
    "_basetotal",
    "_open",
)
_NO_BUTTON = ("CustInvc", "CustCred")


def void_directly(
    store: ErpStore, ledger: Receivables, stamp: Stamp, actor: str, row: sqlite3.Row
) -> None:
    """Amounts and lines become zero, what it settled reopens, status Voided."""
    row_id = int(row["id"])
    _check(store, row)
    check_period(store, int(row["trandate"]))
    ledger.release(row_id)
    voided: dict[str, Value] = {**dict.fromkeys(_AMOUNTS, 0), "status": "V", "voided": "T"}
    _mark(store, stamp, actor, row_id, voided)
    store.execute(
        "UPDATE transactionline SET foreignamount = 0, netamount = 0, rate = 0,"
        " foreignamountpaid = 0, foreignamountunpaid = 0, linelastmodifieddate = ?"
        ' WHERE "transaction" = ?',
        (stamp.wall, row_id),
    )
    store.execute('DELETE FROM transactionaccountingline WHERE "transaction" = ?', (row_id,))


def void_by_journal(
    store: ErpStore, ledger: Receivables, stamp: Stamp, actor: str, row: sqlite3.Row
) -> int:
    """A journal of today takes the postings back; the document keeps its amounts. Its id."""
    row_id = int(row["id"])
    if row["type"] in _NO_BUTTON:
        raise user_error("This transaction cannot be voided while voiding uses reversing journals.")
    _check(store, row)
    check_period(store, stamp.day)
    ledger.release(row_id)
    journal = NewJournal(
        subsidiary=int(row["_subsidiary"]),
        currency=store.number(
            "SELECT currency FROM subsidiary WHERE id = ?", (row["_subsidiary"],)
        ),
        rate_millionths=1_000_000,
        on=stamp.day,
        lines=_reversed(store, row),
        memo=f"Void of {row['trandisplayname']}",
        void_of=row_id,
    )
    journal_id = write_journal(store, stamp, journal)
    note(store, stamp, actor, journal_id, ("record", "", "created journalentry", "Create"))
    closed: dict[str, Value] = {
        "status": "V",
        "voided": "T",
        "foreignpaymentamountused": 0,
        "foreignpaymentamountunused": 0,
        "_open": 0,
    }
    _mark(store, stamp, actor, row_id, closed)
    return journal_id


def _check(store: ErpStore, row: sqlite3.Row) -> None:
    if row["voided"] == "T":
        raise user_error("The transaction has been voided already.")
    if settled_by(store, int(row["id"])):
        raise user_error("An invoice with applied payments must be unapplied before it is voided.")


def _mark(store: ErpStore, stamp: Stamp, actor: str, row_id: int, values: dict[str, Value]) -> None:
    moved: dict[str, Value] = {"lastmodifieddate": stamp.wall, "_modified": stamp.utc}
    store.update("transaction", row_id, {**values, **moved})
    note(store, stamp, actor, row_id, ("voided", "F", "T", "Change"))


def _reversed(store: ErpStore, row: sqlite3.Row) -> tuple[JournalLine, ...]:
    """The opposite of the document's ledger lines; none of them can be applied."""
    found = store.rows(
        "SELECT account, amount FROM transactionaccountingline"
        ' WHERE "transaction" = ? ORDER BY transactionline',
        (row["id"],),
    )
    return tuple(
        JournalLine(int(line[0]), -int(line[1]), int(row["entity"]), "Void", receivable=False)
        for line in found
    )

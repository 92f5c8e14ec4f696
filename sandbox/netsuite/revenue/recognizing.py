"""Posting revenue for a period: journals of what is planned up to it, and the plans marked."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from sandbox.netsuite.errors import user_error
from sandbox.netsuite.records.journals import JournalLine, NewJournal, write_journal
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.store import ErpStore, Value

_DUE = """
SELECT p.*, e.subsidiary, r.createdfrom FROM revenueplanplannedrevenue p
JOIN revenueplan r ON r.id = p.revenueplan JOIN revenueelement e ON e.id = r.createdfrom
JOIN accountingperiod a ON a.id = p.plannedperiod
WHERE p.isrecognized = 'F' AND a.startdate <= ? AND r.holdrevenuerecognition = 'F'
  AND p.deferredrevenueaccount <> p.recognitionaccount
ORDER BY e.subsidiary, p.id
"""
_OPEN = """
SELECT * FROM accountingperiod WHERE enddate >= ? AND closed = 'F' AND alllocked = 'F'
  AND isposting = 'T' AND isyear = 'F' AND isquarter = 'F' AND isadjust = 'F'
ORDER BY startdate LIMIT 1
"""


def recognize(store: ErpStore, stamp: Stamp, on: int) -> list[int]:
    """Journals of the revenue that is due through the period of a day, one per subsidiary.

    A closed period posts to the next open one. Raises Refusal where none is open.
    """
    period = store.row(_OPEN, (on,))
    if period is None:
        raise user_error("No accounting period is open.")
    found: dict[int, list[sqlite3.Row]] = {}
    for row in store.rows(_DUE, (on,)):
        found.setdefault(int(row["subsidiary"]), []).append(row)
    return [_post(store, stamp, period, seller, rows) for seller, rows in found.items()]


def _post(
    store: ErpStore, stamp: Stamp, period: sqlite3.Row, subsidiary: int, rows: Sequence[sqlite3.Row]
) -> int:
    new = NewJournal(
        subsidiary=subsidiary,
        currency=store.number("SELECT currency FROM subsidiary WHERE id = ?", (subsidiary,)),
        rate_millionths=1_000_000,
        on=int(period["enddate"]),
        lines=tuple(line for row in rows for line in _lines(row)),
        memo=f"Revenue recognition {period['periodname']}",
    )
    journal = write_journal(store, stamp, new)
    done: dict[str, Value] = {
        "isrecognized": "T",
        "journal": journal,
        "postingperiod": int(period["id"]),
        "dateexecuted": stamp.day,
    }
    for row in rows:
        store.update("revenueplanplannedrevenue", int(row["id"]), done)
    for plan in {int(row["revenueplan"]) for row in rows}:
        _sum_up(store, stamp, plan)
    return journal


def _lines(row: sqlite3.Row) -> tuple[JournalLine, JournalLine]:
    minor = int(row["amount"])
    return (
        JournalLine(int(row["deferredrevenueaccount"]), minor, None, "", receivable=False),
        JournalLine(int(row["recognitionaccount"]), -minor, None, "", receivable=False),
    )


def _sum_up(store: ErpStore, stamp: Stamp, plan: int) -> None:
    sql = "FROM revenueplanplannedrevenue WHERE revenueplan = ? AND isrecognized ="
    done = store.number(" ".join(("SELECT SUM(amount)", sql, "'T'")), (plan,))
    left = store.number(" ".join(("SELECT COUNT(*)", sql, "'F'")), (plan,))
    status = "INPROGRESS" if left else "COMPLETED"
    values: dict[str, Value] = {"totalrecognized": done, "statusfordisplay": status}
    store.update("revenueplan", plan, {**values, "lastmodifieddate": stamp.wall})

"""Updating revenue arrangements and plans, as NetSuite's process of every three hours does.

An element takes its dates from the line when it is made; later edits of them are ignored. A credit
memo gets an arrangement of its own, below zero. Without both dates there is no plan.
"""

from __future__ import annotations

import sqlite3

from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.revenue.planning import update_plan
from sandbox.netsuite.store import ErpStore, Value

_LINES = """
SELECT l.*, t.type, t.trandate, t.trandisplayname, t.currency AS money, t.exchangerate AS worth,
  t.voided, t.recordtype, i.revenuerecognitionrule AS rule, i.deferralaccount, i.incomeaccount
FROM transactionline l JOIN "transaction" t ON t.id = l."transaction"
JOIN item i ON i.id = l.item
WHERE t.type IN ('CustInvc', 'CustCred') AND t.status NOT IN ('D', 'E') AND l.id > 0
  AND l.taxline = 'F' AND i.revenuerecognitionrule IS NOT NULL
ORDER BY l."transaction", l.id
"""


def update_arrangements(store: ErpStore, stamp: Stamp) -> int:
    """Elements and plans for every line of an item with a rule; how many elements are new."""
    known = {(row["_transaction"], row["_line"]): row for row in _elements(store)}
    made, seen = 0, set[tuple[int, int]]()
    for line in store.rows(_LINES):
        key = (int(line["transaction"]), int(line["id"]))
        seen.add(key)
        if key in known:
            _follow(store, stamp, known[key], line)
        elif line["foreignamount"] and line["voided"] != "T":
            _add(store, stamp, line)
            made += 1
    for key in known.keys() - seen:
        store.update("revenueelement", int(known[key]["id"]), _amounts(0))
    for element in _elements(store):
        update_plan(store, stamp, element)
    return made


def _elements(store: ErpStore) -> list[sqlite3.Row]:
    return store.rows("SELECT * FROM revenueelement ORDER BY id")


def _amounts(minor: int) -> dict[str, Value]:
    names = ("salesamount", "discountedsalesamount", "allocationamount")
    return dict.fromkeys(names, minor)


def _add(store: ErpStore, stamp: Stamp, line: sqlite3.Row) -> None:
    starts, ends = (
        line[own] if line[own] is not None else line[custom]
        for own, custom in (
            ("revrecstartdate", "custcol_dw_service_start"),
            ("revrecenddate", "custcol_dw_service_end"),
        )
    )
    values: dict[str, Value] = {
        "revenuearrangement": _arrangement(store, stamp, line),
        "source": line["trandisplayname"],
        "sourcerecordtype": line["recordtype"],
        "referenceid": f"{line['type']}_{line['uniquekey']}",
        "item": line["item"],
        "subsidiary": line["subsidiary"],
        "currency": line["money"],
        "allocationtype": "Normal" if line["type"] == "CustInvc" else "Exclude",
        "revrecstartdate": starts,
        "revrecenddate": ends,
        "revenuerecognitionrule": line["rule"],
        "createrevenueplanson": "BILLING",
        "revenueplanstatus": "NOTSTARTED",
        "deferralaccount": line["deferralaccount"] or line["incomeaccount"],
        "recognitionaccount": line["incomeaccount"],
        "_transaction": line["transaction"],
        "_line": line["id"],
        "_scale": line["_scale"],
        "_basescale": line["_basescale"],
        **_followed(stamp, line),
    }
    element_id = store.insert("revenueelement", values)
    store.update("revenueelement", element_id, {"recordnumber": f"RE{element_id}"})


def _arrangement(store: ErpStore, stamp: Stamp, line: sqlite3.Row) -> int:
    """The arrangement of the line's own document."""
    sql = "SELECT id FROM revenuearrangement WHERE _transaction = ?"
    found = store.number(sql, (line["transaction"],))
    if found:
        return found
    values: dict[str, Value] = {
        "trandate": line["trandate"],
        "entity": line["entity"],
        "subsidiary": line["subsidiary"],
        "currency": line["money"],
        "exchangerate": line["worth"],
        "lastmodifieddate": stamp.wall,
        "_transaction": line["transaction"],
    }
    made = store.insert("revenuearrangement", values)
    store.update("revenuearrangement", made, {"recordnumber": f"RA{made}"})
    return made


def _followed(stamp: Stamp, line: sqlite3.Row) -> dict[str, Value]:
    """What an arrangement takes over again from its source: never the dates of the service."""
    gone = line["voided"] == "T"
    return {
        "elementdate": line["trandate"],
        "quantity": abs(float(line["quantity"] or 1)),
        "entity": line["entity"],
        "exchangerate": line["worth"],
        "lastmodifieddate": stamp.wall,
        **_amounts(0 if gone else -int(line["foreignamount"])),
    }


def _follow(store: ErpStore, stamp: Stamp, element: sqlite3.Row, line: sqlite3.Row) -> None:
    values = _followed(stamp, line)
    if any(element[name] != value for name, value in values.items() if name != "lastmodifieddate"):
        store.update("revenueelement", int(element["id"]), values)

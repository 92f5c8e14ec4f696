"""Revenue plans: the amounts of an element by accounting period, and what was recognized of them.

What a changed amount owes for recognized periods goes to the first line that is not recognized.
"""

from __future__ import annotations

import sqlite3

from sandbox.netsuite.records.accounting import in_base
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.receivables import currency_symbol
from sandbox.netsuite.revenue.spreading import EVEN, spread
from sandbox.netsuite.store import ErpStore, Value

_MILLION = 1_000_000
_PERIODS = """
SELECT id, startdate, enddate FROM accountingperiod
WHERE isposting = 'T' AND isyear = 'F' AND isquarter = 'F' AND isadjust = 'F'
  AND startdate <= ? AND enddate >= ? ORDER BY startdate
"""


def update_plan(store: ErpStore, stamp: Stamp, element: sqlite3.Row) -> None:
    """Make or change the actual plan of an element; none without both dates."""
    starts, ends = element["revrecstartdate"], element["revrecenddate"]
    if starts is None or ends is None:
        return
    plan = store.row("SELECT * FROM revenueplan WHERE createdfrom = ?", (element["id"],))
    amount = base_amount(element)
    if plan is not None and int(plan["amount"]) == amount:
        return
    periods = store.rows(_PERIODS, (ends, starts))
    if not periods:
        return
    spans = [(int(row["startdate"]), int(row["enddate"])) for row in periods]
    service = (int(starts), int(ends))
    parts = spread(amount, service, spans, _method(store, element))
    plan_id = _put_plan(store, stamp, element, plan, amount)
    wanted = {int(row["id"]): part for row, part in zip(periods, parts, strict=True)}
    _put_lines(store, element, plan_id, wanted)


def base_amount(element: sqlite3.Row) -> int:
    """What an element comes to in its subsidiary's books."""
    rate = round(float(element["exchangerate"]) * _MILLION)
    scales = int(element["_scale"]), int(element["_basescale"])
    return in_base(int(element["allocationamount"]), *scales, rate)


def _method(store: ErpStore, element: sqlite3.Row) -> str:
    found = store.row(
        "SELECT recognitionmethod FROM revenuerecognitionrule WHERE id = ?",
        (element["revenuerecognitionrule"],),
    )
    return str(found[0] or EVEN) if found else EVEN


def _put_plan(
    store: ErpStore, stamp: Stamp, element: sqlite3.Row, plan: sqlite3.Row | None, amount: int
) -> int:
    changed: dict[str, Value] = {
        "amount": amount,
        "exchangerate": element["exchangerate"],
        "lastmodifieddate": stamp.wall,
    }
    if plan is not None:
        store.update("revenueplan", int(plan["id"]), changed)
        return int(plan["id"])
    own = store.number("SELECT currency FROM subsidiary WHERE id = ?", (element["subsidiary"],))
    made = store.insert(
        "revenueplan",
        {
            **changed,
            "createdfrom": element["id"],
            "revenueplantype": "ACTUAL",
            "revenueplancurrency": currency_symbol(store, own),
            "parentlinecurrency": currency_symbol(store, int(element["currency"])),
            "item": element["item"],
            "revenuerecognitionrule": element["revenuerecognitionrule"],
            "revrecstartdate": element["revrecstartdate"],
            "revrecenddate": element["revrecenddate"],
            "recognitionmethod": _method(store, element),
            "holdrevenuerecognition": "F",
            "totalrecognized": 0,
            "statusfordisplay": "NOTSTARTED",
            "_basescale": element["_basescale"],
        },
    )
    store.update("revenueplan", made, {"recordnumber": f"RP{made}"})
    return made


def _put_lines(store: ErpStore, element: sqlite3.Row, plan_id: int, wanted: dict[int, int]) -> None:
    sql = "SELECT * FROM revenueplanplannedrevenue WHERE revenueplan = ?"
    done = [row for row in store.rows(sql, (plan_id,)) if row["isrecognized"] == "T"]
    for row in done:
        period = int(row["plannedperiod"])
        wanted[period] = wanted.get(period, 0) - int(row["amount"])
    late = sum(wanted[int(row["plannedperiod"])] for row in done)
    for row in done:
        wanted.pop(int(row["plannedperiod"]), None)
    first = next(iter(wanted), None)
    if first is not None:
        wanted[first] += late
    store.execute(
        "DELETE FROM revenueplanplannedrevenue WHERE revenueplan = ? AND isrecognized = 'F'",
        (plan_id,),
    )
    lines: list[dict[str, Value]] = [
        {
            "revenueplan": plan_id,
            "plannedperiod": period,
            "amount": minor,
            "isrecognized": "F",
            "exchangerate": element["exchangerate"],
            "deferredrevenueaccount": element["deferralaccount"],
            "recognitionaccount": element["recognitionaccount"],
            "plannedrevenuetype": "ACTUAL",
            "_basescale": element["_basescale"],
        }
        for period, minor in wanted.items()
    ]
    store.insert_all("revenueplanplannedrevenue", lines)

"""The SuiteQL queries for revenue elements, the lines they come from, and their plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from erp.netsuite.suiteql import DAY, Select, day, marks

ELEMENTS = Select(
    columns=(
        "e.id",
        "e.recordnumber",
        "e.revenuearrangement",
        "e.source",
        "e.sourcerecordtype",
        "e.item",
        "e.discountedsalesamount",
        "e.allocationamount",
        "e.revenuerecognitionrule",
        f"{day('e.revrecstartdate')} AS starts",
        f"{day('e.revrecenddate')} AS ends",
    ),
    tables="revenueelement e",
    key="e.id",
    where=(
        f"(e.revrecenddate IS NULL OR e.revrecenddate >= TO_DATE(?, '{DAY}')"
        f" OR e.elementdate >= TO_DATE(?, '{DAY}'))"
    ),
    optional=("e.subsidiary", "e.currency", "e.exchangerate"),
)
SOURCES = Select(
    columns=("tl.transaction", "tl.id", "tl.revenueelement", "t.type"),
    tables="transactionline tl JOIN transaction t ON t.id = tl.transaction",
    key="tl.transaction",
    where="t.type IN ('CustInvc', 'CustCred')",
    ties=("tl.id",),
)
PLANS = Select(
    columns=(
        "r.id",
        "r.createdfrom",
        "r.holdrevenuerecognition",
    ),
    tables="revenueplan r",
    key="r.id",
    where="r.revenueplantype = 'ACTUAL'",
    optional=("r.revenueplancurrency",),
)
PLANNED = Select(
    columns=(
        "p.id",
        "p.revenueplan",
        "p.amount",
        "p.isrecognized",
        "p.journal",
        "a.periodname",
        f"{day('a.startdate')} AS starts",
        f"{day('a.enddate')} AS ends",
        f"{day('b.startdate')} AS posted",
    ),
    tables=(
        "revenueplanplannedrevenue p JOIN accountingperiod a ON a.id = p.plannedperiod"
        " LEFT JOIN accountingperiod b ON b.id = p.postingperiod"
    ),
    key="p.id",
    where="p.amount <> 0",
)


def elements(since: date) -> Select:
    """Elements that recognize since a day, begin since then, or have no end."""
    return replace(ELEMENTS, params=(since.isoformat(),) * 2)


def of_elements(select: Select, column: str, ids: tuple[str, ...]) -> Select:
    """Only rows of these elements or plans."""
    where = f"{select.where} AND {column} IN ({marks(ids)})"
    return replace(select, where=where, params=(*select.params, *ids))

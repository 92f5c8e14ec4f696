"""A report on paper or in a file: every page of its lists in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows.revenue.reports.around import Books
from flows.revenue.reports.asked import Asked
from flows.revenue.reports.catalogue import Made
from flows.revenue.reports.table import Report, Table, summed
from store.engine import Session

MOST_PAGES = 50
_OF_PAGE = "This page"


async def whole(session: Session, made: Made, around: Books, asked: Asked) -> Report:
    """The report from its start, its lists without pages; `told` says where they were cut."""
    first = report = await made.build(session, around, replace(asked, start=0))
    pages = [first]
    while report.next and len(pages) < MOST_PAGES:
        report = await made.build(session, around, replace(asked, start=int(report.next)))
        pages.append(report)
    every = [table for one in pages for table in one.tables]
    tables = tuple(_joined([t for t in every if t.title == one.title]) for one in first.tables)
    told = first.told
    if report.next:
        told = f"{told}; the first {report.next} rows, narrow it to see the others"
    return replace(first, tables=tables, told=told)


def _joined(parts: Sequence[Table]) -> Table:
    """One table of all pages of it; a table that has no pages is the same in each of them."""
    parts = parts[: 1 + sum(bool(one.next) for one in parts)]
    rows = [row for one in parts for row in one.rows if not row.total]
    added = [[row for row in one.rows if row.total] for one in parts]
    totals = next((some for some in reversed(added) if some), [])
    if any(str(row.cells[0].value).startswith(_OF_PAGE) for row in totals):
        totals = summed(rows, "Total", parts[0].columns)
    return replace(parts[0], rows=(*rows, *totals), next="")

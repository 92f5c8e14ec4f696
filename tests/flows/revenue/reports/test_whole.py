"""A report on paper or in a file has every row of its lists, and totals of all of them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.ledger.money import Money
from flows.revenue.reports.around import Books, read_books
from flows.revenue.reports.asked import Asked, read_asked
from flows.revenue.reports.catalogue import Made
from flows.revenue.reports.table import Cell, Report, Row, Table, heads, summed
from flows.revenue.whole import MOST_PAGES, whole
from store.engine import Database, Session
from tests.flows.revenue.books import settings

COLUMNS = heads("Line", numbers=("Amount",))


def paged(rows: int, title: str) -> Made:
    """A report of lists of `rows` rows of 1.00, two on a page, and a table that has no pages.

    After a full last page there is one without rows.
    """

    async def build(_session: Session, _around: Books, asked: Asked) -> Report:
        here = range(asked.start, min(asked.start + 2, rows))
        made = [Row((Cell(f"line {n}"), Cell(Money(100, "USD")))) for n in here]
        total = [Row((Cell("Total USD"), Cell(Money(100 * rows, "USD"))), total=True)]
        added = summed(made, title, COLUMNS) if title == "This page" else total
        more = str(asked.start + 2) if len(here) == 2 else ""
        beside = Table("Beside", COLUMNS, (Row((Cell("once"), Cell())),))
        return Report("x", "X", "arm", "all", (
            Table("Lines", COLUMNS, (*made, *added) if made else (), next=more), beside,
        ))  # fmt: skip

    return Made("X", "", build, ())


@pytest.mark.parametrize("title", ["This page", "Total"])
async def test_pages_are_joined_and_added_up(db: Database, title: str) -> None:
    asked = read_asked({"start": "2"}, settings(), date(2026, 3, 1))
    async with db.read() as session:
        around = await read_books(session, settings(), date(2026, 3, 1))
        for rows in (1, 4, 5):
            lines, beside = (await whole(session, paged(rows, title), around, asked)).tables
            names = [row.cells[0].value for row in lines.rows]
            assert names == [f"line {n}" for n in range(rows)] + ["Total USD"]
            assert lines.rows[-1].cells[1].value == Money(100 * rows, "USD")
            assert (lines.next, len(beside.rows)) == ("", 1)
        cut = await whole(session, paged(2 * MOST_PAGES + 1, title), around, asked)
    assert cut.told == f"all; the first {2 * MOST_PAGES} rows, narrow it to see the others"
    assert len(cut.tables[0].rows) == 2 * MOST_PAGES + 1

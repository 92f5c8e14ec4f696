"""The reports over books as intake and closing write them: the worked ledger, tied throughout."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from domain.ledger.money import Money
from domain.revenue.settings import Mode
from erp.documents import ErpLedgerBalance
from flows.revenue.posting import PeriodPosted, post_period
from flows.revenue.reports import gl
from flows.revenue.reports.around import read_books
from flows.revenue.reports.asked import read_asked
from flows.revenue.reports.catalogue import REPORTS
from flows.revenue.reports.table import Report
from flows.revenue.reports.tie_out import PENDING, ties
from store.engine import Database
from store.erp_masters import ItemRow
from store.parties import SubsidiaryRow
from store.revenue import RevenuePeriodRow
from tests.flows.revenue.books import SETTINGS, Books, settings
from tests.flows.revenue.reports.test_reports import grid, told

YEAR = {"from": "2026-01-01", "to": "2026-06-30", "as_of": "2026-06-30", "basis": "posted"}


class Ledger:
    """What the general ledger says: balances of accounts by day, debit above zero."""

    def __init__(self, **balances: dict[str, int]) -> None:
        self._balances = balances

    async def ledger_balances(
        self, account_netsuite_ids: Sequence[str], through: date
    ) -> Sequence[ErpLedgerBalance]:
        known = self._balances.get(f"d{through:%m%d}", {})
        return [
            ErpLedgerBalance("1", account, Money(known[account], "USD"))
            for account in account_netsuite_ids
            if account in known
        ]


async def close(books: Books, month: int) -> None:
    """Post a month and lock it, as when everything on its list is done."""
    on = date(2026, month, 1)
    now = datetime(2026, month + 1, 2, tzinfo=UTC)
    async with books.db.begin() as session:
        own = await session.get(SubsidiaryRow, 1)
        assert own is not None
        done = await post_period(session, own, on, books.settings, Mode.JOURNAL, "Noor", now)
        assert isinstance(done, PeriodPosted), done
        row = await session.get(RevenuePeriodRow, done.period_id)
        assert row is not None
        row.state = "closed"
        session.add(row)


async def worked(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-01", "1 1200.00 2026-01-01 2026-12-31")
    await books.invoice("INV3 of Elm 2026-01-01", "2 900.00 2026-01-01 2026-09-30", "tax 90.00")
    await books.take()
    for month in (1, 2):
        await close(books, month)
    await books.invoice("INV2 of Elm 2026-03-05", "1 600.00 2026-02-01 2026-07-31")
    await books.take()
    await close(books, 3)
    await books.credit("CM1 of INV1 2026-04-10", "7 240.00")
    await books.credit("WO3 of - 2026-04-20", "5 800.00", applied="INV3 800.00")
    await books.take()
    for month in (4, 5, 6):
        await close(books, month)


async def made(db: Database, books: Books, key: str, **words: str) -> Report:
    async with db.read() as session:
        around = await read_books(session, books.settings, date(2026, 7, 2))
        asked = read_asked({**YEAR, **words}, books.settings, date(2026, 7, 2))
        return await REPORTS[key].build(session, around, asked)


async def test_the_guides_ledger_comes_out_of_the_mirror(db: Database) -> None:
    words = SETTINGS.replace("[Goodwill]", "[Price cut]")
    books = Books(db, settings(base=words))
    await books.begin()
    async with db.begin() as session:
        session.add(
            ItemRow(
                netsuite_id="7",
                name="Price cut",
                type="Service",
                income_account_netsuite_id="409",
                deferral_account_netsuite_id="240",
            )
        )
    await worked(books)
    rolled = grid(await made(db, books, "roll-forward"))
    assert rolled["2026-04"] == ["1900.00", "0.00", "180.00", "-780.00", "940.00", "-60.00"]
    assert rolled["2026-06"] == ["760.00", "0.00", "180.00", "0.00", "580.00", "0.00"]
    for by in ("deferred", "contract", "invoice", "customer", "type"):
        whole = (await made(db, books, "roll-forward", by=by)).tables[0].rows[-1]
        assert told(whole)[1:] == ["0.00", "2700.00", "1340.00", "-780.00", "580.00", "-60.00"], by
    fall = await made(db, books, "waterfall", by="contract")
    names = [column.key for column in fall.tables[0].columns]
    total = dict(zip(names, told(fall.tables[0].rows[-1]), strict=True))
    assert (total["total"], total["deferred"], total["apart"]) == ("580.00", "580.00", "0.00")
    assert told((await made(db, books, "recognized", across="type")).tables[0].rows[-1])[-1] == (
        "1280.00"
    )
    late = (await made(db, books, "exceptions")).tables[2]
    assert [told(row)[2] for row in late.rows] == ["100.00"]
    await ties_to_the_cent(db, books)


async def ties_to_the_cent(db: Database, books: Books) -> None:
    """NetSuite has the documents and no journal yet; a clerk booked 5.00 by hand in June."""
    before = {"240": -186_000, "400": 0, "410": 0, "409": 0}
    after = {"240": -185_500, "400": 0, "410": 0, "409": 0}
    span = (date(2026, 6, 1), date(2026, 6, 30))
    await gl.read(db, Ledger(d0531=before, d0630=after), span, datetime(2026, 7, 2, tzinfo=UTC))
    async with db.read() as session:
        around = await read_books(session, books.settings, date(2026, 7, 2))
        period = around.settings.calendar.of(span[0])
        found = {one.account: one for one in await ties(session, around, 1, period)}
    deferred, revenue = found["240"], found["400"]
    # 2,700.00 billed, 240.00 credited, 600.00 written off; nothing of 1,340.00 less 60.00 moved.
    assert (deferred.ours, deferred.theirs) == (58_000, 185_500)
    assert [(item.why, item.minor) for item in deferred.items] == [(PENDING, 128_000)]
    assert deferred.unexplained == -500
    assert (revenue.ours, revenue.theirs, revenue.unexplained) == (18_000, 0, 0)

"""A pass may end anywhere: what it wrote stays, what it did not read is read by the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from erp.netsuite.adapter import NetSuite
from erp.port import Erp, ErpBalance, ErpControlTotal, ErpRefused, ErpUnavailable
from flows import sync
from flows.sync.first_import import FAST
from flows.sync.passes import fast_pass, first_import, refresh_invoices, wide_pass
from flows.sync.reconcile import NIGHTLY, nightly
from sandbox.serving import AsgiApp, Receive, Scope, Send
from store import erp_mirror
from store.drift import DriftFindingRow
from store.engine import Database
from store.parties import CustomerRow
from store.receivables import PaymentRow
from tests.erp.account import START, Connected, connected, small_company
from tests.flows.test_sync_truth import Books
from tests.flows.truth import same

COMPANY = small_company(25, 160)
SINCE = START.date() - timedelta(days=90)
Pass = Callable[[Database, Erp, datetime], Awaitable[object]]


@dataclass(slots=True)
class Guillotine:
    """Cancels a task when the ERP has been asked so many times; the answer never arrives."""

    left: int = 1_000_000
    fell: bool = False
    _task: asyncio.Task[object] | None = None
    _loop: asyncio.AbstractEventLoop | None = field(default=None, repr=False)

    def __call__(self, app: AsgiApp) -> AsgiApp:
        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            if str(scope.get("path", "")).startswith("/services/rest/query"):
                self._count()
            await app(scope, receive, send)

        return counted

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0 and self._loop is not None and self._task is not None:
            self.fell = True
            self._loop.call_soon_threadsafe(self._task.cancel)

    async def over(self, work: Awaitable[object], nth: int) -> bool:
        """Run until the nth request; whether the work ended before it."""
        self.left, self.fell, self._loop = nth, False, asyncio.get_running_loop()
        self._task = asyncio.ensure_future(work)
        await asyncio.wait([self._task])
        self.left = 1_000_000
        return not self._task.cancelled()


def live(netsuite: Connected, books: Books) -> None:
    """Something of everything, seen by no pass yet; some of it without a trace."""
    first, second, third, fourth = (books.untouched(nth) for nth in range(4))
    paid = books.act("pay", id=first["id"])
    books.act("edit", id=second["id"], fields={"dueDate": "2026-08-01"})
    books.act("delete", id=third["id"])
    books.act("void", id=int(paid))
    books.act("edit", id=fourth["id"], fields={"dueDate": "2026-08-02"}, quiet=True)
    netsuite.clock.forward(minutes=5)


@pytest.mark.parametrize("passing", [fast_pass, nightly])
async def test_a_pass_killed_at_any_request_goes_on(db: Database, passing: Pass) -> None:
    blade = Guillotine()
    async with connected(COMPANY, bump=False, around=blade) as netsuite:
        await first_import(db, netsuite.erp, START)
        live(netsuite, Books(db, netsuite))
        for nth in range(1, 100):
            if await blade.over(passing(db, netsuite.erp, netsuite.clock()), nth):
                break
        assert nth > 6
        await nightly(db, netsuite.erp, netsuite.clock())
        await same(db, netsuite.account.store, SINCE)


@pytest.mark.parametrize("tenths", range(1, 12, 2))
async def test_an_import_killed_at_any_moment_goes_on(db: Database, tenths: int) -> None:
    async with connected(COMPANY) as netsuite:
        work = asyncio.ensure_future(first_import(db, netsuite.erp, START))
        await asyncio.wait([work], timeout=tenths / 10)
        work.cancel()
        await asyncio.wait([work])
        await first_import(db, netsuite.erp, START)
        await same(db, netsuite.account.store, SINCE)


async def test_a_long_silence_is_read_in_parts_and_each_part_is_kept(db: Database) -> None:
    blade = Guillotine()
    async with connected(COMPANY, around=blade) as netsuite:
        books = Books(db, netsuite)
        await first_import(db, netsuite.erp, START)
        for day in range(9):
            netsuite.clock.at = START + timedelta(days=day)
            books.act("pay", id=books.untouched(day)["id"], amount="1.00")
        netsuite.clock.forward(hours=1)
        assert not await blade.over(fast_pass(db, netsuite.erp, netsuite.clock()), 20)
        async with db.read() as session:
            kept = await erp_mirror.cursor(session, FAST)
        assert kept is not None
        assert START < datetime.fromisoformat(kept.watermark) < netsuite.clock()
        await fast_pass(db, netsuite.erp, netsuite.clock())
        await same(db, netsuite.account.store, SINCE)


async def test_passes_before_the_first_import_do_nothing(db: Database) -> None:
    async with connected(COMPANY) as netsuite:
        assert (await wide_pass(db, netsuite.erp, START)).rows == 0
        assert await nightly(db, netsuite.erp, START) is None
        async with db.read() as session:
            assert not await sync.imported(session)


async def test_a_nightly_pass_interrupted_long_ago_starts_over(db: Database) -> None:
    blade = Guillotine()
    async with connected(COMPANY, around=blade) as netsuite:
        await first_import(db, netsuite.erp, START)
        assert not await blade.over(nightly(db, netsuite.erp, START), 25)
        async with db.read() as session:
            begun = await erp_mirror.cursor(session, NIGHTLY)
        assert begun is not None
        netsuite.clock.forward(days=2)
        Books(db, netsuite).act("delete", id=Books(db, netsuite).untouched()["id"], quiet=True)
        result = await nightly(db, netsuite.erp, netsuite.clock())
        assert result is not None
        assert len(result.missing_netsuite_ids) == 1
        await same(db, netsuite.account.store, SINCE)


async def test_what_no_pass_showed_is_told_as_unexpected(db: Database) -> None:
    async with connected(COMPANY) as netsuite:
        books = Books(db, netsuite)
        await first_import(db, netsuite.erp, START)
        netsuite.clock.forward(hours=1)
        fresh = books.act("duplicate", id=books.untouched()["id"], on="2026-03-02")
        hidden = books.act("duplicate", id=books.untouched()["id"], on="2026-03-02", quiet=True)
        netsuite.clock.forward(minutes=10)
        result = await nightly(db, netsuite.erp, netsuite.clock())
        assert result is not None
        assert fresh != hidden
        assert list(result.unexpected) == [hidden]
        assert result.seen.left_out == ()


class Hidden(NetSuite):
    """An account whose role may add nothing up."""

    async def balances(self) -> Sequence[ErpBalance]:
        raise ErpRefused("balances: no permission")

    async def control_totals(self) -> Sequence[ErpControlTotal]:
        raise ErpRefused("control totals: no permission")


async def test_totals_that_a_role_may_not_read_are_named_and_compared_with_nothing(
    db: Database,
) -> None:
    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START)
        netsuite.clock.forward(minutes=10)
        result = await nightly(db, Hidden(netsuite.erp.client), netsuite.clock())
        assert result is not None
        assert len(result.seen.left_out) == 2
        assert await _findings(db) == []


class Busy(NetSuite):
    """An account where somebody pays an invoice in the very second that all was read."""

    def __init__(self, books: Books) -> None:
        super().__init__(books.netsuite.erp.client)
        self.books = books
        self.asked = 0

    async def now(self) -> datetime:
        self.asked += 1
        if self.asked == 5:
            netsuite = self.books.netsuite
            netsuite.do("pay", id=self.books.untouched()["id"])
            await fast_pass(self.books.db, netsuite.erp, netsuite.clock())
        return await super().now()


async def test_money_that_comes_while_the_night_pass_is_on_is_no_drift(db: Database) -> None:
    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START)
        netsuite.clock.forward(minutes=10)
        busy = Busy(Books(db, netsuite))
        await nightly(db, busy, netsuite.clock())
        assert busy.asked == 5
        assert await _findings(db) == []


async def test_a_role_that_sees_less_deletes_nothing(db: Database) -> None:
    """Most documents out of sight at once are a permission, not deletions."""
    company = small_company(40, 600)
    async with connected(company) as netsuite:
        await first_import(db, netsuite.erp, START)
        store = netsuite.account.store
        store.execute("UPDATE \"transaction\" SET type = 'Hidden' WHERE type = 'CustInvc'")
        with pytest.raises(ErpRefused, match="may see"):
            await nightly(db, netsuite.erp, netsuite.clock())
        store.execute("UPDATE \"transaction\" SET type = 'CustInvc' WHERE type = 'Hidden'")
        netsuite.clock.forward(minutes=5)
        await nightly(db, netsuite.erp, netsuite.clock())
        await same(db, store, SINCE)


async def test_a_change_is_told_to_drift_and_never_by_an_import(db: Database) -> None:
    async with connected(COMPANY) as netsuite:
        books = Books(db, netsuite)
        await first_import(db, netsuite.erp, START)
        assert await _findings(db) == []
        row = books.untouched()
        books.act("edit", id=row["id"], fields={"dueDate": "2026-08-01"})
        await refresh_invoices(db, netsuite.erp, [str(row["id"])], netsuite.clock())
        assert await _findings(db) == [("due_date_changed", str(row["id"]))]
        await books.fast()
        assert len(await _findings(db)) == 1


async def test_a_deleted_payment_is_gone_and_its_customer_is_looked_at(db: Database) -> None:
    async with connected(COMPANY, bump=False) as netsuite:
        books = Books(db, netsuite)
        await first_import(db, netsuite.erp, START)
        row = books.untouched()
        paid = books.act("pay", id=row["id"])
        await books.fast()
        async with db.begin() as session:
            for customer_id in await erp_mirror.moved_customers(session):
                await erp_mirror.looked_at(session, customer_id)
        books.act("delete", id=int(paid), release=True)
        await books.fast()
        await books.same()
        async with db.read() as session:
            found = await session.exec(select(PaymentRow).where(PaymentRow.netsuite_id == paid))
            payment = found.one()
            owner = await session.exec(
                select(CustomerRow.id).where(CustomerRow.netsuite_id == str(row["entity"]))
            )
            assert list(await erp_mirror.moved_customers(session)) == [owner.one()]
        assert payment.state == "reversed"
        assert payment.gone_at is not None
        assert await _findings(db) == [("deleted", paid)]


async def test_a_pass_that_cannot_reach_the_erp_keeps_its_place(db: Database) -> None:
    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START)
        books = Books(db, netsuite)
        books.act("pay", id=books.untouched()["id"])
        netsuite.clock.forward(minutes=5)
        for passing in (fast_pass, wide_pass, nightly):
            netsuite.fault(what="bad_gateway", moment="before", path="/services", nth=3, times=9)
            with pytest.raises(ErpUnavailable):
                await passing(db, netsuite.erp, netsuite.clock())
            netsuite.account.faults.clear()
        await fast_pass(db, netsuite.erp, netsuite.clock())
        await same(db, netsuite.account.store, SINCE)


async def _findings(db: Database) -> list[tuple[str, str]]:
    async with db.read() as session:
        found = await session.exec(select(DriftFindingRow).where(DriftFindingRow.state == "open"))
        return [(row.kind, row.netsuite_id) for row in found.all()]

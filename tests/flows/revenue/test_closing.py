"""Closing as a job: once however often it is asked, told while it goes, whole after a cut."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from itertools import chain, repeat

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from effects.actor import Person, Role
from flows.revenue.checklist import Check
from flows.revenue.close import Refused, Waiting
from flows.revenue.closing import CLOSE, ask, run
from flows.revenue.explaining import NotOpen, Said, explain
from store.audit import AuditRow
from store.parties import SubsidiaryRow
from store.people import UserRow, add_user
from store.revenue import RevenuePeriodRow, RevenuePostingRow, RevenueTotalRow
from store.revenue_checks import sums_apart
from store.revenue_close import held_lines
from store.revenue_closing import RevenueClosingRow
from store.revenue_turns import BUSY
from tests.flows.revenue.books import Books
from tests.flows.revenue.test_close import YEAR, Office, at, closed
from tests.flows.scene import _jobs

ON = date(2026, 1, 15)
NOW = "2026-02-01T07:00"


class Hall(Office):
    """Asks for closings in the name of people who work here."""

    async def person(self, role: str) -> Person:
        async with self.books.db.begin() as session:
            row = await add_user(
                session, email=f"{role}@a.example", name=role, role=role, now=at(NOW)
            )
            return Person(row.id, row.name, Role(row.role))

    async def ask(self, by: Person) -> RevenueClosingRow | Refused:
        async with self.books.db.begin() as session:
            own = await session.get(SubsidiaryRow, 1)
            assert own is not None
            return await ask(session, own, ON, self.desk, by, at(NOW))

    async def asked(self, by: Person) -> int:
        row = await self.ask(by)
        assert isinstance(row, RevenueClosingRow), row
        return row.id

    async def explain(self, by: Person, subject: str) -> Said | NotOpen | Refused:
        async with self.books.db.begin() as session:
            own = await session.get(SubsidiaryRow, 1)
            assert own is not None
            return await explain(session, own, ON, subject, "known", self.desk, by, at(NOW))

    async def run(self, closing_id: int, *clock: str) -> None:
        """Carry it out; each look at the clock takes the next of its times."""
        times = chain(clock, repeat(NOW))

        def now() -> datetime:
            return at(next(times))

        await run(self.books.db, closing_id, self.desk, now)

    async def seen(self) -> RevenueClosingRow:
        async with self.books.db.read() as session:
            return (await session.exec(select(RevenueClosingRow))).one()

    async def jobs(self) -> list[dict[str, object]]:
        async with self.books.db.read() as session:
            return await _jobs(session, CLOSE)

    async def rows(self) -> int:
        async with self.books.db.read() as session:
            return len((await session.exec(select(RevenuePostingRow))).all())


@pytest.fixture
async def hall(books: Books) -> Hall:
    hall = Hall(books)
    await books.invoice("INV1 of Elm 2026-01-05", YEAR, "3 50.00")
    await hall.read("2026-02-01T06:00")
    return hall


@pytest.fixture
def office(books: Books) -> Office:
    return Office(books)


async def test_two_clicks_are_one_job_and_a_cut_in_the_middle_posts_nothing(hall: Hall) -> None:
    noor = await hall.person("controller")
    closing = await hall.asked(noor)
    assert await hall.asked(noor) == closing
    assert await hall.jobs() == [{"closing_id": closing}]
    async with hall.books.db.begin() as holding:
        await (await holding.connection()).execute(text("LOCK revenue_posting IN EXCLUSIVE MODE"))
        running = asyncio.create_task(hall.run(closing))
        while (seen := await hall.seen()).step != "post":
            assert not running.done(), running
            await asyncio.sleep(0.01)
        assert (seen.state, seen.done, seen.total) == ("running", 0, 2)
        assert await hall.asked(noor) == closing
        assert await hall.reopen("2026-01-15") == Refused(BUSY)
        assert await hall.explain(noor, "drift") == Refused(BUSY)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert await hall.rows() == 0
    assert len(await hall.jobs()) == 1
    await hall.run(closing)
    seen, rows = await hall.seen(), await hall.rows()
    assert (seen.state, seen.outcome, seen.told) == ("ended", "waits", "4 rows posted")
    assert rows == 2
    await hall.run(closing)
    assert await hall.rows() == rows
    async with hall.books.db.read() as session:
        told = (await session.exec(select(AuditRow.action).order_by(col(AuditRow.id)))).all()
    assert [one for one in told if one.startswith("revenue.")] == [
        "revenue.close_asked",
        "revenue.period_posted",
    ]


async def test_a_closing_that_was_asked_again_goes_on_to_the_lock(hall: Hall) -> None:
    noor = await hall.person("controller")
    await hall.run(await hall.asked(noor))
    await hall.approve()
    await hall.ledger("2026-01-01", "2026-01-31", a240=-110_000, a400=-10_000, a420=-5_000)
    again = await hall.asked(noor)
    await hall.run(again)
    async with hall.books.db.read() as session:
        last = await session.get(RevenueClosingRow, again)
    assert last is not None
    assert last.outcome == "locked"
    assert len(last.told) == 64
    assert await hall.ask(noor) == Refused("2026-01 is closed")


async def test_the_role_counts_when_it_runs_and_a_failure_is_told(hall: Hall) -> None:
    pia = await hall.person("collector")
    assert await hall.ask(pia) == Refused("a period is closed by a controller")
    noor = await hall.person("controller")
    closing = await hall.asked(noor)
    with pytest.raises(ValueError, match="month must be"):
        await hall.run(closing, NOW, "2026-13-01")
    assert (await hall.seen()).problem == "ValueError"
    assert await hall.asked(noor) == closing
    async with hall.books.db.begin() as session:
        user = await session.get(UserRow, noor.user_id)
        assert user is not None
        user.role = "approver"
        session.add(user)
    await hall.run(closing)
    seen = await hall.seen()
    assert (seen.outcome, seen.problem) == ("refused", "")
    assert seen.told == "a period is closed by a controller"
    assert await hall.rows() == 0


async def test_another_item_takes_the_old_revenue_back_from_its_own_accounts(
    office: Office,
) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await closed(office, "2026-01-15", "2026-02-01T06:00", a240=-110_000, a400=-10_000)
    await office.books.invoice("INV1 of Elm 2026-01-05", "2 1200.00 2026-01-01 2026-12-31")
    await office.read("2026-03-01T06:00")
    assert isinstance(await office.close("2026-02-15", "2026-03-01T07:00"), Waiting)
    assert sorted(await office.approve()) == ["240 10000", "400 10000", "410 -20000"]
    async with office.books.db.read() as session:
        assert await sums_apart(session) == []
        left = await session.exec(
            select(RevenueTotalRow.revenue_account)
            .where(RevenueTotalRow.left_minor != 0)
            .distinct()
        )
        assert left.all() == ["410"]


async def test_another_customer_takes_what_is_posted_along_in_every_sum(office: Office) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await closed(office, "2026-01-15", "2026-02-01T06:00", a240=-110_000, a400=-10_000)
    await office.books.invoice("INV1 of Oak 2026-01-05", YEAR)
    await office.read("2026-03-01T06:00")
    assert isinstance(await office.close("2026-02-15", "2026-03-01T07:00"), Waiting)
    async with office.books.db.read() as session:
        rows = (await session.exec(select(RevenueTotalRow))).all()
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    for row in rows:
        amount, left = sums.get((row.customer_id, row.measure), (0, 0))
        sums[row.customer_id, row.measure] = amount + row.amount_minor, left + row.left_minor
    assert {key: both for key, both in sums.items() if any(both)} == {
        (2, "planned"): (120_000, 100_000),
        (2, "posted"): (20_000, 0),
        (2, "document"): (120_000, 0),
    }
    assert {row.customer_id for row in rows if row.waits} == {2}


async def test_lines_that_nobody_looked_at_come_first_in_a_list_that_is_cut(
    office: Office,
) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", "1 1200.00", "1 100.00")
    await office.books.take()
    await office.review("2026-01-15", "held:invoice:n-INV1:1")
    async with office.books.db.read() as session:
        row = (await session.exec(select(RevenuePeriodRow))).one()
        (held,) = await held_lines(session, row.id, 1, row.ends_on, most=1)
    assert (held.key, held.reviewed) == ("invoice:n-INV1:2", False)


async def test_a_posted_period_of_which_nobody_knows_when_is_told(office: Office) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await closed(office, "2026-01-15", "2026-02-01T06:00", a240=-110_000, a400=-10_000)
    async with office.books.db.begin() as session:
        row = (await session.exec(select(RevenuePeriodRow))).one()
        row.posted_at = None
        session.add(row)
    found = await office.standing("2026-02-01T07:00", "2026-01-15")
    assert found.point(Check.POSTED).told == "posted by Noor"

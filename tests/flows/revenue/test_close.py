"""Closing: the list, rows, journals through the gate, the lock; reopening; changes decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from domain.ledger.money import Money
from domain.revenue.modification import Treatment
from effects.actor import Person, Role
from effects.answers import Approved
from effects.decide import approve, reject
from effects.kinds import PostJournal
from effects.kinds_journal import EntryLine
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from flows.desk import Desk
from flows.revenue.changes import Decided, NotDecided, decide
from flows.revenue.checklist import Check, Checklist, State
from flows.revenue.close import Locked, Refused, Waiting, close, reopen, review, standing
from flows.revenue.snapshot import Intact, verify
from flows.sync.first_import import FAST
from store import erp_mirror
from store.effects import EffectRow
from store.parties import SubsidiaryRow
from store.revenue import (
    RevenueJournalRow,
    RevenueModificationRow,
    RevenuePeriodRow,
    RevenuePostingRow,
    RevenueReviewRow,
    RevenueSnapshotRow,
)
from store.revenue_gl import RevenueGlRow, keep
from tests.flows.revenue.books import Books, settings
from tests.flows.scene import desk as plain_desk

NOOR = Person(7, "Noor", Role.CONTROLLER)
OLE = Person(9, "Ole", Role.CONTROLLER)
PIA = Person(8, "Pia", Role.COLLECTOR)
POLICY = ApprovalPolicy(
    "test", {"post_journal": KindPolicy((Rule("journals are seen", Role.CONTROLLER),))}
)
YEAR = "1 1200.00 2026-01-01 2026-12-31"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Office:
    """Closes the books of the first subsidiary, on the first of a month."""

    def __init__(self, books: Books) -> None:
        self.books = books

    @property
    def desk(self) -> Desk:
        return replace(plain_desk(), revenue=self.books.settings, approval=POLICY)

    async def read(self, until: str) -> None:
        """NetSuite was read until then, and the books took everything in."""
        async with self.books.db.begin() as session:
            await erp_mirror.advance(session, FAST, now=at(until), watermark=at(until).isoformat())
        await self.books.take()

    async def close(self, on: str, now: str, by: Person = NOOR) -> Locked | Waiting | Refused:
        async with self.books.db.begin() as session:
            own = await session.get(SubsidiaryRow, 1)
            assert own is not None
            return await close(session, own, date.fromisoformat(on), self.desk, by, at(now))

    async def standing(self, now: str, on: str = "") -> Checklist:
        async with self.books.db.begin() as session:
            own = await session.get(SubsidiaryRow, 1)
            assert own is not None
            day = date.fromisoformat(on) if on else None
            return await standing(session, own, self.desk, at(now), day)

    async def review(
        self, on: str, subject: str, amount: int | None = None
    ) -> RevenueReviewRow | Refused:
        async with self.books.db.begin() as session:
            own = await session.get(SubsidiaryRow, 1)
            assert own is not None
            return await review(
                session,
                own,
                date.fromisoformat(on),
                subject,
                "known",
                self.desk,
                NOOR,
                self.books.now,
                amount_minor=amount,
                currency="USD",
            )

    async def reopen(self, on: str, by: Person = NOOR) -> RevenuePeriodRow | Refused:
        async with self.books.db.begin() as session:
            own = await session.get(SubsidiaryRow, 1)
            assert own is not None
            return await reopen(
                session, own, date.fromisoformat(on), "late invoice", self.desk, by, self.books.now
            )

    async def ledger(self, first: str, last: str, **balances: int) -> None:
        """What the general ledger has: a240=-110000 is account 240, debits above zero."""
        async with self.books.db.begin() as session:
            rows = [
                RevenueGlRow(
                    subsidiary_id=1,
                    account=name[1:],
                    first_on=date.fromisoformat(first),
                    last_on=date.fromisoformat(last),
                    currency="USD",
                    balance_minor=minor,
                    before_minor=0,
                    read_at=at(last),
                )
                for name, minor in balances.items()
            ]
            await keep(session, rows)

    async def approve(self) -> list[str]:
        """Approve every open journal, as the ERP then posts them; their lines."""
        told = list[str]()
        async with self.books.db.begin() as session:
            rows = await session.exec(select(EffectRow).where(EffectRow.state == "proposed"))
            for row in rows.all():
                answer = await approve(
                    session, row.id, row.fingerprint, OLE, POLICY, self.books.now
                )
                assert isinstance(answer, Approved)
                row.state = "done"
                session.add(row)
                effect = PostJournal.from_payload(row.payload)
                told += [f"{x.account_netsuite_id} {x.signed.minor}" for x in effect.lines]
        return told


@pytest.fixture
def office(books: Books) -> Office:
    return Office(books)


async def closed(office: Office, on: str, now: str, **balances: int) -> Locked:
    """Post, tie, approve, lock: what a month takes when nothing is wrong."""
    await office.read(now)
    assert isinstance(await office.close(on, now), Waiting)
    found = await office.standing(now, on)
    await office.ledger(
        found.period.starts_on.isoformat(), found.period.ends_on.isoformat(), **balances
    )
    await office.approve()
    done = await office.close(on, now)
    assert isinstance(done, Locked), done
    return done


async def test_a_month_is_posted_tied_approved_and_locked(office: Office) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR, "3 50.00", "tax 100.00")
    await office.books.invoice("INV2 of Oak 2026-01-05 rate 1.1", "1 120.00 2026-01-01 2026-12-31")
    await office.read("2026-02-01T06:00")
    found = await office.standing("2026-02-01T07:00")
    assert (found.period.name, found.may_post, found.ready) == ("2026-01", True, False)
    waiting = await office.close("2026-01-15", "2026-02-01T07:00")
    assert isinstance(waiting, Waiting)
    assert waiting.done == "6 rows posted"
    assert [p.check for p in waiting.checklist.waiting] == [Check.TIE_OUT, Check.JOURNALS]
    assert waiting.checklist.point(Check.JOURNALS).owner == "approver"
    await office.ledger("2026-01-01", "2026-01-31", a240=-133_200, a400=0, a420=-5_000)
    posted = sorted(await office.approve())
    assert posted == ["240 10000", "240 1100", "400 -10000", "400 -1100"]
    again = await office.close("2026-01-15", "2026-02-01T08:00")
    assert isinstance(again, Waiting)
    tied = again.checklist.point(Check.TIE_OUT)
    assert tied.state is State.OPEN
    assert len(tied.names) == len(tied.open) > 0
    assert not any(key.endswith(name) for key, name in zip(tied.open, tied.names, strict=True))
    await office.ledger("2026-01-01", "2026-01-31", a240=-122_100, a400=-11_100, a420=-5_000)
    locked = await office.close("2026-01-15", "2026-02-01T08:00")
    assert isinstance(locked, Locked)
    assert await office.close("2026-01-15", "2026-02-01T09:00") == Refused("2026-01 is closed")
    await intact(office, locked)


async def intact(office: Office, locked: Locked) -> None:
    async with office.books.db.begin() as session:
        row = (
            await session.exec(
                select(RevenuePeriodRow).where(RevenuePeriodRow.name == locked.period)
            )
        ).one()
        assert await verify(session, row, row.run) == Intact(locked.sha256)
        assert row.closed_by == "Noor"


async def test_what_comes_late_goes_to_the_next_period_and_the_locked_one_stays(
    office: Office,
) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    locked = await closed(office, "2026-01-15", "2026-02-01T06:00", a240=-110_000, a400=-10_000)
    await office.books.invoice("INV2 of Elm 2026-01-20", "1 120.00 2026-01-01 2026-12-31")
    await office.books.credit("CM1 of INV1 2026-01-25", "1 120.00")
    await closed(office, "2026-02-15", "2026-03-01T06:00", a240=-100_000, a400=-10_000)
    assert await office.books.posted() == {"2026-01": 10_000, "2026-02": 10_000}
    assert await office.books.posted("invoice:n-INV2:1") == {"2026-02": 2_000}
    await intact(office, locked)
    await rows_refuse_any_change(office)


async def rows_refuse_any_change(office: Office) -> None:
    for row_class in (RevenuePostingRow, RevenueSnapshotRow):
        with pytest.raises(DBAPIError, match="stands as it was written"):
            async with office.books.db.begin() as session:
                row = (await session.exec(select(row_class).limit(1))).one()
                await session.delete(row)


async def test_the_list_says_what_stands_in_the_way(office: Office) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", "1 1200.00", YEAR)
    found = await office.standing("2026-02-01T07:00")
    assert found.point(Check.SYNC).told == "NetSuite was never read"
    await office.read("2026-01-31T23:00")
    found = await office.standing("2026-02-01T07:00")
    assert found.point(Check.SYNC).told == "NetSuite was read until 2026-01-31 23:00 UTC"
    await office.read("2026-02-01T00:00")
    waiting = await office.close("2026-01-15", "2026-02-01T07:00")
    assert isinstance(waiting, Waiting)
    assert waiting.done == ""
    point = waiting.checklist.point(Check.EXCEPTIONS)
    assert (point.state, point.open) == (State.OPEN, ("held:invoice:n-INV1:1",))
    assert not isinstance(await office.review("2026-01-15", point.open[0]), Refused)
    after = await office.close("2026-01-15", "2026-02-01T07:00")
    assert isinstance(after, Waiting)
    assert after.checklist.point(Check.EXCEPTIONS).state is State.EXPLAINED
    assert after.checklist.point(Check.POSTED).state is State.DONE


async def test_only_a_controller_closes_and_reopens_and_says_why(office: Office) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    refused = await office.close("2026-01-15", "2026-02-01T07:00", PIA)
    assert refused == Refused("a period is closed by a controller")
    first = await closed(office, "2026-01-15", "2026-02-01T06:00", a240=-110_000, a400=-10_000)
    assert await office.reopen("2026-01-15", PIA) == Refused("a period is reopened by a controller")
    assert await office.reopen("2026-02-15") == Refused("2026-02 is not closed")
    await office.books.invoice("INV2 of Elm 2026-01-20", "1 120.00 2026-01-01 2026-12-31")
    await office.books.take()
    row = await office.reopen("2026-01-15")
    assert isinstance(row, RevenuePeriodRow)
    assert (row.state, row.reopened_by) == ("reopened", "Noor")
    second = await closed(office, "2026-01-15", "2026-02-01T08:00", a240=-121_000, a400=-11_000)
    assert second.sha256 != first.sha256
    assert await office.books.posted() == {"2026-01": 11_000}
    async with office.books.db.begin() as session:
        journals = (await session.exec(select(RevenueJournalRow.run))).all()
        assert sorted(journals) == [1, 2]
        assert await verify(session, row, 1) != await verify(session, row, 2)
        assert isinstance(await verify(session, row, 1), Intact)


async def test_a_rejected_journal_is_proposed_again(office: Office) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await office.read("2026-02-01T06:00")
    await office.close("2026-01-15", "2026-02-01T07:00")
    async with office.books.db.begin() as session:
        row = (await session.exec(select(EffectRow))).one()
        await reject(session, row.id, row.fingerprint, OLE, POLICY, office.books.now)
    await office.close("2026-01-15", "2026-02-01T07:00")
    async with office.books.db.read() as session:
        rows = (await session.exec(select(EffectRow).order_by(col(EffectRow.id)))).all()
    assert [row.state for row in rows] == ["rejected", "proposed"]


async def test_where_netsuite_posts_there_is_no_journal_and_none_can_be_made(
    office: Office,
) -> None:
    office.books.settings = settings("", base="mode: arm\ndefaults: {method: even_periods}\n")
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await office.read("2026-02-01T06:00")
    waiting = await office.close("2026-01-15", "2026-02-01T07:00")
    assert isinstance(waiting, Waiting)
    assert waiting.checklist.point(Check.JOURNALS).open == ("arm",)
    async with office.books.db.read() as session:
        assert (await session.exec(select(EffectRow))).all() == []
    lines = (
        EntryLine("240", "Deferred", Money(100, "USD")),
        EntryLine("400", "Revenue", None, Money(100, "USD")),
    )
    with pytest.raises(ValueError, match="only where the ERP does not post it"):
        PostJournal(
            purpose="revenue",
            customer_id=None,
            customer_netsuite_id="",
            lines=lines,
            posted_on=date(2026, 1, 31),
            occasion="x",
            external_id="x",
        )
    await office.ledger("2026-01-01", "2026-01-31", a240=-110_000, a400=-10_000)
    assert not isinstance(await office.review("2026-01-15", "arm"), Refused)
    assert isinstance(await office.close("2026-01-15", "2026-02-01T07:00"), Locked)


async def decided(office: Office, treatment: Treatment) -> Decided | NotDecided:
    async with office.books.db.begin() as session:
        row = (await session.exec(select(RevenueModificationRow))).one()
        assert set(row.figures) == {"separate", "prospective", "none", "catch_up"}
        return await decide(
            session,
            row.id,
            treatment,
            by=NOOR.actor,
            name="Noor",
            reason="more seats",
            settings=office.books.settings,
            now=office.books.now,
        )


@pytest.mark.parametrize("treatment", ["prospective", "catch_up", "separate"])
async def test_a_posted_line_that_changed_waits_for_a_named_person(
    office: Office, treatment: str
) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await closed(office, "2026-01-15", "2026-02-01T06:00", a240=-110_000, a400=-10_000)
    office.books.now = at("2026-02-10")
    await office.books.invoice("INV1 of Elm 2026-01-05", "1 1530.00 2026-01-01 2026-12-31")
    assert (await office.books.take()).changes == 1
    assert (await office.books.line("invoice:n-INV1:1")).amount_minor == 120_000
    found = await office.standing("2026-03-01T07:00")
    assert found.point(Check.MODIFICATIONS).state is State.OPEN
    assert await decided(office, Treatment.NONE) == NotDecided(
        "the amount changed by 330.00 USD: that is more than words"
    )
    assert isinstance(await decided(office, Treatment(treatment)), Decided)
    await office.books.take()
    assert (await office.books.take()).changes == 0
    lines = await office.books.lines()
    whole = {"separate": 120_000}.get(treatment, 153_000)
    assert lines["invoice:n-INV1:1"] == f"active {whole}"
    cells = await office.books.cells("invoice:n-INV1:1")
    assert cells["2026-12"] == {"prospective": 12_706, "catch_up": 12_750}.get(treatment, 10_000)
    added = [key for key in lines if "+" in key]
    assert [lines[key] for key in added] == (["active 33000"] if treatment == "separate" else [])
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    assert (await office.books.take()).changes == 1


async def test_a_change_that_was_undone_asks_for_nothing(office: Office) -> None:
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await closed(office, "2026-01-15", "2026-02-01T06:00", a240=-110_000, a400=-10_000)
    await office.books.invoice("INV1 of Elm 2026-01-05", "1 1200.00 2026-01-01 2026-06-30")
    await office.books.take()
    async with office.books.db.read() as session:
        row = (await session.exec(select(RevenueModificationRow))).one()
    assert (row.state, row.suggested) == ("proposed", "prospective")
    await office.books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await office.books.take()
    async with office.books.db.read() as session:
        row = (await session.exec(select(RevenueModificationRow))).one()
    assert row.state == "withdrawn"

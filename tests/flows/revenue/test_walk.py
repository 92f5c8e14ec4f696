"""From the ERP's invoices to its ledger: read, planned, posted, journalled, tied and locked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import select

from domain.revenue.settings import Mode
from effects.actor import Person, Role
from effects.answers import Approved
from effects.decide import approve
from effects.kinds import PostJournal
from effects.outcomes import Done, Unchanged
from erp.performers import PostJournalPerformer
from flows.desk import Desk
from flows.revenue.checklist import Check, Checklist
from flows.revenue.close import Locked, Refused, Waiting, close, review, standing
from flows.revenue.nightly import keep_settings, overnight
from flows.revenue.reports import gl
from flows.revenue.reports.around import read_books
from flows.revenue.reports.tie_out import ties
from flows.sync.passes import fast_pass, first_import
from sources.revenue_policy import revenue_settings
from store.effects import EffectRow
from store.engine import Database
from store.parties import SubsidiaryRow
from store.revenue import RevenueObligationRow
from tests.erp.account import START, Connected, connected, small_company
from tests.flows.revenue.test_close import POLICY
from tests.flows.scene import desk as plain_desk

NOOR = Person(7, "Noor", Role.CONTROLLER)
OLE = Person(9, "Ole", Role.CONTROLLER)
FEBRUARY = date(2026, 2, 1)
SETTINGS = "mode: journal\ndefaults: {method: exact_days, without_dates: at_billing}\n"


class Walk:
    """One subsidiary's February."""

    def __init__(self, db: Database, netsuite: Connected) -> None:
        self.db, self.netsuite, self.own = db, netsuite, 0
        settings = revenue_settings(SETTINGS, "revenue.yaml")
        self.desk: Desk = replace(plain_desk(), revenue=settings, approval=POLICY)

    @property
    def now(self) -> datetime:
        return self.netsuite.clock()

    async def choose(self) -> None:
        """The subsidiary that billed most lines."""
        async with self.db.read() as session:
            rows = (await session.exec(select(RevenueObligationRow.subsidiary_id))).all()
        self.own = max(set(rows), key=rows.count)

    async def close(self) -> Locked | Waiting | Refused:
        async with self.db.begin() as session:
            own = await session.get(SubsidiaryRow, self.own)
            assert own is not None
            return await close(session, own, FEBRUARY, self.desk, NOOR, self.now)

    async def say(self, subject: str, amount: int, currency: str = "") -> None:
        async with self.db.begin() as session:
            own = await session.get(SubsidiaryRow, self.own)
            assert own is not None
            said = await review(
                session,
                own,
                FEBRUARY,
                subject,
                "known",
                self.desk,
                NOOR,
                self.now,
                amount_minor=amount,
                currency=currency,
            )
            assert not isinstance(said, Refused)

    async def accept_the_rest(self) -> None:
        """Open drift, receipts and held lines are accepted by name, as many as there are."""
        async with self.db.read() as session:
            own = await session.get(SubsidiaryRow, self.own)
            assert own is not None
            found = await standing(session, own, self.desk, self.now, FEBRUARY)
        for point in found.points:
            if point.check in (Check.DRIFT, Check.RECEIPTS, Check.EXCEPTIONS):
                for subject in point.open:
                    await self.say(subject, 1_000)

    async def post_journals(self) -> int:
        """Another controller approves; the ERP gets them, once."""
        hands = PostJournalPerformer(self.netsuite.erp, self.netsuite.clock)
        async with self.db.begin() as session:
            rows = (await session.exec(select(EffectRow))).all()
            for row in rows:
                said = await approve(session, row.id, row.fingerprint, OLE, POLICY, self.now)
                assert isinstance(said, Approved)
        for row in rows:
            effect = PostJournal.from_payload(row.payload)
            async with self.db.begin() as session:
                assert await hands.still_true(session, effect) == Unchanged()
                done = await hands.act(effect)
                assert isinstance(done, Done)
                await hands.record(session, effect, row.id, done)
                stored = await session.get(EffectRow, row.id)
                assert stored is not None
                stored.state = "done"
                session.add(stored)
        return len(rows)

    async def explain_what_was_before(self) -> int:
        """The ledger has what was recognized before these books began; somebody says so."""
        await gl.read(self.db, self.netsuite.erp, (FEBRUARY, date(2026, 2, 28)), self.now)
        async with self.db.read() as session:
            around = await read_books(session, self.desk.revenue, self.now.date())
            period = self.desk.revenue.calendar.of(FEBRUARY)
            apart = [t for t in await ties(session, around, self.own, period) if t.unexplained]
        for tie in apart:
            await self.say(tie.subject, tie.unexplained, tie.seller.currency)
        return len(apart)


async def test_a_month_from_invoices_to_the_ledger(db: Database) -> None:
    company = replace(small_company(4, 24), breadth=True)
    async with connected(company) as netsuite:
        walk = Walk(db, netsuite)
        await first_import(db, netsuite.erp, START)
        await fast_pass(db, netsuite.erp, START)
        assert await keep_settings(db, walk.desk, START)
        assert not await keep_settings(db, walk.desk, START)
        taken = await overnight(db, netsuite.erp, walk.desk, START)
        assert taken.lines > 20
        await walk.choose()
        await walk.accept_the_rest()
        waiting = await walk.close()
        assert isinstance(waiting, Waiting), waiting
        told(waiting.checklist)
        assert await walk.post_journals() >= 1
        await walk.explain_what_was_before()
        locked = await walk.close()
        assert isinstance(locked, Locked), locked
        assert locked.period == "2026-02"


def told(found: Checklist) -> None:
    assert found.mode is Mode.JOURNAL
    assert {p.check for p in found.waiting} <= {Check.TIE_OUT, Check.JOURNALS}, found.waiting

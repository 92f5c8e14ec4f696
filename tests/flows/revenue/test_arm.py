"""NetSuite's own plans read, set beside the books, and what the close makes of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from domain.ledger.money import Money
from domain.revenue.settings import RevenueSettings
from effects.actor import Actor, ActorKind, Role
from effects.kinds import PostJournal
from effects.kinds_journal import EntryLine
from effects.outcomes import Changed
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from effects.propose import Because, propose
from erp.performers import PostJournalPerformer
from erp.port import InvoiceToPost, LineToPost, Posted
from flows.revenue.arm import NotAsked, PlansNotShown, PlansRead, read_plans
from flows.revenue.arm_close import arm_judged
from flows.revenue.credit_lines import mirror_credit_lines
from flows.revenue.intake import take_in
from flows.sync.passes import first_import
from sandbox.company import Company
from sandbox.netsuite.access.roles import ARM
from store.engine import Database
from store.parties import SubsidiaryRow
from store.revenue import RevenueJournalRow, RevenuePeriodRow
from store.revenue_arm import RevenueArmRow
from tests.erp.account import START, Connected, connected, small_company
from tests.flows.revenue.books import settings

CLOCKWORK = Actor(ActorKind.SYSTEM, "test")
POLICY = ApprovalPolicy(
    "test", {"post_journal": KindPolicy((Rule("journals are seen", Role.CONTROLLER),))}
)
BACK = {"revRecEndDate": "2026-05-31"}
END = date(2026, 3, 31)


def rules(mode: str = "arm") -> RevenueSettings:
    return settings("", base=f"mode: {mode}\ndefaults: {{method: even_periods}}\n")


class Desk:
    """An account with invoices of software, and the books that were read from it."""

    def __init__(self, db: Database, netsuite: Connected) -> None:
        self.db = db
        self.netsuite = netsuite

    @property
    def company(self) -> Company:
        return self.netsuite.company

    async def push(self, name: str, first: str = "", last: str = "", money: str = "USD") -> str:
        debtor = next(d for d in self.company.debtors if d.currency == money)
        days = [date.fromisoformat(day) if day else None for day in (first, last)]
        line = LineToPost(
            "509", Money(90_001, money), service_starts_on=days[0], service_ends_on=days[1]
        )
        made = await self.netsuite.erp.post_invoice(
            InvoiceToPost(
                f"dw-{name}", str(debtor.id), money, date(2026, 3, 9), (line,), number=name
            )
        )
        assert isinstance(made, Posted), made
        return made.netsuite_id

    async def read(self) -> PlansRead | PlansNotShown | NotAsked:
        """Everything once more: mirror, books, plans."""
        await first_import(self.db, self.netsuite.erp, START)
        await mirror_credit_lines(self.db, self.netsuite.erp, START)
        await take_in(self.db, rules(), START, thorough=True)
        return await read_plans(self.db, self.netsuite.erp, rules(), START)

    async def found(self) -> dict[str, list[str]]:
        """The state of each line of ours with the causes, by its document."""
        async with self.db.read() as session:
            rows = await session.exec(select(RevenueArmRow).order_by(col(RevenueArmRow.id)))
        return {
            row.label: [row.state, *(str(one["cause"]) for one in row.findings)]
            for row in rows.all()
        }

    async def judged(self, posted_at: datetime = START) -> str:
        async with self.db.read() as session:
            own = (await session.exec(select(SubsidiaryRow).where(
                SubsidiaryRow.currency == "USD"))).first()  # fmt: skip
            assert own is not None
            return (await arm_judged(session, own.id, END, posted_at)).told


async def test_plans_are_compared_by_element_and_period_and_every_cause_is_told(
    db: Database,
) -> None:
    async with connected(small_company(4, 8)) as netsuite:
        netsuite.account.role.switch_on([ARM])
        desk = Desk(db, netsuite)
        await desk.push("EVEN", "2026-03-01", "2026-05-31")
        changed = await desk.push("CHANGED", "2026-03-01", "2026-05-31")
        await desk.push("UNDATED")
        credited = await desk.push("CREDITED", "2026-03-01", "2026-05-31")
        pounds = await desk.push("POUNDS", "2026-03-01", "2026-05-31", "GBP")
        netsuite.do("update_revenue")
        line = {"line": 1, "revRecStartDate": "2026-03-01", "revRecEndDate": "2026-06-30"}
        netsuite.do("edit", id=int(changed), fields={"item": {"items": [line]}})
        fields = {"tranId": "CM"}
        netsuite.do("transform", id=int(credited), type="creditMemo", fields=fields)
        fields = {"tranId": "CM2", "exchangeRate": "1.5"}
        netsuite.do("transform", id=int(pounds), type="creditMemo", fields=fields)
        netsuite.do("update_revenue")
        await desk.push("NEW", "2026-03-01", "2026-05-31")
        assert await desk.read() == PlansRead(7)
        found = await desk.found()
        assert found["EVEN line 1"] == ["equal"]
        assert found["CHANGED line 1"] == ["differs", "dates_changed"]
        assert found["UNDATED line 1"] == ["equal", "no_dates"]
        assert found["CREDITED line 1"] == found["CM line 1"] == ["equal"]
        assert found["POUNDS line 1"] == ["equal"]
        assert found["CM2 line 1"] == ["differs", "exchange_rate", "own_arrangement"]
        assert found["NEW line 1"] == ["only_ours", "no_element"]
        assert "differ from NetSuite" in await desk.judged()
        netsuite.do("update_revenue")
        netsuite.account.role.restrict({"LIST_REVENUEPLAN": "NONE"})
        told = await desk.read()
        assert isinstance(told, PlansNotShown)
        assert "Revenue Recognition Plan" in await desk.judged()
        assert (await desk.found())["NEW line 1"] == ["only_ours", "no_element"]
        netsuite.account.role.restrict({})
        assert await desk.read() == PlansRead(8)
        assert (await desk.found())["NEW line 1"] == ["equal"]
        netsuite.do("edit", id=int(changed), fields={"item": {"items": [{**line, **BACK}]}})
        assert await desk.read() == PlansRead(8)
        assert await desk.judged() == "NetSuite has not posted 5 of 6 elements in full"
        netsuite.do("recognize_revenue", on="2026-03-31")
        assert await desk.read() == PlansRead(8)
        assert await desk.judged() == "6 elements are equal in NetSuite and posted there"
        assert "before the period was posted" in await desk.judged(START + timedelta(hours=1))
        assert await read_plans(db, netsuite.erp, rules("journal"), START) == NotAsked()


async def test_a_revenue_journal_is_refused_at_its_making_and_at_its_posting(db: Database) -> None:
    lines = (
        EntryLine("9", "Deferred", Money(100, "USD")),
        EntryLine("11", "Revenue", None, Money(100, "USD")),
    )

    def journal(**mode: Any) -> PostJournal:
        return PostJournal(
            purpose="revenue", customer_id=None, customer_netsuite_id="", lines=lines,
            posted_on=END, occasion="march", external_id="dw-rev", **mode,
        )  # fmt: skip

    with pytest.raises(ValueError, match="only where the ERP does not post it"):
        journal()
    forged = journal(revenue_mode="journal")
    async with connected(small_company(2, 2)) as netsuite, db.begin() as session:
        hands = PostJournalPerformer(netsuite.erp, netsuite.clock)
        unknown = await hands.still_true(session, forged)
        session.add(SubsidiaryRow(netsuite_id="1", name="Main", currency="USD"))
        await session.flush()
        period = RevenuePeriodRow(
            subsidiary_id=1, name="2026-03", starts_on=date(2026, 3, 1), ends_on=END,
            state="posted", mode="arm",
        )  # fmt: skip
        session.add(period)
        because = Because("revenue of the period", {})
        made = await propose(
            session, forged, policy=POLICY, because=because, by=CLOCKWORK, now=START
        )
        await session.flush()
        session.add(RevenueJournalRow(
            period_id=period.id, run=1, currency="USD", base_currency="USD",
            effect_id=made.effect_id, proposed_at=START,
        ))  # fmt: skip
        await session.flush()
        told = await hands.still_true(session, forged)
        assert netsuite.account.store.number("SELECT COUNT(*) FROM _write") == 0
    assert isinstance(unknown, Changed)
    assert isinstance(told, Changed)
    assert "posts revenue itself" in told.reason

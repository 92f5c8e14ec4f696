"""What people say about a deal: missing terms, evidence, usage, its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.ledger.deal import DealMilestone
from effects.actor import Person, Role
from flows.deals import answering
from flows.deals.answering import Noted, Upload
from flows.deals.shown import listed, shown
from flows.deals.taking import Taken
from flows.drafts.drafting import Closed, Invalid, Missing
from store.billing import MilestoneRow
from store.deals import DealAnswerRow, DealRow
from tests.flows.deals.telling import SETUP, YEAR, Sales, deal, later, usd
from tests.flows.scene import NOW

IDA = Person(1, "Ida Clerk", Role.COLLECTOR)
PAPER = Upload("acceptance.pdf", "application/pdf", b"%PDF-1.7 accepted")
GO = replace(
    SETUP, billed="milestone", unit_price=usd("1000.00"), sku="",
    milestones=(DealMilestone("Kick-off", usd("400.00"), date(2026, 3, 20)),
                DealMilestone("Go-live", usd("600.00"), date(2026, 6, 1))),
)  # fmt: skip
USED = replace(
    YEAR, billed="usage", frequency="month", quantity="0", unit_price=usd("0.50"),
    starts_on=date(2026, 2, 1), term_months=3,
)  # fmt: skip


async def said(sales: Sales, name: str, *args: Any, **more: Any) -> Any:
    row = (await sales.office.scene.all(DealRow))[0]
    async with sales.office.db.begin() as session:
        return await getattr(answering, name)(session, row.id, *args, IDA, sales.now, **more)


async def test_an_answer_is_kept_for_later_versions(sales: Sales) -> None:
    bare = replace(YEAR, term_months=None, frequency="once", billed="arrears")
    await sales.take(deal(bare))
    assert await sales.drafts() == []
    wrong = await said(sales, "answer", "L1", {"term_months": "0", "frequency": "daily"})
    assert isinstance(wrong, Invalid)
    assert sorted(wrong.problems) == ["frequency", "term_months"]
    assert isinstance(await said(sales, "answer", "L1", {}), Invalid)
    assert isinstance(await said(sales, "answer", "L9", {"term_months": "3"}), Missing)
    await said(sales, "answer", "L1", {"term_months": "6"})
    assert await sales.amounts() == []
    await said(sales, "answer", "L1", {"frequency": "month"})
    assert [one[1] for one in await sales.amounts()][:2] == ["2026-04-01", "2026-05-01"]
    assert await sales.work() == []
    await sales.take(later(deal(bare), lines=(replace(bare, quantity="11"),)))
    assert {one[2] for one in await sales.amounts()} == {110_000}
    (kept,) = await sales.office.scene.all(DealAnswerRow)
    assert (kept.name, kept.value) == ("Ida Clerk", {"term_months": "6", "frequency": "month"})
    await sales.take(later(deal(YEAR), 60))
    assert (await sales.amounts())[0][1] == "2026-03-01"


async def test_milestones_are_said_and_their_evidence_opens_them(sales: Sales) -> None:
    await sales.take(deal(replace(GO, milestones=())))
    parts = [
        {"name": "Kick-off", "amount": "400.00", "planned_on": "2026-03-20"},
        {"name": "Go-live", "amount": "500.00", "planned_on": "2026-06-01"},
    ]
    wrong = await said(sales, "answer", "L2", {"milestones": parts})
    assert "900.00 USD" in wrong.problems["milestones"]
    parts[1]["amount"] = "600.00"
    await said(sales, "answer", "L2", {"milestones": parts})
    assert [one[2] for one in await sales.amounts()] == [40_000, 60_000]
    sales.now = NOW + timedelta(days=30)
    assert (await sales.settle()).drafted == ()
    tomorrow = (sales.now + timedelta(days=1)).date().isoformat()
    shown_too_early = await said(sales, "show_evidence", "L2", "Kick-off", tomorrow, PAPER)
    assert "accepted_on" in shown_too_early.problems
    empty = replace(PAPER, content=b"")
    nothing = await said(sales, "show_evidence", "L2", "Kick-off", "2026-04-01", empty)
    assert "file" in nothing.problems
    assert isinstance(
        await said(sales, "show_evidence", "L2", "Party", "2026-04-01", PAPER), Missing
    )
    found = await said(sales, "show_evidence", "L2", "Kick-off", "2026-04-01", PAPER)
    assert len(found.settled.drafted) == 1
    (draft,) = await sales.drafts()
    assert (draft.total_minor, draft.lines[0]["description"]) == (40_000, "Setup: Kick-off")
    (kept,) = await sales.office.scene.all(MilestoneRow)
    assert (kept.filename, kept.by_name) == ("acceptance.pdf", "Ida Clerk")


async def test_a_milestone_billed_without_evidence_is_asked_about(sales: Sales) -> None:
    await sales.take(deal(GO))
    key = "hubspot:77:L2:v1:1"
    assert isinstance(await said(sales, "draft_now", "hubspot:77:L2:v1:9"), Missing)
    assert isinstance(await said(sales, "draft_now", key), Noted)
    (draft,) = await sales.drafts()
    assert "DEA-008" in await sales.office.open_ids(draft.id)
    assert isinstance(await said(sales, "draft_now", key), Closed)
    await said(sales, "show_evidence", "L2", "Kick-off", "2026-03-10", PAPER)
    assert "DEA-008" not in await sales.office.open_ids(draft.id)


async def test_usage_is_billed_when_it_is_entered(sales: Sales) -> None:
    await sales.take(deal(USED))
    assert await sales.drafts() == []
    odd = await said(sales, "enter_usage", "L1", "2026-02-02", "10")
    assert "period_on" in odd.problems
    early = await said(sales, "enter_usage", "L1", "2026-03-01", "many")
    assert sorted(early.problems) == ["final", "quantity"]
    await said(sales, "enter_usage", "L1", "2026-02-01", "900", final=False)
    assert await sales.drafts() == []
    await said(sales, "enter_usage", "L1", "2026-02-01", "1000")
    (draft,) = await sales.drafts()
    assert draft.total_minor == 50_000
    told = await sales.office.review(draft.id)
    assert (told.draft.lines[0].quantity, told.draft.lines[0].usage) == ("1000", True)
    assert [j.finding.id for j in told.findings if j.open] == ["REV-005"]
    await said(sales, "enter_usage", "L1", "2026-02-01", "1200")
    assert "DEA-005" in await sales.office.open_ids(draft.id)
    await sales.office.fix(draft.id, "DEA-005")
    assert (await sales.office.row(draft.id)).total_minor == 60_000


async def test_a_person_ends_a_deal_and_takes_it_back(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    assert "reason" in (await said(sales, "cancel_deal", "2026-06-30", "")).problems
    taken = await said(sales, "cancel_deal", "2026-06-30", "customer gave notice")
    assert isinstance(taken, Taken)
    assert taken.settled is not None
    assert taken.settled.dropped == 2
    assert [one[0] for one in await sales.amounts()] == ["drafted", "planned", "dropped", "dropped"]
    await sales.take(later(deal(YEAR), memo="told again"))
    sales.now = NOW + timedelta(days=200)
    assert len((await sales.settle()).drafted) == 1
    await said(sales, "resume_deal")
    assert [one[0] for one in await sales.amounts()] == ["drafted"] * 3 + ["planned"]
    assert isinstance(await said(sales, "resume_deal"), Closed)


async def test_what_was_given_up_is_drafted_again_on_demand(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    (draft,) = await sales.drafts()
    await sales.drop(draft.id)
    await said(sales, "draft_now", "hubspot:77:L1:v1:1")
    assert [row.state for row in await sales.drafts()] == ["dropped", "draft"]
    assert (await sales.drafts())[1].source_id == "hubspot:77:L1:v1:1:again2"
    assert [one[0] for one in await sales.amounts()] == ["drafted"] + ["planned"] * 3


async def test_a_deal_is_shown_with_its_whole_plan(sales: Sales) -> None:
    bare = replace(SETUP, source_id="L3", billed="milestone")
    await sales.take(deal(YEAR, bare, amount=usd("4500.00")))
    row = (await sales.office.scene.all(DealRow))[0]
    async with sales.office.db.read() as session:
        found = await shown(session, row.id)
        (one,) = await listed(session, state="asking")
        assert await listed(session, state="gone") == []
        assert await shown(session, 999) is None
    assert found is not None
    assert [i.row.state for i in found.schedule] == ["drafted", "planned", "planned", "planned"]
    assert [line.question is not None for line in found.lines] == [False, True]
    assert (found.worth, found.planned) == (usd("4000.00"), usd("3000.00"))
    assert (one.next_on, one.drafted) == (date(2026, 6, 1), usd("1000.00"))
    assert found.outdated == frozenset()
    await sales.take(later(deal(YEAR), po_number="PO-9"))
    async with sales.office.db.read() as session:
        again = await shown(session, row.id)
    assert again is not None
    assert len(again.outdated) == 1
    assert [version.version for version in again.versions] == [2, 1]


async def test_how_a_change_counts_is_said_once_for_each_change(sales: Sales) -> None:
    await sales.take(deal(YEAR, amends="70"))
    (draft,) = await sales.drafts()
    assert "REV-008" in await sales.office.open_ids(draft.id)
    assert isinstance(await said(sales, "treat", "somehow"), Invalid)
    await said(sales, "treat", "prospective")
    assert "REV-008" not in await sales.office.open_ids(draft.id)
    await sales.take(later(deal(YEAR, amends="70"), memo="more"))
    assert "REV-008" in await sales.office.open_ids(draft.id)

"""Drafts beside the deal they were made from: what changed, refreshed, blocked, asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from domain.ledger.money import Money
from effects.propose import Proposed
from flows.deals.accounts import confirm_account
from flows.invoicing import NotReady, Saved, begin_changes, drop_draft
from store.billing import InstalmentRow
from store.deals import DealRow
from store.drafts import pushed
from store.effects import EffectRow
from tests.flows.deals.telling import PARTY, SETUP, YEAR, Sales, deal, later, usd
from tests.flows.scene import NOW


async def test_the_draft_says_what_changed_and_is_refreshed_on_demand(sales: Sales) -> None:
    office = sales.office
    await sales.take(deal(YEAR))
    (draft,) = await sales.drafts()
    effect_id = await office.submitted(draft.id)
    twelve = replace(YEAR, quantity="12")
    await sales.take(later(deal(YEAR), lines=(twelve,), po_number="PO-2"))
    row = await office.row(draft.id)
    assert row.state == "draft"
    effects = {one.id: one.state for one in await office.scene.all(EffectRow)}
    assert effects[effect_id] != "proposed"
    judged = await office.finding(draft.id, "DEA-005")
    assert "po number: PO-1 → PO-2" in judged.finding.message
    shown = {(c.field, c.before, c.after) for c in judged.changes}
    assert ("line 1, amount", "1000.00", "1200.00") in shown
    assert ("po_number", "PO-1", "PO-2") in shown
    assert isinstance(await office.submit(draft.id), NotReady)
    assert isinstance(await office.fix(draft.id, "DEA-005"), Saved)
    assert await office.open_ids(draft.id) == []
    assert (await office.row(draft.id)).total_minor == 120_000
    assert isinstance(await office.submit(draft.id), Proposed)
    assert (await sales.settle()).differing == ()
    await sales.push((await sales.drafts())[0])
    assert await sales.work() == []
    assert (await sales.amounts())[0] == ("billed", "2026-03-01", 120_000)


async def test_a_change_may_stand_for_a_reason_until_the_next_one(sales: Sales) -> None:
    office = sales.office
    await sales.take(deal(YEAR))
    (draft,) = await sales.drafts()
    second = later(deal(YEAR), terms="Net 60")
    await sales.take(second)
    assert "DEA-005" in await office.open_ids(draft.id)
    await office.accept(draft.id, "DEA-005")
    assert "DEA-005" not in await office.open_ids(draft.id)
    await sales.take(later(second, memo="see contract 5"))
    assert "DEA-005" in await office.open_ids(draft.id)


async def test_what_the_deal_no_longer_has_is_dropped_by_its_fix(sales: Sales) -> None:
    await sales.take(deal())
    first, second = await sales.drafts()
    await sales.take(later(deal(), lines=(YEAR,)))
    assert "DEA-005" in await sales.office.open_ids(second.id)
    assert "DEA-005" not in await sales.office.open_ids(first.id)
    await sales.office.fix(second.id, "DEA-005")
    assert (await sales.office.row(second.id)).state == "dropped"
    assert len(await sales.drafts()) == 2


async def test_the_sum_of_drafts_is_bounded_by_what_was_sold(sales: Sales) -> None:
    await sales.take(deal(SETUP, replace(YEAR, frequency="once", billed="once")))
    first, second = await sales.drafts()
    office = sales.office
    await office.edit(first.id, {"lines": [{"product": "Support", "amount": "1500.01"}]})
    assert "DEA-002" in await office.open_ids(first.id)
    await office.edit(first.id, {"lines": [{"product": "Support", "amount": "1400.00"}]})
    assert "DEA-002" not in await office.open_ids(first.id)
    for name in ("LIN-006", "LIN-008", "REV-003"):
        if name in await office.open_ids(first.id):
            await office.accept(first.id, name)
    await office.submitted(first.id)
    assert "DEA-002" in await office.open_ids(second.id)


async def test_a_renamed_account_is_confirmed_again(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    moved = replace(PARTY, name="Brightwater Group", parent="4711")
    await sales.take(later(deal(YEAR), customer=moved))
    (draft,) = await sales.drafts()
    judged = await sales.office.finding(draft.id, "CUS-009")
    assert "Brightwater Group" in judged.finding.message
    assert "parent none is now 4711" in judged.finding.message
    row = (await sales.office.scene.all(DealRow))[0]
    async with sales.office.db.begin() as session:
        assert await confirm_account(session, row, sales.office.ida.actor, NOW)
    assert "CUS-009" not in await sales.office.open_ids(draft.id)


async def test_a_merged_account_keeps_its_link_and_asks_and_a_name_only_proposes(
    sales: Sales,
) -> None:
    merged = replace(PARTY, external_id="9100", merged_ids=("9001",))
    await sales.take(deal(YEAR, customer=merged))
    stranger = replace(PARTY, external_id="1", name="Brightwater", emails=())
    await sales.take(deal(YEAR, source_id="78", customer=stranger))
    first, second = await sales.drafts()
    assert (await sales.office.review(first.id)).customer_netsuite_id == "700"
    assert "CUS-009" in await sales.office.open_ids(first.id)
    assert "CUS-002" in await sales.office.open_ids(second.id)


async def test_a_changed_billed_deal_needs_a_treatment(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    (draft,) = await sales.drafts()
    await sales.push(draft)
    await sales.take(later(deal(YEAR), lines=(replace(YEAR, quantity="12"),)))
    sales.now = NOW + timedelta(days=90)
    await sales.settle()
    second = (await sales.drafts())[1]
    assert "REV-008" in await sales.office.open_ids(second.id)


async def test_the_deal_is_worth_what_it_says(sales: Sales) -> None:
    await sales.take(deal(YEAR, amount=usd("4500.00")))
    (draft,) = await sales.drafts()
    assert "DEA-003" in await sales.office.open_ids(draft.id)
    await sales.take(later(deal(YEAR), amount=Money.parse("1000.00", "USD")))
    assert "DEA-003" not in await sales.office.open_ids(draft.id)


async def test_a_deal_that_was_merged_is_not_billed_again(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    (draft,) = await sales.drafts()
    await sales.push(draft)
    await sales.ended("gone")
    await sales.take(deal(YEAR, source_id="88", merged_ids=("77",)))
    rows = [one for one in await sales.amounts() if one[0] in ("planned", "drafted")]
    assert [one[1] for one in rows] == ["2026-06-01", "2026-09-01", "2026-12-01"]
    assert date(2026, 3, 10) == NOW.date()


async def test_an_invoice_of_a_deal_is_billed_still_while_changes_to_it_are_worked_on(
    sales: Sales,
) -> None:
    office = sales.office
    await sales.take(deal(YEAR))
    (draft,) = await sales.drafts()
    invoice_id = await office.in_erp("INV-7", "1000.00")
    async with office.db.begin() as session:
        await pushed(session, draft.id, "57", sales.now)
        await begin_changes(session, invoice_id, office.ida.actor, sales.now)
    await office.edit(draft.id, {"po_number": "PO-77"})
    await office.submitted(draft.id)
    assert (await sales.settle()).differing == ()
    row = await office.row(draft.id)
    assert (row.state, [line["deal_id"] for line in row.lines]) == ("submitted", [1])
    first = next(one for one in await office.scene.all(InstalmentRow) if one.draft_id)
    assert (first.state, first.billed_minor) == ("billed", 100_000)
    async with office.db.begin() as session:
        await drop_draft(session, draft.id, "no change after all", office.ida.actor, sales.now)
    assert await sales.bill() == 0
    assert await sales.work() == []


async def test_what_just_reached_the_erp_of_a_merged_deal_is_not_billed_again(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    (draft,) = await sales.drafts()
    async with sales.office.db.begin() as session:
        await pushed(session, draft.id, "57", sales.now)
    await sales.take(deal(YEAR, source_id="88", merged_ids=("77",)))
    assert len(await sales.drafts()) == 1

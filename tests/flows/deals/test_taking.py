"""A deal told any number of times, in any order, is planned once and drafted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from store.billing import InstalmentRow
from store.deals import DealRow, DealVersionRow
from store.worklist import close_item
from tests.flows.deals.telling import SETUP, WON, YEAR, Sales, deal, later, usd
from tests.flows.scene import NOW


async def test_a_deal_is_planned_and_what_is_due_is_drafted(sales: Sales) -> None:
    taken = await sales.take(deal())
    assert taken.news == "new"
    assert await sales.amounts() == [
        ("drafted", "2026-03-01", 100_000),
        ("drafted", "2026-03-09", 50_000),
        ("planned", "2026-06-01", 100_000),
        ("planned", "2026-09-01", 100_000),
        ("planned", "2026-12-01", 100_000),
    ]
    drafts = await sales.drafts()
    assert [(row.source, row.source_id, row.total_minor) for row in drafts] == [
        ("hubspot", "hubspot:77:L1:v1:1", 100_000),
        ("hubspot", "hubspot:77:L2:v1:1", 50_000),
    ]
    told = await sales.office.review(drafts[0].id)
    assert told.customer_netsuite_id == "700"
    assert told.lines[0].item_netsuite_id == "11"
    line = told.draft.lines[0]
    assert (line.quantity, line.rate) == ("10", "100.00")
    assert (line.service_starts_on, line.service_ends_on) == (date(2026, 3, 1), date(2026, 5, 31))
    assert (told.draft.terms_netsuite_id, told.draft.po_number) == ("2", "PO-1")
    assert [one.finding.id for one in told.findings if one.open] == []


async def test_lines_of_one_day_are_one_invoice(sales: Sales) -> None:
    await sales.take(deal(YEAR, replace(SETUP, starts_on=date(2026, 3, 1))))
    (draft,) = await sales.drafts()
    assert draft.source_id.startswith("lines:")
    assert draft.total_minor == 150_000


async def test_any_number_of_deliveries_in_any_order_is_one_draft(sales: Sales) -> None:
    first = deal(YEAR)
    second = later(first, lines=(replace(YEAR, quantity="20"),))
    third = later(second, lines=(replace(YEAR, quantity="30"),))
    orders = ((first, second, third), (third, second, first), (second, third, first))
    for n, order in enumerate(orders):
        for told in (*order, first):
            await sales.take(replace(told, source_id=f"D{n}", po_number=f"PO-{n}"))
    rows = {row.source_id: row for row in await sales.office.scene.all(DealRow)}
    drafts = await sales.drafts()
    assert len(drafts) == len(rows) == 3
    live = [r for r in await sales.office.scene.all(InstalmentRow) if r.state != "replaced"]
    assert {row.amount_minor for row in live} == {300_000}
    assert len(live) == 3 * 4
    assert sum(row.state == "drafted" for row in live) == 3


async def test_what_is_told_again_makes_no_version(sales: Sales) -> None:
    await sales.take(deal())
    again = await sales.take(later(deal()))
    assert again.news == "known"
    assert len(await sales.office.scene.all(DealVersionRow)) == 1
    older = await sales.take(replace(deal(), version="v0", changed_at=WON - timedelta(days=1),
                                     memo="old"))  # fmt: skip
    assert older.news == "older"


async def test_time_brings_the_next_invoice(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    sales.now = NOW + timedelta(days=90)
    settled = await sales.settle()
    assert len(settled.drafted) == 1
    assert (await sales.settle()).drafted == ()
    assert [row.source_id for row in await sales.drafts()] == [
        "hubspot:77:L1:v1:1", "hubspot:77:L1:v1:2",
    ]  # fmt: skip


async def test_a_changed_draft_stays_one_and_follows_the_deal(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    await sales.take(later(deal(YEAR), lines=(replace(YEAR, quantity="12"),)))
    (draft,) = await sales.drafts()
    assert draft.total_minor == 100_000
    assert (await sales.amounts())[0] == ("drafted", "2026-03-01", 120_000)


async def test_what_the_erp_has_is_not_billed_again(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    (draft,) = await sales.drafts()
    await sales.push(draft)
    assert await sales.work() == []
    await sales.take(later(deal(YEAR), lines=(replace(YEAR, quantity="12"),)))
    assert (await sales.amounts())[:2] == [
        ("billed", "2026-03-01", 100_000), ("planned", "2026-06-01", 120_000),
    ]  # fmt: skip
    (item,) = await sales.work()
    assert item.kind == "deal_difference"
    assert item.detail["difference"] == "200.00 USD"
    assert item.detail["propose"] == "true-up"
    assert len(await sales.drafts()) == 1


async def test_a_smaller_deal_proposes_a_credit_and_bills_nothing(sales: Sales) -> None:
    once = replace(SETUP, starts_on=date(2026, 3, 1))
    await sales.take(deal(once))
    (draft,) = await sales.drafts()
    await sales.push(draft)
    await sales.take(later(deal(once), lines=(replace(once, unit_price=usd("300.00")),)))
    (item,) = await sales.work()
    assert (item.detail["difference"], item.detail["propose"]) == ("-200.00 USD", "credit")
    async with sales.office.db.begin() as session:
        await close_item(session, item.key, by="person:1", now=sales.now)
    await sales.settle()
    assert await sales.work() == []
    assert len(await sales.drafts()) == 1


async def test_an_outdated_draft_that_was_pushed_counts_as_what_it_billed(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    await sales.take(later(deal(YEAR), lines=(replace(YEAR, quantity="12"),)))
    (draft,) = await sales.drafts()
    await sales.push(draft)
    amounts = await sales.amounts()
    assert amounts[0] == ("billed", "2026-03-01", 100_000)
    assert [one[2] for one in amounts[1:]] == [120_000] * 3
    assert (await sales.work())[0].detail["difference"] == "200.00 USD"


async def test_a_lost_deal_keeps_what_is_due_and_says_how_much_is_dropped(sales: Sales) -> None:
    assert (await sales.ended("not_won")).news == "ignored"
    assert await sales.office.scene.all(DealRow) == []
    await sales.take(deal(YEAR))
    taken = await sales.ended("not_won")
    assert taken.settled is not None
    assert (taken.settled.dropped, taken.settled.dropped_minor) == (3, 300_000)
    assert [one[0] for one in await sales.amounts()] == ["drafted"] + ["dropped"] * 3
    assert (await sales.ended("not_won")).news == "known"
    (draft,) = await sales.drafts()
    assert "DEA-001" in await sales.office.open_ids(draft.id)
    sales.now = NOW + timedelta(days=200)
    assert (await sales.settle()).drafted == ()
    sales.now = NOW
    await sales.take(later(deal(YEAR)))
    assert [one[0] for one in await sales.amounts()] == ["drafted"] + ["planned"] * 3


async def test_a_dropped_draft_is_not_made_again(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    (draft,) = await sales.drafts()
    await sales.drop(draft.id)
    assert (await sales.settle()).drafted == ()
    assert [one[0] for one in await sales.amounts()] == ["dropped"] + ["planned"] * 3


async def test_a_line_nobody_can_bill_is_asked_about(sales: Sales) -> None:
    bare = replace(YEAR, term_months=None)
    await sales.take(deal(bare, SETUP))
    (item,) = await sales.work()
    assert item.kind == "deal"
    assert "term" in item.title
    assert len(await sales.drafts()) == 1
    told = later(deal(YEAR, SETUP))
    await sales.take(told)
    assert await sales.work() == []
    assert len(await sales.drafts()) == 2

"""A true-up is seen, drafted once, reviewed like any invoice, and never billed twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.ledger.billing.true_ups import TrueUp
from flows.deals.answering import cancel_deal
from flows.deals.shown import shown
from flows.deals.truing import TruedUp, preview, true_up
from flows.drafts.drafting import Closed, Invalid, Missing
from store.billing import InstalmentRow
from tests.flows.deals.telling import YEAR, Sales, deal, later, usd


async def used(sales: Sales, quantity: str, period_on: str = "2026-03-01") -> object:
    async with sales.office.db.begin() as session:
        return await true_up(session, 1, "L1", period_on, quantity, sales.office.ida, sales.now)


async def test_a_true_up_is_seen_then_drafted_once_and_reviewed(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    await sales.push((await sales.drafts())[0])
    async with sales.office.db.read() as session:
        seen = await preview(session, 1, "L1", "2026-03-01", "12", sales.now.date())
        page = await shown(session, 1)
    assert isinstance(seen, TrueUp)
    assert (seen.beyond, str(seen.amount)) == ("2", "200.00 USD")
    assert page is not None
    assert [(one.line.source_id, len(one.periods)) for one in page.true_ups] == [("L1", 4)]
    assert len(await sales.drafts()) == 1
    first = await used(sales, "12")
    assert isinstance(first, TruedUp)
    assert len(first.settled.drafted) == 1
    assert isinstance(await used(sales, "12"), TruedUp)
    (_, draft) = await sales.drafts()
    assert (draft.source_id, draft.total_minor) == ("hubspot:77:L1:true-up:2026-03-01:v1:1", 20_000)
    review = await sales.office.review(draft.id)
    assert review.lines[0].line.description.startswith("Platform: true-up, 12 used, 10 agreed")
    assert (review.lines[0].line.quantity, review.lines[0].line.rate) == ("2", "100.00")
    assert "DEA-002" not in await sales.office.open_ids(draft.id)


async def test_another_quantity_asks_while_it_is_a_draft_and_is_refused_after(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    await used(sales, "12")
    (_, draft) = await sales.drafts()
    await used(sales, "13")
    assert "DEA-005" in await sales.office.open_ids(draft.id)
    await sales.office.fix(draft.id, "DEA-005")
    assert (await sales.office.row(draft.id)).total_minor == 30_000
    await sales.push(draft, "901")
    assert isinstance(await used(sales, "14"), Closed)
    assert isinstance(await used(sales, "13"), TruedUp)
    assert await sales.work() == []
    await sales.take(later(deal(YEAR), lines=(replace(YEAR, quantity="13"),)))
    assert "credit" in {item.detail.get("propose") for item in await sales.work()}


async def test_measured_usage_is_drafted_from_its_final_reading(sales: Sales) -> None:
    calls = replace(YEAR, frequency="month", billed="usage", included="5", minimum=usd("150.00"),
                    starts_on=date(2026, 2, 1))  # fmt: skip
    await sales.take(deal(calls))
    assert await sales.drafts() == []
    assert isinstance(await used(sales, "12"), Invalid)
    assert isinstance(await used(sales, "6", "2026-02-01"), TruedUp)
    assert isinstance(await used(sales, "6", "2026-02-01"), TruedUp)
    (draft,) = await sales.drafts()
    assert (draft.source_id, draft.total_minor) == ("hubspot:77:L1:v1:1", 15_000)


async def test_what_cannot_be_trued_up_says_why(sales: Sales) -> None:
    assert isinstance(await used(sales, "12"), Missing)
    await sales.take(deal(YEAR))
    for quantity, period_on in (
        ("10", "2026-03-01"), ("many", "2026-03-01"), ("12", "2026-06-01"),
        ("999999999999999999", "2026-03-01"),
    ):  # fmt: skip
        assert isinstance(await used(sales, quantity, period_on), Invalid)
    await sales.ended("not_won")
    assert isinstance(await used(sales, "12"), Closed)
    assert len(await sales.drafts()) == 1


async def test_measured_usage_is_no_true_up_of_seats_that_replace_it(sales: Sales) -> None:
    calls = replace(YEAR, billed="usage", frequency="month", starts_on=date(2026, 2, 1))
    first = deal(calls)
    await sales.take(first)
    assert isinstance(await used(sales, "6000", "2026-02-01"), TruedUp)
    await sales.push((await sales.drafts())[0])
    seats = replace(YEAR, frequency="month", starts_on=date(2026, 2, 1))
    await sales.take(later(first, lines=(seats,)))
    assert not [key for key in await keys(sales) if "true-up" in key]


async def test_units_of_a_deal_that_ended_before_they_were_entered_are_refused(
    sales: Sales,
) -> None:
    await sales.take(deal(YEAR))
    async with sales.office.db.begin() as session:
        await cancel_deal(session, 1, "2026-03-05", "notice", sales.office.ida, sales.now)
    assert isinstance(await used(sales, "12"), Closed)
    assert not [key for key in await keys(sales) if "true-up" in key]


async def keys(sales: Sales) -> list[str]:
    return [row.key for row in await sales.office.scene.all(InstalmentRow)]

"""Deals as sources really write them: long, odd, unbillable; one never holds up another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.ledger.deal import DealLine
from flows.deals.settling import bill
from store.deals import DealVersionRow
from tests.flows.deals.telling import PARTY, SETUP, YEAR, Sales, deal, usd
from tests.flows.scene import NOW


async def test_whatever_a_source_writes_is_drafted_or_asked(sales: Sales) -> None:
    long = replace(SETUP, product="p" * 500, description="d\x00\n" * 900, quantity="1.123456789012")
    party = replace(PARTY, name="Bright\x07water " * 40, tax_id="t" * 400, country="Utopia",
                    billing_address=("a" * 300, "b\tc"), emails=("x" * 300,))  # fmt: skip
    odd = [
        replace(YEAR, source_id="L5", quantity="many"),
        replace(YEAR, source_id="L6", unit_price=usd("-3.00")),
        replace(SETUP, source_id="L2"),
        DealLine("L7", "Free", "", "", "1", usd("0.00")),
    ]
    await sales.take(
        deal(long, *odd, customer=party, po_number="P" * 99, memo="m\x01" * 2000, terms="soon")
    )
    drafts = await sales.drafts()
    assert sorted(row.total_minor for row in drafts) == [-3_000, 56_173]
    (work,) = await sales.work()
    assert "Two lines have this id" in work.title
    assert "is not a quantity" in work.title


async def test_one_broken_deal_holds_up_no_other(sales: Sales) -> None:
    await sales.take(deal(YEAR))
    await sales.take(deal(YEAR, source_id="78", po_number="PO-2"))
    async with sales.office.db.begin() as session:
        row = await session.get(DealVersionRow, 1)
        assert row is not None
        row.payload = {}
    sales.now = NOW + timedelta(days=90)
    assert await bill(sales.office.db, sales.now) == 1
    assert len(await sales.drafts()) == 3
    (work,) = await sales.work()
    assert "could not be billed" in work.title

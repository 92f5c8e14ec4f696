"""Deals of one customer that fall due together are one invoice, and each keeps its own part."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from domain.ledger.deal import Deal, DealLine
from domain.ledger.money import Money
from erp.review.draft import DraftLine
from flows.deals.answering import draft_now
from flows.deals.grouping import set_one_per_customer
from flows.deals.settling import settle
from flows.deals.taking import take_ended
from flows.drafts.line_origins import kept_origins
from flows.invoicing import Saved, drop_draft
from store.billing import InstalmentRow
from store.deals import DealRow, locked_deal
from store.drafts import InvoiceDraftRow, pushed
from tests.flows.deals.telling import PARTY, SETUP, YEAR, Sales, deal, later, usd
from tests.flows.scene import NOW


def of(source_id: str, *lines: DealLine, **said: Any) -> Deal:
    """A deal with this id, named by it."""
    return deal(*(lines or (YEAR,)), source_id=source_id, name=f"Deal {source_id}", **said)


async def lost(sales: Sales, source_id: str) -> None:
    async with sales.office.db.begin() as session:
        await take_ended(session, "hubspot", source_id, "not_won", "closed lost", sales.now)


async def instalments(sales: Sales) -> dict[str, InstalmentRow]:
    return {row.key: row for row in await sales.office.scene.all(InstalmentRow)}


def told(drafts: Sequence[InvoiceDraftRow], only: str = "") -> Sequence[object]:
    """What invoices say, without what the database numbers them by."""
    left = ("deal_id",)
    return sorted(
        (
            str(one.issued_on),
            one.currency,
            one.po_number,
            one.terms_netsuite_id,
            one.memo,
            one.customer_email,
            [[(k, v) for k, v in sorted(line.items()) if k not in left] for line in one.lines],
        )
        for one in drafts
        if one.po_number.startswith(only)
    )


async def test_deals_due_together_are_one_draft_with_the_origin_of_each_line(sales: Sales) -> None:
    await sales.take(of("77", memo="see order 77"))
    await sales.take(of("60", replace(YEAR, quantity="3"), memo="see order 60"))
    (draft,) = await sales.drafts()
    assert (draft.total_minor, draft.memo) == (130_000, "see order 60 / see order 77")
    review = await sales.office.review(draft.id)
    assert [(one.deal, one.instalment) for one in review.lines] == [
        ("Deal 60", "hubspot:60:L1:v1:1"),
        ("Deal 77", "hubspot:77:L1:v1:1"),
    ]
    assert [one.finding.id for one in review.findings if one.open] == []
    await sales.office.submitted(draft.id)
    await sales.take(of("50"))
    assert [one.total_minor for one in await sales.drafts()] == [130_000, 100_000]


async def test_an_address_that_somebody_corrected_stays_when_another_deal_joins(
    sales: Sales,
) -> None:
    await sales.take(of("77"))
    (draft,) = await sales.drafts()
    assert draft.customer_email == "ap@brightwater.example"
    await sales.office.edit(draft.id, {"customer_email": "money@brightwater.example"})
    await sales.take(of("60"))
    (joined,) = await sales.drafts()
    assert (len(joined.lines), joined.customer_email) == (2, "money@brightwater.example")


async def test_what_is_another_invoice_stays_apart(sales: Sales) -> None:
    euro = replace(YEAR, unit_price=Money.parse("100.00", "EUR"))
    others: tuple[dict[str, Any], ...] = (
        {"po_number": "PO-2"},
        {"terms": "Net 60"},
        {"customer": replace(PARTY, external_id="9002")},
        {"customer": replace(PARTY, billing_address=("1 Other Street",))},
        {"source": "salesforce"},
    )
    for n, said in enumerate(others):
        await sales.take(of(f"{n}", **said))
    await sales.take(of("5", euro, currency="EUR"))
    await sales.take(of("6", replace(YEAR, starts_on=date(2026, 3, 2))))
    assert len(await sales.drafts()) == 7


def some(pick: random.Random, number: str, po_number: str) -> Deal:
    """One of the deals a customer may have."""
    lines = [
        replace(
            YEAR, quantity=str(pick.randint(1, 9)), starts_on=date(2026, pick.choice((2, 3)), 1)
        ),
        replace(SETUP, unit_price=usd(f"{pick.randint(1, 9)}00.00")),
    ]
    return of(
        number, *lines[: pick.randint(1, 2)], po_number=po_number,
        terms=pick.choice(("Net 30", "Net 60")), memo=pick.choice(("", f"memo {number}")),
        customer=replace(PARTY, emails=(f"{number}@brightwater.example",)),
    )  # fmt: skip


async def test_any_order_of_any_deals_makes_the_same_invoices_and_bills_each_once(
    sales: Sales,
) -> None:
    pick = random.Random(6)
    for n in range(2):
        many = [some(pick, f"{k}", "") for k in range(3)]
        seen = []
        for order in range(3):
            pick.shuffle(many)
            trial = f"trial {n}{order}"
            for one in many:
                await sales.take(
                    replace(one, source_id=f"{trial}:{one.source_id}", po_number=trial)
                )
            seen.append(str(told(await sales.drafts(), trial)).replace(trial, ""))
        assert seen[0] == seen[1] == seen[2]
    drafts = {one.id: one for one in await sales.drafts()}
    due = [one for one in (await instalments(sales)).values() if one.bill_on <= NOW.date()]
    places = [(one.draft_id, one.deal_id, one.draft_line) for one in due]
    lines = [
        (one.id, line["deal_id"], line["part"]) for one in drafts.values() for line in one.lines
    ]
    assert len(set(places)) == len(places)
    assert sorted(map(str, places)) == sorted(map(str, lines))
    assert sum(one.amount_minor for one in due) == sum(d.total_minor for d in drafts.values())
    assert await sales.bill() == 0


async def test_deals_that_are_told_at_the_same_moment_find_each_other(sales: Sales) -> None:
    await asyncio.gather(*(sales.take(of(str(n))) for n in range(4)))
    (draft,) = await sales.drafts()
    assert draft.total_minor == 400_000


@settings(max_examples=40)
@given(st.permutations(range(6)), st.integers(0, 6), st.integers(0, 3))
def test_rewritten_lines_keep_their_deal(order: list[int], taken: int, added: int) -> None:
    before = [DraftLine(f"p{n}", usd(f"{n}.00"), deal_id=n // 2 + 1, part=n % 2 + 1)
              for n in range(6)]  # fmt: skip
    bare = [replace(before[n], deal_id=0, part=0) for n in order[taken:]]
    more = [DraftLine(f"new{n}", usd("9.00")) for n in range(added)]
    after = kept_origins(before, [*bare, *more])
    assert list(after[: len(bare)]) == [before[n] for n in order[taken:]]
    assert all(line.deal_id for line in after)


async def test_a_change_says_which_deal_and_its_fix_touches_only_its_lines(sales: Sales) -> None:
    office, first = sales.office, of("77")
    await sales.take(first)
    await sales.take(of("60"))
    (draft,) = await sales.drafts()
    second = later(first, lines=(replace(YEAR, quantity="12"),))
    await sales.take(second)
    judged = await office.finding(draft.id, "DEA-005")
    assert judged.finding.message.startswith("Deal 77 changed")
    assert isinstance(await office.fix(draft.id, "DEA-005"), Saved)
    assert [line["amount_minor"] for line in (await office.row(draft.id)).lines] == [
        100_000, 120_000,
    ]  # fmt: skip
    assert await office.open_ids(draft.id) == []
    await sales.take(later(second, po_number="PO-9"))
    assert isinstance(await office.fix(draft.id, "DEA-005"), Saved)
    assert await office.open_ids(draft.id) == []
    assert await sales.bill() == 1
    assert [(d.po_number, d.total_minor) for d in await sales.drafts()] == [
        ("PO-1", 100_000), ("PO-9", 120_000),
    ]  # fmt: skip
    assert (await instalments(sales))["hubspot:60:L1:v1:1"].draft_id == draft.id


async def test_a_lost_deal_takes_its_lines_out_and_comes_back_when_it_is_won(sales: Sales) -> None:
    first, second = of("77"), of("60", replace(YEAR, quantity="3"))
    await sales.take(first)
    await sales.take(second)
    (draft,) = await sales.drafts()
    await sales.office.submitted(draft.id)
    await lost(sales, "77")
    row = await sales.office.row(draft.id)
    assert (row.state, row.total_minor) == ("draft", 30_000)
    assert await sales.office.open_ids(draft.id) == []
    assert (await instalments(sales))["hubspot:77:L1:v1:1"].state == "planned"
    async with sales.office.db.begin() as session:
        await pushed(session, draft.id, "900", sales.now)
    await sales.bill()
    await sales.take(later(first))
    again = (await sales.drafts())[1]
    assert (again.source_id, again.total_minor) == ("hubspot:77:L1:v1:1:again2", 100_000)
    assert (await instalments(sales))["hubspot:60:L1:v1:1"].billed_minor == 30_000


async def test_each_deal_is_billed_what_its_lines_say_however_they_were_rewritten(
    sales: Sales,
) -> None:
    office = sales.office
    await sales.take(of("77", SETUP))
    await sales.take(of("60", replace(SETUP, unit_price=usd("300.00"))))
    (draft,) = await sales.drafts()
    shown = [
        {"product": "Support", "amount": amount, "description": "Setup"}
        for amount in ("300.00", "500.00")
    ]
    await office.edit(draft.id, {"lines": [shown[0], {**shown[1], "amount": "500.01"}]})
    over = [
        j.finding for j in (await office.review(draft.id)).findings if j.finding.id == "DEA-002"
    ]
    rows = {row.source_id: row.id for row in await office.scene.all(DealRow)}
    assert [one.subject for one in over] == [f"deal {rows['77']}"]
    await office.edit(draft.id, {"lines": [{**shown[1], "amount": "450.00"}, shown[0]]})
    assert [line["deal_id"] for line in (await office.row(draft.id)).lines] == [
        rows["77"], rows["60"],
    ]  # fmt: skip
    async with office.db.begin() as session:
        await pushed(session, draft.id, "900", sales.now)
    await sales.bill()
    billed = {key: row.billed_minor for key, row in (await instalments(sales)).items()}
    assert billed == {"hubspot:77:L2:v1:1": 45_000, "hubspot:60:L2:v1:1": 30_000}


async def test_a_dropped_invoice_gives_up_all_of_it_and_each_may_be_drafted_again(
    sales: Sales,
) -> None:
    await sales.take(of("77", SETUP))
    await sales.take(of("60", SETUP))
    (draft,) = await sales.drafts()
    async with sales.office.db.begin() as session:
        await drop_draft(session, draft.id, "not this", sales.office.ida.actor, sales.now)
    assert await sales.bill() == 0
    assert {row.state for row in (await instalments(sales)).values()} == {"dropped"}
    for row in await sales.office.scene.all(DealRow):
        async with sales.office.db.begin() as session:
            key = f"hubspot:{row.source_id}:L2:v1:1"
            await draft_now(session, row.id, key, sales.office.ida, sales.now)
    assert [one.state for one in await sales.drafts()] == ["dropped", "draft"]
    assert len((await sales.drafts())[1].lines) == 2


async def test_switched_off_each_deal_has_its_own_invoice(sales: Sales) -> None:
    async with sales.office.db.begin() as session:
        await set_one_per_customer(session, on=False, by=sales.office.ida.actor, now=NOW)
    await sales.take(of("77"))
    await sales.take(of("60"))
    assert len(await sales.drafts()) == 2
    sales.now = NOW + timedelta(days=90)
    async with sales.office.db.begin() as session:
        await set_one_per_customer(session, on=True, by=sales.office.ida.actor, now=NOW)
    await sales.bill()
    assert len(await sales.drafts()) == 3


def test_a_line_rewritten_after_another_was_taken_out_keeps_its_deal_by_what_it_says() -> None:
    bonn = DraftLine("Support", usd("300.00"), description="Bonn", deal_id=1, part=1)
    ulm = DraftLine("Support", usd("500.00"), description="Ulm", deal_id=2, part=1)
    cheaper = replace(ulm, amount=usd("450.00"), deal_id=0, part=0)
    assert kept_origins((bonn, ulm), (cheaper,)) == (replace(ulm, amount=usd("450.00")),)


_COPIES = """
INSERT INTO {0} SELECT (jsonb_populate_record(one, to_jsonb(one) || {1})).*
FROM {0} one, generate_series(1, 200) n
"""


async def test_however_many_others_are_billed_on_a_day_a_customers_deals_find_each_other(
    sales: Sales,
) -> None:
    other = replace(PARTY, external_id="9002", name="Cedar Works")
    await sales.take(of("9", SETUP, customer=other))
    drafts = "jsonb_build_object('id', -n, 'source_id', 'copy ' || n)"
    rows = "jsonb_build_object('id', -n, 'key', 'copy ' || n, 'draft_id', -n)"
    async with sales.office.db.begin() as session:
        connection = await session.connection()
        await connection.execute(text(_COPIES.format("invoice_draft", drafts)))
        await connection.execute(text(_COPIES.format("instalment", rows)))
    await sales.take(of("77", SETUP))
    await sales.take(of("60", SETUP))
    assert [len(one.lines) for one in (await sales.drafts())[-2:]] == [1, 2]


_WAITING = text(
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (SELECT l.pid FROM pg_locks l"
    " JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database())"
)


async def test_a_merged_deal_and_the_one_it_went_into_are_settled_at_once(sales: Sales) -> None:
    old = (await sales.take(of("77"))).deal_id or 0
    new = (await sales.take(of("88", SETUP, merged_ids=("77",)))).deal_id or 0

    async def settled() -> object:
        async with sales.office.db.begin() as session:
            return await settle(session, new, sales.now)

    async with sales.office.db.begin() as session:
        await locked_deal(session, old)
        connection, other = await session.connection(), asyncio.create_task(settled())
        for _ in range(2_000):
            if (await connection.execute(_WAITING)).scalar_one():
                break
            await asyncio.sleep(0.001)
        assert await settle(session, old, sales.now) is not None
    assert await other is not None

"""The mirror into events and plans: once, only what changed, and nothing guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from domain.revenue.settings import Mode
from flows.revenue.posting import PeriodPosted, post_period
from store.effects import EffectRow
from store.parties import SubsidiaryRow
from store.receivables import CreditMemoRow, InvoiceRow
from store.revenue import RevenueCellRow, RevenueEventRow, RevenueModificationRow
from store.settlements import RefundLineRow, SettlementRow
from tests.flows.revenue.books import SETTINGS, Books, settings

YEAR = "1 1200.00 2026-01-01 2026-12-31"


async def test_a_line_is_planned_once_whatever_is_paid_on_it(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-05", YEAR, "3 50.00", "tax 100.00")
    taken = await books.take()
    assert (taken.documents, taken.lines) == (1, 2)
    assert set((await books.cells("invoice:n-INV1:1")).values()) == {10_000}
    assert await books.cells("invoice:n-INV1:2") == {"2026-01": 5_000}
    assert (await books.take()).documents == 0
    await books.invoice("INV1 of Elm 2026-01-05", YEAR, "3 50.00", "tax 100.00")
    again = await books.take()
    assert (again.documents, again.lines) == (1, 0)
    assert await books.events() == ["billed invoice:n-INV1:1 1", "billed invoice:n-INV1:2 1"]


async def test_what_cannot_be_planned_is_held_with_its_reason(books: Books) -> None:
    await books.invoice(
        "INV1 of Elm 2026-01-05",
        "1 1200.00", "77 10.00", "8 10.00 2026-01-01 2026-01-31", "4 100.00 2026-01-01 2026-12-31",
        "3 10.00 2026-01-01 2026-03-31", "1 10.00 2026-02-01 2026-01-01",
    )  # fmt: skip
    books.settings = settings("", base="items: {Bundle: {bundle: [Platform, Training]}}\n")
    await books.take()
    assert await books.lines() == {
        "invoice:n-INV1:1": "held 0 no_dates",
        "invoice:n-INV1:2": "held 0 unknown_item",
        "invoice:n-INV1:3": "held 0 no_accounts",
        "invoice:n-INV1:4": "held 0 no_price",
        "invoice:n-INV1:5": "held 0 no_deferral",
        "invoice:n-INV1:6": "held 0 bad_dates",
    }
    assert "77" in (await books.line("invoice:n-INV1:2")).hold_reason


async def test_settings_that_name_a_price_release_a_held_bundle(books: Books) -> None:
    books.settings = settings("", base="items: {Bundle: {bundle: [Platform, Training]}}\n")
    await books.invoice("INV1 of Elm 2026-01-05", "4 1000.00 2026-01-01 2026-12-31")
    await books.take()
    books.settings = settings()
    await books.take()
    assert await books.lines() == {
        "invoice:n-INV1:1": "voided 0",
        "invoice:n-INV1:1:1": "active 75000",
        "invoice:n-INV1:1:2": "active 25000",
    }


async def test_lines_priced_apart_share_their_price_from_the_first_time_they_are_read(
    books: Books,
) -> None:
    lines = ("1 1000.00 2026-01-01 2026-12-31", "2 500.00 2026-01-01 2026-12-31", "tax 150.00")
    await books.invoice("INV1 of Elm 2026-01-05", *lines)
    await books.take()
    own = {"invoice:n-INV1:1": "active 100000", "invoice:n-INV1:2": "active 50000"}
    assert await books.lines() == own
    books.settings = settings("allocate_invoices: true\n")
    await books.invoice("INV1 of Elm 2026-01-05", *lines)
    await books.invoice("INV2 of Elm 2026-01-05", *lines)
    await books.credit("CM1 of INV2 2026-01-20", "2 100.00")
    await books.take()
    assert await books.lines() == own | {
        "invoice:n-INV2:1": "active 100000",
        "invoice:n-INV2:2": "active 30000",
        "invoice:n-INV2:2~1": "active 10000",
    }
    part = await books.line("invoice:n-INV2:2~1")
    assert (part.revenue_type, part.line, part.amount_minor) == ("subscription", 2, 12_500)
    async with books.db.read() as session:
        told = select(RevenueEventRow.because).where(RevenueEventRow.obligation == part.key)
        because = (await session.exec(told)).first()
    assert because == (
        "billed; 125.00 USD of line 2 is for line 1, allocated 1,125.00 USD:"
        " 1,500.00 USD x 90000 / 120000 by stand-alone price"
    )


async def test_an_allocated_invoice_that_changes_is_allocated_anew(books: Books) -> None:
    books.settings = settings("allocate_invoices: true\n")
    year = "2026-01-01 2026-12-31"
    await books.invoice("INV1 of Elm 2026-01-05", f"1 1000.00 {year}", f"2 500.00 {year}")
    await books.take()
    await books.invoice("INV1 of Elm 2026-01-05", f"1 1000.00 {year}", f"2 200.00 {year}")
    await books.take()
    assert await books.lines() == {
        "invoice:n-INV1:1": "active 90000",
        "invoice:n-INV1:1~2": "active 10000",
        "invoice:n-INV1:2": "active 20000",
        "invoice:n-INV1:2~1": "voided 0",
    }


async def test_a_part_follows_the_service_of_the_line_it_is_for(books: Books) -> None:
    books.settings = settings("allocate_invoices: true\n")
    other = "2 500.00 2026-01-01 2026-12-31"
    await books.invoice("INV1 of Elm 2026-01-05", "1 1000.00 2026-01-01 2026-12-31", other)
    await books.take()
    await books.invoice("INV1 of Elm 2026-01-05", "1 1000.00 2026-01-01 2026-05-31", other)
    await books.take()
    assert set((await books.cells("invoice:n-INV1:1")).values()) == {20_000}
    assert await books.cells("invoice:n-INV1:2~1") == {f"2026-0{n}": 2_500 for n in range(1, 6)}


@pytest.mark.parametrize("later", ["allocate_invoices: false\n", "allocate_invoices: true\n"])
async def test_later_prices_leave_an_allocated_invoice_as_it_is_until_it_changes(
    books: Books, later: str
) -> None:
    books.settings = settings("allocate_invoices: true\n")
    year = "2026-01-01 2026-12-31"
    first = ("INV1 of Elm 2026-01-05", f"1 1000.00 {year}", f"2 500.00 {year}")
    await books.invoice(*first)
    await books.take()
    known = await books.lines()
    books.settings = settings(later, base=SETTINGS.replace("900.00", "600.00"))
    await books.invoice(*first)
    assert ((await books.take()).lines, await books.lines()) == (0, known)
    await books.invoice("INV1 of Elm 2026-01-05", f"1 1000.00 {year}", f"2 200.00 {year}")
    await books.take()
    changed = await books.lines()
    assert changed["invoice:n-INV1:1~2"] == "active 20000"
    await books.invoice("INV1 of Elm 2026-01-05", f"1 1000.00 {year}", f"2 200.00 {year}")
    books.settings = settings("allocate_invoices: true\n")
    assert ((await books.take()).lines, await books.lines()) == (0, changed)


async def test_a_posted_allocation_asks_before_it_changes_and_leaves_closed_periods(
    books: Books,
) -> None:
    books.settings = settings("allocate_invoices: true\n")
    year = "2026-01-01 2026-12-31"
    await books.invoice("INV1 of Elm 2026-01-05", f"1 1000.00 {year}", f"2 500.00 {year}")
    await books.take()
    async with books.db.begin() as session:
        own = await session.get(SubsidiaryRow, 1)
        assert own is not None
        on, now = date(2026, 1, 15), datetime(2026, 2, 1, tzinfo=UTC)
        posting = await post_period(session, own, on, books.settings, Mode.JOURNAL, "Noor", now)
    assert isinstance(posting, PeriodPosted)
    before = await books.posted()
    assert sum(before.values()) == 12_500
    await books.invoice("INV1 of Elm 2026-01-05", f"1 1000.00 {year}", f"2 560.00 {year}")
    taken = await books.take()
    assert await books.posted() == before
    assert taken.changes == 2
    assert (await books.line("invoice:n-INV1:2~1")).planned_minor == 12_500
    await books.invoice("INV1 of Elm 2026-01-05", f"1 1000.00 {year}", f"2 500.00 {year}")
    await books.take()
    async with books.db.read() as session:
        states = (await session.exec(select(RevenueModificationRow.state))).all()
    assert states == ["withdrawn", "withdrawn"]


async def test_other_settings_leave_what_is_planned_as_it_is(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await books.take()
    books.settings = settings("", base="defaults: {method: exact_days, revenue_account: '499'}\n")
    await books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await books.take()
    line = await books.line("invoice:n-INV1:1")
    assert (line.method, line.revenue_account) == ("even_periods", "400")


async def test_what_was_never_posted_is_simply_read_again(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await books.take()
    await books.invoice("INV1 of Elm 2026-01-05", "1 600.00 2026-01-01 2026-06-30")
    await books.take()
    assert len(await books.cells("invoice:n-INV1:1")) == 6
    assert (await books.events())[-1] == "billed invoice:n-INV1:1 2"


async def test_a_voided_invoice_plans_nothing_and_may_come_back(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await books.take()
    await books.void("INV1", InvoiceRow)
    await books.take()
    assert await books.lines() == {"invoice:n-INV1:1": "voided 0"}
    await books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await books.take()
    assert await books.lines() == {"invoice:n-INV1:1": "active 120000"}
    assert (await books.events())[1:] == [
        "voided void:invoice:n-INV1:1 1", "voided void:invoice:n-INV1:1 2",
    ]  # fmt: skip


async def test_a_credit_of_a_line_shrinks_its_plan_and_its_void_gives_it_back(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await books.credit("CM1 of INV1 2026-01-20", "1 600.00")
    await books.take()
    assert set((await books.cells("invoice:n-INV1:1")).values()) == {5_000}
    await books.void("CM1", CreditMemoRow)
    await books.take()
    assert set((await books.cells("invoice:n-INV1:1")).values()) == {10_000}


async def test_a_credit_with_service_dates_takes_those_months(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await books.credit("CM1 of INV1 2026-01-20", "1 600.00 2026-07-01 2026-12-31")
    await books.take()
    cells = await books.cells("invoice:n-INV1:1")
    assert list(cells) == [f"2026-{month:02}" for month in range(1, 7)]


async def test_a_credit_that_fits_two_lines_or_none_waits_for_a_person(books: Books) -> None:
    same = "1 100.00 2026-01-01 2026-12-31"
    await books.invoice("INV1 of Elm 2026-01-05", "2 5.00 2026-01-01 2026-01-31", same, same)
    await books.credit("CM1 of INV1 2026-01-20", "1 60.00")
    await books.credit("CM2 of - 2026-01-20", "1 60.00")
    await books.credit("CM3 of INV1 2026-01-20", "2 9.00")
    await books.take()
    held = {key: told for key, told in (await books.lines()).items() if "held" in told}
    assert held == {
        "credit_memo:n-CM1:1": "held 0 credit",
        "credit_memo:n-CM2:1": "held 0 credit",
        "credit_memo:n-CM3:1": "held 0 credit",
    }
    assert "lines 2, 3" in (await books.line("credit_memo:n-CM1:1")).hold_reason
    assert "more than" in (await books.line("credit_memo:n-CM3:1")).hold_reason


async def test_a_credit_that_stands_alone_is_a_plan_below_zero(books: Books) -> None:
    await books.credit("CM1 of - 2026-01-20", "1 120.00 2026-01-01 2026-12-31", "6 5.00")
    await books.take()
    assert set((await books.cells("credit_memo:n-CM1:1")).values()) == {-1_000}
    assert await books.cells("credit_memo:n-CM1:2") == {"2026-01": -500}


async def test_a_write_off_ends_the_plan_of_the_invoice_it_is_set_against(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-05", YEAR, "3 300.00", "tax 300.00")
    await books.credit("CM1 of - 2026-01-20", "5 1800.00", applied="INV1 1800.00")
    await books.take()
    assert await books.cells("invoice:n-INV1:1") == {}
    assert "written_off write_off:n-CM1:invoice:n-INV1:1 1" in await books.events()


async def test_lines_that_changed_alone_are_found_by_the_thorough_pass(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await books.take()
    books._hash -= 1
    await books.invoice("INV1 of Elm 2026-01-05", "1 600.00 2026-01-01 2026-06-30")
    assert (await books.take()).documents == 0
    assert (await books.take(thorough=True)).lines == 1
    await books.credit("CM1 of - 2026-01-20", "5 600.00")
    await books.take()
    books._hash -= 1
    await books.credit("CM1 of - 2026-01-20", "5 600.00", applied="INV1 600.00")
    assert (await books.take()).documents == 0
    assert (await books.take(thorough=True)).lines == 1
    assert await books.cells("invoice:n-INV1:1") == {}


async def test_a_foreign_invoice_closes_in_base_currency(books: Books) -> None:
    await books.invoice("INV1 of Oak 2026-01-05 rate 1.0877", "1 100.00 2026-01-01 2026-03-31")
    await books.take()
    async with books.db.read() as session:
        rows = (await session.exec(select(RevenueCellRow.base_minor))).all()
    assert sum(rows) == 10_877


async def test_a_foreign_line_without_a_rate_is_held(books: Books) -> None:
    await books.invoice("INV1 of Oak 2026-01-05 rate 1.1", "1 100.00 2026-01-01 2026-03-31")
    async with books.db.begin() as session:
        row = (await session.exec(select(InvoiceRow))).one()
        row.exchange_rate = ""
        session.add(row)
    await books.take()
    assert await books.lines() == {"invoice:n-INV1:1": "held 0 no_rate"}


async def test_a_refund_moves_cash_and_no_revenue(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-05", YEAR)
    await books.credit("CM1 of INV1 2026-01-20", "1 600.00")
    async with books.db.begin() as session:
        paid = SettlementRow(
            netsuite_id="r1",
            kind="refund",
            customer_id=1,
            currency="USD",
            total_minor=60_000,
            on_day=date(2026, 1, 25),
            row_hash="a",
        )
        session.add(paid)
        await session.flush()
        session.add(
            RefundLineRow(settlement_id=paid.id, paid_out_netsuite_id="n-CM1", amount_minor=60_000)
        )
    await books.take()
    assert (await books.events())[-1] == "cash_only refund:r1:n-CM1 1"
    assert set((await books.cells("invoice:n-INV1:1")).values()) == {5_000}


async def test_a_concession_decided_here_credits_what_was_decided(books: Books) -> None:
    """Delivered: the concession item, to contra revenue at once; the rest: the line's own item."""
    await books.invoice("INV1 of Elm 2026-01-05", YEAR, YEAR)
    line = {"item_netsuite_id": "1", "amount": {"minor": 5_000, "currency": "USD"},
            "invoice_line": 2}  # fmt: skip
    payload: dict[str, object] = {"external_id": "ours", "reason": "concession", "lines": [line]}
    async with books.db.begin() as session:
        session.add(
            EffectRow(
                key="k",
                kind="create_credit_memo",
                fingerprint="f",
                payload=payload,
                state="proposed",
                proposed_at=books.now,
                proposed_by_kind="person",
                proposed_by_id="7",
                changed_at=books.now,
            )
        )
    await books.credit("CM1 of INV1 2026-07-01", "1 50.00", "6 70.00")
    async with books.db.begin() as session:
        memo = (await session.exec(select(CreditMemoRow))).one()
        memo.external_id = "ours"
        session.add(memo)
    await books.take()
    cells = await books.cells("invoice:n-INV1:2")
    assert (cells["2026-06"], cells["2026-12"]) == (10_000, 9_165)
    assert await books.cells("credit_memo:n-CM1:2") == {"2026-07": -7_000}

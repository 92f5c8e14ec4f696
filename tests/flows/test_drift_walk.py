"""From NetSuite's own pages to a finding: each kind made behind our back, found by its cause."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import not_
from sqlmodel import col, select

from flows.drift.who import name_authors
from flows.sync.passes import fast_pass, first_import
from flows.sync.reconcile import nightly
from store.drift import DriftFindingRow
from store.engine import Database
from store.parties import CustomerRow
from store.receivables import InvoiceRow
from tests.erp.account import START, Connected, connected, small_company

COMPANY = small_company(25, 160)
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


@dataclass(slots=True)
class World:
    """An ERP and our mirror of it, with nothing drifted."""

    db: Database
    netsuite: Connected

    async def fast(self) -> list[str]:
        self.netsuite.clock.forward(minutes=5)
        await fast_pass(self.db, self.netsuite.erp, self.netsuite.clock())
        return await self.open()

    async def night(self) -> list[str]:
        self.netsuite.clock.forward(hours=1)
        await nightly(self.db, self.netsuite.erp, self.netsuite.clock())
        return await self.open()

    async def open(self) -> list[str]:
        async with self.db.read() as session:
            found = await session.exec(
                select(DriftFindingRow)
                .where(DriftFindingRow.state == "open")
                .order_by(col(DriftFindingRow.id))
            )
            return [f"{row.kind} {row.document_kind}" for row in found.all()]

    async def about_invoices(self) -> dict[str, str]:
        """What is open about each invoice, by its ERP id."""
        async with self.db.read() as session:
            found = await session.exec(
                select(DriftFindingRow).where(
                    DriftFindingRow.state == "open", DriftFindingRow.document_kind == "invoice"
                )
            )
            return {row.netsuite_id: f"{row.kind} invoice" for row in found.all()}

    async def untouched(
        self, *, foreign: bool = False, apart_from: Collection[str] = ()
    ) -> InvoiceRow:
        """An open invoice that nothing was applied to, over more than one unit, not of January."""
        async with self.db.read() as session:
            found = await session.exec(
                select(InvoiceRow)
                .where(InvoiceRow.status == "open")
                .where(InvoiceRow.open_minor == InvoiceRow.total_minor)
                .where(InvoiceRow.total_minor > 1000)
                .where((col(InvoiceRow.exchange_rate) != "1") == foreign)
                .where(col(InvoiceRow.netsuite_id).not_in(apart_from))
                .where(not_(col(InvoiceRow.issued_on).between(*JANUARY)))
                .order_by(col(InvoiceRow.id))
            )
            row = found.first()
        assert row is not None
        return row

    async def customer_of(self, invoice: InvoiceRow) -> CustomerRow:
        async with self.db.read() as session:
            row = await session.get(CustomerRow, invoice.customer_id)
        assert row is not None
        return row

    async def another_customer(self, invoice: InvoiceRow) -> str:
        """The ERP id of another customer of the same subsidiary and currency."""
        own = await self.customer_of(invoice)
        async with self.db.read() as session:
            found = await session.exec(
                select(CustomerRow.netsuite_id)
                .where(CustomerRow.id != own.id, CustomerRow.currency == own.currency)
                .where(CustomerRow.subsidiary_id == own.subsidiary_id)
            )
            return next(iter(found.all()))


@pytest.fixture
async def world(db: Database) -> AsyncGenerator[World]:
    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START)
        yield World(db, netsuite)


async def test_nothing_has_drifted_after_an_import(world: World) -> None:
    assert await world.night() == []
    assert await world.fast() == []


Doing = tuple[str, dict[str, Any]]
# The act, the finding it leads to, and whether a pass over changes can see it.
ACTS: dict[str, tuple[Doing, str, bool]] = {
    "deleted": (("delete", {}), "deleted invoice", True),
    "voided": (("void", {}), "voided invoice", True),
    "amount": (("edit_amount", {"amount": "1.00"}), "amount_changed invoice", True),
    "balance": (("distort", {"open": "1.00"}), "balance_mismatch invoice", False),
    "status": (("distort", {"status": "B"}), "status_mismatch invoice", True),
    "approval": (("approve", {"status": "pending"}), "status_mismatch invoice", True),
    "due date": (
        ("edit", {"fields": {"dueDate": "2026-12-24"}}),
        "due_date_changed invoice",
        True,
    ),
    "rate": (
        ("edit", {"fields": {"exchangeRate": "1.732"}}),
        "currency_or_rate_changed invoice",
        True,
    ),
    "period": (
        ("edit", {"fields": {"tranDate": "2026-01-05"}}),
        "period_moved invoice",
        True,
    ),
    "journal": (
        ("control_gap", {"subsidiary": 1, "amount": "777.00"}),
        "control_total_gap subsidiary",
        False,
    ),
}


@pytest.mark.parametrize("quiet", [False, True], ids=["stamped", "quiet"])
async def test_each_change_is_one_finding(world: World, quiet: bool) -> None:
    assert await world.night() == []
    done: dict[str, str] = {}
    for name, ((do, spec), finding, _) in ACTS.items():
        invoice = await world.untouched(foreign=name == "rate", apart_from=set(done))
        world.netsuite.do(do, **{"id": invoice.netsuite_id, "quiet": quiet, **spec})
        done[invoice.netsuite_id] = finding
    seen = [finding for _, finding, by_stamp in ACTS.values() if by_stamp and not quiet]
    assert sorted(await world.fast()) == sorted(seen)
    for _ in range(2):
        assert sorted(await world.night()) == sorted(done.values())
    assert await world.about_invoices() == {
        netsuite_id: finding for netsuite_id, finding in done.items() if "invoice" in finding
    }


async def test_a_customer_changed_on_an_invoice(world: World) -> None:
    one = await world.untouched()
    other = await world.another_customer(one)
    world.netsuite.do("move_customer", id=one.netsuite_id, customer=int(other))
    assert await world.fast() == ["customer_changed invoice"]
    assert await world.night() == ["customer_changed invoice"]


@pytest.mark.parametrize("do", ["delete", "void", "unapply"])
async def test_a_settled_payment_undone_is_one_finding_and_its_invoices_none(
    world: World, do: str
) -> None:
    paid = world.netsuite.do("pay", id=(await world.untouched()).netsuite_id)["id"]
    assert await world.fast() == []
    world.netsuite.do(do, id=paid)
    kind = {"delete": "deleted", "void": "voided", "unapply": "application_mismatch"}[do]
    assert await world.fast() == [f"{kind} payment"]
    assert await world.night() == [f"{kind} payment"]


async def test_an_invoice_voided_with_what_was_applied_is_one_finding(world: World) -> None:
    invoice = await world.untouched()
    world.netsuite.do("pay", id=invoice.netsuite_id)
    await world.fast()
    world.netsuite.do("void", id=invoice.netsuite_id, release=True)
    assert await world.fast() == ["voided invoice"]
    assert await world.night() == ["voided invoice"]


async def test_an_invoice_slipped_in_looking_old_is_unexpected(world: World) -> None:
    await world.night()
    invoice = await world.untouched()
    fields = {
        "entity": {"id": (await world.customer_of(invoice)).netsuite_id},
        "tranDate": "2026-03-02",
        "item": {"items": [{"item": {"id": "501"}, "amount": 250}]},
    }
    as_of = "2026-03-02T12:00:00+00:00"
    world.netsuite.do("create", type="invoice", fields=fields, quiet=True, as_of=as_of)
    assert await world.fast() == []
    assert await world.night() == ["unexpected_document invoice"]


async def test_a_payment_entered_twice_is_suspected_until_one_is_gone(world: World) -> None:
    paid = world.netsuite.do("pay", id=(await world.untouched()).netsuite_id)["id"]
    world.netsuite.do("edit", id=paid, fields={"otherRefNum": "CHQ 4711"})
    await world.fast()
    again = world.netsuite.do("duplicate", id=paid)["id"]
    assert await world.fast() == []
    assert await world.night() == ["duplicate_suspect payment"]
    world.netsuite.do("delete", id=again)
    assert await world.fast() == []
    assert await world.night() == []


async def test_ordinary_life_is_no_drift(world: World) -> None:
    first = await world.untouched()
    customer = (await world.customer_of(first)).netsuite_id
    act = world.netsuite.do
    fields = {"entity": {"id": customer}, "item": {"items": [{"item": {"id": "501"}, "amount": 9}]}}
    invoice = act("create", type="invoice", fields=fields)["id"]
    await world.fast()
    paid = act("pay", id=invoice, amount="4.00")["id"]
    await world.fast()
    credit = act("transform", id=first.netsuite_id, type="creditMemo", fields={})["id"]
    assert paid != credit
    unapplied = act(
        "create", type="customerPayment", fields={"customer": {"id": customer}, "payment": 3}
    )["id"]
    await world.fast()
    act("apply", id=unapplied, to=invoice, amount="3.00")
    act("period", on="2026-01-15", closed=True)
    assert await world.fast() == []
    assert await world.night() == []


async def test_a_change_that_is_taken_back_closes_its_finding(world: World) -> None:
    invoice = await world.untouched()
    due = invoice.due_on.isoformat()
    world.netsuite.do("edit", id=invoice.netsuite_id, fields={"dueDate": "2026-12-24"})
    assert await world.fast() == ["due_date_changed invoice"]
    world.netsuite.do("edit", id=invoice.netsuite_id, fields={"dueDate": due})
    assert await world.fast() == []


async def test_a_gap_of_the_ledger_closes_when_the_journal_goes(world: World) -> None:
    made = world.netsuite.do("control_gap", subsidiary=1, amount="777.00")["id"]
    assert await world.night() == ["control_total_gap subsidiary"]
    world.netsuite.do("delete", id=made)
    assert await world.night() == []


async def test_who_changed_it_is_asked_once(world: World) -> None:
    invoice = await world.untouched()
    world.netsuite.do("edit_amount", id=invoice.netsuite_id, amount="1.00")
    await world.fast()
    now = world.netsuite.clock()
    assert await name_authors(world.db, world.netsuite.erp, now) == 1
    assert await name_authors(world.db, world.netsuite.erp, now) == 0
    async with world.db.read() as session:
        (row,) = (await session.exec(select(DriftFindingRow))).all()
    assert row.changed_by == "Sandbox User"
    assert row.changed_at is not None

"""What stops a write before it leaves, what shows as a difference, and what is mirrored."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from domain.ledger.money import Money
from effects.kinds import AppliedAmount, CreateInvoice, Effect
from effects.outcomes import Changed, Done, Refused, Unchanged
from store.drafts import draft
from store.engine import Database
from store.erp_masters import ItemRow
from store.lines import lines_of
from store.outgoing import events
from store.parties import CustomerRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from tests.erp.stage import DAY, Stage, staged


@pytest.fixture
async def stage(db: Database) -> AsyncGenerator[Stage]:
    async with staged(db) as ready:
        yield ready


async def done(stage: Stage, effect: Effect) -> Done:
    ended = await stage.hands(effect).act(effect)
    assert isinstance(ended, Done), ended
    await stage.record(effect, ended)
    return ended


async def stopped(stage: Stage, effect: Effect) -> str:
    answer = await stage.still_true(effect)
    assert isinstance(answer, Changed), answer
    return answer.reason


async def test_a_pushed_invoice_is_mirrored_with_its_lines(stage: Stage) -> None:
    draft_id = await stage.draft()
    effect = stage.invoice(draft_id=draft_id)
    assert await stage.still_true(effect) == Unchanged()
    evidence = (await done(stage, effect)).evidence
    async with stage.db.read() as session:
        row = (await session.exec(select(InvoiceRow).where(InvoiceRow.number == "D-1"))).one()
        lines = await lines_of(session, row.id)
        made = await draft(session, draft_id)
        told = await events(session)
    assert row.netsuite_id == evidence["netsuite_id"]
    assert (row.total_minor, row.open_minor, row.status) == (12500, 12500, "open")
    assert (row.issued_on, row.due_on) == (DAY, DAY + timedelta(days=30))
    assert (row.external_id, row.po_number, row.memo) == ("dw-inv-stage", "PO-1", "March")
    assert (row.exchange_rate, row.terms_netsuite_id) == ("1", "3")
    assert row.period_netsuite_id
    assert row.erp_modified_at is not None
    assert [(one.line, one.amount_minor, one.item_netsuite_id) for one in lines] == [
        (1, 10000, "509"),
        (2, 2500, "501"),
    ]
    assert lines[0].service_ends_on == date(2026, 3, 31)
    assert made is not None
    assert (made.state, made.netsuite_id) == ("pushed", row.netsuite_id)
    assert [(one.kind, one.payload["total"]) for one in told] == [("invoice.pushed", "125.00")]


async def test_an_invoice_without_due_date_gets_the_one_of_its_terms(stage: Stage) -> None:
    evidence = (await done(stage, stage.invoice(due_on=None, number=""))).evidence
    async with stage.db.read() as session:
        found = await session.exec(select(InvoiceRow).where(InvoiceRow.memo == "March"))
        row = found.one()
    assert row.due_on == DAY + timedelta(days=30)
    assert row.number == evidence["number"] != ""


async def test_an_invoice_that_a_person_found_waits_for_the_next_pass(stage: Stage) -> None:
    draft_id = await stage.draft()
    effect = stage.invoice(draft_id=draft_id, due_on=None)
    await stage.record(effect, Done({"netsuite_id": "4711", "said_by": "person:1"}))
    async with stage.db.read() as session:
        rows = await session.exec(select(InvoiceRow).where(InvoiceRow.netsuite_id == "4711"))
        assert rows.all() == []
        made = await draft(session, draft_id)
    assert made is not None
    assert (made.state, made.netsuite_id) == ("pushed", "4711")


@pytest.mark.parametrize(
    ("state", "reason"),
    [("dropped", "the draft was dropped"), ("draft", "the draft was taken back")],
)
async def test_a_draft_that_changed_its_mind(stage: Stage, state: str, reason: str) -> None:
    draft_id = await stage.draft(state=state)
    assert await stopped(stage, stage.invoice(draft_id=draft_id)) == reason
    assert await stopped(stage, stage.newcomer(draft_id=draft_id)) == reason
    assert await stopped(stage, stage.update(draft_id=draft_id)) == reason
    assert await stopped(stage, stage.invoice(draft_id=99)) == "there is no draft 99"


async def test_what_stops_an_invoice(stage: Stage) -> None:
    taken = stage.invoices[0].number
    assert "already" in await stopped(stage, stage.invoice(number=taken))
    gone = stage.invoice(customer_netsuite_id="999999")
    assert await stopped(stage, gone) == "NetSuite has no customer 999999"
    early = stage.invoice(issued_on=date(1999, 1, 1))
    assert "no accounting period" in await stopped(stage, early)
    stage.netsuite.do("period", on=DAY.isoformat(), arlocked=True)
    assert "closed or locked" in await stopped(stage, stage.invoice())
    stage.netsuite.do("period", on=DAY.isoformat(), arlocked=False)
    customer = int(stage.customer.netsuite_id)
    stage.netsuite.do("edit", type="customer", id=customer, fields={"isInactive": True})
    assert "is inactive in NetSuite" in await stopped(stage, stage.invoice())


async def test_items_are_checked_where_they_are_mirrored(stage: Stage) -> None:
    assert await stage.still_true(stage.invoice()) == Unchanged()
    async with stage.db.begin() as session:
        session.add(ItemRow(netsuite_id="509", name="Software subscription", type="Service"))
    assert await stopped(stage, stage.invoice()) == "NetSuite has no item 501"
    async with stage.db.begin() as session:
        session.add(ItemRow(netsuite_id="501", name="Support", type="Service", inactive=True))
    assert await stopped(stage, stage.invoice()) == "item 501 is inactive in NetSuite"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("number", "D-2", "number D-1 instead of D-2"),
        ("due_on", date(2026, 5, 1), "due date 2026-04-08 instead of 2026-05-01"),
        ("issued_on", date(2026, 3, 8), "date 2026-03-09 instead of 2026-03-08"),
        ("po_number", "PO-2", "purchase order PO-1 instead of PO-2"),
        ("terms_netsuite_id", "2", "terms 3 instead of 2"),
        ("subsidiary_netsuite_id", "9", "subsidiary"),
        ("ar_account_netsuite_id", "9", "receivable account"),
        ("department_netsuite_id", "1", "department nothing instead of 1"),
        ("exchange_rate", "1.5", "exchange rate 1 instead of 1.5"),
        ("fields", (("custbody_x", "1"),), "custbody_x nothing instead of 1"),
        ("customer_netsuite_id", "101", "customer"),
    ],
)
async def test_a_difference_in_any_field_is_told(
    stage: Stage, field: str, value: Any, words: str
) -> None:
    await done(stage, stage.invoice())
    wanted: CreateInvoice = replace(stage.invoice(), **{field: value})
    seen = await stage.hands(wanted).act(wanted)
    if getattr(stage.invoice(), field) == value:
        assert isinstance(seen, Done)
        return
    assert isinstance(seen, Refused)
    assert words in seen.reason
    assert stage.records("create_invoice") == 1


async def test_a_difference_in_any_line_is_told(stage: Stage) -> None:
    effect = stage.invoice()
    await done(stage, effect)
    first, second = effect.lines
    cases = {
        "1 lines": (second,),
        "line 1: item 509 instead of 501": (second, first),
        "line 1: amount": (replace(first, amount=first.amount + first.amount), second),
        "line 1: quantity 2 instead of 3": (replace(first, quantity="3"), second),
        "line 1: rate 50 instead of 49.5": (replace(first, rate="49.5"), second),
        "line 1: description Seats instead of S": (replace(first, description="S"), second),
        "line 2: service from nothing": (first, replace(second, service_starts_on=DAY)),
        "line 2: class nothing instead of 1": (first, replace(second, class_netsuite_id="1")),
    }
    for words, lines in cases.items():
        wanted = replace(effect, lines=lines)
        seen = await stage.hands(wanted).act(wanted)
        assert isinstance(seen, Refused)
        assert words.replace("1 lines", "2 lines instead of 1") in seen.reason
    same = replace(effect, lines=(replace(first, quantity="2.0", rate="50.00"), second))
    assert isinstance(await stage.hands(same).act(same), Done)


async def test_a_tax_that_nobody_reviewed_is_a_difference(stage: Stage) -> None:
    wanted = replace(stage.invoice(), total=stage.money("130"))
    seen = await stage.hands(wanted).act(wanted)
    assert isinstance(seen, Refused)
    assert "total 125.00" in seen.reason
    assert "instead of 130.00" in seen.reason
    assert stage.records("create_invoice") == 1


async def test_a_changed_invoice_is_mirrored(stage: Stage) -> None:
    draft_id = await stage.draft(netsuite_id=stage.invoices[1].netsuite_id)
    effect = stage.update(draft_id=draft_id)
    assert await stage.still_true(effect) == Unchanged()
    await done(stage, effect)
    async with stage.db.read() as session:
        row = await session.get(InvoiceRow, stage.invoices[1].id)
        made = await draft(session, draft_id)
        told = await events(session)
    assert row is not None
    assert (row.due_on, row.memo, row.row_hash) == (date(2026, 6, 30), "moved", "")
    assert made is not None
    assert made.state == "pushed"
    assert [one.kind for one in told] == ["invoice.changed"]


async def test_what_stops_a_change(stage: Stage) -> None:
    mine = int(stage.seen[1].netsuite_id)
    other = stage.update(customer_netsuite_id="1")
    assert "another customer" in await stopped(stage, other)
    assert "no readable invoice" in await stopped(stage, stage.update(netsuite_id="999999"))
    moved = stage.update(before={"memo": "never", "due_on": stage.seen[1].due_on.isoformat()})
    assert "instead of never" in await stopped(stage, moved)
    stage.netsuite.clock.forward(minutes=5)
    stage.netsuite.do("edit", id=mine, fields={"otherRefNum": "PO-9"})
    assert "was changed in NetSuite at" in await stopped(stage, stage.update())
    unknown = stage.update(expected_modified_at=None)
    assert await stage.still_true(unknown) == Unchanged()
    stage.netsuite.do("pay", id=mine)
    assert "is paid in NetSuite" in await stopped(stage, unknown)
    stage.netsuite.do("void", id=mine, release=True)
    assert "is voided in NetSuite" in await stopped(stage, unknown)


async def test_a_new_customer_is_mirrored(stage: Stage) -> None:
    draft_id = await stage.draft()
    evidence = (await done(stage, stage.newcomer(draft_id=draft_id))).evidence
    async with stage.db.read() as session:
        found = await session.exec(
            select(CustomerRow).where(CustomerRow.external_id == "dw-cus-stage")
        )
        row = found.one()
        made = await draft(session, draft_id)
        told = await events(session)
    assert row.netsuite_id == evidence["netsuite_id"]
    assert (row.currency, row.email) == ("USD", "ap@zebraoptics.example")
    assert row.entity_number
    assert row.auto_followup == CustomerRow(name="", currency="", netsuite_id="").auto_followup
    assert made is not None
    assert (made.state, made.customer_id) == ("draft", row.id)
    assert [one.kind for one in told] == ["customer.created"]


async def test_a_customer_that_looks_the_same_stops_it(stage: Stage) -> None:
    known = (await stage.netsuite.erp.customers_by_id([stage.customer.netsuite_id]))[0]
    twin = stage.newcomer(name=known.name, email="")
    reason = await stopped(stage, twin)
    assert reason.startswith("it may be a customer that NetSuite has already: ")
    assert known.entity_number in reason
    told_apart = replace(twin, distinct_from=(known.netsuite_id,))
    assert await stage.still_true(told_apart) == Unchanged()


async def test_moved_applications_are_mirrored(stage: Stage) -> None:
    before = [row.open_minor for row in stage.invoices]
    effect = stage.moved()
    assert await stage.still_true(effect) == Unchanged()
    await done(stage, effect)
    async with stage.db.read() as session:
        payment = await session.get(PaymentRow, stage.payment.id)
        found = await session.exec(
            select(ApplicationRow).where(ApplicationRow.payment_id == stage.payment.id)
        )
        applied = [(row.invoice_id, row.amount_minor) for row in found.all()]
        rows = await session.exec(
            select(InvoiceRow)
            .where(col(InvoiceRow.id).in_([row.id for row in stage.invoices]))
            .order_by(col(InvoiceRow.id))
        )
        left = [row.open_minor for row in rows.all()]
    assert payment is not None
    assert payment.unapplied_minor == 300
    assert applied == [(stage.invoices[1].id, 700)]
    assert left == [before[0] + 1000, before[1] - 700]
    stands = await stage.netsuite.erp.read_payment(str(stage.payment.netsuite_id))
    assert stands is not None
    assert dict(stands.applications) == {stage.invoices[1].netsuite_id: stage.money("7")}


async def test_applications_without_the_erps_balances_are_worked_out(stage: Stage) -> None:
    before = [row.open_minor for row in stage.invoices]
    await stage.record(stage.moved(), Done({"said_by": "person:1"}))
    async with stage.db.read() as session:
        rows = [await session.get(InvoiceRow, row.id) for row in stage.invoices]
    assert [row.open_minor for row in rows if row] == [before[0] + 1000, before[1] - 700]


async def test_what_stops_moved_applications(stage: Stage) -> None:
    ten, one = stage.money("10"), stage.money("1")
    wrong_before = stage.moved(before=(stage.applied(0, one),))
    assert "applied otherwise now" in await stopped(stage, wrong_before)
    other = stage.moved(amount=stage.money("11"))
    assert "the payment is 10.00" in await stopped(stage, other)
    strange = stage.moved(customer_netsuite_id="1")
    assert "another customer" in await stopped(stage, strange)
    nothing = stage.moved(after=(AppliedAmount(1, "999999", "INV-X", one),))
    assert "no readable invoice INV-X" in await stopped(stage, nothing)
    rest = Money(stage.seen[1].open.minor - 100, ten.currency)
    stage.netsuite.do("pay", id=int(stage.seen[1].netsuite_id), amount=rest.plain())
    assert "has only 1.00" in await stopped(stage, stage.moved())
    async with stage.db.begin() as session:
        row = await session.get(PaymentRow, stage.payment.id)
        assert row is not None
        row.state = "reversed"
    assert await stopped(stage, stage.moved()) == "the payment was reversed"


async def test_a_voided_payment_is_not_moved(stage: Stage) -> None:
    stage.netsuite.do("void", id=int(str(stage.payment.netsuite_id)), release=True)
    assert await stopped(stage, stage.moved()) == "NetSuite no longer has the payment"

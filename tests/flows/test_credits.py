"""Credits from being asked for to the ERP's books, in any order and never too much."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import text

from agent.tools.propose_email import Draft, propose_email
from domain.ledger.billing.periods import Span
from domain.ledger.credits import Reason
from domain.ledger.money import Money
from domain.ledger.write_offs import SmallBalancePolicy
from effects.kinds import CreateCreditMemo, WriteOffInvoice
from effects.propose import Proposed
from erp.performers.memos import memo_to_post
from erp.port import CreditMemoToPost, LineToPost, PaymentToPost, Posted
from flows.credits.asked import CreditAsked, CreditRefused, LineAsked, Requested, WriteOffAsked
from flows.credits.gathering import books_of
from flows.credits.giving_up import deferred_of, request_write_off, run_small_balances
from flows.credits.rebilling import RebillAsked, Rebilled, rebill
from flows.credits.recovering import RecoveryAsked, request_recovery
from flows.credits.requesting import request_credit
from flows.credits.setting import SettingAsked, set_against
from flows.credits.showing import preview
from flows.credits.standing_alone import AloneAsked, request_alone
from flows.credits.voids import VoidAsked, request_void
from flows.revenue.credit_lines import mirror_credit_lines
from store.credit_requests import CreditRequestRow
from store.drafts import InvoiceDraftRow
from store.effects import EffectRow
from store.engine import Database, Session
from store.lines import InvoiceLineRow
from store.parties import CustomerRow
from store.receivables import CreditMemoRow, InvoiceRow, PaymentRow
from store.revenue import RevenueObligationRow
from store.standing import DisputeRow
from store.worklist import WorkItemRow
from tests.effects.outside import ANNA
from tests.erp.account import START
from tests.flows.till import Till, journal_of, opened
from tests.module_database import module_database

__all__ = ["module_database"]
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def till(module_database: str) -> AsyncGenerator[Till]:
    db = Database(module_database)
    async with opened(db) as ready:
        yield ready
    await db.close()


def usd(minor: int) -> Money:
    return Money(minor, "USD")


async def effects_of(till: Till, asked: Requested) -> list[EffectRow]:
    return [(await till.rows(EffectRow, id=one))[0] for one in asked.effect_ids]


async def given_up(till: Till, invoice: InvoiceRow) -> CreditRequestRow:
    """The write-off of a whole claim, in the books."""
    wanted = WriteOffAsked(invoice.id, "lost", str(invoice.id), note="insolvent")
    async with till.db.begin() as session:
        asked = await request_write_off(
            session, till.desk, wanted, ANNA.actor, till.netsuite.clock()
        )
    assert isinstance(asked, Requested), asked
    assert await till.approved(*asked.effect_ids) == ["done"]
    (row,) = await till.rows(CreditRequestRow, id=asked.request_id)
    assert isinstance(row, CreditRequestRow)
    return row


async def unfitting(till: Till, invoice: InvoiceRow) -> int:
    """How many of seven amounts are no net amount with its tax; each is told the next below."""
    found = 0
    for minor in range(10_000, 10_007):
        amount = Money(minor, invoice.currency)
        wanted = CreditAsked(invoice.id, Reason.BILLING_ERROR, "x", "x", amount=amount)
        async with till.db.read() as session:
            told = await preview(session, till.desk, wanted, START.date())
        assert told is not None
        if told[1].blocked:
            (finding,) = told[1].findings
            assert (finding.id, "Credit " in finding.fix) == ("CRM-011", True)
            found += 1
        else:
            assert told[1].journal
    return found


async def test_a_taxed_invoice_is_credited_to_the_cent_and_never_beyond(till: Till) -> None:
    invoice = await till.some(taxed=True)
    assert await unfitting(till, invoice) > 0
    amount = Money(11_900, invoice.currency)
    first = await till.asks(invoice, amount=amount)
    assert isinstance(first, Requested), first
    again = await till.asks(invoice, amount=amount)
    assert isinstance(again, Requested)
    assert (again.request_id, again.created) == (first.request_id, False)
    whole = await till.asks(invoice, source_id="2", amount=Money(invoice.total_minor, "EUR"))
    assert isinstance(whole, CreditRefused)
    assert "CRM-001" in {one.id for one in whole.findings}
    (effect,) = await effects_of(till, first)
    assert await till.approved(effect.id) == ["done"]
    (memo,) = await till.rows(CreditMemoRow, external_id=effect.payload["external_id"])
    assert till.booked(memo.netsuite_id) == journal_of(effect)
    assert (await till.invoice(invoice.id)).open_minor == invoice.open_minor - 11_900
    rest = await till.asks(invoice, source_id="3")
    assert isinstance(rest, Requested), rest
    assert await till.approved(*rest.effect_ids) == ["done"]
    stands = await till.invoice(invoice.id)
    assert (stands.open_minor, stands.status) == (0, "paid")
    nothing = await till.asks(invoice, source_id="4")
    assert isinstance(nothing, CreditRefused)
    assert await till.pass_finds() == 0


async def test_what_was_paid_comes_back_as_money_or_stays_in_favour(till: Till) -> None:
    paid = next(
        row
        for row in await till.rows(InvoiceRow, status="paid", currency="USD")
        if row.total_minor > 10_000
    )
    asked = await till.asks(paid, amount=usd(9_000), refund=usd(4_000))
    assert isinstance(asked, Requested), asked
    assert len(asked.effect_ids) == 2
    (row,) = await till.rows(CreditRequestRow, id=asked.request_id)
    assert (row.offset_minor, row.refund_minor, row.balance_minor) == (0, 4_000, 5_000)
    assert await till.approved(*asked.effect_ids) == ["done", "done"]
    memo, refund = await effects_of(till, asked)
    (stands,) = await till.rows(CreditMemoRow, external_id=memo.payload["external_id"])
    assert stands.open_minor == 5_000
    assert refund.outcome["netsuite_id"]
    too_much = await till.asks(paid, source_id="2", amount=usd(paid.total_minor - 8_999))
    assert isinstance(too_much, CreditRefused)
    assert {one.id for one in too_much.findings} >= {"CRM-001"}
    assert await till.pass_finds() == 0


async def test_a_write_off_keeps_what_was_delivered_apart_and_waits_for_peace(till: Till) -> None:
    invoice = await till.some(dated=True)

    async def gives_up(source_id: str) -> Requested | CreditRefused:
        wanted = WriteOffAsked(invoice.id, "test", source_id, note="insolvent")
        async with till.db.begin() as session:
            return await request_write_off(
                session, till.desk, wanted, ANNA.actor, till.netsuite.clock()
            )

    contested = DisputeRow(
        key="d", customer_id=invoice.customer_id, invoice_id=invoice.id, opened_at=START
    )
    await till.add(contested)
    refused = await gives_up("1")
    assert isinstance(refused, CreditRefused)
    assert "WOF-001" in {one.id for one in refused.findings}
    async with till.db.begin() as session:
        row = await session.get(DisputeRow, contested.id)
        assert row is not None
        row.state = "resolved"
        session.add(row)
    asked = await gives_up("2")
    assert isinstance(asked, Requested), asked
    (effect,) = await effects_of(till, asked)
    assert 0 < WriteOffInvoice.from_payload(effect.payload).undelivered.minor < invoice.open_minor
    assert await till.approved(effect.id) == ["done"]
    (memo,) = await till.rows(CreditMemoRow, external_id=effect.payload["external_id"])
    entry = till.booked(memo.netsuite_id)
    assert {"2", "8", "9"} == entry.keys()
    assert (await till.invoice(invoice.id)).status == "paid"
    assert await till.pass_finds() == 0


async def test_a_foreign_invoice_is_credited_at_its_own_rate_and_leaves_nothing(till: Till) -> None:
    invoice = await till.some(foreign=True)
    asked = await till.asks(invoice, reason=Reason.DUPLICATE)
    assert isinstance(asked, Requested), asked
    (effect,) = await effects_of(till, asked)
    assert effect.payload["exchange_rate"] == invoice.exchange_rate
    assert await till.approved(effect.id) == ["done"]
    (memo,) = await till.rows(CreditMemoRow, external_id=effect.payload["external_id"])
    billed, credited = (till.booked(one.netsuite_id) for one in (invoice, memo))
    accounts = billed.keys() | credited.keys()
    assert {a for a in accounts if billed.get(a, 0) + credited.get(a, 0)} == set()


async def test_requests_in_any_order_leave_the_same_balances(till: Till) -> None:
    first, second = await till.billed("500", "500")
    parts = (
        Money(3_333, first.currency),
        Money(1_000, first.currency),
        Money(2_500, first.currency),
    )
    left = []
    for invoice, order in ((first, (0, 1, 2)), (second, (2, 0, 1))):
        ids: list[int] = []
        for place in order:
            asked = await till.asks(invoice, source_id=str(place), amount=parts[place])
            assert isinstance(asked, Requested), asked
            ids += asked.effect_ids
        assert set(await till.approved(*reversed(ids))) == {"done"}
        left.append(invoice.open_minor - (await till.invoice(invoice.id)).open_minor)
    assert left == [6_833, 6_833]


async def test_what_waits_counts_as_taken(till: Till) -> None:
    (invoice,) = await till.billed("500")
    one = await till.asks(invoice, amount=Money(invoice.total_minor - 100, invoice.currency))
    assert isinstance(one, Requested)
    two = await till.asks(invoice, source_id="2", amount=Money(101, invoice.currency))
    assert isinstance(two, CreditRefused)
    fits = await till.asks(invoice, source_id="3", amount=Money(100, invoice.currency))
    assert isinstance(fits, Requested)
    assert [w.id for w in fits.warnings] == ["CRM-015"]
    assert await till.approved(*fits.effect_ids, *one.effect_ids) == ["done", "done"]


async def test_one_line_with_its_days_and_a_warning_that_needs_a_reason(till: Till) -> None:
    invoice = await till.some(dated=True)
    (line, *_) = await till.rows(InvoiceLineRow, invoice_id=invoice.id)
    some = LineAsked(line.line, Money(5_000, invoice.currency))
    silent = await till.asks(invoice, lines=(some,), note="")
    assert isinstance(silent, CreditRefused)
    assert {one.id for one in silent.findings} == {"CRM-007"}
    days = Span(line.service_ends_on - timedelta(days=29), line.service_ends_on)
    asked = await till.asks(invoice, lines=(replace(some, service=days),), note="")
    assert isinstance(asked, Requested), asked
    (effect,) = await effects_of(till, asked)
    content = CreateCreditMemo.from_payload(effect.payload)
    assert content.lines[0].service_starts_on == days.starts_on
    assert await till.approved(effect.id) == ["done"]


async def test_small_balances_are_proposed_within_the_caps(till: Till) -> None:
    rows = await till.billed("500")
    async with till.db.begin() as session:
        row = await session.get(InvoiceRow, rows[0].id)
        assert row is not None
        row.open_minor, row.due_on = 300, date(2025, 1, 1)
        session.add(row)
    small = SmallBalancePolicy((usd(500),), (usd(600),), after_days=60)
    policed = replace(till.desk, credits=replace(till.desk.credits, small=small))
    made: list[Requested] = []
    for _ in range(2):
        async with till.db.begin() as session:
            made += await run_small_balances(
                session, policed, "2026-03", ANNA.actor, till.netsuite.clock()
            )
    requests = await till.rows(CreditRequestRow, run="2026-03")
    assert [one.request_id for one in made] == [one.id for one in requests]
    assert rows[0].id in {one.invoice_id for one in requests}
    assert sum(one.amount_minor for one in requests) <= 600
    for one in requests:
        (effect,) = await till.rows(EffectRow, id=one.effect_id)
        assert (effect.state, effect.required_role) == ("proposed", "approver")


async def test_memos_are_set_against_invoices_all_or_none(till: Till) -> None:
    (invoice,) = await till.billed("500")
    (customer,) = await till.rows(CustomerRow, id=invoice.customer_id)
    lines = (LineToPost("501", Money(5_000, invoice.currency)),)
    made = await till.netsuite.erp.post_credit_memo(
        CreditMemoToPost("theirs", customer.netsuite_id, invoice.currency, START.date(), lines)
    )
    assert isinstance(made, Posted)
    await till.pass_finds()
    (owner,) = await till.rows(CreditMemoRow, netsuite_id=made.netsuite_id)
    small = Money(100, owner.currency)

    async def sets(*asked: SettingAsked) -> tuple[int, ...] | CreditRefused:
        async with till.db.begin() as session:
            return await set_against(
                session, till.desk, asked, "asked by them", ANNA.actor, till.netsuite.clock()
            )

    beyond = await sets(
        SettingAsked(owner.id, invoice.id, Money(owner.open_minor + 1, owner.currency))
    )
    assert isinstance(beyond, CreditRefused)
    assert beyond.findings[0].id == "CRM-003"
    done = await sets(
        SettingAsked(owner.id, invoice.id, small), SettingAsked(owner.id, invoice.id, small)
    )
    assert isinstance(done, tuple)
    assert await till.approved(*done) == ["done"]
    assert (await till.invoice(invoice.id)).open_minor == invoice.open_minor - 200


async def test_a_rebill_credits_in_full_and_drafts_the_same_service(till: Till) -> None:
    invoice = await till.some(dated=True)
    asked = RebillAsked(invoice.id, "wrong entity", "test", f"rebill {invoice.id}")
    for created in (True, False):
        async with till.db.begin() as session:
            answer = await rebill(session, till.desk, asked, ANNA.actor, till.netsuite.clock())
        assert isinstance(answer, Rebilled), answer
        assert answer.credit.created == created
        known = answer
    assert "its credit has to reach the ERP first" in await till.why_not_pushed(known.draft_id)
    assert await till.approved(*known.credit.effect_ids) == ["done"]
    assert "its credit" not in await till.why_not_pushed(known.draft_id)
    (draft,) = await till.rows(InvoiceDraftRow, id=known.draft_id)
    lines = await till.rows(InvoiceLineRow, invoice_id=invoice.id)
    assert [one.get("service_starts_on") for one in draft.lines] == [
        line.service_starts_on and line.service_starts_on.isoformat() for line in lines
    ]
    assert draft.total_minor == invoice.total_minor
    assert not (await till.invoice(invoice.id)).open_minor


async def test_a_void_is_done_by_a_person_and_drift_agrees(till: Till) -> None:
    (invoice,) = await till.billed("500")
    asked = VoidAsked("invoice", invoice.id, "made twice", "test", f"void {invoice.id}")
    async with till.db.begin() as session:
        answer = await request_void(session, till.desk, asked, ANNA.actor, till.netsuite.clock())
    assert isinstance(answer, Requested), answer
    assert await till.approved(*answer.effect_ids) == ["approved"]
    before = await till.pass_finds()
    till.netsuite.do("void", id=int(invoice.netsuite_id))
    assert await till.pass_finds() == before + 1
    till.netsuite.clock.forward(minutes=15)
    assert await till.performed(*answer.effect_ids) == "done"
    assert await till.pass_finds() == before
    assert (await till.invoice(invoice.id)).status == "voided"
    (item,) = await till.rows(WorkItemRow, kind="void")
    assert item.closed_at is not None


async def test_money_for_what_was_written_off_brings_the_claim_back(till: Till) -> None:
    lost = await given_up(till, await till.some())
    (customer,) = await till.rows(CustomerRow, id=lost.customer_id)
    amount = Money(1_000, lost.currency)
    paid = await till.netsuite.erp.post_payment(
        PaymentToPost("late-money", customer.netsuite_id, amount, START.date(), ())
    )
    assert isinstance(paid, Posted)
    await till.pass_finds()
    (payment,) = await till.rows(PaymentRow, netsuite_id=paid.netsuite_id)

    async def asks(minor: int, source_id: str) -> Requested | CreditRefused:
        wanted = RecoveryAsked(
            lost.id, payment.id, Money(minor, lost.currency), "they paid", "test", source_id
        )
        async with till.db.begin() as session:
            return await request_recovery(
                session, till.desk, wanted, ANNA.actor, till.netsuite.clock()
            )

    assert isinstance(await asks(1_001, "too much"), CreditRefused)
    before = await asks(1, "a part")
    assert isinstance(before, Requested), before
    (memo,) = await till.rows(CreditMemoRow, netsuite_id=lost.netsuite_id)
    unmade = VoidAsked("credit_memo", memo.id, "by mistake", "test", f"void {memo.id}")
    async with till.db.begin() as session:
        answer = await request_void(session, till.desk, unmade, ANNA.actor, till.netsuite.clock())
    assert isinstance(answer, CreditRefused)
    assert [one.id for one in answer.findings] == ["VOI-006"]
    await till.rejected(*before.effect_ids)
    asked = await asks(1_000, "all")
    assert isinstance(asked, Requested), asked
    assert await till.approved(*asked.effect_ids) == ["done", "done"]
    (row,) = await till.rows(CreditRequestRow, id=asked.request_id)
    assert row.posted_at is not None
    journal = (await effects_of(till, asked))[0]
    assert till.booked(str(journal.outcome["netsuite_id"])) == {"2": 1_000, "20": -1_000}
    (payment,) = await till.rows(PaymentRow, netsuite_id=paid.netsuite_id)
    assert payment.unapplied_minor == 0


async def overdue(till: Till, customer_id: int) -> list[InvoiceRow]:
    rows = await till.rows(InvoiceRow, customer_id=customer_id, status="open")
    return [row for row in rows if (START.date() - row.due_on).days > 3]


async def test_collections_see_the_lower_balance_and_take_back_mail_that_waits(till: Till) -> None:
    (customer, *_) = [
        row
        for row in await till.rows(CustomerRow)
        if row.id not in {one.customer_id for one in await till.rows(CreditRequestRow)}
        and [one for one in await overdue(till, row.id) if one.open_minor == one.total_minor]
    ]
    async with till.db.begin() as session:
        found = await session.get(CustomerRow, customer.id)
        assert found is not None
        found.auto_followup = True
        session.add(found)
        await session.flush()
        now = till.netsuite.clock()
        mail = await propose_email(session, till.desk, customer.id, Draft(), now)
    assert isinstance(mail, Proposed), mail
    for row in await till.rows(InvoiceRow, customer_id=customer.id, status="open"):
        asked = await till.asks(row, source_id="all", reason=Reason.DUPLICATE)
        assert isinstance(asked, Requested), asked
        assert await till.approved(*asked.effect_ids) == ["done"]
    (waiting,) = await till.rows(EffectRow, id=mail.effect_id)
    assert waiting.state == "superseded"


async def test_what_the_revenue_ledger_has_deferred_was_not_delivered(till: Till) -> None:
    (invoice,) = await till.billed("500")
    wanted = WriteOffAsked(invoice.id, "x", "x", note="insolvent")
    (customer,) = await till.rows(CustomerRow, id=invoice.customer_id)
    await till.add(
        RevenueObligationRow(
            key="x", contract="x", subsidiary_id=customer.subsidiary_id, currency="USD",
            base_currency="USD", billed_on=invoice.issued_on, deferred_minor=12_000,
            invoice_netsuite_id=invoice.netsuite_id,
        )
    )  # fmt: skip
    async with till.db.read() as session:
        books = await books_of(session, invoice.id)
        assert books is not None
        assert await deferred_of(session, books, START.date()) == usd(12_000)
        told = await preview(session, till.desk, wanted, START.date())
    assert told is not None
    assert not any(one.id == "WOF-002" for one in told[1].findings)


async def test_a_credit_of_no_invoice_stays_in_their_favour(till: Till) -> None:
    customer = (await till.rows(CustomerRow, currency="USD"))[0]

    async def asks(amount: int, item: str = "") -> Requested | CreditRefused:
        wanted = AloneAsked(
            customer.id, usd(amount), Reason.GOODWILL, "for their trouble", "test",
            f"alone {amount} {item}", item,
        )  # fmt: skip
        async with till.db.begin() as session:
            return await request_alone(
                session, till.desk, wanted, ANNA.actor, till.netsuite.clock()
            )

    assert isinstance(await asks(0), CreditRefused)
    assert isinstance(await asks(1, "999"), CreditRefused)
    asked = await asks(7_000)
    assert isinstance(asked, Requested), asked
    assert await till.approved(*asked.effect_ids) == ["done"]
    (effect,) = await effects_of(till, asked)
    (memo,) = await till.rows(CreditMemoRow, external_id=effect.payload["external_id"])
    assert memo.open_minor == 7_000
    assert till.booked(memo.netsuite_id) == journal_of(effect) == {"2": -7_000, "5": 7_000}


async def test_a_memo_voided_in_the_erp_may_be_credited_anew(till: Till) -> None:
    (invoice,) = await till.billed("500")
    asked = await till.asks(invoice)
    assert isinstance(asked, Requested), asked
    assert await till.approved(*asked.effect_ids) == ["done"]
    (row,) = await till.rows(CreditRequestRow, id=asked.request_id)
    till.netsuite.do("void", id=int(row.netsuite_id), release=True)
    await till.pass_finds()
    assert (await till.invoice(invoice.id)).open_minor == 50_000
    again = await till.asks(invoice, source_id="2")
    assert isinstance(again, Requested), again
    assert await till.approved(*again.effect_ids) == ["done"]


async def test_a_memo_that_others_made_meanwhile_counts_when_the_credit_is_carried_out(
    till: Till,
) -> None:
    (invoice,) = await till.billed("500")
    (customer,) = await till.rows(CustomerRow, id=invoice.customer_id)
    asked = await till.asks(invoice, amount=usd(30_000))
    assert isinstance(asked, Requested), asked
    lines = (LineToPost("501", usd(40_000)),)
    theirs = CreditMemoToPost(
        f"beside-{invoice.id}", customer.netsuite_id, "USD", START.date(), lines,
        invoice_netsuite_id=invoice.netsuite_id,
    )  # fmt: skip
    assert isinstance(await till.netsuite.erp.post_credit_memo(theirs), Posted)
    await till.pass_finds()
    await mirror_credit_lines(till.db, till.netsuite.erp, till.netsuite.clock())
    assert await till.approved(*asked.effect_ids) == ["superseded"]


async def test_nothing_is_refunded_of_a_payment_that_came_back(till: Till) -> None:
    (invoice,) = await till.billed("500")
    (customer,) = await till.rows(CustomerRow, id=invoice.customer_id)
    paid = await till.netsuite.erp.post_payment(
        PaymentToPost(
            f"bounces-{invoice.id}", customer.netsuite_id, usd(50_000), START.date(),
            ((invoice.netsuite_id, usd(50_000)),),
        )
    )  # fmt: skip
    assert isinstance(paid, Posted)
    await till.pass_finds()
    asked = await till.asks(invoice, amount=usd(20_000), refund=usd(20_000))
    assert isinstance(asked, Requested), asked
    till.netsuite.do("void", id=int(paid.netsuite_id), release=True)
    await till.pass_finds()
    assert (await till.invoice(invoice.id)).open_minor == 50_000
    assert await till.approved(*asked.effect_ids) == ["superseded", "superseded"]


async def test_a_memo_that_stands_after_a_lost_answer_is_not_made_a_stranger(till: Till) -> None:
    (invoice,) = await till.billed("500")
    asked = await till.asks(invoice)
    assert isinstance(asked, Requested), asked
    (effect,) = await effects_of(till, asked)
    content = CreateCreditMemo.from_payload(effect.payload)
    assert isinstance(await till.netsuite.erp.post_credit_memo(memo_to_post(content)), Posted)
    await till.pass_finds()
    assert await till.approved(effect.id) == ["done"]
    assert len(await till.rows(CreditMemoRow, external_id=content.external_id)) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"reason": Reason.CANNOT_PAY},
        {"reason": Reason.SMALL_BALANCE},
        {"treatment": "bad_debt"},
        {"treatment": "small_difference"},
    ],
)
async def test_a_claim_is_not_given_up_under_the_limits_of_credits(
    till: Till, asked: dict[str, object]
) -> None:
    invoice = await till.some()
    refused = await till.asks(invoice, **asked)
    assert isinstance(refused, CreditRefused)
    assert [one.id for one in refused.findings] == ["WOF-003"]


async def test_a_key_that_stands_for_one_request_does_not_stand_for_another(till: Till) -> None:
    invoice, other = await till.billed("500", "500")
    first = await till.asks(invoice, source="key", source_id="used", amount=usd(100))
    assert isinstance(first, Requested), first
    await till.rejected(*first.effect_ids)
    by, now = ANNA.actor, till.netsuite.clock()
    async with till.db.begin() as session:
        answers: list[object] = [
            await rebill(
                session, till.desk, RebillAsked(invoice.id, "again", "key", "used"), by, now
            ),
            await request_write_off(
                session, till.desk, WriteOffAsked(invoice.id, "key", "used"), by, now
            ),
        ]
    answers.append(await till.asks(other, source="key", source_id="used", amount=usd(100)))
    for answer in answers:
        assert isinstance(answer, CreditRefused)
        assert [one.id for one in answer.findings] == ["CRM-017"]


async def test_a_claim_that_stands_again_is_not_recovered_as_well(till: Till) -> None:
    invoice = await till.some()
    amount = Money(900, invoice.currency)
    (customer,) = await till.rows(CustomerRow, id=invoice.customer_id)
    lost = await given_up(till, invoice)
    paid = await till.netsuite.erp.post_payment(
        PaymentToPost(f"late-{invoice.id}", customer.netsuite_id, amount, START.date(), ())
    )
    assert isinstance(paid, Posted)
    await till.pass_finds()
    (payment,) = await till.rows(PaymentRow, netsuite_id=paid.netsuite_id)
    wanted = RecoveryAsked(lost.id, payment.id, amount, "paid", "test", "both")
    async with till.db.begin() as session:
        asked = await request_recovery(
            session, till.desk, wanted, ANNA.actor, till.netsuite.clock()
        )
    assert isinstance(asked, Requested), asked
    till.netsuite.do("void", id=int(lost.netsuite_id), release=True)
    await till.pass_finds()
    assert await till.approved(*asked.effect_ids) == ["superseded", "superseded"]


async def test_a_part_of_a_claim_is_no_small_balance(till: Till) -> None:
    (invoice,) = await till.billed("500")
    part = WriteOffAsked(invoice.id, "x", "x", Reason.SMALL_BALANCE, "tiny", usd(499))
    async with till.db.read() as session:
        told = await preview(session, till.desk, part, START.date())
    assert told is not None
    assert "WOF-004" in {one.id for one in told[1].findings}


_HELD = text(
    "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
    " WHERE NOT granted AND d.datname = current_database()"
)


async def twice_at_once(
    till: Till, ask: Callable[[Session], Awaitable[Requested | CreditRefused]]
) -> list[Requested | CreditRefused]:
    """The same asked in two transactions; the first ends when the second waits for it."""

    async def second() -> Requested | CreditRefused:
        async with till.db.begin() as session:
            return await ask(session)

    async with till.db.begin() as session:
        first, connection = await ask(session), await session.connection()
        waits = asyncio.create_task(second())
        for _ in range(2_000):
            if waits.done() or (await connection.execute(_HELD)).scalar_one():
                break
            await asyncio.sleep(0.001)
    return [first, await waits]


def one_request(answers: list[Requested | CreditRefused]) -> Requested:
    first, second = answers
    assert isinstance(first, Requested), first
    assert isinstance(second, Requested), second
    assert (first.created, second.created) == (True, False)
    assert (first.request_id, first.effect_ids) == (second.request_id, second.effect_ids)
    return first


async def test_the_same_key_at_once_is_one_request(till: Till) -> None:
    first, other = await till.billed("500", "500")
    now = till.netsuite.clock()
    alone = AloneAsked(first.customer_id, usd(900), Reason.GOODWILL, "for them", "race", "alone")
    one_request(
        await twice_at_once(till, lambda s: request_alone(s, till.desk, alone, ANNA.actor, now))
    )
    void = VoidAsked("invoice", first.id, "made twice", "race", "void")
    asked = one_request(
        await twice_at_once(till, lambda s: request_void(s, till.desk, void, ANNA.actor, now))
    )
    async with till.db.begin() as session:
        elsewhere = replace(void, document_id=other.id)
        answer = await request_void(session, till.desk, elsewhere, ANNA.actor, now)
    assert isinstance(answer, CreditRefused)
    assert [one.id for one in answer.findings] == ["CRM-017"]
    await till.rejected(*asked.effect_ids)


async def test_one_key_for_two_invoices_at_once_stands_for_the_first(till: Till) -> None:
    wanted = iter(await till.billed("500", "500"))
    now = till.netsuite.clock()

    async def ask(session: Session) -> Requested | CreditRefused:
        asked = CreditAsked(next(wanted).id, Reason.BILLING_ERROR, "race", "two", "why")
        return await request_credit(session, till.desk, asked, ANNA.actor, now)

    first, second = await twice_at_once(till, ask)
    assert isinstance(first, Requested), first
    assert isinstance(second, CreditRefused)
    assert [one.id for one in second.findings] == ["CRM-017"]


async def test_a_document_is_asked_to_be_voided_once(till: Till) -> None:
    (invoice,) = await till.billed("500")
    keys = iter(("first", "second"))
    now = till.netsuite.clock()

    async def ask(session: Session) -> Requested | CreditRefused:
        wanted = VoidAsked("invoice", invoice.id, "made twice", "race once", next(keys))
        return await request_void(session, till.desk, wanted, ANNA.actor, now)

    first, second = await twice_at_once(till, ask)
    assert isinstance(first, Requested), first
    assert isinstance(second, CreditRefused)
    assert [one.id for one in second.findings] == ["VOI-007"]
    await till.rejected(*first.effect_ids)
    wanted = VoidAsked("invoice", invoice.id, "made twice after all", "race once", "third")
    async with till.db.begin() as session:
        again = await request_void(session, till.desk, wanted, ANNA.actor, now)
    assert isinstance(again, Requested), again


async def test_a_memo_whose_lines_are_not_read_may_be_of_any_invoice(till: Till) -> None:
    invoice, other = await till.billed("500", "900")
    (customer,) = await till.rows(CustomerRow, id=invoice.customer_id)
    asked = await till.asks(invoice, amount=usd(15_000))
    assert isinstance(asked, Requested), asked
    lines = (LineToPost("501", usd(40_000)),)
    theirs = CreditMemoToPost(
        f"unread-{other.id}", customer.netsuite_id, "USD", START.date(), lines,
        invoice_netsuite_id=other.netsuite_id,
    )  # fmt: skip
    assert isinstance(await till.netsuite.erp.post_credit_memo(theirs), Posted)
    await till.pass_finds()
    beyond = await till.asks(invoice, source_id="2", amount=usd(10_001))
    assert isinstance(beyond, CreditRefused)
    assert [one.id for one in beyond.findings if one.blocking] == ["CRM-018"]
    assert "400.00" in beyond.words
    assert await till.approved(*asked.effect_ids) == ["superseded"]
    fits = await till.asks(invoice, source_id="3", amount=usd(10_000))
    assert isinstance(fits, Requested), fits
    assert await till.approved(*fits.effect_ids) == ["done"]
    await mirror_credit_lines(till.db, till.netsuite.erp, till.netsuite.clock())
    rest = await till.asks(invoice, source_id="4", amount=usd(40_000))
    assert isinstance(rest, Requested), rest

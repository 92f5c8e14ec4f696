"""Everything we book ourselves on a customer's cash, and a night after it: nothing has drifted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlmodel import col, select

from domain.ledger.money import Money
from effects.kinds import (
    Effect,
    PostCustomerPayment,
    ReversePayment,
    UnapplyPayment,
    UsedCredit,
)
from effects.outcomes import Done
from erp.port import ErpInvoice
from flows.sync.passes import first_import
from store.engine import Database
from store.parties import CustomerRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from tests.erp.account import START, Connected, connected, small_company
from tests.erp.stage import BAD_DEBT, BANK, DAY, FEES, RECEIVABLE, Stage
from tests.flows.test_drift_walk import World

COMPANY = small_company(25, 160)


async def _ready(db: Database, netsuite: Connected) -> Stage:
    """A stage on the imported mirror: two untouched invoices of one customer."""
    async with db.read() as session:
        found = await session.exec(
            select(InvoiceRow)
            .where(InvoiceRow.status == "open", InvoiceRow.currency == "USD")
            .where(InvoiceRow.open_minor == InvoiceRow.total_minor)
            .where(InvoiceRow.total_minor > 20_000, InvoiceRow.exchange_rate == "1")
            .order_by(col(InvoiceRow.id))
        )
        by_customer: dict[int, list[InvoiceRow]] = {}
        for row in found.all():
            by_customer.setdefault(row.customer_id, []).append(row)
        first, second = next(rows[:2] for rows in by_customer.values() if len(rows) > 1)
        customer = await session.get(CustomerRow, first.customer_id)
    assert customer is not None
    seen = [
        one
        for one in await netsuite.erp.documents([first.netsuite_id, second.netsuite_id])
        if isinstance(one, ErpInvoice)
    ]
    payment = PaymentRow(source="none", source_id="", currency="USD", amount_minor=0,
                         unapplied_minor=0, received_on=DAY)  # fmt: skip
    return Stage(db, netsuite, customer, (first, second), (seen[0], seen[1]), payment)


async def _book(stage: Stage, effect: Effect) -> str:
    """Carry an effect out as the gate does, with its row; the ERP's id of what it made."""
    await stage.done(effect)
    done = await stage.hands(effect).act(effect)
    assert isinstance(done, Done), done
    await stage.record(effect, done)
    return str(done.evidence["netsuite_id"])


async def _paid(
    stage: Stage, source_id: str, amount: str, *parts: tuple[int, str, str], **rest: Any
) -> PostCustomerPayment:
    """A receipt of that amount less its fee, for (place, amount, discount) of the invoices."""
    lines = tuple(
        replace(stage.applied(place, stage.money(part)), discount=stage.money(off) or None)
        for place, part, off in parts
    )
    told = PostCustomerPayment(
        payment_id=0, source="bank", source_id=source_id, customer_id=stage.customer.id,
        customer_netsuite_id=stage.customer.netsuite_id, amount=stage.money(amount),
        received_on=DAY, applications=lines, external_id=f"dw-pay-{source_id}", **rest,
    )  # fmt: skip
    async with stage.db.begin() as session:
        row = PaymentRow(
            source="bank", source_id=source_id, currency="USD", received_on=DAY,
            amount_minor=told.received.minor, unapplied_minor=told.received.minor,
        )  # fmt: skip
        session.add(row)
        await session.flush()
    return replace(told, payment_id=row.id)


async def test_nothing_that_we_book_is_drift(db: Database) -> None:
    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START)
        world, stage = World(db, netsuite), await _ready(db, netsuite)
        memo = await stage.credit_memo("10")
        assert await world.fast() == []
        wire = await _paid(
            stage, "w1", "200", (0, "150", "3"), fee=stage.money("5"), credits=(memo,)
        )
        named = await _book(stage, wire)
        await _book(stage, stage.journal("5", (FEES, BANK), external_id="dw-jrn-fee"))
        off = stage.journal("0.50", (BAD_DEBT, RECEIVABLE), purpose="write_off", occasion="2",
                            external_id="dw-jrn-off")  # fmt: skip
        await _book(stage, off)
        whole = UsedCredit("journal", 0, "", "", stage.money("0.50"))
        await _book(stage, stage.credited(whole, credit_external_id=off.external_id))
        rest = UsedCredit("payment", wire.payment_id, named, "", stage.money("20"))
        await _book(stage, stage.credited(rest, external_id=""))
        assert await world.fast() == []
        await _came_back(stage, wire, named)
        await _refunded_and_freed(stage)
        assert await world.fast() == []
        assert await world.night() == []
        assert await world.night() == []


async def _came_back(stage: Stage, wire: PostCustomerPayment, named: str) -> None:
    """The bank takes all of it again; the mirror knows the discount as settled with it."""
    journal = stage.journal("200", (RECEIVABLE, BANK), purpose="return", occasion="w1",
                            external_id="dw-jrn-return-w1")  # fmt: skip
    await _book(stage, journal)
    assert await _standing(stage, wire.payment_id) == [stage.invoices[0].id, stage.invoices[1].id]
    settled = (stage.applied(0, stage.money("143")), stage.applied(1, stage.money("20")))
    taken = (stage.applied(0, stage.money("140")), stage.applied(1, stage.money("20")))
    back = ReversePayment(
        payment_id=wire.payment_id, payment_netsuite_id=named, customer_id=stage.customer.id,
        customer_netsuite_id=stage.customer.netsuite_id, reason_code="R01", reversed_on=DAY,
        amount=stage.money("200"), applications=taken, before=settled, occasion="w1",
        journal_external_id=journal.external_id, waits_for=journal.key(),
    )  # fmt: skip
    await _book(stage, back)
    assert await _standing(stage, wire.payment_id) == []


async def _refunded_and_freed(stage: Stage) -> None:
    account = await _paid(stage, "w2", "30")
    made = await _book(stage, account)
    source = UsedCredit("payment", account.payment_id, made, "", stage.money("30"))
    await _book(stage, stage.refunded(source))
    wrong = await _paid(stage, "w3", "25", (1, "25", "0"))
    other = await _book(stage, wrong)
    freed = UnapplyPayment(
        payment_id=wrong.payment_id, payment_netsuite_id=other, customer_id=stage.customer.id,
        customer_netsuite_id=stage.customer.netsuite_id, removed=wrong.applications, occasion="1",
    )  # fmt: skip
    await _book(stage, freed)
    async with stage.db.read() as session:
        row = await session.get(PaymentRow, wrong.payment_id)
    assert row is not None
    assert row.unapplied_minor == Money.parse("25", "USD").minor


async def _standing(stage: Stage, payment_id: int) -> list[int]:
    async with stage.db.read() as session:
        found = await session.exec(
            select(ApplicationRow.invoice_id)
            .where(ApplicationRow.payment_id == payment_id)
            .order_by(col(ApplicationRow.invoice_id))
        )
        return list(found.all())

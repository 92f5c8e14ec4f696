"""Credits from being asked for to the ERP's books, in any order and never too much."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from domain.ledger.money import Money
from flows.credits.asked import CreditRefused, Requested, WriteOffAsked
from flows.credits.giving_up import request_write_off
from store.credit_requests import CreditRequestRow
from store.effects import EffectRow
from store.engine import Database
from store.receivables import CreditMemoRow, InvoiceRow
from store.standing import DisputeRow
from tests.effects.outside import ANNA
from tests.erp.account import START
from tests.flows.till import Till, journal_of, opened


@pytest.fixture
async def till(db: Database) -> AsyncGenerator[Till]:
    async with opened(db) as ready:
        yield ready


def usd(minor: int) -> Money:
    return Money(minor, "USD")


async def effects_of(till: Till, asked: Requested) -> list[EffectRow]:
    return [(await till.rows(EffectRow, id=one))[0] for one in asked.effect_ids]


async def test_a_taxed_invoice_is_credited_to_the_cent_and_never_beyond(till: Till) -> None:
    invoice = await till.some(taxed=True)
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


async def test_an_amount_that_no_tax_fits_is_refused_with_the_next(till: Till) -> None:
    invoice = await till.some(taxed=True)
    refusals = []
    for minor in range(10_000, 10_012):
        asked = await till.asks(
            invoice, source_id=str(minor), amount=Money(minor, invoice.currency)
        )
        if isinstance(asked, CreditRefused):
            refusals.append(asked)
        else:
            row = (await till.rows(CreditRequestRow, id=asked.request_id))[0]
            assert row.amount_minor == minor
    assert refusals
    assert all("with its tax" in one.words and "Credit " in one.words for one in refusals)


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
    assert 0 < effect.payload["undelivered"]["minor"] < invoice.open_minor
    assert await till.approved(effect.id) == ["done"]
    (memo,) = await till.rows(CreditMemoRow, external_id=effect.payload["external_id"])
    entry = till.booked(memo.netsuite_id)
    assert {"2", "8", "9"} == entry.keys()
    assert (await till.invoice(invoice.id)).status == "paid"
    assert await till.pass_finds() == 0

"""The mirror equals the ERP's ledger to the cent, after an import and after every change."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import col, select

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.kinds import AppliedAmount, PostCustomerPayment
from erp.identity import external_id
from erp.netsuite.suiteql import PATH
from erp.port import ErpUnavailable, PaymentToPost, Posted
from flows.sync.full_read import STREAMS
from flows.sync.passes import (
    SyncResult,
    fast_pass,
    first_import,
    imported,
    refresh_invoices,
)
from store import effects, slots
from store.effects import DecisionRow, EffectRow
from store.engine import Database
from store.parties import ContactRow, CustomerRow
from store.receivables import ApplicationRow, CreditMemoRow, InvoiceRow, PaymentRow
from tests.erp.account import START, Connected, connected, small_company

COMPANY = small_company(25, 160)
Balances = dict[tuple[str, str], int]


@dataclass(slots=True)
class World:
    """An ERP and our mirror of it."""

    db: Database
    netsuite: Connected

    async def sync(self) -> SyncResult:
        return await fast_pass(self.db, self.netsuite.erp, self.netsuite.clock())

    async def invoice(self, netsuite_id: int) -> InvoiceRow:
        async with self.db.read() as session:
            found = await session.exec(
                select(InvoiceRow).where(InvoiceRow.netsuite_id == str(netsuite_id))
            )
            return found.one()

    async def untouched(self) -> InvoiceRow:
        """An open invoice that nothing was applied to."""
        async with self.db.read() as session:
            found = await session.exec(
                select(InvoiceRow)
                .where(InvoiceRow.status == "open")
                .where(InvoiceRow.open_minor == InvoiceRow.total_minor)
                .order_by(col(InvoiceRow.open_minor).desc())
            )
            row = found.first()
        assert row is not None
        return row


@pytest.fixture
async def world(db: Database) -> AsyncGenerator[World]:
    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START)
        yield World(db, netsuite)


def company_balances() -> Balances:
    """Open by customer (ERP id) and currency, computed from the company's own papers."""
    paid: dict[int, int] = {}
    for settlement in COMPANY.settlements:
        for claim_id, part in settlement.applied:
            paid[claim_id] = paid.get(claim_id, 0) + part
    balances: Balances = {}
    for claim in COMPANY.claims:
        key = (str(claim.debtor_id), claim.currency)
        balances[key] = balances.get(key, 0) + claim.total - paid.get(claim.id, 0)
    return {key: minor for key, minor in balances.items() if minor}


async def mirror_balances(db: Database) -> Balances:
    async with db.read() as session:
        customers = {c.id: c.netsuite_id for c in (await session.exec(select(CustomerRow))).all()}
        rows = (await session.exec(select(InvoiceRow))).all()
    balances: Balances = {}
    for row in rows:
        key = (customers[row.customer_id], row.currency)
        balances[key] = balances.get(key, 0) + row.open_minor
    return {key: minor for key, minor in balances.items() if minor}


def erp_balances(netsuite: Connected) -> Balances:
    rows = netsuite.account.store.rows(
        'SELECT t.entity, c.symbol, SUM(t.foreignamountunpaid) FROM "transaction" t'
        " JOIN currency c ON c.id = t.currency WHERE t.type = 'CustInvc'"
        " GROUP BY t.entity, c.symbol HAVING SUM(t.foreignamountunpaid) <> 0"
    )
    return {(str(row[0]), str(row[1])): int(row[2]) for row in rows}


async def snapshot(db: Database) -> Mapping[str, Sequence[dict[str, object]]]:
    """Every mirrored row."""
    tables = (CustomerRow, ContactRow, InvoiceRow, PaymentRow, CreditMemoRow, ApplicationRow)
    async with db.read() as session:
        return {
            table.__name__: [
                row.model_dump()
                for row in (await session.exec(select(table).order_by(col(table.id)))).all()
            ]
            for table in tables
        }


async def test_an_import_equals_the_ledger_to_the_cent(world: World) -> None:
    expected = company_balances()
    assert len({currency for _, currency in expected}) >= 3
    assert await mirror_balances(world.db) == expected == erp_balances(world.netsuite)
    async with world.db.read() as session:
        customers = (await session.exec(select(CustomerRow))).all()
        contacts = (await session.exec(select(ContactRow))).all()
        assert await imported(session)
        assert [(c.name, c.ok) for c in await slots.connections(session)] == [("netsuite", True)]
    by_number = {c.entity_number: c for c in customers}
    parents = {c.id: c.netsuite_id for c in customers}
    for debtor in COMPANY.debtors:
        row = by_number[debtor.entity_id]
        assert (row.name, row.timezone, row.country) == (
            debtor.name,
            debtor.timezone,
            debtor.country,
        )
        assert row.stripe_customer_id == debtor.stripe_customer_id
        parent = parents[row.parent_id] if row.parent_id else None
        assert parent == (str(debtor.parent_id) if debtor.parent_id else None)
    assert len(contacts) == sum(len(debtor.people) for debtor in COMPANY.debtors)


async def test_unapplied_rests_and_applications_are_mirrored(world: World) -> None:
    since = START.date() - timedelta(days=90)
    recent = {
        str(s.id): (s.amount - sum(part for _, part in s.applied), len(s.applied))
        for s in COMPANY.settlements
        if s.on >= since or s.amount > sum(part for _, part in s.applied)
    }
    async with world.db.read() as session:
        payments = (await session.exec(select(PaymentRow))).all()
        credits_ = (await session.exec(select(CreditMemoRow))).all()
        applied = (await session.exec(select(ApplicationRow))).all()
    rests = {p.netsuite_id: p.unapplied_minor for p in payments}
    rests |= {c.netsuite_id: c.open_minor for c in credits_}
    assert rests == {key: rest for key, (rest, _) in recent.items()}
    assert len(applied) == sum(count for _, count in recent.values())


async def test_a_second_import_writes_nothing(world: World) -> None:
    before = await snapshot(world.db)
    again = await first_import(world.db, world.netsuite.erp, START + timedelta(hours=1))
    assert again.rows == 0
    assert await snapshot(world.db) == before


async def test_passes_without_changes_write_nothing(world: World) -> None:
    before = await snapshot(world.db)
    for _ in range(3):
        world.netsuite.clock.forward(minutes=5)
        assert (await world.sync()).rows == 0
    assert await snapshot(world.db) == before


@pytest.mark.parametrize("nth", [1, 4, 7, 9, 10, 11])
async def test_an_interrupted_import_goes_on(db: Database, nth: int) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.fault(what="bad_gateway", moment="before", path=PATH, nth=nth, times=5)
        with pytest.raises(ErpUnavailable):
            await first_import(db, netsuite.erp, START)
        async with db.read() as session:
            seen = (await slots.connections(session))[0]
        assert (seen.ok, "502" in seen.detail) == (False, True)
        netsuite.account.faults.clear()
        await first_import(db, netsuite.erp, START)
        assert await mirror_balances(db) == company_balances()
        async with db.read() as session:
            assert (await slots.connections(session))[0].ok


async def test_progress_is_told(db: Database) -> None:
    told: list[tuple[str, int]] = []

    def note(stream: str, rows: int) -> None:
        told.append((stream, rows))

    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START, note)
    assert told[0] == ("customers", 25)
    assert tuple(stream for stream, _ in told) == STREAMS


@pytest.mark.parametrize("bump", [True, False])
async def test_a_payment_made_in_the_erp_closes_the_invoice(db: Database, *, bump: bool) -> None:
    async with connected(COMPANY, bump=bump) as netsuite:
        world = World(db, netsuite)
        await first_import(db, netsuite.erp, START)
        row = await world.untouched()
        netsuite.clock.forward(hours=2)
        netsuite.do("pay", id=row.netsuite_id, amount="1")
        netsuite.clock.forward(minutes=5)
        result = await world.sync()
        assert row.customer_id in result.customer_ids
        partly = await world.invoice(int(row.netsuite_id))
        assert partly.open_minor == row.open_minor - Money.parse("1", row.currency).minor
        netsuite.do("pay", id=row.netsuite_id)
        netsuite.clock.forward(minutes=5)
        await world.sync()
        paid = await world.invoice(int(row.netsuite_id))
        assert (paid.status, paid.open_minor) == ("paid", 0)
        assert await mirror_balances(db) == erp_balances(netsuite)


@pytest.mark.parametrize("bump", [True, False])
async def test_a_deleted_payment_opens_its_invoice_again(db: Database, *, bump: bool) -> None:
    async with connected(COMPANY, bump=bump) as netsuite:
        world = World(db, netsuite)
        await first_import(db, netsuite.erp, START)
        row = await world.untouched()
        made = netsuite.do("pay", id=row.netsuite_id)
        netsuite.clock.forward(minutes=5)
        await world.sync()
        netsuite.do("void", id=made["id"])
        netsuite.clock.forward(minutes=5)
        await world.sync()
        again = await world.invoice(int(row.netsuite_id))
        assert (again.status, again.open_minor) == ("open", row.open_minor)
        async with db.read() as session:
            payments = await session.exec(
                select(PaymentRow).where(PaymentRow.netsuite_id == str(made["id"]))
            )
            assert payments.one().state == "reversed"


async def test_edits_voids_and_new_parties_are_seen(world: World) -> None:
    row = await world.untouched()
    world.netsuite.clock.forward(minutes=30)
    world.netsuite.do("edit", id=row.netsuite_id, fields={"dueDate": "2026-05-01"})
    await world.sync()
    assert str((await world.invoice(int(row.netsuite_id))).due_on) == "2026-05-01"
    world.netsuite.clock.forward(minutes=5)
    world.netsuite.do("void", id=row.netsuite_id)
    await world.sync()
    voided = await world.invoice(int(row.netsuite_id))
    assert (voided.status, voided.open_minor) == ("voided", 0)
    store = world.netsuite.account.store
    stamp = world.netsuite.account.stamp()
    moved = {"lastmodifieddate": stamp.wall, "_modified": stamp.utc}
    store.update("contact", COMPANY.debtors[0].people[0].id, {"isinactive": "T", **moved})
    await world.sync()
    async with world.db.read() as session:
        gone = await session.exec(
            select(ContactRow).where(col(ContactRow.suppressed_at).is_not(None))
        )
        assert [c.netsuite_id for c in gone.all()] == [str(COMPANY.debtors[0].people[0].id)]


async def test_a_crash_in_a_pass_loses_nothing(world: World) -> None:
    row = await world.untouched()
    world.netsuite.account.bump_invoice_lmd_on_apply = False
    world.netsuite.clock.forward(hours=1)
    world.netsuite.do("pay", id=row.netsuite_id)
    for nth in range(1, 9):
        world.netsuite.account.faults.clear()
        world.netsuite.fault(what="bad_gateway", moment="before", path=PATH, nth=nth, times=5)
        try:
            await world.sync()
        except ErpUnavailable:
            world.netsuite.clock.forward(hours=1)
    world.netsuite.account.faults.clear()
    await world.sync()
    assert (await world.invoice(int(row.netsuite_id))).status == "paid"
    assert await mirror_balances(world.db) == erp_balances(world.netsuite)


async def test_an_invoice_read_again_is_as_the_erp_has_it_now(world: World) -> None:
    row = await world.untouched()
    world.netsuite.do("pay", id=row.netsuite_id)
    now = world.netsuite.clock()
    await refresh_invoices(world.db, world.netsuite.erp, [row.netsuite_id], now)
    assert (await world.invoice(int(row.netsuite_id))).status == "paid"
    other = await world.untouched()
    world.netsuite.do("delete", id=other.netsuite_id)
    result = await refresh_invoices(world.db, world.netsuite.erp, [other.netsuite_id], now)
    assert result.customer_ids == frozenset({other.customer_id})
    assert (await world.invoice(int(other.netsuite_id))).status == "voided"


async def test_a_payment_we_posted_joins_its_receipt(world: World) -> None:
    """Posted, then nobody lived to record it: the next pass finds it by its external id."""
    row = await world.untouched()
    amount = Money(row.open_minor, row.currency)
    key = external_id("t", "stripe", "ch_9")
    async with world.db.begin() as session:
        customer = await session.get(CustomerRow, row.customer_id)
        assert customer is not None
        receipt = PaymentRow(
            source="stripe",
            source_id="ch_9",
            customer_id=row.customer_id,
            currency=amount.currency,
            amount_minor=amount.minor,
            unapplied_minor=amount.minor,
            received_on=START.date(),
        )
        session.add(receipt)
        await session.flush()
        effect = PostCustomerPayment(
            payment_id=receipt.id,
            source="stripe",
            source_id="ch_9",
            customer_id=row.customer_id,
            customer_netsuite_id=customer.netsuite_id,
            amount=amount,
            received_on=START.date(),
            applications=(AppliedAmount(row.id, row.netsuite_id, row.number, amount),),
            external_id=key,
        )
        by = Actor(ActorKind.SYSTEM, "tests")
        effect_id = await effects.insert_new(
            session,
            EffectRow(
                kind=effect.kind,
                key=effect.key(),
                payload=effect.payload(),
                fingerprint=effect.fingerprint(),
                state="performing",
                proposed_by_kind=by.kind,
                proposed_by_id=by.id,
                proposed_at=START,
                changed_at=START,
            ),
        )
        session.add(
            DecisionRow(
                effect_id=effect_id or 0,
                fingerprint=effect.fingerprint(),
                verdict="approve",
                actor_kind=by.kind,
                actor_id=by.id,
                at=START,
            )
        )
    lines = ((row.netsuite_id, amount),)
    posted = await world.netsuite.erp.post_payment(
        PaymentToPost(key, customer.netsuite_id, amount, START.date(), lines)
    )
    assert isinstance(posted, Posted)
    await world.sync()
    await world.sync()
    async with world.db.read() as session:
        found = await session.exec(
            select(PaymentRow).where(PaymentRow.netsuite_id == posted.netsuite_id)
        )
        mine = found.one()
    assert (mine.id, mine.source, mine.state, mine.unapplied_minor) == (
        receipt.id,
        "stripe",
        "posted",
        0,
    )
    assert (await world.invoice(int(row.netsuite_id))).status == "paid"


async def test_a_document_that_makes_no_sense_is_left_out_and_told(world: World) -> None:
    row = await world.untouched()
    stamp = world.netsuite.account.stamp()
    world.netsuite.account.store.update(
        "transaction",
        int(row.netsuite_id),
        {"status": "Z", "lastmodifieddate": stamp.wall, "_modified": stamp.utc},
    )
    result = await world.sync()
    assert row.number in result.left_out[0]
    async with world.db.read() as session:
        seen = (await slots.connections(session))[0]
    assert seen.ok
    assert row.number in seen.detail

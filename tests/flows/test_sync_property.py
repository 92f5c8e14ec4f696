"""Whatever people do in the ERP and we post to it, with faults: after the passes the mirror is the
ERP's books, and no external id stands on two records.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import select

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.kinds import PostCustomerPayment
from effects.performer import perform
from effects.policy import ApprovalPolicy, KindPolicy, Limits, Rule
from effects.propose import Because, propose
from erp.netsuite.suiteql import PATH
from erp.performers import PostCustomerPaymentPerformer
from erp.port import ErpRefused, ErpUnavailable
from flows.sync.passes import fast_pass, first_import, wide_pass
from flows.sync.reconcile import nightly
from store.effects import EffectRow, effect
from store.engine import Database
from store.receivables import InvoiceRow, PaymentRow
from tests.erp.account import START, Connected, connected, small_company
from tests.erp.test_performers import PAYMENTS, receipt
from tests.flows.truth import same

COMPANY = small_company(8, 40)
STEPS = 30
SINCE = START.date() - timedelta(days=90)
OPEN_INVOICES = "type = 'CustInvc' AND status = 'A' AND foreignamountunpaid > 500"
ENDED = ("done", "superseded", "rejected")
WHAT = ("drop", "error", "bad_gateway", "expire_tokens")


@dataclass(slots=True)
class Life:
    """An ERP and its mirror over a random life, told apart by a seed."""

    db: Database
    netsuite: Connected
    rng: random.Random
    refused: int = 0
    done: int = 0
    posted: list[int] = field(default_factory=list)

    def some(self, words: str) -> Mapping[str, Any] | None:
        found = self.netsuite.account.store.rows(f'SELECT * FROM "transaction" WHERE {words}')
        return dict(self.rng.choice(found)) if found else None

    def act(self, row: Mapping[str, Any] | None, do: str, **spec: object) -> None:
        """Do it in the ERP, one time in four without a trace; the ERP may refuse."""
        if row is None:
            return
        quiet = {"quiet": True} if self.rng.random() < 0.25 else {}
        try:
            self.netsuite.do(do, id=row["id"], **spec, **quiet)
            self.done += 1
        except httpx.HTTPStatusError:
            self.refused += 1

    def create(self, row: Mapping[str, Any] | None, kind: str, **fields: object) -> None:
        if row is None:
            return
        whose = {
            "customer" if kind != "invoice" else "entity": {"id": str(row["entity"])},
            "currency": {"id": str(row["currency"])},
        }
        self.act(row, "create", type=kind, fields={**whose, **fields})

    def cents(self, most: object) -> str:
        return f"{self.rng.randint(100, max(100, int(str(most)))) / 100:.2f}"

    def step(self) -> None:
        """One thing that a person does in the ERP."""
        invoice = self.some(OPEN_INVOICES)
        settled = self.some("type IN ('CustPymt', 'CustCred', 'DepAppl')")
        anything = self.some("type <> 'Journal'")
        moves: tuple[Callable[[], None], ...] = (
            lambda: self.act(invoice, "pay"),
            lambda: self._pay_part(invoice),
            lambda: self.act(settled, "unapply"),
            lambda: self._apply(settled),
            lambda: self.act(invoice, "transform", type="creditMemo", fields={}),
            lambda: self.create(invoice, "customerDeposit", payment=self.cents(9000)),
            lambda: self._use_deposit(invoice),
            lambda: self._refund(),
            lambda: self.act(anything, "void", release=True),
            lambda: self.act(anything, "delete", release=True),
            lambda: self.act(invoice, "edit", fields={"dueDate": self._day(), "memo": "moved"}),
            lambda: self.act(invoice, "edit_amount", amount=self.cents(900000)),
            lambda: self.act(settled, "edit", fields={"memo": str(self.rng.random())}),
            lambda: self.act(invoice, "duplicate", on="2026-03-02"),
        )
        self.rng.choice(moves)()

    def _day(self) -> str:
        return (date(2026, 3, 1) + timedelta(days=self.rng.randint(0, 90))).isoformat()

    def _pay_part(self, row: Mapping[str, Any] | None) -> None:
        if row is not None:
            self.act(row, "pay", amount=self.cents(row["foreignamountunpaid"]))

    def _apply(self, settled: Mapping[str, Any] | None) -> None:
        if settled is None:
            return
        other = self.some(f"{OPEN_INVOICES} AND entity = {settled['entity']}")
        if other is not None:
            self.act(settled, "apply", to=other["id"], amount="1.00")

    def _use_deposit(self, invoice: Mapping[str, Any] | None) -> None:
        deposit = self.some("type = 'CustDep' AND foreignpaymentamountunused > 100")
        if deposit is None or invoice is None:
            return
        line = {"doc": {"id": str(invoice["id"])}, "apply": True, "amount": "1.00"}
        fields = {"apply": {"items": [line]}}
        self.act(deposit, "transform", type="depositApplication", fields=fields)

    def _refund(self) -> None:
        row = self.some("type IN ('CustPymt', 'CustCred') AND foreignpaymentamountunused > 200")
        if row is not None:
            line = {"doc": {"id": str(row["id"])}, "apply": True, "amount": "1.00"}
            self.create(row, "customerRefund", apply={"items": [line]})

    async def payable(self) -> bool:
        """Whether the mirror has an invoice that nothing was applied to."""
        whole = InvoiceRow.open_minor == InvoiceRow.total_minor
        async with self.db.read() as session:
            found = await session.exec(select(InvoiceRow).where(InvoiceRow.status == "open", whole))
            return found.first() is not None

    async def post(self) -> None:
        """A receipt of ours through the gate, with what may go wrong on the way."""
        wanted = await receipt(self.db, f"ch_{len(self.posted)}")
        most = Limits((Money(10**12, wanted.amount.currency),))
        rules = KindPolicy(rules=(Rule("all", "automatic", up_to=most),), automatic_day=most)
        async with self.db.begin() as session:
            proposed = await propose(
                session,
                wanted,
                policy=ApprovalPolicy(name="tests", kinds={wanted.kind: rules}),
                because=Because("tests", {}),
                by=Actor(ActorKind.SYSTEM, "tests"),
                now=self.netsuite.clock(),
            )
        self.posted.append(proposed.effect_id)
        if self.rng.random() < 0.6:
            moment = self.rng.choice(("before", "after"))
            self.netsuite.fault(what="drop", moment=moment, path=PAYMENTS)
        await self.perform(proposed.effect_id, times=self.rng.randint(1, 3))

    async def perform(self, effect_id: int, times: int) -> str:
        looks = (timedelta(microseconds=1),)
        clock = self.netsuite.clock
        hands = {
            PostCustomerPayment.kind: PostCustomerPaymentPerformer(
                self.netsuite.erp, clock, looks=looks
            )
        }
        for _ in range(times):
            clock.forward(minutes=1)
            await perform(self.db, effect_id, hands, clock)
        async with self.db.read() as session:
            row: EffectRow | None = await effect(session, effect_id)
        assert row is not None
        return row.state

    async def read(self) -> None:
        """A pass of any kind, which may fail."""
        self.netsuite.clock.forward(minutes=self.rng.randint(1, 90))
        if self.rng.random() < 0.4:
            nth, what = self.rng.randint(1, 9), self.rng.choice(WHAT)
            self.netsuite.fault(what=what, moment="before", path=PATH, nth=nth, times=7)
        passing = self.rng.choice((fast_pass, fast_pass, wide_pass, nightly))
        try:
            await passing(self.db, self.netsuite.erp, self.netsuite.clock())
        except (ErpUnavailable, ErpRefused):
            pass
        finally:
            self.netsuite.account.faults.clear()

    async def live(self, steps: int) -> None:
        for _ in range(steps):
            self.netsuite.clock.forward(minutes=self.rng.randint(0, 10))
            chance = self.rng.random()
            if chance < 0.12 and await self.payable():
                await self.post()
            elif chance < 0.35:
                await self.read()
            else:
                self.step()
        self.netsuite.account.faults.clear()
        for effect_id in self.posted:
            await self.perform(effect_id, times=4)


@pytest.mark.parametrize("bump", [True, False], ids=["bumped", "unbumped"])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.timeout(120)
async def test_after_the_passes_the_mirror_is_the_ledger(
    db: Database, seed: int, *, bump: bool
) -> None:
    async with connected(COMPANY, bump=bump) as netsuite:
        await first_import(db, netsuite.erp, START)
        life = Life(db, netsuite, random.Random(f"life:{seed}:{bump}"))
        await life.live(STEPS)
        netsuite.clock.forward(minutes=20)
        await nightly(db, netsuite.erp, netsuite.clock())
        await same(db, netsuite.account.store, SINCE)
        assert life.done > life.refused
        await _once(life)
        assert (await fast_pass(db, netsuite.erp, netsuite.clock())).rows == 0


async def _once(life: Life) -> None:
    """One record, at most, for each external id; one for each posting done, unless deleted."""
    rows = life.netsuite.account.store.rows(
        'SELECT externalid, COUNT(*) AS n FROM "transaction" WHERE externalid IS NOT NULL'
        " GROUP BY recordtype, externalid"
    )
    assert all(row["n"] == 1 for row in rows)
    for effect_id in life.posted:
        async with life.db.read() as session:
            row = await effect(session, effect_id)
            assert row is not None
            payment = await session.get(PaymentRow, int(str(row.payload["payment_id"])))
        assert payment is not None
        if row.state == "done":
            assert payment.state in ("posted", "reversed")
            assert payment.netsuite_id is not None

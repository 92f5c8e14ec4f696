"""A running outside world, a worker that is killed again and again, and the judgement."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx

from app.settings import load
from app.wiring import assembled
from effects import audit
from effects.kinds import CreateInvoice, PostCustomerPayment, SendEmail
from effects.kinds_cash import ApplyCredit, RefundCustomer, ReversePayment, UnapplyPayment
from effects.kinds_journal import PostJournal
from erp.port import Erp
from flows.sync.passes import first_import
from sandbox.mail.faults import Fault
from sandbox.server import World, start_world
from store.address import plain_url
from store.engine import Database, driver_connection
from tests.crash.cash_offers import CashOffers
from tests.crash.gates import Gate, Gates
from tests.crash.offers import KINDS, Offers, claims
from tests.crash.worker import Nursery

_RECORDS = "/services/rest/record/v1"
_CALLS = {
    PostCustomerPayment.kind: ("POST", "customerPayment"),
    CreateInvoice.kind: ("POST", "invoice"),
    ApplyCredit.kind: ("PATCH", "customerPayment"),
    UnapplyPayment.kind: ("PATCH", "customerPayment"),
    ReversePayment.kind: ("PATCH", "customerPayment"),
    RefundCustomer.kind: ("POST", "customerRefund"),
    PostJournal.kind: ("POST", "journalEntry"),
}
_PATIENCE = 20.0


class WorkerLives(AssertionError):
    """The worker was to die at a moment that did not come."""


@dataclass(slots=True)
class Rig:
    """Everything a crash test moves. Only one worker lives at a time, except in `duel`."""

    world: World
    db: Database
    gates: Gates
    offers: Offers
    erp: Erp
    nursery: Nursery
    worker: BaseProcess
    kills: Counter[str] = field(default_factory=Counter)
    drops: Counter[str] = field(default_factory=Counter)

    async def kill(self, kind: str, moment: str) -> None:
        """Kill the worker while it carries out an effect of `kind`, at `moment`."""
        match moment:
            case "before arrival" | "after recording":
                await self._kill_from_outside(kind, moment)
            case "before outcome":
                await self._kill_at(kind, Gate.BEFORE_OUTCOME)
            case "within outcome":
                await self._kill_at(kind, Gate.WITHIN_OUTCOME)
            case "during shutdown":
                await self._kill_at(kind, Gate.BEFORE_OUTCOME, asked_first=True)
            case _:
                raise ValueError(moment)
        self.kills[f"{kind} {moment}"] += 1
        self.worker = self.nursery.birth()

    async def drop_response(self, kind: str) -> None:
        """Record the act, and let nobody hear of it; returns when that has happened."""
        if kind == SendEmail.kind:
            self.world.parts.mail_faults.arm(Fault(where="data", do="cut"))
        else:
            await self._erp_fault(kind, what="drop", moment="after")
        await self.offers.make(kind, self.world.parts.clock())
        for _ in range(int(_PATIENCE / 0.02)):
            if not await self._armed(kind):
                self.drops[kind] += 1
                return
            await asyncio.sleep(0.02)
        raise WorkerLives(f"{kind}: nothing came to have its response dropped")

    async def _kill_from_outside(self, kind: str, moment: str) -> None:
        pid = self._pid()
        at = "before" if moment == "before arrival" else "after"
        if kind == SendEmail.kind:
            fault = Fault(where="data", do="kill", pid=pid, moment=at, seconds=0.05)
            self.world.parts.mail_faults.arm(fault)
        else:
            await self._erp_fault(kind, what="kill", moment=at, pid=pid)
        await self.offers.make(kind, self.world.parts.clock())
        await self._dead(f"{kind} {moment}")

    async def _kill_at(self, kind: str, gate: Gate, *, asked_first: bool = False) -> None:
        await self.gates.close(gate)
        # A worker at the gate with older work holds the audit chain until it is killed.
        making = asyncio.create_task(self.offers.make(kind, self.world.parts.clock()))
        try:
            if not await self.gates.somebody_waits(gate, _PATIENCE):
                raise WorkerLives(f"{kind} at gate {gate.name}")
            if asked_first:
                os.kill(self._pid(), signal.SIGTERM)
                await asyncio.sleep(0.05)
            os.kill(self._pid(), signal.SIGKILL)
            await self._dead(f"{kind} at gate {gate.name}")
        finally:
            await self.gates.open(gate)
            await making

    async def _armed(self, kind: str) -> bool:
        """Whether a fault still waits for something to strike."""
        if kind == SendEmail.kind:
            return bool(self.world.parts.mail_faults.armed())
        return any(not fault["struck"] for fault in await self._admin("GET"))

    async def _erp_fault(self, kind: str, **spec: object) -> None:
        method, record = _CALLS[kind]
        path = f"{_RECORDS}/{record}"
        await self._admin("POST", {"method": method, "path": path, **spec})

    async def _admin(self, method: str, body: Mapping[str, object] | None = None) -> Any:
        token = self.world.parts.secrets.control_token
        async with httpx.AsyncClient() as client:
            answer = await client.request(
                method,
                f"{self.world.erp_url}/admin/faults",
                json=body,
                headers={"Authorization": f"Bearer {token}"},
            )
        answer.raise_for_status()
        return answer.json()

    async def _dead(self, what: str) -> None:
        await asyncio.to_thread(self.worker.join, _PATIENCE)
        if self.worker.exitcode != -signal.SIGKILL:
            raise WorkerLives(f"{what}: exit code {self.worker.exitcode}")

    def _pid(self) -> int:
        if self.worker.pid is None:
            raise WorkerLives("no process")
        return self.worker.pid

    async def settled(self, seconds: float) -> dict[str, int]:
        """Let the living worker finish everything; effects by state."""
        deadline = time.monotonic() + seconds
        while True:
            states = await self._count("SELECT state, count(*) FROM effect GROUP BY state")
            if set(states) <= {"done"} or time.monotonic() > deadline:
                return states
            await asyncio.sleep(0.1)

    async def judge(self) -> Judgement:
        """What is found outside and inside, counted."""
        async with self.db.read() as session:
            chain = await audit.verify(session)
        one_each = "SELECT {0}, count(*) FROM {1} GROUP BY {0} HAVING count(*) <> 1"
        return Judgement(
            chain=chain,
            payments=self._in_erp("customerpayment", "dw-pay-%"),
            invoices=self._in_erp("invoice", "dw-inv-%"),
            journals=self._in_erp("journalentry", "dw-jrn-%"),
            refunds=self._in_erp("customerrefund", "dw-ref-%"),
            applied_otherwise=await self._applied_otherwise(),
            mails=Counter(mail.message_id for mail in self.world.parts.mail.accepted()),
            touchpoints=await self._number("SELECT count(*) FROM touchpoint"),
            posted=await self._number(
                "SELECT count(*) FROM payment WHERE source = 'crash' AND state = 'posted'"
            ),
            applied=await self._number(
                "SELECT count(*) FROM application a JOIN payment p ON p.id = a.payment_id"
                " WHERE p.source = 'crash'"
            ),
            mirrored=await self._number(
                "SELECT count(*) FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id"
                " WHERE i.external_id LIKE 'dw-inv-%'"
            ),
            pushed=await self._number(
                "SELECT count(*) FROM invoice_draft WHERE state = 'pushed'"
            ),
            done_lines=await self._number(
                "SELECT count(*) FROM audit WHERE action = 'effect.done'"
            ),
            doubled=await self._count(
                one_each.format("subject_id", "(SELECT * FROM audit"
                                " WHERE action = 'effect.done') AS lines")
            ),
        )  # fmt: skip

    async def _applied_otherwise(self) -> list[str]:
        """Payments that stood before and are not applied as they were to be."""
        cash = self.offers.cash
        if cash is None:
            return []
        wanted = {one.netsuite_id: dict(one.after) for one in cash.standing}
        moved = [(one, await self.erp.find_record("journal", ours)) for one, ours in cash.returned]
        found = []
        for one in [*wanted, *(named for named, _ in moved)]:
            stands = await self.erp.read_payment(one)
            applied = {key: m.minor for key, m in stands.applications} if stands else None
            journal = dict(moved).get(one)
            right = applied == wanted[one] if one in wanted else list(applied or {}) == [journal]
            found += [] if right else [f"payment {one}: {applied}"]
        return found

    def _in_erp(self, record: str, pattern: str) -> Counter[str]:
        """Records of a type in the ERP by external id."""
        query = 'SELECT externalid FROM "transaction" WHERE recordtype = ? AND externalid LIKE ?'
        return Counter(str(row[0]) for row in self.world.erp.rows(query, (record, pattern)))

    async def _count(self, query: str) -> dict[str, int]:
        async with self.db.read() as session:
            driver = await driver_connection(session)
            return {str(k): int(n) for k, n in await (await driver.execute(query)).fetchall()}

    async def _number(self, query: str) -> int:
        async with self.db.read() as session:
            driver = await driver_connection(session)
            row = await (await driver.execute(query)).fetchone()
            return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """The counts that must agree."""

    chain: audit.Intact | audit.Broken
    payments: Counter[str]
    invoices: Counter[str]
    journals: Counter[str]
    refunds: Counter[str]
    applied_otherwise: list[str]
    mails: Counter[str]
    touchpoints: int
    posted: int
    applied: int
    mirrored: int
    pushed: int
    done_lines: int
    doubled: dict[str, int]

    def check(self, offers: Offers) -> None:
        """Exactly one of everything. Raises AssertionError."""
        assert self.payments == Counter(offers.external_ids)
        assert self.mails == Counter(offers.message_ids)
        assert self.touchpoints == len(offers.message_ids)
        assert self.posted == self.applied == len(offers.external_ids)
        assert self.invoices == Counter(offers.invoice_ids)
        if offers.cash is not None:
            assert self.journals == Counter(offers.cash.journal_ids)
            assert self.refunds == Counter(offers.cash.refund_ids)
            assert self.applied_otherwise == []
        assert self.mirrored == self.pushed == len(offers.invoice_ids)
        assert self.done_lines == offers.count
        assert self.doubled == {}
        assert isinstance(self.chain, audit.Intact), self.chain


MOMENTS = (
    "before arrival",
    "after recording",
    "before outcome",
    "within outcome",
    "during shutdown",
)


def rounds(kills: int) -> list[tuple[str, str]]:
    """So many kills, each of another kind and at another moment than the one before.

    There are eight kinds and five moments: after forty kills every pair has had its turn.
    """
    return [(KINDS[n % len(KINDS)], MOMENTS[n % len(MOMENTS)]) for n in range(kills)]


async def run(rig: Rig, kills: int, tell: Callable[[int], None] = lambda _: None) -> None:
    """Kill `kills` workers, dropping a response now and then."""
    for number, (kind, moment) in enumerate(rounds(kills), start=1):
        await rig.kill(kind, moment)
        if number % 10 == 0:
            await rig.drop_response(KINDS[number // 10 % len(KINDS)])
        tell(number)


@contextlib.asynccontextmanager
async def rigged(folder: Path, url: str) -> AsyncGenerator[Rig]:
    """A small imported company, gates in the database, and a first worker."""
    async with start_world(folder, customers=30, invoices=200) as world:
        settings = world.settings | {
            "DATABASE_URL": url,
            "DUNWELL_DATA_DIR": str(folder / "service"),
            "DUNWELL_SECRET_KEY": "k" * 40,
            "NETSUITE_LOOK_SECONDS": "1,2",
            "MAIL_SETTLES_SECONDS": "2",
        }
        async with assembled(load(settings), url) as parts:
            if parts.erp is None:
                raise WorkerLives("the world has no ERP")
            await first_import(parts.db, parts.erp, parts.clock())
            db = Database(url)
            gates = await Gates.install(plain_url(url))
            nursery = Nursery(settings)
            offers = Offers(db, await claims(db), CashOffers(parts.erp))
            rig = Rig(world, db, gates, offers, parts.erp, nursery, nursery.birth())
            try:
                yield rig
            finally:
                rig.worker.kill()
                await asyncio.to_thread(rig.worker.join, 5)
                await gates.leave()
                await db.close()

"""The people of the office: they approve what is right, read what waits, settle disputes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import col, select

from app.wiring import Parts
from effects import decide
from effects.actor import Person
from effects.answers import Approved
from evals.quarter.truth import Truth
from flows import disputes
from flows.conversations import reopen
from store.conversations import ConversationRow
from store.effects import EffectRow, in_states
from store.receivables import InvoiceRow
from store.standing import DisputeRow
from store.worklist import WorkItemRow, close_item

_READ_AFTER = timedelta(hours=20)
_SETTLED_AFTER = timedelta(days=12)
_HAD_FOR = timedelta(days=3)
_KEPT = ("legal", "insolvency", "stop_contact", "bank_details", "suspicious", "data_subject")


@dataclass(slots=True)
class Office:
    """Works through what waits, twice a day. `wrong` are proposals that were turned down."""

    parts: Parts
    truth: Truth
    collector: Person
    controller: Person
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    async def work(self, now: datetime) -> None:
        """Decide what is proposed, then read the worklist."""
        async with self.parts.db.read() as session:
            waiting = await in_states(session, ["proposed"], limit=500)
        for row in waiting:
            await self._decide(row, now)
        await self._read(now)
        await self._settle(now)
        await self._give_back(now)

    async def _decide(self, row: EffectRow, now: datetime) -> None:
        by = self.collector if row.kind == "send_email" else self.controller
        reason = "" if row.kind == "send_email" else await self._objection(row)
        policy = self.parts.desk.approval
        async with self.parts.db.begin() as session:
            if reason:
                self.wrong.append(f"{row.title}: {reason}")
                await decide.reject(session, row.id, row.fingerprint, by, policy, now, reason)
                return
            said = await decide.approve(session, row.id, row.fingerprint, by, policy, now)
        self.counts[f"{row.kind} {'approved' if isinstance(said, Approved) else 'refused'}"] += 1

    async def _objection(self, row: EffectRow) -> str:
        """Why a posting is wrong: it puts more on an invoice than its debtor paid for it."""
        applied = _applied(row.payload)
        if not applied:
            return ""
        async with self.parts.db.read() as session:
            found = await session.exec(
                select(InvoiceRow).where(col(InvoiceRow.id).in_(list(applied)))
            )
            rows = found.all()
        for invoice in rows:
            claim_id = int(invoice.netsuite_id or "0")
            if claim_id not in self.truth.world.purse.claims:
                continue
            booked = invoice.total_minor - invoice.open_minor
            if booked + applied[invoice.id] > self.truth.really_paid(claim_id):
                return f"{invoice.number} was not paid that much"
        return ""

    async def _read(self, now: datetime) -> None:
        """What was on the worklist overnight has been read."""
        for item in await self._open():
            if item.kind not in _READ or item.opened_at > now - _READ_AFTER:
                continue
            async with self.parts.db.begin() as session:
                await close_item(session, item.key, by=str(self.collector.actor), now=now)
            self.counts[f"{item.kind} read"] += 1

    async def _settle(self, now: datetime) -> None:
        """Disputes are settled with the customer after a while."""
        async with self.parts.db.read() as session:
            found = await session.exec(
                select(DisputeRow.id, DisputeRow.invoice_id).where(
                    DisputeRow.state == "open", col(DisputeRow.opened_at) < now - _SETTLED_AFTER
                )
            )
            due = found.all()
        for dispute_id, invoice_id in due:
            async with self.parts.db.begin() as session:
                await disputes.resolve(
                    session, dispute_id, by=self.collector, resolution="agreed", now=now
                )
                invoice = await session.get(InvoiceRow, invoice_id or 0)
            self.counts["disputes settled"] += 1
            if invoice is not None and invoice.netsuite_id:
                self.truth.resolved[int(invoice.netsuite_id)] = now

    async def _give_back(self, now: datetime) -> None:
        """Conversations a person has had for a while go on; those with lawyers or a stop do not."""
        async with self.parts.db.read() as session:
            found = await session.exec(
                select(ConversationRow.customer_id).where(
                    ConversationRow.state == "escalated",
                    col(ConversationRow.since) < now - _HAD_FOR,
                    col(ConversationRow.trigger).not_in(_KEPT),
                )
            )
            customers = found.all()
        for customer_id in customers:
            async with self.parts.db.begin() as session:
                await reopen(
                    session, customer_id, by=self.collector, reason="spoke to them", now=now
                )
            self.counts["conversations given back"] += 1

    async def _open(self) -> Sequence[WorkItemRow]:
        async with self.parts.db.read() as session:
            found = await session.exec(
                select(WorkItemRow).where(col(WorkItemRow.closed_at).is_(None))
            )
            return found.all()


_READ = frozenset({"reply", "bounce", "promise_broken", "failed_delivery", "source_event"})


def _applied(payload: dict[str, object]) -> dict[int, int]:
    """Minor units a posting puts on invoices of ours, by invoice id."""
    lines = payload.get("applications")
    found: dict[int, int] = {}
    for line in lines if isinstance(lines, list) else []:
        invoice_id, amount = line.get("invoice_id"), line.get("amount")
        if isinstance(invoice_id, int) and isinstance(amount, dict):
            found[invoice_id] = found.get(invoice_id, 0) + int(str(amount["minor"]))
    return found

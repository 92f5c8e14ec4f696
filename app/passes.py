"""The passes over the ERP as jobs, and what follows each of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.reports import Reports, reported
from app.wiring import Parts
from erp.port import Erp
from flows import cash, collections, drift, sync
from flows.sync import reconcile
from flows.sync.mirror import masters
from jobs.handlers import Handler
from store import erp_mirror
from store.jobs import Job, enqueue

_FRESH = timedelta(days=2)


class Passes:
    """The passes. Each may run twice, or be cut off anywhere; each reads the clock once."""

    def __init__(self, parts: Parts, erp: Erp) -> None:
        self._parts = parts
        self._erp = erp

    def handlers(self) -> dict[str, Handler]:
        """The jobs by task name."""
        reports = Reports(self._parts, self._erp, self.fast)
        return {
            "sync.fast": self.fast,
            "sync.wide": self.wide,
            "sync.nightly": self.nightly,
            "sync.masters": self.lists,
            **reports.handlers(),
        }

    async def fast(self, slot: str) -> None:
        """Read what changed in the ERP; the first time, everything."""
        del slot
        now = self._parts.clock()
        result = await sync.fast_pass(self._parts.db, self._erp, now)
        await self._after(result, now, since=now - _FRESH)
        await self._reported("fast", now, result)

    async def wide(self, slot: str) -> None:
        """Read what changed in the last day again."""
        del slot
        now = self._parts.clock()
        result = await sync.wide_pass(self._parts.db, self._erp, now)
        await self._after(result, now)
        await self._reported("wide", now, result)

    async def nightly(self, slot: str) -> None:
        """Hold everything against the mirror."""
        del slot
        now = self._parts.clock()
        result = await reconcile.nightly(self._parts.db, self._erp, now)
        await self._after(result.seen if result else sync.SyncResult(), now)
        if result is not None:
            await self._reported("nightly", now, result.seen)

    async def lists(self) -> None:
        """Read the ERP's lists again: items, accounts, terms, periods, rates."""
        now = self._parts.clock()
        await masters(self._parts.db, self._erp, now, (now - timedelta(days=10)).date())

    async def _reported(self, kind: str, began_at: datetime, result: sync.SyncResult) -> None:
        parts = self._parts
        await reported(parts.db, self._erp, kind, began_at, parts.clock(), result)

    async def _after(
        self, result: sync.SyncResult, now: datetime, *, since: datetime | None = None
    ) -> None:
        """What an account that moved means for what was planned; also of a pass that was cut off.

        A payment, credit or void seen in the ERP withdraws the mails that still ask for it.
        """
        parts = self._parts
        async with parts.db.begin() as session:
            await collections.settle_new(session, now, on=parts.settings.collections_for_new)
        async with parts.db.begin() as session:
            await drift.recheck(session, now)
        async with parts.db.read() as session:
            moved = await erp_mirror.moved_customers(session)
        for customer_id in moved:
            async with parts.db.begin() as session:
                await erp_mirror.looked_at(session, customer_id)
                await cash.settled(session, parts.desk, customer_id, now)
        if moved or result.customer_ids:
            async with parts.db.begin() as session:
                day = now.date().isoformat()
                await enqueue(session, Job("followups.sweep", {"day": day}, once="sweep:changed"))
                await cash.match_ownerless(session, since)

"""What is told about the ERP beside the mirror: passes made, the connection, reports, as jobs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from app.probes.systems import erp as examine
from app.wiring import Parts
from domain.ledger.reconciliation import Span
from erp.port import Erp
from flows.closing import import_report, reconciliation
from flows.sync.mirror import SyncResult
from jobs.handlers import Handler
from store.engine import Database
from store.passes import ErpCheckRow, PassRow, keep_checks, note_pass

CHECK = "connection.check"
DAILY = "reconciliation.daily"
Pass = Callable[[str], Awaitable[None]]


class Reports:
    """The jobs behind the pages of connection and reconciliation.

    `catch_up` is the fast pass with all that follows it: figures are compared with a mirror of the
    same moment.
    """

    def __init__(self, parts: Parts, erp: Erp, catch_up: Pass) -> None:
        self._parts = parts
        self._erp = erp
        self._catch_up = catch_up

    def handlers(self) -> dict[str, Handler]:
        """The jobs by task name."""
        return {reconciliation.READ: self.read, DAILY: self.daily, CHECK: self.check}

    async def read(self, first: str, last: str) -> None:
        """Read the ERP's figures of a period."""
        span = Span(date.fromisoformat(first), date.fromisoformat(last))
        await self._catch_up("")
        await reconciliation.read(self._parts.db, self._erp, span, self._parts.clock())

    async def daily(self, day: str) -> None:
        """Read the figures of the periods that are still open."""
        await self._catch_up("")
        async with self._parts.db.read() as session:
            spans = await reconciliation.current_spans(session, date.fromisoformat(day))
        for span in spans:
            await reconciliation.read(self._parts.db, self._erp, span, self._parts.clock())

    async def check(self) -> None:
        """Try everything that the service needs in the ERP, as the doctor does."""
        found = await examine(self._parts.settings)
        now = self._parts.clock()
        rows = [
            ErpCheckRow(name=f.name, ok=f.ok, detail=f.detail[:1000], fix=f.fix, checked_at=now)
            for f in found
        ]
        async with self._parts.db.begin() as session:
            await keep_checks(session, rows)


async def reported(
    db: Database, erp: Erp, kind: str, began_at: datetime, now: datetime, result: SyncResult
) -> None:
    """Note a pass that ended well; after the first import, also make its report."""
    async with db.begin() as session:
        first = await import_report.missing(session)
        row = PassRow(
            kind="import" if first else kind,
            began_at=began_at,
            ended_at=now,
            rows=result.rows,
            counts=dict(result.counts),
            left_out=len(result.left_out),
        )
        await note_pass(session, row)
    if first:
        await import_report.finish(db, erp, result.left_out, now)

"""The books of revenue as jobs."""

from __future__ import annotations

from datetime import date

from app.wiring import Parts
from erp.port import Erp
from flows.revenue import arm, closing, nightly
from flows.revenue.reports import gl
from jobs.handlers import Handler


class RevenueJobs:
    """Each may run twice, or be cut off anywhere."""

    def __init__(self, parts: Parts, erp: Erp) -> None:
        self._parts = parts
        self._erp = erp

    def handlers(self) -> dict[str, Handler]:
        """The jobs by task name."""
        return {
            nightly.INTAKE: self.intake,
            nightly.NIGHTLY: self.nightly,
            gl.READ: self.read_ledger,
            arm.READ: self.read_plans,
            closing.CLOSE: self.close,
        }

    async def intake(self, slot: str = "") -> None:
        """Take in what the mirror has that the books have not."""
        del slot
        parts = self._parts
        await nightly.follow_mirror(parts.db, self._erp, parts.desk, parts.clock())

    async def nightly(self, slot: str = "") -> None:
        """Everything once more, and the ledger of the period that is next to close."""
        del slot
        parts = self._parts
        await nightly.overnight(parts.db, self._erp, parts.desk, parts.clock())

    async def read_plans(self) -> None:
        """Read what the ERP plans and posts of revenue by itself, and compare."""
        parts = self._parts
        await arm.read_plans(parts.db, self._erp, parts.desk.revenue, parts.clock())

    async def close(self, closing_id: int) -> None:
        """Close a period as a person asked."""
        parts = self._parts
        await closing.run(parts.db, closing_id, parts.desk, parts.clock)

    async def read_ledger(self, first: str, last: str) -> None:
        """Read the general ledger's balances at both ends of a period."""
        span = (date.fromisoformat(first), date.fromisoformat(last))
        await gl.read(self._parts.db, self._erp, span, self._parts.clock())

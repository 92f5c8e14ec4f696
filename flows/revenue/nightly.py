"""What the books of revenue do by themselves: read the mirror often, ask the ledger at night."""

from __future__ import annotations

from datetime import datetime

from erp.port import Erp
from flows.desk import Desk
from flows.revenue.close import next_to_lock
from flows.revenue.credit_lines import mirror_credit_lines
from flows.revenue.intake import TakenIn, take_in
from flows.revenue.mode import ask_account
from flows.revenue.reports import gl
from store import revenue_periods
from store.engine import Database

INTAKE = "revenue.intake"
NIGHTLY = "revenue.nightly"


async def follow_mirror(db: Database, erp: Erp, desk: Desk, now: datetime) -> TakenIn:
    """Take in what changed, with the credit lines it needs. Raises ErpUnavailable, ErpRefused."""
    await mirror_credit_lines(db, erp, now)
    return await take_in(db, desk.revenue, now)


async def overnight(db: Database, erp: Erp, desk: Desk, now: datetime) -> TakenIn:
    """Everything once more, who posts revenue, and the ledger of the period that is next to close.

    Raises ErpUnavailable or ErpRefused.
    """
    await ask_account(db, erp, now)
    await mirror_credit_lines(db, erp, now)
    taken = await take_in(db, desk.revenue, now, thorough=True)
    async with db.begin() as session:
        for subsidiary in await revenue_periods.subsidiaries(session):
            period = await next_to_lock(session, subsidiary, desk, now)
            if period.ends_on < now.date():
                await gl.wanted(session, (period.starts_on, period.ends_on))
    return taken

"""What the books of revenue do by themselves: read the mirror often, ask the ledger at night."""

from __future__ import annotations

from datetime import datetime

from erp.port import Erp
from flows.desk import Desk
from flows.revenue import arm
from flows.revenue.close import next_to_lock
from flows.revenue.credit_lines import mirror_credit_lines
from flows.revenue.intake import TakenIn, take_in
from flows.revenue.mode import ask_account
from flows.revenue.reports import gl
from store import policies, revenue_periods
from store.engine import Database
from store.policies import PolicyVersionRow

INTAKE = "revenue.intake"
NIGHTLY = "revenue.nightly"
SETTINGS = "revenue"


async def keep_settings(db: Database, desk: Desk, now: datetime) -> bool:
    """Keep the settings in force as a version beside those of other policies; False if known."""
    async with db.begin() as session:
        known = await policies.live_body(session, SETTINGS)
        if not desk.revenue.text or (known is not None and known.body == desk.revenue.text):
            return False
        row = PolicyVersionRow(
            kind=SETTINGS,
            body=desk.revenue.text,
            author="system:file",
            created_at=now,
            live_at=now,
            live_by="system:file",
            parent_id=known.id if known else None,
        )
        await policies.add_version(session, row)
        return True


async def follow_mirror(db: Database, erp: Erp, desk: Desk, now: datetime) -> TakenIn:
    """Take in what changed, with the credit lines it needs. Raises ErpUnavailable, ErpRefused."""
    await keep_settings(db, desk, now)
    await mirror_credit_lines(db, erp, now)
    return await take_in(db, desk.revenue, now)


async def overnight(db: Database, erp: Erp, desk: Desk, now: datetime) -> TakenIn:
    """Everything once more, who posts revenue, its plans, and the ledger of what is next to close.

    Raises ErpUnavailable or ErpRefused.
    """
    await ask_account(db, erp, now)
    await mirror_credit_lines(db, erp, now)
    taken = await take_in(db, desk.revenue, now, thorough=True)
    async with db.begin() as session:
        await arm.wanted(session, desk.revenue)
        for subsidiary in await revenue_periods.subsidiaries(session):
            period = await next_to_lock(session, subsidiary, desk, now)
            if period.ends_on < now.date():
                await gl.wanted(session, (period.starts_on, period.ends_on))
    return taken

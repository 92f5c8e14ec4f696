"""What the books of revenue do by themselves: read the mirror often, ask the ledger at night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.ledger.money import Money
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
from store.revenue_checks import SumApart, sums_apart

INTAKE = "revenue.intake"
NIGHTLY = "revenue.nightly"
SETTINGS = "revenue"


class SumsApart(Exception):
    """The sums that revenue reports are made of are not those of their rows."""

    def __init__(self, found: Sequence[SumApart]) -> None:
        first = found[0]
        super().__init__(
            f"{len(found)} sums of revenue are not those of their rows, the first: {first.measure},"
            f" subsidiary {first.subsidiary_id}, {first.starts_on}, account {first.account}, by"
            f" {Money(first.amount or first.left, first.currency)}."
        )


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

    Last, the sums of reports are held against their rows. Raises ErpUnavailable, ErpRefused or
    SumsApart.
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
    async with db.read() as session:
        apart = await sums_apart(session)
    if apart:
        raise SumsApart(apart)
    return taken

"""Who posts revenue: the settings, or the account where they leave it to it."""

from __future__ import annotations

from datetime import datetime

from domain.revenue.settings import Mode, RevenueSettings
from erp.port import Erp
from store import revenue_state
from store.engine import Database, Session


async def mode_in_force(session: Session, settings: RevenueSettings) -> Mode:
    """ARM or JOURNAL, never both and never neither."""
    return settings.mode_in(arrangements=await revenue_state.arrangements(session))


async def ask_account(db: Database, erp: Erp, now: datetime) -> bool | None:
    """Ask the ERP whether it keeps revenue arrangements. Raises ErpUnavailable or ErpRefused."""
    answer = await erp.posts_revenue()
    async with db.begin() as session:
        await revenue_state.note_arrangements(session, now, answer=answer)
    return answer

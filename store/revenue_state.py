"""What the account itself says about revenue, as it was last asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select

from store.engine import Session
from store.revenue import RevenueSourceRow

_KIND = "posts_revenue"


async def note_arrangements(session: Session, now: datetime, *, answer: bool | None) -> None:
    """Keep whether the account has revenue arrangements; an unknown answer leaves the last one."""
    if answer is None:
        return
    values = {"row_hash": "yes" if answer else "no", "read_at": now}
    await session.exec(
        insert(RevenueSourceRow)
        .values(kind=_KIND, netsuite_id="", lines_hash="", lines=0, **values)
        .on_conflict_do_update(constraint="uq_revenue_source", set_=values)
    )


async def arrangements(session: Session) -> bool | None:
    """Whether the account has revenue arrangements; None while nobody could tell."""
    found = await session.exec(
        select(RevenueSourceRow.row_hash).where(RevenueSourceRow.kind == _KIND)
    )
    told = found.first()
    return None if told is None else told == "yes"

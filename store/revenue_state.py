"""What the account itself says about revenue, as it was last asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select

from store.engine import Session
from store.revenue import RevenueSourceRow

_KIND = "posts_revenue"
_COMPARED = "arm"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The last time that a period was compared with the ERP's own plans, and what differed."""

    differences: int
    at: datetime


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


async def note_comparison(
    session: Session, subsidiary_id: int, through: date, differences: int, now: datetime
) -> None:
    """Keep how many elements of a subsidiary differ from the ERP's plans up to a day."""
    values = {"lines": differences, "row_hash": through.isoformat(), "read_at": now}
    named = {"kind": _COMPARED, "netsuite_id": f"{subsidiary_id}:{through}", "lines_hash": ""}
    await session.exec(
        insert(RevenueSourceRow)
        .values(**named, **values)
        .on_conflict_do_update(constraint="uq_revenue_source", set_=values)
    )


async def comparison(session: Session, subsidiary_id: int, through: date) -> Comparison | None:
    """The last comparison of a period that ends on a day, or None."""
    found = await session.exec(
        select(RevenueSourceRow).where(
            RevenueSourceRow.kind == _COMPARED,
            RevenueSourceRow.netsuite_id == f"{subsidiary_id}:{through}",
        )
    )
    row = found.first()
    return Comparison(row.lines, row.read_at) if row else None

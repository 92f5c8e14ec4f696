"""Closings that people asked for: what the worker is at, and how each ended."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel, col, select

from store.columns import big_id, instant, ref
from store.engine import Session
from store.revenue import RevenueObligationRow

ASKED, RUNNING, ENDED = "asked", "running", "ended"


class RevenueClosingRow(SQLModel, table=True):
    """One request to close a period, in a person's name; at most one of a period is not ended.

    `step`, `done` and `total` say how far it is. `problem` is the error of the last try. Once
    ended, `outcome` is locked, waits (the list says for what) or refused; `told` says more.
    """

    __tablename__ = "revenue_closing"
    __table_args__ = (
        Index(
            "uq_revenue_closing_open",
            "subsidiary_id",
            "starts_on",
            unique=True,
            postgresql_where="state <> 'ended'",
        ),
        Index("ix_revenue_closing_period", "subsidiary_id", "starts_on", "id"),
    )
    id: int = big_id()
    subsidiary_id: int = ref("subsidiary.id", index=False)
    starts_on: date
    period: str
    asked_by_id: int = ref("app_user.id", index=False)
    asked_by: str
    asked_at: datetime = instant()
    state: str = ASKED
    step: str = ""
    done: int = 0
    total: int = 0
    began_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)
    problem: str = ""
    outcome: str = ""
    told: str = ""


async def ask(session: Session, row: RevenueClosingRow) -> int | None:
    """Keep a request; its id, or None where one of this period is under way."""
    values = row.model_dump(exclude={"id"})
    added = insert(RevenueClosingRow).values(**values).on_conflict_do_nothing()
    found = await session.exec(added.returning(col(RevenueClosingRow.id)))
    made: int | None = found.scalar_one_or_none()
    return made


async def closing(session: Session, closing_id: int) -> RevenueClosingRow | None:
    """A request as it stands now, or None."""
    return await session.get(RevenueClosingRow, closing_id, populate_existing=True)


async def latest(session: Session, subsidiary_id: int, starts_on: date) -> RevenueClosingRow | None:
    """The last request of a period: the one under way, or how the last one ended."""
    found = await session.exec(
        select(RevenueClosingRow)
        .where(
            RevenueClosingRow.subsidiary_id == subsidiary_id,
            RevenueClosingRow.starts_on == starts_on,
        )
        .order_by(col(RevenueClosingRow.id).desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return found.first()


async def note(session: Session, closing_id: int, **values: object) -> bool:
    """Change a request that is not ended; False where it is, or there is none."""
    found = await session.exec(
        update(RevenueClosingRow)
        .where(col(RevenueClosingRow.id) == closing_id, col(RevenueClosingRow.state) != ENDED)
        .values(**values)
        .returning(col(RevenueClosingRow.id))
    )
    return found.scalar_one_or_none() is not None


async def lines_of(session: Session, subsidiary_id: int) -> int:
    """How many lines the books of a subsidiary have."""
    found = await session.exec(
        select(func.count())
        .select_from(RevenueObligationRow)
        .where(RevenueObligationRow.subsidiary_id == subsidiary_id)
    )
    return found.one()

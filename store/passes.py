"""The passes over the ERP that were made, and what the role was found to be allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, json
from store.engine import Session

KEPT = timedelta(days=30)


class PassRow(SQLModel, table=True):
    """A pass that ended well. Kinds: import, fast, wide, nightly. `counts` are rows written."""

    __tablename__ = "erp_pass"
    id: int = big_id()
    kind: str = Field(index=True)
    began_at: datetime = instant(index=True)
    ended_at: datetime = instant()
    rows: int = big()
    counts: dict[str, object] = json()
    left_out: int = 0


class ErpCheckRow(SQLModel, table=True):
    """One thing that was tried in the ERP; `fix` says what to do where it did not work."""

    __tablename__ = "erp_check"
    id: int = big_id()
    name: str
    ok: bool
    detail: str = ""
    fix: str = ""
    checked_at: datetime = instant()


async def note_pass(session: Session, row: PassRow) -> None:
    """Keep a pass; those of more than 30 days ago are forgotten."""
    session.add(row)
    await session.exec(delete(PassRow).where(col(PassRow.began_at) < row.began_at - KEPT))


async def latest_passes(session: Session) -> Mapping[str, PassRow]:
    """The latest pass of each kind."""
    latest = select(func.max(PassRow.id)).group_by(col(PassRow.kind))
    found = await session.exec(select(PassRow).where(col(PassRow.id).in_(latest)))
    return {row.kind: row for row in found.all()}


async def keep_checks(session: Session, rows: Sequence[ErpCheckRow]) -> None:
    """Replace what was found before."""
    await session.exec(delete(ErpCheckRow))
    session.add_all(rows)


async def checks(session: Session) -> Sequence[ErpCheckRow]:
    """What was found when the connection was last checked, in its order."""
    return (await session.exec(select(ErpCheckRow).order_by(col(ErpCheckRow.id)))).all()

"""Source events: the raw things that arrived, each stored once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant, json
from store.engine import Session


class SourceEventRow(SQLModel, table=True):
    """A raw thing that arrived. States: pending, handled, quarantined, failed."""

    __tablename__ = "source_event"
    __table_args__ = (UniqueConstraint("source", "external_id", name="uq_source_event"),)
    id: int = big_id()
    source: str
    external_id: str
    received_at: datetime = instant(index=True)
    headers: dict[str, object] = json()
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    state: str = Field(default="pending", index=True)
    detail: str = ""
    handled_at: datetime | None = instant(nullable=True)


async def store_once(
    session: Session,
    *,
    source: str,
    external_id: str,
    body: bytes,
    headers: dict[str, object],
    now: datetime,
) -> int | None:
    """Keep a source event; its id if it is new, None if it had arrived before."""
    statement = (
        insert(SourceEventRow)
        .values(
            source=source,
            external_id=external_id,
            received_at=now,
            headers=headers,
            body=body,
            state="pending",
            detail="",
        )
        .on_conflict_do_nothing(constraint="uq_source_event")
        .returning(col(SourceEventRow.id))
    )
    result = await session.exec(statement)
    return result.scalar_one_or_none()


async def source_event(session: Session, event_id: int) -> SourceEventRow | None:
    """The source event, or None."""
    return await session.get(SourceEventRow, event_id)


async def settle(
    session: Session, event_id: int, *, state: str, detail: str, now: datetime
) -> None:
    """Mark a source event handled, quarantined or failed."""
    found = await session.exec(select(SourceEventRow).where(SourceEventRow.id == event_id))
    row = found.one()
    row.state, row.detail, row.handled_at = state, detail, now
    session.add(row)


async def read_again(session: Session, event_id: int, more: dict[str, object]) -> None:
    """Have a source event handled once more, with what became known about it since."""
    found = await session.exec(select(SourceEventRow).where(SourceEventRow.id == event_id))
    row = found.one()
    row.state, row.detail, row.handled_at = "pending", "", None
    row.headers = {**row.headers, **more}
    session.add(row)

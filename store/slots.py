"""Clock slots and connection health: small rows that keep replicas in step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import big_id, instant
from store.engine import Session


class SlotRow(SQLModel, table=True):
    """A tick that was enqueued: any number of replicas may tick, one of them wins the slot."""

    __tablename__ = "clock_slot"
    name: str = Field(primary_key=True)
    slot: str = Field(primary_key=True)
    taken_at: datetime = instant()


class ConnectionRow(SQLModel, table=True):
    """How the last contact with an outside system went."""

    __tablename__ = "connection"
    id: int = big_id()
    name: str = Field(unique=True)
    ok: bool
    detail: str = ""
    checked_at: datetime = instant()
    ok_at: datetime | None = instant(nullable=True)


async def take_slot(session: Session, name: str, slot: str, now: datetime) -> bool:
    """Whether this caller is the first to take the slot."""
    result = await session.exec(
        insert(SlotRow)
        .values(name=name, slot=slot, taken_at=now)
        .on_conflict_do_nothing()
        .returning(col(SlotRow.slot))
    )
    return result.scalar_one_or_none() is not None


async def forget(session: Session, before: datetime) -> None:
    """Delete slots taken before an instant."""
    await session.exec(delete(SlotRow).where(col(SlotRow.taken_at) < before))


async def report(session: Session, name: str, *, ok: bool, detail: str, now: datetime) -> None:
    """Note how a contact with an outside system went."""
    values = {"ok": ok, "detail": detail[:500], "checked_at": now}
    if ok:
        values["ok_at"] = now
    await session.exec(
        insert(ConnectionRow)
        .values(name=name, **values)
        .on_conflict_do_update(index_elements=["name"], set_=values)
    )


async def connections(session: Session) -> Sequence[ConnectionRow]:
    """How every outside system was last seen."""
    return (await session.exec(select(ConnectionRow).order_by(ConnectionRow.name))).all()

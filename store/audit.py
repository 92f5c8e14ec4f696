"""The audit: append-only, hash-chained, written in the transaction of what it records."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Field, SQLModel, col, select

from security.chain import GENESIS, link
from store.columns import big_id, instant, json
from store.engine import Session, at_end

_PENDING = "audit"
# One chain, so writers take turns.
_CHAIN_LOCK = select(func.pg_advisory_xact_lock(4201))


class AuditRow(SQLModel, table=True):
    """One move: who, what, why, and the hash of the row before. UPDATE and DELETE are refused."""

    __tablename__ = "audit"
    id: int = big_id()
    at: datetime = instant(index=True)
    actor_kind: str
    actor_id: str
    action: str = Field(index=True)
    subject_kind: str
    subject_id: str = Field(index=True)
    detail: dict[str, object] = json()
    previous_hash: str
    hash: str = Field(unique=True)


def entry_of(row: AuditRow) -> dict[str, object]:
    """What is hashed of a row: everything but its id and the hashes."""
    return {
        "at": row.at.isoformat(),
        "actor_kind": row.actor_kind,
        "actor_id": row.actor_id,
        "action": row.action,
        "subject_kind": row.subject_kind,
        "subject_id": row.subject_id,
        "detail": row.detail,
    }


async def append(session: Session, row: AuditRow) -> None:
    """Add `row` to the audit. It is chained as the last thing of the transaction.

    Whoever chains holds the chain until the commit; being last, nobody who holds it waits for a
    row of somebody who waits for the chain.
    """
    session.info.setdefault(_PENDING, []).append(row)
    at_end(session, _PENDING, _chain)


async def _chain(session: Session) -> None:
    await session.flush()
    await session.exec(_CHAIN_LOCK)
    found = await session.exec(select(AuditRow.hash).order_by(col(AuditRow.id).desc()).limit(1))
    head = found.first() or GENESIS
    for row in session.info.pop(_PENDING):
        row.previous_hash, row.hash = head, link(head, entry_of(row))
        session.add(row)
        await session.flush()
        head = row.hash


async def walk(session: Session, *, batch: int = 1000) -> AsyncGenerator[AuditRow]:
    """Every audit row in order, read in batches."""
    last = 0
    while True:
        found = await session.exec(
            select(AuditRow).where(AuditRow.id > last).order_by(col(AuditRow.id)).limit(batch)
        )
        rows = found.all()
        if not rows:
            return
        for row in rows:
            yield row
        last = rows[-1].id
        session.expunge_all()


async def latest(
    session: Session, *, limit: int = 100, before: int | None = None, subject_id: str | None = None
) -> Sequence[AuditRow]:
    """The latest audit rows, newest first; a page of them when `before` is the last id seen."""
    query = select(AuditRow).order_by(col(AuditRow.id).desc()).limit(limit)
    if before is not None:
        query = query.where(AuditRow.id < before)
    if subject_id is not None:
        query = query.where(AuditRow.subject_id == subject_id)
    return (await session.exec(query)).all()

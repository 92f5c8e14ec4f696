"""Versions of a policy: texts that were written, by whom, and which of them is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Index
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, instant, json, ref
from store.effects import EffectRow
from store.engine import Session


class PolicyVersionRow(SQLModel, table=True):
    """One text of a policy. It is never changed; the one that went live last is in force.

    `author` and `live_by` are actors ("person:7"). `parent_id` is the version it was written from;
    None when that was the file. `preview` is what a replay against the version `preview_of` (None:
    the file) showed; empty until it was made.
    """

    __tablename__ = "policy_version"
    __table_args__ = (Index("ix_policy_version_live", "kind", "live_at"),)
    id: int = big_id()
    kind: str = Field(default="dunning")
    body: str
    author: str
    note: str = ""
    created_at: datetime = instant()
    live_at: datetime | None = instant(nullable=True)
    live_by: str = ""
    parent_id: int | None = ref("policy_version.id", nullable=True, index=False)
    preview: dict[str, object] = json()
    preview_of: int | None = big(nullable=True)
    previewed_at: datetime | None = instant(nullable=True)


class LiveBody(NamedTuple):
    """The text in force and its version."""

    id: int
    body: str


async def live_body(session: Session, kind: str) -> LiveBody | None:
    """The version in force, None while the file holds."""
    found = await session.exec(
        select(PolicyVersionRow.id, PolicyVersionRow.body)
        .where(PolicyVersionRow.kind == kind, col(PolicyVersionRow.live_at).is_not(None))
        .order_by(col(PolicyVersionRow.live_at).desc(), col(PolicyVersionRow.id).desc())
        .limit(1)
    )
    row = found.first()
    return None if row is None else LiveBody(*row)


async def version(
    session: Session, version_id: int, *, for_update: bool = False
) -> PolicyVersionRow | None:
    """A version, or None."""
    query = select(PolicyVersionRow).where(PolicyVersionRow.id == version_id)
    if for_update:
        query = query.with_for_update()
    return (await session.exec(query)).first()


async def versions(session: Session, kind: str, *, limit: int = 50) -> Sequence[PolicyVersionRow]:
    """The latest versions, newest first."""
    found = await session.exec(
        select(PolicyVersionRow)
        .where(PolicyVersionRow.kind == kind)
        .order_by(col(PolicyVersionRow.id).desc())
        .limit(limit)
    )
    return found.all()


async def waiting_follow_ups(session: Session) -> Sequence[EffectRow]:
    """Follow-ups that nobody has begun to carry out, of all customers."""
    found = await session.exec(
        select(EffectRow)
        .where(EffectRow.kind == "send_email")
        .where(col(EffectRow.state).in_(("proposed", "approved")))
        .where(col(EffectRow.payload)["purpose"].astext == "followup")
        .order_by(col(EffectRow.customer_id), col(EffectRow.id))
    )
    return found.all()


async def add_version(session: Session, row: PolicyVersionRow) -> PolicyVersionRow:
    """Store a new version; its id is set."""
    session.add(row)
    await session.flush()
    return row

"""The audit of the gate: one line a move, chained; and the proof that the chain is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from effects.actor import Actor
from security.chain import GENESIS, link
from store import audit
from store.engine import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to which subject, and why. `detail` is plain JSON without secrets."""

    actor: Actor
    action: str
    subject_kind: str
    subject_id: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intact:
    """Every line follows from the one before. `head` is the hash of the last."""

    count: int
    head: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line that does not follow, and how it shows."""

    id: int
    why: str


async def record(session: Session, entry: Entry, now: datetime) -> None:
    """Add a line, in the transaction of what it records."""
    row = audit.AuditRow(
        at=now.astimezone(UTC),
        actor_kind=entry.actor.kind,
        actor_id=entry.actor.id,
        action=entry.action,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        detail=dict(entry.detail),
        previous_hash="",
        hash="",
    )
    await audit.append(session, row)


async def verify(session: Session) -> Intact | Broken:
    """Walk the whole chain."""
    count, head = 0, GENESIS
    async for row in audit.walk(session):
        if row.previous_hash != head:
            return Broken(row.id, "a line before it was removed, added or changed")
        if row.hash != link(head, audit.entry_of(row)):
            return Broken(row.id, "its content is not what was hashed")
        count, head = count + 1, row.hash
    return Intact(count, head)

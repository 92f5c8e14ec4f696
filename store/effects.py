"""Effects, their versions, attempts and decisions. Only the gate moves their state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, UniqueConstraint, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from store.columns import UtcDateTime, big, big_id, instant, json, ref
from store.engine import Session


class EffectRow(SQLModel, table=True):
    """A proposed act towards the outside world. `key` never changes and is unique."""

    __tablename__ = "effect"
    id: int = big_id()
    kind: str = Field(index=True)
    key: str = Field(unique=True)
    version: int = 1
    payload: dict[str, object] = json()
    fingerprint: str
    state: str = Field(index=True)
    customer_id: int | None = ref("customer.id", nullable=True)
    currency: str | None = None
    amount_minor: int | None = big(nullable=True)
    title: str = ""
    because: dict[str, object] = json()
    proposed_by_kind: str
    proposed_by_id: str
    proposed_at: datetime = instant(index=True)
    required_role: str = ""
    policy_reason: str = ""
    expires_at: datetime | None = instant(nullable=True)
    attempts: int = 0
    resends: int = 0
    next_at: datetime | None = instant(nullable=True)
    outcome: dict[str, object] = json()
    changed_at: datetime = instant(index=True)


class EffectVersionRow(SQLModel, table=True):
    """Every content an effect ever had, by version."""

    __tablename__ = "effect_version"
    __table_args__ = (UniqueConstraint("effect_id", "version", name="uq_effect_version"),)
    id: int = big_id()
    effect_id: int = ref("effect.id")
    version: int
    payload: dict[str, object] = json()
    fingerprint: str
    made_by: str
    made_at: datetime = instant()


class DecisionRow(SQLModel, table=True):
    """A person's or the policy's answer, bound to the fingerprint it saw."""

    __tablename__ = "decision"
    id: int = big_id()
    effect_id: int = ref("effect.id")
    fingerprint: str
    verdict: str
    actor_kind: str
    actor_id: str
    role: str = ""
    reason: str = ""
    currency: str | None = None
    amount_minor: int | None = big(nullable=True)
    at: datetime = instant(index=True)


class AttemptRow(SQLModel, table=True):
    """One try at carrying out an effect. `finished_at` is null while it runs or after a crash.

    `began_at` is the database's own clock, whatever clock the service runs on. `evidence` is what
    was read just before acting.
    """

    __tablename__ = "effect_attempt"
    __table_args__ = (UniqueConstraint("effect_id", "number", name="uq_effect_attempt"),)
    id: int = big_id()
    effect_id: int = ref("effect.id")
    number: int
    started_at: datetime = instant()
    finished_at: datetime | None = instant(nullable=True)
    began_at: datetime = Field(
        default=None,
        sa_column=Column(UtcDateTime(), nullable=False, server_default=func.clock_timestamp()),
    )
    outcome: str = ""
    detail: str = ""
    evidence: dict[str, object] = json()


async def insert_new(session: Session, row: EffectRow) -> int | None:
    """Insert an effect; its id if its key is new, None if it exists."""
    statement = (
        insert(EffectRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(EffectRow.id))
    )
    result = await session.exec(statement)
    return result.scalar_one_or_none()


async def by_key(session: Session, key: str) -> EffectRow | None:
    """The effect with this key, or None."""
    return (await session.exec(select(EffectRow).where(EffectRow.key == key))).first()


async def effect(session: Session, effect_id: int) -> EffectRow | None:
    """The effect, or None."""
    return await session.get(EffectRow, effect_id, populate_existing=True)


async def locked(session: Session, effect_id: int) -> EffectRow | None:
    """The effect, its row locked until the transaction ends."""
    found = await session.exec(
        select(EffectRow)
        .where(EffectRow.id == effect_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.first()


async def in_states(
    session: Session, states: Sequence[str], *, limit: int = 200, customer_id: int | None = None
) -> Sequence[EffectRow]:
    """Effects in these states, oldest first."""
    query = (
        select(EffectRow)
        .where(col(EffectRow.state).in_(states))
        .order_by(col(EffectRow.proposed_at), col(EffectRow.id))
        .limit(limit)
    )
    if customer_id is not None:
        query = query.where(EffectRow.customer_id == customer_id)
    return (await session.exec(query)).all()


async def effects_of(
    session: Session, customer_id: int, *, limit: int = 200
) -> Sequence[EffectRow]:
    """The latest effects that concern a customer, newest first."""
    found = await session.exec(
        select(EffectRow)
        .where(EffectRow.customer_id == customer_id)
        .order_by(col(EffectRow.id).desc())
        .limit(limit)
    )
    return found.all()


async def note_evidence(session: Session, effect_id: int, evidence: Mapping[str, object]) -> None:
    """Keep what was read just before acting, with the attempt that is going on."""
    await session.exec(
        update(AttemptRow)
        .where(col(AttemptRow.effect_id) == effect_id, col(AttemptRow.finished_at).is_(None))
        .values(evidence=dict(evidence))
    )


async def evidence_of(session: Session, effect_id: int) -> Mapping[str, object]:
    """What was read just before the latest attempt that had something to read."""
    found = await session.exec(
        select(AttemptRow.evidence)
        .where(AttemptRow.effect_id == effect_id, col(AttemptRow.evidence) != {})
        .order_by(col(AttemptRow.number).desc())
        .limit(1)
    )
    return found.first() or {}


async def open_attempt(session: Session, effect_id: int) -> AttemptRow | None:
    """The attempt that has not finished, or None."""
    found = await session.exec(
        select(AttemptRow)
        .where(AttemptRow.effect_id == effect_id)
        .where(col(AttemptRow.finished_at).is_(None))
        .order_by(col(AttemptRow.number).desc())
    )
    return found.first()


async def attempts_of(session: Session, effect_id: int) -> Sequence[AttemptRow]:
    """All attempts of an effect in order."""
    found = await session.exec(
        select(AttemptRow).where(AttemptRow.effect_id == effect_id).order_by(col(AttemptRow.number))
    )
    return found.all()


async def decisions_of(session: Session, effect_id: int) -> Sequence[DecisionRow]:
    """All decisions about an effect in order."""
    found = await session.exec(
        select(DecisionRow).where(DecisionRow.effect_id == effect_id).order_by(col(DecisionRow.id))
    )
    return found.all()


async def expire(session: Session, now: datetime) -> Sequence[int]:
    """Ids of proposed effects whose time is over, their rows locked for the caller to move."""
    found = await session.exec(
        select(EffectRow.id)
        .where(EffectRow.state == "proposed")
        .where(col(EffectRow.expires_at) <= now)
        .order_by(col(EffectRow.id))
        .limit(200)
        .with_for_update(skip_locked=True)
    )
    return found.all()


async def begin_attempt(session: Session, effect_id: int, now: datetime) -> int:
    """Write the next attempt of an effect; its number."""
    found = await session.exec(
        select(func.coalesce(func.max(AttemptRow.number), 0)).where(
            AttemptRow.effect_id == effect_id
        )
    )
    number = int(found.one()) + 1
    await session.exec(
        insert(AttemptRow).values(effect_id=effect_id, number=number, started_at=now, evidence={})
    )
    return number


async def finish_attempts(
    session: Session, effect_id: int, *, outcome: str, detail: str, now: datetime
) -> None:
    """Close every unfinished attempt of an effect."""
    await session.exec(
        update(AttemptRow)
        .where(col(AttemptRow.effect_id) == effect_id, col(AttemptRow.finished_at).is_(None))
        .values(finished_at=now, outcome=outcome, detail=detail[:2000])
    )

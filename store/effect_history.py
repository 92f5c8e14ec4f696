"""What is asked of effects as a whole: who is at work on one, what was approved, what is stuck."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import func, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from store.effects import AttemptRow, DecisionRow, EffectRow, EffectVersionRow
from store.engine import Database, Session
from store.worklist import WorkItemRow

# The first keys of advisory locks: live performers, spenders of a cap, and whose account is posted.
_PERFORMING = 4202
_SPENDING = 4204
_POSTING = 4205


@asynccontextmanager
async def holding(
    db: Database, effect_id: int, account_of: int | None = None
) -> AsyncGenerator[bool]:
    """Hold the lock that says "somebody alive is performing this effect"; False if another does.

    With `account_of`, a customer's id, also the one that says "somebody posts to this account".
    PostgreSQL frees them when the holder's connection dies, so a killed worker never blocks and a
    paused one is never mistaken for a dead one.
    """
    locks = [(_PERFORMING, effect_id)]
    if account_of is not None:
        locks.append((_POSTING, account_of))
    async with db.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        held = []
        try:
            for lock in locks:
                if not await _try_lock(connection, lock):
                    break
                held.append(lock)
            yield len(held) == len(locks)
        finally:
            for area, number in reversed(held):
                await connection.execute(select(func.pg_advisory_unlock(area, _lock_key(number))))


async def _try_lock(connection: AsyncConnection, lock: tuple[int, int]) -> bool:
    taken = await connection.execute(select(func.pg_try_advisory_lock(lock[0], _lock_key(lock[1]))))
    return bool(taken.scalar_one())


def _lock_key(number: int) -> int:
    """An id folded into the 32 bits a two-part lock has."""
    return (number + 2**31) % 2**32 - 2**31


async def take_turns(session: Session, kind: str, currency: str) -> None:
    """Approvals of one kind and currency take turns, so that two cannot spend the same cap."""
    await session.exec(
        select(func.pg_advisory_xact_lock(_SPENDING, func.hashtext(f"{kind} {currency}")))
    )


async def approved_since(
    session: Session,
    since: datetime,
    *,
    kind: str,
    currency: str,
    actor: tuple[str, str] | None = None,
    customer_id: int | None = None,
) -> int:
    """Minor units approved since an instant, by one (kind, id) or for a customer: for caps."""
    query = (
        select(func.coalesce(func.sum(DecisionRow.amount_minor), 0))
        .join(EffectRow, col(EffectRow.id) == col(DecisionRow.effect_id))
        .where(col(DecisionRow.verdict) == "approve", col(DecisionRow.at) >= since)
        .where(col(EffectRow.kind) == kind, col(DecisionRow.currency) == currency)
    )
    if actor is not None:
        query = query.where(
            col(DecisionRow.actor_kind) == actor[0], col(DecisionRow.actor_id) == actor[1]
        )
    if customer_id is not None:
        query = query.where(col(EffectRow.customer_id) == customer_id)
    return int((await session.exec(query)).one() or 0)


async def count_done(session: Session, *, kind: str, customer_id: int | None) -> int:
    """How many effects of this kind were carried out for the customer."""
    found = await session.exec(
        select(func.count())
        .select_from(EffectRow)
        .where(EffectRow.kind == kind, EffectRow.customer_id == customer_id)
        .where(EffectRow.state == "done")
    )
    return int(found.one())


async def approval_of(session: Session, effect_id: int, fingerprint: str) -> DecisionRow | None:
    """The latest approval of exactly this content, or None."""
    found = await session.exec(
        select(DecisionRow)
        .where(DecisionRow.effect_id == effect_id, DecisionRow.fingerprint == fingerprint)
        .where(DecisionRow.verdict == "approve")
        .order_by(col(DecisionRow.id).desc())
        .limit(1)
    )
    return found.first()


async def version(session: Session, effect_id: int, fingerprint: str) -> EffectVersionRow | None:
    """The version of an effect that has this fingerprint, the latest if there are several."""
    found = await session.exec(
        select(EffectVersionRow)
        .where(EffectVersionRow.effect_id == effect_id)
        .where(EffectVersionRow.fingerprint == fingerprint)
        .order_by(col(EffectVersionRow.version).desc())
        .limit(1)
    )
    return found.first()


async def versions_of(session: Session, effect_id: int) -> Sequence[EffectVersionRow]:
    """Every content of an effect, first to latest."""
    found = await session.exec(
        select(EffectVersionRow)
        .where(EffectVersionRow.effect_id == effect_id)
        .order_by(col(EffectVersionRow.version))
    )
    return found.all()


async def elapsed(session: Session, effect_id: int) -> timedelta:
    """Real time passed since the last attempt began, by the database's clock; zero without one."""
    found = await session.exec(
        select(func.clock_timestamp() - func.max(AttemptRow.began_at)).where(
            AttemptRow.effect_id == effect_id
        )
    )
    passed: timedelta | None = found.one()
    return passed or timedelta(0)


async def unattended(session: Session, now: datetime, quiet: timedelta) -> Sequence[int]:
    """Ids of effects that should be moving and have not moved for `quiet`, oldest first."""
    found = await session.exec(
        select(EffectRow.id)
        .where(col(EffectRow.state).in_(("approved", "performing", "unknown")))
        .where(col(EffectRow.changed_at) <= now - quiet)
        .where(or_(col(EffectRow.next_at).is_(None), col(EffectRow.next_at) <= now - quiet))
        .order_by(col(EffectRow.changed_at))
        .limit(500)
    )
    return found.all()


async def close_work_items(session: Session, effect_id: int, *, by: str, now: datetime) -> None:
    """Close the open work items about an effect."""
    await session.exec(
        update(WorkItemRow)
        .where(col(WorkItemRow.effect_id) == effect_id, col(WorkItemRow.closed_at).is_(None))
        .values(closed_at=now, closed_by=by)
    )

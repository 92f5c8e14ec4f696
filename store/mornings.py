"""What a morning's message tells of: lists, each with its number and its first few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from store.drift import ADOPTED, OPEN, DriftFindingRow
from store.effects import EffectRow
from store.engine import Session
from store.parties import CustomerRow
from store.standing import PromiseRow
from store.worklist import WorkItemRow


async def open_of_kind(
    session: Session, kind: str, *, owner: int | None = None, limit: int = 10
) -> tuple[int, Sequence[WorkItemRow]]:
    """Open work items of a kind, "" for all, the oldest first; `owner`: of their customers."""
    query = select(WorkItemRow).where(col(WorkItemRow.closed_at).is_(None))
    if kind:
        query = query.where(WorkItemRow.kind == kind)
    if owner is not None:
        theirs = select(CustomerRow.id).where(CustomerRow.owner_user_id == owner)
        query = query.where(col(WorkItemRow.customer_id).in_(theirs))
    ordered = query.order_by(col(WorkItemRow.opened_at), col(WorkItemRow.id)).limit(limit)
    return await _count(session, query), (await session.exec(ordered)).all()


async def proposed(session: Session, *, limit: int = 10) -> tuple[int, Sequence[EffectRow]]:
    """Proposals that wait for a decision, the oldest first."""
    query = select(EffectRow).where(EffectRow.state == "proposed")
    ordered = query.order_by(col(EffectRow.proposed_at), col(EffectRow.id)).limit(limit)
    return await _count(session, query), (await session.exec(ordered)).all()


async def done_since(
    session: Session, kinds: Sequence[str], since: datetime, *, limit: int = 10
) -> tuple[int, Sequence[EffectRow]]:
    """Effects of these kinds that happened since an instant, the latest first."""
    query = (
        select(EffectRow)
        .where(EffectRow.state == "done", col(EffectRow.kind).in_(kinds))
        .where(col(EffectRow.changed_at) >= since)
    )
    ordered = query.order_by(col(EffectRow.changed_at).desc()).limit(limit)
    return await _count(session, query), (await session.exec(ordered)).all()


async def promises_due(
    session: Session, today: date, *, limit: int = 10
) -> tuple[int, Sequence[tuple[PromiseRow, str]]]:
    """Open promises whose day has come, with the customer's name."""
    query = (
        select(PromiseRow, CustomerRow.name)
        .join(CustomerRow, col(CustomerRow.id) == col(PromiseRow.customer_id))
        .where(PromiseRow.state == "open", PromiseRow.promised_on <= today)
    )
    ordered = query.order_by(col(PromiseRow.promised_on), col(PromiseRow.id)).limit(limit)
    return await _count(session, query), (await session.exec(ordered)).all()


async def promises_broken(
    session: Session, since: datetime, *, limit: int = 10
) -> tuple[int, Sequence[tuple[PromiseRow, str]]]:
    """Promises found broken since an instant, with the customer's name."""
    query = (
        select(PromiseRow, CustomerRow.name)
        .join(CustomerRow, col(CustomerRow.id) == col(PromiseRow.customer_id))
        .where(PromiseRow.state == "broken", col(PromiseRow.settled_at) >= since)
    )
    ordered = query.order_by(col(PromiseRow.id)).limit(limit)
    return await _count(session, query), (await session.exec(ordered)).all()


async def drift_open(session: Session, *, limit: int = 10) -> tuple[int, Sequence[DriftFindingRow]]:
    """Differences from the ERP that nobody has settled."""
    query = select(DriftFindingRow).where(
        DriftFindingRow.state == OPEN, DriftFindingRow.closed_by != ADOPTED
    )
    ordered = query.order_by(col(DriftFindingRow.id).desc()).limit(limit)
    return await _count(session, query), (await session.exec(ordered)).all()


async def opened_since(
    session: Session, kinds: Sequence[str], since: datetime, *, limit: int = 50
) -> Sequence[WorkItemRow]:
    """Open work items of these kinds that were opened since an instant, the oldest first."""
    found = await session.exec(
        select(WorkItemRow)
        .where(col(WorkItemRow.kind).in_(kinds), col(WorkItemRow.closed_at).is_(None))
        .where(col(WorkItemRow.opened_at) >= since)
        .order_by(col(WorkItemRow.id))
        .limit(limit)
    )
    return found.all()


async def _count(session: Session, query: Any) -> int:
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return int((await session.exec(counted)).one())

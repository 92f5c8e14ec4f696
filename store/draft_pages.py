"""What the list of drafts needs besides the drafts: their effects, sources and count."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func
from sqlmodel import col, select

from store.drafts import InvoiceDraftRow
from store.drift import OPEN, DriftFindingRow
from store.effects import EffectRow
from store.engine import Session

WAITING = ("draft", "submitted")


async def effects_by_id(session: Session, ids: Collection[int]) -> dict[int, EffectRow]:
    """These effects by id."""
    if not ids:
        return {}
    found = await session.exec(select(EffectRow).where(col(EffectRow.id).in_(ids)))
    return {row.id: row for row in found.all()}


async def draft_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """What people call these drafts: the invoice's number, else the source's id."""
    if not ids:
        return {}
    row = InvoiceDraftRow
    found = await session.exec(
        select(row.id, row.number, row.source_id).where(col(row.id).in_(ids))
    )
    return {draft_id: number or source_id for draft_id, number, source_id in found.all()}


async def draft_sources(session: Session, *, limit: int = 50) -> Sequence[str]:
    """Where drafts came from, by name."""
    found = await session.exec(
        select(InvoiceDraftRow.source).distinct().order_by(InvoiceDraftRow.source).limit(limit)
    )
    return found.all()


async def waiting_drafts(session: Session) -> int:
    """Drafts that are neither in the ERP nor given up."""
    found = await session.exec(select(func.count()).where(col(InvoiceDraftRow.state).in_(WAITING)))
    return found.one()


async def open_drift(session: Session) -> int:
    """Drift findings that somebody has to look at."""
    found = await session.exec(select(func.count()).where(col(DriftFindingRow.state) == OPEN))
    return found.one()

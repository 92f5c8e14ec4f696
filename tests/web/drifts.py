"""Findings of drift in the seeded world, made as a pass makes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import select

from domain.ledger.drift import Change, DocumentState
from domain.ledger.money import Money
from flows import drift
from store.drift import DriftFindingRow
from store.engine import Database
from store.erp_mirror import PostingPeriodRow
from store.erp_states import document_states


async def mirrored(db: Database, netsuite_id: str) -> DocumentState:
    async with db.read() as session:
        return (await document_states(session, [netsuite_id]))[netsuite_id]


async def due_date_moved(db: Database, netsuite_id: str, to: date, now: datetime) -> int:
    """The due date of a mirrored invoice was changed in NetSuite; the finding's id."""
    stood = await mirrored(db, netsuite_id)
    return await seen(db, stood, replace(stood, due_on=to), now)


async def amount_changed(db: Database, netsuite_id: str, minor: int, now: datetime) -> int:
    """The amount of a mirrored invoice was changed in NetSuite; the finding's id."""
    stood = await mirrored(db, netsuite_id)
    total = Money(minor, stood.total.currency)
    return await seen(db, stood, replace(stood, total=total, open=total), now)


async def seen(
    db: Database, before: DocumentState | None, after: DocumentState | None, now: datetime
) -> int:
    """A pass saw this; the latest finding's id."""
    async with db.begin() as session:
        await drift.observe(session, [Change(before, after)], now)
        rows = (await session.exec(select(DriftFindingRow))).all()
    return max(row.id for row in rows)


async def march(db: Database) -> None:
    """The posting period of the tests' day."""
    async with db.begin() as session:
        session.add(
            PostingPeriodRow(
                netsuite_id="303",
                name="Mar 2026",
                starts_on=date(2026, 3, 1),
                ends_on=date(2026, 3, 31),
            )
        )

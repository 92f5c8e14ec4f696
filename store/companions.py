"""Effects that wait for another one: it is named by its key in their payload."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import col, select

from store.effects import EffectRow
from store.engine import Session

_WAKE = text("""
UPDATE effect SET next_at = NULL
WHERE state = 'approved' AND payload->>'waits_for' = :key
RETURNING id
""")


async def state_of(session: Session, key: str) -> str:
    """The state of the effect with this key, "" if there is none."""
    found = await session.exec(select(EffectRow.state).where(EffectRow.key == key))
    return found.first() or ""


async def wake(session: Session, key: str) -> list[int]:
    """Approved effects that wait for this one may be taken up at once; their ids."""
    connection = await session.connection()
    return sorted(int(row[0]) for row in await connection.execute(_WAKE, {"key": key}))


async def waiting_for(session: Session, key: str) -> Sequence[EffectRow]:
    """Every effect that names this one, oldest first."""
    found = await session.exec(
        select(EffectRow)
        .where(col(EffectRow.payload)["waits_for"].as_string() == key)
        .order_by(col(EffectRow.id))
    )
    return found.all()

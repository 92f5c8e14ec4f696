"""Changes of known lines that ask for a treatment, and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import col, select

from store.engine import Session
from store.revenue import RevenueModificationRow, RevenueObligationRow

_ACCEPTED = text("""
SELECT DISTINCT ON (o.key) o.key, m.change FROM revenue_modification m
JOIN revenue_obligation o ON o.id = m.obligation_id
WHERE o.key = ANY(:keys) AND m.state = 'decided' ORDER BY o.key, m.id DESC
""")


async def accepted(session: Session, keys: Collection[str]) -> dict[str, dict[str, Any]]:
    """The change that was decided last of each of these lines."""
    connection = await session.connection()
    found = await connection.execute(_ACCEPTED, {"keys": list(keys)})
    return {str(key): change for key, change in found}


async def modification(
    session: Session, modification_id: int, *, for_update: bool = False
) -> RevenueModificationRow | None:
    """A change, or None."""
    query = select(RevenueModificationRow).where(RevenueModificationRow.id == modification_id)
    if for_update:
        query = query.with_for_update()
    return (await session.exec(query)).first()


async def open_of_lines(
    session: Session, keys: Collection[str]
) -> dict[str, RevenueModificationRow]:
    """The undecided change of each of these lines."""
    found = await session.exec(
        select(RevenueObligationRow.key, RevenueModificationRow)
        .join(
            RevenueObligationRow,
            col(RevenueObligationRow.id) == RevenueModificationRow.obligation_id,
        )
        .where(col(RevenueObligationRow.key).in_(keys), RevenueModificationRow.state == "proposed")
    )
    return dict(found.all())


async def open_changes(
    session: Session, *, subsidiary_id: int | None = None, limit: int = 500
) -> Sequence[tuple[RevenueModificationRow, RevenueObligationRow]]:  # fmt: skip
    """Undecided changes with their lines, oldest first."""
    query = (
        select(RevenueModificationRow, RevenueObligationRow)
        .join(
            RevenueObligationRow,
            col(RevenueObligationRow.id) == RevenueModificationRow.obligation_id,
        )
        .where(RevenueModificationRow.state == "proposed")
        .order_by(col(RevenueModificationRow.id))
        .limit(limit)
    )
    if subsidiary_id is not None:
        query = query.where(RevenueObligationRow.subsidiary_id == subsidiary_id)
    return [(change, line) for change, line in (await session.exec(query)).all()]

"""Changes of known lines, decided or not, as lists of them are read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from store.engine import Session
from store.revenue import RevenueModificationRow, RevenueObligationRow

ChangeOfLine = tuple[RevenueModificationRow, RevenueObligationRow]


async def changes_page(
    session: Session, *, state: str, subsidiary_id: int | None, after: int, limit: int
) -> Sequence[ChangeOfLine]:
    """Changes with their lines by id; an empty `state` is any."""
    query = (
        select(RevenueModificationRow, RevenueObligationRow)
        .join(
            RevenueObligationRow,
            col(RevenueObligationRow.id) == RevenueModificationRow.obligation_id,
        )
        .where(col(RevenueModificationRow.id) > after)
        .order_by(col(RevenueModificationRow.id))
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    if state:
        query = query.where(RevenueModificationRow.state == state)
    if subsidiary_id is not None:
        query = query.where(RevenueObligationRow.subsidiary_id == subsidiary_id)
    return [(change, line) for change, line in (await session.exec(query)).all()]


async def change_of_line(session: Session, change_id: int) -> ChangeOfLine | None:
    """A change with its line, or None."""
    found = await changes_page(session, state="", subsidiary_id=None, after=change_id - 1, limit=1)
    return found[0] if found and found[0][0].id == change_id else None

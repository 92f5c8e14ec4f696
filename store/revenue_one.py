"""Everything that is known of one revenue line: its plan, its postings, its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from store.engine import Session
from store.revenue import (
    RevenueCellRow,
    RevenueDocumentRow,
    RevenueEventRow,
    RevenueObligationRow,
    RevenuePeriodRow,
    RevenuePostingRow,
)

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Whole:
    """A line with its rows; postings and documents with the period they are in."""

    line: RevenueObligationRow
    cells: Sequence[RevenueCellRow]
    postings: Sequence[tuple[RevenuePostingRow, RevenuePeriodRow]]
    documents: Sequence[tuple[RevenueDocumentRow, RevenuePeriodRow]]
    events: Sequence[RevenueEventRow]


async def whole_line(session: Session, obligation_id: int) -> Whole | None:
    """A line by our id, or None."""
    line = await session.get(RevenueObligationRow, obligation_id)
    if line is None:
        return None
    cells = await session.exec(
        select(RevenueCellRow)
        .where(RevenueCellRow.obligation_id == obligation_id)
        .order_by(col(RevenueCellRow.service_starts_on), col(RevenueCellRow.record_id))
        .limit(_MOST)
    )
    postings = await session.exec(
        select(RevenuePostingRow, RevenuePeriodRow)
        .join(RevenuePeriodRow, col(RevenuePeriodRow.id) == RevenuePostingRow.period_id)
        .where(RevenuePostingRow.obligation_id == obligation_id)
        .order_by(col(RevenuePeriodRow.starts_on), col(RevenuePostingRow.id))
        .limit(_MOST)
    )
    documents = await session.exec(
        select(RevenueDocumentRow, RevenuePeriodRow)
        .join(RevenuePeriodRow, col(RevenuePeriodRow.id) == RevenueDocumentRow.period_id)
        .where(RevenueDocumentRow.obligation_id == obligation_id)
        .order_by(col(RevenuePeriodRow.starts_on), col(RevenueDocumentRow.id))
        .limit(_MOST)
    )
    events = await session.exec(
        select(RevenueEventRow)
        .where(RevenueEventRow.obligation == line.key)
        .order_by(col(RevenueEventRow.id))
        .limit(_MOST)
    )
    return Whole(line, cells.all(), postings.all(), documents.all(), events.all())

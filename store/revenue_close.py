"""What a period's close asks: what waits, what people said, and all of its rows."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import text
from sqlmodel import col, select

from store.engine import Session
from store.revenue import (
    RevenueReviewRow,
    RevenueSnapshotRow,
)

_HELD = text("""
SELECT o.key, o.hold_code, o.hold_reason, o.invoice_number, o.amount_minor, o.currency,
  EXISTS (SELECT 1 FROM revenue_review v
    WHERE v.period_id = :period_id AND v.subject = 'held:' || o.key) AS reviewed
FROM revenue_obligation o
WHERE o.status = 'held' AND o.subsidiary_id = :subsidiary_id AND o.billed_on <= :ends_on
ORDER BY reviewed, o.billed_on, o.id LIMIT :most
""")
_WAITING = text("""
SELECT
  (SELECT count(*) FROM invoice d LEFT JOIN revenue_source s
    ON s.kind = 'invoice' AND s.netsuite_id = d.netsuite_id
    WHERE s.id IS NULL OR s.row_hash <> d.row_hash)
  + (SELECT count(*) FROM credit_memo d LEFT JOIN revenue_source s
    ON s.kind = 'credit_memo' AND s.netsuite_id = d.netsuite_id
    WHERE s.id IS NULL OR s.row_hash <> d.row_hash)
  + (SELECT count(*) FROM credit_memo d LEFT JOIN revenue_source s
    ON s.kind = 'credit_lines' AND s.netsuite_id = d.netsuite_id
    WHERE d.gone_at IS NULL AND (s.id IS NULL OR s.row_hash <> d.row_hash))
""")
_ROWS = {
    "posting": text("""
SELECT r.id, r.obligation_id, r.record_id, r.service_starts_on, r.run, r.kind, r.role, r.currency,
  r.base_currency, r.revenue_account, r.deferred_account, r.contra_account, r.amount_minor,
  r.base_minor
FROM revenue_posting r WHERE r.period_id = :period_id AND r.run <= :run AND r.id > :after
ORDER BY r.id LIMIT :most
"""),
    "document": text("""
SELECT d.id, d.obligation_id, d.record_id, d.run, d.billing, d.currency, d.deferred_account,
  d.amount_minor, d.base_minor, d.claim_minor, d.bad_debt_minor
FROM revenue_document d WHERE d.period_id = :period_id AND d.run <= :run AND d.id > :after
ORDER BY d.id LIMIT :most
"""),
}
_RECOGNIZED = text("""
SELECT customer_id, revenue_type, revenue_account, contra_account, currency, base_currency, role,
  kind, amount_minor, base_minor
FROM revenue_total
WHERE subsidiary_id = :subsidiary_id AND measure = 'posted' AND period_starts_on = :starts_on
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8 LIMIT 200000
""")
_ROLLED = text("""
SELECT deferred_account, currency, base_currency,
  CASE WHEN period_starts_on < :starts_on THEN 'opening'
    WHEN measure = 'posted' THEN 'recognized' ELSE role END AS step,
  SUM(CASE measure WHEN 'posted' THEN -amount_minor ELSE amount_minor END) AS amount,
  SUM(CASE measure WHEN 'posted' THEN -base_minor ELSE base_minor END) AS base
FROM revenue_total
WHERE subsidiary_id = :subsidiary_id AND period_starts_on <= :starts_on
  AND (measure = 'document' OR (measure = 'posted' AND role = 'revenue'))
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
""")
_REMAINING = text("""
SELECT period_starts_on, deferred_account, currency, base_currency, SUM(left_minor) AS amount,
  SUM(left_base_minor) AS base
FROM revenue_total
WHERE subsidiary_id = :subsidiary_id AND waits AND role = 'revenue'
GROUP BY 1, 2, 3, 4 HAVING SUM(left_minor) <> 0 ORDER BY 1, 2, 3, 4
""")
_REPORTS = {"recognized": _RECOGNIZED, "roll_forward": _ROLLED, "remaining": _REMAINING}
_SPAN = 20_000
RowKind = Literal["posting", "document"]
ReportKind = Literal["recognized", "roll_forward", "remaining"]


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line that waits, and whether somebody looked at it for this period."""

    key: str
    code: str
    reason: str
    number: str
    amount_minor: int
    currency: str
    reviewed: bool


async def held_lines(
    session: Session, period_id: int, subsidiary_id: int, ends_on: date, *, most: int = 500
) -> Sequence[HeldLine]:
    """Lines billed up to a day that wait for somebody."""
    connection = await session.connection()
    values = {"period_id": period_id, "subsidiary_id": subsidiary_id, "ends_on": ends_on}
    found = await connection.execute(_HELD, {**values, "most": most})
    return [HeldLine(*row) for row in found]


async def unread_documents(session: Session) -> int:
    """Documents of the mirror that revenue did not read as they stand."""
    connection = await session.connection()
    return int((await connection.execute(_WAITING)).scalar_one())


async def reviews(session: Session, period_id: int) -> Sequence[RevenueReviewRow]:
    """What people said about a period, in order."""
    found = await session.exec(
        select(RevenueReviewRow)
        .where(RevenueReviewRow.period_id == period_id)
        .order_by(col(RevenueReviewRow.id))
        .limit(5000)
    )
    return found.all()


async def rows_of(
    session: Session, what: RowKind, period_id: int, run: int
) -> AsyncGenerator[tuple[object, ...]]:
    """Every posting or document of a period up to a run, in the order they were written."""
    connection, after = await session.connection(), 0
    while True:
        values = {"period_id": period_id, "run": run, "after": after, "most": _SPAN}
        page = [tuple(row) for row in await connection.execute(_ROWS[what], values)]
        for row in page:
            yield row[1:]
        if len(page) < _SPAN:
            return
        after = int(page[-1][0])


async def report_rows(
    session: Session, report: ReportKind, subsidiary_id: int, starts_on: date
) -> list[dict[str, object]]:
    """The rows of a report on a period, as they are kept in its snapshot."""
    connection = await session.connection()
    values = {"subsidiary_id": subsidiary_id, "starts_on": starts_on}
    found = await connection.execute(_REPORTS[report], values)
    return [{name: _plain(value) for name, value in row.items()} for row in found.mappings()]


def _plain(value: object) -> object:
    """Amounts summed by the database come as decimals; days as days."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | None) else int(str(value))


async def snapshots(session: Session, period_id: int, run: int) -> Sequence[RevenueSnapshotRow]:
    """The reports kept when a posting of a period was locked."""
    found = await session.exec(
        select(RevenueSnapshotRow)
        .where(RevenueSnapshotRow.period_id == period_id, RevenueSnapshotRow.run == run)
        .order_by(RevenueSnapshotRow.report)
    )
    return found.all()

"""Sums of posted revenue for short answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from store.engine import Session

_POSTED = text("""
SELECT revenue_account, revenue_type, currency, SUM(amount_minor) AS net,
  SUM(CASE role WHEN 'contra' THEN amount_minor ELSE 0 END) AS contra,
  SUM(CASE kind WHEN 'catch_up' THEN amount_minor ELSE 0 END) AS late
FROM revenue_total
WHERE measure = 'posted' AND period_starts_on BETWEEN :first AND :last
  AND (CAST(:subsidiary_id AS bigint) IS NULL OR subsidiary_id = :subsidiary_id)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 1000
""")
_OPEN = text("""
SELECT count(*) FILTER (WHERE state <> 'closed'), count(*) FROM revenue_period
WHERE starts_on BETWEEN :first AND :last
  AND (CAST(:subsidiary_id AS bigint) IS NULL OR subsidiary_id = :subsidiary_id)
""")


@dataclass(frozen=True, slots=True)
class PostedSum:
    """An account's revenue of one type and currency, in minor units."""

    account: str
    revenue_type: str
    currency: str
    net: int
    contra: int
    late: int


async def posted_between(
    session: Session, first: date, last: date, subsidiary_id: int | None
) -> Sequence[PostedSum]:
    """What was posted in periods that begin between two days."""
    connection = await session.connection()
    values = {"first": first, "last": last, "subsidiary_id": subsidiary_id}
    found = await connection.execute(_POSTED, values)
    return [PostedSum(str(a), str(t), str(c), int(n), int(x), int(y)) for a, t, c, n, x, y in found]


async def all_locked(session: Session, first: date, last: date, subsidiary_id: int | None) -> bool:
    """Whether there are periods that begin between two days, and all of them are locked."""
    connection = await session.connection()
    values = {"first": first, "last": last, "subsidiary_id": subsidiary_id}
    unlocked, count = (await connection.execute(_OPEN, values)).one()
    return bool(count) and not unlocked

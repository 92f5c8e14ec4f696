"""Journals of revenue as a listing, and what of revenue waits for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from store.engine import Session
from store.revenue_scope import Scope

MOST = 500
_ENTRIES = """
SELECT r.id, r.name, r.starts_on, r.ends_on, r.state, r.mode, r.subsidiary_id, p.run, p.currency,
  p.base_currency, s.account, s.side, CAST(SUM(s.sign * p.amount_minor) AS bigint),
  CAST(SUM(s.sign * p.base_minor) AS bigint), count(*)
FROM revenue_posting p JOIN revenue_period r ON r.id = p.period_id
CROSS JOIN LATERAL (VALUES
  (p.deferred_account, 'deferred', 1),
  (CASE p.role WHEN 'contra' THEN p.contra_account ELSE p.revenue_account END, p.role, -1)
) AS s(account, side, sign)
WHERE r.starts_on BETWEEN :first AND :last AND (:subsidiary_id = 0
  OR r.subsidiary_id = :subsidiary_id)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
ORDER BY r.starts_on DESC, r.subsidiary_id, p.run, p.currency, 12, 11 LIMIT :most
"""
_EFFECTS = """
SELECT j.period_id, j.run, j.currency, j.effect_id, e.state, r.name, r.subsidiary_id
FROM revenue_journal j JOIN effect e ON e.id = j.effect_id
JOIN revenue_period r ON r.id = j.period_id
WHERE r.starts_on BETWEEN :first AND :last ORDER BY j.attempt, j.id
"""
_PENDING = """
SELECT s.account, CAST(SUM(s.sign * p.base_minor) AS bigint)
FROM revenue_posting p JOIN revenue_period r ON r.id = p.period_id
CROSS JOIN LATERAL (VALUES
  (p.deferred_account, 1),
  (CASE p.role WHEN 'contra' THEN p.contra_account ELSE p.revenue_account END, -1)
) AS s(account, sign)
WHERE r.subsidiary_id = :subsidiary_id AND r.mode = 'journal'
  AND r.starts_on BETWEEN :first AND :last
  AND NOT EXISTS (SELECT 1 FROM revenue_journal j JOIN effect e ON e.id = j.effect_id
    WHERE j.period_id = p.period_id AND j.run = p.run AND j.currency = p.currency
      AND e.state = 'done')
GROUP BY 1
"""
_LATE = """
SELECT t.subsidiary_id, t.period_starts_on, t.currency, CAST(SUM(t.amount_minor) AS bigint)
FROM revenue_total t
WHERE t.measure = 'posted' AND t.kind = 'catch_up' AND t.period_starts_on BETWEEN :first AND :last
  AND (:subsidiary_id = 0 OR t.subsidiary_id = :subsidiary_id)
GROUP BY 1, 2, 3 ORDER BY 2 DESC, 1, 3 LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one posting of a period does to an account: debit above zero. `side` is deferred,
    revenue or contra; `rows` how many postings are added up.
    """

    period_id: int
    period: str
    starts_on: date
    ends_on: date
    state: str
    mode: str
    subsidiary_id: int
    run: int
    currency: str
    base_currency: str
    account: str
    side: str
    minor: int
    base: int
    rows: int


@dataclass(frozen=True, slots=True)
class Carried:
    """The effect that carries a journal, as it stands."""

    effect_id: int
    state: str
    period: str
    subsidiary_id: int


@dataclass(frozen=True, slots=True)
class Late:
    """What a period took of service of earlier ones."""

    subsidiary_id: int
    starts_on: date
    currency: str
    minor: int


async def entries(
    session: Session, scope: Scope, span: tuple[date, date], *, most: int = MOST
) -> Sequence[Entry]:
    """Sums of journals by account, the latest period first."""
    connection = await session.connection()
    found = await connection.execute(text(_ENTRIES), _values(scope, span, most))
    return [Entry(*row) for row in found]


async def carried(session: Session, span: tuple[date, date]) -> dict[tuple[int, int, str], Carried]:
    """The last effect of each journal by period, run and currency."""
    connection = await session.connection()
    found = await connection.execute(text(_EFFECTS), {"first": span[0], "last": span[1]})
    return {(row[0], row[1], row[2]): Carried(*row[3:]) for row in found}


async def pending(session: Session, subsidiary_id: int, span: tuple[date, date]) -> dict[str, int]:
    """What journals that the ERP does not have yet would do to each account; debit above zero."""
    connection = await session.connection()
    values = {"subsidiary_id": subsidiary_id, "first": span[0], "last": span[1]}
    found = await connection.execute(text(_PENDING), values)
    return {str(account): int(minor) for account, minor in found}


async def late(session: Session, scope: Scope, span: tuple[date, date]) -> Sequence[Late]:
    """Catch-up by posting period."""
    connection = await session.connection()
    found = await connection.execute(text(_LATE), _values(scope, span, MOST))
    return [Late(*row) for row in found]


def _values(scope: Scope, span: tuple[date, date], most: int) -> dict[str, object]:
    return {
        "first": span[0],
        "last": span[1],
        "subsidiary_id": scope.subsidiary_id,
        "most": most,
    }

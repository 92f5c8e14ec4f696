"""Sums of revenue held against the rows they were made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from store.engine import Session

_KEPT = """
SELECT measure, subsidiary_id, period_starts_on, currency, role,
  CASE measure WHEN 'document' THEN deferred_account ELSE revenue_account END AS account,
  amount_minor, base_minor, left_minor, left_base_minor
FROM revenue_total
"""
_PLANNED = """
SELECT 'planned', o.subsidiary_id, c.service_starts_on, o.currency, c.role, o.revenue_account,
  -c.amount_minor, -c.base_minor, -c.amount_minor, -c.base_minor
FROM revenue_cell c JOIN revenue_obligation o ON o.id = c.obligation_id
"""
_POSTED = """
SELECT m.measure, r.subsidiary_id, CASE m.posted WHEN 1 THEN r.starts_on ELSE p.service_starts_on
  END, p.currency, p.role, p.revenue_account, -m.posted * p.amount_minor, -m.posted * p.base_minor,
  (1 - m.posted) * p.amount_minor, (1 - m.posted) * p.base_minor
FROM revenue_posting p JOIN revenue_period r ON r.id = p.period_id
CROSS JOIN (VALUES ('posted', 1), ('planned', 0)) AS m(measure, posted)
"""
_DOCUMENTS = """
SELECT 'document', r.subsidiary_id, r.starts_on, d.currency,
  CASE WHEN d.billing THEN 'billing' ELSE 'adjustment' END, d.deferred_account, -d.amount_minor,
  -d.base_minor, 0, 0
FROM revenue_document d JOIN revenue_period r ON r.id = d.period_id
"""
_SIDES = " UNION ALL ".join((_KEPT, _PLANNED, _POSTED, _DOCUMENTS))
_OVER = """
SELECT measure, subsidiary_id, period_starts_on, currency, role, account,
  CAST(SUM(amount_minor) AS bigint), CAST(SUM(left_minor) AS bigint)
FROM ({sides}) AS both_sides GROUP BY 1, 2, 3, 4, 5, 6
HAVING SUM(amount_minor) <> 0 OR SUM(base_minor) <> 0
  OR SUM(left_minor) <> 0 OR SUM(left_base_minor) <> 0
ORDER BY 3, 1, 2, 4, 5, 6 LIMIT 100
"""
_APART = text(_OVER.format(sides=_SIDES))


@dataclass(frozen=True, slots=True)
class SumApart:
    """A sum that is not that of its rows: by how much, in minor units of the transaction."""

    measure: str
    subsidiary_id: int
    starts_on: date
    currency: str
    role: str
    account: str
    amount: int
    left: int


async def sums_apart(session: Session) -> Sequence[SumApart]:
    """The sums that pivots are made of and that their cells, postings or documents contradict.

    None, unless somebody wrote to the tables by hand. Reads every row: for the night.
    """
    connection = await session.connection()
    return [SumApart(*row) for row in await connection.execute(_APART)]

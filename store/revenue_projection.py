"""Obligations, their cells and papers, replaced together with the sums made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import text

from store.engine import Session, driver_connection

_PLANNED = """
INSERT INTO revenue_total (subsidiary_id, measure, period_starts_on, customer_id, revenue_type,
  revenue_account, deferred_account, contra_account, currency, base_currency, role, kind,
  amount_minor, base_minor, left_minor, left_base_minor)
SELECT o.subsidiary_id, 'planned', c.service_starts_on, COALESCE(o.customer_id, 0), o.revenue_type,
  o.revenue_account, o.deferred_account, o.contra_account, o.currency, o.base_currency, c.role, '',
  {sign}SUM(c.amount_minor), {sign}SUM(c.base_minor), {sign}SUM(c.amount_minor),
  {sign}SUM(c.base_minor)
FROM revenue_cell c JOIN revenue_obligation o ON o.id = c.obligation_id
WHERE o.key = ANY(:keys)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
ON CONFLICT ON CONSTRAINT uq_revenue_total DO UPDATE
SET amount_minor = revenue_total.amount_minor + excluded.amount_minor,
    base_minor = revenue_total.base_minor + excluded.base_minor,
    left_minor = revenue_total.left_minor + excluded.left_minor,
    left_base_minor = revenue_total.left_base_minor + excluded.left_base_minor
"""
_LESS = text(_PLANNED.format(sign="-"))
_MORE = text(_PLANNED.format(sign=""))

_FIELDS = """key text, contract text, customer_id bigint, customer_name text, subsidiary_id bigint,
  currency text, base_currency text, rate text, revenue_type text, revenue_account text,
  deferred_account text, contra_account text, invoice_id bigint, invoice_netsuite_id text,
  invoice_number text, line integer, item_netsuite_id text, item_name text, billed_on date,
  method text, starts_on date, ends_on date, sales_minor bigint, amount_minor bigint,
  stand_alone_minor bigint, planned_minor bigint, posted_minor bigint, deferred_minor bigint,
  unplanned_minor bigint, status text, hold_code text, hold_reason text, memo text,
  settings_hash text, event_id bigint"""
_NAMES = [part.split()[0] for part in _FIELDS.replace("\n", " ").split(",")]
_UPSERT = text("""
INSERT INTO revenue_obligation ({names}, projected_at)
SELECT {names}, :now FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r({fields})
ON CONFLICT (key) DO UPDATE SET {changes}, projected_at = excluded.projected_at
RETURNING id, key
""".format(
    names=", ".join(_NAMES),
    fields=_FIELDS,
    changes=", ".join(f"{name} = excluded.{name}" for name in _NAMES if name != "key"),
))  # fmt: skip
_OTHER_SUMS = text("""
SELECT o.key FROM revenue_obligation o
JOIN jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(key text, customer_id bigint, revenue_type text,
  revenue_account text, contra_account text) ON r.key = o.key
WHERE (r.customer_id, r.revenue_type, r.revenue_account, r.contra_account) IS DISTINCT FROM
  (o.customer_id, o.revenue_type, o.revenue_account, o.contra_account)
""")
_NO_CELLS = text("""
DELETE FROM revenue_cell t USING revenue_obligation o
WHERE o.id = t.obligation_id AND o.key = ANY(:keys)
""")
_NO_PAPERS = text("""
DELETE FROM revenue_paper t USING revenue_obligation o
WHERE o.id = t.obligation_id AND o.key = ANY(:keys)
""")
_READ_WITH = text("""
UPDATE revenue_obligation SET settings_hash = :settings
WHERE key = ANY(:keys) AND settings_hash <> :settings
""")
_CELLS = """COPY revenue_cell (obligation_id, record_id, service_period, service_starts_on,
  service_ends_on, role, amount_minor, base_minor, posted_minor, posted_base_minor, voided,
  because) FROM STDIN"""
_PAPERS = """COPY revenue_paper (obligation_id, record_id, effective_on, billing, amount_minor,
  base_minor, claim_minor, bad_debt_minor, posted_minor, posted_base_minor, posted_claim_minor,
  posted_bad_debt_minor) FROM STDIN"""

CellValues = tuple[int, str, str, date, date, str, int, int, int, int, bool, str]
PaperValues = tuple[int, str, date, bool, int, int, int, int, int, int, int, int]


async def take_out(session: Session, keys: Sequence[str]) -> None:
    """Drop what these lines plan, and take it out of the sums. Before they are put anew."""
    connection = await session.connection()
    await connection.execute(_LESS, {"keys": list(keys)})
    for statement in (_NO_CELLS, _NO_PAPERS):
        await connection.execute(statement, {"keys": list(keys)})


async def other_sums(session: Session, rows: Sequence[Mapping[str, object]]) -> Sequence[str]:
    """Known lines among these whose postings would belong to other sums than they do."""
    connection = await session.connection()
    found = await connection.execute(_OTHER_SUMS, {"rows": json.dumps(rows)})
    return [str(row.key) for row in found]


async def put_obligations(
    session: Session, rows: Sequence[Mapping[str, object]], now: datetime
) -> dict[str, int]:
    """Write obligations as they read now; their ids by key."""
    connection = await session.connection()
    found = await connection.execute(_UPSERT, {"rows": json.dumps(rows), "now": now})
    return {str(row.key): int(row.id) for row in found}


async def put_plans(
    session: Session,
    keys: Sequence[str],
    cells: Iterable[CellValues],
    papers: Iterable[PaperValues],
) -> None:
    """Write what these lines plan, and add it to the sums."""
    driver = await driver_connection(session)
    async with driver.cursor() as cursor:
        async with cursor.copy(_CELLS) as copy:
            for cell in cells:
                await copy.write_row(cell)
        async with cursor.copy(_PAPERS) as copy:
            for paper in papers:
                await copy.write_row(paper)
    connection = await session.connection()
    await connection.execute(_MORE, {"keys": list(keys)})


async def note_settings(session: Session, keys: Sequence[str], settings: str) -> None:
    """These lines were read with these settings, and nothing came of it."""
    connection = await session.connection()
    await connection.execute(_READ_WITH, {"keys": list(keys), "settings": settings})

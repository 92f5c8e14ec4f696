"""The ERP's lists into the mirror: one statement a list, nothing written when nothing moved.

A complete list makes inactive what it does not hold any more; a failed read never gets here.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import TextClause, text

from store.engine import Session
from store.erp_bulk import Rows, Written, run

_SUBSIDIARIES = text("""
INSERT INTO subsidiary (netsuite_id, name, currency, country)
SELECT r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, name text, currency text, country text)
ON CONFLICT (netsuite_id) DO UPDATE
SET name = excluded.name, currency = excluded.currency, country = excluded.country
WHERE (subsidiary.name, subsidiary.currency, subsidiary.country)
  IS DISTINCT FROM (excluded.name, excluded.currency, excluded.country)
RETURNING id
""")

_PERIODS = text("""
INSERT INTO posting_period
  (netsuite_id, name, starts_on, ends_on, closed, ar_locked, all_locked)
SELECT r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, name text, starts_on date, ends_on date,
       closed boolean, ar_locked boolean, all_locked boolean)
ON CONFLICT (netsuite_id) DO UPDATE
SET name = excluded.name, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
    closed = excluded.closed, ar_locked = excluded.ar_locked, all_locked = excluded.all_locked
WHERE (posting_period.name, posting_period.starts_on, posting_period.ends_on,
       posting_period.closed, posting_period.ar_locked, posting_period.all_locked)
  IS DISTINCT FROM (excluded.name, excluded.starts_on, excluded.ends_on,
       excluded.closed, excluded.ar_locked, excluded.all_locked)
RETURNING id
""")

_LIST = """
WITH r AS (
  SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r({typed})
), gone AS (
  UPDATE {table} m SET inactive = true, seen_at = :now
  WHERE NOT m.inactive AND NOT EXISTS (SELECT 1 FROM r WHERE {same})
  RETURNING m.id
), put AS (
  INSERT INTO {table} ({names}, seen_at) SELECT {values}, CAST(:now AS timestamptz) FROM r
  ON CONFLICT ({key}) DO UPDATE SET {moves}, seen_at = excluded.seen_at
  WHERE ({ours}) IS DISTINCT FROM ({theirs})
  RETURNING {table}.id
)
SELECT id FROM gone UNION ALL SELECT id FROM put
"""


def _list(table: str, key: tuple[str, ...], columns: dict[str, str]) -> TextClause:
    names = tuple(columns)
    return text(
        _LIST.format(
            table=table,
            typed=", ".join(f"{name} {kind}" for name, kind in columns.items()),
            same=" AND ".join(f"r.{name} = m.{name}" for name in key),
            names=", ".join(names),
            values=", ".join(f"r.{name}" for name in names),
            key=", ".join(key),
            moves=", ".join(f"{name} = excluded.{name}" for name in names if name not in key),
            ours=", ".join(f"{table}.{name}" for name in names),
            theirs=", ".join(f"excluded.{name}" for name in names),
        )
    )


_ID = ("netsuite_id",)
_TERMS = _list(
    "term",
    _ID,
    {
        "netsuite_id": "text",
        "name": "text",
        "days": "integer",
        "discount_percent": "text",
        "discount_days": "integer",
        "inactive": "boolean",
    },
)
_ITEMS = _list(
    "item",
    _ID,
    {
        "netsuite_id": "text",
        "name": "text",
        "type": "text",
        "description": "text",
        "income_account_netsuite_id": "text",
        "deferral_account_netsuite_id": "text",
        "revenue_rule": "text",
        "subsidiary_netsuite_ids": "jsonb",
        "inactive": "boolean",
    },
)
_ACCOUNTS = _list(
    "gl_account",
    _ID,
    {
        "netsuite_id": "text",
        "number": "text",
        "name": "text",
        "type": "text",
        "currency": "text",
        "subsidiary_netsuite_ids": "jsonb",
        "summary": "boolean",
        "inactive": "boolean",
    },
)
_CLASSIFICATIONS = _list(
    "classification",
    ("kind", "netsuite_id"),
    {"kind": "text", "netsuite_id": "text", "name": "text", "inactive": "boolean"},
)
_RATES = text("""
INSERT INTO currency_rate (base, currency, on_day, rate, seen_at)
SELECT r.base, r.currency, r.on_day, r.rate, CAST(:now AS timestamptz)
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(base text, currency text, on_day date, rate text)
ON CONFLICT (base, currency, on_day) DO UPDATE
SET rate = excluded.rate, seen_at = excluded.seen_at
WHERE currency_rate.rate <> excluded.rate
RETURNING id
""")


async def put_subsidiaries(session: Session, rows: Rows) -> Written:
    """Upsert subsidiaries."""
    return Written(len(await run(session, _SUBSIDIARIES, rows)))


async def put_periods(session: Session, rows: Rows) -> Written:
    """Upsert posting periods."""
    return Written(len(await run(session, _PERIODS, rows)))


async def put_terms(session: Session, rows: Rows, now: datetime) -> Written:
    """Make the payment terms these; others become inactive."""
    return Written(len(await run(session, _TERMS, rows, now=now)))


async def put_items(session: Session, rows: Rows, now: datetime) -> Written:
    """Make the items these; others become inactive."""
    return Written(len(await run(session, _ITEMS, rows, now=now)))


async def put_accounts(session: Session, rows: Rows, now: datetime) -> Written:
    """Make the chart of accounts this; others become inactive."""
    return Written(len(await run(session, _ACCOUNTS, rows, now=now)))


async def put_classifications(session: Session, rows: Rows, now: datetime) -> Written:
    """Make the departments, classes and locations these; others become inactive."""
    return Written(len(await run(session, _CLASSIFICATIONS, rows, now=now)))


async def put_rates(session: Session, rows: Rows, now: datetime) -> Written:
    """Add exchange rates; several of one pair and day must not be among the rows."""
    return Written(len(await run(session, _RATES, rows, now=now)))

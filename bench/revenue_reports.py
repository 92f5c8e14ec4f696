"""How long reports of revenue take over many lines.

Run: python -m bench.revenue_reports [--lines 100000] [--customers 5000] [--json]. Fills an embedded
database by SQL: each line even over 24 months from a start in one of twelve, the first twelve
months posted and closed. Prints the best of five of each report in milliseconds, as the pages
build it; a pivot is to take under 300.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from sqlalchemy import text

from app.database import embedded
from domain.revenue.settings import Mode, RevenueSettings
from flows.revenue.reports.around import read_books
from flows.revenue.reports.asked import read_asked
from flows.revenue.reports.catalogue import LINES, REPORTS
from store.engine import Database
from store.migrations import upgrade

TODAY = date(2026, 1, 15)
SETTINGS = RevenueSettings(mode=Mode.JOURNAL)
BUDGET_MS = 300
_SPAN = {"from": "2025-07-01", "to": "2026-06-30", "as_of": "2025-12-31"}
ASKED: dict[str, tuple[str, dict[str, str]]] = {
    "pivot customer x period": ("recognized", {"by": "customer", "across": "period"}),
    "pivot customer x type": ("recognized", {"by": "customer", "across": "type"}),
    "pivot account x period": ("recognized", {"by": "account", "across": "period"}),
    "pivot type x period": ("recognized", {"by": "type", "across": "period"}),
    "pivot by service": ("recognized", {"by": "customer", "basis": "service"}),
    "pivot posted": ("recognized", {"by": "customer", "basis": "posted"}),
    "pivot of a customer": ("recognized", {"by": "account", "customer": "7"}),
    "pivot of a contract": ("recognized", {"by": "account", "contract": "contract 77"}),
    "roll-forward by period": ("roll-forward", {"by": "period"}),
    "roll-forward by account": ("roll-forward", {"by": "deferred"}),
    "roll-forward by customer": ("roll-forward", {"by": "customer"}),
    "waterfall by account": ("waterfall", {"by": "deferred"}),
    "waterfall by customer": ("waterfall", {"by": "customer"}),
    "contracts, a page": ("contracts", {}),
    "lines, a page": ("lines-waterfall", {}),
    "journals": ("journals", {}),
    "exceptions": ("exceptions", {}),
    "lines of a month": ("lines", {"what": "revenue", "from": "2025-12-01", "to": "2025-12-31"}),
}
_FILL = (
    "INSERT INTO subsidiary (netsuite_id, name, currency, country) VALUES ('1', 'Main', 'USD', '')",
    """INSERT INTO revenue_period (subsidiary_id, name, starts_on, ends_on, state, mode, run,
      posted_by, closed_by, reopened_by, reopened_because, sha256)
    SELECT 1, to_char(d, 'YYYY-MM'), d, d + interval '1 month' - interval '1 day', 'closed',
      'journal', 1, '', '', '', '', ''
    FROM generate_series(date '2025-01-01', date '2025-12-01', interval '1 month') d""",
    """INSERT INTO revenue_obligation (key, contract, customer_name, subsidiary_id, currency,
      base_currency, rate, revenue_type, revenue_account, deferred_account, contra_account,
      invoice_netsuite_id, invoice_number, line, item_netsuite_id, item_name, billed_on, method,
      starts_on, ends_on, sales_minor, amount_minor, planned_minor, posted_minor, deferred_minor,
      unplanned_minor, status, hold_code, hold_reason, memo, settings_hash, event_id)
    SELECT 'line ' || n, 'contract ' || n / 4, 'customer ' || n % :customers, 1, 'USD', 'USD', '1',
      'type ' || n % 4, '40' || n % 6, '240', '409', 'inv ' || n / 2, 'INV-' || n / 2, n % 2, '1',
      'Seats', date '2025-01-01' + (n % 12) * interval '1 month', 'even_periods',
      date '2025-01-01' + (n % 12) * interval '1 month',
      date '2025-01-01' + (n % 12 + 24) * interval '1 month' - interval '1 day',
      2400, 2400, 2400, (12 - n % 12) * 100, 2400 - (12 - n % 12) * 100, 0, 'active', '', '', '',
      '', 0
    FROM generate_series(1, :lines) n""",
    """INSERT INTO revenue_cell (obligation_id, record_id, service_period, service_starts_on,
      service_ends_on, role, amount_minor, base_minor, posted_minor, posted_base_minor, voided,
      because)
    SELECT o.id, o.key, to_char(d, 'YYYY-MM'), d, d + interval '1 month' - interval '1 day',
      'revenue', 100, 100, p.minor, p.minor, false, '1 of 24 periods'
    FROM revenue_obligation o
    CROSS JOIN LATERAL generate_series(o.starts_on::timestamp, o.ends_on, interval '1 month') d
    CROSS JOIN LATERAL (SELECT CASE WHEN d < '2026-01-01' THEN 100 ELSE 0 END AS minor) p""",
    """INSERT INTO revenue_paper (obligation_id, record_id, effective_on, billing, amount_minor,
      base_minor, claim_minor, bad_debt_minor, posted_minor, posted_base_minor, posted_claim_minor,
      posted_bad_debt_minor)
    SELECT id, key, billed_on, true, 2400, 2400, 2400, 0, 2400, 2400, 2400, 0
    FROM revenue_obligation""",
    """INSERT INTO revenue_posting (obligation_id, record_id, service_period, service_starts_on,
      period_id, run, kind, role, currency, base_currency, revenue_account, deferred_account,
      contra_account, revenue_type, amount_minor, base_minor, because)
    SELECT o.id, c.record_id, c.service_period, c.service_starts_on, r.id, 1, 'scheduled', c.role,
      'USD', 'USD', o.revenue_account, o.deferred_account, o.contra_account, o.revenue_type, 100,
      100, c.because
    FROM revenue_cell c JOIN revenue_obligation o ON o.id = c.obligation_id
    JOIN revenue_period r ON r.starts_on = c.service_starts_on WHERE c.posted_minor <> 0""",
    """INSERT INTO revenue_document (obligation_id, record_id, period_id, run, billing, currency,
      base_currency, deferred_account, amount_minor, base_minor, claim_minor, bad_debt_minor)
    SELECT o.id, o.key, r.id, 1, true, 'USD', 'USD', o.deferred_account, 2400, 2400, 2400, 0
    FROM revenue_obligation o JOIN revenue_period r ON r.starts_on = o.billed_on""",
)
_TOTAL = """
INSERT INTO revenue_total (subsidiary_id, measure, period_starts_on, customer_id, revenue_type,
  revenue_account, deferred_account, contra_account, currency, base_currency, role, kind,
  amount_minor, base_minor)
SELECT o.subsidiary_id, '{measure}', {day}, substring(o.customer_name from 10)::bigint,
  o.revenue_type, o.revenue_account, o.deferred_account, o.contra_account, o.currency,
  o.base_currency, {role}, {kind}, SUM(x.{amount}), SUM(x.{amount})
FROM {table} x JOIN revenue_obligation o ON o.id = x.obligation_id {join}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 HAVING SUM(x.{amount}) <> 0
"""
_PERIOD = "JOIN revenue_period r ON r.id = x.period_id"
_TOTALS = (
    ("planned", "x.service_starts_on", "x.role", "''", "amount_minor", "revenue_cell", ""),
    ("served", "x.service_starts_on", "x.role", "''", "posted_minor", "revenue_cell", ""),
    ("posted", "r.starts_on", "x.role", "x.kind", "amount_minor", "revenue_posting", _PERIOD),
    ("document", "r.starts_on", "'billing'", "''", "amount_minor", "revenue_document", _PERIOD),
)
_NAMES = ("measure", "day", "role", "kind", "amount", "table", "join")


def main(arguments: list[str] | None = None) -> int:
    """Measure; 1 when a pivot takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--customers", type=int, default=5_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="dunwell-bench-") as folder,
        embedded(Path(folder)) as url,
    ):
        upgrade(url)
        took = asyncio.run(_measured(url, options.lines, options.customers))
    if options.json:
        sys.stdout.write(json.dumps(took) + "\n")
    else:
        for name, ms in took.items():
            sys.stdout.write(f"{name:<28}{ms:>9.1f} ms\n")
    slow = [name for name, ms in took.items() if name.startswith("pivot") and ms > BUDGET_MS]
    return 1 if slow else 0


async def _measured(url: str, lines: int, customers: int) -> dict[str, float]:
    db = Database(url)
    try:
        took = {"fill": await _fill(db, lines, customers)}
        for name, (key, words) in ASKED.items():
            took[name] = round(min([await _once(db, key, words) for _ in range(5)]), 1)
        return took
    finally:
        await db.close()


async def _fill(db: Database, lines: int, customers: int) -> float:
    began = time.perf_counter()
    async with db.begin() as session:
        connection = await session.connection()
        await connection.execute(text("SET LOCAL synchronous_commit = off"))
        for words in _FILL:
            told = {"lines": lines, "customers": customers}
            used = {name: value for name, value in told.items() if f":{name}" in words}
            await connection.execute(text(words), used)
        for row in _TOTALS:
            await connection.execute(text(_TOTAL.format(**dict(zip(_NAMES, row, strict=True)))))
    async with db.engine.connect() as plain:
        vacuum = await plain.execution_options(isolation_level="AUTOCOMMIT")
        await vacuum.execute(text("VACUUM ANALYZE"))
    return round(1000 * (time.perf_counter() - began), 1)


async def _once(db: Database, key: str, words: dict[str, str]) -> float:
    asked = read_asked({**_SPAN, **words}, SETTINGS, TODAY)
    made = LINES if key == "lines" else REPORTS[key]
    began = time.perf_counter()
    async with db.read() as session:
        around = await read_books(session, SETTINGS, TODAY)
        await made.build(session, around, asked)
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())

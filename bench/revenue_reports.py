"""How long reports of revenue take over many lines.

Run: python -m bench.revenue_reports [--lines 100000] [--customers 5000] [--json] [--only pivot].
Fills an embedded database by SQL: each line even over 24 months from a start in one of twelve, the
first twelve months posted and closed, everything in USD and told in EUR where the group's currency
is asked. Prints of each report, as the pages build it and as soon as it is measured: CPU time of
the database's process and of this one together (the mean of several times, one process each), the
best time on the clock, and what of the 300 ms a pivot may take its CPU time is. The clock tells
more of other programs than of this one where a machine is shared.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import psutil
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
    "pivot account x customer": ("recognized", {"by": "account", "across": "customer"}),
    "pivot in subsidiary's money": ("recognized", {"by": "customer", "money": "subsidiary"}),
    "pivot in group's money": ("recognized", {"by": "customer", "money": "group", "group": "EUR"}),
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
    """INSERT INTO currency_rate (base, currency, on_day, rate)
    SELECT 'EUR', 'USD', d, '0.' || 9000 + n FROM generate_series(1, 24) n
    CROSS JOIN LATERAL (SELECT date '2024-12-31' + n * 28 AS d) x""",
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
  amount_minor, base_minor, left_minor, left_base_minor)
SELECT o.subsidiary_id, '{measure}', {day}, substring(o.customer_name from 10)::bigint,
  o.revenue_type, o.revenue_account, o.deferred_account, o.contra_account, o.currency,
  o.base_currency, {role}, {kind}, SUM(x.amount_minor), SUM(x.base_minor), SUM({left}), SUM({left})
FROM {table} x JOIN revenue_obligation o ON o.id = x.obligation_id {join}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
"""
_PERIOD = "JOIN revenue_period r ON r.id = x.period_id"
_LEFT = "x.amount_minor - x.posted_minor"
_TOTALS = (
    ("planned", "x.service_starts_on", "x.role", "''", _LEFT, "revenue_cell", ""),
    ("posted", "r.starts_on", "x.role", "x.kind", "0", "revenue_posting", _PERIOD),
    ("document", "r.starts_on", "'billing'", "''", "0", "revenue_document", _PERIOD),
)
_ALONE = text(
    "SELECT pg_backend_pid() FROM set_config('max_parallel_workers_per_gather', '0', true)"
)
_TIMES = 10
_NAMES = ("measure", "day", "role", "kind", "left", "table", "join")


@dataclass(frozen=True, slots=True)
class Lap:
    """A report: CPU and clock in milliseconds, and its part of what it may take (pivots)."""

    name: str
    cpu: float
    clock: float
    of_budget: float | None

    def told(self) -> str:
        part = "" if self.of_budget is None else f"{self.of_budget:>12.2f}"
        return f"{self.name:<28}{self.cpu:>10.1f}{self.clock:>10.1f}{part}"


def main(arguments: list[str] | None = None) -> int:
    """Measure; 1 when a pivot takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--customers", type=int, default=5_000)
    parser.add_argument("--only", default="", help="reports whose name begins with it")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="dunwell-bench-") as folder,
        embedded(Path(folder)) as url,
    ):
        upgrade(url)
        return asyncio.run(_run(url, options))


async def _run(url: str, options: argparse.Namespace) -> int:
    slow = 0
    if not options.json:
        print(f"{'':<28}{'CPU ms':>10}{'clock ms':>10}{'CPU/300 ms':>12}", flush=True)
    async for lap in _measured(url, options.lines, options.customers, options.only):
        print(json.dumps(asdict(lap)) if options.json else lap.told(), flush=True)
        slow += lap.of_budget is not None and lap.of_budget > 1
    return 1 if slow else 0


async def _measured(url: str, lines: int, customers: int, only: str) -> AsyncGenerator[Lap]:
    db = Database(url)
    try:
        filled = await _fill(db, lines, customers)
        yield Lap(f"fill {lines} lines", filled, filled, None)
        for name, (key, words) in ASKED.items():
            if name.startswith(only):
                yield await _lap(db, name, key, words)
    finally:
        await db.close()


async def _lap(db: Database, name: str, key: str, words: dict[str, str]) -> Lap:
    await _once(db, key, words)
    found = [await _once(db, key, words) for _ in range(_TIMES)]
    cpu, clock = sum(one for one, _ in found) / _TIMES, min(one for _, one in found)
    part = cpu / BUDGET_MS if name.startswith("pivot") else None
    return Lap(name, round(cpu, 1), round(clock, 1), None if part is None else round(part, 2))


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


async def _once(db: Database, key: str, words: dict[str, str]) -> tuple[float, float]:
    """CPU of both processes and the clock, in milliseconds."""
    asked = read_asked({**_SPAN, **words}, SETTINGS, TODAY)
    made = LINES if key == "lines" else REPORTS[key]
    async with db.read() as session:
        connection = await session.connection()
        backend = (await connection.execute(_ALONE)).scalar_one()
        before, began = _cpu(backend), time.perf_counter()
        around = await read_books(session, SETTINGS, TODAY)
        await made.build(session, around, asked)
        took = time.perf_counter() - began
        return 1000 * (_cpu(backend) - before), 1000 * took


def _cpu(backend: int) -> float:
    both = [psutil.Process(one).cpu_times() for one in (backend, os.getpid())]
    return sum(one.user + one.system for one in both)


if __name__ == "__main__":
    sys.exit(main())

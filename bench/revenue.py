"""Billed lines planned, posted month by month and reported: time, memory, growth.

    python -m bench.revenue --lines 100000 --periods 24
    python -m bench.revenue --lines 10000

Lines are those of invoices in the mirror, each served over `periods` months; one in fifty is
credited in part. They are taken in as the service does, every month is posted and locked, and the
reports are asked. CPU and memory are those of this process, without PostgreSQL.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import text

from app.database import embedded
from domain.revenue.periods import Monthly, following
from domain.revenue.settings import Mode, RevenueSettings
from flows.revenue.intake import take_in
from flows.revenue.posting import PeriodPosted, post_period
from flows.revenue.reports.around import read_books
from flows.revenue.reports.asked import Asked
from flows.revenue.reports.pivot import recognized
from flows.revenue.snapshot import take_snapshot
from sources.revenue_policy import revenue_settings
from store.engine import Database, Session
from store.migrations import upgrade
from store.parties import SubsidiaryRow
from store.revenue import RevenuePeriodRow

NOW = datetime(2030, 1, 2, tzinfo=UTC)
SETTINGS = "mode: journal\ndefaults: {method: exact_days, contra_account: '409'}\n"
TABLES = ("event", "obligation", "cell", "paper", "posting", "document", "total", "snapshot")
_SEED = (
    "INSERT INTO subsidiary (netsuite_id, name, currency, country) VALUES ('1', 'Main', 'USD', '')",
    """INSERT INTO customer (netsuite_id, entity_number, name, legal_name, currency, email, phone,
         country, region, timezone, language, inactive, credit_hold, terms_netsuite_id,
         external_id, custom, natural_person, auto_followup, tags, row_hash, subsidiary_id)
       SELECT 'c' || n, '', 'Customer ' || n, '', 'USD', '', '', '', '', 'UTC', 'en', false, false,
         '', '', '{}', false, false, '[]', '', 1 FROM generate_series(1, :customers) AS n""",
    """INSERT INTO item (netsuite_id, name, type, description, income_account_netsuite_id,
         deferral_account_netsuite_id, revenue_rule, subsidiary_netsuite_ids, inactive)
       SELECT n::text, 'Item ' || n, 'Service', '', (400 + n % 8)::text, (240 + n % 3)::text, '',
         '[]', false FROM generate_series(1, 40) AS n""",
    """INSERT INTO invoice (netsuite_id, number, customer_id, subsidiary_id, currency, total_minor,
         open_minor, issued_on, due_on, status, po_number, memo, terms_netsuite_id, external_id,
         exchange_rate, period_netsuite_id, custom, row_hash)
       SELECT 'n' || n, 'INV' || n, 1 + n % :customers, 1, 'USD', 240000, 240000,
         CAST(:start AS date) + n % 28, CAST(:start AS date) + 60, 'open', '', '', '', '', '', '',
         '{}', 'h' || n FROM generate_series(1, :invoices) AS n""",
    """INSERT INTO invoice_line (invoice_id, line, amount_minor, item_netsuite_id,
         account_netsuite_id, quantity, memo, department_netsuite_id, class_netsuite_id,
         location_netsuite_id, service_starts_on, service_ends_on, tax)
       SELECT i.id, k, 60000 + (i.id * 37 + k) % 60000, (1 + (i.id + k) % 40)::text, '', '', '', '',
         '', '', i.issued_on, i.issued_on + make_interval(months => :periods - 1)
           - interval '1 day', false
       FROM invoice i CROSS JOIN generate_series(1, 4) AS k""",
    """INSERT INTO credit_memo (netsuite_id, number, customer_id, subsidiary_id, currency,
         total_minor, open_minor, issued_on, status, external_id, exchange_rate,
         period_netsuite_id, row_hash)
       SELECT 'm' || i.id, 'CM' || i.id, i.customer_id, 1, 'USD', 5000, 0, i.issued_on + 95,
         'applied', '', '', '', 'h' FROM invoice i WHERE i.id % 12 = 0""",
    """INSERT INTO credit_memo_line (credit_memo_id, line, amount_minor, item_netsuite_id,
         account_netsuite_id, quantity, memo, created_from_netsuite_id, tax)
       SELECT m.id, 1, 5000, l.item_netsuite_id, '', '', '', i.netsuite_id, false
       FROM credit_memo m JOIN invoice i ON 'm' || i.id = m.netsuite_id
       JOIN invoice_line l ON l.invoice_id = i.id AND l.line = 1""",
    "ANALYZE",
)


@dataclass(slots=True)
class Laps:
    """What was measured, in order."""

    rows: list[str] = field(default_factory=list)

    async def run(self, name: str, work: Callable[[], Awaitable[object]]) -> object:
        cpu, began = time.process_time(), time.perf_counter()
        found = await work()
        seconds, used = time.perf_counter() - began, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.rows.append(f"{name:38}{seconds:>9.2f}{used:>9.2f}{peak:>9.0f}  {found or ''}")
        print(self.rows[-1], flush=True)
        return found


@asynccontextmanager
async def seeded(lines: int, periods: int) -> AsyncGenerator[Database]:
    """A database with so many billed lines in its mirror."""
    with tempfile.TemporaryDirectory() as folder, embedded(Path(folder) / "pg") as url:
        upgrade(url)
        database = Database(url)
        values = {
            "customers": max(1, lines // 50),
            "invoices": max(1, lines // 4),
            "periods": periods,
            "start": date(2026, 1, 3),
        }
        async with database.begin() as session:
            connection = await session.connection()
            for words in _SEED[:-1]:
                await connection.execute(text(words), _used(words, values))
        async with database.begin() as session:
            await (await session.connection()).execute(text(_SEED[-1]))
        yield database
        await database.close()


def _used(words: str, values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if f":{name}" in words}


async def post_all(database: Database, settings: RevenueSettings, periods: int, laps: Laps) -> None:
    """Post and lock one month after the other."""
    period = Monthly().of(date(2026, 1, 3))
    for number in range(periods):
        on = period.starts_on

        async def one(on: date = on) -> str:
            async with database.begin() as session:
                own = await session.get(SubsidiaryRow, 1)
                if own is None:
                    raise RuntimeError("the seed has a subsidiary")
                done = await post_period(session, own, on, settings, Mode.JOURNAL, "bench", NOW)
                if not isinstance(done, PeriodPosted):
                    raise TypeError(done.why)
                row = await session.get(RevenuePeriodRow, done.period_id)
                if row is None:
                    raise RuntimeError("a posted period has a row")
                row.sha256, row.state = await take_snapshot(session, row, NOW), "closed"
                session.add(row)
                return f"{done.rows} rows"

        await laps.run(f"post, snapshot and lock {period.name}", one)
        period = following(Monthly(), period)
        await housekeeping(database, whole=number == 0)


async def housekeeping(database: Database, *, whole: bool) -> None:
    """What the server does by itself within a month: count rows, clear what nobody sees."""
    options = "" if whole else " revenue_obligation, revenue_cell, revenue_paper, revenue_total"
    async with database.engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(f"VACUUM (ANALYZE){options}"))


async def ask(database: Database, settings: RevenueSettings, by: str, across: str) -> str:
    """One pivot, as the page asks it."""
    async with database.read() as session:
        around = await read_books(session, settings, NOW.date())
        span = Asked(date(2026, 1, 1), date(2027, 12, 31), date(2027, 12, 31), by=by, across=across)
        report = await recognized(session, around, span)
    return f"{len(report.tables[0].rows)} rows"


async def sizes(session: Session) -> list[str]:
    """How much each table holds."""
    connection, found = await session.connection(), list[str]()
    for name in TABLES:
        asked = text(
            "SELECT pg_total_relation_size(CAST(:name AS regclass)),"
            " (SELECT reltuples::bigint FROM pg_class WHERE oid = CAST(:name AS regclass))"
        )
        size, rows = (await connection.execute(asked, {"name": f"revenue_{name}"})).one()
        found.append(f"revenue_{name:28}{rows:>12,} rows{size / 2**20:>9.0f} MB")
    return found


async def main(lines: int, periods: int) -> None:
    settings, laps = revenue_settings(SETTINGS, "bench"), Laps()
    print(f"{'':38}{'seconds':>9}{'CPU s':>9}{'peak MB':>9}")
    async with seeded(lines, periods) as database:

        async def take() -> str:
            taken = await take_in(database, settings, NOW)
            return f"{taken.documents} documents, {taken.lines} lines"

        await laps.run("taken in and planned", take)
        await laps.run("again, nothing changed", take)
        await housekeeping(database, whole=True)
        await laps.run("again, statistics fresh", take)
        await post_all(database, settings, periods, laps)
        await housekeeping(database, whole=True)
        for by, across in (("customer", "period"), ("type", "period"), ("account", "customer")):
            for turn in ("first", "second"):
                asked = partial(ask, database, settings, by, across)
                await laps.run(f"pivot {by} x {across}, {turn} time", asked)
        async with database.read() as session:
            print("\n".join(await sizes(session)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--periods", type=int, default=24)
    asked_for = parser.parse_args()
    asyncio.run(main(asked_for.lines, asked_for.periods))

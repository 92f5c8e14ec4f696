"""Import N documents from the sandbox ERP over HTTP: requests against the floor, rows/s, CPU, RSS.

    python -m bench.sync --documents 20000
    python -m bench.sync --documents 100000 --customers 5000

Documents are invoices, payments, credit memos, deposits and what settles them; lines and the ERP's
lists are imported too. The floor is the number of full pages of all rows, and one request a list.
The ERP runs in a process of its own, so CPU and memory are those of the service alone (without
PostgreSQL). "Fetch and parse" reads the same pages and throws them away.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from app.clock import system_clock
from app.database import embedded
from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import NetSuiteClient
from erp.netsuite.config import NetSuiteConfig, OAuth2Credentials
from erp.netsuite.suiteql import PAGE
from flows.sync.passes import fast_pass, first_import
from flows.sync.reconcile import nightly
from sandbox.netsuite.app import build_app
from sandbox.netsuite.keys import generate_key_pair
from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore
from sandbox.serving import LoopbackServer
from sandbox.world import build_company
from store.engine import Database
from store.migrations import upgrade


@dataclass(frozen=True, slots=True)
class Served:
    """What the ERP process tells of itself."""

    url: str
    private_pem: str
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Lap:
    """One measured run."""

    name: str
    seconds: float
    cpu: float
    requests: int
    rows: int


_COUNTED = {
    "customers": "customer",
    "contacts": "contact",
    "documents": '"transaction" WHERE type IN'
    " ('CustInvc', 'CustPymt', 'CustCred', 'CustDep', 'DepAppl', 'CustRfnd')",
    "applications": "nexttransactionlinelink",
    "lines": 'transactionline l JOIN "transaction" t ON t.id = l."transaction"'
    " WHERE t.type = 'CustInvc' AND l.mainline = 'F'",
    "terms": "term",
    "items": "item",
    "accounts": "account",
    "periods": "accountingperiod",
    "rates": "currencyrate",
}
# Lists of few rows: subsidiaries, currencies, departments, classes, locations, journals.
_SHORT_LISTS = 6


def count(store: ErpStore, table: str) -> int:
    """Rows of a table of the ERP."""
    return int(store.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def serve(pipe: Connection, customers: int, invoices: int, today: date) -> None:
    """The ERP process: seed, serve, wait to be told to stop."""
    company = build_company(1, today, customers, invoices, breadth=True)
    store, pair = ErpStore(":memory:"), generate_key_pair("ec")
    seed(store, company)
    store.register_integration("client", "certificate", pair.public_pem)
    del company
    rows = {name: count(store, table) for name, table in _COUNTED.items()}
    with LoopbackServer(build_app(store, system_clock, admin_token="bench")) as server:
        pipe.send(Served(server.url, pair.private_pem, rows))
        pipe.recv()


@contextmanager
def erp_process(customers: int, invoices: int, today: date) -> Generator[Served]:
    """The ERP in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(theirs, customers, invoices, today)
    )
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("stop")
        process.join(30)


@asynccontextmanager
async def connection(served: Served) -> AsyncGenerator[NetSuite]:
    """Our adapter, connected."""
    own = OAuth2Credentials("client", "certificate", served.private_pem)
    config = NetSuiteConfig("TSTDRV1", own, base_url=served.url)
    erp = NetSuite(NetSuiteClient(config, system_clock, random.Random(1)))
    try:
        yield erp
    finally:
        await erp.close()


class Watch:
    """Measures laps."""

    def __init__(self, erp: NetSuite) -> None:
        self._erp = erp
        self.laps: list[Lap] = []

    @contextmanager
    def lap(self, name: str) -> Generator[dict[str, int]]:
        """Measure a block, which tells the rows it handled under "rows"."""
        told: dict[str, int] = {}
        requests = self._erp.client.requests
        began, worked = time.perf_counter(), time.process_time()
        yield told
        self.laps.append(
            Lap(
                name,
                time.perf_counter() - began,
                time.process_time() - worked,
                self._erp.client.requests - requests,
                told.get("rows", 0),
            )
        )


# Every closed document too, so that the numbers are about the whole account.
_ALL_DAYS = 36_500


async def fetch_only(erp: NetSuite, now: datetime, closed_since: date) -> int:
    """Read every page an import reads, and keep nothing."""
    rows = 0
    for streamed in (
        erp.customers(since=None, until=now),
        erp.contacts(since=None, until=now),
        erp.open_documents(closed_since=closed_since),
        erp.open_applications(closed_since=closed_since),
        erp.invoice_lines(closed_since=closed_since),
    ):
        async for page in streamed:
            rows += len(page)
    for listed in (erp.subsidiaries, erp.periods, erp.terms, erp.items, erp.accounts):
        rows += len(await listed())
    return rows + len(await erp.classifications()) + len(await erp.rates(closed_since))


async def measure(served: Served, url: str, now: datetime) -> tuple[list[Lap], int]:
    """The laps, and the database rows written by the first."""
    db = Database(url)
    async with connection(served) as erp:
        watch = Watch(erp)
        with watch.lap("first import") as told:
            first = await first_import(db, erp, now, closed_days=_ALL_DAYS)
            told["rows"] = first.rows
        with watch.lap("again, nothing new") as told:
            again = await first_import(db, erp, now, closed_days=_ALL_DAYS)
            told["rows"] = sum(served.rows.values())
        with watch.lap("nightly, nothing new") as told:
            night = await nightly(db, erp, now + timedelta(minutes=5))
            told["rows"] = sum(served.rows.values())
        with watch.lap("fast pass, nothing new"):
            quiet = await fast_pass(db, erp, now + timedelta(minutes=10))
        with watch.lap("fetch and parse alone") as told:
            told["rows"] = await fetch_only(erp, now, now.date() - timedelta(days=_ALL_DAYS))
    await db.close()
    moved = [again.rows, quiet.rows, night.seen.rows if night else 0]
    if any(moved):
        raise SystemExit(f"repeated reads wrote {moved} rows: {again.counts}")
    return watch.laps, first.rows


def floor_of(rows: dict[str, int]) -> int:
    """Requests that an import cannot do without: full pages, one a list, and a token."""
    return sum(-(-count // PAGE) for count in rows.values()) + _SHORT_LISTS + 1


def table(laps: list[Lap], served: Served, written: int) -> str:
    """The report."""
    floor = floor_of(served.rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        f"{'':24}{'seconds':>9}{'CPU s':>8}{'requests':>10}{'rows':>9}{'rows/s':>9}",
        *(
            f"{lap.name:24}{lap.seconds:9.2f}{lap.cpu:8.2f}{lap.requests:10}{lap.rows:9}"
            f"{lap.rows / lap.seconds:9.0f}"
            for lap in laps
        ),
        "",
        f"in the ERP: {', '.join(f'{count} {name}' for name, count in served.rows.items())}",
        f"rows written by the first import: {written}",
        f"requests of the first import: {laps[0].requests}, the floor: {floor}",
        f"requests against the floor: {laps[0].requests / floor:.2f}",
        f"CPU of the first import against fetch and parse: {laps[0].cpu / laps[-1].cpu:.2f}",
        f"peak memory of the service process: {peak:.0f} MB",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--customers", type=int, default=2_000)
    chosen = parser.parse_args()
    now = system_clock()
    with (
        tempfile.TemporaryDirectory(prefix="dw-bench-", ignore_cleanup_errors=True) as folder,
        erp_process(chosen.customers, chosen.documents // 2, now.date()) as served,
    ):
        Path(folder).chmod(0o755)
        with embedded(Path(folder)) as url:
            upgrade(url)
            laps, written = asyncio.run(measure(served, url, now))
    print(table(laps, served, written))


if __name__ == "__main__":
    main()

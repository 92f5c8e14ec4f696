"""Import N invoices from the sandbox ERP over HTTP: requests against the floor, rows/s, CPU, RSS.

    python -m bench.sync --invoices 20000
    python -m bench.sync --invoices 100000 --customers 5000

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
from erp.netsuite import queries
from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import NetSuiteClient
from erp.netsuite.config import NetSuiteConfig, OAuth2Credentials
from erp.netsuite.suiteql import PAGE
from flows.sync import fast_pass, first_import
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


def serve(pipe: Connection, customers: int, invoices: int, today: date) -> None:
    """The ERP process: seed, serve, wait to be told to stop."""
    company = build_company(1, today, customers, invoices)
    store, pair = ErpStore(":memory:"), generate_key_pair("ec")
    seed(store, company)
    store.register_integration("client", "certificate", pair.public_pem)
    rows = {
        "customers": len(company.debtors),
        "contacts": sum(len(debtor.people) for debtor in company.debtors),
        "documents": len(company.claims) + len(company.settlements),
        "applications": sum(len(paper.applied) for paper in company.settlements),
    }
    del company
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


async def fetch_only(erp: NetSuite, closed_since: date) -> int:
    """Read every page an import reads, and keep nothing."""
    fields = erp.client.config.fields
    documents = queries.open_documents(closed_since)
    rows = 0
    for select in (queries.customers(fields), queries.contacts(fields), documents):
        async for page in erp.query.pages(select):
            rows += len(page)
    async for page in erp.query.groups(queries.open_links(closed_since)):
        rows += len(page)
    return rows


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
        with watch.lap("fast pass, nothing new"):
            quiet = await fast_pass(db, erp, now + timedelta(minutes=5))
        with watch.lap("fetch and parse alone") as told:
            told["rows"] = await fetch_only(erp, now.date() - timedelta(days=_ALL_DAYS))
    await db.close()
    if again.rows or quiet.rows:
        raise SystemExit(f"a repeated import wrote {again.rows + quiet.rows} rows")
    return watch.laps, first.rows


def floor_of(rows: dict[str, int]) -> int:
    """Requests that an import cannot do without: full pages, one token, and five small reads."""
    return sum(-(-count // PAGE) for count in rows.values()) + 6


def table(laps: list[Lap], served: Served, written: int) -> str:
    """The report."""
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
        f"requests an import needs at least, about: {floor_of(served.rows)}",
        f"CPU of the first import against fetch and parse: {laps[0].cpu / laps[-1].cpu:.2f}",
        f"peak memory of the service process: {peak:.0f} MB",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=20_000)
    parser.add_argument("--customers", type=int, default=2_000)
    chosen = parser.parse_args()
    now = system_clock()
    with (
        tempfile.TemporaryDirectory(prefix="dw-bench-", ignore_cleanup_errors=True) as folder,
        erp_process(chosen.customers, chosen.invoices, now.date()) as served,
    ):
        Path(folder).chmod(0o755)
        with embedded(Path(folder)) as url:
            upgrade(url)
            laps, written = asyncio.run(measure(served, url, now))
    print(table(laps, served, written))


if __name__ == "__main__":
    main()

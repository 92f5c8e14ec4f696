"""Whether anything is lost or doubled when everything is posted through bad weather.

Run: python -m bench.post_faults [--count 10000] [--seed 7]. Payments, invoices and customers are
posted by the real worker with the real performers and adapter to the sandbox's ERP, which drops
answers, fails before and after it commits, times out, commits late, throttles and forgets tokens;
the worker is killed every few seconds. Times between looks are short, what happens is the same.
A person tries again what was given up. Starts an embedded PostgreSQL in a temporary folder.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from app.database import embedded
from app.policies import load_policies
from app.settings import load
from app.wiring import desk_of, performers_of
from bench.weather import Weather
from effects import audit, decide
from effects.actor import Person, Role
from effects.kinds import CreateCustomer, CreateInvoice, PostCustomerPayment
from effects.steps import Pace
from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import NetSuiteClient
from erp.netsuite.config import NetSuiteConfig, OAuth2Credentials
from flows.sync.passes import first_import
from jobs.clock import Tick
from jobs.handlers import Retry
from jobs.worker import Services, WorkerOptions, work
from sandbox.erp import ACCOUNT_ID, CERTIFICATE_ID, CLIENT_ID, erp_settings
from sandbox.netsuite.account import Account
from sandbox.netsuite.app import build_account_app
from sandbox.netsuite.keys import generate_key_pair
from sandbox.netsuite.seed import seed as seed_account
from sandbox.netsuite.store import ErpStore
from sandbox.serving import LoopbackServer
from sandbox.settings_file import write_private
from sandbox.world import build_company
from security.chain import digest
from store.effects import in_states
from store.engine import Database, driver_connection
from store.migrations import upgrade
from store.outgoing import DELIVER
from tests.crash.offers import Offers, claims

OPTIONS = WorkerOptions(
    concurrency=6,
    heartbeat=timedelta(seconds=0.5),
    dead_after=timedelta(seconds=2.5),
    poll=timedelta(seconds=0.5),
    stop_within=timedelta(seconds=5),
    quiet=timedelta(seconds=20),
    retry=Retry(attempts=1000, first=timedelta(seconds=0), longest=timedelta(seconds=1)),
    pace=Pace(
        first_retry=timedelta(seconds=0.5),
        longest_retry=timedelta(seconds=2),
        first_look=timedelta(seconds=0.5),
        longest_look=timedelta(seconds=2),
        while_busy=timedelta(seconds=0.2),
    ),
)
TICKS = (Tick("effects.reap", timedelta(seconds=2)),)
MIX = (PostCustomerPayment.kind,) * 16 + (CreateInvoice.kind,) * 3 + (CreateCustomer.kind,)
BOSS = Person(1, "Cleo", Role.CONTROLLER)


def real_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a worker process needs to reach the database and the ERP."""

    database_url: str
    settings: Mapping[str, str]

    @classmethod
    def to(cls, database_url: str, erp_url: str, folder: Path) -> Reach:
        own = {
            "DATABASE_URL": database_url,
            "DUNWELL_DATA_DIR": str(folder / "service"),
            "DUNWELL_SECRET_KEY": "k" * 40,
            "NETSUITE_LOOK_SECONDS": "1,2,4",
        }
        return cls(database_url, own | erp_settings(erp_url, folder / "key.pem"))

    def erp(self, *, patience: float = 5.0) -> NetSuite:
        """The adapter as ever, but soon out of patience (seconds of a read)."""
        key = Path(self.settings["NETSUITE_PRIVATE_KEY_FILE"]).read_text("ascii")
        config = NetSuiteConfig(
            ACCOUNT_ID, OAuth2Credentials(CLIENT_ID, CERTIFICATE_ID, key),
            base_url=self.settings["NETSUITE_BASE_URL"], max_concurrency=8,
            read_timeout=patience, write_timeout=1.0,
        )  # fmt: skip
        return NetSuite(NetSuiteClient(config, real_now, random.Random(), sleep=_briefly))


async def _briefly(seconds: float) -> None:
    await asyncio.sleep(min(seconds, 0.05))


def serve(reach: Reach) -> None:
    """Work until killed."""
    asyncio.run(_serve(reach))


async def _serve(reach: Reach) -> None:
    settings = load(reach.settings)
    desk = desk_of(settings, load_policies(settings))
    db = Database(reach.database_url, pool_size=16)
    hands = performers_of(settings, desk, real_now, reach.erp(), None, db)
    await work(Services(db, real_now, hands, {DELIVER: _nobody_listens}, TICKS, OPTIONS))


async def _nobody_listens() -> None:
    """No endpoint is configured: events stay where they were written."""


class Workers:
    """Two workers, of which one is killed and born again every few seconds."""

    def __init__(self, reach: Reach, seed: int) -> None:
        self._reach = reach
        self._dice = random.Random(digest(["kills", seed]))
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["bench.post_faults"])
        self._living = [self._born(), self._born()]
        self.killed = 0

    def _born(self) -> BaseProcess:
        process = self._context.Process(target=serve, args=(self._reach,), daemon=True)
        process.start()
        return process

    async def kill_for_ever(self) -> None:
        while True:
            await asyncio.sleep(self._dice.uniform(15, 40))
            await self._kill(self._living.pop(0))
            self.killed += 1
            self._living.append(self._born())

    async def end(self) -> None:
        for worker in self._living:
            await self._kill(worker)

    async def _kill(self, worker: BaseProcess) -> None:
        worker.kill()
        await asyncio.to_thread(worker.join, 10)


@dataclass(slots=True)
class Outcome:
    """What is found in the end."""

    proposed: int
    states: Counter[str]
    wanted: Counter[str]
    made: Counter[str]
    recorded: int
    tried_again: int
    stuck: Sequence[str]
    chain: audit.Intact | audit.Broken
    seconds: float

    @property
    def doubled(self) -> int:
        return sum(number - 1 for number in self.made.values() if number > 1)

    @property
    def lost(self) -> int:
        """Done or not, what should be in the ERP and is not, beyond what a person knows of."""
        return len(self.wanted - self.made) - self.waiting

    @property
    def waiting(self) -> int:
        return self.states["failed"] + self.states["superseded"] + self.states["unknown"]


async def _bench(folder: Path, url: str, count: int, seed: int) -> None:
    key = generate_key_pair("ec")
    write_private(folder / "key.pem", key.private_pem)
    store = ErpStore(":memory:", zone="America/Los_Angeles")
    seed_account(store, build_company(seed, real_now().date(), 300, 1500))
    store.register_integration(CLIENT_ID, CERTIFICATE_ID, key.public_pem)
    account = Account(store, real_now)
    account.governor.limit = 10
    weather = Weather(seed)
    account.faults = weather
    with LoopbackServer(build_account_app(account, admin_token="bench")) as server:
        reach = Reach.to(url, server.url, folder)
        async with _imported(reach) as db:
            offers = Offers(db, await claims(db))
            found = await _post(db, reach, offers, weather, count, seed, store)
            _table(found, weather)
    store.close()


@contextlib.asynccontextmanager
async def _imported(reach: Reach) -> AsyncGenerator[Database]:
    db, erp = Database(reach.database_url), reach.erp(patience=120.0)
    try:
        await first_import(db, erp, real_now())
        yield db
    finally:
        await erp.close()
        await db.close()


async def _post(
    db: Database, reach: Reach, offers: Offers, weather: Weather, count: int, seed: int,
    store: ErpStore,
) -> Outcome:  # fmt: skip
    began = time.monotonic()
    weather.bad = True
    workers = Workers(reach, seed)
    killing = asyncio.create_task(workers.kill_for_ever())
    try:
        await _propose(offers, count, seed)
        tried_again = await _settled(db, count)
    finally:
        killing.cancel()
        await workers.end()
    weather.bad = False
    weather.struck["worker killed"] = workers.killed
    return await _found(db, offers, store, tried_again, time.monotonic() - began)


async def _propose(offers: Offers, count: int, seed: int) -> None:
    dice = random.Random(digest(["mix", seed]))
    kinds = [dice.choice(MIX) for _ in range(count)]
    for first in range(0, count, 50):
        await offers.make_all(kinds[first : first + 50], real_now())


async def _settled(db: Database, count: int) -> int:
    """Wait until everything has come to rest; a person tries again what was given up. How often."""
    tried, before, still = 0, Counter[str](), time.monotonic()
    while True:
        states = await _states(db)
        if states != before:
            before, still = states, time.monotonic()
        moving = states["approved"] + states["performing"] + states["unknown"]
        print(f"{_so_far(states)} of {count:,}", file=sys.stderr, flush=True)
        if moving == 0 or time.monotonic() - still > 240:
            given_up = await _try_again(db)
            tried += given_up
            if given_up == 0:
                return tried
        await asyncio.sleep(2)


def _so_far(states: Counter[str]) -> str:
    return ", ".join(f"{number:,} {state}" for state, number in sorted(states.items()))


async def _try_again(db: Database) -> int:
    """What certainly did not happen, and was given up: once more. How many."""
    async with db.begin() as session:
        rows = await in_states(session, ["failed"], limit=1000)
        worth = [r for r in rows if str(r.outcome.get("reason", "")).startswith("not there")]
        for row in worth:
            await decide.retry(session, row.id, row.fingerprint, BOSS, real_now(), "try again")
        return len(worth)


async def _found(
    db: Database, offers: Offers, store: ErpStore, tried_again: int, seconds: float
) -> Outcome:
    async with db.read() as session:
        chain = await audit.verify(session)
        rows = await in_states(session, ["approved", "performing", "unknown", "failed"], limit=20)
        stuck = [f"{r.id} {r.key} {r.state} {r.next_at} {r.outcome}" for r in rows]
    return Outcome(
        proposed=offers.count,
        states=await _states(db),
        wanted=Counter((*offers.external_ids, *offers.invoice_ids, *offers.customer_ids)),
        made=_in_erp(store),
        recorded=await _recorded(db),
        tried_again=tried_again,
        stuck=stuck,
        chain=chain,
        seconds=seconds,
    )


def _in_erp(store: ErpStore) -> Counter[str]:
    found: Counter[str] = Counter()
    for table in ('"transaction"', "customer"):
        rows = store.rows(f"SELECT externalid FROM {table} WHERE externalid LIKE 'dw-%'")
        found.update(str(row[0]) for row in rows)
    return found


_RECORDED = """
SELECT (SELECT count(*) FROM payment WHERE source = 'crash' AND state = 'posted')
     + (SELECT count(*) FROM invoice WHERE external_id LIKE 'dw-inv-%')
     + (SELECT count(*) FROM customer WHERE external_id LIKE 'dw-cus-%')
"""


async def _recorded(db: Database) -> int:
    async with db.read() as session:
        driver = await driver_connection(session)
        row = await (await driver.execute(_RECORDED)).fetchone()
        return int(row[0]) if row else 0


async def _states(db: Database) -> Counter[str]:
    async with db.read() as session:
        driver = await driver_connection(session)
        query = "SELECT state, count(*) FROM effect GROUP BY state"
        rows: Sequence[tuple[str, int]] = await (await driver.execute(query)).fetchall()
        return Counter({state: int(number) for state, number in rows})


def _table(found: Outcome, weather: Weather) -> None:
    print(f"{'what went wrong':<52}{'times':>8}")
    for name, number in sorted(weather.struck.items()):
        print(f"  {name:<50}{number:>8,}")
    rows = (
        ("postings proposed", found.proposed),
        ("effects done", found.states["done"]),
        ("records made in the ERP", found.made.total()),
        ("recorded in the mirror", found.recorded),
        ("lost", found.lost),
        ("doubled", found.doubled),
        ("waiting for a person", found.waiting),
        ("given up and tried again by a person", found.tried_again),
        ("seconds", round(found.seconds)),
        ("a second", round(found.states["done"] / found.seconds)),
    )
    for name, number in rows:
        print(f"{name:<52}{number:>8,}")
    print(f"effects by state: {dict(found.states)}")
    print(f"audit chain: {found.chain}")
    for stuck in found.stuck:
        print(f"not at rest: {stuck}")


def main() -> None:
    """Post, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dw-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with embedded(folder / "data") as url:
            upgrade(url)
            asyncio.run(_bench(folder, url, given.count, given.seed))


if __name__ == "__main__":
    main()

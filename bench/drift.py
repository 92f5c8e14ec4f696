"""Make random changes behind our back in the sandbox ERP, and count which of them are found.

    python -m bench.drift --changes 1000 --invoices 20000
    python -m bench.drift --changes 130 --invoices 2000 --customers 200

First ordinary life: new invoices, payments, credits and applications, which must lead to no
finding. Then the changes, over all thirteen kinds; a fast pass; one nightly pass. A third of the
changes leaves no trace of time, so that only the nightly pass can see them.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from sqlmodel import col, select

from app.clock import system_clock
from app.database import embedded
from bench.mischief import Door, Made, Mischief, Paper
from bench.sync import Served, connection
from domain.ledger.drift import DriftKind
from erp.netsuite.adapter import NetSuite
from flows.sync.passes import fast_pass, first_import
from flows.sync.reconcile import nightly
from sandbox.netsuite.app import build_app
from sandbox.netsuite.keys import generate_key_pair
from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore
from sandbox.serving import LoopbackServer
from sandbox.world import build_company
from store.drift import DriftFindingRow
from store.engine import Database
from store.migrations import upgrade
from store.parties import CustomerRow, SubsidiaryRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow

_ALL_DAYS = 36_500
Found = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Score:
    """What was made, and the findings open after each pass."""

    made: Sequence[Made]
    life: Found
    after_fast: Found
    after_night: Found
    seconds: dict[str, float]


def serve(pipe: Connection, customers: int, invoices: int, today: date) -> None:
    """The ERP process, with what a grown account has: seed, serve, wait to be told to stop."""
    store, pair = ErpStore(":memory:"), generate_key_pair("ec")
    seed(store, build_company(1, today, customers, invoices, breadth=True))
    store.register_integration("client", "certificate", pair.public_pem)
    with LoopbackServer(build_app(store, system_clock, admin_token="bench")) as server:
        pipe.send(Served(server.url, pair.private_pem, {}))
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


async def findings(db: Database) -> Found:
    """Open findings by kind and ERP id."""
    async with db.read() as session:
        rows = await session.exec(select(DriftFindingRow).where(DriftFindingRow.state == "open"))
        return Counter((row.kind, row.netsuite_id) for row in rows.all())


async def papers(db: Database, today: date) -> tuple[list[Paper], list[Paper]]:
    """Open invoices that nothing was applied to, and recent payments that are fully applied."""
    async with db.read() as session:
        homes = {s.id: s for s in (await session.exec(select(SubsidiaryRow))).all()}
        customers = {c.id: c for c in (await session.exec(select(CustomerRow))).all()}
        settled = set((await session.exec(select(ApplicationRow.invoice_id))).all())
        invoices = await session.exec(
            select(InvoiceRow)
            .where(InvoiceRow.status == "open", InvoiceRow.open_minor == InvoiceRow.total_minor)
            .where(InvoiceRow.total_minor > 100)
        )
        payments = await session.exec(
            select(PaymentRow)
            .where(PaymentRow.unapplied_minor == 0)
            .where(col(PaymentRow.received_on) > today - timedelta(days=300))
        )

    def paper(row: InvoiceRow | PaymentRow, total: int, on: date) -> Paper:
        customer = customers[row.customer_id or 0]
        home = homes[row.subsidiary_id or customer.subsidiary_id or 0]
        return Paper(
            netsuite_id=row.netsuite_id or "",
            customer=customer.netsuite_id,
            currency=row.currency,
            base=home.currency,
            subsidiary=home.netsuite_id,
            total=total,
            on=on,
        )

    free = (row for row in invoices.all() if row.id not in settled)
    return (
        [paper(row, row.total_minor, row.issued_on) for row in free],
        [paper(row, row.amount_minor, row.received_on) for row in payments.all()],
    )


def live(door: Door, rng: random.Random, invoices: list[Paper], count: int) -> None:
    """Ordinary life in NetSuite's own pages."""
    for _ in range(count):
        paper = invoices.pop()
        part = f"{max(1, paper.total // 300)}"
        fields = {
            "entity": {"id": paper.customer},
            "item": {"items": [{"item": {"id": "501"}, "amount": rng.randint(50, 5000)}]},
        }
        match rng.randrange(5):
            case 0:
                door.act("create", type="invoice", fields=fields)
            case 1:
                door.act("pay", id=paper.netsuite_id)
            case 2:
                door.act("pay", id=paper.netsuite_id, amount=part)
            case 3:
                door.act("transform", id=paper.netsuite_id, type="creditMemo", fields={})
            case _:
                _on_account(door, paper, part)


def _on_account(door: Door, paper: Paper, part: str) -> None:
    """A payment that is applied only later."""
    fields = {"customer": {"id": paper.customer}, "payment": part}
    paid = door.act("create", type="customerPayment", fields=fields)
    if paid is not None:
        door.act("apply", id=paid["id"], to=paper.netsuite_id, amount=part)


async def run(served: Served, url: str, changes: int, seed_: int) -> tuple[Score, Door]:
    db, rng, door = Database(url), random.Random(seed_), Door(served.url)
    seconds: dict[str, float] = {}

    async with connection(served) as erp:
        await _timed(seconds, "first import", _import(db, erp))
        await _timed(seconds, "nightly, nothing drifted", _night(db, erp))
        invoices, payments = await papers(db, system_clock().date())
        rng.shuffle(invoices)
        live(door, rng, invoices, changes // 2)
        mischief = Mischief(door, rng, invoices, payments, system_clock())
        mischief.prepare(changes // len(DriftKind) + 5)
        await _timed(seconds, "fast pass over ordinary life", _fast(db, erp))
        await _timed(seconds, "nightly after ordinary life", _night(db, erp))
        life = await findings(db)
        made = mischief.make(changes)
        await _timed(seconds, "fast pass over the changes", _fast(db, erp))
        after_fast = await findings(db)
        await _timed(seconds, "nightly over the changes", _night(db, erp))
        after_night = await findings(db)
    await db.close()
    return Score(made, life, after_fast, after_night, seconds), door


async def _timed(seconds: dict[str, float], name: str, work: Awaitable[None]) -> None:
    began = time.perf_counter()
    await work
    seconds[name] = time.perf_counter() - began


async def _import(db: Database, erp: NetSuite) -> None:
    await first_import(db, erp, system_clock(), closed_days=_ALL_DAYS)


async def _fast(db: Database, erp: NetSuite) -> None:
    await fast_pass(db, erp, system_clock())


async def _night(db: Database, erp: NetSuite) -> None:
    await nightly(db, erp, system_clock())


def table(score: Score) -> tuple[str, bool]:
    """The report, and whether everything was found and nothing else."""
    expected = {(made.kind.value, made.subject) for made in score.made}
    lines = [f"{'':28}{'made':>6}{'quiet':>7}{'fast':>6}{'night':>7}{'missed':>8}{'false':>7}"]
    totals = Counter[str]()
    for kind in DriftKind:
        made = [one for one in score.made if one.kind is kind]
        keys = [(kind.value, one.subject) for one in made]
        counts = {
            "made": len(made),
            "quiet": sum(one.quiet for one in made),
            "fast": sum(key in score.after_fast for key in keys),
            "night": sum(key in score.after_night for key in keys),
            "missed": sum(key not in score.after_night for key in keys),
            "false": sum(k == kind and (k, s) not in expected for k, s in score.after_night),
        }
        totals.update(counts)
        lines.append(_line(kind.value, counts))
    lines += [_line("all", totals), "", f"findings in ordinary life: {score.life.total()}"]
    lines += [f"{name + ':':32}{took:8.1f} s" for name, took in score.seconds.items()]
    good = not (totals["missed"] or totals["false"] or score.life)
    return "\n".join(lines), good


def _line(name: str, counts: dict[str, int] | Counter[str]) -> str:
    return (
        f"{name:28}{counts['made']:6}{counts['quiet']:7}{counts['fast']:6}{counts['night']:7}"
        f"{counts['missed']:8}{counts['false']:7}"
    )


def odd(score: Score, limit: int) -> list[str]:
    """What was missed, and what was found that nobody made."""
    expected = {(made.kind.value, made.subject) for made in score.made}
    missed = [f"missed: {key}" for key in sorted(expected - set(score.after_night))]
    false = [f"false: {key}" for key in sorted(set(score.after_night) - expected)]
    life = [f"in ordinary life: {key}" for key in sorted(score.life)]
    return [*life[:limit], *missed[:limit], *false[:limit]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=1_000)
    parser.add_argument("--invoices", type=int, default=20_000)
    parser.add_argument("--customers", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    today: datetime = system_clock()
    with (
        tempfile.TemporaryDirectory(prefix="dw-bench-", ignore_cleanup_errors=True) as folder,
        erp_process(chosen.customers, chosen.invoices, today.date()) as served,
    ):
        Path(folder).chmod(0o755)
        with embedded(Path(folder)) as url:
            upgrade(url)
            score, door = asyncio.run(run(served, url, chosen.changes, chosen.seed))
    report, good = table(score)
    print("\n".join([report, *odd(score, 12)]))
    refused = Counter(one[:120] for one in door.refused)
    print("\n".join(f"refused by the ERP, {n} times: {one}" for one, n in refused.most_common(8)))
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()

"""Effects to do, workers that are killed while they do them, and the count at the end."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Literal

from sqlmodel import col, func, select

from app.settings import load
from app.wiring import Parts, assembled
from effects.actor import Person, Role
from effects.answers import Approved
from effects.audit import Intact, verify
from effects.decide import approve
from flows.sync import first_import
from sandbox.clock import real_now
from sandbox.debtors.life import Pace
from sandbox.server import World, start_world
from store import effects
from store.audit import AuditRow
from store.effects import EffectRow
from store.touchpoints import TouchpointRow
from tests.crash.moments import MOMENTS, Life, Outside, until
from tests.crash.outsides import Erp, Post

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)
MUTE = Pace(speed=1e-8, spacing=0.0)
SOMEBODY = Person(1, "Casey", Role.CONTROLLER)
HASTE = {"NETSUITE_LOOK_SECONDS": "1", "MAIL_SETTLES_SECONDS": "1"}


@dataclass(slots=True)
class Tally:
    """What happened and what there is at the end; `problems` is empty when all is well."""

    effects: int
    kills: Counter[str] = field(default_factory=Counter)
    workers: int = 0
    acts: int = 0
    touchpoints: int = 0
    audit_rows: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def killed(self) -> int:
        return sum(self.kills.values())


async def run(
    what: Literal["payments", "mails"], kills: int, folder: Path, url: str, seed: int = 7
) -> Tally:
    """Carry out approved effects with workers that are killed at least `kills` times."""
    set_clock(folder)
    number = max(20, kills // 2)
    customers = max(40, number * 2) if what == "mails" else 40
    async with (
        start_world(
            folder, customers=customers, invoices=customers * 10, seed=seed,
            today=NOON.date(), pace=MUTE,
        ) as world,
        assembled(load(world.settings | HASTE), url) as parts,
    ):  # fmt: skip
        assert parts.erp is not None
        await first_import(parts.db, parts.erp, parts.clock())
        outside = Erp(world) if what == "payments" else Post(world)
        ids = await outside.prepare(parts, number)
        await _approve(parts, ids)
        tally = Tally(len(ids))
        async with _nursery(world, folder, url) as nursery:
            await Ward(parts, outside, nursery, tally, random.Random(seed)).run(kills)
        await _count(parts, outside, tally)
    return tally


def set_clock(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    offset = int((NOON - real_now()).total_seconds())
    (folder / "clock").write_text(f"{offset}\n", encoding="ascii")


async def _approve(parts: Parts, ids: list[int]) -> None:
    for effect_id in ids:
        async with parts.db.begin() as session:
            row = await effects.effect(session, effect_id)
            assert row is not None
            answer = await approve(
                session, effect_id, row.fingerprint, SOMEBODY, parts.desk.approval, parts.clock()
            )
            assert isinstance(answer, Approved), answer


@asynccontextmanager
async def _nursery(
    world: World, folder: Path, url: str
) -> AsyncGenerator[asyncio.subprocess.Process]:
    """The process that workers are forked from."""
    settings = folder / "worker.env"
    lines = [f"{name}={value}" for name, value in (world.settings | HASTE).items()]
    settings.write_text("\n".join(lines))
    with (folder / "workers.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.crash.nursery", str(settings), url,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log, cwd=ROOT,
        )  # fmt: skip
    assert process.stdout is not None
    await process.stdout.readline()
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


@dataclass(slots=True)
class Ward:
    """Keeps one worker after another alive until every effect is done."""

    parts: Parts
    outside: Outside
    nursery: asyncio.subprocess.Process
    tally: Tally
    rng: random.Random

    async def run(self, kills: int) -> None:
        """Kill until there are enough, then let a worker finish in peace."""
        for turn in count():
            if self.tally.killed >= kills or await self._left() == 0:
                break
            moment = MOMENTS[turn % len(MOMENTS)]
            life = await self._new_life()
            if await life.end(moment):
                self.tally.kills[moment] += 1
            await self._bury(life)
        life = await self._new_life()
        await until(self._finished, 60, pause=0.1)
        await self._bury(life)

    async def _new_life(self) -> Life:
        stdin, stdout = self.nursery.stdin, self.nursery.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(b"\n")
        await stdin.drain()
        self.tally.workers += 1
        pid = int(await stdout.readline())
        return Life(pid, self.outside, self.parts.db.url, self.rng)

    async def _bury(self, life: Life) -> None:
        await self.outside.calm()
        life.strike()

    async def _left(self) -> int:
        async with self.parts.db.read() as session:
            found = await session.exec(
                select(func.count()).select_from(EffectRow).where(EffectRow.state != "done")
            )
            return int(found.one())

    async def _finished(self) -> bool:
        return await self._left() == 0


async def _count(parts: Parts, outside: Outside, tally: Tally) -> None:
    """One act, one trace and one audit line for each effect, in an unbroken chain."""
    async with parts.db.read() as session:
        rows = (await session.exec(select(EffectRow).order_by(col(EffectRow.id)))).all()
        wanted = Counter(str(r.payload.get("external_id") or r.payload["message_id"]) for r in rows)
        keys = await session.exec(select(TouchpointRow.key).where(TouchpointRow.channel == "email"))
        touchpoints = Counter(keys.all())
        done = await session.exec(
            select(AuditRow.subject_id).where(AuditRow.action == "effect.done")
        )
        finished = Counter(done.all())
        chain = await verify(session)
    acts = Counter(outside.identities())
    tally.acts, tally.touchpoints = acts.total(), touchpoints.total()
    tally.problems += [
        f"effect {r.id} is {r.state}: {r.outcome}" for r in rows if r.state != "done"
    ]
    tally.problems += [f"{name}: {n} times" for name, n in (acts - wanted).items()]
    tally.problems += [f"{name}: missing" for name in wanted - acts]
    if outside.kind == "send_email" and touchpoints != Counter(f"effect:{r.id}" for r in rows):
        tally.problems.append(f"touchpoints: {touchpoints}")
    if finished != Counter(str(r.id) for r in rows):
        tally.problems.append(f"audit lines: {finished}")
    if isinstance(chain, Intact):
        tally.audit_rows = chain.count
    else:
        tally.problems.append(str(chain))

"""Play a quarter: move the clock, let everybody act, watch what leaves."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour_of
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, not_, text
from sqlmodel import col, select

from app.wiring import Parts
from effects.actor import Person, Role
from effects.audit import Broken, verify
from evals.quarter.cashier import Cashier
from evals.quarter.conduct import Conduct, Known, Mail
from evals.quarter.issuing import Issuing
from evals.quarter.office import Office
from evals.quarter.stage import HOURS, Options, staged
from evals.quarter.truth import Truth
from jobs.clock import ServiceClock
from sandbox.debtors.reading import read_letter
from sandbox.server import World
from store import people
from store.audit import AuditRow
from store.effects import EffectRow
from store.engine import Session
from store.inbox import SourceEventRow
from store.standing import DisputeRow, PromiseRow
from store.touchpoints import TouchpointRow
from store.worklist import WorkItemRow

if TYPE_CHECKING:
    from sandbox.mail.store import Accepted

Say = Callable[[str], None]
_BUSY = """
    SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'
    OR status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now() + interval '1 second')
"""
_DOING = "SELECT task_name, args, status FROM procrastinate_jobs WHERE status IN ('doing', 'todo')"
_UNREAD = and_(
    col(TouchpointRow.direction) == "in",
    col(TouchpointRow.kind) == "reply",
    not_(func.jsonb_exists(col(TouchpointRow.reading), "actions")),
    not_(exists().where(col(WorkItemRow.touchpoint_id) == col(TouchpointRow.id))),
)
_PATIENCE = 240.0
_CALM = 3
_LATE = timedelta(days=8)
_QUICK_DAYS = (0, 2, 4)
# A bank's file is read when it lies as it lay at the look before, a minute ago.
_A_MINUTE = 60


@dataclass(slots=True)
class Quarter:
    """What happened. `broken` are broken rules in words; none is what is wanted."""

    days: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    wrong_proposals: list[str] = field(default_factory=list)
    open_first: dict[str, int] = field(default_factory=dict)
    open_last: dict[str, int] = field(default_factory=dict)


class NeverQuiet(RuntimeError):
    """Somebody is still busy at an hour that should be over; the message says with what."""


async def play(options: Options, database_url: str, folder: Path, say: Say) -> Quarter:
    """Play the days in `folder` on an empty, migrated database."""
    async with staged(options, database_url, folder) as stage:
        return await _Player(options, stage.world, stage.parts, stage.ticks, say).play()


@dataclass(slots=True)
class _Player:
    """One quarter under way."""

    options: Options
    world: World
    parts: Parts
    ticks: ServiceClock
    say: Say
    quarter: Quarter = field(default_factory=Quarter)
    conduct: Conduct = field(default_factory=Conduct)
    seen: int = 0

    async def play(self) -> Quarter:
        """Every day, every hour of HOURS, then the last look."""
        truth = Truth(self.world.parts)
        collector, controller = await self._people()
        office = Office(self.parts, truth, collector, controller)
        cashier = Cashier(self.parts, truth, collector)
        issuing = Issuing(self.world, self.options.seed)
        await self._quiet()
        self.quarter.open_first = await self._open()
        for number in range(self.options.days):
            day = self.options.first + timedelta(days=number)
            await issuing.issue(day)
            hours = self._hours(number, day)
            for hour in hours:
                await self._hour(datetime.combine(day, hour, UTC), office, cashier)
            await self._promises(day)
            if hours and day.weekday() < 5:
                self.conduct.end_of(day, truth.owed(self.world.parts.clock.now()))
            self.quarter.days += 1
            if number % 7 == 6:
                self.say(f"{day}: {self._line()}")
        self.quarter.counts["receipts placed by a person"] = cashier.placed
        await self._last(office)
        return self.quarter

    def _hours(self, number: int, day: date) -> tuple[hour_of, ...]:
        """All of them; one on a closed day; in a quick quarter one on every other business day."""
        if not self.options.quick:
            return HOURS if day.weekday() < 5 else HOURS[:1]
        return (HOURS[number // 2 % len(HOURS)],) if day.weekday() in _QUICK_DAYS else ()

    async def _hour(self, at: datetime, office: Office, cashier: Cashier) -> None:
        clock = self.world.parts.clock
        clock.advance(seconds=max(0, int((at - clock.now()).total_seconds())))
        if self.world.parts.bank is not None:
            self.world.parts.bank.report()
        for _ in range(2):
            await self.ticks.look()
            await self._quiet()
            clock.advance(seconds=_A_MINUTE)
        await cashier.work(clock.now())
        await self._quiet()
        known = office.truth.known(clock.now())
        await office.work(clock.now())
        await self._quiet()
        await self._judge(known)
        await self._inbound()

    async def _judge(self, known: Known) -> None:
        """What has left since the last look."""
        for accepted in self.world.parts.mail.accepted():
            if accepted.id <= self.seen:
                continue
            self.seen = accepted.id
            mail = await self._mail(accepted)
            self.conduct.judge(mail, known)
            self.quarter.counts["reminders sent" if mail.chases else "answers sent"] += 1

    async def _mail(self, accepted: Accepted) -> Mail:
        async with self.parts.db.read() as session:
            found = await session.exec(
                select(EffectRow).where(
                    text("payload->>'message_id' = :id").bindparams(id=accepted.message_id)
                )
            )
            row = found.one()
        letter = read_letter(accepted.raw)
        debtor = next(
            d
            for d in self.world.parts.company.debtors
            if any(p.email in accepted.rcpt_tos for p in d.people)
        )
        claims = {c.number: c.id for c in self.world.parts.purse.claims.values()}
        named = tuple(claims[number] for number in letter.names(claims))
        chases = row.payload.get("purpose") == "followup"
        return Mail(accepted.at, debtor, accepted.rcpt_tos, chases, named, letter.text)

    async def _inbound(self) -> None:
        """Everything that arrived was worked off, or a person is asked."""
        async with self.parts.db.read() as session:
            found = await session.exec(
                select(SourceEventRow.id).where(
                    SourceEventRow.source == "mail", SourceEventRow.state == "pending"
                )
            )
            for event_id in found.all():
                self.conduct.broken.append(f"mail {event_id} was neither handled nor set aside")
            unread = await session.exec(select(TouchpointRow.id).where(_UNREAD))
            for touchpoint_id in unread.all():
                self.conduct.broken.append(f"nobody read reply {touchpoint_id} or was asked to")

    async def _promises(self, day: date) -> None:
        """A promise that was not kept is noticed, once."""
        async with self.parts.db.read() as session:
            overdue = await session.exec(
                select(PromiseRow).where(
                    PromiseRow.state == "open", col(PromiseRow.promised_on) < day - _LATE
                )
            )
            for row in overdue.all():
                self.conduct.broken.append(
                    f"{day}: promise {row.id} for {row.promised_on} forgotten"
                )

    async def _last(self, office: Office) -> None:
        quarter = self.quarter
        async with self.parts.db.read() as session:
            chain = await verify(session)
            quarter.counts.update(await _tally(session))
            broken = (
                await session.exec(
                    select(AuditRow.subject_id).where(AuditRow.action == "promise.broken")
                )
            ).all()
            items = (
                await session.exec(select(WorkItemRow).where(WorkItemRow.kind == "promise_broken"))
            ).all()
        if isinstance(chain, Broken):
            quarter.broken.append(f"the audit is broken: {chain}")
        quarter.counts["promises broken"] = len(set(broken))
        if not len(items) == len(broken) == len(set(broken)):
            quarter.broken.append(f"{len(set(broken))} broken promises, {len(items)} noticed")
        quarter.broken += self.conduct.broken
        quarter.counts.update(office.counts)
        quarter.wrong_proposals = office.wrong
        quarter.open_last = await self._open()

    async def _people(self) -> tuple[Person, Person]:
        async with self.parts.db.begin() as session:
            robin, casey = [
                await people.add_user(
                    session,
                    email=f"{name.lower()}@quarter.example",
                    name=name,
                    role=role.value,
                    now=self.parts.clock(),
                )
                for name, role in (("Robin", Role.COLLECTOR), ("Casey", Role.CONTROLLER))
            ]
            return (
                Person(robin.id, robin.name, Role.COLLECTOR),
                Person(casey.id, casey.name, Role.CONTROLLER),
            )

    async def _open(self) -> dict[str, int]:
        """What the ERP says is open, in minor units by currency."""
        purse = self.world.parts.purse
        found: dict[str, int] = {}
        for claim in purse.claims.values():
            owed = purse.owed(claim).open
            found[claim.currency] = found.get(claim.currency, 0) + owed
        return found

    async def _quiet(self) -> None:
        """Wait until nobody has anything to do at this hour. Raises NeverQuiet."""
        calm, until = 0, time.monotonic() + _PATIENCE
        while calm < _CALM:
            busy = await self._busy()
            calm = 0 if busy else calm + 1
            if time.monotonic() > until:
                raise NeverQuiet(await self._doing())
            await asyncio.sleep(0.12 if busy else 0.04)

    async def _doing(self) -> str:
        async with self.parts.db.read() as session:
            rows = (await session.execute(text(_DOING))).all()
        return "; ".join(f"{row.task_name} {row.args} {row.status}" for row in rows)[:1000]

    async def _busy(self) -> bool:
        parts = self.world.parts
        if parts.memory.due(parts.clock.now()) is not None:
            return True
        if any(parts.courier.waiting(channel) for channel in parts.courier.disorder):
            return True
        async with self.parts.db.read() as session:
            return bool(await session.scalar(text(_BUSY)))

    def _line(self) -> str:
        counts = self.quarter.counts
        return (
            f"{counts['reminders sent']} reminders and {counts['answers sent']} answers left, "
            f"{len(self.conduct.broken)} rules broken"
        )


async def _tally(session: Session) -> Counter[str]:
    """What the store holds in the end."""
    counts: Counter[str] = Counter()
    touches = await session.exec(select(TouchpointRow.direction, TouchpointRow.kind))
    for direction, kind in touches.all():
        counts[f"touchpoints {direction} {kind}"] += 1
    promises = await session.exec(select(PromiseRow.state))
    for state in promises.all():
        counts[f"promises {state}"] += 1
    disputes = await session.exec(select(DisputeRow.state))
    for state in disputes.all():
        counts[f"disputes {state}"] += 1
    effects = await session.exec(select(EffectRow.kind, EffectRow.state))
    for kind, state in effects.all():
        counts[f"{kind} {state}"] += 1
    items = await session.exec(select(WorkItemRow.kind))
    for item in items.all():
        counts[f"worklist {item}"] += 1
    return counts

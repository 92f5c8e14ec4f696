"""The whole service on a small world: real ERP, mail server, Stripe and PostgreSQL on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar

import httpx
from sqlalchemy import inspect, text
from sqlmodel import SQLModel, select

from app.settings import load
from app.site import site_of
from app.wiring import Parts, assembled
from app.worker import services_of
from effects.audit import Intact, verify
from effects.steps import Pace as GatePace
from jobs.handlers import Retry
from jobs.worker import WorkerOptions, work
from sandbox.clock import real_now
from sandbox.company import Temperament
from sandbox.debtors.life import Pace
from sandbox.in_loop import served
from sandbox.mail.store import Accepted
from sandbox.server import World, start_world
from store import people
from store.effects import EffectRow, in_states
from store.engine import Database
from store.jobs import Job, enqueue
from store.parties import CustomerRow
from tests.web.serving import Browser

# A Tuesday on which offices in Europe and in the east of America are open.
NOON = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)
# Debtors of this pace read their mail after centuries: the test writes in their name.
MUTE = Pace(speed=1e-8, spacing=0.0)
QUICK = WorkerOptions(
    poll=timedelta(seconds=0.3),
    stop_within=timedelta(seconds=5),
    quiet=timedelta(seconds=3),
    retry=Retry(attempts=20, first=timedelta(seconds=1), longest=timedelta(seconds=1)),
    pace=GatePace(
        first_retry=timedelta(seconds=1),
        longest_retry=timedelta(seconds=1),
        first_look=timedelta(seconds=1),
        longest_look=timedelta(seconds=1),
        while_stopped=timedelta(seconds=1),
        while_busy=timedelta(seconds=1),
    ),
)
ROLES = ("collector", "approver", "controller", "auditor")
SCOPES = ("read", "review", "payments:write", "audit")
Row = TypeVar("Row", bound=SQLModel)
T = TypeVar("T")


async def eventually(
    look: Callable[[], Awaitable[T | None]], *, within: float = 50, why: str = ""
) -> T:
    """The first thing `look` finds. Raises AssertionError when it finds nothing in time."""
    until = time.monotonic() + within
    while True:
        found = await look()
        if found:
            return found
        if time.monotonic() > until:
            raise AssertionError(f"not within {within} s: {why or look.__qualname__}; saw {found}")
        await asyncio.sleep(0.05)


def set_clock(folder: Path, moment: datetime) -> None:
    """Let the clock of a world that has not begun show this moment."""
    folder.mkdir(parents=True, exist_ok=True)
    offset = int((moment - real_now()).total_seconds())
    (folder / "clock").write_text(f"{offset}\n", encoding="ascii")


@dataclass(slots=True)
class House:
    """The running service and the world around it."""

    world: World
    parts: Parts
    url: str
    http: httpx.AsyncClient
    keys: dict[str, str] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    _stop: asyncio.Event | None = None
    _working: asyncio.Task[None] | None = None

    @property
    def db(self) -> Database:
        return self.parts.db

    def now(self) -> datetime:
        return self.parts.clock()

    def start_worker(self) -> None:
        """A worker in this loop."""
        self._stop = asyncio.Event()
        self._working = asyncio.create_task(self.run_worker(self._stop))

    async def run_worker(self, stop: asyncio.Event) -> None:
        """One more worker, until `stop`."""
        services = services_of(self.parts)
        services.options = QUICK
        await work(services, stop)

    async def stop_worker(self) -> None:
        """Let the worker finish what it does, and go."""
        if self._stop is not None and self._working is not None:
            self._stop.set()
            await self._working
        self._stop = self._working = None

    @contextlib.asynccontextmanager
    async def idle(self) -> AsyncIterator[None]:
        """Without a worker for as long as the block lasts."""
        await self.stop_worker()
        try:
            yield
        finally:
            self.start_worker()

    async def rows(self, kind: type[Row], /, **wanted: object) -> Sequence[Row]:
        """Rows of a table with these values, by id."""
        query = select(kind)
        for name, value in wanted.items():
            query = query.where(getattr(kind, name) == value)
        async with self.db.read() as session:
            return (await session.exec(query.order_by(*inspect(kind).primary_key))).all()

    async def row(self, kind: type[Row], /, **wanted: object) -> Row:
        """The only such row, as soon as there is one."""

        async def look() -> Sequence[Row]:
            return await self.rows(kind, **wanted)

        found = await eventually(look, why=f"{kind.__name__} {wanted}")
        assert len(found) == 1, found
        return found[0]

    async def api(
        self, method: str, path: str, role: str = "controller", **body: object
    ) -> httpx.Response:
        """A call of the API with the key of a person of this role."""
        headers = {"Authorization": f"Bearer {self.keys[role]}"}
        return await self.http.request(
            method, f"/api/v1{path}", headers=headers, json=None if method == "GET" else body
        )

    async def decide(
        self, verdict: str, effect: EffectRow, role: str = "controller", **more: object
    ) -> httpx.Response:
        """Approve or reject what the row says."""
        body = {"fingerprint": effect.fingerprint, **more}
        return await self.api("POST", f"/effects/{effect.id}/{verdict}", role, **body)

    async def approve(self, effect: EffectRow, role: str = "controller") -> None:
        answer = await self.decide("approve", effect, role)
        assert answer.status_code == 200, answer.text

    @contextlib.asynccontextmanager
    async def browser(self, role: str) -> AsyncIterator[Browser]:
        """The pages, signed in with a link for the person of this role."""
        async with self.db.begin() as session:
            known = await people.users(session)
            user = next(u for u in known if u.email == f"{role}@dunwell.example")
            link = timedelta(minutes=5)
            secret = await people.create_sign_in_link(session, user, link, self.now())
        async with httpx.AsyncClient(base_url=self.url, timeout=50) as client:
            answer = await client.post("/sign-in", data={"token": secret})
            assert answer.status_code == 303, answer.text
            yield Browser(client)

    async def effect(self, effect_id: int) -> EffectRow:
        return await self.row(EffectRow, id=effect_id)

    async def becomes(self, effect_id: int, state: str, *, within: float = 50) -> EffectRow:
        """The effect as soon as it is in this state."""

        async def look() -> EffectRow | None:
            row = await self.effect(effect_id)
            return row if row.state == state else None

        return await eventually(look, within=within, why=f"effect {effect_id} {state}")

    async def proposal(self, customer_id: int, kind: str = "send_email") -> EffectRow:
        """The proposal that waits for a customer."""

        async def look() -> Sequence[EffectRow]:
            async with self.db.read() as session:
                found = await in_states(session, ["proposed"], customer_id=customer_id)
            return [row for row in found if row.kind == kind]

        found = await eventually(look, why=f"{kind} for customer {customer_id}")
        assert len(found) == 1, [row.title for row in found]
        return found[0]

    async def reminded(self, step: str = "") -> EffectRow:
        """A follow-up of this step that waits, of a customer no other test has."""

        async def look() -> EffectRow | None:
            async with self.db.read() as session:
                for row in reversed(await in_states(session, ["proposed"], limit=500)):
                    fits = row.payload.get("purpose") == "followup"
                    fits = fits and str(row.payload["step"]).startswith(step)
                    if not fits or row.customer_id is None or row.customer_id in self.taken:
                        continue
                    customer = await session.get(CustomerRow, row.customer_id)
                    if customer is not None and self.plain(customer):
                        self.taken.add(row.customer_id)
                        return row
            return None

        return await eventually(look, within=50, why="a customer to remind")

    def plain(self, customer: CustomerRow) -> bool:
        """Open now, and does nothing by itself."""
        debtor = self.debtor(customer)
        own = (Temperament.ON_TIME, Temperament.LATE)
        zone = customer.timezone.partition("/")[0] == "Europe" or customer.timezone in _EAST
        return zone and debtor.temperament not in own

    def debtor(self, customer: CustomerRow) -> Any:
        """The customer as the world knows it."""
        wanted = int(customer.netsuite_id)
        return next(d for d in self.world.parts.company.debtors if d.id == wanted)

    async def customer(self, customer_id: int | None) -> CustomerRow:
        return await self.row(CustomerRow, id=customer_id)

    def mails(self, message_id: object) -> list[Accepted]:
        """What the mail server accepted with this Message-ID."""
        return [m for m in self.world.parts.mail.accepted() if m.message_id == message_id]

    async def erp(self, path: str, /, **body: object) -> Any:
        """The ERP's own door: act as a NetSuite user, order faults, look at records."""
        token = self.world.parts.secrets.control_token
        answer = await self.http.request(
            "POST" if body else "GET",
            f"{self.world.erp_url}/admin/{path}",
            headers={"Authorization": f"Bearer {token}"},
            json=body or None,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def run(self, task: str, /, lane: str | None = None, **arguments: str | int) -> None:
        """Enqueue a job as the clock would."""
        async with self.db.begin() as session:
            await enqueue(session, Job(task, arguments, lane=lane))

    async def follow_up(self, customer_id: int) -> None:
        """Ask the cadence about a customer, as the sweep does, and wait for its answer."""
        day = self.now().date().isoformat()
        lane = f"customer:{customer_id}"
        await self.run("followups.customer", lane, customer_id=customer_id, day=day)
        await self.settled()

    async def settled(self) -> None:
        """No job waits that could run by now, and none runs."""

        async def look() -> bool:
            async with self.db.read() as session:
                return not await session.scalar(text(_WAITING))

        await eventually(look, why="all jobs are done")

    async def sync(self) -> None:
        """Ask the service to read what changed in the ERP."""
        async with self.db.begin() as session:
            await enqueue(session, Job("sync.fast", {"slot": "now"}, lane="sync"))

    async def audit_is_whole(self) -> None:
        """Every line of the audit follows from the one before."""
        async with self.db.read() as session:
            found = await verify(session)
        assert isinstance(found, Intact), found
        assert found.count > 0

    async def timeline(self, customer_id: int | None) -> list[dict[str, Any]]:
        """What the API tells about a customer, newest first."""
        answer = await self.api("GET", f"/customers/{customer_id}/timeline?limit=200")
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items


_WAITING = """
    SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'
    OR status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
"""
_EAST = ("America/New_York", "America/Toronto")


def parsed(mail: Accepted) -> EmailMessage:
    """A mail as a reader's program sees it."""
    return message_from_bytes(mail.raw, policy=policy.default)


async def _keys(parts: Parts) -> dict[str, str]:
    keys = {}
    async with parts.db.begin() as session:
        for role in ROLES:
            user = await people.add_user(
                session,
                email=f"{role}@dunwell.example",
                name=role.title(),
                role=role,
                now=parts.clock(),
            )
            keys[role] = await people.create_api_key(
                session, user, name=role, scopes=SCOPES, now=parts.clock()
            )
    return keys


@contextlib.asynccontextmanager
async def service(
    world: World, database_url: str, folder: Path, **more: str
) -> AsyncIterator[House]:
    """The service on a world, its worker running. `more` are settings."""
    settings = load(
        {
            **world.settings,
            "DUNWELL_DATA_DIR": str(folder),
            "DUNWELL_SECRET_KEY": "k" * 48,
            "DUNWELL_SYNC_SECONDS": "86400",
            "DUNWELL_MAIL_POLL_SECONDS": "1",
            "DUNWELL_SWEEP_SECONDS": "86400",
            "NETSUITE_LOOK_SECONDS": "1,1,1",
            **more,
        }
    )
    async with (
        assembled(settings, database_url) as parts,
        httpx.AsyncClient(timeout=50) as http,
        served(site_of(parts)) as url,
    ):
        http.base_url = httpx.URL(url)
        world.use_service(url)
        ready = House(world, parts, url, http, keys=await _keys(parts))
        ready.start_worker()
        try:
            yield ready
        finally:
            world.use_service(None)
            await ready.stop_worker()


@contextlib.asynccontextmanager
async def house(
    folder: Path,
    database_url: str,
    *,
    pace: Pace = MUTE,
    seed: int = 11,
    customers: int = 25,
    invoices: int = 120,
    **more: str,
) -> AsyncIterator[House]:
    """A small world at NOON and the service on it."""
    set_clock(folder / "world", NOON)
    async with (
        start_world(
            folder / "world",
            customers=customers,
            invoices=invoices,
            seed=seed,
            today=NOON.date(),
            pace=pace,
        ) as world,
        service(world, database_url, folder, **more) as ready,
    ):
        yield ready

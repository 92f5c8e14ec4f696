"""Events leave signed, once made out to each endpoint, and are tried again until given up."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from sqlmodel import SQLModel, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from jobs.outgoing import WAITS, Outgoing
from jobs.worker import Services, WorkerOptions, work
from outreach.webhooks import Endpoint, WebhookPoster
from sandbox.serving import LoopbackServer
from security.standard_webhooks import BadSecret, headers
from store.engine import Database
from store.outgoing import OutgoingDeliveryRow, OutgoingEventRow, emit
from store.slots import connections
from store.worklist import open_items
from tests.conftest import NOW
from tests.sandbox.receiver import Receiver

Row = TypeVar("Row", bound=SQLModel)
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()
OTHER = "whsec_" + base64.b64encode(b"fedcba9876543210fedcba98").decode()
# Receivers compare with their own clock; the service's own may be a sandbox's.
SENT_AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
AT_ONCE = (timedelta(0),) * 3


def outgoing(db: Database, *urls: str, waits: Sequence[timedelta] = AT_ONCE) -> Outgoing:
    poster = WebhookPoster((SECRET, OTHER), lambda: SENT_AT, seconds=2)
    return Outgoing(db, lambda: NOW, [Endpoint(url) for url in urls], poster, waits)


@dataclass
class Outside:
    """A receiver on loopback."""

    receiver: Receiver
    url: str

    def signed(self, secret: str, number: int = 0) -> str:
        """What a receiver that holds `secret` computes for a delivery."""
        hook = self.receiver.hooks[number]
        stamp = hook.headers["webhook-timestamp"]
        content = f"{hook.headers['webhook-id']}.{stamp}.".encode() + hook.body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


@pytest.fixture
async def outside() -> AsyncGenerator[Outside]:
    receiver = Receiver()
    async with LoopbackServer(receiver.app()) as server:
        yield Outside(receiver, f"{server.url}/webhooks/dunwell")


async def happened(db: Database, kind: str = "drift.opened", **payload: object) -> None:
    async with db.begin() as session:
        await emit(session, kind, "invoice:INV-1", payload, NOW)


async def rows(db: Database, kind: type[Row]) -> Sequence[Row]:
    async with db.read() as session:
        return (await session.exec(select(kind).order_by("id"))).all()


async def settled(db: Database) -> bool:
    """Whether every event is made out and nothing waits any more."""
    return all(event.spread_at for event in await rows(db, OutgoingEventRow)) and not any(
        delivery.state == "pending" for delivery in await rows(db, OutgoingDeliveryRow)
    )


async def delivered(db: Database, way: Outgoing) -> Sequence[OutgoingDeliveryRow]:
    """Run a worker until nothing waits; the deliveries."""
    stop = asyncio.Event()
    options = WorkerOptions(poll=timedelta(milliseconds=50))
    services = Services(db, lambda: NOW, {}, way.handlers(), (), options)
    running = asyncio.create_task(work(services, stop))
    try:
        for _ in range(1000):
            if await settled(db):
                break
            await asyncio.sleep(0.02)
    finally:
        stop.set()
        await running
    assert await settled(db)
    return await rows(db, OutgoingDeliveryRow)


async def test_an_event_arrives_signed_with_every_secret(db: Database, outside: Outside) -> None:
    await happened(db, number="INV-1", amount={"minor": 12_345, "currency": "EUR"})
    (row,) = await delivered(db, outgoing(db, outside.url))
    (hook,) = outside.receiver.hooks
    assert (row.state, row.attempts, row.detail) == ("delivered", 1, "answered 204")
    assert json.loads(hook.body) == {
        "type": "drift.opened",
        "timestamp": NOW.isoformat(),
        "subject": "invoice:INV-1",
        "data": {"number": "INV-1", "amount": {"minor": 12_345, "currency": "EUR"}},
    }
    assert hook.headers["webhook-timestamp"] == str(int(SENT_AT.timestamp()))
    assert hook.headers["webhook-id"] == f"evt_{int(NOW.timestamp())}_1"
    assert hook.headers["webhook-signature"].split() == [
        outside.signed(SECRET),
        outside.signed(OTHER),
    ]


async def test_every_endpoint_gets_every_event(db: Database, outside: Outside) -> None:
    second = outside.url.replace("/dunwell", "/other")
    for kind in ("drift.opened", "drift.closed"):
        await happened(db, kind)
    await delivered(db, outgoing(db, outside.url, second))
    got = sorted((hook.path, hook.content["type"]) for hook in outside.receiver.hooks)
    assert got == [
        ("/webhooks/dunwell", "drift.closed"),
        ("/webhooks/dunwell", "drift.opened"),
        ("/webhooks/other", "drift.closed"),
        ("/webhooks/other", "drift.opened"),
    ]


async def test_a_refused_event_is_sent_again_the_same(db: Database, outside: Outside) -> None:
    outside.receiver.refuse = 2
    await happened(db)
    (row,) = await delivered(db, outgoing(db, outside.url))
    assert (row.state, row.attempts, outside.receiver.refused) == ("delivered", 3, 2)
    assert len(outside.receiver.hooks) == 1
    async with db.read() as session:
        assert [(seen.name, seen.ok) for seen in await connections(session)] == [("webhooks", True)]
        assert await open_items(session) == []


async def test_giving_up_is_told_once_and_ends_when_it_works(
    db: Database, outside: Outside
) -> None:
    outside.receiver.refuse = 8
    for kind in ("drift.opened", "drift.closed"):
        await happened(db, kind)
    found = await delivered(db, outgoing(db, outside.url))
    assert [(row.state, row.attempts) for row in found] == [("given_up", 4)] * 2
    async with db.read() as session:
        (item,) = await open_items(session)
    host = outside.url.split("/")[2]
    assert (item.kind, item.title) == ("failed_delivery", f"{host} does not take events")
    assert "answered 503; tried 4 times" in str(item.detail["reason"])
    await happened(db, "import.finished")
    await delivered(db, outgoing(db, outside.url))
    async with db.read() as session:
        assert await open_items(session) == []


async def test_a_receiver_that_is_gone_is_not_asked_again(db: Database) -> None:
    asked: list[str] = []

    async def gone(request: Request) -> Response:
        asked.append(request.url.path)
        return Response(status_code=410)

    app = Starlette(routes=[Route("/{path:path}", gone, methods=["POST"])])
    async with LoopbackServer(app) as server:
        await happened(db)
        (row,) = await delivered(db, outgoing(db, f"{server.url}/hook"))
    assert (row.state, row.attempts, asked) == ("given_up", 1, ["/hook"])


async def test_a_redirect_is_never_followed(db: Database, outside: Outside) -> None:
    async def elsewhere(_request: Request) -> Response:
        return RedirectResponse(outside.url, 307)

    app = Starlette(routes=[Route("/{path:path}", elsewhere, methods=["POST"])])
    async with LoopbackServer(app) as server:
        await happened(db)
        (row,) = await delivered(db, outgoing(db, f"{server.url}/hook", waits=()))
    assert (row.state, row.detail) == (
        "given_up",
        "answered 307, a redirect; those are not followed",
    )
    assert outside.receiver.hooks == []


async def test_nobody_listens(db: Database, free_port: int) -> None:
    await happened(db)
    (row,) = await delivered(db, outgoing(db, f"http://127.0.0.1:{free_port}/x", waits=()))
    assert (row.state, row.detail) == ("given_up", "could not be reached (ConnectError)")


async def test_without_endpoints_events_are_kept_and_not_sent_later(
    db: Database, outside: Outside
) -> None:
    await happened(db)
    assert await delivered(db, outgoing(db)) == []
    await happened(db, "drift.closed")
    (row,) = await delivered(db, outgoing(db, outside.url))
    assert [hook.content["type"] for hook in outside.receiver.hooks] == ["drift.closed"]
    assert row.event_id == (await rows(db, OutgoingEventRow))[1].id


async def test_an_endpoint_that_left_the_settings_gets_nothing(
    db: Database, outside: Outside
) -> None:
    way = outgoing(db, outside.url)
    await happened(db)
    await way.deliver()
    (row,) = await delivered(db, replace(way, endpoints=()))
    assert (row.state, outside.receiver.hooks) == ("dropped", [])


async def test_telling_and_auditing_wait_for_nobody(db: Database) -> None:
    """Whatever is done first, two transactions that do both never wait for each other."""
    line = Entry(Actor(ActorKind.SYSTEM, "test"), "tested", "thing", "1", {})

    async def tell_first() -> None:
        async with db.begin() as session:
            await emit(session, "drift.opened", "invoice:INV-1", {}, NOW)
            await asyncio.sleep(0)
            await record(session, line, NOW)

    async def audit_first() -> None:
        async with db.begin() as session:
            await record(session, line, NOW)
            await asyncio.sleep(0)
            await emit(session, "drift.closed", "invoice:INV-1", {}, NOW)

    for _ in range(10):
        await asyncio.gather(*(work() for work in (tell_first, audit_first) * 3))
    assert len(await rows(db, OutgoingEventRow)) == 60


async def test_what_is_rolled_back_is_not_told(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with db.begin() as session:
            await emit(session, "drift.opened", "invoice:INV-1", {}, NOW)
            raise ZeroDivisionError
    assert await rows(db, OutgoingEventRow) == []


async def test_old_events_are_forgotten(db: Database, outside: Outside) -> None:
    async with db.begin() as session:
        await emit(session, "drift.opened", "invoice:INV-1", {}, NOW - timedelta(days=91))
    await delivered(db, outgoing(db, outside.url))
    await happened(db, "drift.closed")
    await delivered(db, outgoing(db, outside.url))
    assert [row.kind for row in await rows(db, OutgoingEventRow)] == ["drift.closed"]


async def test_a_delivery_done_twice_is_sent_once(db: Database, outside: Outside) -> None:
    await happened(db)
    way = outgoing(db, outside.url)
    (row,) = await delivered(db, way)
    await way.send(row.id)
    await way.deliver()
    assert len(outside.receiver.hooks) == 1


def test_the_signature_is_that_of_the_specification() -> None:
    at = datetime.fromtimestamp(1614265330, UTC)
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signed = headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', [secret])
    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_ten_attempts_within_three_days() -> None:
    assert len(WAITS) == 9
    assert timedelta(days=2, hours=20) < sum(WAITS, timedelta(0)) <= timedelta(days=3)


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_c2hvcnQ=", SECRET.removeprefix("whsec_"), "whsec_@@@@"]
)
def test_a_weak_or_malformed_secret_signs_nothing(secret: str) -> None:
    with pytest.raises(BadSecret):
        headers("evt_1", SENT_AT, b"{}", [secret])

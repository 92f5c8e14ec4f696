"""Webhooks that are broken, unsigned, old or too large are refused and leave nothing behind."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest

from sandbox.courier import Channel
from store.inbox import SourceEventRow
from store.worklist import WorkItemRow
from tests.walks.house import House, eventually

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(60)]
EVENT = json.dumps({"id": "evt_1", "object": "event", "type": "charge.succeeded"}).encode()


def channel(house: House, name: str) -> Channel:
    secrets = house.world.parts.secrets
    if name == "stripe":
        return Channel("/webhooks/stripe", "Stripe-Signature", secrets.stripe_webhook_secret)
    return Channel("/webhooks/mail", "X-Dunwell-Signature", secrets.mail_inbound_secret)


async def post(house: House, name: str, body: bytes, signature: str | None) -> int:
    """The status of the answer; a signature of None leaves the header out."""
    way = channel(house, name)
    headers = {"Content-Type": "application/json"}
    if signature is not None:
        headers[way.header] = signature
    answer = await house.http.post(way.path, content=body, headers=headers)
    return answer.status_code


@pytest.mark.parametrize("name", ["stripe", "mail"])
async def test_without_a_good_signature_nothing_is_stored(shared: House, name: str) -> None:
    way, now = channel(shared, name), shared.now()
    before = len(await shared.rows(SourceEventRow))
    others = Channel(way.path, way.header, "another secret").signature(EVENT, now)
    old = way.signature(EVENT, now - timedelta(minutes=20))
    moved = way.signature(EVENT + b" ", now)
    for signature in (None, "", "t=1", "t=x,v1=y", others, old, moved):
        assert await post(shared, name, EVENT, signature) == 401, signature
    assert len(await shared.rows(SourceEventRow)) == before


@pytest.mark.parametrize("name", ["stripe", "mail"])
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"id": 5}', b"null"])
async def test_signed_nonsense_is_refused(shared: House, name: str, body: bytes) -> None:
    before = len(await shared.rows(SourceEventRow))
    status = await post(shared, name, body, channel(shared, name).signature(body, shared.now()))
    assert 400 <= status < 500
    assert len(await shared.rows(SourceEventRow)) == before


async def test_a_body_that_is_too_large_is_refused_unread(shared: House) -> None:
    before = len(await shared.rows(SourceEventRow))
    body = b"x" * 1_000_001
    assert (
        await post(shared, "stripe", body, channel(shared, "stripe").signature(body, shared.now()))
        == 413
    )
    assert len(await shared.rows(SourceEventRow)) == before


def nested(depth: int) -> bytes:
    """A mail of parts within parts."""
    head = (
        b"From: a@b.example\r\nTo: c@d.example\r\nMessage-ID: <deep@b.example>\r\nSubject: deep\r\n"
    )
    body = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i)
        for i in range(depth)
    )
    return head + body + b"Content-Type: text/plain\r\n\r\nhello\r\n"


async def test_a_hostile_mail_is_set_aside_and_a_person_is_told(shared: House) -> None:
    raw = nested(3000)
    content = json.dumps({"MessageID": "p1", "RawEmail": base64.b64encode(raw).decode()}).encode()
    way = channel(shared, "mail")
    assert await post(shared, "mail", content, way.signature(content, shared.now())) == 204

    async def aside() -> SourceEventRow | None:
        found = [e for e in await shared.rows(SourceEventRow, source="mail") if e.body == raw]
        return found[0] if found and found[0].state == "quarantined" else None

    event = await eventually(aside, within=5)
    item = await shared.row(WorkItemRow, key=f"event:{event.id}")
    assert item.kind == "source_event"
    assert event.body == raw

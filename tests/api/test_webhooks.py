"""Webhooks: signed and readable, or refused and stored nowhere."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import httpx
import psycopg
import pytest

from api.webhooks import MAX_STRIPE
from security.signatures import sign
from store.address import plain_url
from tests.api.conftest import Api
from tests.web.serving import SECRET

CHARGE = {"object": {"id": "ch_1", "object": "charge"}}
EVENT = json.dumps({"id": "evt_1", "type": "charge.succeeded", "data": CHARGE}).encode()
RAW = b"From: a@b.example\r\nSubject: Hi\r\n\r\nHello"
MAIL = json.dumps({"MessageID": "m1", "RawEmail": base64.b64encode(RAW).decode()}).encode()


def _stored(api: Api) -> list[tuple[str, str, bytes]]:
    with psycopg.connect(plain_url(api.site.db.url)) as connection:
        events = connection.execute("SELECT source, external_id, body FROM source_event").fetchall()
        jobs = connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'inbox.%'"
        ).fetchone()
    assert jobs is not None
    assert jobs[0] == len(events)
    return [(row[0], row[1], bytes(row[2])) for row in events]


async def _post(
    api: Api, path: str, body: bytes, skew: timedelta = timedelta(0), secret: str = SECRET
) -> httpx.Response:
    name = "stripe-signature" if path.endswith("stripe") else "x-dunwell-signature"
    headers = {name: sign(secret, body, api.site.now + skew)}
    async with httpx.AsyncClient(base_url=api.site.url) as client:
        return await client.post(path, content=body, headers=headers)


@pytest.mark.parametrize(("path", "body"), [("/webhooks/stripe", EVENT), ("/webhooks/mail", MAIL)])
async def test_a_delivery_is_stored_once_with_its_job(api: Api, path: str, body: bytes) -> None:
    for _ in range(2):
        assert (await _post(api, path, body)).status_code == 204
    stored = _stored(api)
    assert len(stored) == 1
    assert stored[0][2] in (EVENT, RAW)


@pytest.mark.parametrize("path", ["/webhooks/stripe", "/webhooks/mail"])
@pytest.mark.parametrize("skew", [-301, 301])
async def test_old_and_future_signatures_are_refused(api: Api, path: str, skew: int) -> None:
    body = EVENT if path.endswith("stripe") else MAIL
    answer = await _post(api, path, body, timedelta(seconds=skew))
    assert (answer.status_code, answer.json()["code"]) == (401, "webhook_unsigned")
    assert _stored(api) == []


@pytest.mark.parametrize("path", ["/webhooks/stripe", "/webhooks/mail"])
async def test_a_foreign_signature_is_refused(api: Api, path: str) -> None:
    assert (await _post(api, path, EVENT, secret="other")).status_code == 401
    async with httpx.AsyncClient(base_url=api.site.url) as client:
        assert (await client.post(path, content=EVENT)).status_code == 401
    assert _stored(api) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"id": 1}', b"\xff\x00", b"[" * 100_000])
@pytest.mark.parametrize("path", ["/webhooks/stripe", "/webhooks/mail"])
async def test_what_cannot_be_read_is_stored_nowhere(api: Api, path: str, body: bytes) -> None:
    answer = await _post(api, path, body)
    assert (answer.status_code, answer.json()["code"]) == (400, "webhook_malformed")
    assert _stored(api) == []


async def test_too_large_is_refused_before_it_is_read(api: Api) -> None:
    answer = await _post(api, "/webhooks/stripe", b" " * (MAX_STRIPE + 1))
    assert answer.status_code == 413
    assert _stored(api) == []


async def test_health_needs_no_key(api: Api) -> None:
    async with httpx.AsyncClient(base_url=api.site.url) as client:
        assert (await client.get("/health")).json() == {"ok": True}
        assert (await client.get("/metrics")).status_code == 401

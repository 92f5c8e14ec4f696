"""What comes by HTTP must be signed; what nobody needs is not kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.routing import Route

from sandbox.clock import real_now
from slack_app.receiving import arrival_of
from store.inbox import SourceEventRow
from tests.slack_app.rooms import Room

EVENT: dict[str, Any] = {
    "type": "event_callback", "event_id": "Ev1", "team_id": "T0SELLER", "token": "legacy",
    "event": {"type": "message", "channel": "D0COL", "channel_type": "im", "user": "U0COL",
              "text": "hello", "ts": "1700000000.000100"},
}  # fmt: skip


async def sent(office: Room, body: bytes, headers: Mapping[str, str]) -> int:
    handler = AsyncSlackRequestHandler(office.receiver.app())
    app = Starlette(routes=[Route("/slack/events", handler.handle, methods=["POST"])])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://dunwell") as client:
        kind = {"Content-Type": "application/json"}
        answer = await client.post("/slack/events", content=body, headers={**kind, **headers})
    return answer.status_code


async def test_only_what_slack_signed_lately_is_kept_and_once(office: Room) -> None:
    body = json.dumps(EVENT).encode()
    delivery = office.space.delivery
    office.space.delivery.clock = real_now
    signed = delivery.signed(body)
    old = {**signed, "X-Slack-Request-Timestamp": "1700000000"}
    forged = {**signed, "X-Slack-Signature": "v0=" + "0" * 64}
    refused = [await sent(office, body, headers) for headers in ({}, old, forged)]
    kept = [await sent(office, body, signed) for _ in range(2)]
    assert (refused, kept) == ([401, 401, 401], [200, 200])
    (row,) = await office.scene.all(SourceEventRow)
    assert (row.external_id, b"legacy" in row.body) == ("event:Ev1", False)


def test_what_machines_say_and_what_nobody_needs_is_not_kept() -> None:
    event: dict[str, Any] = dict(EVENT["event"])

    def with_event(**changes: Any) -> dict[str, Any]:
        return {**EVENT, "event": {**event, **changes}}

    assert arrival_of(EVENT) is not None
    assert arrival_of(with_event(bot_id="B1")) is None
    assert arrival_of(with_event(subtype="message_changed")) is None
    assert arrival_of(with_event(type="reaction_added")) is None
    action = {"type": "block_actions", "trigger_id": "1", "user": {"id": "U1"}}
    assert arrival_of({**action, "actions": [{"action_id": "other"}]}) is None
    assert arrival_of({**action, "actions": []}) is None
    assert arrival_of({"type": "view_submission", "user": {"id": "U1"}}) is None

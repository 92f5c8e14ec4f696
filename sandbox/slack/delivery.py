"""How Slack brings things to the app: over Socket Mode's web socket, or signed over HTTP.

What is not acknowledged within three seconds counts as not delivered; events are tried again,
with the number and the reason of the retry (docs.slack.dev/apis/events-api/using-socket-mode).
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, WSMsgType, web

Json = dict[str, Any]
_ACK_WITHIN = 3.0


@dataclass(frozen=True, slots=True)
class Ack:
    """The app took it; `payload` is what it answered with. `took` is in seconds."""

    payload: Json
    took: float


@dataclass(slots=True)
class Link:
    """One open web socket, with the envelopes that wait for their acknowledgement."""

    socket: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)


@dataclass(slots=True)
class Delivery:
    """Brings payloads to the app. `retry_after` are the waits before events are tried again.

    `twice` delivers every event twice, as Slack does when an acknowledgement is lost. With
    `http_url` everything goes there, signed with `signing_secret`.
    """

    clock: Callable[[], datetime]
    signing_secret: str
    retry_after: tuple[float, ...] = (0.0, 1.0, 5.0)
    http_url: str = ""
    twice: bool = False
    acks: list[float] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _turn: int = 0

    @property
    def connected(self) -> int:
        """How many web sockets are open."""
        return len(self._links)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One Socket Mode connection, until it closes."""
        socket = web.WebSocketResponse(heartbeat=10)
        await socket.prepare(request)
        link = Link(socket)
        await socket.send_json({"type": "hello", "num_connections": len(self._links) + 1})
        self._links.append(link)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    _acknowledged(link, message.data)
        finally:
            self._links.remove(link)
        return socket

    async def close(self) -> None:
        """Give up what is still being tried, and close the sockets."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for link in list(self._links):
            await link.socket.close()

    def event(self, payload: Json) -> None:
        """Bring an event, in the background, and try again while nobody takes it."""
        for _ in range(2 if self.twice else 1):
            task = asyncio.create_task(self._event(payload))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _event(self, payload: Json) -> None:
        if await self.bring("events_api", payload) is not None:
            return
        for number, wait in enumerate(self.retry_after, 1):
            await asyncio.sleep(wait)
            if await self.bring("events_api", payload, retry=number) is not None:
                return

    async def bring(self, kind: str, payload: Json, retry: int = 0) -> Ack | None:
        """Bring something once; None when it was not taken within three seconds."""
        began = asyncio.get_running_loop().time()
        try:
            answer = await asyncio.wait_for(self._send(kind, payload, retry), _ACK_WITHIN)
        except (TimeoutError, ClientError, ConnectionError):
            return None
        took = asyncio.get_running_loop().time() - began
        if answer is None:
            return None
        self.acks.append(took)
        return Ack(answer, took)

    async def _send(self, kind: str, payload: Json, retry: int) -> Json | None:
        if self.http_url:
            return await self._post(kind, payload, retry)
        if not self._links:
            return None
        self._turn += 1
        link = self._links[self._turn % len(self._links)]
        envelope: Json = {
            "envelope_id": secrets.token_hex(16),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        link.waiting[envelope["envelope_id"]] = future
        await link.socket.send_json(envelope)
        return await future

    async def _post(self, kind: str, payload: Json, retry: int) -> Json | None:
        body, content_type = _body(kind, payload)
        headers = {"Content-Type": content_type, **self.signed(body)}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        async with (
            ClientSession(timeout=ClientTimeout(_ACK_WITHIN)) as session,
            session.post(self.http_url, data=body, headers=headers) as answer,
        ):
            if answer.status != 200:
                return None
            text = await answer.text()
        return dict(json.loads(text)) if text.startswith("{") else {}

    def signed(self, body: bytes) -> dict[str, str]:
        """The two headers that prove a request comes from Slack."""
        stamp = str(int(self.clock().timestamp()))
        mac = hmac.new(self.signing_secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
        return {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={mac.hexdigest()}",
        }


def _body(kind: str, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _acknowledged(link: Link, text: str) -> None:
    if text.startswith("Ping-pong"):
        return
    try:
        answer = json.loads(text)
    except ValueError:
        return
    future = link.waiting.pop(str(answer.get("envelope_id", "")), None)
    if future is not None and not future.done():
        future.set_result(answer.get("payload") or {})

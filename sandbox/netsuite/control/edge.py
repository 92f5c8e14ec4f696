"""The outermost layer: faults strike here, and every write that arrives is written down."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable

from starlette.responses import Response

from sandbox.netsuite.access.auth import OAUTH_PATH
from sandbox.netsuite.account import Account
from sandbox.netsuite.control.faults import Fault, Moment, What
from sandbox.netsuite.errors import record_changed, too_many, unexpected
from sandbox.serving import AsgiApp, Message, Receive, Scope, Send, drop_connection

_LARGEST_BODY = 10_000_000
_PUBLIC = ("/services/", "/rest/")
_SECRET = (b"authorization", b"cookie")
_HTML = "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"


class Edge:
    """Wraps the application of one account."""

    def __init__(self, app: AsgiApp, account: Account) -> None:
        self._app = app
        self._account = account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_PUBLIC):
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        faults = self._account.faults.matching(scope["method"], scope["path"])
        before = [fault for fault in faults if fault.moment is Moment.BEFORE]
        if await self._strike(before, scope, send):
            return
        number = self._record(scope, body)
        answer = await self._answer(scope, body)
        self._settle(number, answer)
        after = [fault for fault in faults if fault.moment is Moment.AFTER]
        if not await self._strike(after, scope, send):
            for message in answer:
                await send(message)

    async def _strike(self, faults: Iterable[Fault], scope: Scope, send: Send) -> bool:
        """Carry out faults; whether the request has been answered or cut off by one."""
        for fault in faults:
            if fault.what is What.DELAY:
                await asyncio.sleep(fault.seconds)
            elif fault.what is What.EXPIRE_TOKENS:
                self._account.gatekeeper.expire_tokens()
            else:
                await _end(fault, scope, send)
                return True
        return False

    async def _answer(self, scope: Scope, body: bytes) -> list[Message]:
        messages: list[Message] = []
        unread = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return unread.pop() if unread else {"type": "http.disconnect"}

        async def keep(message: Message) -> None:
            messages.append(message)

        await self._app(scope, receive, keep)
        return messages

    def _record(self, scope: Scope, body: bytes) -> int:
        """Write down a write; 0 for a read."""
        path = scope["path"]
        if scope["method"] == "GET" or path == OAUTH_PATH or "/query/" in path:
            return 0
        headers = {
            key.decode("latin-1"): "[redacted]" if key in _SECRET else value.decode("latin-1")
            for key, value in scope["headers"]
        }
        return self._account.store.insert(
            "_write",
            {
                "at": self._account.clock().isoformat(),
                "method": scope["method"],
                "path": path,
                "headers": json.dumps(headers),
                "body": body.decode("utf-8", "replace"),
            },
        )

    def _settle(self, number: int, answer: list[Message]) -> None:
        if not number or not answer:
            return
        located = dict(answer[0]["headers"]).get(b"location", b"").decode("latin-1")
        self._account.store.execute(
            "UPDATE _write SET status = ?, location = ? WHERE number = ?",
            (answer[0]["status"], located or None, number),
        )


async def _end(fault: Fault, scope: Scope, send: Send) -> None:
    match fault.what:
        case What.ERROR:
            await _respond(unexpected(f"sandbox{fault.id}").response(), scope, send)
        case What.THROTTLE:
            await _respond(too_many().response(), scope, send)
        case What.CONFLICT:
            await _respond(record_changed().response(), scope, send)
        case What.BAD_GATEWAY:
            await _respond(Response(_HTML, 502, media_type="text/html"), scope, send)
        case _:
            if fault.what is What.KILL:
                fault.strike_process()
            await drop_connection(send)


async def _respond(response: Response, scope: Scope, send: Send) -> None:
    await response(scope, _nothing, send)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


async def _body(receive: Receive) -> bytes:
    read = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return read
        read += bytes(message.get("body", b""))
        if len(read) > _LARGEST_BODY or not message.get("more_body"):
            return read[:_LARGEST_BODY]

"""Answers spoilt on their way: what a gateway, a proxy or a broken line can make of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from sandbox.serving import AsgiApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it leaves; `promised` is a content-length that is not kept."""

    status: int
    body: bytes
    kind: str = "application/json"
    location: str = ""
    promised: int | None = None
    wait: str = ""


Way = Callable[[Sent], Sent]


def _json(sent: Sent, value: object) -> Sent:
    return replace(sent, status=200, body=json.dumps(value).encode(), location="")


_ROW = {"hasMore": False, "totalResults": 1, "count": 1, "offset": 0}
WAYS: dict[str, Way] = {
    "html": lambda s: replace(s, status=200, body=b"<html>Sign in</html>", kind="text/html"),
    "half of the body": lambda s: replace(
        s, status=200, body=(s.body or b"{}")[: len(s.body) // 2]
    ),
    "cut off": lambda s: replace(s, status=200, body=b'{"it', promised=9000),
    "nothing": lambda s: replace(s, status=200, body=b"", location=""),
    "a list": lambda s: _json(s, [1, 2]),
    "a number": lambda s: _json(s, 7),
    "other names": lambda s: _json(s, {"count": 1, "rows": []}),
    "no rows": lambda s: _json(s, {"items": None, **_ROW}),
    "an empty row": lambda s: _json(s, {"items": [{"links": []}], **_ROW}),
    "a row of nulls": lambda s: _json(s, {"items": [{"id": None, "type": None}], **_ROW}),
    "a wrong id": lambda s: _json(s, {"items": [{"id": "abc", "nextdoc": "1.5"}], **_ROW}),
    "a row cut out": lambda s: _json(s, {"items": [], **_ROW}),
    "strange numbers": lambda s: _json(
        s, {"items": [{"id": "5", "type": "CustInvc", "foreigntotal": "many"}], **_ROW}
    ),
    "deep": lambda s: replace(s, status=200, body=b"[" * 100_000),
    "not utf-8": lambda s: replace(s, status=200, body=b"\xff\xfe\xfa{"),
    "elsewhere": lambda s: replace(s, status=302, body=b"", location="/elsewhere"),
}


class Mangler:
    """Wraps an application; spoils the answers to matching requests `times` times."""

    def __init__(self) -> None:
        self._way: Way | None = None
        self._path = ""
        self._left = 0
        self._app: AsgiApp | None = None

    def around(self, app: AsgiApp) -> AsgiApp:
        """The wrapped application."""
        self._app = app
        return self

    def spoil(self, way: Way, path: str, times: int = 10**6) -> None:
        """From now on, answers under `path`."""
        self._way, self._path, self._left = way, path.lower(), times

    def stop(self) -> None:
        """Answers pass as they are."""
        self._way = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._app is not None
        way = self._way
        meant = scope["type"] == "http" and scope["path"].lower().startswith(self._path)
        if way is None or not meant or self._left < 1:
            await self._app(scope, receive, send)
            return
        self._left -= 1
        kept: list[Message] = []

        async def keep(message: Message) -> None:
            kept.append(message)

        await self._app(scope, receive, keep)
        await _send(way(_read(kept)), send)


def _read(messages: list[Message]) -> Sent:
    headers = {key.decode(): value.decode() for key, value in messages[0]["headers"]}
    body = b"".join(bytes(message.get("body", b"")) for message in messages[1:])
    kind = headers.get("content-type", "application/json")
    return Sent(messages[0]["status"], body, kind, headers.get("location", ""))


async def _send(sent: Sent, send: Send) -> None:
    length = len(sent.body) if sent.promised is None else sent.promised
    headers = [
        (b"content-type", sent.kind.encode()),
        (b"content-length", str(length).encode()),
        *([(b"location", sent.location.encode())] if sent.location else []),
        *([(b"retry-after", sent.wait.encode())] if sent.wait else []),
    ]
    await send({"type": "http.response.start", "status": sent.status, "headers": headers})
    more = sent.promised is not None
    await send({"type": "http.response.body", "body": sent.body, "more_body": more})
    if more:
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        if transport is not None:
            transport.abort()

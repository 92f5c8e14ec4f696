"""A service-shaped receiver of webhooks, on loopback, that keeps what it was sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


@dataclass(frozen=True)
class Hook:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> dict[str, str]:
        return dict(json.loads(self.body))


@dataclass
class Receiver:
    """`refuse` answers 503 that many times before it starts to accept."""

    refuse: int = 0
    hooks: list[Hook] = field(default_factory=list)
    refused: int = 0

    def app(self) -> Starlette:
        async def receive(request: Request) -> Response:
            if self.refuse > 0:
                self.refuse -= 1
                self.refused += 1
                return Response(status_code=503)
            body = await request.body()
            self.hooks.append(Hook(request.url.path, dict(request.headers), body))
            return Response(status_code=204)

        return Starlette(routes=[Route("/webhooks/{name}", receive, methods=["POST"])])


async def eventually(condition: Callable[[], object], seconds: float = 40) -> None:
    """Wait until it holds. Raises TimeoutError."""
    for _ in range(int(seconds * 100)):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError

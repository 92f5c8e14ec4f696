"""Run any ASGI application on 127.0.0.1, on a free port, for as long as a `with` block lasts."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from types import TracebackType
from typing import Any, Self

import uvicorn

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]


class ServerDidNotStart(RuntimeError):
    """The loopback server did not come up."""


class _Server(uvicorn.Server):
    """Tells when it listens, or has given up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.settled.set()


class LoopbackServer:
    """Serves `app` on 127.0.0.1 from its own thread; a sync and an async context manager.

    `port` 0 takes a free one. `url` ("http://127.0.0.1:49152") is known before the start.
    """

    def __init__(self, app: AsgiApp, *, port: int = 0, shutdown_seconds: int = 1) -> None:
        self._socket = _listen(port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=shutdown_seconds,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._run, name=f"loopback-{self.port}", daemon=True)

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()
            self._server.settled.set()

    def start(self) -> Self:
        """Listen. Raises ServerDidNotStart."""
        self._thread.start()
        if not self._server.settled.wait(10) or not self._server.started:
            raise ServerDidNotStart(self.url)
        return self

    def stop(self) -> None:
        """Stop listening; running requests get `shutdown_seconds`, then are cut off."""
        self._server.should_exit = True
        self._thread.join(15)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return await asyncio.to_thread(self.start)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.stop)


def _listen(port: int) -> socket.socket:
    # asyncio turns Nagle's delay off only where the protocol is named (base_events._set_nodelay).
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
        raise
    return listening


async def drop_connection(send: Send) -> None:
    """Close the client's connection without a byte of response.

    `send` must be the one uvicorn gave to the outermost application: its owner is uvicorn's
    request cycle, which holds the connection's transport.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if not isinstance(transport, asyncio.Transport):
        raise ServerDidNotStart("drop_connection needs the send function of uvicorn itself")
    transport.abort()
    await asyncio.sleep(0.01)

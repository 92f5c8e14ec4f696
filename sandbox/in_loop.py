"""Run an ASGI application on 127.0.0.1 inside the running loop, for as long as a block lasts."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn

from sandbox.serving import AsgiApp
from sandbox.sockets import listen


class _Server(uvicorn.Server):
    """A server in somebody else's loop: tells when it listens and leaves signals alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.listens.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def served(app: AsgiApp, listening: socket.socket | None = None) -> AsyncIterator[str]:
    """Serve on this socket, else on a free port; yields the address."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
    )
    with contextlib.ExitStack() as stack:
        taken = listening or stack.enter_context(listen(0))
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[taken]))
        await server.listens.wait()
        try:
            yield f"http://127.0.0.1:{taken.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving

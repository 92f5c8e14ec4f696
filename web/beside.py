"""Another application beside the pages, on the same port."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Beside:
    """`app` answers the paths that start with one of `prefixes`."""

    app: ASGIApp
    prefixes: tuple[str, ...]


class ByPath:
    """Sends a request to the application that answers its path."""

    def __init__(self, app: ASGIApp, beside: Beside) -> None:
        self.app = app
        self.beside = beside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        theirs = scope["type"] == "http" and scope["path"].startswith(self.beside.prefixes)
        await (self.beside.app if theirs else self.app)(scope, receive, send)

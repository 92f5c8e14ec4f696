"""The workspace as one web application: Web API, Socket Mode, and the chat page."""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.slack.acting import People
from sandbox.slack.page import Page
from sandbox.slack.people import SCOPES
from sandbox.slack.web_api import SlackRefused, WebApi
from sandbox.slack.workspace import Json, Workspace
from security.tokens import same

_LARGEST = 2_000_000
_STRUCTURED = ("blocks", "view", "metadata", "prompts", "attachments")


@dataclass(frozen=True, slots=True)
class SlackKeys:
    """What the app signs in with, and what opens the chat page."""

    bot_token: str
    app_token: str
    page_token: str


class SlackServer:
    """Answers the Web API, holds the sockets, and serves the page."""

    def __init__(self, workspace: Workspace, keys: SlackKeys) -> None:
        self.workspace = workspace
        self._keys = keys
        self._tickets: set[str] = set()
        self._api = WebApi(workspace, _ticks)
        self.people = People(workspace, _ticks)
        self._page = Page(workspace, self.people, keys.page_token)

    def application(self) -> web.Application:
        app = web.Application(client_max_size=_LARGEST)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/link", self._link)
        app.add_routes(self._page.routes())
        return app

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)
        return await self.workspace.delivery.serve(request)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, values = request.match_info["method"], await _values(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if method == "apps.connections.open":
            return self._connection(token, request)
        if not same(token, self._keys.bot_token):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        known = self._api.methods.get(method)
        if known is None:
            return web.json_response({"ok": False, "error": "unknown_method"})
        trouble = self._trouble(method)
        if trouble is not None:
            return trouble
        try:
            answer: Json = {"ok": True, **known(values)}
        except SlackRefused as error:
            code, _, detail = str(error).partition(": ")
            answer = {"ok": False, "error": code}
            if detail:
                answer["response_metadata"] = {"messages": [detail]}
        self.workspace.calls.append((method, values))
        if self._meets("dropped", method) and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer, headers={"X-OAuth-Scopes": ",".join(SCOPES)})

    def _trouble(self, method: str) -> web.Response | None:
        if self._meets("limited", method):
            answer = {"ok": False, "error": "ratelimited"}
            return web.json_response(answer, status=429, headers={"Retry-After": "1"})
        if self._meets("failing", method):
            return web.Response(status=500, text="internal error")
        return None

    def _meets(self, trouble: str, method: str) -> bool:
        faults = self.workspace.faults
        left = getattr(faults, trouble)
        if left and (not faults.methods or method in faults.methods):
            setattr(faults, trouble, left - 1)
            return True
        return False

    def _connection(self, token: str, request: web.Request) -> web.Response:
        if not same(token, self._keys.app_token):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        ticket = secrets.token_urlsafe(12)
        self._tickets.add(ticket)
        return web.json_response({"ok": True, "url": f"ws://{request.host}/link?ticket={ticket}"})


def _ticks() -> float:
    return asyncio.get_running_loop().time()


async def _values(request: web.Request) -> dict[str, Any]:
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        values |= await request.json()
    elif request.can_read_body:
        values |= dict((await request.post()).items())
    for name in _STRUCTURED:
        if isinstance(values.get(name), str):
            values[name] = json.loads(values[name])
    return values


@asynccontextmanager
async def serving(server: SlackServer, listening: socket.socket) -> AsyncGenerator[None]:
    """Serve on a socket, in the running loop, for as long as the block lasts."""
    runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        yield
    finally:
        await server.workspace.delivery.close()
        await runner.cleanup()

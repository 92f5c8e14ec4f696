"""The chat page: pick who you are, talk to Dunwell, press buttons, fill in forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.slack.acting import NotPossible, People
from sandbox.slack.people import BOT_USER
from sandbox.slack.workspace import Json, Workspace, direct
from security.tokens import same

_HERE = Path(__file__).parent / "static"
_FILES = {"page.js": "text/javascript", "page.css": "text/css", "blocks.js": "text/javascript"}
Act = Callable[[dict[str, str]], Awaitable[Json]]


class Page:
    """The page and what it asks for. Everything but its files needs the token."""

    def __init__(self, workspace: Workspace, people: People, token: str) -> None:
        self._space = workspace
        self._people = people
        self._token = token
        self._acts: dict[str, Act] = {
            "say": self._say,
            "press": self._press,
            "press_home": self._press_home,
            "submit": self._submit,
            "close": self._close,
            "command": self._command,
            "home": self._home,
            "assistant": self._assistant,
        }

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._shown),
            web.get("/health", self._health),
            web.get("/static/{name}", self._file),
            web.get("/page/state", self._state),
            web.post("/page/{act}", self._act),
        ]

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "connected": self._space.delivery.connected})

    async def _shown(self, request: web.Request) -> web.StreamResponse:
        if not same(request.query.get("token", ""), self._token):
            return web.Response(status=401, text="Open the address that the demo printed.")
        return _sent("page.html", "text/html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in _FILES:
            return web.Response(status=404)
        return _sent(name, _FILES[name])

    def _may(self, request: web.Request) -> bool:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return same(given, self._token)

    async def _act(self, request: web.Request) -> web.StreamResponse:
        act = self._acts.get(request.match_info["act"])
        if not self._may(request) or act is None:
            return web.json_response({"error": "not found"}, status=401)
        raw: dict[str, Any] = await request.json()
        values = {name: str(value) for name, value in raw.items() if name != "given"}
        try:
            if isinstance(raw.get("given"), dict):
                return web.json_response(await self._submit_with(values, raw["given"]))
            return web.json_response(await act(values))
        except NotPossible as error:
            return web.json_response({"error": str(error)}, status=409)

    async def _say(self, values: dict[str, str]) -> Json:
        said = self._people.say(
            values["as"], values["channel"], _typed(values["text"]), values.get("thread", "")
        )
        return {"ts": said}

    async def _press(self, values: dict[str, str]) -> Json:
        await self._people.press(values["as"], values["channel"], values["ts"], values["action"])
        return {}

    async def _press_home(self, values: dict[str, str]) -> Json:
        await self._people.press_home(values["as"], values["action"])
        return {}

    async def _submit(self, values: dict[str, str]) -> Json:
        return await self._submit_with(values, {})

    async def _submit_with(self, values: dict[str, str], given: Json) -> Json:
        words = {str(name): str(value) for name, value in given.items()}
        return await self._people.submit(values["as"], values["view"], words)

    async def _close(self, values: dict[str, str]) -> Json:
        found = self._space.store.view(values["view"])
        if found is not None and found[0] == values["as"]:
            self._space.store.close_view(values["view"])
        return {}

    async def _command(self, values: dict[str, str]) -> Json:
        return {"text": await self._people.command(values["as"], values["channel"], values["text"])}

    async def _home(self, values: dict[str, str]) -> Json:
        self._people.open_home(values["as"])
        return {}

    async def _assistant(self, values: dict[str, str]) -> Json:
        return {"thread": self._people.open_assistant(values["as"])}

    async def _state(self, request: web.Request) -> web.StreamResponse:
        if not self._may(request):
            return web.json_response({"error": "token"}, status=401)
        space, who = self._space, request.query.get("as", "")
        channel_id = request.query.get("channel", "") or direct(who)
        channel = space.channel(channel_id)
        inside = channel is not None and who in channel.members
        return web.json_response(
            {
                "me": who,
                "connected": space.delivery.connected,
                "members": {m.id: {"name": m.name, "kind": m.kind} for m in space.people.members},
                "channels": [
                    {"id": c.id, "name": c.name, "shared": c.shared}
                    for c in space.people.channels
                    if who in c.members and not c.archived
                ],
                "direct": direct(who),
                "bot": BOT_USER,
                "channel": channel_id,
                "messages": space.store.messages(channel_id) if inside else [],
                "private": [
                    e for e in space.ephemeral if e["to"] == who and e["channel"] == channel_id
                ],
                "statuses": {
                    thread: status
                    for (place, thread), status in space.statuses.items()
                    if place == channel_id and status
                },
                "prompts": {
                    thread: found
                    for (place, thread), found in space.prompts.items()
                    if place == channel_id
                },
                "home": space.store.home(who),
                "views": space.store.views_of(who),
            }
        )


def _typed(text: str) -> str:
    """What Slack makes of what somebody types: a mention stays one, everything else is text."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace(f"&lt;@{BOT_USER}&gt;", f"<@{BOT_USER}>")


def _sent(name: str, kind: str) -> web.Response:
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    text = (_HERE / name).read_text(encoding="utf-8")
    return web.Response(text=text, content_type=kind, headers=headers)

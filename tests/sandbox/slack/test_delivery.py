"""The sandbox brings things as Slack does: signed, within three seconds, again if need be."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import Clock, SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack.acting import NotPossible
from sandbox.slack.app import SlackKeys, SlackServer, serving
from sandbox.slack.delivery import Delivery
from sandbox.slack.people import BOT_USER, Channel, Member, People
from sandbox.slack.store import SlackStore
from sandbox.slack.workspace import Workspace
from sandbox.sockets import listen

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
EVERYBODY = People(
    (Member("U0ANN", "Ann", "ann@seller.example"), Member(BOT_USER, "Dunwell", "", "bot")),
    (Channel("C1", "one", ("U0ANN", BOT_USER)), Channel("C2", "two", ("U0ANN",))),
)


class Noon(Clock):
    def now(self) -> float:
        return NOON.timestamp()


def server_in(folder: Path, http_url: str = "") -> SlackServer:
    store = SlackStore(folder / "slack.db", lambda: NOON)
    delivery = Delivery(lambda: NOON, "secret", retry_after=(0.0, 0.0), http_url=http_url)
    keys = SlackKeys("xoxb-1", "xapp-1", "page")
    return SlackServer(Workspace(EVERYBODY, store, delivery), keys)


async def test_an_event_is_signed_as_slack_signs_and_brought_again_until_it_is_taken(
    tmp_path: Path,
) -> None:
    seen: list[tuple[bool, str, str]] = []
    verifier = SignatureVerifier("secret", Noon())

    async def take(request: web.Request) -> web.Response:
        body, headers = await request.text(), dict(request.headers)
        number = headers.get("X-Slack-Retry-Num", "")
        reason = headers.get("X-Slack-Retry-Reason", "")
        seen.append((verifier.is_valid_request(body, headers), number, reason))
        return web.Response(status=200 if number == "2" else 500)

    app = web.Application()
    app.router.add_post("/slack/events", take)
    runner = web.AppRunner(app)
    await runner.setup()
    listening = listen(0)
    await web.SockSite(runner, listening).start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
    server = server_in(tmp_path, http_url=url)
    server.people.say("U0ANN", "C1", "hello")
    for _ in range(200):
        if len(seen) == 3:
            break
        await asyncio.sleep(0.01)
    await server.workspace.delivery.close()
    await runner.cleanup()
    server.workspace.store.close()
    assert seen == [(True, "", ""), (True, "1", "http_timeout"), (True, "2", "http_timeout")]


async def test_what_slack_would_refuse_is_refused_with_slacks_own_words(tmp_path: Path) -> None:
    server, listening = server_in(tmp_path), listen(0)
    async with serving(server, listening):
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/api/"
        client = AsyncWebClient("xoxb-1", url, retry_handlers=[])
        wrong = AsyncWebClient("xoxb-2", url, retry_handlers=[])
        long = [{"type": "section", "text": {"type": "plain_text", "text": "x" * 3001}}]
        calls = {
            "invalid_auth": wrong.auth_test(),
            "channel_not_found": client.chat_postMessage(channel="C9", text="x"),
            "not_in_channel": client.chat_postMessage(channel="C2", text="x"),
            "no_text": client.api_call("chat.postMessage", json={"channel": "C1"}),
            "invalid_blocks": client.chat_postMessage(channel="C1", blocks=long, text="x"),
            "message_not_found": client.chat_update(channel="C1", ts="1.1", text="x"),
            "invalid_trigger_id": client.views_open(trigger_id="1", view={"type": "modal"}),
            "users_not_found": client.users_lookupByEmail(email="bob@seller.example"),
        }
        for code, call in calls.items():
            with pytest.raises(SlackApiError) as refused:
                await call
            assert refused.value.response["error"] == code
        with pytest.raises(NotPossible):
            await server.people.command("U0ANN", "C1", "nobody is connected")
    server.workspace.store.close()

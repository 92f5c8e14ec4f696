"""Calls to Slack's Web API, and what became of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from slack_app.text import Block
from store.engine import Database
from store.slack import post_for, posted

Json = dict[str, Any]
MESSAGE, EFFECT = "dunwell_message", "dunwell_effect"
_PAUSE, _PAGES = 20, 10
# Slack says so before it does anything (docs.slack.dev/apis/web-api/rate-limits and the methods'
# error lists).
_NOT_NOW = frozenset({"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org"})
_PERHAPS = frozenset({"internal_error", "fatal_error", "request_timeout"})


class NotTaken(Exception):
    """Slack certainly did nothing, and may be asked again."""


class Uncertain(Exception):
    """Slack may or may not have done it."""


class Denied(Exception):
    """Slack refuses: asking again as it is changes nothing. `code` is Slack's word for it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"Slack refuses: {code} {detail}".strip())
        self.code = code


@dataclass(frozen=True, slots=True)
class Said:
    """A message: `text` for notifications and screen readers, `blocks` for the eye."""

    text: str
    blocks: Sequence[Block] = ()


@dataclass(slots=True)
class SlackApi:
    """The Web API under one bot token. Nothing is repeated here that could happen twice."""

    client: AsyncWebClient
    _own: Json = field(default_factory=dict)

    @classmethod
    def of(cls, token: str, base_url: str = "", seconds: int = 15) -> SlackApi:
        """With a bot token; `base_url` for the sandbox."""
        address = base_url or AsyncWebClient.BASE_URL
        return cls(AsyncWebClient(token, address, timeout=seconds, retry_handlers=[]))

    async def own(self) -> Json:
        """Who we are: team_id, user_id, bot_id."""
        if not self._own:
            self._own = await self.read("auth.test")
        return self._own

    async def read(self, method: str, **values: object) -> Json:
        """A question; a rate limit is waited for once. Raises NotTaken, Uncertain, Denied."""
        given = {name: str(value) for name, value in values.items() if value not in (None, "")}
        try:
            return await self._call(method, params=given)
        except NotTaken as error:
            await asyncio.sleep(_wait_of(error))
            return await self._call(method, params=given)

    async def write(self, method: str, **values: object) -> Json:
        """An act. Raises NotTaken, Uncertain, Denied."""
        return await self._call(method, json={n: v for n, v in values.items() if v is not None})

    async def _call(self, method: str, **arguments: Any) -> Json:
        try:
            answer = await self.client.api_call(method, **arguments)
        except SlackApiError as error:
            raise _meaning(error) from error
        except aiohttp.ClientConnectorError as error:
            raise NotTaken("Slack cannot be reached") from error
        except (aiohttp.ClientError, TimeoutError, SlackClientError, OSError) as error:
            raise Uncertain(f"the connection broke: {type(error).__name__}") from error
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    async def post(
        self, channel: str, message: Said, *, thread_ts: str = "", kind: str, key: str
    ) -> str:
        """A message with the mark it can be found by; its time stamp."""
        answer = await self.write(
            "chat.postMessage",
            channel=channel,
            **_content(message),
            thread_ts=thread_ts or None,
            metadata={"event_type": kind, "event_payload": {"key": key}},
        )
        return str(answer["ts"])

    async def update(self, channel: str, ts: str, message: Said) -> None:
        """Replace a message of ours in place."""
        await self.write("chat.update", channel=channel, ts=ts, **_content(message))

    async def whisper(self, channel: str, member: str, text: str, thread_ts: str = "") -> None:
        """A line that only one person sees; in direct messages an ordinary one."""
        if channel.startswith("D"):
            content = _content(Said(text))
            await self.write(
                "chat.postMessage", channel=channel, thread_ts=thread_ts or None, **content
            )
            return
        await self.write(
            "chat.postEphemeral",
            channel=channel,
            user=member,
            thread_ts=thread_ts or None,
            **_content(Said(text)),
        )

    async def find(self, channel: str, key: str, *, kind: str, thread_ts: str = "") -> str:
        """The time stamp of the message with this mark, "" if none is there.

        Raises Uncertain where so much was said since that not all of it can be looked through.
        """
        method = "conversations.replies" if thread_ts else "conversations.history"
        cursor = ""
        for _ in range(_PAGES):
            found = await self.read(
                method,
                channel=channel,
                ts=thread_ts,
                limit=200,
                include_all_metadata="true",
                cursor=cursor,
            )
            for one in found.get("messages", []):
                if _is_marked(one, kind, key):
                    return str(one["ts"])
            cursor = str((found.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return ""
        raise Uncertain(f"more than {_PAGES * 200} messages to look through")


def _is_marked(message: Mapping[str, Any], kind: str, key: str) -> bool:
    mark = message.get("metadata") or {}
    return mark.get("event_type") == kind and (mark.get("event_payload") or {}).get("key") == key


@dataclass(frozen=True, slots=True)
class Poster:
    """Posts messages of ours once for each cause, whatever breaks in between."""

    db: Database
    api: SlackApi

    async def once(
        self, key: str, channel: str, message: Said, now: datetime, *, thread_ts: str = ""
    ) -> str:
        """The time stamp of the message of this cause; a known one is brought up to date."""
        async with self.db.begin() as session:
            row, new = await post_for(session, key, channel=channel, thread_ts=thread_ts, now=now)
        ts = row.ts
        if not ts and not new:
            ts = await self.api.find(row.channel, key, kind=MESSAGE, thread_ts=row.thread_ts)
        if ts:
            await self.api.update(row.channel, ts, message)
        else:
            ts = await self.api.post(channel, message, thread_ts=thread_ts, kind=MESSAGE, key=key)
        if ts != row.ts:
            async with self.db.begin() as session:
                await posted(session, key, ts)
        return ts


def _content(message: Said) -> Json:
    """No link is unfolded, no name becomes a mention, no address becomes a link by itself."""
    return {
        "text": message.text,
        "blocks": list(message.blocks) or None,
        "unfurl_links": False,
        "unfurl_media": False,
        "link_names": False,
        "parse": "none",
    }


def _meaning(error: SlackApiError) -> NotTaken | Uncertain | Denied:
    response = error.response
    status = int(getattr(response, "status_code", 0) or 0)
    data: Mapping[str, Any] = response.data if isinstance(response.data, dict) else {}
    code = str(data.get("error", ""))
    if status == 429 or code in _NOT_NOW:
        waits = str((getattr(response, "headers", None) or {}).get("Retry-After", "1"))
        return NotTaken(f"Slack asks to wait: {waits} s")
    if status >= 500 or code in _PERHAPS or not code:
        return Uncertain(f"Slack answered {status} {code}".strip())
    detail = json.dumps(data.get("response_metadata", {}).get("messages", []))[:300]
    return Denied(code, detail if detail != "[]" else "")


def _wait_of(error: NotTaken) -> float:
    digits = "".join(c for c in str(error) if c.isdigit())
    return min(int(digits or "1"), _PAUSE)

"""What Slack brings: kept in the inbox with a job for it, and only then acknowledged.

Slack repeats what is not acknowledged in time, and Bolt does not notice repetitions; the inbox
does. Nothing is worked on here: https://docs.slack.dev/apis/events-api#error-handling.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from flows.slack.cards import card_of
from slack_app.cards import (
    APPROVE,
    EDIT,
    HOME,
    REJECT,
    SAY,
    FormPlace,
    Press,
    edit_form,
    notice_form,
    reject_form,
)
from slack_app.client import Denied, NotTaken, SlackApi, Uncertain
from slack_app.worker import TASK
from store.engine import Database
from store.inbox import store_once
from store.jobs import Job, enqueue
from store.slack import channel

Json = dict[str, Any]
SOURCE = "slack"
_LARGEST = 200_000
_SPOKEN = frozenset({"", "file_share", "thread_broadcast"})
_KEPT = frozenset(
    {
        "app_mention", "app_home_opened", "assistant_thread_started", "member_joined_channel",
        "member_left_channel", "channel_rename", "channel_archive", "channel_unarchive",
        "channel_shared", "channel_unshared",
    }
)  # fmt: skip
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something to be kept: its identity for ever, and the lane it is worked on in."""

    external_id: str
    lane: str


@dataclass(slots=True)
class Receiver:
    """Takes what Slack brings. `app` is the Bolt application for Socket Mode and for HTTP."""

    db: Database
    api: SlackApi
    clock: Callable[[], datetime]
    signing_secret: str = ""
    _opening: set[asyncio.Task[None]] = field(default_factory=set)

    def app(self) -> AsyncApp:
        """A Bolt application whose every request ends in the inbox."""
        bolt = AsyncApp(client=self.api.client, signing_secret=self.signing_secret, logger=logger)
        bolt.use(self._bolt)
        return bolt

    async def _bolt(self, body: Json, next_: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:
        del next_
        return await self.take(body)

    async def take(self, body: Json) -> BoltResponse:
        """Keep what matters and acknowledge it. Raises what the database raises: no answer."""
        raw = json.dumps({name: part for name, part in body.items() if name != "token"}).encode()
        if len(raw) > _LARGEST:
            logger.warning("something of %s bytes from Slack was not kept", len(raw))
            return BoltResponse(status=200, body="")
        form = _form_wanted(body)
        if form is not None:
            self._open(body, form)
            return BoltResponse(status=200, body="")
        arrival = arrival_of(body)
        if arrival is None or not await self._matters(body):
            return BoltResponse(status=200, body="")
        await self._keep(arrival, raw)
        return _acknowledged(body)

    async def _keep(self, arrival: Arrival, raw: bytes) -> None:
        async with self.db.begin() as session:
            event_id = await store_once(
                session,
                source=SOURCE,
                external_id=arrival.external_id,
                body=raw,
                headers={},
                now=self.clock(),
            )
            if event_id is not None:
                await enqueue(session, Job(TASK, {"event_id": event_id}, lane=arrival.lane))

    async def _matters(self, body: Json) -> bool:
        """Of what is said in channels only what is said where a customer reads along is kept."""
        event = body.get("event") or {}
        if event.get("type") != "message" or event.get("channel_type") == "im":
            return True
        async with self.db.read() as session:
            known = await channel(session, str(event.get("channel", "")))
        return known is not None and known.mapped_at is not None

    def _open(self, body: Json, wanted: tuple[str, Press]) -> None:
        """Forms must be opened within three seconds; one that is not is asked for again."""
        task = asyncio.create_task(self._open_form(body, *wanted))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _open_form(self, body: Json, action: str, press: Press) -> None:
        container = body.get("container") or {}
        place = FormPlace(
            press, str(container.get("channel_id", "")), str(container.get("message_ts", ""))
        )
        async with self.db.read() as session:
            card = await card_of(session, press.effect_id)
        if card is None or card.fingerprint != press.fingerprint:
            text = "This changed since you saw it. Look at the card again."
            view = notice_form("It changed", text)
        elif action == EDIT:
            view = edit_form(place, card)
        else:
            view = reject_form(place, card.title)
        try:
            await self.api.write("views.open", trigger_id=body.get("trigger_id"), view=view)
        except (Denied, NotTaken, Uncertain) as error:
            logger.warning("a form could not be opened: %s", error)

    async def close(self) -> None:
        """Let forms that are being opened finish."""
        await asyncio.gather(*self._opening, return_exceptions=True)


def _form_wanted(body: Mapping[str, Any]) -> tuple[str, Press] | None:
    if body.get("type") != "block_actions" or not body.get("actions"):
        return None
    action = body["actions"][0]
    if action.get("action_id") not in (EDIT, REJECT):
        return None
    press = Press.read(str(action.get("value", "")))
    return (action["action_id"], press) if press is not None else None


def arrival_of(body: Mapping[str, Any]) -> Arrival | None:
    """How a payload is kept, or None for what nobody needs."""
    if body.get("type") == "event_callback":
        return _event(body)
    trigger = str(body.get("trigger_id") or "")
    member = str((body.get("user") or {}).get("id") or body.get("user_id") or "")
    if not trigger or not member:
        return None
    if body.get("command"):
        return Arrival(f"command:{trigger}", f"slack:member:{member}")
    if body.get("type") == "block_actions":
        if not _is_ours(body):
            return None
        container = body.get("container") or {}
        place = f"{container.get('channel_id', '')}:{container.get('message_ts', '')}"
        return Arrival(f"action:{trigger}", f"slack:card:{place}")
    if body.get("type") == "view_submission":
        return Arrival(f"view:{trigger}", f"slack:member:{member}")
    return None


def _is_ours(body: Mapping[str, Any]) -> bool:
    actions = body.get("actions") or [{}]
    name = str(actions[0].get("action_id", ""))
    return name in (APPROVE, HOME) or name.startswith(SAY)


def _event(body: Mapping[str, Any]) -> Arrival | None:
    event, event_id = body.get("event") or {}, str(body.get("event_id") or "")
    kind = str(event.get("type", ""))
    spoken = kind == "message" and str(event.get("subtype") or "") in _SPOKEN
    if not event_id or event.get("bot_id") or not (spoken or kind in _KEPT):
        return None
    if spoken or kind == "app_mention":
        thread = event.get("thread_ts") or event.get("ts") or ""
        return Arrival(f"event:{event_id}", f"slack:{event.get('channel', '')}:{thread}")
    return Arrival(f"event:{event_id}", f"slack:{kind}:{event.get('user', '')}")


def _acknowledged(body: Mapping[str, Any]) -> BoltResponse:
    """The answer at once: a form says that it is being worked on, a command where to look."""
    answer: Json = {}
    if body.get("type") == "view_submission":
        view = notice_form("One moment", "Being checked. You can close this: the card tells more.")
        answer = {"response_action": "update", "view": view}
    elif body.get("command") and not str(body.get("channel_id", "")).startswith("D"):
        words = "I answer in our direct messages, where only you read it."
        answer = {"response_type": "ephemeral", "text": words}
    if not answer:
        return BoltResponse(status=200, body="")
    return BoltResponse(
        status=200, body=json.dumps(answer), headers={"content-type": ["application/json"]}
    )

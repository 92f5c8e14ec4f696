"""Slack's jobs: what was kept in the inbox is worked on here, each in its lane."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_app.cards import APPROVE, HOME, SAY
from slack_app.client import Denied, SlackApi
from slack_app.conversing import Conversing
from slack_app.deciding import Deciding
from slack_app.mornings import Mornings
from slack_app.refreshing import Cards
from store.engine import Database
from store.inbox import settle, source_event
from store.slack import SlackChannelRow, left_others, see_channel

TASK, CARDS, CHANNELS, DIGEST = "slack.event", "slack.cards", "slack.channels", "slack.digest"
_PAGES = 20
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackJobs:
    """Every job of Slack by task name."""

    db: Database
    api: SlackApi
    conversing: Conversing
    deciding: Deciding
    cards: Cards
    mornings: Mornings
    clock: Callable[[], datetime]

    def handlers(self) -> Mapping[str, Any]:
        return {
            TASK: self.event,
            CARDS: self.cards.refresh,
            CHANNELS: self.see_channels,
            DIGEST: self.mornings.send,
        }

    async def event(self, event_id: int) -> None:
        """Work on one thing that Slack brought; one that was worked on is left alone."""
        async with self.db.read() as session:
            row = await source_event(session, event_id)
        if row is None or row.state != "pending":
            return
        state, detail = "handled", ""
        try:
            await self._work(json.loads(row.body), event_id)
        except Denied as error:
            logger.warning("what Slack brought could not be answered: %s", error)
            state, detail = "failed", str(error)
        async with self.db.begin() as session:
            await settle(session, event_id, state=state, detail=detail, now=self.clock())

    async def _work(self, body: Mapping[str, Any], event_id: int) -> None:
        if body.get("command"):
            await self.conversing.command(body, event_id)
        elif body.get("type") == "view_submission":
            await self.deciding.submitted(body)
        elif body.get("type") == "block_actions":
            await self._pressed(body, event_id)
        else:
            await self._event(body, event_id)

    async def _pressed(self, body: Mapping[str, Any], event_id: int) -> None:
        name = str(body["actions"][0].get("action_id", ""))
        if name == APPROVE:
            await self.deciding.pressed(body)
        elif name == HOME:
            await self.mornings.home(str(body["user"]["id"]))
        elif name.startswith(SAY):
            await self.conversing.chosen(body, event_id)

    async def _event(self, body: Mapping[str, Any], event_id: int) -> None:
        event = body.get("event") or {}
        match event.get("type"):
            case "message" | "app_mention":
                await self.conversing.message(body, event_id)
            case "app_home_opened":
                if event.get("tab") == "home":
                    await self.mornings.home(str(event.get("user", "")))
            case "assistant_thread_started":
                await self.conversing.started(body)
            case _:
                await self.see_channels()

    async def see_channels(self, slot: str = "") -> None:
        """Learn which channels we are in, and which of them others read too."""
        del slot
        found: list[Mapping[str, Any]] = []
        cursor = ""
        for _ in range(_PAGES):
            answer = await self.api.read(
                "conversations.list",
                types="public_channel,private_channel",
                limit=200,
                cursor=cursor,
            )
            found += [one for one in answer.get("channels", []) if one.get("is_member")]
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        async with self.db.begin() as session:
            for one in found:
                await see_channel(session, self._row(one))
            if not cursor:
                await left_others(session, [str(one["id"]) for one in found])

    def _row(self, one: Mapping[str, Any]) -> SlackChannelRow:
        return SlackChannelRow(
            channel_id=str(one["id"]),
            name=str(one.get("name", ""))[:200],
            shared=bool(one.get("is_ext_shared") or one.get("is_pending_ext_shared")),
            archived=bool(one.get("is_archived")),
            member=True,
            seen_at=self.clock(),
        )

"""Conversations: a colleague says something, the agent answers in the thread."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from agent.chat import Chat, ChatRequest
from flows.slack.heard import Heard, hear
from slack_app.answers import answer_message
from slack_app.client import Denied, NotTaken, Poster, Said, Uncertain
from slack_app.people import Colleague, Directory, Stranger
from slack_app.refreshing import Cards
from slack_app.text import escaped, said
from store.engine import Database
from store.slack import channel

Json = Mapping[str, Any]
_PROMPTS = (
    ("Who owes the most?", "who owes us the most"),
    ("Over 60 days", "who is over 60 days and above 10k"),
    ("What can you do?", "help"),
)
_SHARED = "People of another company read this channel. Ask me in a direct message."
_TROUBLE = (
    "I cannot answer just now. I try again for a while: the answer will stand here, or ask again."
)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said and where the answer goes."""

    team: str
    channel: str
    thread: str
    member: str

    @property
    def direct(self) -> bool:
        return self.channel.startswith("D")


@dataclass(frozen=True, slots=True)
class Conversing:
    """Answers colleagues, tells others no, and keeps what customers say in shared channels.

    What somebody proposes where nobody else reads is also shown in `alerts`: whoever proposes
    does not approve.
    """

    db: Database
    chat: Chat
    poster: Poster
    directory: Directory
    cards: Cards
    public_url: str
    clock: Callable[[], datetime]
    alerts: str = ""

    async def message(self, body: Json, event_id: int) -> None:
        """A message in direct messages, a mention, or something said in a shared channel."""
        event = body["event"]
        place = Place(
            str(body.get("team_id", "")),
            str(event["channel"]),
            str(event.get("thread_ts") or event["ts"]),
            str(event.get("user", "")),
        )
        who = await self.directory.who(place.member, self.clock())
        if not place.direct and await self._in_shared(place, who, event, event_id):
            return
        if event.get("type") == "message" and not place.direct:
            return
        await self._answer(place, who, said(str(event.get("text", ""))), f"slack:{event_id}")

    async def command(self, body: Json, event_id: int) -> None:
        """`/dunwell ...`: the question and its answer stand in the direct messages."""
        member = str(body["user_id"])
        text = said(str(body.get("text", ""))) or "help"
        opened = await self.poster.api.write("conversations.open", users=member)
        home = str(opened["channel"]["id"])
        question = Said(escaped(f"/dunwell {text}"))
        thread = await self.poster.once(f"command:{event_id}", home, question, self.clock())
        place = Place(str(body.get("team_id", "")), home, thread, member)
        who = await self.directory.who(member, self.clock())
        await self._answer(place, who, text, f"slack:{event_id}")

    async def chosen(self, body: Json, event_id: int) -> None:
        """Somebody pressed one of the names or suggestions under an answer."""
        container, message = body["container"], body.get("message") or {}
        where, ts = str(container["channel_id"]), str(container["message_ts"])
        thread = str(message.get("thread_ts") or ts)
        team = str((body.get("team") or {}).get("id", ""))
        place = Place(team, where, thread, str(body["user"]["id"]))
        who = await self.directory.who(place.member, self.clock())
        text = said(str(body["actions"][0].get("value", "")))
        await self._answer(place, who, text, f"slack:{event_id}")

    async def started(self, body: Json) -> None:
        """The assistant's pane was opened: what one can ask."""
        about = body["event"].get("assistant_thread") or {}
        prompts = [{"title": title, "message": words} for title, words in _PROMPTS]
        await self.poster.api.write(
            "assistant.threads.setSuggestedPrompts",
            channel_id=about.get("channel_id"),
            thread_ts=about.get("thread_ts"),
            title="Ask about receivables",
            prompts=prompts,
        )

    async def _in_shared(
        self, place: Place, who: Colleague | Stranger, event: Json, event_id: int
    ) -> bool:
        """Whether others read this channel: what they say is kept, and nothing is answered."""
        async with self.db.read() as session:
            known = await channel(session, place.channel)
        mapped = known is not None and known.mapped_at is not None
        if not mapped and not await self._is_shared(place):
            return False
        if isinstance(who, Stranger) and who.standing != "bot":
            heard = Heard(
                event_id,
                place.channel,
                str(event["ts"]),
                place.member,
                said(str(event.get("text", ""))),
                said_at(str(event["ts"])),
            )
            async with self.db.begin() as session:
                await hear(session, heard, self.clock())
        elif event.get("type") == "app_mention":
            await self._whisper(place, _SHARED)
        return True

    async def _is_shared(self, place: Place) -> bool:
        found = await self.poster.api.read("conversations.info", channel=place.channel)
        about = found.get("channel") or {}
        return bool(about.get("is_ext_shared") or about.get("is_pending_ext_shared"))

    async def _answer(
        self, place: Place, who: Colleague | Stranger, text: str, message_id: str
    ) -> None:
        if isinstance(who, Stranger):
            if who.words:
                await self._whisper(place, who.words)
            return
        request = ChatRequest(
            thread=f"slack:{place.team}:{place.channel}:{place.thread}",
            message_id=message_id,
            text=text,
            by=who.person,
            now=self.clock(),
            zone=who.zone,
        )
        try:
            answer = await self.chat.answer(request, progress=self._progress(place))
        except Exception:
            await self._reply(place, message_id, Said(_TROUBLE))
            raise
        await self._reply(place, message_id, answer_message(answer, self.public_url))
        for effect_id in answer.proposed:
            await self.cards.put(effect_id, place.channel, place.thread)
            if place.direct and self.alerts:
                await self.cards.put(effect_id, self.alerts, "")

    async def _reply(self, place: Place, message_id: str, message: Said) -> None:
        """The one answer of a message: what stands there already is replaced."""
        await self.poster.once(
            f"answer:{message_id}", place.channel, message, self.clock(), thread_ts=place.thread
        )

    def _progress(self, place: Place) -> Callable[[str], Awaitable[None]]:
        """What the agent is doing, under the conversation, where Slack shows it."""

        async def tell(words: str) -> None:
            try:
                await self.poster.api.write(
                    "assistant.threads.setStatus",
                    channel_id=place.channel,
                    thread_ts=place.thread,
                    status=escaped(words, 100),
                )
            except (Denied, NotTaken, Uncertain) as error:
                logger.info("the status could not be shown: %s", error)

        return tell

    async def _whisper(self, place: Place, words: str) -> None:
        try:
            await self.poster.api.whisper(
                place.channel, place.member, words, place.thread if place.direct else ""
            )
        except Denied as error:
            logger.info("somebody could not be told no: %s", error)


def said_at(ts: str) -> datetime:
    """The instant of Slack's time stamp "1700000000.123456"."""
    seconds, _, micros = ts.partition(".")
    return datetime.fromtimestamp(0, UTC) + timedelta(
        seconds=int(seconds), microseconds=int(micros or "0")
    )

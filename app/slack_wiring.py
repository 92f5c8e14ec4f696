"""Slack put together: the jobs of the worker, notices, and who takes what Slack brings."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from agent.brain import Brain
from agent.chat import Chat, ChatAnswer, ChatRequest, Progress
from app.service import secret_key
from app.settings import MailSettings
from app.slack_settings import SlackSettings
from app.wiring import Parts
from jobs.clock import Tick
from jobs.handlers import Handler
from outreach import mailer
from outreach.envelope import Transport
from slack_app.client import Poster, SlackApi
from slack_app.conversing import Conversing
from slack_app.deciding import Deciding
from slack_app.mornings import Mornings
from slack_app.notices import TASK as NOTICES
from slack_app.notices import NoticeMail, Notices
from slack_app.people import Directory
from slack_app.refreshing import Cards
from slack_app.worker import CARDS, CHANNELS, DIGEST, SlackJobs

TICKS = (
    Tick(NOTICES, timedelta(seconds=10), lane="notices"),
    Tick(CARDS, timedelta(seconds=5), lane="slack.cards"),
    Tick(CHANNELS, timedelta(minutes=10), lane="slack.channels"),
    Tick(DIGEST, timedelta(minutes=5), lane="slack.digest"),
)


def slack_handlers(parts: Parts, brain: Brain) -> Mapping[str, Handler]:
    """The worker's jobs for Slack and for notices; notices may also leave by mail alone."""
    known = parts.settings.slack
    if known is None:
        return {NOTICES: notices_of(parts, None, None).deliver}
    jobs = jobs_of(parts, known, AgentInReach(parts, brain))
    notices = notices_of(parts, jobs.conversing.poster, jobs.cards)
    return {**jobs.handlers(), NOTICES: notices.deliver}


def jobs_of(parts: Parts, known: SlackSettings, chat: Chat) -> SlackJobs:
    """Slack's jobs, with `chat` to answer colleagues."""
    api = SlackApi.of(known.bot_token, known.base_url)
    db, clock, url = parts.db, parts.clock, parts.settings.public_url
    poster, directory = Poster(db, api), Directory(db, api)
    channel = parts.settings.notice_routes.get("proposals", "")
    proposals = "" if channel.startswith("mail:") else channel
    cards = Cards(db, poster, url, secret_key(parts.settings).encode(), clock, proposals)
    return SlackJobs(
        db=db,
        api=api,
        conversing=Conversing(db, chat, poster, directory, cards, url, clock, known.alerts_channel),
        deciding=Deciding(db, api, parts.desk, directory, cards, clock),
        cards=cards,
        mornings=Mornings(
            db=db,
            poster=poster,
            directory=directory,
            channel=known.alerts_channel,
            hour=known.digest_hour,
            zone=known.zone,
            public_url=url,
            clock=clock,
        ),
        clock=clock,
    )


def notices_of(parts: Parts, poster: Poster | None, cards: Cards | None) -> Notices:
    """Who delivers notices, by the routes of the settings."""
    settings = parts.settings
    mail = None
    if settings.mail is not None:
        key = secret_key(settings).encode()
        mail = NoticeMail(parts.desk.mailbox, transport_of(settings.mail), key)
    return Notices(
        db=parts.db,
        clock=parts.clock,
        routes=settings.notice_routes,
        alerts=settings.slack.alerts_channel if settings.slack else "",
        public_url=settings.public_url,
        poster=poster,
        cards=cards,
        mail=mail,
    )


def transport_of(known: MailSettings) -> Transport:
    """The mail server that sends."""
    host, port, username, password = known.smtp
    account = mailer.SmtpAccount(
        host, port, mailer.Security(known.smtp_security), username, password
    )
    return partial(mailer.send, account)


class AgentInReach:
    """The chat agent, put together when somebody first speaks: its libraries are heavy."""

    def __init__(self, parts: Parts, brain: Brain) -> None:
        self._parts, self._brain = parts, brain
        self._chat: Chat | None = None
        self._once = asyncio.Lock()

    async def answer(self, request: ChatRequest, *, progress: Progress) -> ChatAnswer:
        """The agent's answer."""
        async with self._once:
            if self._chat is None:
                self._chat = await self._opened()
        return await self._chat.answer(request, progress=progress)

    async def _opened(self) -> Chat:
        from agent.graph.chat import ChatGraph
        from agent.graph.memory import chat_memory

        parts = self._parts
        memory = await parts.at_end.enter_async_context(chat_memory(parts.db))
        return ChatGraph(parts.db, parts.desk, self._brain, memory)

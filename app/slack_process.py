"""Where Slack is connected: Socket Mode in a process of its own, or HTTP beside the API."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.logs import configure
from app.service import database, stop_signal
from app.settings import Settings
from app.site import SLACK_DOOR
from app.slack_settings import SlackSettings
from app.wiring import Parts, assembled
from slack_app.client import SlackApi
from slack_app.receiving import Receiver
from store.migrations import upgrade
from store.slots import report

_LARGEST = 500_000
_AGAIN, _LOOK_EVERY = 5.0, 30.0
logger = logging.getLogger(__name__)


def run_slack(settings: Settings) -> None:
    """Be connected to Slack until asked to stop; without Slack in the settings, only wait."""
    configure(settings.log_level)
    with database(settings) as url:
        upgrade(url)
        asyncio.run(_run(settings, url))


async def _run(settings: Settings, url: str) -> None:
    stopped = stop_signal()
    async with assembled(settings, url) as parts:
        known = settings.slack
        if known is None or not known.app_token:
            await stopped.wait()
            return
        await listen(parts, known, stopped)


async def listen(parts: Parts, known: SlackSettings, stopped: asyncio.Event) -> None:
    """Hold the connection of Socket Mode; it is opened anew whenever it breaks."""
    receiver = receiver_of(parts, known)
    client = AsyncWebClient(
        known.bot_token, known.base_url or AsyncWebClient.BASE_URL, retry_handlers=[]
    )
    handler: Any = AsyncSocketModeHandler(receiver.app(), known.app_token, web_client=client)
    try:
        await _connected(parts, handler, stopped)
        while not stopped.is_set():
            await _tell(parts, ok=await handler.client.is_connected(), detail="")
            await _pause(stopped, _LOOK_EVERY)
    finally:
        await receiver.close()
        await handler.close_async()


async def _connected(parts: Parts, handler: Any, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        try:
            await handler.connect_async()
        except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
            words = f"{type(error).__name__}: {error}"
            logger.warning("Slack cannot be reached: %s", words)
            await _tell(parts, ok=False, detail=words)
            await _pause(stopped, _AGAIN)
        else:
            return


async def _pause(stopped: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopped.wait(), seconds)
    except TimeoutError:
        return


async def _tell(parts: Parts, *, ok: bool, detail: str) -> None:
    async with parts.db.begin() as session:
        await report(session, "slack", ok=ok, detail=detail, now=parts.clock())


def receiver_of(parts: Parts, known: SlackSettings) -> Receiver:
    """Who takes what Slack brings."""
    api = SlackApi.of(known.bot_token, known.base_url)
    return Receiver(parts.db, api, parts.clock, known.signing_secret)


def http_app(parts: Parts, known: SlackSettings) -> Starlette:
    """The door for Slack's signed requests; bodies without a right signature are refused."""
    handler = AsyncSlackRequestHandler(receiver_of(parts, known).app())

    async def take(request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > _LARGEST:
            return Response(status_code=413)
        return await handler.handle(request)

    return Starlette(routes=[Route(SLACK_DOOR, take, methods=["POST"])])

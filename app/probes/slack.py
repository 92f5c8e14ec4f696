"""Slack: sign in, compare what the app may do with what it needs, look at the channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from app.probes.finding import Finding, bad, fine, unset
from app.slack_settings import SlackSettings

# What docs/howto/slack.md asks for, and what each is for.
SCOPES = {
    "app_mentions:read": "to hear mentions",
    "assistant:write": "to show what it is doing in the assistant's pane",
    "channels:history": "to hear customers in shared channels",
    "channels:read": "to know which channels are shared",
    "chat:write": "to answer",
    "commands": "for /dunwell",
    "groups:history": "to hear customers in private shared channels",
    "groups:read": "to know which private channels are shared",
    "im:history": "to hear direct messages",
    "im:write": "to open direct messages",
    "users:read": "to refuse guests and others",
    "users:read.email": "to know who somebody is",
}


async def workspace(known: SlackSettings | None, seconds: float) -> Sequence[Finding]:
    """Sign in with both tokens and read the alerts channel; nothing is posted."""
    if known is None:
        fix = "set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to talk in Slack"
        return [unset("slack", fix)]
    base = known.base_url or AsyncWebClient.BASE_URL
    client = AsyncWebClient(known.bot_token, base, timeout=int(seconds), retry_handlers=[])
    try:
        signed = await client.auth_test()
    except SlackApiError as error:
        return [bad("slack", f"Slack answers {_code(error)}", "check SLACK_BOT_TOKEN")]
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        return [bad("slack", f"{base}: {type(error).__name__}", "check the network")]
    found = [fine("slack", f"signed in to {signed.get('team')} as {signed.get('user')}")]
    found += _scopes(dict(signed.headers))
    return [*found, await _socket(client, known), await _alerts(client, known)]


def _scopes(headers: Mapping[str, Any]) -> list[Finding]:
    given = next((str(v) for k, v in headers.items() if k.lower() == "x-oauth-scopes"), "")
    if not given:
        return []
    held = {part.strip() for part in given.split(",")}
    missing = [f"{name} ({why})" for name, why in SCOPES.items() if name not in held]
    if not missing:
        return [fine("slack scopes", f"{len(SCOPES)} granted")]
    fix = "add them to the app's manifest and install it again"
    return [bad("slack scopes", f"missing: {', '.join(missing)}", fix)]


async def _socket(client: AsyncWebClient, known: SlackSettings) -> Finding:
    if not known.app_token:
        return fine("slack events", "by HTTP at /slack/events, signed")
    try:
        await client.apps_connections_open(app_token=known.app_token)
    except SlackApiError as error:
        fix = "check SLACK_APP_TOKEN (scope connections:write) and that Socket Mode is on"
        return bad("slack events", f"Slack answers {_code(error)}", fix)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        return bad("slack events", type(error).__name__, "check the network")
    return fine("slack events", "by Socket Mode")


async def _alerts(client: AsyncWebClient, known: SlackSettings) -> Finding:
    if not known.alerts_channel:
        fix = "set SLACK_ALERTS_CHANNEL for the morning digest and notices"
        return unset("slack alerts", fix)
    try:
        answer = await client.conversations_info(channel=known.alerts_channel)
    except SlackApiError as error:
        return bad("slack alerts", f"Slack answers {_code(error)}", "check SLACK_ALERTS_CHANNEL")
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        return bad("slack alerts", type(error).__name__, "check the network")
    channel: Mapping[str, Any] = answer.get("channel") or {}
    name = f"#{channel.get('name', known.alerts_channel)}"
    if channel.get("is_ext_shared"):
        return bad("slack alerts", f"{name} is read by another company", "choose another channel")
    if not channel.get("is_member"):
        return bad("slack alerts", f"Dunwell is not in {name}", f"/invite @Dunwell in {name}")
    return fine("slack alerts", name)


def _code(error: SlackApiError) -> str:
    data = error.response.data if error.response is not None else {}
    return str(data.get("error", "an error")) if isinstance(data, dict) else "an error"

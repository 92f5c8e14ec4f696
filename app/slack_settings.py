"""How Dunwell speaks in Slack, and where notices to our own people go."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.option import Option

BOT, APP, SIGNING = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"
ALERTS, ROUTES, ZONE = "SLACK_ALERTS_CHANNEL", "DUNWELL_NOTICE_ROUTES", "SLACK_ZONE"
_ROUTE = re.compile(r"([a-z][a-z0-9_]{0,39})=(mail:[^\s@<>,]+@[^\s@<>,]+|[CG][A-Z0-9]{2,20})")

SLACK_OPTIONS = (
    Option(BOT, "The bot token (xoxb-) of your Slack app; unset: no Slack.", secret=True),
    Option(APP, "The app-level token (xapp-) for Socket Mode: no public address.", secret=True),
    Option(
        SIGNING,
        "The signing secret, to be given events at /slack/events instead of by Socket Mode.",
        secret=True,
    ),
    Option("SLACK_BASE_URL", "Another address of the Web API (the demo sets it)."),
    Option(ALERTS, "Id of the channel for the morning digest and notices without a route."),
    Option("SLACK_DIGEST_HOUR", "From which hour the morning digest is sent, on weekdays.", "8"),
    Option(ZONE, "The time zone of that hour, for example Europe/Berlin.", "UTC"),
    Option(
        ROUTES,
        "Who hears of what: route=channel id or route=mail:address, comma-separated, for example "
        "legal=C0LEGAL,default=mail:ar-team@company.example.",
    ),
)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """A Slack app of one workspace. `app_token` or `signing_secret` is set, or both."""

    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    base_url: str
    alerts_channel: str
    digest_hour: int
    zone: str


def read_slack(
    text: Callable[[str], str],
    number: Callable[[str, int, int], int],
    address: Callable[[str], str],
) -> tuple[SlackSettings | None, list[tuple[str, str]]]:
    """The settings, and what is wrong with them by name."""
    hour, base = number("SLACK_DIGEST_HOUR", 0, 23), address("SLACK_BASE_URL")
    problems = [(name, f"is set, but {BOT} is not") for name in (APP, SIGNING, ALERTS)
                if text(name) and not text(BOT)]  # fmt: skip
    if not text(BOT):
        return None, problems
    for name, start in ((BOT, "xoxb-"), (APP, "xapp-")):
        if text(name) and not text(name).startswith(start):
            problems.append((name, f"must begin with {start}"))
    if not text(APP) and not text(SIGNING):
        problems.append((APP, f"is missing: set it for Socket Mode, or {SIGNING} for HTTP"))
    if text(ALERTS) and not re.fullmatch(r"[CG][A-Z0-9]{2,20}", text(ALERTS)):
        problems.append((ALERTS, "must be a channel id like C0123456789"))
    try:
        ZoneInfo(text(ZONE))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append((ZONE, "must be a time zone like America/New_York"))
    found = SlackSettings(
        bot_token=text(BOT),
        app_token=text(APP),
        signing_secret=text(SIGNING),
        base_url=f"{base}/" if base else "",
        alerts_channel=text(ALERTS),
        digest_hour=hour,
        zone=text(ZONE),
    )
    return found, problems


def read_routes(text: str) -> tuple[Mapping[str, str], list[tuple[str, str]]]:
    """Where the notices of a route go: a channel's id or `mail:address`."""
    routes: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = _ROUTE.fullmatch(part)
        if match is None:
            words = f"{part!r} must look like legal=C0123456 or legal=mail:name@company.example"
            return {}, [(ROUTES, words)]
        routes[match.group(1)] = match.group(2)
    return routes, []

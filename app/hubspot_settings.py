"""How to reach HubSpot, which of its deals are billed, and the names of the account's fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.option import Option
from sources.hubspot.account import HubSpotAccount, PropertyNames
from sources.hubspot.moments import day_of

Problem = tuple[str, str]
TOKEN, CLIENT, SECRET = "HUBSPOT_TOKEN", "HUBSPOT_CLIENT_ID", "HUBSPOT_CLIENT_SECRET"
REFRESH, WEBHOOK = "HUBSPOT_REFRESH_TOKEN", "HUBSPOT_WEBHOOK_SECRET"
BASE, VERSION = "HUBSPOT_BASE_URL", "HUBSPOT_API_VERSION"
PIPELINES, STAGES = "HUBSPOT_PIPELINES", "HUBSPOT_WON_STAGES"
CURRENCY, ZONE, BILLED = "HUBSPOT_CURRENCY", "HUBSPOT_ZONE", "HUBSPOT_BILLED"
PROPERTIES, RESERVE = "HUBSPOT_PROPERTIES", "HUBSPOT_DAILY_RESERVE"
POLL, FROM = "HUBSPOT_POLL_SECONDS", "HUBSPOT_FROM"
_NAME = re.compile(r"[a-z0-9_]{1,100}")
_PARTS = tuple(part.name for part in fields(PropertyNames))

HUBSPOT_OPTIONS = (
    Option(TOKEN, "The access token of a private app (pat-); unset: OAuth, or none.", secret=True),
    Option(CLIENT, "OAuth instead of a private app: the app's client id."),
    Option(SECRET, "Its client secret.", secret=True),
    Option(REFRESH, "The refresh token of its installation in your account.", secret=True),
    Option(
        WEBHOOK,
        "The client secret of the app that sends webhooks to /webhooks/hubspot; unset: deals are "
        "found by looking only.",
        secret=True,
    ),
    Option(BASE, "Another address of the API (the demo sets it).", "https://api.hubapi.com"),
    Option(VERSION, "v3, or a dated version of the API like 2026-09.", "v3"),
    Option(POLL, "Seconds between two looks for changed deals.", "300"),
    Option(FROM, "The day (YYYY-MM-DD) from which the first look counts changes."),
    Option(PIPELINES, "Ids of the pipelines that are billed, comma-separated; unset: all."),
    Option(
        STAGES,
        "Ids of the stages that count as won, comma-separated; unset: HubSpot's closed-won.",
    ),
    Option(CURRENCY, "The currency of deals without one, for example USD."),
    Option(ZONE, "The time zone of the day a deal was won.", "UTC"),
    Option(BILLED, "When recurring lines are billed: advance or arrears.", "advance"),
    Option(
        PROPERTIES,
        "Internal names of your own properties: name=property, comma-separated. Names are "
        f"{', '.join(_PARTS)}.",
    ),
    Option(RESERVE, "Stop when so few of the day's requests are left to other programs.", "1000"),
)


@dataclass(frozen=True, slots=True)
class HubSpotSettings:
    """What is read, how often, and from which day the first time (None: from the day before)."""

    account: HubSpotAccount
    poll_seconds: int
    since: date | None = None


def read_hubspot(
    text: Callable[[str], str],
    number: Callable[[str, int, int], int],
    address: Callable[[str], str],
) -> tuple[HubSpotSettings | None, list[Problem]]:
    """The settings, None where no token is set; and what is wrong with them by name."""
    problems = _keys(text)
    names, wrong = _names(text(PROPERTIES))
    account = HubSpotAccount(
        token=text(TOKEN),
        client_id=text(CLIENT),
        client_secret=text(SECRET),
        refresh_token=text(REFRESH),
        webhook_secret=text(WEBHOOK),
        base_url=address(BASE),
        version=text(VERSION),
        pipelines=_list(text(PIPELINES)),
        won_stages=_list(text(STAGES)),
        currency=text(CURRENCY),
        zone=text(ZONE),
        billed="arrears" if text(BILLED) == "arrears" else "advance",
        daily_reserve=number(RESERVE, 0, 10**9),
        names=names,
    )
    found = HubSpotSettings(account, number(POLL, 10, 86_400), day_of(text(FROM)))
    problems += wrong + _odd(text)
    return (found if account.token or account.refresh_token else None), problems


def _keys(text: Callable[[str], str]) -> list[Problem]:
    oauth = [name for name in (CLIENT, SECRET, REFRESH) if text(name)]
    if text(TOKEN) and oauth:
        return [(TOKEN, f"is set, and so is {oauth[0]}: set a private app or OAuth, not both")]
    if oauth:
        lacking = [name for name in (CLIENT, SECRET, REFRESH) if not text(name)]
        return [(name, f"is missing: {oauth[0]} is set") for name in lacking]
    if text(WEBHOOK) and not text(TOKEN):
        return [(TOKEN, f"is missing: {WEBHOOK} is set")]
    return []


def _odd(text: Callable[[str], str]) -> list[Problem]:
    problems: list[Problem] = []
    if not re.fullmatch(
        r"https://\S+|http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?", text(BASE)
    ):
        problems.append((BASE, "must begin with https://"))
    if not re.fullmatch(r"v3|20[0-9]{2}-(0[1-9]|1[0-2])(-beta)?", text(VERSION)):
        problems.append((VERSION, f"must be v3 or like 2026-09, not {text(VERSION)!r}"))
    if text(FROM) and (len(text(FROM)) != 10 or day_of(text(FROM)) is None):
        problems.append((FROM, f"must be a day like 2026-01-31, not {text(FROM)!r}"))
    if text(CURRENCY) and not re.fullmatch("[A-Z]{3}", text(CURRENCY)):
        problems.append((CURRENCY, f"must be a currency like USD, not {text(CURRENCY)!r}"))
    if text(BILLED) not in ("advance", "arrears"):
        problems.append((BILLED, f"must be advance or arrears, not {text(BILLED)!r}"))
    try:
        ZoneInfo(text(ZONE))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append((ZONE, f"there is no zone {text(ZONE)!r}; Europe/Berlin is one"))
    return problems


def _names(text: str) -> tuple[PropertyNames, list[Problem]]:
    given: dict[str, str] = {}
    problems: list[Problem] = []
    for part in _list(text):
        name, _, value = (piece.strip() for piece in part.partition("="))
        if name not in _PARTS or not _NAME.fullmatch(value):
            words = f"{part!r} must look like po_number=purchase_order; names: {', '.join(_PARTS)}"
            problems.append((PROPERTIES, words))
        else:
            given[name] = value
    return PropertyNames(**given), problems


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())

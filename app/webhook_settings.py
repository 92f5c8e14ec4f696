"""Where events are sent, and the secrets they are signed with."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from security.standard_webhooks import BadSecret, key_of

URLS, SECRET = "DUNWELL_WEBHOOK_URLS", "DUNWELL_WEBHOOK_SECRET"
_MOST = 10
Problem = tuple[str, str]


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """The endpoints and the secrets. Both may hold tokens, so neither is ever printed."""

    urls: tuple[str, ...] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)


def read_webhooks(urls: str, secrets: str) -> tuple[WebhookSettings | None, list[Problem]]:
    """Both settings, comma-separated, and what is wrong with them by name."""
    addresses = tuple(dict.fromkeys(_parts(urls)))
    keys = tuple(_parts(secrets))
    problems = [(URLS, words) for words in map(_address_trouble, addresses) if words]
    if len(addresses) > _MOST:
        problems.append((URLS, f"must name at most {_MOST} addresses"))
    if addresses and not keys:
        problems.append((SECRET, "is missing: events are always signed"))
    if keys and not addresses:
        problems.append((URLS, f"is missing: {SECRET} is set; set both or neither"))
    if not all(map(_is_secret, keys)):
        problems.append((SECRET, "must be whsec_ and 24 to 64 random bytes in base64"))
    return (WebhookSettings(addresses, keys) if addresses else None), problems


def is_loopback(url: str) -> bool:
    """Whether an address stays on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _is_secret(secret: str) -> bool:
    try:
        key_of(secret)
    except BadSecret:
        return False
    return True


def _address_trouble(url: str) -> str:
    try:
        parts = urlsplit(url)
        known = parts.hostname and (parts.port or True)
    except ValueError:
        known = None
    if not known or parts.scheme not in ("http", "https") or any(c.isspace() for c in url):
        return "must be addresses like https://host.example/path, separated by commas"
    if parts.username or parts.password or parts.fragment:
        return "must not carry a user, a password or a fragment"
    if parts.scheme == "http" and not is_loopback(url):
        return (
            f"must begin with https:// (only this machine may be reached by http): {parts.hostname}"
        )
    return ""

"""OAuth 1.0a signatures (RFC 5849) with HMAC-SHA256, as token-based authentication uses them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, unquote

_PAIR = re.compile(r'\s*([A-Za-z0-9_]+)="([^"]*)"\s*(?:,|$)')


def split_header(header: str) -> dict[str, str]:
    """The decoded parameters of an `Authorization: OAuth` header."""
    return {name: unquote(value) for name, value in _PAIR.findall(header)}


def _encoded(text: str) -> str:
    return quote(text, safe="-._~")


def signature_of(
    method: str,
    url: str,
    query: Sequence[tuple[str, str]],
    oauth: Mapping[str, str],
    consumer_secret: str,
    token_secret: str,
) -> str:
    """The signature over method, URL without query, and every parameter but realm and itself."""
    signed = [(k, v) for k, v in oauth.items() if k not in ("realm", "oauth_signature")]
    pairs = sorted((_encoded(k), _encoded(v)) for k, v in [*signed, *query])
    normal = "&".join(f"{k}={v}" for k, v in pairs)
    text = "&".join((method.upper(), _encoded(url), _encoded(normal)))
    key = f"{_encoded(consumer_secret)}&{_encoded(token_secret)}"
    mac = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(mac).decode()

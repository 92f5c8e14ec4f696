"""HubSpot's three request signatures; the newest one a request carries is the only one that counts.

Version 1: SHA-256 of secret and body; version 2: of secret, method, address and body; version 3: a
base64 HMAC-SHA256 of method, address, body and timestamp
(developers.hubspot.com, "Validating requests").
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import unquote

Fault = Literal["unsigned", "wrong", "too_old", "in_the_future", "malformed"]
V3, STAMP = "x-hubspot-signature-v3", "x-hubspot-request-timestamp"
OLD, VERSION = "x-hubspot-signature", "x-hubspot-signature-version"
TOLERANCE = timedelta(minutes=5)
# The escapes HubSpot decodes before it signs an address; every other one stays.
_ESCAPES = re.compile("%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", re.IGNORECASE)


def fault(
    raw: bytes,
    headers: Mapping[str, str],
    url: str,
    now: datetime,
    secret: str,
    method: str = "POST",
) -> Fault | None:
    """Why a request is not HubSpot's, or None. `url` is the address HubSpot was given.

    Only version 3 knows a time: it may differ from `now` by five minutes either way.
    """
    given = {name.lower(): value.strip() for name, value in headers.items()}
    if V3 in given:
        return _fault_v3(raw, given, url, now, secret, method)
    if not given.get(OLD):
        return "unsigned"
    match given.get(VERSION, "v1").lower():
        case "v1":
            expected = sign_v1(secret, raw)
        case "v2":
            expected = sign_v2(secret, method, url, raw)
        case _:
            return "malformed"
    return None if secret and _same(expected, given[OLD]) else "wrong"


def sign_v1(secret: str, raw: bytes) -> str:
    """Version 1, in hex."""
    return hashlib.sha256(secret.encode() + raw).hexdigest()


def sign_v2(secret: str, method: str, url: str, raw: bytes) -> str:
    """Version 2, in hex."""
    return hashlib.sha256(f"{secret}{method}{url}".encode() + raw).hexdigest()


def sign_v3(secret: str, method: str, url: str, raw: bytes, stamp: str) -> str:
    """Version 3, in base64; `stamp` is in milliseconds, as text."""
    decoded = _ESCAPES.sub(lambda found: unquote(found.group()), url)
    signed = f"{method}{decoded}".encode() + raw + stamp.encode()
    return b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


def _fault_v3(
    raw: bytes, given: Mapping[str, str], url: str, now: datetime, secret: str, method: str
) -> Fault | None:
    stamp = given.get(STAMP, "")
    if not re.fullmatch("[0-9]{1,14}", stamp, re.ASCII):
        return "malformed"
    if not secret or not _same(sign_v3(secret, method, url, raw, stamp), given[V3]):
        return "wrong"
    signed_at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(stamp))
    if signed_at < now - TOLERANCE:
        return "too_old"
    return "in_the_future" if signed_at > now + TOLERANCE else None


def _same(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.encode())

"""Inbound mail delivered by HTTP: authenticated over the raw body, then reduced to raw MIME.

The JSON is `{"MessageID": ..., "RawEmail": ...}`, the mail in base64; other members are ignored.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from security.signatures import Verified, verify

SIGNATURE_HEADER = "x-dunwell-signature"
MAX_BODY = 36 * 1024 * 1024


class WebhookRefusal(StrEnum):
    """Why a delivery is not taken; nothing of it is stored."""

    TOO_LARGE = "too_large"
    UNAUTHORIZED = "unauthorized"
    NOT_JSON = "not_json"
    NO_MESSAGE = "no_message"


@dataclass(frozen=True, slots=True)
class Refused:
    """A delivery that is not taken. `status` is the HTTP answer it deserves."""

    reason: WebhookRefusal
    detail: str = ""

    @property
    def status(self) -> int:
        codes = {WebhookRefusal.TOO_LARGE: 413, WebhookRefusal.UNAUTHORIZED: 401}
        return codes.get(self.reason, 400)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail as the provider received it; `provider_id` is the provider's name for it."""

    provider_id: str
    raw: bytes


def read_signed(
    headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now: datetime
) -> Delivery | Refused:
    """A delivery in our own form. `headers` may be in any case; several secrets may be active."""
    if len(body) > MAX_BODY:
        return Refused(WebhookRefusal.TOO_LARGE, f"{len(body)} bytes")
    checked = verify(_header(headers, SIGNATURE_HEADER), body, secrets, now)
    if not isinstance(checked, Verified):
        return Refused(WebhookRefusal.UNAUTHORIZED, f"signature {checked.value}")
    return _delivery(body)


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _delivery(body: bytes) -> Delivery | Refused:
    try:
        document: Any = json.loads(body)
    except (ValueError, RecursionError):
        return Refused(WebhookRefusal.NOT_JSON)
    if not isinstance(document, dict):
        return Refused(WebhookRefusal.NOT_JSON, "not an object")
    provider_id, content = document.get("MessageID"), document.get("RawEmail")
    if not (isinstance(provider_id, str) and 0 < len(provider_id) <= 200):
        return Refused(WebhookRefusal.NO_MESSAGE, "MessageID is missing")
    if not (isinstance(content, str) and content):
        return Refused(WebhookRefusal.NO_MESSAGE, "RawEmail is missing")
    try:
        return Delivery(provider_id, base64.b64decode(content, validate=True))
    except (binascii.Error, ValueError):
        return Refused(WebhookRefusal.NO_MESSAGE, "RawEmail is not base64")

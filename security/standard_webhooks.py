"""Signatures of events we send: the symmetric scheme of the Standard Webhooks specification.

Source: standardwebhooks.com, version 1: the signed content is "<id>.<seconds>.<body>".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime

PREFIX = "whsec_"
_SHORTEST, _LONGEST = 24, 64


class BadSecret(ValueError):
    """A webhook secret is whsec_ and 24 to 64 random bytes in base64."""


def key_of(secret: str) -> bytes:
    """The bytes of a secret as receivers keep it. Raises BadSecret."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise BadSecret from None
    if not secret.startswith(PREFIX) or not _SHORTEST <= len(key) <= _LONGEST:
        raise BadSecret
    return key


def headers(
    message_id: str, at: datetime, body: bytes, secrets: Sequence[str]
) -> Mapping[str, str]:
    """The three headers of a message, signed with every secret, so that a secret can be replaced.

    Raises BadSecret.
    """
    seconds = str(int(at.timestamp()))
    content = b".".join((message_id.encode(), seconds.encode(), body))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{_mac(secret, content)}" for secret in secrets),
    }


def _mac(secret: str, content: bytes) -> str:
    return base64.b64encode(hmac.new(key_of(secret), content, hashlib.sha256).digest()).decode()

"""Signed webhooks: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`, as Stripe writes it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

TOLERANCE = timedelta(seconds=300)
_MAX_HEADER, _MAX_SIGNATURES = 4096, 10


class SignatureFault(StrEnum):
    """Why a signature is not accepted."""

    MISSING = "missing"
    MALFORMED = "malformed"
    TOO_OLD = "too_old"
    IN_THE_FUTURE = "in_the_future"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Verified:
    """The body is what a holder of one of the secrets signed at `signed_at`."""

    signed_at: datetime


def sign(secret: str, body: bytes, at: datetime, scheme: str = "v1") -> str:
    """The signature header for `body` at a moment."""
    stamp = int(at.timestamp())
    return f"t={stamp},{scheme}={_mac(secret, stamp, body)}"


def verify(
    header: str,
    body: bytes,
    secrets: Sequence[str],
    now: datetime,
    *,
    tolerance: timedelta = TOLERANCE,
    scheme: str = "v1",
) -> Verified | SignatureFault:
    """Check a signature header against every active secret, in constant time for each.

    A moment further from `now` than `tolerance`, before or after, is refused. Empty secrets sign
    nothing.
    """
    if not header:
        return SignatureFault.MISSING
    stamp, signatures = _read(header, scheme)
    if stamp is None or not signatures:
        return SignatureFault.MALFORMED
    expected = [_mac(secret, stamp, body).encode() for secret in secrets if secret]
    matches = [hmac.compare_digest(e, s.encode()) for e in expected for s in signatures]
    if not any(matches):
        return SignatureFault.WRONG
    signed_at = datetime.fromtimestamp(stamp, UTC)
    if signed_at < now - tolerance:
        return SignatureFault.TOO_OLD
    if signed_at > now + tolerance:
        return SignatureFault.IN_THE_FUTURE
    return Verified(signed_at)


def _read(header: str, scheme: str) -> tuple[int | None, list[str]]:
    stamp: int | None = None
    signatures: list[str] = []
    for item in header[:_MAX_HEADER].split(","):
        name, _, value = item.strip().partition("=")
        if name == "t" and value.isascii() and value.isdigit() and len(value) <= 11:
            stamp = int(value)
        elif name == scheme and len(signatures) < _MAX_SIGNATURES:
            signatures.append(value)
    return stamp, signatures


def _mac(secret: str, stamp: int, body: bytes) -> str:
    return hmac.new(secret.encode(), b"%d.%s" % (stamp, body), hashlib.sha256).hexdigest()

"""Random secrets, their stored digests, and short keyed tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets


def new_secret(size: int = 32) -> str:
    """A fresh URL-safe secret of `size` random bytes."""
    return secrets.token_urlsafe(size)


def digest(secret: str) -> str:
    """What is stored of a secret. High entropy needs no slow hash (RFC 4086)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Constant-time equality."""
    return hmac.compare_digest(left.encode(), right.encode())


def keyed(key: bytes, text: str, size: int = 10) -> str:
    """A lower-case base32 HMAC of `text`, cut to `size` bytes: safe in addresses and ids."""
    mac = hmac.new(key, text.encode(), hashlib.sha256).digest()[:size]
    return base64.b32encode(mac).decode().rstrip("=").lower()

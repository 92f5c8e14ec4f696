"""A hash chain: each entry carries the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

GENESIS = "0" * 64


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: equal values have equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: object) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def link(previous: str, entry: Mapping[str, object]) -> str:
    """The hash of `entry` chained to the hash of the entry before it."""
    return hashlib.sha256(f"{previous}\n{canonical(entry)}".encode()).hexdigest()

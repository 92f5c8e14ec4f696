"""Salesforce's JSON, numbers, times and ids as exact values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_NUMBER = re.compile(r"(-?)([0-9]{1,30})(?:\.([0-9]{1,30}))?(?:[eE]([+-]?[0-9]{1,3}))?")
_STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,9})?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_MOST_DIGITS = 40


def decode(raw: bytes) -> Any:
    """Parsed JSON with every number kept as the text it was written as. Raises ValueError."""
    try:
        return json.loads(raw, parse_float=str, parse_int=str, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("the JSON is too deep") from None


def plain_number(text: str) -> str:
    """Decimal text without exponent: large amounts come as 1.25E7. Raises ValueError."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text[:40]!r} is no number")
    sign, whole, fraction, power = match[1], match[2], match[3] or "", int(match[4] or 0)
    if abs(power) > _MOST_DIGITS:
        raise ValueError(f"{text[:40]!r} is out of range")
    digits, point = whole + fraction, len(whole) + power
    if point <= 0:
        digits, point = "0" * (1 - point) + digits, 1
    digits = digits.ljust(point, "0")
    number = digits[:point].lstrip("0") or "0"
    rest = digits[point:].rstrip("0")
    plain = f"{number}.{rest}" if rest else number
    return f"{sign}{plain}" if plain != "0" else "0"


def stamp_of(text: str) -> datetime:
    """A time as Salesforce writes it ("2026-03-01T09:30:00.000+0000"), in UTC, whole seconds.

    Raises ValueError.
    """
    match = _STAMP.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is no time")
    zone = "+00:00" if match[2] == "Z" else match[2]
    return datetime.fromisoformat(match[1] + zone).astimezone(UTC)


def stamp_text(at: datetime) -> str:
    """A time as SOQL reads it: to the second, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def day_of(text: str) -> date:
    """Raises ValueError."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no date")
    return date.fromisoformat(text)


def is_id(text: str) -> bool:
    """Whether it is written like an id: 15 characters, or 18 whose last three fit the others."""
    if not _ID.fullmatch(text):
        return False
    return len(text) == 15 or long_id(text[:15]) == text


def long_id(text: str) -> str:
    """The 18 characters of a 15-character id: three say which letters are capitals."""
    blocks = (text[at : at + 5] for at in (0, 5, 10))
    suffix = (sum(c.isupper() << i for i, c in enumerate(block)) for block in blocks)
    return text[:15] + "".join(_CHECK[bits] for bits in suffix)


def mapping_of(found: object) -> Mapping[str, Any]:
    """The JSON object. Raises ValueError for anything else."""
    if not isinstance(found, Mapping):
        raise ValueError("a JSON object was expected")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")

"""JSON as the record service reads and writes it: exact numbers, references, links."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money
from sandbox.netsuite.errors import Refusal, invalid_content
from sandbox.netsuite.suiteql.sqlfunctions import plain
from sandbox.netsuite.wallclock import day_seconds

Json = Mapping[str, object]
_NUMBER = re.compile(r'"\\u0000#(-?[0-9.]+)"')
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Reference:
    """How a request names a record: by internal or by external id."""

    id: str = ""
    external_id: str = ""


def number(text: str) -> str:
    """A text that `dumps` writes as a JSON number."""
    return f"\0#{text}"


def amount(minor: int, currency: str) -> str:
    """Minor units as a JSON number ("738.0")."""
    text = plain(minor * 10 ** (3 - len(Money(1, currency).plain().partition(".")[2]))) or "0"
    return number(text if "." in text else f"{text}.0")


def amount_text(minor: int, currency: str) -> str:
    """Minor units as text for people ("738.00")."""
    return Money(minor, currency).plain()


def dumps(value: object) -> bytes:
    """Compact JSON."""
    return _NUMBER.sub(r"\1", json.dumps(value, separators=(",", ":"))).encode()


def loads(raw: bytes) -> dict[str, object]:
    """A JSON object with its numbers as text. Raises Refusal."""
    try:
        value = json.loads(raw or b"{}", parse_float=str, parse_int=str, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise _malformed() from error
    if not isinstance(value, dict) or b"\\u0000" in raw:
        raise _malformed()
    return value


def _refuse(text: str) -> str:
    raise ValueError(text)


def _malformed() -> Refusal:
    return Refusal(400, "INVALID_CONTENT", "Invalid content in the request body.")


def minor_units(value: object, currency: str, field: str) -> int:
    """An amount of a request as minor units. Raises Refusal for other text or more digits."""
    try:
        return Money.parse(str(value), currency).minor
    except InvalidAmount as error:
        raise invalid_content(f"Invalid value for the field '{field}': {value}", field) from error


def day(value: object, field: str) -> int:
    """A date of a request as seconds. Raises Refusal."""
    text = str(value)[:10]
    try:
        if not _ISO.fullmatch(text):
            raise ValueError(text)
        return day_seconds(date.fromisoformat(text))
    except ValueError as error:
        raise invalid_content(f"Invalid value for the field '{field}': {value}", field) from error


def truth(value: object, field: str) -> bool:
    """A boolean of a request: true, false, "T" or "F"."""
    if isinstance(value, bool):
        return value
    if value in ("T", "F"):
        return value == "T"
    raise invalid_content(f"Invalid value for the field '{field}': {value}", field)


def reference(value: object, field: str) -> Reference:
    """A reference of a request. Raises Refusal."""
    if isinstance(value, str) and value.isdecimal():
        return Reference(id=value)
    if isinstance(value, Mapping):
        found, external = value.get("id"), value.get("externalId")
        if isinstance(found, str) and len(found) < 19:
            return Reference(id=found)
        if isinstance(external, str):
            return Reference(external_id=external)
    raise invalid_content(f"Invalid reference for the field '{field}'.", field)


def items(value: object, field: str) -> list[dict[str, object]]:
    """The lines of a sublist: `{"items": [...]}`. Raises Refusal."""
    listed = value.get("items") if isinstance(value, Mapping) else None
    if not isinstance(listed, list) or not all(isinstance(line, dict) for line in listed):
        raise invalid_content(f"Invalid sublist '{field}'.", field)
    return listed

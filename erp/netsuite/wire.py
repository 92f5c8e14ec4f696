"""JSON as NetSuite reads and writes it, with every number exact."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.ledger.money import Money

_LITERAL = re.compile(r"-?(?:0|[1-9]\d{0,19})(?:\.\d{1,20})?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is no amount of money, as decimal text: a quantity, a rate."""

    text: str

    def __post_init__(self) -> None:
        if not _LITERAL.fullmatch(self.text):
            raise ValueError(f"not a plain number: {self.text[:40]!r}")


def encode(value: object) -> str:
    """JSON text. Money becomes a number literal with all its digits; a float is refused.

    Raises TypeError for anything JSON has no exact form for.
    """
    match value:
        case None | bool() | int() | str():
            return json.dumps(value)
        case Money():
            return value.plain()
        case Number():
            return value.text
        case Mapping():
            return "{" + ",".join(f"{_name(k)}:{encode(v)}" for k, v in value.items()) + "}"
        case Sequence():
            return "[" + ",".join(encode(item) for item in value) + "]"
        case _:
            raise TypeError(f"{type(value).__name__} has no exact form in JSON")


def _name(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("JSON names are texts")
    return json.dumps(key)


def decode(raw: bytes) -> Any:
    """Parsed JSON with every number kept as the text it was written as.

    Raises ValueError when `raw` is not JSON.
    """
    return json.loads(raw, parse_float=str, parse_int=str, parse_constant=_no_constant)


def _no_constant(name: str) -> str:
    raise ValueError(f"{name} is not JSON")


def reference(netsuite_id: str) -> dict[str, object]:
    """A reference to a record by its internal id."""
    return {"id": netsuite_id}

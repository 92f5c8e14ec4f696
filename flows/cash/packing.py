"""Values of matching as plain JSON and back, so that what was decided on can be kept and reread."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from domain.ledger.money import Money
from domain.matching import decision, item, receipt, rules
from domain.matching.book import Declined
from domain.matching.pattern import Pattern
from domain.matching.settings import MatchSettings
from flows.cash.inputs import Inputs

_MODULES = (item, receipt, decision, rules)
_KNOWN: dict[str, type[Any]] = {
    name: thing
    for module in _MODULES
    for name, thing in vars(module).items()
    if isinstance(thing, type) and (dataclasses.is_dataclass(thing) or issubclass(thing, Enum))
} | {thing.__name__: thing for thing in (Money, Pattern, MatchSettings, Declined, Inputs)}
_LARGEST = 20_000_000


def plain(value: object) -> object:
    """A value as JSON holds it: dataclasses by name and field, sets in a stable order."""
    match value:
        case None | bool():
            return value
        case Enum():
            return {"@": type(value).__name__, "is": value.value}
        case str() | int():
            return value
        case date():
            return {"@": "date", "is": value.isoformat()}
        case tuple() | list():
            return [plain(one) for one in value]
        case frozenset():
            return {"@": "set", "is": sorted((plain(one) for one in value), key=_text)}
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
            return {"@": type(value).__name__, **fields}
        case _:
            raise TypeError(f"{type(value).__name__} is no value of matching")


def value_of(raw: object) -> Any:
    """The value that `plain` was told of. Raises KeyError or ValueError for anything else."""
    if isinstance(raw, list):
        return tuple(value_of(one) for one in raw)
    if not isinstance(raw, Mapping):
        return raw
    kind = str(raw["@"])
    if kind == "date":
        return date.fromisoformat(str(raw["is"]))
    if kind == "set":
        return frozenset(value_of(one) for one in raw["is"])
    known = _KNOWN[kind]
    if issubclass(known, Enum):
        return known(raw["is"])
    return known(**{name: value_of(one) for name, one in raw.items() if name != "@"})


def pack(value: object) -> tuple[str, bytes]:
    """The digest of a value's canonical text, and that text compressed."""
    text = _text(plain(value)).encode()
    return hashlib.sha256(text).hexdigest(), zlib.compress(text, 6)


def unpack(packed: bytes) -> Any:
    """The value that was packed. Raises ValueError when it is larger than any can be."""
    stream = zlib.decompressobj()
    text = stream.decompress(packed, _LARGEST)
    if stream.unconsumed_tail:
        raise ValueError("it is too large")
    return value_of(json.loads(text))


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

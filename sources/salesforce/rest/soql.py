"""SOQL text from names and values: nothing goes into a query unchecked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sources.salesforce.rest.wire import is_id, stamp_text

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}(?:\.[A-Za-z][A-Za-z0-9_]{0,79}){0,4}")
# Characters with an escape in SOQL strings (SOQL reference, "Quoted String Escape Sequences").
_ESCAPES = str.maketrans(
    {"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    | {"\b": "\\b", "\f": "\\f"}
)


class InvalidQuery(ValueError):
    """A name or a value cannot stand in a query."""


def name(text: str) -> str:
    """The API name of an object or a field, also of a parent's field. Raises InvalidQuery."""
    if not _NAME.fullmatch(text):
        raise InvalidQuery(f"{text[:90]!r} is no API name")
    return text


def literal(text: str) -> str:
    """A quoted string. Raises InvalidQuery for control characters without an escape."""
    escaped = text.translate(_ESCAPES)
    if not escaped.isprintable() or len(escaped) > 4_000:
        raise InvalidQuery("a text with control characters, or too long")
    return f"'{escaped}'"


def record_id(text: str) -> str:
    """A quoted id. Raises InvalidQuery."""
    if not is_id(text):
        raise InvalidQuery(f"{text[:40]!r} is no id")
    return literal(text)


def after(stamp_field: str, stamp: datetime, after_id: str, id_field: str = "Id") -> str:
    """Rows behind (`stamp`, `after_id`) in the order of both; from `stamp` on without an id."""
    at, field = stamp_text(stamp), name(stamp_field)
    if not after_id:
        return f"{field} >= {at}"
    behind = f"{name(id_field)} > {record_id(after_id)}"
    return f"({field} > {at} OR ({field} = {at} AND {behind}))"


def select(
    fields: Iterable[str], table: str, where: str, *, order: Iterable[str] = (), limit: int = 0
) -> str:
    """One query; `where` comes from the functions above. Raises InvalidQuery."""
    parts = ["SELECT", ", ".join(map(name, fields)), "FROM", name(table), "WHERE", where]
    ordered = ", ".join(map(name, order))
    if ordered:
        parts += ["ORDER BY", ordered]
    if limit:
        parts += ["LIMIT", str(limit)]
    return " ".join(parts)

"""Queries answered from the records, and values written as Salesforce writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sandbox.salesforce.objects import NUMBERS, ObjectType
from sandbox.salesforce.soql import Both, Compare, Condition, Not, Query, Written
from sandbox.salesforce.store import Org, Record, Value

_KINDS = {
    "datetime": ("datetime",),
    "date": ("date",),
    "boolean": ("boolean",),
    **dict.fromkeys(NUMBERS, ("number",)),
}
_ID_KINDS = ("id", "reference")


class QueryRefused(ValueError):
    """The query names what does not exist, or compares what cannot be; `code` says which."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


class Number(str):
    """The text of a JSON number."""

    __slots__ = ()


def answer(org: Org, query: Query, *, deleted: bool, root: str) -> list[dict[str, Any]]:
    """The rows a query gives. Raises QueryRefused."""
    kind = org.types.get(query.table)
    if kind is None:
        words = f"sObject type '{query.table}' is not supported."
        raise QueryRefused("INVALID_TYPE", words)
    paths = {name: _path(org, kind, name) for name in (*query.fields, *_compared(query))}
    rows = [
        row
        for row in org.records.get(kind.name, {}).values()
        if (deleted or not row["IsDeleted"]) and _holds(org, kind, row, query.where)
    ]
    for name, ascending in reversed(query.order):
        rows.sort(key=lambda row: _order(org, kind, row, paths[name]), reverse=not ascending)
    chosen = rows if query.limit is None else rows[: query.limit]
    return [_shown(org, kind, row, [paths[name] for name in query.fields], root) for row in chosen]


def encoded(value: Any) -> str:
    """JSON text in which a `Number` stands as it is."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(key)}:{encoded(each)}" for key, each in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ",".join(encoded(each) for each in value) + "]"
    return json.dumps(value)


def double_text(text: str) -> str:
    """A number as Java writes a double: "12.0", and "1.25E7" from ten million on."""
    value = Fraction(text)
    if value and not Fraction(1, 1000) <= abs(value) < 10**7:
        digits = text.lstrip("-").replace(".", "")
        whole = text.lstrip("-").partition(".")[0].lstrip("0")
        power = len(whole) - 1 if whole else -(len(digits) - len(digits.lstrip("0")))
        shown = digits.strip("0") or "0"
        sign = "-" if value < 0 else ""
        return f"{sign}{shown[0]}.{shown[1:] or '0'}E{power}"
    return text if "." in text else f"{text}.0"


def _path(org: Org, kind: ObjectType, name: str) -> tuple[str, ...]:
    """The parts of a field path in their own spelling. Raises QueryRefused."""
    *parents, field = name.split(".")
    found: list[str] = []
    here = kind
    for parent in parents:
        known = {each.lower(): each for each in here.parents}
        if parent.lower() not in known:
            words = f"Didn't understand relationship '{parent}' in field path."
            raise QueryRefused("INVALID_FIELD", words)
        found.append(known[parent.lower()])
        here = org.types[here.parents[found[-1]][1]]
    fields = {each.lower(): each for each in here.fields}
    if field.lower() not in fields:
        words = f"No such column '{field}' on entity '{here.name}'."
        raise QueryRefused("INVALID_FIELD", words)
    return (*found, fields[field.lower()])


def _compared(query: Query) -> list[str]:
    names = [name for name, _ in query.order]
    waiting: list[Condition] = [query.where] if query.where else []
    while waiting:
        match waiting.pop():
            case Compare() as compare:
                names.append(compare.field)
            case Not(of):
                waiting.append(of)
            case Both(_, parts):
                waiting.extend(parts)
    return names


def _found(
    org: Org, kind: ObjectType, row: Record, path: tuple[str, ...]
) -> tuple[ObjectType, Value]:
    """The type that holds the last part of a path, and the value; None behind a missing parent."""
    here: Record | None = row
    for parent in path[:-1]:
        name, table = kind.parents[parent]
        here = org.records.get(table, {}).get(str(here[name])) if here else None
        kind = org.types[table]
    return kind, here[path[-1]] if here else None


def _holds(org: Org, kind: ObjectType, row: Record, where: Condition | None) -> bool:
    match where:
        case None:
            return True
        case Not(of):
            return not _holds(org, kind, row, of)
        case Both(every, parts):
            held = (_holds(org, kind, row, part) for part in parts)
            return all(held) if every else any(held)
        case Compare():
            return _compares(org, kind, row, where)


def _compares(org: Org, kind: ObjectType, row: Record, compare: Compare) -> bool:
    path = _path(org, kind, compare.field)
    holder, value = _found(org, kind, row, path)
    field_kind = holder.fields[path[-1]]
    wanted = [_value(written, field_kind, compare.field) for written in compare.values]
    mine = _comparable(value, field_kind)
    match compare.operator:
        case "=" | "in":
            return mine in wanted
        case "!=" | "not in":
            return mine not in wanted
        case "like":
            return isinstance(mine, str) and _like(mine, str(wanted[0]))
        case "<" | "<=" | ">" | ">=" as sign:
            return mine is not None and wanted[0] is not None and _SIGNS[sign](mine, wanted[0])


_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}


def _value(written: Written, field_kind: str, name: str) -> Any:
    """A literal as the field's kind. Raises QueryRefused for one of another kind."""
    if written.kind == "null":
        return None
    if written.kind not in _KINDS.get(field_kind, ("string",)):
        words = f"value of filter criterion for field '{name}' must be of type {field_kind}"
        raise QueryRefused("INVALID_FIELD", words)
    text = written.text == "true" if written.kind == "boolean" else written.text
    if field_kind in _ID_KINDS and not re.fullmatch(
        r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?", str(text)
    ):
        raise QueryRefused("INVALID_QUERY_FILTER_OPERATOR", f"invalid ID field: {text}")
    return _comparable(text, field_kind)


def _comparable(value: Value, kind: str) -> Any:
    """Texts are compared without regard to case, ids with it."""
    if value is None or isinstance(value, bool):
        return value
    if kind == "datetime":
        return datetime.fromisoformat(value.replace("Z", "+00:00")).astimezone(UTC)
    if kind in NUMBERS:
        return Fraction(value)
    if kind in _ID_KINDS:
        return value[:15]
    return value if kind == "date" else value.casefold()


def _like(text: str, pattern: str) -> bool:
    parts = (".*" if c == "%" else "." if c == "_" else re.escape(c) for c in pattern)
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def _order(org: Org, kind: ObjectType, row: Record, path: tuple[str, ...]) -> tuple[bool, Any]:
    holder, value = _found(org, kind, row, path)
    return value is not None, _comparable(value, holder.fields[path[-1]])


def _shown(
    org: Org, kind: ObjectType, row: Record, paths: Sequence[tuple[str, ...]], root: str
) -> dict[str, Any]:
    url = f"{root}/sobjects/{kind.name}/{row['Id']}"
    shown: dict[str, Any] = {"attributes": {"type": kind.name, "url": url}}
    for path in paths:
        if len(path) == 1:
            shown[path[0]] = _written(row[path[0]], kind.fields[path[0]])
    for parent in dict.fromkeys(path[0] for path in paths if len(path) > 1):
        name, table = kind.parents[parent]
        above = org.records.get(table, {}).get(str(row[name]))
        rest = [path[1:] for path in paths if len(path) > 1 and path[0] == parent]
        shown[parent] = _shown(org, org.types[table], above, rest, root) if above else None
    return shown


def _written(value: Value, kind: str) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if kind == "datetime":
        return value.replace("Z", ".000+0000")
    if kind == "int":
        return Number(value)
    return Number(double_text(value)) if kind in NUMBERS else value

"""Where the dates of a line's service go: the fields that the account's metadata shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from erp.netsuite.client import NetSuiteClient, QueryRefused
from erp.netsuite.connection import RECORDS, Connection
from erp.netsuite.errors import Kind
from erp.port import ErpRefused, ErpUnavailable, LineToPost, Rejected

_CATALOG = f"{RECORDS}/metadata-catalog"


async def no_place(erp: Connection, record: str, lines: Iterable[LineToPost]) -> Rejected | None:
    """Why the dates of these lines cannot be written to a record type, or None.

    An account without classic revenue recognition has no standard fields for them: NetSuite's
    revenue management then takes them from custom columns. A catalog that cannot be read, or
    that describes no lines, says nothing either way: the record service then says it itself.
    """
    if not any(line.service_starts_on or line.service_ends_on for line in lines):
        return None
    known = erp.client.config.conventions
    wanted = (known.line_starts_field, known.line_ends_field)
    if erp.line_fields.get(record, frozenset()).issuperset(wanted):
        return None
    shown = await fields_of_lines(erp.client, record)
    missing = [name for name in wanted if shown is not None and name not in shown]
    if not missing:
        erp.line_fields[record] = shown or frozenset(wanted)
        return None
    told = f"lines of this account have no {' and no '.join(missing)}"
    return Rejected(
        Kind.UNKNOWN_FIELD.value,
        f"{told}: name its own date columns in NETSUITE_LINE_DATE_FIELDS",
    )


async def fields_of_lines(client: NetSuiteClient, record: str) -> frozenset[str] | None:
    """The fields of a record type's item lines, None where the catalog does not tell."""
    try:
        answer = await client.describe(f"{_CATALOG}/{record}")
    except (QueryRefused, ErpRefused, ErpUnavailable):
        return None
    return _fields(answer, f"{record}-itemElement")


def _fields(answer: Any, name: str) -> frozenset[str] | None:
    """The schema of that name, whatever the case of the record type in it."""
    schemas = _part(_part(answer, "components"), "schemas")
    for key, schema in schemas.items():
        if key.lower() == name.lower():
            return frozenset(_part(schema, "properties")) or None
    return None


def _part(raw: Any, name: str) -> Mapping[str, Any]:
    found = raw.get(name) if isinstance(raw, Mapping) else None
    return found if isinstance(found, Mapping) else {}

"""What an organisation has: which objects and fields exist, and whether the named ones fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as names_of
from difflib import get_close_matches

from sources.salesforce.config import FieldNames
from sources.salesforce.errors import SalesforceRefused
from sources.salesforce.rest.api import Api, NotFound, Row

NEEDED = ("Opportunity", "OpportunityLineItem", "Account")
# Without the feature or the permission these do not exist for the user (object reference).
OPTIONAL = (
    "OpportunityLineItemSchedule",
    "Quote",
    "QuoteLineItem",
    "Contract",
    "OpportunityContactRole",
)
_OWNERS = {"opportunity": "Opportunity", "line": "OpportunityLineItem", "account": "Account"}
_WORDS = ("string", "picklist", "textarea", "combobox", "reference", "id", "multipicklist")
_NUMBERS = ("double", "int", "string", "picklist", "currency")
_TYPES = {"start": ("date",), "end": ("date",), "months": _NUMBERS}


@dataclass(frozen=True, slots=True)
class Schema:
    """Types of the fields this user may read, by object and field."""

    tables: Mapping[str, Mapping[str, str]]

    def has(self, table: str, field: str = "") -> bool:
        return (
            field in self.tables[table]
            if field and table in self.tables
            else (not field and table in self.tables)
        )


async def read_schema(api: Api, fields: FieldNames) -> Schema:
    """Raises SalesforceRefused where an object or a configured field is missing or unfit."""
    tables: dict[str, Mapping[str, str]] = {}
    for table in (*NEEDED, *OPTIONAL):
        try:
            tables[table] = _fields(await api.describe(table), table)
        except NotFound:
            if table in NEEDED:
                raise SalesforceRefused(f"this user may not read {table}", "permission") from None
    schema = Schema(tables)
    problems = [words for words in (_wrong(schema, *pair) for pair in named(fields)) if words]
    if problems:
        raise SalesforceRefused("; ".join(problems), "fields")
    return schema


def named(fields: FieldNames) -> tuple[tuple[str, str], ...]:
    """The settings that name a field, with the name ("line_end", "End_Date__c")."""
    pairs = ((part.name, getattr(fields, part.name)) for part in names_of(fields))
    return tuple((setting, api_name) for setting, api_name in pairs if api_name)


def owner_of(setting: str) -> str:
    """The object a setting is about: "line_end" names a field of OpportunityLineItem."""
    return _OWNERS[setting.partition("_")[0]]


def _wrong(schema: Schema, setting: str, api_name: str) -> str:
    table = owner_of(setting)
    known = schema.tables[table]
    found = known.get(api_name)
    if found is None:
        close = get_close_matches(api_name, known, 1)
        hint = f"; did you mean {close[0]}?" if close else ""
        return f"{setting}: {table} has no field {api_name} that this user may read{hint}"
    fitting = _TYPES.get(setting.rpartition("_")[2], (*_WORDS, *_NUMBERS))
    if found not in fitting:
        return f"{setting}: {table}.{api_name} is of type {found}, not {' or '.join(fitting)}"
    return ""


def _fields(row: Row, table: str) -> Mapping[str, str]:
    try:
        return {str(field["name"]): str(field["type"]) for field in row["fields"]}
    except (KeyError, TypeError):
        raise SalesforceRefused(f"the description of {table} is not understood") from None

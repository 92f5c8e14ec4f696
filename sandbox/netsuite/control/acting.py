"""What every act of the admin door shares: who acts, on which record, and how fields are read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from sandbox.netsuite.account import Account
from sandbox.netsuite.records.notes import note
from sandbox.netsuite.records.receivables import transaction_row
from sandbox.netsuite.records.wire import loads
from sandbox.netsuite.store import Value

ACTOR = "Sandbox User"
Spec = Mapping[str, object]
Done = dict[str, object]


def numbers_as_text(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields as the record service reads them."""
    return loads(json.dumps(dict(fields)).encode())


def fields_of(spec: Spec) -> dict[str, object]:
    """The record fields an act names. Raises ValueError."""
    fields = spec.get("fields", {})
    if not isinstance(fields, Mapping):
        raise ValueError("fields is an object")
    return numbers_as_text(fields)


def whole(spec: Spec, name: str) -> int:
    """An id an act names; 0 when it does not. Raises ValueError."""
    return int(str(spec.get(name) or 0))


def document(account: Account, spec: Spec, name: str = "id") -> sqlite3.Row:
    """The transaction an act is about. Raises ValueError."""
    found = transaction_row(account.store, whole(spec, name))
    if found is None:
        raise ValueError("no transaction of that id")
    return found


def touch(
    account: Account, row: sqlite3.Row, values: dict[str, Value], change: tuple[str, str, str]
) -> None:
    """Change columns of a transaction, with its timestamp and a system note."""
    stamp = account.stamp()
    moved = {"lastmodifieddate": stamp.wall, "_modified": stamp.utc}
    account.store.update("transaction", int(row["id"]), {**values, **moved})
    note(account.store, stamp, ACTOR, int(row["id"]), (*change, "Change"))

"""Records as GET shows them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sandbox.netsuite.errors import Refusal, no_such_record
from sandbox.netsuite.records.receivables import currency_symbol
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, Field, RecordType, Shape
from sandbox.netsuite.records.statuses import status_label
from sandbox.netsuite.records.sublists import Sublists
from sandbox.netsuite.records.wire import amount, number
from sandbox.netsuite.schema import TABLES
from sandbox.netsuite.store import ErpStore, Value
from sandbox.netsuite.wallclock import day_of, record_datetime

_TRUTH = {"T": True, "F": False}
_APPROVALS = {1: "Pending Approval", 2: "Approved", 3: "Rejected"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Renders records of a store; `base` is the address of the record service."""

    store: ErpStore
    base: str

    def link(self, path: str) -> list[dict[str, str]]:
        """The `links` of something addressable."""
        return [{"rel": "self", "href": f"{self.base}/{path}"}]

    def record(self, kind: RecordType, row: sqlite3.Row, *, expand: bool) -> dict[str, object]:
        """A whole record; sublists are stubs unless `expand`."""
        path = f"{kind.name}/{row['id']}"
        made: dict[str, object] = {"links": self.link(path), "id": str(row["id"])}
        for field in kind.fields:
            value = self._field(field, row)
            if value is not None:
                made[field.name] = value
        for name in kind.sublists:
            stub: dict[str, object] = {"links": self.link(f"{path}/{name}")}
            made[name] = {**stub, **self._sublists.lines(kind, row, name)} if expand else stub
        return made

    @property
    def _sublists(self) -> Sublists:
        return Sublists(self.store, self.link)

    def sublist(self, kind: RecordType, row: sqlite3.Row, name: str) -> dict[str, object]:
        """One sublist. Raises Refusal for an unknown name."""
        known = self._known(kind, name)
        path = f"{kind.name}/{row['id']}/{known}"
        return {"links": self.link(path), **self._sublists.lines(kind, row, known)}

    def line(self, kind: RecordType, row: sqlite3.Row, name: str, key: str) -> dict[str, object]:
        """One line of a sublist. Raises Refusal for an unknown name or line."""
        return self._sublists.line(kind, row, self._known(kind, name), key)

    def _known(self, kind: RecordType, name: str) -> str:
        if name.lower() not in kind.sublists:
            raise no_such_record()
        return name.lower()

    def _field(self, field: Field, row: sqlite3.Row) -> object:
        value: Value = row[field.column]
        if value is None:
            return None
        match field.shape:
            case Shape.TEXT:
                return str(value)
            case Shape.BOOL:
                return _TRUTH[str(value)]
            case Shape.DATE:
                return day_of(int(value)).isoformat()
            case Shape.DATETIME:
                return record_datetime(int(value))
            case Shape.NUMBER:
                return number(f"{float(value):.6f}".rstrip("0").rstrip("."))
            case Shape.MONEY:
                return amount(abs(int(value)), self.symbol(row))
            case Shape.REFERENCE:
                return self.reference(field.target, int(value))
            case Shape.CHOICE:
                return _choice(field, row, value)

    def symbol(self, row: sqlite3.Row) -> str:
        """The currency of a transaction row."""
        return currency_symbol(self.store, int(row["currency"]))

    def _transaction(self, record_id: int) -> dict[str, object]:
        found = self.store.row(
            'SELECT recordtype, trandisplayname FROM "transaction" WHERE id = ?', (record_id,)
        )
        if found is None:
            return {"links": [], "id": str(record_id), "refName": str(record_id)}
        links = self.link(f"{found[0]}/{record_id}")
        return {"links": links, "id": str(record_id), "refName": str(found[1])}

    def reference(self, target: str, record_id: int) -> dict[str, object]:
        """A link to another record with its display name."""
        if target == "transaction":
            return self._transaction(record_id)
        table = TABLES[RECORD_TYPES[target].table]
        sql = " ".join(("SELECT", f'"{table.display}"', "FROM", f'"{table.name}"', "WHERE id = ?"))
        found = self.store.row(sql, (record_id,))
        name = str(found[0]) if found and found[0] is not None else str(record_id)
        return {
            "links": self.link(f"{target}/{record_id}"),
            "id": str(record_id),
            "refName": name,
        }


def _choice(field: Field, row: sqlite3.Row, value: Value) -> dict[str, str]:
    if field.name == "status":
        label = status_label(str(row["type"]), str(value))
        return {"id": label, "refName": label}
    if field.name == "approvalStatus":
        return {"id": str(value), "refName": _APPROVALS.get(int(value or 0), str(value))}
    return {"id": str(value), "refName": str(value)}


def find(store: ErpStore, kind: RecordType, key: str) -> sqlite3.Row:
    """A record by internal id or `eid:<externalId>`. Raises Refusal when there is none."""
    words = ["SELECT * FROM", f'"{kind.table}"', "WHERE"]
    if key.lower().startswith("eid:"):
        words.append("externalid = ?")
        value: Value = key[4:]
    elif key.isdecimal() and len(key) < 19:
        words.append("id = ?")
        value = int(key)
    else:
        raise Refusal(400, "INVALID_REQUEST", f"Invalid record id: {key}")
    words += ["AND", kind.condition]
    row = store.row(" ".join(words), (value,))
    if row is None:
        raise no_such_record()
    return row

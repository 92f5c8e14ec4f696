"""Records as GET shows them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.netsuite.errors import Refusal, no_such_record
from sandbox.netsuite.records.receivables import applications, currency_symbol
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, Field, RecordType, Shape
from sandbox.netsuite.records.statuses import status_label
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
        for name, lines in self._sublists(kind).items():
            stub: dict[str, object] = {"links": self.link(f"{path}/{name}")}
            made[name] = {**stub, **lines(row)} if expand else stub
        return made

    def sublist(self, kind: RecordType, row: sqlite3.Row, name: str) -> dict[str, object]:
        """One sublist. Raises Refusal for an unknown name."""
        lines = {key.lower(): found for key, found in self._sublists(kind).items()}.get(
            name.lower()
        )
        if lines is None:
            raise no_such_record()
        return {"links": self.link(f"{kind.name}/{row['id']}/{name}"), **lines(row)}

    def _sublists(self, kind: RecordType) -> dict[str, Callable[[sqlite3.Row], dict[str, object]]]:
        if kind.document == "invoice":
            return {"item": self._items}
        if kind.document == "creditmemo":
            return {"item": self._items, "apply": self._applied}
        return {"apply": self._applied} if kind.document else {}

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

    def reference(self, target: str, record_id: int) -> dict[str, object]:
        """A link to another record with its display name."""
        table = TABLES[RECORD_TYPES[target].table]
        sql = " ".join(("SELECT", f'"{table.display}"', "FROM", f'"{table.name}"', "WHERE id = ?"))
        found = self.store.row(sql, (record_id,))
        name = str(found[0]) if found and found[0] is not None else str(record_id)
        return {
            "links": self.link(f"{target}/{record_id}"),
            "id": str(record_id),
            "refName": name,
        }

    def _items(self, row: sqlite3.Row) -> dict[str, object]:
        symbol = self.symbol(row)
        found = self.store.rows(
            'SELECT * FROM transactionline WHERE "transaction" = ? AND id > 0 ORDER BY id',
            (row["id"],),
        )
        lines = [
            {
                "links": self.link(f"{row['recordtype']}/{row['id']}/item/{line['id']}"),
                "line": number(str(line["id"])),
                "item": {"id": str(line["item"]), "refName": f"Item {line['item']}"},
                "quantity": number(f"{abs(line['quantity'])}.0"),
                "rate": amount(abs(line["rate"]), symbol),
                "amount": amount(abs(line["foreignamount"]), symbol),
                **({"description": line["memo"]} if line["memo"] else {}),
            }
            for line in found
        ]
        return {"items": lines, "totalResults": number(str(len(lines)))}

    def _applied(self, row: sqlite3.Row) -> dict[str, object]:
        """What is applied, then the customer's other open invoices of that currency."""
        applied = applications(self.store, int(row["id"]))
        candidates = self.store.rows(
            'SELECT * FROM "transaction" WHERE entity = ? AND currency = ? AND type = ?'
            " AND _open = 1 AND status = 'A' ORDER BY id LIMIT 500",
            (row["entity"], row["currency"], "CustInvc"),
        )
        known = {int(found["id"]): found for found in candidates}
        for invoice_id in applied.keys() - known.keys():
            other = self.store.row('SELECT * FROM "transaction" WHERE id = ?', (invoice_id,))
            if other is not None:
                known[invoice_id] = other
        lines = [
            self._apply_line(row, known[key], applied.get(key, 0))
            for key in sorted(known, key=lambda key: (key not in applied, key))
        ]
        return {"items": lines, "totalResults": number(str(len(lines)))}

    def _apply_line(self, row: sqlite3.Row, invoice: sqlite3.Row, part: int) -> dict[str, object]:
        symbol = self.symbol(row)
        path = f"{row['recordtype']}/{row['id']}/apply/doc={invoice['id']},line=0"
        line: dict[str, object] = {
            "links": self.link(path),
            "apply": bool(part),
            "doc": {
                "links": self.link(f"invoice/{invoice['id']}"),
                "id": str(invoice["id"]),
                "refName": invoice["trandisplayname"],
            },
            "line": number("0"),
            "refNum": invoice["tranid"],
            "type": "Invoice",
            "currency": symbol,
            "applyDate": day_of(int(invoice["trandate"])).isoformat(),
            "due": amount(int(invoice["foreignamountunpaid"]) + part, symbol),
            "total": amount(int(invoice["foreigntotal"]), symbol),
        }
        return {**line, "amount": amount(part, symbol)} if part else line


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
    if kind.document:
        words.append(f"AND recordtype = '{kind.document}'")
    row = store.row(" ".join(words), (value,))
    if row is None:
        raise no_such_record()
    return row

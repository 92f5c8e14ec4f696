"""The sublists of records as GET shows them: item, apply, credit, deposit, line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.netsuite.errors import no_such_record
from sandbox.netsuite.records.links import applications, discounts
from sandbox.netsuite.records.receivables import currency_symbol
from sandbox.netsuite.records.recordtypes import RecordType
from sandbox.netsuite.records.statuses import BY_CODE
from sandbox.netsuite.records.wire import amount, number
from sandbox.netsuite.store import ErpStore
from sandbox.netsuite.wallclock import day_of

Lines = list[dict[str, object]]
_MOST = 500
_OPEN = {
    "customerrefund": "type IN ('CustCred', 'CustPymt', 'Journal', 'CustDep')"
    " AND foreignpaymentamountunused > 0",
}
_LINE_TEXTS = (("description", "memo"), ("custcol_dw_project", "custcol_dw_project"))
_LINE_DATES = (
    ("revRecStartDate", "revrecstartdate"),
    ("revRecEndDate", "revrecenddate"),
    ("custcol_dw_service_start", "custcol_dw_service_start"),
    ("custcol_dw_service_end", "custcol_dw_service_end"),
)
_DUE = "type IN ('CustInvc', 'Journal') AND foreignamountunpaid > 0 AND status IN ('A', 'B')"


@dataclass(frozen=True, slots=True)
class Sublists:
    """Renders sublists of a store's records; `link` makes the links of a path."""

    store: ErpStore
    link: Callable[[str], list[dict[str, str]]]

    def lines(self, kind: RecordType, row: sqlite3.Row, name: str) -> dict[str, object]:
        """`items` and `totalResults` of one sublist."""
        found = self._render(kind, row, name)
        return {"items": found, "totalResults": number(str(len(found)))}

    def line(self, kind: RecordType, row: sqlite3.Row, name: str, key: str) -> dict[str, object]:
        """One line, by number or by `doc=1,line=0`. Raises Refusal."""
        wanted = f"/{kind.name}/{row['id']}/{name}/{key}".lower()
        for line in self._render(kind, row, name):
            links = line["links"]
            if isinstance(links, list) and str(links[0]["href"]).lower().endswith(wanted):
                return line
        raise no_such_record()

    def _render(self, kind: RecordType, row: sqlite3.Row, name: str) -> Lines:
        match name:
            case "item":
                return self._items(row)
            case "line":
                return self._journal_lines(row)
            case "apply":
                return self._applied(row, _OPEN.get(kind.name, _DUE))
            case "credit":
                return self._available(row, name, "type IN ('CustCred', 'Journal', 'CustPymt')")
            case "deposit" if kind.name == "customerpayment":
                return self._available(row, name, "type = 'CustDep'")
        return []

    def _items(self, row: sqlite3.Row) -> Lines:
        symbol = currency_symbol(self.store, int(row["currency"]))
        found = self.store.rows(
            "SELECT l.*, i.itemid, d.name AS department_name, c.name AS class_name,"
            " o.name AS location_name FROM transactionline l"
            " LEFT JOIN item i ON i.id = l.item LEFT JOIN department d ON d.id = l.department"
            " LEFT JOIN classification c ON c.id = l.class"
            ' LEFT JOIN location o ON o.id = l.location WHERE l."transaction" = ? AND l.id > 0'
            " AND l.taxline = 'F' ORDER BY l.id",
            (row["id"],),
        )
        return [self._item(row, line, symbol) for line in found]

    def _item(self, row: sqlite3.Row, line: sqlite3.Row, symbol: str) -> dict[str, object]:
        path = f"{row['recordtype']}/{row['id']}/item/{line['id']}"
        sign = -1 if row["type"] == "CustCred" else 1
        shown: dict[str, object] = {
            "links": self.link(path),
            "line": number(str(line["id"])),
            "item": {"id": str(line["item"]), "refName": line["itemid"] or f"Item {line['item']}"},
            "quantity": number(f"{abs(float(line['quantity']))}"),
            "rate": number(f"{float(line['rate']):.10f}".rstrip("0") + "0"),
            "amount": amount(-sign * int(line["foreignamount"]), symbol),
        }
        for name, column in _LINE_TEXTS:
            if line[column]:
                shown[name] = line[column]
        for name in ("department", "class", "location"):
            if line[name]:
                shown[name] = {"id": str(line[name]), "refName": str(line[f"{name}_name"])}
        for name, column in _LINE_DATES:
            if line[column] is not None:
                shown[name] = day_of(int(line[column])).isoformat()
        return shown

    def _journal_lines(self, row: sqlite3.Row) -> Lines:
        symbol = currency_symbol(self.store, int(row["currency"]))
        found = self.store.rows(
            "SELECT l.*, a.accountsearchdisplayname AS label FROM transactionline l"
            ' LEFT JOIN account a ON a.id = l.expenseaccount WHERE l."transaction" = ?'
            " ORDER BY l.id",
            (row["id"],),
        )
        return [self._journal_line(row, line, symbol) for line in found]

    def _journal_line(self, row: sqlite3.Row, line: sqlite3.Row, symbol: str) -> dict[str, object]:
        minor = int(line["foreignamount"])
        shown: dict[str, object] = {
            "links": self.link(f"{row['recordtype']}/{row['id']}/line/{line['id']}"),
            "line": number(str(line["id"])),
            "account": {"id": str(line["expenseaccount"]), "refName": str(line["label"])},
            "debit" if minor > 0 else "credit": amount(abs(minor), symbol),
        }
        if line["entity"]:
            shown["entity"] = {"id": str(line["entity"])}
        return shown | ({"memo": line["memo"]} if line["memo"] else {})

    def _applied(self, row: sqlite3.Row, open_now: str) -> Lines:
        """What is applied, then the customer's other open documents of that currency."""
        applied = applications(self.store, int(row["id"]))
        taken = discounts(self.store, int(row["id"]))
        known = {int(found["id"]): found for found in self._candidates(row, open_now)}
        for document_id in applied.keys() - known.keys():
            other = self.store.row('SELECT * FROM "transaction" WHERE id = ?', (document_id,))
            if other is not None:
                known[document_id] = other
        known.pop(int(row["id"]), None)
        ordered = sorted(known, key=lambda key: (key not in applied, key))
        return [
            self._apply_line(row, known[key], applied.get(key, 0), taken.get(key, 0))
            for key in ordered
        ]

    def _candidates(self, row: sqlite3.Row, condition: str) -> list[sqlite3.Row]:
        words = (
            'SELECT * FROM "transaction" WHERE entity = ? AND currency = ? AND _open = 1 AND',
            condition,
            "ORDER BY id LIMIT ?",
        )
        return self.store.rows(" ".join(words), (row["entity"], row["currency"], _MOST))

    def _available(self, row: sqlite3.Row, name: str, condition: str) -> Lines:
        unused = f"{condition} AND foreignpaymentamountunused > 0"
        others = (one for one in self._candidates(row, unused) if one["id"] != row["id"])
        return [self._open_line(row, found, name) for found in others]

    def _open_line(self, row: sqlite3.Row, found: sqlite3.Row, name: str) -> dict[str, object]:
        symbol = currency_symbol(self.store, int(row["currency"]))
        left = amount(int(found["foreignpaymentamountunused"]), symbol)
        return {
            **self._about(row, found, name),
            "apply": False,
            "remaining" if name == "deposit" else "due": left,
            "total": amount(abs(int(found["foreigntotal"])), symbol),
        }

    def _apply_line(
        self, row: sqlite3.Row, found: sqlite3.Row, part: int, discount: int
    ) -> dict[str, object]:
        symbol = currency_symbol(self.store, int(row["currency"]))
        refund = row["type"] == "CustRfnd"
        left = found["foreignpaymentamountunused" if refund else "foreignamountunpaid"]
        line: dict[str, object] = {
            **self._about(row, found, "apply"),
            "apply": bool(part),
            "currency": symbol,
            "applyDate": day_of(int(found["trandate"])).isoformat(),
            "due": amount(int(left) + part, symbol),
            "total": amount(abs(int(found["foreigntotal"])), symbol),
        }
        if not part:
            return line
        line["amount"] = amount(part - discount, symbol)
        return {**line, "disc": amount(discount, symbol)} if discount else line

    def _about(self, row: sqlite3.Row, found: sqlite3.Row, name: str) -> Mapping[str, object]:
        path = f"{row['recordtype']}/{row['id']}/{name}/doc={found['id']},line=0"
        return {
            "links": self.link(path),
            "doc": {
                "links": self.link(f"{found['recordtype']}/{found['id']}"),
                "id": str(found["id"]),
                "refName": found["trandisplayname"],
            },
            "line": number("0"),
            "refNum": found["tranid"],
            "type": BY_CODE[str(found["type"])].label,
        }

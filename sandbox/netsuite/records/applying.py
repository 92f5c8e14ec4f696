"""The sublists that say what settles what: apply, credit, deposit."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.netsuite.errors import Refusal, invalid_content, invalid_reference, user_error
from sandbox.netsuite.records.receivables import currency_symbol, transaction_row
from sandbox.netsuite.records.wire import items, minor_units, reference, truth
from sandbox.netsuite.store import ErpStore

Wanted = dict[int, int | None]
_LEFT = {
    "CustInvc": "foreignamountunpaid",
    "CustCred": "foreignpaymentamountunused",
    "CustPymt": "foreignpaymentamountunused",
    "CustDep": "foreignpaymentamountunused",
}


@dataclass(frozen=True, slots=True)
class Applying:
    """Reads settling sublists against the transactions of a store."""

    store: ErpStore

    def wanted(self, sublist: object, name: str, symbol: str) -> Wanted:
        """Document id -> minor units; None for all that is due, 0 to unapply. Raises Refusal."""
        wanted: Wanted = {}
        for n, line in enumerate(items(sublist, name)):
            path = f"{name}.items[{n}]"
            document = self.document(line.get("doc"), f"{path}.doc")
            if document in wanted:
                raise invalid_content("The same document is listed twice.", f"{path}.doc")
            applied = truth(line.get("apply", True), f"{path}.apply")
            given = line.get("amount")
            exact = None if given is None else minor_units(given, symbol, f"{path}.amount")
            wanted[document] = exact if applied else 0
        return wanted

    def discounts(self, sublist: object, symbol: str) -> dict[int, int]:
        """Document id -> minor units of discount, of lines that apply. Raises Refusal."""
        taken: dict[int, int] = {}
        for n, line in enumerate(items(sublist, "apply")):
            path = f"apply.items[{n}]"
            if line.get("disc") is None or not truth(line.get("apply", True), f"{path}.apply"):
                continue
            taken[self.document(line.get("doc"), f"{path}.doc")] = minor_units(
                line["disc"], symbol, f"{path}.disc"
            )
        if any(part < 0 for part in taken.values()):
            raise user_error("A discount cannot be negative.")
        return {key: part for key, part in taken.items() if part}

    def document(self, value: object, path: str) -> int:
        """The transaction a line means. Raises Refusal."""
        named = reference(value, path)
        if named.id:
            column, key = "id", named.id
        else:
            column, key = "externalid", named.external_id
        sql = " ".join(('SELECT id FROM "transaction" WHERE', column, "= ? ORDER BY id"))
        found = self.store.row(sql, (key,))
        if found is None:
            raise invalid_reference(key, "doc", path)
        return int(found[0])

    def exact(self, wanted: Mapping[int, int | None], limit: int | None) -> dict[int, int]:
        """`wanted` with "all that is due" made exact, within `limit` altogether."""
        made: dict[int, int] = {}
        for document_id, amount in wanted.items():
            row = transaction_row(self.store, document_id)
            if row is None:
                raise invalid_reference(str(document_id), "doc", "apply")
            left = left_of(row)
            room = left if limit is None else min(left, limit - sum(made.values()))
            made[document_id] = max(0, room) if amount is None else amount
        return made


def left_of(row: sqlite3.Row) -> int:
    """What of a document is open, in minor units."""
    if row["type"] == "Journal":
        return int(row["foreignamountunpaid"]) or int(row["foreignpaymentamountunused"])
    return int(row[_LEFT.get(str(row["type"]), "foreignamountunpaid")])


def spread(pool: int, needs: dict[int, int]) -> dict[int, int]:
    """Give `pool` to documents in order, lowering `needs`; document id -> part."""
    parts: dict[int, int] = {}
    for document_id, need in needs.items():
        part = min(pool, need)
        if part > 0:
            parts[document_id] = part
            needs[document_id] = need - part
            pool -= part
    return parts


def symbol_of(store: ErpStore, row: sqlite3.Row) -> str:
    """The currency of a transaction row."""
    return currency_symbol(store, int(row["currency"]))


def must_be_open(row: sqlite3.Row) -> None:
    """Raises Refusal for a document that nothing can be made out of."""
    if row["status"] in ("D", "E", "V", "H") or row["voided"] == "T":
        raise user_error("The invoice is not open: it cannot be transformed.")


def refuse_transform(source: str, target: str) -> Refusal:
    """A pair that no transform exists for."""
    return Refusal(400, "INVALID_REQUEST", f"{source} cannot be transformed to {target}.")

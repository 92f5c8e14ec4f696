"""What people do in the NetSuite user interface, behind the integration's back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping

from sandbox.netsuite.account import Account
from sandbox.netsuite.errors import user_error
from sandbox.netsuite.records.approving import approval_values
from sandbox.netsuite.records.bodies import millionths
from sandbox.netsuite.records.notes import note
from sandbox.netsuite.records.numbering import write_rates
from sandbox.netsuite.records.receivables import (
    applications,
    currency_symbol,
    settled_by,
    transaction_row,
)
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, TRANSFORMS
from sandbox.netsuite.records.voiding import void_by_journal, void_directly
from sandbox.netsuite.records.wire import day, loads, minor_units
from sandbox.netsuite.store import Value

ACTOR = "Sandbox User"
Spec = Mapping[str, object]


def act(account: Account, spec: Spec) -> dict[str, object]:
    """Carry out `{"do": ..., "id": ...}`. Raises Refusal or ValueError."""
    known = _ACTS.get(str(spec.get("do")))
    if known is None:
        raise ValueError(f"do is one of {', '.join(sorted(_ACTS))}")
    with account.store.transaction():
        return known(account, spec)


def numbers_as_text(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields as the record service reads them."""
    return loads(json.dumps(dict(fields)).encode())


def _row(account: Account, spec: Spec) -> sqlite3.Row:
    found = transaction_row(account.store, int(str(spec.get("id", 0))))
    if found is None:
        raise ValueError("no transaction of that id")
    return found


def _touch(
    account: Account, row: sqlite3.Row, values: dict[str, Value], change: tuple[str, str, str]
) -> None:
    stamp = account.stamp()
    moved = {"lastmodifieddate": stamp.wall, "_modified": stamp.utc}
    account.store.update("transaction", int(row["id"]), {**values, **moved})
    note(account.store, stamp, ACTOR, int(row["id"]), (*change, "Change"))


def _edit_amount(account: Account, spec: Spec) -> dict[str, object]:
    """A new total, not below what is settled."""
    row = _row(account, spec)
    symbol = currency_symbol(account.store, int(row["currency"]))
    total = minor_units(spec.get("amount"), symbol, "amount")
    names = ("foreignamountpaid", "foreignamountunpaid")
    if row["type"] != "CustInvc":
        names = ("foreignpaymentamountused", "foreignpaymentamountunused")
    used = int(row[names[0]])
    if total < used:
        raise user_error("The amount cannot be less than what is applied.")
    sign = -1 if row["type"] == "CustCred" else 1
    rescaled = _rescaled(row, total)
    values: dict[str, Value] = {
        "foreigntotal": sign * total,
        names[1]: total - used,
        "_open": int(total != used),
        "_basetotal": rescaled,
    }
    if row["type"] == "CustInvc" and row["status"] in ("A", "B"):
        values["status"] = "A" if total != used else "B"
    _touch(account, row, values, ("amount", str(row["foreigntotal"]), str(total)))
    _rewrite_lines(account, int(row["id"]), sign * total, sign * rescaled, total - used)
    return {}


def _rescaled(row: sqlite3.Row, total: int) -> int:
    old = abs(int(row["foreigntotal"]))
    return int(row["_basetotal"]) * total // old if old else 0


def _rewrite_lines(account: Account, row_id: int, total: int, base: int, left: int) -> None:
    """One main line and one item line carry the new amount; the ledger stays balanced."""
    store = account.store
    store.execute(
        'DELETE FROM transactionline WHERE "transaction" = ? AND linesequencenumber > 1', (row_id,)
    )
    store.execute(
        "UPDATE transactionline SET foreignamount = ?, netamount = ?, foreignamountunpaid = ?"
        " WHERE \"transaction\" = ? AND mainline = 'T'",
        (total, base, left, row_id),
    )
    store.execute(
        "UPDATE transactionline SET foreignamount = ?, netamount = ?, rate = ?, quantity = 1"
        " WHERE \"transaction\" = ? AND mainline = 'F'",
        (-total, -base, abs(total), row_id),
    )
    for column, sign in (("debit", 1), ("credit", -1)):
        statement = " ".join(
            ("UPDATE transactionaccountingline SET amount = ?, netamount = ?,", column, "= ?")
        )
        amount = abs(base)
        store.execute(
            " ".join((statement, 'WHERE "transaction" = ? AND', column, "IS NOT NULL")),
            (sign * amount, sign * amount, amount, row_id),
        )


def _void(account: Account, spec: Spec) -> dict[str, object]:
    """A direct void, or a reversing journal where the account is set to that."""
    row, store, stamp = _row(account, spec), account.store, account.stamp()
    if not account.void_by_journal:
        void_directly(store, account.ledger(ACTOR), stamp, ACTOR, row)
        return {}
    return {"id": void_by_journal(store, account.ledger(ACTOR), stamp, ACTOR, row)}


def _delete(account: Account, spec: Spec) -> dict[str, object]:
    row = _row(account, spec)
    account.writer(actor=ACTOR).delete(RECORD_TYPES[str(row["recordtype"])], row)
    return {}


def _pay(account: Account, spec: Spec) -> dict[str, object]:
    """Post a payment for an invoice: all that is due, or `amount`."""
    row = _row(account, spec)
    body: dict[str, object] = {}
    if spec.get("amount") is not None:
        line = {"doc": {"id": str(row["id"])}, "apply": True, "amount": str(spec["amount"])}
        body = {"payment": str(spec["amount"]), "apply": {"items": [line]}}
    target = RECORD_TYPES["customerpayment"]
    return {"id": account.writer(actor=ACTOR).transform(row, target, body)}


def _edit(account: Account, spec: Spec) -> dict[str, object]:
    """Change body fields as PATCH would: `{"do": "edit", "id": 1, "fields": {...}}`."""
    row, fields = _row(account, spec), spec.get("fields")
    if not isinstance(fields, Mapping):
        raise ValueError("fields is an object")
    kind = RECORD_TYPES[str(row["recordtype"])]
    account.writer(actor=ACTOR).patch(kind, row, numbers_as_text(fields), frozenset())
    return {}


def _move_customer(account: Account, spec: Spec) -> dict[str, object]:
    """Put an unsettled transaction on another customer."""
    row, entity = _row(account, spec), int(str(spec.get("customer", 0)))
    if settled_by(account.store, int(row["id"])) or applications(account.store, int(row["id"])):
        raise user_error("A transaction with applications cannot change its customer.")
    _touch(account, row, {"entity": entity}, ("entity", str(row["entity"]), str(entity)))
    account.store.execute(
        'UPDATE transactionline SET entity = ? WHERE "transaction" = ?', (entity, row["id"])
    )
    return {}


def _approve(account: Account, spec: Spec) -> dict[str, object]:
    """Pending approval on or off: `{"do": "approve", "id": 1, "approved": false}`."""
    row, approved = _row(account, spec), spec.get("approved", True) is True
    values = approval_values(account.store, row, account.stamp(), approved=approved)
    _touch(account, row, values, ("approvalstatus", str(row["approvalstatus"]), str(approved)))
    return {}


def _period(account: Account, spec: Spec) -> dict[str, object]:
    """Close or lock the period of a date: `{"do": "period", "on": "2026-01-15", "closed": true}`.

    Flags: closed, alllocked, arlocked, aplocked, allownonglchanges.
    """
    on = day(spec.get("on"), "on")
    flags: dict[str, Value] = {
        name: "T" if spec[name] else "F"
        for name in ("closed", "alllocked", "arlocked", "aplocked", "allownonglchanges")
        if name in spec
    }
    for row in account.store.rows(
        "SELECT id FROM accountingperiod WHERE startdate <= ? AND enddate >= ?", (on, on)
    ):
        account.store.update("accountingperiod", int(row["id"]), flags)
    return {}


def _create(account: Account, spec: Spec) -> dict[str, object]:
    """Add a record as POST would: `{"do": "create", "type": "journalEntry", "fields": {...}}`."""
    kind, fields = RECORD_TYPES.get(str(spec.get("type")).lower()), spec.get("fields")
    if kind is None or not isinstance(fields, Mapping):
        raise ValueError("type is a record type and fields an object")
    return {"id": account.writer(actor=ACTOR).create(kind, numbers_as_text(fields))}


def _apply(account: Account, spec: Spec) -> dict[str, object]:
    """`{"do": "apply", "id": 2, "to": 1, "amount": "5.00"}`; amount "0" unapplies."""
    row, given = _row(account, spec), spec.get("amount")
    symbol = currency_symbol(account.store, int(row["currency"]))
    part = None if given is None else minor_units(given, symbol, "amount")
    account.ledger(ACTOR).settle(int(row["id"]), {int(str(spec.get("to", 0))): part})
    return {}


def _transform(account: Account, spec: Spec) -> dict[str, object]:
    """`{"do": "transform", "id": 1, "type": "creditMemo", "fields": {...}}`."""
    row, fields = _row(account, spec), spec.get("fields", {})
    target = RECORD_TYPES.get(str(spec.get("type")).lower())
    if target is None or (str(row["recordtype"]), target.name) not in TRANSFORMS:
        raise ValueError("there is no such transform")
    if not isinstance(fields, Mapping):
        raise ValueError("fields is an object")
    made = account.writer(actor=ACTOR).transform(row, target, numbers_as_text(fields))
    return {"id": made}


def _rate(account: Account, spec: Spec) -> dict[str, object]:
    """A currency's worth in US dollars from now on: `{"do": "rate", "currency": "EUR", ...}`."""
    value = str(spec.get("rate", ""))
    if millionths(value) <= 0:
        raise ValueError("rate is positive")
    changed = account.store.execute(
        "UPDATE currency SET exchangerate = ?, _modified = ? WHERE symbol = ?",
        (value, account.stamp().utc, str(spec.get("currency"))),
    )
    if not changed:
        raise ValueError("no such currency")
    write_rates(account.store, account.stamp())
    return {}


def _lock(account: Account, spec: Spec) -> dict[str, object]:
    """A workflow locks a record, or lets it go: `{"do": "lock", "id": 1, "locked": true}`."""
    row = _row(account, spec)
    key = (str(row["recordtype"]), int(row["id"]))
    if spec.get("locked", True) is True:
        account.role.locked.add(key)
    else:
        account.role.locked.discard(key)
    return {}


_ACTS: dict[str, Callable[[Account, Spec], dict[str, object]]] = {
    "edit_amount": _edit_amount,
    "void": _void,
    "delete": _delete,
    "pay": _pay,
    "edit": _edit,
    "move_customer": _move_customer,
    "approve": _approve,
    "period": _period,
    "create": _create,
    "apply": _apply,
    "transform": _transform,
    "rate": _rate,
    "lock": _lock,
}

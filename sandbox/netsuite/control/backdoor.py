"""What people do in the NetSuite user interface, behind the integration's back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.netsuite.account import Account
from sandbox.netsuite.control.acting import (
    ACTOR,
    Done,
    Spec,
    document,
    fields_of,
    touch,
    whole,
)
from sandbox.netsuite.control.distortions import (
    change_currency,
    control_gap,
    distort,
    duplicate,
    merge_customers,
    move_customer,
)
from sandbox.netsuite.control.quiet import quietly
from sandbox.netsuite.control.revenue_acts import (
    recognize_revenue,
    revenue_rule,
    update_revenue,
)
from sandbox.netsuite.errors import user_error
from sandbox.netsuite.records.approving import approval_values
from sandbox.netsuite.records.bodies import millionths
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.numbering import write_rates
from sandbox.netsuite.records.reading import find
from sandbox.netsuite.records.receivables import applications, currency_symbol, settled_by
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, TRANSFORMS, RecordType
from sandbox.netsuite.records.rewriting import as_posted, rewrite, with_total
from sandbox.netsuite.records.voiding import void_by_journal, void_directly
from sandbox.netsuite.records.wire import day, minor_units
from sandbox.netsuite.store import Value


def act(account: Account, spec: Spec) -> Done:
    """Carry out `{"do": ..., "id": ...}`. Raises Refusal or ValueError.

    With `"quiet": true` no timestamp moves and nothing is added to the list of deletions; what
    is created looks as if it were of `"as_of"` (an instant; a year ago if it is missing).
    """
    known = ACTS.get(str(spec.get("do")))
    if known is None:
        raise ValueError(f"do is one of {', '.join(sorted(ACTS))}")
    with account.store.transaction():
        if spec.get("quiet") is not True:
            return known(account, spec)
        with quietly(account.store, *_as_of(account, spec)):
            return known(account, spec)


def _as_of(account: Account, spec: Spec) -> tuple[int, int]:
    """The instant a quiet creation shows, on the wall and in UTC."""
    at = account.now() - timedelta(days=365)
    if spec.get("as_of"):
        at = datetime.fromisoformat(str(spec["as_of"]))
    if at.tzinfo is None:
        raise ValueError("as_of needs a time zone")
    stamp = Stamp.of(at, account.store.zone)
    return stamp.wall, stamp.utc


def _edit_amount(account: Account, spec: Spec) -> Done:
    """A new total, not below what is settled; the first line takes the difference."""
    row, store = document(account, spec), account.store
    symbol = currency_symbol(store, int(row["currency"]))
    total = minor_units(spec.get("amount"), symbol, "amount")
    if row["type"] == "Journal" or row["voided"] == "T" or total <= 0:
        raise user_error("The amount of this transaction cannot be changed.")
    values = rewrite(store, account.stamp(), with_total(as_posted(store, row), total))
    touch(account, row, values, ("amount", str(row["foreigntotal"]), str(total)))
    return {}


def _void(account: Account, spec: Spec) -> Done:
    """A direct void, or a reversing journal where the account is set to that.

    `"release": true` takes away first what settled the document.
    """
    row, store, stamp = document(account, spec), account.store, account.stamp()
    _release(account, spec, row)
    if not account.void_by_journal:
        void_directly(store, account.ledger(ACTOR), stamp, ACTOR, row)
        return {}
    return {"id": void_by_journal(store, account.ledger(ACTOR), stamp, ACTOR, row)}


def _release(account: Account, spec: Spec, row: sqlite3.Row) -> None:
    if spec.get("release") is True:
        for settler in settled_by(account.store, int(row["id"])):
            account.ledger(ACTOR).settle(settler, {int(row["id"]): 0})


def _delete(account: Account, spec: Spec) -> Done:
    """Remove a transaction, or a record of `type`; `"release": true` unapplies it first."""
    name = str(spec.get("type") or "")
    writer = account.writer(actor=ACTOR)
    if name and not _kind(name).document:
        writer.delete(_kind(name), find(account.store, _kind(name), str(whole(spec, "id"))))
        return {}
    row = document(account, spec)
    _release(account, spec, row)
    writer.delete(RECORD_TYPES[str(row["recordtype"])], document(account, spec))
    return {}


def _pay(account: Account, spec: Spec) -> Done:
    """Post a payment for an invoice: all that is due, or `amount`."""
    row = document(account, spec)
    body: dict[str, object] = {}
    if spec.get("amount") is not None:
        line = {"doc": {"id": str(row["id"])}, "apply": True, "amount": str(spec["amount"])}
        body = {"payment": str(spec["amount"]), "apply": {"items": [line]}}
    target = RECORD_TYPES["customerpayment"]
    return {"id": account.writer(actor=ACTOR).transform(row, target, body)}


def _edit(account: Account, spec: Spec) -> Done:
    """Change body fields as PATCH would: `{"do": "edit", "id": 1, "fields": {...}}`.

    `type` names a record that is no transaction; `"replace": ["item"]` replaces sublists.
    """
    name, replaced = str(spec.get("type") or ""), spec.get("replace", [])
    if not isinstance(replaced, list):
        raise ValueError("replace is a list")
    if name and not _kind(name).document:
        kind, row = _kind(name), find(account.store, _kind(name), str(whole(spec, "id")))
    else:
        row = document(account, spec)
        kind = RECORD_TYPES[str(row["recordtype"])]
    names = frozenset(str(part) for part in replaced)
    account.writer(actor=ACTOR).patch(kind, row, fields_of(spec), names)
    return {}


def _kind(name: str) -> RecordType:
    kind = RECORD_TYPES.get(name.lower())
    if kind is None:
        raise ValueError("no such record type")
    return kind


def _approve(account: Account, spec: Spec) -> Done:
    """Approval given, taken back or refused: `"status"` is approved, pending or rejected.

    `{"do": "approve", "id": 1, "approved": false}` is the same as pending.
    """
    row = document(account, spec)
    plain = "approved" if spec.get("approved", True) is True else "pending"
    wanted = str(spec.get("status") or plain)
    if wanted not in ("approved", "pending", "rejected"):
        raise ValueError("status is approved, pending or rejected")
    values = approval_values(account.store, row, account.stamp(), approved=wanted == "approved")
    if wanted == "rejected" and row["type"] in ("CustInvc", "CustCred"):
        values |= {"status": "E", "approvalstatus": 3}
    change = ("approvalstatus", str(row["approvalstatus"]), str(values["approvalstatus"]))
    touch(account, row, values, change)
    return {}


def _period(account: Account, spec: Spec) -> Done:
    """Close or lock the period of a date: `{"do": "period", "on": "2026-01-15", "closed": true}`.

    Flags: closed, alllocked, arlocked, aplocked, allownonglchanges.
    """
    on = day(spec.get("on"), "on")
    flags: dict[str, Value] = {
        name: "T" if spec[name] else "F"
        for name in ("closed", "alllocked", "arlocked", "aplocked", "allownonglchanges")
        if name in spec
    }
    if not flags:
        raise ValueError("name a flag of the period")
    if "closed" in flags:
        flags["closedondate"] = account.stamp().wall if flags["closed"] == "T" else None
    for row in account.store.rows(
        "SELECT id FROM accountingperiod WHERE startdate <= ? AND enddate >= ?", (on, on)
    ):
        account.store.update("accountingperiod", int(row["id"]), flags)
    return {}


def _create(account: Account, spec: Spec) -> Done:
    """Add a record as POST would: `{"do": "create", "type": "journalEntry", "fields": {...}}`."""
    kind = _kind(str(spec.get("type")))
    return {"id": account.writer(actor=ACTOR).create(kind, fields_of(spec))}


def _apply(account: Account, spec: Spec) -> Done:
    """`{"do": "apply", "id": 2, "to": 1, "amount": "5.00"}`; amount "0" unapplies."""
    row, given = document(account, spec), spec.get("amount")
    symbol = currency_symbol(account.store, int(row["currency"]))
    part = None if given is None else minor_units(given, symbol, "amount")
    account.ledger(ACTOR).settle(int(row["id"]), {whole(spec, "to"): part})
    return {}


def _unapply(account: Account, spec: Spec) -> Done:
    """Take back what a document settled: `{"do": "unapply", "id": 2}`; of one with `from`."""
    row = document(account, spec)
    applied = applications(account.store, int(row["id"]))
    chosen = {whole(spec, "from")} if spec.get("from") else set(applied)
    if not chosen or not chosen <= applied.keys():
        raise ValueError("nothing is applied there")
    account.ledger(ACTOR).settle(int(row["id"]), dict.fromkeys(chosen, 0))
    return {}


def _transform(account: Account, spec: Spec) -> Done:
    """`{"do": "transform", "id": 1, "type": "creditMemo", "fields": {...}}`."""
    row, target = document(account, spec), _kind(str(spec.get("type")))
    if (str(row["recordtype"]), target.name) not in TRANSFORMS:
        raise ValueError("there is no such transform")
    return {"id": account.writer(actor=ACTOR).transform(row, target, fields_of(spec))}


def _rate(account: Account, spec: Spec) -> Done:
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


def _lock(account: Account, spec: Spec) -> Done:
    """A workflow locks a record, or lets it go: `{"do": "lock", "id": 1, "locked": true}`."""
    row = document(account, spec)
    key = (str(row["recordtype"]), int(row["id"]))
    if spec.get("locked", True) is True:
        account.role.locked.add(key)
    else:
        account.role.locked.discard(key)
    return {}


ACTS: dict[str, Callable[[Account, Spec], Done]] = {
    "apply": _apply,
    "approve": _approve,
    "control_gap": control_gap,
    "create": _create,
    "currency": change_currency,
    "delete": _delete,
    "distort": distort,
    "duplicate": duplicate,
    "edit": _edit,
    "edit_amount": _edit_amount,
    "lock": _lock,
    "merge": merge_customers,
    "move_customer": move_customer,
    "pay": _pay,
    "period": _period,
    "rate": _rate,
    "recognize_revenue": recognize_revenue,
    "revenue_rule": revenue_rule,
    "transform": _transform,
    "unapply": _unapply,
    "update_revenue": update_revenue,
    "void": _void,
}

"""Changes people and scripts make that the books do not expect; for finding drift."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from domain.ledger.money import exponent
from sandbox.netsuite.account import Account
from sandbox.netsuite.control.acting import ACTOR, Done, Spec, document, touch, whole
from sandbox.netsuite.errors import user_error
from sandbox.netsuite.records.accounting import AR_ACCOUNT
from sandbox.netsuite.records.documents import post
from sandbox.netsuite.records.journals import JournalLine, NewJournal, write_journal
from sandbox.netsuite.records.notes import ENTITY_NOTE, note
from sandbox.netsuite.records.numbering import next_transaction_id, rate_on
from sandbox.netsuite.records.receivables import (
    applications,
    check_period,
    currency_symbol,
    settled_by,
)
from sandbox.netsuite.records.rewriting import as_posted, rewrite
from sandbox.netsuite.records.statuses import DEPOSIT, JOURNAL, PAYMENT
from sandbox.netsuite.records.wire import day, minor_units
from sandbox.netsuite.store import Value

_BAD_DEBT = 8
_LETTERS = ("A", "B", "C", "D", "E", "R", "V")


def duplicate(account: Account, spec: Spec) -> Done:
    """A document entered once more: same customer, amount and reference, no external id.

    `{"do": "duplicate", "id": 2001, "on": "2026-03-02"}`. Nothing of the copy is applied.
    """
    row, store = document(account, spec), account.store
    if row["type"] == JOURNAL.code or row["voided"] == "T":
        raise user_error("This transaction cannot be copied.")
    old = as_posted(store, row)
    on = day(spec["on"], "on") if spec.get("on") else old.on
    new = replace(
        old,
        id=next_transaction_id(store),
        on=on,
        period=check_period(store, on),
        due_on=None if row["duedate"] is None else int(row["duedate"]) - old.on + on,
        status=str(row["status"]) if old.document in (PAYMENT, DEPOSIT) else "A",
        other_ref=str(row["otherrefnum"] or ""),
        terms=row["terms"],
        approval=row["approvalstatus"],
        used=0,
        created_from=None,
    )
    post(store, new, account.stamp())
    created = ("record", "", f"created {row['recordtype']}", "Create")
    note(store, account.stamp(), ACTOR, new.id, created)
    return {"id": new.id}


def control_gap(account: Account, spec: Spec) -> Done:
    """A journal on receivables that names no customer: `{"subsidiary": 1, "amount": "12.34"}`.

    The ledger's receivables then differ from the sum of the customers' documents.
    """
    subsidiary = whole(spec, "subsidiary") or 1
    own = account.store.number("SELECT currency FROM subsidiary WHERE id = ?", (subsidiary,))
    amount = minor_units(spec.get("amount"), currency_symbol(account.store, own), "amount")
    on = day(spec["on"], "on") if spec.get("on") else account.stamp().day
    lines = (
        JournalLine(_BAD_DEBT, -amount, None, "", receivable=False),
        JournalLine(AR_ACCOUNT, amount, None, "", receivable=False),
    )
    memo = str(spec.get("memo") or "Adjustment of receivables")
    made = write_journal(
        account.store, account.stamp(), NewJournal(subsidiary, own, 10**6, on, lines, memo)
    )
    created = ("record", "", "created journalentry", "Create")
    note(account.store, account.stamp(), ACTOR, made, created)
    return {"id": made}


def distort(account: Account, spec: Spec) -> Done:
    """An open amount, a status, or both, as a script would leave them.

    `{"do": "distort", "id": 1001, "open": "5.00", "status": "B"}`: lines, links and ledger stay,
    so the open amount no longer is the total less what is applied.
    """
    row = document(account, spec)
    values: dict[str, Value] = {}
    if spec.get("open") is not None:
        values |= _open_values(account, row, spec["open"])
    if spec.get("status") is not None:
        if spec["status"] not in _LETTERS:
            raise ValueError(f"status is one of {', '.join(_LETTERS)}")
        values["status"] = str(spec["status"])
    if not values:
        raise ValueError("open or status is needed")
    field = next(iter(values))
    touch(account, row, values, (field, str(row[field]), str(values[field])))
    return {}


def _open_values(account: Account, row: sqlite3.Row, given: object) -> dict[str, Value]:
    symbol = currency_symbol(account.store, int(row["currency"]))
    left = minor_units(given, symbol, "open")
    debit = row["type"] == "CustInvc" or (
        row["type"] == JOURNAL.code and int(row["foreignamountunpaid"]) > 0
    )
    column = "foreignamountunpaid" if debit else "foreignpaymentamountunused"
    account.store.execute(
        "UPDATE transactionline SET foreignamountunpaid = ?"
        " WHERE \"transaction\" = ? AND mainline = 'T'",
        (left, row["id"]),
    )
    return {column: left, "_open": int(left != 0)}


def change_currency(account: Account, spec: Spec) -> Done:
    """The same figures in another currency: `{"do": "currency", "id": 1001, "currency": "EUR"}`.

    For documents without applications. `rate` is optional.
    """
    row, store = document(account, spec), account.store
    if settled_by(store, int(row["id"])) or applications(store, int(row["id"])):
        raise user_error("A transaction with applications cannot change its currency.")
    found = store.row("SELECT id FROM currency WHERE symbol = ?", (str(spec.get("currency")),))
    if found is None or row["type"] == JOURNAL.code:
        raise ValueError("no such currency, or a journal")
    symbol = str(spec["currency"])
    old = as_posted(store, row)
    shift = exponent(symbol) - exponent(old.currency)

    def moved(minor: int) -> int:
        return int(minor * 10**shift if shift >= 0 else max(1, minor // 10**-shift))

    lines = tuple(replace(line, amount=moved(line.amount), rate="") for line in old.lines)
    rate = rate_on(store, symbol, old.base_currency, old.on)
    new = replace(
        old,
        currency=symbol,
        currency_id=int(found[0]),
        rate_millionths=10**6 if symbol == old.base_currency else rate,
        lines=lines,
        total=sum(line.amount for line in lines) if lines else moved(old.total),
    )
    values = rewrite(store, account.stamp(), new)
    touch(account, row, values, ("currency", str(row["currency"]), str(found[0])))
    return {}


def move_customer(account: Account, spec: Spec) -> Done:
    """Put an unsettled transaction on another customer: `{"id": 1001, "customer": 101}`."""
    row, entity = document(account, spec), whole(spec, "customer")
    if settled_by(account.store, int(row["id"])) or applications(account.store, int(row["id"])):
        raise user_error("A transaction with applications cannot change its customer.")
    if account.store.row("SELECT id FROM customer WHERE id = ?", (entity,)) is None:
        raise ValueError("no such customer")
    touch(account, row, {"entity": entity}, ("entity", str(row["entity"]), str(entity)))
    _move_lines(account, int(row["id"]), entity)
    return {}


def merge_customers(account: Account, spec: Spec) -> Done:
    """Merge a customer into another: `{"do": "merge", "customer": 101, "into": 100}`.

    Documents and contacts move, the customer is gone without a row in the list of deletions.
    """
    old, new, store = whole(spec, "customer"), whole(spec, "into"), account.store
    known = store.rows(
        "SELECT id, currency, _subsidiary FROM customer WHERE id IN (?, ?)", (old, new)
    )
    if len(known) != 2 or tuple(known[0])[1:] != tuple(known[1])[1:]:
        raise ValueError("two customers of one subsidiary and currency are needed")
    for row in store.rows('SELECT * FROM "transaction" WHERE entity = ?', (old,)):
        touch(account, row, {"entity": new}, ("entity", str(old), str(new)))
        _move_lines(account, int(row["id"]), new)
    store.execute("UPDATE contact SET company = ? WHERE company = ?", (new, old))
    store.execute("UPDATE customer SET parent = ? WHERE parent = ?", (new, old))
    store.execute("DELETE FROM customersubsidiaryrelationship WHERE entity = ?", (old,))
    store.execute("DELETE FROM customer WHERE id = ?", (old,))
    stamp = account.stamp()
    moved: dict[str, Value] = {"lastmodifieddate": stamp.wall, "_modified": stamp.utc}
    store.update("customer", new, moved)
    note(store, stamp, ACTOR, new, ("merge", str(old), str(new), "Change"), ENTITY_NOTE)
    return {}


def _move_lines(account: Account, document_id: int, entity: int) -> None:
    account.store.execute(
        'UPDATE transactionline SET entity = ? WHERE "transaction" = ?', (entity, document_id)
    )

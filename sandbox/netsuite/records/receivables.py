"""The receivables arithmetic: what payments and credits settle, in whole minor units."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.ledger.money import Money
from sandbox.netsuite.errors import invalid_reference, user_error
from sandbox.netsuite.records.statuses import CREDIT, INVOICE
from sandbox.netsuite.store import ErpStore, Value
from sandbox.netsuite.wallclock import utc_seconds, wall_seconds

LINK_PAYMENT = "Payment"


@dataclass(frozen=True, slots=True)
class Stamp:
    """One moment, as the wall clock and as UTC seconds."""

    wall: int
    utc: int

    @classmethod
    def of(cls, now: datetime, zone: str) -> Stamp:
        return cls(wall_seconds(now, zone), utc_seconds(now))


def currency_symbol(store: ErpStore, currency_id: int) -> str:
    """ISO code of a currency id."""
    found = store.row("SELECT symbol FROM currency WHERE id = ?", (currency_id,))
    if found is None:
        raise invalid_reference(str(currency_id), "currency", "currency")
    return str(found[0])


def transaction_row(store: ErpStore, transaction_id: int) -> sqlite3.Row | None:
    """A transaction by id."""
    return store.row('SELECT * FROM "transaction" WHERE id = ?', (transaction_id,))


def applications(store: ErpStore, document_id: int) -> dict[int, int]:
    """Invoice id -> minor units that a payment or credit memo has applied."""
    rows = store.rows(
        "SELECT previousdoc, foreignamount FROM nexttransactionlinelink"
        " WHERE nextdoc = ? AND linktype = ? ORDER BY previousdoc",
        (document_id, LINK_PAYMENT),
    )
    return {int(row[0]): int(row[1]) for row in rows}


def settled_by(store: ErpStore, invoice_id: int) -> dict[int, int]:
    """Payment or credit memo id -> minor units applied to an invoice."""
    rows = store.rows(
        "SELECT nextdoc, foreignamount FROM nexttransactionlinelink"
        " WHERE previousdoc = ? AND linktype = ?",
        (invoice_id, LINK_PAYMENT),
    )
    return {int(row[0]): int(row[1]) for row in rows}


def check_period(store: ErpStore, on: int, *, allow_locked: bool = False) -> int:
    """The posting period of a date. Raises Refusal when there is none or it is closed to AR."""
    found = store.row(
        "SELECT * FROM accountingperiod WHERE startdate <= ? AND enddate >= ?"
        " AND isposting = 'T' AND isyear = 'F' AND isquarter = 'F' AND isadjust = 'F'",
        (on, on),
    )
    if found is None:
        raise user_error(
            "The transaction date you specified is not within the date range of your"
            " accounting period."
        )
    shut = any(found[flag] == "T" for flag in ("closed", "alllocked", "arlocked"))
    if shut and not allow_locked:
        raise user_error(
            f"The posting period {found['periodname']} is closed or locked for this transaction."
        )
    return int(found["id"])


class Receivables:
    """Applies and unapplies documents of one store at one moment."""

    def __init__(self, store: ErpStore, stamp: Stamp, *, bump_invoice: bool) -> None:
        self._store = store
        self._stamp = stamp
        self._bump_invoice = bump_invoice

    def settle(
        self, document_id: int, wanted: Mapping[int, int | None], *, replace: bool = False
    ) -> None:
        """Make a payment or credit memo settle invoices: id -> minor units, None for "all due".

        Zero unapplies. Invoices not named keep what they have unless `replace`. Raises Refusal
        and changes nothing when a rule of the ledger would break.
        """
        with self._store.transaction():
            document = transaction_row(self._store, document_id)
            if document is None:
                raise invalid_reference(str(document_id), "doc", "apply")
            before = applications(self._store, document_id)
            after = {} if replace else dict(before)
            for invoice_id, amount in wanted.items():
                after[invoice_id] = self._amount(document, invoice_id, amount, before, after)
            self._write(document, before, {key: part for key, part in after.items() if part})

    def _amount(
        self,
        document: sqlite3.Row,
        invoice_id: int,
        amount: int | None,
        before: Mapping[int, int],
        after: Mapping[int, int],
    ) -> int:
        invoice = self._invoice(document, invoice_id)
        had = before.get(invoice_id, 0)
        due = int(invoice["foreignamountunpaid"]) + had
        others = sum(part for key, part in after.items() if key != invoice_id)
        if amount is None:
            return max(0, min(due, abs(int(document["foreigntotal"])) - others))
        if amount == had:
            return amount
        if amount < 0 or amount > due:
            symbol = currency_symbol(self._store, int(document["currency"]))
            raise user_error(
                f"The amount to apply {Money(amount, symbol).plain()} cannot exceed the amount"
                f" due {Money(due, symbol).plain()} on {invoice['trandisplayname']}."
            )
        if invoice["status"] in ("D", "E", "V"):
            raise user_error(f"{invoice['trandisplayname']} is not open and cannot be applied to.")
        return amount

    def _invoice(self, document: sqlite3.Row, invoice_id: int) -> sqlite3.Row:
        invoice = transaction_row(self._store, invoice_id)
        same = invoice is not None and invoice["type"] == INVOICE.code
        if invoice is None or not same or invoice["entity"] != document["entity"]:
            raise invalid_reference(str(invoice_id), "doc", "apply.items[0].doc")
        if invoice["currency"] != document["currency"]:
            raise invalid_reference(str(invoice_id), "doc", "apply.items[0].doc")
        if invoice["_araccount"] != document["_araccount"]:
            raise invalid_reference(str(invoice_id), "doc", "apply.items[0].doc")
        return invoice

    def _write(
        self, document: sqlite3.Row, before: Mapping[int, int], after: Mapping[int, int]
    ) -> None:
        total = abs(int(document["foreigntotal"]))
        if sum(after.values()) > total:
            raise user_error("The total amount applied cannot exceed the payment amount.")
        for invoice_id in {**before, **after}:
            was, becomes = before.get(invoice_id, 0), after.get(invoice_id, 0)
            if was != becomes:
                self._link(document, invoice_id, becomes)
                self._move_invoice(invoice_id, becomes - was)
        self._move_document(document, sum(after.values()), touched=dict(before) != dict(after))

    def _link(self, document: sqlite3.Row, invoice_id: int, amount: int) -> None:
        row: dict[str, Value] = {
            "previousdoc": invoice_id,
            "previousline": 0,
            "previoustype": INVOICE.code,
            "nextdoc": document["id"],
            "nextline": 0,
            "nexttype": document["type"],
            "linktype": LINK_PAYMENT,
            "foreignamount": amount,
            "lastmodifieddate": self._stamp.wall,
            "_scale": document["_scale"],
        }
        key = (invoice_id, document["id"], LINK_PAYMENT)
        for statement in _FORGET_LINK:
            self._store.execute(statement, key)
        for table in ("nexttransactionlinelink", "previoustransactionlinelink"):
            if amount:
                self._store.insert(table, row)

    def _move_invoice(self, invoice_id: int, delta: int) -> None:
        invoice = transaction_row(self._store, invoice_id)
        if invoice is None:
            return
        paid = int(invoice["foreignamountpaid"]) + delta
        unpaid = int(invoice["foreignamountunpaid"]) - delta
        status = "B" if unpaid == 0 else "A"
        values: dict[str, Value] = {
            "foreignamountpaid": paid,
            "foreignamountunpaid": unpaid,
            "status": status,
            "_open": int(unpaid != 0),
            "closedate": None if unpaid else self._stamp.wall - self._stamp.wall % 86400,
        }
        if self._bump_invoice:
            values |= {"lastmodifieddate": self._stamp.wall, "_modified": self._stamp.utc}
        self._store.update("transaction", invoice_id, values)
        self._mainline(invoice_id, paid, unpaid)

    def _move_document(self, document: sqlite3.Row, used: int, *, touched: bool) -> None:
        unused = abs(int(document["foreigntotal"])) - used
        values: dict[str, Value] = {
            "foreignpaymentamountused": used,
            "foreignpaymentamountunused": unused,
            "_open": int(unused != 0),
        }
        if document["type"] == CREDIT.code:
            values["status"] = "A" if unused else "B"
        if touched:
            values |= {"lastmodifieddate": self._stamp.wall, "_modified": self._stamp.utc}
        self._store.update("transaction", int(document["id"]), values)
        self._mainline(int(document["id"]), used, unused)

    def _mainline(self, transaction_id: int, paid: int, unpaid: int) -> None:
        self._store.execute(
            "UPDATE transactionline SET foreignamountpaid = ?, foreignamountunpaid = ?,"
            " linelastmodifieddate = ? WHERE \"transaction\" = ? AND mainline = 'T'",
            (paid, unpaid, self._stamp.wall, transaction_id),
        )


_WHICH_LINK = "WHERE previousdoc = ? AND nextdoc = ? AND linktype = ?"
_FORGET_LINK = (
    " ".join(("DELETE FROM nexttransactionlinelink", _WHICH_LINK)),
    " ".join(("DELETE FROM previoustransactionlinelink", _WHICH_LINK)),
)

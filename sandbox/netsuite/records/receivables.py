"""The receivables arithmetic: what payments and credits settle, in whole minor units."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.ledger.money import Money
from sandbox.netsuite.errors import invalid_reference, user_error
from sandbox.netsuite.records.accounting import remaining_base, repost, row_base
from sandbox.netsuite.records.links import (
    LINK_DEPOSIT,
    LINK_PAYMENT,
    Link,
    applications,
    discounts,
    settled_by,
    write_link,
)
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.notes import REST, note
from sandbox.netsuite.records.statuses import (
    CREDIT,
    DEPOSIT,
    DEPOSIT_USE,
    INVOICE,
    JOURNAL,
    PAYMENT,
    REFUND,
)
from sandbox.netsuite.store import ErpStore, Value

__all__ = [
    "LINK_PAYMENT",
    "Receivables",
    "Stamp",
    "applications",
    "check_period",
    "currency_symbol",
    "settled_by",
    "transaction_row",
]
_DUE = ("foreignamountpaid", "foreignamountunpaid")
_HELD = ("foreignpaymentamountused", "foreignpaymentamountunused")
_SETTLES = {
    PAYMENT.code: (INVOICE.code, JOURNAL.code),
    CREDIT.code: (INVOICE.code, JOURNAL.code),
    DEPOSIT_USE.code: (INVOICE.code, JOURNAL.code),
    JOURNAL.code: (INVOICE.code, JOURNAL.code),
    REFUND.code: (CREDIT.code, PAYMENT.code, DEPOSIT.code, JOURNAL.code),
}
_DEEPEST = 10
_UNAVAILABLE = ("D", "E", "V")


def currency_symbol(store: ErpStore, currency_id: int) -> str:
    """ISO code of a currency id."""
    found = store.row("SELECT symbol FROM currency WHERE id = ?", (currency_id,))
    if found is None:
        raise invalid_reference(str(currency_id), "currency", "currency")
    return str(found[0])


def transaction_row(store: ErpStore, transaction_id: int) -> sqlite3.Row | None:
    """A transaction by id."""
    return store.row('SELECT * FROM "transaction" WHERE id = ?', (transaction_id,))


def check_period(store: ErpStore, on: int, *, affects_ledger: bool = True) -> int:
    """The posting period of a date. Raises Refusal when there is none or it is closed to AR.

    A change that leaves the ledger alone is let through where allowNonGLChanges is on.
    """
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
    _refuse_shut(found, affects_ledger=affects_ledger)
    return int(found["id"])


def check_open(store: ErpStore, period: int, *, affects_ledger: bool = True) -> None:
    """Raises Refusal for a period that is closed to AR; `affects_ledger` as above."""
    found = store.row("SELECT * FROM accountingperiod WHERE id = ?", (period,))
    if found is not None:
        _refuse_shut(found, affects_ledger=affects_ledger)


def _refuse_shut(period: sqlite3.Row, *, affects_ledger: bool) -> None:
    shut = any(period[flag] == "T" for flag in ("closed", "alllocked", "arlocked"))
    if shut and (affects_ledger or period["allownonglchanges"] != "T"):
        raise user_error(
            f"The posting period {period['periodname']} is closed or locked for this transaction."
        )


@dataclass(frozen=True, slots=True)
class Families:
    """The feature Consolidated Payments, and its preference for the customer on top."""

    consolidated: bool = True
    top_level_only: bool = False


class Receivables:
    """Applies and unapplies documents of one store at one moment."""

    def __init__(
        self,
        store: ErpStore,
        stamp: Stamp,
        *,
        bump_invoice: bool,
        actor: str = REST,
        families: Families = Families(),
    ) -> None:
        self._store = store
        self._families = families
        self._stamp = stamp
        self._bump_invoice = bump_invoice
        self._actor = actor

    def settle(
        self,
        document_id: int,
        wanted: Mapping[int, int | None],
        *,
        replace: bool = False,
        link: str = LINK_PAYMENT,
        taken: Mapping[int, int] | None = None,
    ) -> None:
        """Make a document settle others: id -> minor units, None for "all due".

        `taken` are discounts beyond that. Zero unapplies. Documents not named keep what they have
        unless `replace`. Raises Refusal and changes nothing when a rule of the ledger would break.
        """
        with self._store.transaction():
            document = transaction_row(self._store, document_id)
            if document is None:
                raise invalid_reference(str(document_id), "doc", "apply")
            applies = any(part != 0 for part in wanted.values())
            if applies and document["status"] in _UNAVAILABLE:
                raise user_error(f"{document['trandisplayname']} is not open: it cannot apply.")
            self._refuse_child(document, applies=applies)
            before = applications(self._store, document_id, link)
            after = {} if replace else dict(before)
            stood = discounts(self._store, document_id)
            kept = {} if replace else {k: v for k, v in stood.items() if k not in wanted}
            off = kept | dict(taken or {})
            for target_id, amount in wanted.items():
                more = off.get(target_id, 0)
                whole = None if amount is None else amount + more
                after[target_id] = self._amount(document, target_id, whole, before, after, off)
            moved = {key for key in {**stood, **off} if stood.get(key, 0) != off.get(key, 0)}
            standing = {key: part for key, part in after.items() if part}
            self._write(document, before, standing, link, off, moved)

    def _refuse_child(self, document: sqlite3.Row, *, applies: bool) -> None:
        if not (applies and self._families.top_level_only and document["type"] == PAYMENT.code):
            return
        sql = "SELECT parent FROM customer WHERE id = ?"
        found = self._store.row(sql, (document["entity"],))
        if found is not None and found[0] is not None:
            raise user_error("Payments are applied through the top-level customer only.")

    def release(self, document_id: int) -> None:
        """Take back everything a document settled."""
        for link in (LINK_PAYMENT, LINK_DEPOSIT):
            if applications(self._store, document_id, link):
                self.settle(document_id, {}, replace=True, link=link)

    def _amount(
        self,
        document: sqlite3.Row,
        target_id: int,
        amount: int | None,
        before: Mapping[int, int],
        after: Mapping[int, int],
        off: Mapping[int, int],
    ) -> int:
        target = self._target(document, target_id)
        if off.get(target_id) and (document["type"], target["type"]) != (
            PAYMENT.code,
            INVOICE.code,
        ):
            raise user_error("A discount is taken by a payment of an invoice.")
        had = before.get(target_id, 0)
        due = int(target[_columns(document, target)[1]]) + had
        others = sum(part - off.get(key, 0) for key, part in after.items() if key != target_id)
        if amount is None:
            room = _capacity(document) - others + off.get(target_id, 0)
            return max(0, min(due, room))
        if amount == had:
            return amount
        if amount < 0 or amount > due:
            symbol = currency_symbol(self._store, int(document["currency"]))
            raise user_error(
                f"The amount to apply {Money(amount, symbol).plain()} cannot exceed the amount"
                f" due {Money(due, symbol).plain()} on {target['trandisplayname']}."
            )
        closed = target["status"] in _UNAVAILABLE or (
            target["type"] == JOURNAL.code and target["status"] != "B"
        )
        if closed:
            raise user_error(f"{target['trandisplayname']} is not open and cannot be applied to.")
        return amount

    def _target(self, document: sqlite3.Row, target_id: int) -> sqlite3.Row:
        target = transaction_row(self._store, target_id)
        wrong = invalid_reference(str(target_id), "doc", "apply.items[0].doc")
        if target is None or not self._may_pay_for(document, target):
            raise wrong
        deposit_used = document["type"] == DEPOSIT_USE.code and target["type"] == DEPOSIT.code
        if not deposit_used and target["type"] not in _SETTLES.get(str(document["type"]), ()):
            raise wrong
        if any(target[name] != document[name] for name in ("currency", "_araccount")):
            raise wrong
        return target

    def _may_pay_for(self, document: sqlite3.Row, target: sqlite3.Row) -> bool:
        """Its own customer's; with consolidated payments a payment also settles what is below."""
        entity, wanted = target["entity"], document["entity"]
        if entity == wanted:
            return True
        if not self._families.consolidated or document["type"] != PAYMENT.code:
            return False
        sql = "SELECT parent FROM customer WHERE id = ?"
        for _ in range(_DEEPEST):
            found = self._store.row(sql, (entity,))
            entity = found[0] if found is not None else None
            if entity is None or entity == wanted:
                break
        return entity is not None and entity == wanted

    def _write(
        self,
        document: sqlite3.Row,
        before: Mapping[int, int],
        after: Mapping[int, int],
        link: str,
        off: Mapping[int, int],
        moved: Collection[int],
    ) -> None:
        used = sum(part - off.get(key, 0) for key, part in after.items())
        if used > _capacity(document):
            raise user_error("The total amount applied cannot exceed the payment amount.")
        for target_id in {**before, **after}:
            was, becomes = before.get(target_id, 0), after.get(target_id, 0)
            if was != becomes or target_id in moved:
                part = off.get(target_id, 0) if becomes else 0
                self._move_target(document, target_id, (was, becomes, part), link)
        if link == LINK_PAYMENT:
            touched = dict(before) != dict(after) or bool(moved)
            self._move_document(document, used, touched=touched)
        repost(self._store, document, self._stamp)

    def _move_target(
        self, document: sqlite3.Row, target_id: int, parts: tuple[int, int, int], link: str
    ) -> None:
        was, becomes, discount = parts
        target = transaction_row(self._store, target_id)
        if target is None:
            return
        columns = _columns(document, target)
        used = int(target[columns[0]]) + becomes - was
        left = int(target[columns[1]]) - becomes + was
        base = (
            row_base(target, becomes)
            if left
            else remaining_base(self._store, target, int(document["id"]))
        )
        made = Link(target, document, link, becomes, base, discount)
        write_link(self._store, made, self._stamp)
        self._set_target(target, columns, used, left)

    def _set_target(
        self, target: sqlite3.Row, columns: tuple[str, str], used: int, left: int
    ) -> None:
        status = _status_of(target, left)
        values: dict[str, Value] = {
            columns[0]: used,
            columns[1]: left,
            "status": status,
            "_open": int(left != 0),
        }
        if columns == _DUE:
            values["closedate"] = None if left else self._stamp.day
        if self._bump_invoice or target["type"] != INVOICE.code:
            values |= {"lastmodifieddate": self._stamp.wall, "_modified": self._stamp.utc}
        self._store.update("transaction", int(target["id"]), values)
        self._mainline(int(target["id"]), used, left)
        if status != target["status"]:
            change = ("status", str(target["status"]), status, "Change")
            note(self._store, self._stamp, self._actor, int(target["id"]), change)

    def _move_document(self, document: sqlite3.Row, used: int, *, touched: bool) -> None:
        unused = _capacity(document) - used
        values: dict[str, Value] = {
            _HELD[0]: used,
            _HELD[1]: unused,
            "_open": int(unused != 0),
            "status": _status_of(document, unused),
        }
        if touched:
            values |= {"lastmodifieddate": self._stamp.wall, "_modified": self._stamp.utc}
            change = ("applied", str(document[_HELD[0]]), str(used), "Change")
            note(self._store, self._stamp, self._actor, int(document["id"]), change)
        self._store.update("transaction", int(document["id"]), values)
        self._mainline(int(document["id"]), used, unused)

    def _mainline(self, transaction_id: int, paid: int, unpaid: int) -> None:
        self._store.execute(
            "UPDATE transactionline SET foreignamountpaid = ?, foreignamountunpaid = ?,"
            " linelastmodifieddate = ? WHERE \"transaction\" = ? AND mainline = 'T'",
            (paid, unpaid, self._stamp.wall, transaction_id),
        )


def _columns(document: sqlite3.Row, target: sqlite3.Row) -> tuple[str, str]:
    """Which pair of a target's amounts a document takes from."""
    held = document["type"] == REFUND.code or target["type"] == DEPOSIT.code
    return _HELD if held else _DUE


def _capacity(document: sqlite3.Row) -> int:
    return int(document[_HELD[0]]) + int(document[_HELD[1]])


def _status_of(row: sqlite3.Row, left: int) -> str:
    """The status letter of a document of which `left` is open."""
    old = str(row["status"])
    if old == "V":
        return old
    if row["type"] in (INVOICE.code, CREDIT.code, DEPOSIT_USE.code):
        return "A" if left else "B"
    if row["type"] == DEPOSIT.code:
        return "C" if not left else ("A" if row["_undep"] == "T" else "B")
    return old

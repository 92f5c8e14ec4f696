"""Reading an invoice, payment or credit memo out of a request body, and posting it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.netsuite.errors import (
    Refusal,
    invalid_content,
    invalid_reference,
    missing_field,
    user_error,
)
from sandbox.netsuite.records.documents import AR_ACCOUNT, ItemLine, NewDocument, post, shown
from sandbox.netsuite.records.reading import find
from sandbox.netsuite.records.receivables import (
    Receivables,
    Stamp,
    check_period,
    currency_symbol,
    transaction_row,
)
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, RecordType
from sandbox.netsuite.records.statuses import DOCUMENTS, INVOICE, PAYMENT
from sandbox.netsuite.records.wire import day, items, minor_units, reference, truth
from sandbox.netsuite.store import ErpStore
from sandbox.netsuite.wallclock import DAY

Body = Mapping[str, object]


def _key(value: object, field: str) -> str:
    named = reference(value, field)
    return named.id or f"eid:{named.external_id}"


@dataclass(frozen=True, slots=True)
class Poster:
    """Posts documents of one store at one moment."""

    store: ErpStore
    stamp: Stamp
    ledger: Receivables

    def post(self, kind: RecordType, body: Body, created_from: int | None = None) -> int:
        """Add a transaction with its lines and applications; its id. Raises Refusal."""
        new = self._document(kind, body, created_from)
        with self.store.transaction():
            post(self.store, new, self.stamp)
            row = transaction_row(self.store, new.id)
            if row is not None and "apply" in body:
                self.apply(row, body["apply"], replace=True)
            elif row is not None and body.get("autoApply") is True:
                self._apply_to_oldest(row)
        return new.id

    def _document(self, kind: RecordType, body: Body, created_from: int | None) -> NewDocument:
        payment, invoice = kind.document == PAYMENT.record, kind.document == INVOICE.record
        customer = self._customer(body.get("customer" if payment else "entity"), kind)
        currency_id, subsidiary = self._books(customer, body)
        symbol = currency_symbol(self.store, currency_id)
        base = self._base_symbol(subsidiary)
        on = self._date(body, "tranDate") or self.stamp.wall - self.stamp.wall % DAY
        lines = () if payment else self._lines(body, symbol)
        account = self._bank(body, symbol) if payment else None
        terms = self._id(body, "terms", "term") or customer["terms"]
        return NewDocument(
            document=DOCUMENTS[kind.document],
            id=next_transaction_id(self.store),
            entity=int(customer["id"]),
            subsidiary=subsidiary,
            currency_id=currency_id,
            currency=symbol,
            base_currency=base,
            rate_millionths=self._rate(symbol, base, body.get("exchangeRate")),
            on=on,
            period=check_period(self.store, on),
            total=_total(body, lines, symbol, payment=payment),
            status=self._status(kind, body, account),
            lines=lines,
            due_on=self._due(body, on, terms) if invoice else None,
            number=_text(body, "tranId"),
            memo=_text(body, "memo"),
            other_ref=_text(body, "otherRefNum") or _text(body, "checkNumber"),
            external_id=_text(body, "externalId") or None,
            terms=terms if invoice else None,
            approval=1 if _pending(body) else (2 if invoice else None),
            ar_account=self._receivable(body, payment=payment),
            account=account,
            created_from=created_from,
        )

    def _books(self, customer: sqlite3.Row, body: Body) -> tuple[int, int]:
        """Currency and subsidiary; here both are the customer's own."""
        currency = self._id(body, "currency", "currency") or int(customer["currency"])
        subsidiary = self._id(body, "subsidiary", "subsidiary") or int(customer["_subsidiary"])
        if subsidiary != int(customer["_subsidiary"]):
            raise invalid_reference(str(subsidiary), "subsidiary", "subsidiary")
        if currency != int(customer["currency"]):
            raise invalid_reference(str(currency), "currency", "currency")
        return currency, subsidiary

    def _base_symbol(self, subsidiary: int) -> str:
        sql = "SELECT currency FROM subsidiary WHERE id = ?"
        return currency_symbol(self.store, self.store.number(sql, (subsidiary,)))

    def _customer(self, value: object, kind: RecordType) -> sqlite3.Row:
        field = "customer" if kind.document == PAYMENT.record else "entity"
        named = reference(value, field)
        try:
            row = find(self.store, RECORD_TYPES["customer"], named.id or f"eid:{named.external_id}")
        except Refusal as error:
            shown = named.id or named.external_id
            raise invalid_reference(shown, field, field) from error
        if row["isinactive"] == "T":
            raise invalid_reference(str(row["id"]), field, field)
        return row

    def _id(self, body: Body, name: str, target: str) -> int | None:
        value = body.get(name)
        if value is None:
            return None
        try:
            return int(find(self.store, RECORD_TYPES[target], _key(value, name))["id"])
        except Refusal as error:
            raise invalid_reference(_key(value, name), name, name) from error

    def _date(self, body: Body, name: str) -> int | None:
        value = body.get(name)
        return None if value is None else day(value, name)

    def _due(self, body: Body, on: int, terms: int | None) -> int:
        given = self._date(body, "dueDate")
        if given is not None:
            return given
        found = self.store.row("SELECT daysuntilnetdue FROM term WHERE id = ?", (terms,))
        return on + (int(found[0] or 0) if found else 0) * DAY

    def _receivable(self, body: Body, *, payment: bool) -> int:
        account = self._id(body, "arAcct" if payment else "account", "account")
        if account is None:
            return AR_ACCOUNT
        found = self.store.row("SELECT accttype FROM account WHERE id = ?", (account,))
        if found is None or found[0] != "AcctRec":
            field = "arAcct" if payment else "account"
            raise invalid_reference(str(account), field, field)
        return account

    def _bank(self, body: Body, symbol: str) -> int | None:
        """The bank account, or None for undeposited funds (its default when both are sent)."""
        chosen = body.get("undepFunds")
        undeposited = chosen.get("id") if isinstance(chosen, Mapping) else chosen
        account = self._id(body, "account", "account")
        if undeposited in (True, "T") or account is None:
            if account is None and undeposited in (False, "F"):
                raise missing_field("Account")
            return None
        found = self.store.row("SELECT accttype, currency FROM account WHERE id = ?", (account,))
        if found is None or found["accttype"] != "Bank":
            raise invalid_reference(str(account), "account", "account")
        if found["currency"] and currency_symbol(self.store, int(found["currency"])) != symbol:
            raise invalid_reference(str(account), "account", "account")
        return account

    def _status(self, kind: RecordType, body: Body, account: int | None) -> str:
        if kind.document == PAYMENT.record:
            return "C" if account else "B"
        return "D" if _pending(body) else "A"

    def _rate(self, symbol: str, base: str, given: object) -> int:
        """Value of one unit of `symbol` in `base`, in millionths."""
        if given is not None:
            return _millionths(given) if symbol != base else 10**6
        return 10**6 if symbol == base else rate_millionths(self.store, symbol, base)

    def _lines(self, body: Body, symbol: str) -> tuple[ItemLine, ...]:
        lines = []
        for n, line in enumerate(items(body.get("item"), "item")):
            path = f"item.items[{n}]"
            quantity = str(line.get("quantity", "1")).removesuffix(".0")
            if not quantity.isdecimal() or not 0 < int(quantity) < 10**9:
                raise invalid_content("Invalid quantity.", f"{path}.quantity")
            given = line.get("amount")
            if given is None and line.get("rate") is None:
                raise missing_field("Amount")
            total = (
                minor_units(line["rate"], symbol, f"{path}.rate") * int(quantity)
                if given is None
                else minor_units(given, symbol, f"{path}.amount")
            )
            item = reference(line.get("item"), f"{path}.item").id
            lines.append(
                ItemLine(int(item or 0), total, int(quantity), str(line.get("description") or ""))
            )
        if not lines:
            raise user_error("You must enter at least one line item for this transaction.")
        return tuple(lines)

    def apply(self, row: sqlite3.Row, sublist: object, *, replace: bool) -> None:
        """Carry out an `apply` sublist. Raises Refusal."""
        symbol = currency_symbol(self.store, int(row["currency"]))
        wanted: dict[int, int | None] = {}
        for n, line in enumerate(items(sublist, "apply")):
            path = f"apply.items[{n}]"
            named = reference(line.get("doc"), f"{path}.doc")
            try:
                key = named.id or f"eid:{named.external_id}"
                invoice = int(find(self.store, RECORD_TYPES["invoice"], key)["id"])
            except Refusal as error:
                raise invalid_reference(named.id, "doc", f"{path}.doc") from error
            if invoice in wanted:
                raise invalid_content("The same document is listed twice.", f"{path}.doc")
            applied = truth(line.get("apply", True), f"{path}.apply")
            given = line.get("amount")
            exact = None if given is None else minor_units(given, symbol, f"{path}.amount")
            wanted[invoice] = exact if applied else 0
        self.ledger.settle(int(row["id"]), wanted, replace=replace)

    def _apply_to_oldest(self, row: sqlite3.Row) -> None:
        left = abs(int(row["foreigntotal"]))
        wanted: dict[int, int | None] = {}
        for invoice in self.store.rows(
            'SELECT id, foreignamountunpaid FROM "transaction" WHERE entity = ? AND currency = ?'
            " AND type = 'CustInvc' AND status = 'A' ORDER BY duedate, id",
            (row["entity"], row["currency"]),
        ):
            part = min(left, int(invoice[1]))
            if part:
                wanted[int(invoice[0])] = part
            left -= part
        self.ledger.settle(int(row["id"]), wanted)

    def unchanged(self, kind: RecordType, row: sqlite3.Row, name: str, value: object) -> bool:
        """Whether a field sent along with a change says what the record already says."""
        field = kind.field(name)
        if field is None:
            return name in ("customForm", "department", "class", "location", "email")
        stored = row[field.column]
        if field.target:
            return stored is not None and _key(value, name) == str(stored)
        if field.column == "foreigntotal":
            symbol = currency_symbol(self.store, int(row["currency"]))
            return minor_units(value, symbol, name) == abs(int(stored))
        if isinstance(value, Mapping):
            return value.get("id") == str(stored)
        return str(value) == str(stored)

    def transform(self, source: sqlite3.Row, target: RecordType, body: Body) -> int:
        """Make a payment or credit memo out of an invoice; the new id. Raises Refusal."""
        if source["status"] != "A" or source["voided"] == "T":
            raise user_error("The invoice is not open: it cannot be transformed.")
        symbol = currency_symbol(self.store, int(source["currency"]))
        due = int(source["foreignamountunpaid"])
        made: dict[str, object] = {
            "customer" if target.document == PAYMENT.record else "entity": str(source["entity"]),
            "currency": str(source["currency"]),
            "apply": {"items": [{"doc": {"id": str(source["id"])}, "apply": True}]},
        }
        if target.document == PAYMENT.record:
            made["payment"] = shown(due, symbol)
        else:
            made["item"] = {"items": self._copied_lines(source, symbol)}
        return self.post(target, {**made, **body}, created_from=int(source["id"]))

    def _copied_lines(self, source: sqlite3.Row, symbol: str) -> list[dict[str, object]]:
        rows = self.store.rows(
            'SELECT * FROM transactionline WHERE "transaction" = ? AND id > 0 ORDER BY id',
            (source["id"],),
        )
        return [
            {
                "item": {"id": str(row["item"])},
                "quantity": str(abs(row["quantity"])),
                "amount": shown(abs(row["foreignamount"]), symbol),
            }
            for row in rows
        ]


def _total(body: Body, lines: tuple[ItemLine, ...], symbol: str, *, payment: bool) -> int:
    if payment:
        total = minor_units(body.get("payment"), symbol, "payment")
    else:
        total = sum(line.amount for line in lines)
    if total < 0 or (total == 0 and not payment):
        raise user_error("The amount must be positive.")
    return total


def _millionths(rate: object) -> int:
    """An exchange rate with at most six decimals. Raises Refusal."""
    whole, _, part = str(rate).partition(".")
    if not whole.isdecimal() or len(whole) > 9 or len(part) > 6 or not f"{part}0".isdecimal():
        raise invalid_content(f"Invalid value for the field 'exchangeRate': {rate}", "exchangeRate")
    return int(whole) * 1_000_000 + int(part.ljust(6, "0"))


def _pending(body: Body) -> bool:
    status = body.get("approvalStatus")
    return (status.get("id") if isinstance(status, Mapping) else status) == "1"


def _text(body: Body, name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def next_transaction_id(store: ErpStore) -> int:
    """An id no transaction has or had."""
    highest = store.number('SELECT MAX(id) FROM "transaction"')
    return max(highest, store.number("SELECT MAX(recordid) FROM deletedrecord")) + 1


def rate_millionths(store: ErpStore, symbol: str, base: str) -> int:
    """Cross rate of two currencies from their seeded values, in millionths."""
    worth = {
        str(row["symbol"]): round(float(row["exchangerate"]) * 1_000_000)
        for row in store.rows("SELECT symbol, exchangerate FROM currency")
    }
    return worth[symbol] * 1_000_000 // worth[base]

"""Posting documents: out of a request body, or out of another document."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sandbox.netsuite.errors import user_error
from sandbox.netsuite.records.applying import Applying, left_of, spread
from sandbox.netsuite.records.bodies import Bodies, Body, pending, text_of
from sandbox.netsuite.records.crediting import credited_tax
from sandbox.netsuite.records.documents import ItemLine, NewDocument, post, shown
from sandbox.netsuite.records.journals import post_journal
from sandbox.netsuite.records.links import LINK_DEPOSIT
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.numbering import next_transaction_id
from sandbox.netsuite.records.receivables import (
    Receivables,
    check_period,
    currency_symbol,
    transaction_row,
)
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, RecordType
from sandbox.netsuite.records.statuses import (
    CREDIT,
    DEPOSIT,
    DEPOSIT_USE,
    DOCUMENTS,
    INVOICE,
    JOURNAL,
    ORDER,
    PAYMENT,
    REFUND,
    Document,
)
from sandbox.netsuite.records.wire import items, minor_units
from sandbox.netsuite.store import ErpStore, Value
from sandbox.netsuite.wallclock import day_of

_OF_CUSTOMER = (PAYMENT, DEPOSIT, REFUND, DEPOSIT_USE)
_BANKED = (PAYMENT, DEPOSIT, REFUND)


@dataclass(frozen=True, slots=True)
class Poster:
    """Posts documents of one store at one moment."""

    store: ErpStore
    stamp: Stamp
    ledger: Receivables

    @property
    def _bodies(self) -> Bodies:
        return Bodies(self.store)

    @property
    def _applying(self) -> Applying:
        return Applying(self.store)

    def post(self, kind: RecordType, body: Body, created_from: int | None = None) -> int:
        """Add a transaction with its lines and applications; its id. Raises Refusal."""
        with self.store.transaction():
            if kind.document == JOURNAL.record:
                return post_journal(self.store, self.stamp, body)
            new = self._document(DOCUMENTS[kind.document], body, created_from)
            post(self.store, new, self.stamp)
            row = transaction_row(self.store, new.id)
            if row is not None:
                self._settle_new(row, body)
        return new.id

    def _settle_new(self, row: sqlite3.Row, body: Body) -> None:
        if row["type"] == PAYMENT.code and ("credit" in body or "deposit" in body):
            self._settle_mixed(row, body)
        elif row["type"] == REFUND.code:
            symbol = currency_symbol(self.store, int(row["currency"]))
            self.ledger.settle(int(row["id"]), self._paid_out(body, symbol))
        elif "apply" in body:
            self.apply(row, body["apply"], replace=True)
        elif body.get("autoApply") is True:
            self._apply_to_oldest(row)

    def _document(self, document: Document, body: Body, created_from: int | None) -> NewDocument:
        bodies = self._bodies
        field = "customer" if document in _OF_CUSTOMER else "entity"
        customer = bodies.customer(body.get(field), field)
        currency_id, subsidiary = bodies.books(customer, body)
        symbol, base = currency_symbol(self.store, currency_id), bodies.base_symbol(subsidiary)
        on = bodies.date_of(body, "tranDate") or self.stamp.day
        lines = () if document in _OF_CUSTOMER else bodies.lines(body, symbol)
        lines += self._tax(document, created_from, lines)
        department, class_id, location = bodies.segments(body)
        new = NewDocument(
            document=document,
            id=next_transaction_id(self.store),
            entity=int(customer["id"]),
            subsidiary=subsidiary,
            currency_id=currency_id,
            currency=symbol,
            base_currency=base,
            rate_millionths=bodies.rate(symbol, base, body.get("exchangeRate"), on),
            on=on,
            period=check_period(self.store, on),
            total=self._total(document, body, lines, symbol),
            status="A",
            lines=lines,
            number=text_of(body, "tranId"),
            memo=text_of(body, "memo"),
            other_ref=text_of(body, "otherRefNum") or text_of(body, "checkNumber"),
            external_id=text_of(body, "externalId") or None,
            ar_account=bodies.receivable(body, "arAcct" if field == "customer" else "account"),
            created_from=created_from,
            department=department,
            class_id=class_id,
            location=location,
            custom=(text_of(body, "custbody_dw_project"), text_of(body, "custbody_dw_reference")),
        )
        return self._finished(new, body, customer)

    def _tax(
        self, document: Document, created_from: int | None, lines: tuple[ItemLine, ...]
    ) -> tuple[ItemLine, ...]:
        """What the ERP adds by itself to the lines of a credit memo of an invoice."""
        source = transaction_row(self.store, created_from) if created_from is not None else None
        if document != CREDIT or source is None:
            return ()
        return credited_tax(self.store, source, lines)

    def _finished(self, new: NewDocument, body: Body, customer: sqlite3.Row) -> NewDocument:
        """Status, bank account, terms and approval, as they go with the kind of document."""
        bodies, document = self._bodies, new.document
        account = bodies.bank(body, new.currency) if document in _BANKED else None
        status = "D" if pending(body) else "A"
        if document in (PAYMENT, DEPOSIT):
            banked = {PAYMENT: ("B", "C"), DEPOSIT: ("A", "B")}[document]
            status = banked[1] if account else banked[0]
        if document == ORDER:
            status = "A" if pending(body) else "F"
        new = replace(new, status=status, account=account)
        if document in (INVOICE, ORDER):
            terms = bodies.id_of(body, "terms", "term") or customer["terms"]
            due = bodies.due(body, new.on, terms) if document == INVOICE else None
            approval = 1 if pending(body) else 2
            new = replace(new, terms=terms, due_on=due, approval=approval)
        elif pending(body):
            new = replace(new, approval=1)
        return new

    def _total(
        self, document: Document, body: Body, lines: tuple[ItemLine, ...], symbol: str
    ) -> int:
        if document in (REFUND, DEPOSIT_USE):
            wanted = self._paid_out(body, symbol)
            total = sum(self._applying.exact(wanted, _limit(body, symbol)).values())
        elif document in _OF_CUSTOMER:
            total = minor_units(body.get("payment"), symbol, "payment")
        else:
            total = sum(line.amount for line in lines)
        if total < 0 or (total == 0 and document != PAYMENT):
            raise user_error("The amount must be positive.")
        return total

    def _paid_out(self, body: Body, symbol: str) -> dict[int, int | None]:
        """What a refund or deposit application takes; a refund also names deposits."""
        wanted = self._applying.wanted(body.get("apply"), "apply", symbol)
        if "deposit" in body:
            wanted |= self._applying.wanted(body["deposit"], "deposit", symbol)
        return wanted

    def apply(self, row: sqlite3.Row, sublist: object, *, replace: bool) -> None:
        """Carry out an `apply` sublist. Raises Refusal."""
        symbol = currency_symbol(self.store, int(row["currency"]))
        wanted = self._applying.wanted(sublist, "apply", symbol)
        taken = self._applying.discounts(sublist, symbol)
        self.ledger.settle(int(row["id"]), wanted, replace=replace, taken=taken)

    def _settle_mixed(self, row: sqlite3.Row, body: Body) -> None:
        """Credits and deposits first, in the order of the apply lines; money for the rest."""
        symbol = currency_symbol(self.store, int(row["currency"]))
        applying = self._applying
        needs = applying.exact(applying.wanted(body.get("apply"), "apply", symbol), None)
        for name, use in (("credit", self._use_credit), ("deposit", self._use_deposit)):
            if name in body:
                pools = applying.exact(applying.wanted(body[name], name, symbol), None)
                for document_id, pool in pools.items():
                    if sum(needs.values()) < pool:
                        raise user_error("The credits applied cannot exceed the amounts due.")
                    use(document_id, spread(pool, needs))
        taken = applying.discounts(body.get("apply"), symbol)
        rest = {key: part for key, part in needs.items() if part or taken.get(key)}
        self.ledger.settle(int(row["id"]), rest, taken=taken)

    def _use_credit(self, document_id: int, parts: Mapping[int, int]) -> None:
        self.ledger.settle(document_id, dict(parts))

    def _use_deposit(self, document_id: int, parts: Mapping[int, int]) -> None:
        source = transaction_row(self.store, document_id)
        if source is None:
            raise user_error("The deposit does not exist.")
        symbol = currency_symbol(self.store, int(source["currency"]))
        lines = [
            {"doc": {"id": str(key)}, "apply": True, "amount": shown(part, symbol)}
            for key, part in parts.items()
        ]
        body = {"apply": {"items": lines}}
        self.transform(source, RECORD_TYPES[DEPOSIT_USE.record], body)

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
        return self._bodies.unchanged(kind, row, name, value)

    def transform(
        self,
        source: sqlite3.Row,
        target: RecordType,
        body: Body,
        replaced: frozenset[str] = frozenset(),
    ) -> int:
        """Make a document out of another; the new id. Raises Refusal.

        Item lines of the body come on top of the copied ones, unless `item` is replaced.
        """
        done = _done(source) and target.document != CREDIT.record
        if source["status"] in ("D", "E", "H", "V") or source["voided"] == "T" or done:
            raise user_error("The invoice is not open: it cannot be transformed.")
        symbol = currency_symbol(self.store, int(source["currency"]))
        drawn = self._drawn(source, target, symbol)
        made = {**drawn, **body}
        if "item" in body and "item" in drawn and "item" not in replaced:
            made["item"] = {"items": [*items(drawn["item"], "item"), *items(body["item"], "item")]}
        new_id = self.post(target, made, created_from=int(source["id"]))
        if target.document == DEPOSIT_USE.record:
            row = transaction_row(self.store, new_id)
            total = int(row["foreigntotal"]) if row is not None else 0
            self.ledger.settle(new_id, {int(source["id"]): total}, link=LINK_DEPOSIT)
        if source["type"] == ORDER.code:
            moved: dict[str, Value] = {"status": "G", "lastmodifieddate": self.stamp.wall}
            self.store.update("transaction", int(source["id"]), moved)
        return new_id

    def _drawn(self, source: sqlite3.Row, target: RecordType, symbol: str) -> dict[str, object]:
        """What the new document takes over."""
        document = DOCUMENTS[target.document]
        who = "customer" if document in _OF_CUSTOMER else "entity"
        line: dict[str, object] = {"doc": {"id": str(source["id"])}, "apply": True}
        drawn: dict[str, object] = {
            who: str(source["entity"]),
            "currency": str(source["currency"]),
        }
        if document == DEPOSIT_USE:
            return drawn | {"limit": shown(left_of(source), symbol)}
        if source["type"] != ORDER.code:
            drawn["apply"] = {"items": [line]}
        if document == PAYMENT:
            drawn["payment"] = shown(left_of(source), symbol)
        if document == CREDIT:
            drawn["account"] = {"id": str(source["_araccount"])}
        if document not in _OF_CUSTOMER:
            drawn["item"] = {"items": self._copied_lines(source, symbol)}
        return drawn

    def _copied_lines(self, source: sqlite3.Row, symbol: str) -> list[dict[str, object]]:
        rows = self.store.rows(
            'SELECT * FROM transactionline WHERE "transaction" = ? AND id > 0 ORDER BY id',
            (source["id"],),
        )
        return [copied_line(row, symbol) for row in rows if row["item"] is not None]


def copied_line(row: sqlite3.Row, symbol: str) -> dict[str, object]:
    """A transaction's item line as a request would name it."""
    line: dict[str, object] = {
        "item": {"id": str(row["item"])},
        "quantity": str(row["quantity"]).removeprefix("-"),
        "amount": shown(abs(row["foreignamount"]), symbol),
        "description": row["memo"] or "",
    }
    for name in ("department", "class", "location"):
        if row[name]:
            line[name] = {"id": str(row[name])}
    for name, column in (
        ("revRecStartDate", "revrecstartdate"),
        ("revRecEndDate", "revrecenddate"),
        ("custcol_dw_service_start", "custcol_dw_service_start"),
        ("custcol_dw_service_end", "custcol_dw_service_end"),
    ):
        value = row[column]
        if value is not None:
            line[name] = day_of(int(value)).isoformat()
    return line


def _limit(body: Body, symbol: str) -> int | None:
    given = body.get("limit")
    return None if given is None else minor_units(given, symbol, "limit")


def _done(source: sqlite3.Row) -> bool:
    """Whether nothing of a document is left to turn into another."""
    if source["type"] == ORDER.code:
        return str(source["status"]) not in ("B", "F")
    return left_of(source) == 0

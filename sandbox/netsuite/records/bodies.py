"""Reading the fields a transaction is made of out of a request body."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from domain.ledger.money import Money, exponent
from sandbox.netsuite.errors import (
    Refusal,
    invalid_content,
    invalid_reference,
    missing_field,
    user_error,
)
from sandbox.netsuite.records.accounting import AR_ACCOUNT, INCOME_ACCOUNT
from sandbox.netsuite.records.documents import ItemLine
from sandbox.netsuite.records.numbering import rate_on
from sandbox.netsuite.records.reading import find
from sandbox.netsuite.records.receivables import currency_symbol
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, RecordType
from sandbox.netsuite.records.wire import day, items, minor_units, reference
from sandbox.netsuite.store import ErpStore
from sandbox.netsuite.wallclock import DAY, day_of

Body = Mapping[str, object]
_MOST = 10**10
_DECIMAL = re.compile(r"\d{1,12}(?:\.\d{1,8})?")


def key_of(value: object, field: str) -> str:
    """The key `find` takes, out of a reference."""
    named = reference(value, field)
    return named.id or f"eid:{named.external_id}"


@dataclass(frozen=True, slots=True)
class Bodies:
    """Reads bodies against the records of a store."""

    store: ErpStore

    def books(self, customer: sqlite3.Row, body: Body) -> tuple[int, int]:
        """Currency and subsidiary; here both are the customer's own."""
        currency = self.id_of(body, "currency", "currency") or int(customer["currency"])
        subsidiary = self.id_of(body, "subsidiary", "subsidiary") or int(customer["_subsidiary"])
        if subsidiary != int(customer["_subsidiary"]):
            raise invalid_reference(str(subsidiary), "subsidiary", "subsidiary")
        if currency != int(customer["currency"]):
            raise invalid_reference(str(currency), "currency", "currency")
        return currency, subsidiary

    def base_symbol(self, subsidiary: int) -> str:
        """The currency of a subsidiary's books."""
        sql = "SELECT currency FROM subsidiary WHERE id = ?"
        return currency_symbol(self.store, self.store.number(sql, (subsidiary,)))

    def customer(self, value: object, field: str) -> sqlite3.Row:
        """The active customer a reference means."""
        named = reference(value, field)
        try:
            row = find(self.store, RECORD_TYPES["customer"], named.id or f"eid:{named.external_id}")
        except Refusal as error:
            shown = named.id or named.external_id
            raise invalid_reference(shown, field, field) from error
        if row["isinactive"] == "T":
            raise invalid_reference(str(row["id"]), field, field)
        return row

    def id_of(self, body: Body, name: str, target: str) -> int | None:
        """The id a reference field means; None when it is absent."""
        value = body.get(name)
        if value is None:
            return None
        try:
            return int(find(self.store, RECORD_TYPES[target], key_of(value, name))["id"])
        except Refusal as error:
            raise invalid_reference(key_of(value, name), name, name) from error

    def date_of(self, body: Body, name: str) -> int | None:
        """A date field."""
        value = body.get(name)
        return None if value is None else day(value, name)

    def due(self, body: Body, on: int, terms: int | None) -> int:
        """The due date that was sent, or the one the terms give."""
        given = self.date_of(body, "dueDate")
        if given is not None:
            return given
        found = self.store.row("SELECT daysuntilnetdue FROM term WHERE id = ?", (terms,))
        return on + (int(found[0] or 0) if found else 0) * DAY

    def receivable(self, body: Body, field: str) -> int:
        """The receivables account of a document."""
        account = self.id_of(body, field, "account")
        if account is None:
            return AR_ACCOUNT
        found = self.store.row("SELECT accttype FROM account WHERE id = ?", (account,))
        if found is None or found[0] != "AcctRec":
            raise invalid_reference(str(account), field, field)
        return account

    def bank(self, body: Body, symbol: str) -> int | None:
        """The bank account, or None for undeposited funds (its default when both are sent)."""
        chosen = body.get("undepFunds")
        undeposited = chosen.get("id") if isinstance(chosen, Mapping) else chosen
        account = self.id_of(body, "account", "account")
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

    def rate(self, symbol: str, base: str, given: object, on: int) -> int:
        """Value of one unit of `symbol` in `base` on a day, in millionths."""
        if given is not None:
            return millionths(given) if symbol != base else 10**6
        return 10**6 if symbol == base else rate_on(self.store, symbol, base, on)

    def lines(self, body: Body, symbol: str) -> tuple[ItemLine, ...]:
        """The item lines. Raises Refusal."""
        lines = []
        for n, line in enumerate(items(body.get("item"), "item")):
            lines.append(self._line(line, symbol, f"item.items[{n}]"))
        if not lines:
            raise user_error("You must enter at least one line item for this transaction.")
        return tuple(lines)

    def changed_lines(
        self, sublist: object, symbol: str, had: tuple[ItemLine, ...], *, replace: bool
    ) -> tuple[ItemLine, ...]:
        """Lines with a known `line` number change, others are added; or all are replaced."""
        kept: dict[int, ItemLine] = {} if replace else dict(enumerate(had, 1))
        for n, line in enumerate(items(sublist, "item")):
            number = str(line.get("line", ""))
            known = kept.get(int(number)) if number.isdecimal() else None
            fields = dict(line)
            if known is not None and known.item is not None:
                fields = {**_as_line(known, symbol, line), **fields}
            made = self._line(fields, symbol, f"item.items[{n}]")
            kept[int(number) if known is not None else max(kept, default=0) + 1] = made
        if not kept:
            raise user_error("You must enter at least one line item for this transaction.")
        return tuple(kept[key] for key in sorted(kept))

    def _line(self, line: Body, symbol: str, path: str) -> ItemLine:
        quantity = _quantity(line, path)
        rate = _rate(line, path)
        item = self._item(line.get("item"), f"{path}.item")
        department, class_id, location = self.segments(line)
        starts, ends = (self.date_of(line, name) for name in ("revRecStartDate", "revRecEndDate"))
        if starts is not None and ends is not None and ends < starts:
            raise user_error("The revenue recognition end date cannot precede the start date.")
        return ItemLine(
            item=int(item["id"]),
            amount=_line_total(line, quantity, rate, symbol, path),
            quantity=quantity,
            rate=rate,
            memo=str(line.get("description") or item["displayname"] or ""),
            department=department,
            class_id=class_id,
            location=location,
            account=int(item["deferralaccount"] or item["incomeaccount"] or INCOME_ACCOUNT),
            starts_on=starts,
            ends_on=ends,
            kind=str(item["itemtype"] or "Service"),
            custom=text_of(line, "custcol_dw_project"),
            custom_dates=(
                self.date_of(line, "custcol_dw_service_start"),
                self.date_of(line, "custcol_dw_service_end"),
            ),
        )

    def _item(self, value: object, path: str) -> sqlite3.Row:
        key = reference(value, path)
        column, wanted = ("id", key.id) if key.id else ("externalid", key.external_id)
        sql = " ".join(("SELECT * FROM item WHERE", column, "= ? AND isinactive = 'F'"))
        found = self.store.row(sql, (wanted,))
        if found is None:
            raise invalid_reference(wanted, "item", path)
        return found

    def segments(self, body: Body) -> tuple[int | None, int | None, int | None]:
        """Department, class and location."""
        return (
            self.id_of(body, "department", "department"),
            self.id_of(body, "class", "classification"),
            self.id_of(body, "location", "location"),
        )

    def unchanged(self, kind: RecordType, row: sqlite3.Row, name: str, value: object) -> bool:
        """Whether a field sent along with a change says what the record already says."""
        field = kind.field(name)
        if field is None:
            return name in ("customForm", "department", "class", "location", "email")
        stored = row[field.column]
        if field.target:
            return stored is not None and key_of(value, name) == str(stored)
        if field.column == "foreigntotal":
            symbol = currency_symbol(self.store, int(row["currency"]))
            return minor_units(value, symbol, name) == abs(int(stored))
        if isinstance(value, Mapping):
            return value.get("id") == str(stored)
        return str(value) == str(stored)


def _as_line(known: ItemLine, symbol: str, changes: Body) -> dict[str, object]:
    """A line that stands as a request would name it; a new price makes its amount void."""
    made: dict[str, object] = {
        "item": {"id": str(known.item)},
        "quantity": known.quantity,
        "description": known.memo,
    }
    if changes.keys() & {"quantity", "rate"} and known.rate:
        made["rate"] = known.rate
    else:
        made["amount"] = Money(known.amount, symbol).plain()
    segments = {"department": known.department, "class": known.class_id, "location": known.location}
    made |= {name: {"id": str(value)} for name, value in segments.items() if value}
    dates = {
        "revRecStartDate": known.starts_on,
        "revRecEndDate": known.ends_on,
        "custcol_dw_service_start": known.custom_dates[0],
        "custcol_dw_service_end": known.custom_dates[1],
    }
    made |= {name: day_of(value).isoformat() for name, value in dates.items() if value}
    return made


def _quantity(line: Body, path: str) -> str:
    """A positive quantity below ten thousand million with at most eight decimals."""
    text = str(line.get("quantity", "1"))
    if not _DECIMAL.fullmatch(text) or not 0 < Fraction(text) < _MOST:
        raise invalid_content("Invalid quantity.", f"{path}.quantity")
    return text


def _rate(line: Body, path: str) -> str:
    """A price of one, or empty."""
    value = line.get("rate")
    if value is None:
        return ""
    if not _DECIMAL.fullmatch(str(value).removeprefix("-")):
        raise invalid_content("Invalid rate.", f"{path}.rate")
    return str(value)


def _line_total(line: Body, quantity: str, rate: str, symbol: str, path: str) -> int:
    """The amount that was sent, or quantity times rate rounded half up."""
    given = line.get("amount")
    if given is not None:
        return minor_units(given, symbol, f"{path}.amount")
    if not rate:
        raise missing_field("Amount")
    exact = Fraction(quantity) * Fraction(rate) * 10 ** exponent(symbol)
    rounded = int(abs(exact) + Fraction(1, 2))
    return rounded if exact >= 0 else -rounded


def millionths(rate: object) -> int:
    """An exchange rate with at most six decimals. Raises Refusal."""
    whole, _, part = str(rate).partition(".")
    if not whole.isdecimal() or len(whole) > 9 or len(part) > 6 or not f"{part}0".isdecimal():
        raise invalid_content(f"Invalid value for the field 'exchangeRate': {rate}", "exchangeRate")
    return int(whole) * 1_000_000 + int(part.ljust(6, "0"))


def pending(body: Body) -> bool:
    """Whether approval is asked for."""
    status = body.get("approvalStatus")
    return (status.get("id") if isinstance(status, Mapping) else status) == "1"


def text_of(body: Body, name: str) -> str:
    """A text field; empty when absent."""
    value = body.get(name)
    return value if isinstance(value, str) else ""

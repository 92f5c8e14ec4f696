"""Creating, changing, deleting and transforming records."""

from __future__ import annotations

import dataclasses
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.netsuite.errors import (
    Refusal,
    invalid_content,
    invalid_reference,
    missing_field,
    no_such_record,
    user_error,
)
from sandbox.netsuite.records.bodies import Bodies
from sandbox.netsuite.records.deleting import remove
from sandbox.netsuite.records.metadata import LINE_DATES
from sandbox.netsuite.records.moments import Stamp
from sandbox.netsuite.records.notes import ENTITY_NOTE, REST, TRANSACTION_NOTE, note
from sandbox.netsuite.records.numbering import next_id
from sandbox.netsuite.records.posting import Poster
from sandbox.netsuite.records.reading import find
from sandbox.netsuite.records.receivables import Receivables, check_open, check_period
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, Field, RecordType, Shape
from sandbox.netsuite.records.rewriting import as_posted, rewrite, with_lines
from sandbox.netsuite.records.wire import day, items, reference, truth
from sandbox.netsuite.store import ErpStore, Value

_HOLDS = ("AUTO", "ON", "OFF")
_EXTERNAL_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")
_EDITABLE_DOCUMENT = (
    "memo",
    "otherRefNum",
    "checkNumber",
    "externalId",
    "dueDate",
    "tranDate",
    "tranId",
    "department",
    "class",
    "location",
    "terms",
    "email",
    "postingPeriod",
    "custbody_dw_project",
    "custbody_dw_reference",
)
_REWRITTEN = ("item", "exchangeRate")
_WITH_ITEMS = ("invoice", "creditmemo", "salesorder")
_LEDGER_FIELDS = ("tranDate", "postingPeriod", *_REWRITTEN)
Body = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Writer:
    """Changes records of a store at one moment, as `actor`."""

    store: ErpStore
    stamp: Stamp
    ledger: Receivables
    strict_names: bool
    actor: str = REST
    classic_dates: bool = True

    def create(self, kind: RecordType, body: Body) -> int:
        """Add a record; its id. Raises Refusal and changes nothing."""
        with self.store.transaction():
            self._check_names(kind, body)
            for name, label in kind.required:
                if body.get(name) in (None, ""):
                    raise missing_field(label)
            self._check_external_id(kind, body.get("externalId"), own=None)
            if kind.document:
                record_id = Poster(self.store, self.stamp, self.ledger).post(kind, body)
            else:
                record_id = self._add(kind, body)
            self._note(kind, record_id, ("record", "", f"created {kind.name}", "Create"))
        return record_id

    def transform(
        self,
        source: sqlite3.Row,
        target: RecordType,
        body: Body,
        *,
        source_is_document: bool = True,
        replaced: frozenset[str] = frozenset(),
    ) -> int:
        """Make a record out of another; its id. Raises Refusal and changes nothing."""
        with self.store.transaction():
            self._check_names(target, body)
            self._check_external_id(target, body.get("externalId"), own=None)
            poster = Poster(self.store, self.stamp, self.ledger)
            if source_is_document:
                record_id = poster.transform(source, target, body, replaced)
            else:
                field = target.required[0][0]
                record_id = poster.post(target, {field: {"id": str(source["id"])}, **body})
            self._note(target, record_id, ("record", "", f"created {target.name}", "Create"))
        return record_id

    def _check_names(self, kind: RecordType, body: Body) -> None:
        for name in body:
            field = kind.field(name)
            if (field is None and name not in kind.accepts) and self.strict_names:
                raise invalid_content(f"Unknown reference or field '{name}' in record.", name)
            if field is not None and not field.writable and self.strict_names:
                raise invalid_content(f"The field '{name}' is read only.", name)
        if self.strict_names and not self.classic_dates and "item" in body:
            for n, line in enumerate(items(body["item"], "item")):
                for name in sorted(line.keys() & LINE_DATES):
                    path = f"item.items[{n}].{name}"
                    raise invalid_content(f"Unknown reference or field '{name}' in record.", path)

    def _check_external_id(self, kind: RecordType, value: object, own: int | None) -> None:
        if value is None:
            return
        if not isinstance(value, str) or not _EXTERNAL_ID.fullmatch(value):
            raise invalid_content(f"Invalid external id: {value}", "externalId")
        try:
            row = find(self.store, kind, f"eid:{value}")
        except Refusal:
            return
        if row["id"] != own:
            raise user_error(f"This {'record' if kind.document else 'entity'} already exists.")

    def _add(self, kind: RecordType, body: Body) -> int:
        if not kind.required:
            raise Refusal(405, "INVALID_METHOD", f"This operation is not allowed for {kind.name}.")
        values = self._values(kind, body)
        if kind.name == "customer":
            values = _customer_defaults(self.store, values)
        if kind.name == "contact":
            values |= {"isinactive": values.get("isinactive", "F")}
        record_id = next_id(self.store, "customer", "contact")
        made = {"datecreated": self.stamp.wall, "lastmodifieddate": self.stamp.wall}
        utc = {"_created": self.stamp.utc, "_modified": self.stamp.utc}
        self.store.insert(kind.table, {**values, **made, **utc, "id": record_id})
        if kind.name == "customer":
            self.store.insert(
                "customersubsidiaryrelationship",
                {"entity": record_id, "subsidiary": values["_subsidiary"], "isprimarysub": "T"},
            )
        return record_id

    def _values(self, kind: RecordType, body: Body) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name, value in body.items():
            field = kind.field(name)
            if field is not None and field.writable:
                values[field.column] = self._value(field, value)
        return values

    def _value(self, field: Field, value: object) -> Value:
        if value is None or value == "":
            return None
        match field.shape:
            case Shape.DATE:
                return day(value, field.name)
            case Shape.BOOL:
                return "T" if truth(value, field.name) else "F"
            case Shape.REFERENCE:
                return resolve(self.store, field.target, value, field.name)
            case Shape.NUMBER:
                return str(value)
            case Shape.CHOICE:
                return _choice(value, field.name)
            case _:
                if not isinstance(value, str):
                    raise invalid_content(
                        f"Invalid value for the field '{field.name}'.", field.name
                    )
                return value

    def patch(
        self, kind: RecordType, row: sqlite3.Row, body: Body, replace: frozenset[str]
    ) -> None:
        """Change the named fields. Raises Refusal and changes nothing."""
        with self.store.transaction():
            self._check_names(kind, body)
            self._check_external_id(kind, body.get("externalId"), own=int(row["id"]))
            if kind.document:
                self._patch_document(kind, row, body, replace)
                return
            self._store_changes(kind, row, self._values(kind, body))

    def _patch_document(
        self, kind: RecordType, row: sqlite3.Row, body: Body, replace: frozenset[str]
    ) -> None:
        if row["voided"] == "T":
            raise user_error("A voided transaction cannot be changed.")
        affects = any(name in body for name in _LEDGER_FIELDS) or (
            "apply" in body and row["exchangerate"] != 1
        )
        check_open(self.store, int(row["postingperiod"]), affects_ledger=affects)
        poster = Poster(self.store, self.stamp, self.ledger)
        fields = {name: value for name, value in body.items() if name in _EDITABLE_DOCUMENT}
        rewritten = {name for name in _REWRITTEN if name in body and kind.name in _WITH_ITEMS}
        for name in body.keys() - fields.keys() - rewritten - {"apply", "toBeEmailed", "autoApply"}:
            if not kind.field(name) and name not in kind.accepts:
                continue
            if not poster.unchanged(kind, row, name, body[name]):
                raise user_error(f"The field '{name}' cannot be changed in this sandbox.")
        values = self._values(kind, fields)
        self._follow(row, body, values)
        self._store_changes(kind, row, values)
        if rewritten:
            self._rewrite(kind, row, body, replace=replace)
        if "apply" in body:
            poster.apply(row, body["apply"], replace="apply" in replace)

    def _follow(self, row: sqlite3.Row, body: Body, values: dict[str, Value]) -> None:
        """What changes along: the period with the date, the due date with the terms."""
        bodies = Bodies(self.store)
        if "trandate" in values and "postingPeriod" not in body:
            values["postingperiod"] = check_period(self.store, int(values["trandate"] or 0))
        elif "postingperiod" in values:
            check_open(self.store, int(values["postingperiod"] or 0))
        if values.get("terms") and "dueDate" not in body and row["type"] == "CustInvc":
            on = int(values.get("trandate") or row["trandate"])
            values["duedate"] = bodies.due({}, on, int(values["terms"] or 0))

    def _rewrite(
        self, kind: RecordType, row: sqlite3.Row, body: Body, *, replace: frozenset[str]
    ) -> None:
        """Other lines, or another rate."""
        fresh = find(self.store, kind, str(row["id"]))
        new = as_posted(self.store, fresh)
        if body.get("exchangeRate") is not None:
            rate = Bodies(self.store).rate(
                new.currency, new.base_currency, body["exchangeRate"], new.on
            )
            new = dataclasses.replace(new, rate_millionths=rate)
        if "item" in body:
            lines = Bodies(self.store).changed_lines(
                body["item"], new.currency, new.lines, replace="item" in replace
            )
            new = with_lines(new, lines)
        values = rewrite(self.store, self.stamp, new)
        for name in ("foreigntotal", "exchangerate", "status"):
            if fresh[name] != values[name]:
                change = (name, str(fresh[name]), str(values[name]), "Change")
                self._note(kind, int(row["id"]), change)
        moved = {"lastmodifieddate": self.stamp.wall, "_modified": self.stamp.utc}
        self.store.update(kind.table, int(row["id"]), moved)

    def _store_changes(self, kind: RecordType, row: sqlite3.Row, values: dict[str, Value]) -> None:
        if not values:
            return
        for column, value in values.items():
            if row[column] != value:
                old, new = str(row[column] or ""), str(value or "")
                self._note(kind, int(row["id"]), (column.lstrip("_"), old, new, "Change"))
        moved = {"lastmodifieddate": self.stamp.wall, "_modified": self.stamp.utc}
        self.store.update(kind.table, int(row["id"]), {**values, **moved})

    def delete(self, kind: RecordType, row: sqlite3.Row) -> None:
        """Remove a record. Raises Refusal while others depend on it."""
        with self.store.transaction():
            remove(self.store, self.ledger, self.stamp, self.actor, (kind, row))

    def _note(self, record: RecordType, record_id: int, change: tuple[str, str, str, str]) -> None:
        field, old, new, kind = change
        of = TRANSACTION_NOTE if record.document else ENTITY_NOTE
        note(self.store, self.stamp, self.actor, record_id, (field, old, new, kind), of)


def _choice(value: object, field: str) -> str:
    chosen = value.get("id") if isinstance(value, Mapping) else value
    if not isinstance(chosen, str) or (field == "creditHoldOverride" and chosen not in _HOLDS):
        raise invalid_content(f"Invalid value for the field '{field}'.", field)
    return chosen


def resolve(store: ErpStore, target: str, value: object, field: str, path: str = "") -> int:
    """The id a reference means. Raises Refusal when it names nothing."""
    named = reference(value, field)
    key = named.id or f"eid:{named.external_id}"
    try:
        return int(find(store, RECORD_TYPES[target], key)["id"])
    except Refusal as error:
        shown = named.id or named.external_id
        raise invalid_reference(shown, field, path or field) from error


def _customer_defaults(store: ErpStore, values: dict[str, Value]) -> dict[str, Value]:
    subsidiary = store.row("SELECT currency FROM subsidiary WHERE id = ?", (values["_subsidiary"],))
    if subsidiary is None:
        raise no_such_record()
    name = values.get("companyname")
    return {
        "entityid": name,
        "altname": name,
        "fullname": name,
        "currency": subsidiary["currency"],
        "isinactive": "F",
        "isperson": "F",
        "receivablesaccount": None,
        "creditholdoverride": "AUTO",
        **values,
    }

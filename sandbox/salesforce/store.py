"""The records of the organisation, and what an administrator does to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction

from sandbox.salesforce.objects import ObjectType, standard_objects

Value = str | bool | None
Record = dict[str, Value]

_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CASCADES = {
    "Account": (("Opportunity", "AccountId"), ("Contact", "AccountId"), ("Contract", "AccountId")),
    "Opportunity": (
        ("OpportunityLineItem", "OpportunityId"),
        ("OpportunityContactRole", "OpportunityId"),
        ("Quote", "OpportunityId"),
    ),
    "OpportunityLineItem": (("OpportunityLineItemSchedule", "OpportunityLineItemId"),),
    "Quote": (("QuoteLineItem", "QuoteId"),),
}


class NoSuchField(ValueError):
    """The object has no such field."""


@dataclass(slots=True)
class Org:
    """Records by object and id. Dates and times are ISO texts, numbers plain decimal texts."""

    clock: Callable[[], datetime]
    types: dict[str, ObjectType] = field(default_factory=standard_objects)
    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    made: int = 0

    def create(self, table: str, **values: Value) -> str:
        """Create a record; its 18-character id."""
        kind = self.types[table]
        self.made += 1
        new_id = record_id(kind.prefix, self.made)
        blank: Record = {name: False if t == "boolean" else None for name, t in kind.fields.items()}
        record = {**blank, "Id": new_id, "CreatedDate": self.stamp()}
        self.records.setdefault(table, {})[new_id] = record
        self.change(table, new_id, **values)
        return new_id

    def change(self, table: str, record: str, **values: Value) -> None:
        """Set fields, as saving does: the time of change moves, totals follow."""
        unknown = [name for name in values if name not in self.types[table].fields]
        if unknown:
            raise NoSuchField(f"{table}.{unknown[0]}")
        row = self.records[table][record]
        row.update(values)
        row["SystemModstamp"] = self.stamp()
        self._follow(table, row, values)

    def delete(self, table: str, record: str) -> None:
        """Into the recycle bin, with everything below it.

        A contact role that is removed by itself is gone at once (object reference).
        """
        row = self.records[table][record]
        if table == "OpportunityContactRole":
            owner = self.records["Opportunity"][str(row["OpportunityId"])]
            if not owner["IsDeleted"]:
                self.purge(table, record)
                return
        row.update(IsDeleted=True, SystemModstamp=self.stamp())
        for child, name in _CASCADES.get(table, ()):
            for each in self.children(child, name, record):
                self.delete(child, str(each["Id"]))
        if table == "OpportunityLineItem":
            self._sum(str(row["OpportunityId"]))
        if table == "OpportunityLineItemSchedule":
            self._scheduled(str(row["OpportunityLineItemId"]))

    def purge(self, table: str, record: str) -> None:
        """Empty the recycle bin of a record: it is never seen again."""
        del self.records[table][record]

    def merge_accounts(self, master: str, loser: str) -> None:
        """One account of two: what belonged to the loser belongs to the master.

        Only the master is saved; what changes hands is not (Apex guide, "Triggers and Merge
        Statements").
        """
        for child, name in (*_CASCADES["Account"], ("Account", "ParentId")):
            for each in self.children(child, name, loser):
                each[name] = master
        self.change("Account", master)
        row = self.records["Account"][loser]
        row.update(IsDeleted=True, MasterRecordId=master, SystemModstamp=self.stamp())

    def children(self, table: str, name: str, parent: str) -> Iterator[Record]:
        """Records that are not deleted and point to `parent` by the field `name`."""
        for row in list(self.records.get(table, {}).values()):
            if row.get(name) == parent and not row["IsDeleted"]:
                yield row

    def stamp(self) -> str:
        """The time to the second, as Salesforce keeps it."""
        return f"{self.clock().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def _follow(self, table: str, row: Record, values: dict[str, Value]) -> None:
        if table in ("OpportunityLineItem", "QuoteLineItem") and "TotalPrice" not in values:
            row["TotalPrice"] = _line_total(row)
        if table == "OpportunityLineItem":
            self._sum(str(row["OpportunityId"]))
        if table == "OpportunityLineItemSchedule":
            self._scheduled(str(row["OpportunityLineItemId"]))

    def _sum(self, opportunity: str) -> None:
        """An opportunity with products is worth what they come to."""
        row = self.records.get("Opportunity", {}).get(opportunity)
        if row is None or row["IsDeleted"]:
            return
        lines = list(self.children("OpportunityLineItem", "OpportunityId", opportunity))
        totals = [str(line["TotalPrice"]) for line in lines if line["TotalPrice"] is not None]
        row["Amount"] = plain(sum((Fraction(t) for t in totals), Fraction(0)))
        row["SystemModstamp"] = self.stamp()

    def _scheduled(self, line: str) -> None:
        """The total of a line with a revenue schedule is that of its schedule."""
        row = self.records["OpportunityLineItem"][line]
        parts = list(self.children("OpportunityLineItemSchedule", "OpportunityLineItemId", line))
        revenue = [str(part["Revenue"]) for part in parts if part["Revenue"] is not None]
        row.update(HasSchedule=bool(parts), HasRevenueSchedule=bool(revenue))
        row["SystemModstamp"] = self.stamp()
        if revenue:
            row["TotalPrice"] = plain(sum((Fraction(r) for r in revenue), Fraction(0)))
            self._sum(str(row["OpportunityId"]))


def record_id(prefix: str, number: int) -> str:
    """The 18-character id of the nth record; the last three tell capitals from small letters."""
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = _DIGITS[rest] + digits
    short = prefix + digits.rjust(12, "0")
    blocks = (short[at : at + 5] for at in (0, 5, 10))
    suffix = (sum(c.isupper() << i for i, c in enumerate(block)) for block in blocks)
    return short + "".join(_CHECK[bits] for bits in suffix)


def plain(value: Fraction) -> str:
    """Decimal text with up to eight digits after the point."""
    whole, rest = divmod(round(abs(value) * 10**8), 10**8)
    text = f"{whole}.{rest:08d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and text != "0" else text


def _line_total(row: Record) -> Value:
    if row["Quantity"] is None or row["UnitPrice"] is None:
        return None
    gross = Fraction(str(row["Quantity"])) * Fraction(str(row["UnitPrice"]))
    cents = gross * (100 - Fraction(str(row["Discount"] or 0)))
    return plain(
        Fraction((2 * cents.numerator + cents.denominator) // (2 * cents.denominator), 100)
    )

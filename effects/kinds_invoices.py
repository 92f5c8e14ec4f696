"""Invoices as effects: creating one, and changing what may change without touching money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from domain.ledger.money import Money
from effects.payload import day_in, day_out, money_in, money_out, pairs_in
from security.chain import digest

_CHANGED = {
    "due_on": "due date",
    "po_number": "purchase order number",
    "memo": "memo",
    "terms_netsuite_id": "terms",
}
CHANGEABLE = tuple(_CHANGED)


@dataclass(frozen=True, slots=True)
class InvoiceLineContent:
    """A line as it will stand in the ERP. `quantity` and `rate` are plain decimal text."""

    item_netsuite_id: str
    item_name: str
    amount: Money
    quantity: str = "1"
    rate: str = ""
    description: str = ""
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    fields: tuple[tuple[str, str], ...] = ()

    def payload(self) -> dict[str, object]:
        return {
            "item_netsuite_id": self.item_netsuite_id,
            "item_name": self.item_name,
            "amount": money_out(self.amount),
            "quantity": self.quantity,
            "rate": self.rate,
            "description": self.description,
            "department_netsuite_id": self.department_netsuite_id,
            "class_netsuite_id": self.class_netsuite_id,
            "location_netsuite_id": self.location_netsuite_id,
            "service_starts_on": day_out(self.service_starts_on),
            "service_ends_on": day_out(self.service_ends_on),
            "fields": [list(pair) for pair in self.fields],
        }

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> InvoiceLineContent:
        values = dict(raw)
        values["amount"] = money_in(values["amount"])
        for name in ("service_starts_on", "service_ends_on"):
            values[name] = day_in(values[name])
        values["fields"] = pairs_in(values["fields"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class CreateInvoice:
    """One invoice in the ERP for one draft, exactly as it was reviewed.

    `total` includes tax: what the ERP must arrive at. `review` is plain JSON and part of what is
    approved: the content hash, the findings, who acknowledged which and why, and the journal the
    invoice will make. An empty `number` lets the ERP number it.
    """

    kind: ClassVar[str] = "create_invoice"
    channel: ClassVar[str] = "erp"

    draft_id: int
    source: str
    source_id: str
    customer_id: int
    customer_netsuite_id: str
    currency: str
    total: Money
    issued_on: date
    due_on: date | None
    lines: tuple[InvoiceLineContent, ...]
    external_id: str
    number: str = ""
    terms_netsuite_id: str = ""
    subsidiary_netsuite_id: str = ""
    ar_account_netsuite_id: str = ""
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    exchange_rate: str = ""
    po_number: str = ""
    memo: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    review: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("an invoice has at least one line")
        if {self.currency} != {self.total.currency, *(a.amount.currency for a in self.lines)}:
            raise ValueError("an invoice has one currency")
        if self.total.minor <= 0:
            raise ValueError("the total of an invoice is positive")

    def key(self) -> str:
        """Stable identity: what the invoice is made from is invoiced once."""
        return f"invoice:{self.source}:{self.source_id}"

    def title(self) -> str:
        return f"Invoice {self.number} of {self.total}".replace("  ", " ")

    def payload(self) -> dict[str, object]:
        return {
            "draft_id": self.draft_id,
            "source": self.source,
            "source_id": self.source_id,
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "currency": self.currency,
            "total": money_out(self.total),
            "issued_on": self.issued_on.isoformat(),
            "due_on": day_out(self.due_on),
            "lines": [line.payload() for line in self.lines],
            "external_id": self.external_id,
            "number": self.number,
            "terms_netsuite_id": self.terms_netsuite_id,
            "subsidiary_netsuite_id": self.subsidiary_netsuite_id,
            "ar_account_netsuite_id": self.ar_account_netsuite_id,
            "department_netsuite_id": self.department_netsuite_id,
            "class_netsuite_id": self.class_netsuite_id,
            "location_netsuite_id": self.location_netsuite_id,
            "exchange_rate": self.exchange_rate,
            "po_number": self.po_number,
            "memo": self.memo,
            "fields": [list(pair) for pair in self.fields],
            "review": dict(self.review),
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> CreateInvoice:
        values = dict(raw)
        values["total"] = money_in(values["total"])
        values["issued_on"] = date.fromisoformat(values["issued_on"])
        values["due_on"] = day_in(values["due_on"])
        values["lines"] = tuple(InvoiceLineContent.from_payload(one) for one in values["lines"])
        values["fields"] = pairs_in(values["fields"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class UpdateInvoice:
    """New values for fields of an invoice that move no money, in place of those that stood there.

    `before` and `after` hold the same fields of CHANGEABLE as text (`due_on` as YYYY-MM-DD).
    `expected_modified_at` is the ERP's time stamp that the change was decided on; None when it
    is not known. `occasion` completes the key from stable ids only. `draft_id` is 0 without a
    draft.
    """

    kind: ClassVar[str] = "update_invoice"
    channel: ClassVar[str] = "erp"

    invoice_id: int
    netsuite_id: str
    number: str
    customer_id: int
    before: Mapping[str, str]
    after: Mapping[str, str]
    expected_modified_at: datetime | None
    occasion: str
    customer_netsuite_id: str = ""
    draft_id: int = 0

    def __post_init__(self) -> None:
        if not self.after or self.after.keys() != self.before.keys():
            raise ValueError("before and after name the same fields")
        if not self.after.keys() <= set(CHANGEABLE):
            raise ValueError(f"only {', '.join(CHANGEABLE)} can be changed")
        if dict(self.after) == dict(self.before):
            raise ValueError("nothing would change")
        if "due_on" in self.after:
            date.fromisoformat(self.after["due_on"])

    def key(self) -> str:
        """Stable identity: one occasion changes one invoice once."""
        return f"update_invoice:{self.netsuite_id}:{self.occasion}"

    def title(self) -> str:
        named = ", ".join(_CHANGED[name] for name in CHANGEABLE if name in self.after)
        return f"Invoice {self.number}: change of {named}"

    def payload(self) -> dict[str, object]:
        at = self.expected_modified_at
        return {
            "invoice_id": self.invoice_id,
            "netsuite_id": self.netsuite_id,
            "number": self.number,
            "customer_id": self.customer_id,
            "before": dict(self.before),
            "after": dict(self.after),
            "expected_modified_at": None if at is None else at.isoformat(),
            "occasion": self.occasion,
            "customer_netsuite_id": self.customer_netsuite_id,
            "draft_id": self.draft_id,
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> UpdateInvoice:
        values = dict(raw)
        at = values["expected_modified_at"]
        values["expected_modified_at"] = None if at is None else datetime.fromisoformat(at)
        return cls(**values)

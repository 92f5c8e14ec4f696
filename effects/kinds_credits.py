"""What lowers a claim without money, as effects: a credit memo, a write-off, a void asked for.

A credit memo is one record in the ERP with what it is set against. A refund out of it is an effect
of its own that waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal

from domain.ledger.money import Money, total
from effects.kinds_payments import AppliedAmount, applied_in, check_applied
from effects.payload import day_in, day_out, money_in, money_out
from security.chain import digest

VoidedKind = Literal["invoice", "credit_memo", "payment"]


@dataclass(frozen=True, slots=True)
class CreditLineContent:
    """A line of a credit memo as it will stand in the ERP.

    `account_*` is where the ERP books it: its item's account, told for the journal. An empty item
    is one that nobody has configured yet; `item_name` then says which. `invoice_line` is the ERP's
    number of the credited line of the invoice, 0 for none.
    """

    item_netsuite_id: str
    item_name: str
    amount: Money
    account_netsuite_id: str = ""
    account_name: str = ""
    description: str = ""
    invoice_line: int = 0
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""

    def payload(self) -> dict[str, object]:
        return {
            "item_netsuite_id": self.item_netsuite_id,
            "item_name": self.item_name,
            "amount": money_out(self.amount),
            "account_netsuite_id": self.account_netsuite_id,
            "account_name": self.account_name,
            "description": self.description,
            "invoice_line": self.invoice_line,
            "service_starts_on": day_out(self.service_starts_on),
            "service_ends_on": day_out(self.service_ends_on),
            "department_netsuite_id": self.department_netsuite_id,
            "class_netsuite_id": self.class_netsuite_id,
            "location_netsuite_id": self.location_netsuite_id,
        }

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> CreditLineContent:
        days = {name: day_in(raw[name]) for name in ("service_starts_on", "service_ends_on")}
        return cls(**{**raw, **days, "amount": money_in(raw["amount"])})


@dataclass(frozen=True, slots=True)
class CreateCreditMemo:
    """One credit memo in the ERP, set against what `applications` name; the rest stays open.

    With an invoice it is made by transforming it, so that the ERP knows what was credited and
    credits tax in proportion; `tax` is what the ERP must arrive at. Without one (`invoice_id` 0)
    it stands alone. `review` is plain JSON and part of what is approved: findings, and who
    accepted which warning and why.
    """

    kind: ClassVar[str] = "create_credit_memo"
    channel: ClassVar[str] = "erp"

    request_id: int
    customer_id: int
    customer_netsuite_id: str
    lines: tuple[CreditLineContent, ...]
    tax: Money
    applications: tuple[AppliedAmount, ...]
    issued_on: date
    reason: str
    occasion: str
    external_id: str
    invoice_id: int = 0
    invoice_netsuite_id: str = ""
    invoice_number: str = ""
    tax_account_netsuite_id: str = ""
    tax_account_name: str = ""
    ar_account_netsuite_id: str = ""
    subsidiary_netsuite_id: str = ""
    exchange_rate: str = ""
    memo: str = ""
    review: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_memo(self.lines, self.amount, self.applications)
        if self.tax.minor < 0:
            raise ValueError("a credit of tax is not negative")
        if bool(self.invoice_id) != bool(self.invoice_netsuite_id):
            raise ValueError("an invoice is named by our id and the ERP's")

    @property
    def amount(self) -> Money:
        """What is credited, tax included."""
        return total((line.amount for line in self.lines), self.tax.currency) + self.tax

    @property
    def offset(self) -> Money:
        """What of it is set against invoices at once."""
        return total((line.amount for line in self.applications), self.tax.currency)

    def key(self) -> str:
        """Stable identity: what asks for a credit is credited once."""
        return f"credit_memo:{self.occasion}"

    def title(self) -> str:
        on = f" on {self.invoice_number}" if self.invoice_number else ""
        return f"Credit of {self.amount}{on}: {self.reason.replace('_', ' ')}"

    def payload(self) -> dict[str, object]:
        return {
            "request_id": self.request_id,
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "lines": [line.payload() for line in self.lines],
            "tax": money_out(self.tax),
            "applications": [line.payload() for line in self.applications],
            "issued_on": self.issued_on.isoformat(),
            "reason": self.reason,
            "occasion": self.occasion,
            "external_id": self.external_id,
            "invoice_id": self.invoice_id,
            "invoice_netsuite_id": self.invoice_netsuite_id,
            "invoice_number": self.invoice_number,
            "tax_account_netsuite_id": self.tax_account_netsuite_id,
            "tax_account_name": self.tax_account_name,
            "ar_account_netsuite_id": self.ar_account_netsuite_id,
            "subsidiary_netsuite_id": self.subsidiary_netsuite_id,
            "exchange_rate": self.exchange_rate,
            "memo": self.memo,
            "review": dict(self.review),
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> CreateCreditMemo:
        values = dict(raw)
        values["lines"] = tuple(CreditLineContent.from_payload(one) for one in values["lines"])
        values["tax"] = money_in(values["tax"])
        values["applications"] = applied_in(values["applications"])
        values["issued_on"] = date.fromisoformat(values["issued_on"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class WriteOffInvoice:
    """A claim given up: a credit memo of bad debt set against the invoice.

    Its items have no revenue rule, so that no revenue is reversed; what was never delivered stands
    on a line of its own, whose item books to deferred revenue. `undelivered` is that part.
    """

    kind: ClassVar[str] = "write_off_invoice"
    channel: ClassVar[str] = "erp"

    request_id: int
    customer_id: int
    customer_netsuite_id: str
    invoice: AppliedAmount
    lines: tuple[CreditLineContent, ...]
    undelivered: Money
    written_off_on: date
    reason: str
    occasion: str
    external_id: str
    ar_account_netsuite_id: str = ""
    subsidiary_netsuite_id: str = ""
    exchange_rate: str = ""
    memo: str = ""
    review: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_memo(self.lines, self.amount, (self.invoice,))
        if self.amount != self.invoice.amount:
            raise ValueError("all of a write-off is set against its invoice")
        if not 0 <= self.undelivered.minor <= self.amount.minor:
            raise ValueError("what was not delivered is a part of what is written off")

    @property
    def amount(self) -> Money:
        return total((line.amount for line in self.lines), self.undelivered.currency)

    @property
    def applications(self) -> tuple[AppliedAmount, ...]:
        return (self.invoice,)

    def key(self) -> str:
        """Stable identity: what asks for a write-off is written off once."""
        return f"write_off:{self.occasion}"

    def title(self) -> str:
        return f"Write-off of {self.amount} on {self.invoice.number}"

    def payload(self) -> dict[str, object]:
        return {
            "request_id": self.request_id,
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "invoice": self.invoice.payload(),
            "lines": [line.payload() for line in self.lines],
            "undelivered": money_out(self.undelivered),
            "written_off_on": self.written_off_on.isoformat(),
            "reason": self.reason,
            "occasion": self.occasion,
            "external_id": self.external_id,
            "ar_account_netsuite_id": self.ar_account_netsuite_id,
            "subsidiary_netsuite_id": self.subsidiary_netsuite_id,
            "exchange_rate": self.exchange_rate,
            "memo": self.memo,
            "review": dict(self.review),
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> WriteOffInvoice:
        values = dict(raw)
        (values["invoice"],) = applied_in([values["invoice"]])
        values["lines"] = tuple(CreditLineContent.from_payload(one) for one in values["lines"])
        values["undelivered"] = money_in(values["undelivered"])
        values["written_off_on"] = date.fromisoformat(values["written_off_on"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class VoidRequest:
    """A document that a person shall void in the ERP, which has no way to do it from outside.

    Approving it says that it shall be done; it is done when the ERP shows the document as voided.
    """

    kind: ClassVar[str] = "void_request"
    channel: ClassVar[str] = "erp"

    request_id: int
    record: VoidedKind
    netsuite_id: str
    number: str
    customer_id: int
    customer_netsuite_id: str
    amount: Money
    reason: str
    occasion: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("a void has a reason")

    def key(self) -> str:
        """Stable identity: one document is voided once."""
        return f"void:{self.record}:{self.netsuite_id}:{self.occasion}"

    def title(self) -> str:
        return f"Void {self.record.replace('_', ' ')} {self.number} of {self.amount}"

    def payload(self) -> dict[str, object]:
        return {
            "request_id": self.request_id,
            "record": self.record,
            "netsuite_id": self.netsuite_id,
            "number": self.number,
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "amount": money_out(self.amount),
            "reason": self.reason,
            "occasion": self.occasion,
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> VoidRequest:
        return cls(**{**raw, "amount": money_in(raw["amount"])})


def check_memo(
    lines: Sequence[CreditLineContent], amount: Money, applications: Sequence[AppliedAmount]
) -> None:
    """Raises ValueError unless a memo has lines, is positive and covers what it is set against."""
    if not lines:
        raise ValueError("a credit memo has at least one line")
    if {amount.currency} != {line.amount.currency for line in lines}:
        raise ValueError("a credit memo has one currency")
    if amount.minor <= 0:
        raise ValueError("a credit memo is of more than nothing")
    if any(line.discount for line in applications):
        raise ValueError("a credit is set against invoices without discount")
    check_applied(amount, tuple(applications))

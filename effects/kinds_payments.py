"""Customer payments as effects: posting one, and putting its applications right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from domain.ledger.money import Money
from effects.payload import money_in, money_out
from security.chain import digest


@dataclass(frozen=True, slots=True)
class AppliedAmount:
    """An amount of a payment set against one invoice, by our id, the ERP's id and its number."""

    invoice_id: int
    netsuite_id: str
    number: str
    amount: Money

    def payload(self) -> dict[str, object]:
        return {
            "invoice_id": self.invoice_id,
            "netsuite_id": self.netsuite_id,
            "number": self.number,
            "amount": money_out(self.amount),
        }


@dataclass(frozen=True, slots=True)
class PostCustomerPayment:
    """One customer payment in the ERP for one receipt. What is not applied stays unapplied."""

    kind: ClassVar[str] = "post_customer_payment"
    channel: ClassVar[str] = "erp"

    payment_id: int
    source: str
    source_id: str
    customer_id: int
    customer_netsuite_id: str
    amount: Money
    received_on: date
    applications: tuple[AppliedAmount, ...]
    external_id: str
    reference: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        _check_applied(self.amount, self.applications)

    def key(self) -> str:
        """Stable identity: one receipt is posted once."""
        return f"payment:{self.source}:{self.source_id}"

    def title(self) -> str:
        numbers = ", ".join(line.number for line in self.applications) or "unapplied"
        return f"Customer payment of {self.amount} for {numbers}"

    def payload(self) -> dict[str, object]:
        return {
            "payment_id": self.payment_id,
            "source": self.source,
            "source_id": self.source_id,
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "amount": money_out(self.amount),
            "received_on": self.received_on.isoformat(),
            "applications": [line.payload() for line in self.applications],
            "external_id": self.external_id,
            "reference": self.reference,
            "memo": self.memo,
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> PostCustomerPayment:
        values = dict(raw)
        values["amount"] = money_in(values["amount"])
        values["received_on"] = date.fromisoformat(values["received_on"])
        values["applications"] = _applied_in(values["applications"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class PutApplications:
    """What a customer payment in the ERP is applied to: exactly `after`, where `before` stood.

    `amount` is the whole payment. `occasion` completes the key from stable ids only, as
    "drift:{finding id}"; an invoice in both lists keeps or changes its amount.
    """

    kind: ClassVar[str] = "put_applications"
    channel: ClassVar[str] = "erp"

    payment_id: int
    payment_netsuite_id: str
    customer_id: int
    amount: Money
    before: tuple[AppliedAmount, ...]
    after: tuple[AppliedAmount, ...]
    occasion: str
    number: str = ""
    customer_netsuite_id: str = ""

    def __post_init__(self) -> None:
        _check_applied(self.amount, self.after)
        if applied_to(self.before) == applied_to(self.after):
            raise ValueError("nothing would change")

    def key(self) -> str:
        """Stable identity: one occasion changes one payment once."""
        return f"applications:{self.payment_netsuite_id}:{self.occasion}"

    def title(self) -> str:
        numbers = ", ".join(line.number for line in self.after) or "nothing"
        return f"Payment {self.number or self.payment_netsuite_id} applied to {numbers}"

    def payload(self) -> dict[str, object]:
        return {
            "payment_id": self.payment_id,
            "payment_netsuite_id": self.payment_netsuite_id,
            "customer_id": self.customer_id,
            "amount": money_out(self.amount),
            "before": [line.payload() for line in self.before],
            "after": [line.payload() for line in self.after],
            "occasion": self.occasion,
            "number": self.number,
            "customer_netsuite_id": self.customer_netsuite_id,
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> PutApplications:
        values = dict(raw)
        values["amount"] = money_in(values["amount"])
        for name in ("before", "after"):
            values[name] = _applied_in(values[name])
        return cls(**values)


def applied_to(lines: Sequence[AppliedAmount]) -> dict[str, Money]:
    """The amounts by the ERP's invoice id."""
    return {line.netsuite_id: line.amount for line in lines}


def _check_applied(amount: Money, lines: Sequence[AppliedAmount]) -> None:
    applied = sum(line.amount.minor for line in lines)
    if applied > amount.minor or any(a.amount.minor <= 0 for a in lines):
        raise ValueError("applications must be positive and within the payment")


def _applied_in(raw: Sequence[Mapping[str, Any]]) -> tuple[AppliedAmount, ...]:
    return tuple(AppliedAmount(**{**line, "amount": money_in(line["amount"])}) for line in raw)

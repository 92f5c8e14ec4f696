"""Customer payments as effects: posting one, and putting its applications right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from domain.ledger.money import Money
from effects.payload import money_in, money_out, some_money_in, some_money_out
from security.chain import digest

CreditKind = Literal["credit_memo", "deposit", "journal", "payment"]


@dataclass(frozen=True, slots=True)
class AppliedAmount:
    """An amount of a payment set against one invoice, by our id, the ERP's id and its number.

    `discount` is what is taken off the invoice beyond `amount` for paying early.
    """

    invoice_id: int
    netsuite_id: str
    number: str
    amount: Money
    discount: Money | None = None

    @property
    def settled(self) -> Money:
        """How much less is open of the invoice afterwards."""
        return self.amount if self.discount is None else self.amount + self.discount

    def payload(self) -> dict[str, object]:
        return {
            "invoice_id": self.invoice_id,
            "netsuite_id": self.netsuite_id,
            "number": self.number,
            "amount": money_out(self.amount),
            "discount": some_money_out(self.discount),
        }


@dataclass(frozen=True, slots=True)
class UsedCredit:
    """A part of something that stands in the customer's favour: our id, the ERP's, its number."""

    kind: CreditKind
    document_id: int
    netsuite_id: str
    number: str
    amount: Money

    def payload(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "document_id": self.document_id,
            "netsuite_id": self.netsuite_id,
            "number": self.number,
            "amount": money_out(self.amount),
        }

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> UsedCredit:
        return cls(**{**raw, "amount": money_in(raw["amount"])})


@dataclass(frozen=True, slots=True)
class PostCustomerPayment:
    """One customer payment in the ERP for one receipt. What is not applied stays unapplied.

    `amount` is what is booked: the receipt and the bank's `fee`, which a journal of its own takes
    to expense. `applications` come out of `amount` and `credits` together. Without an account the
    ERP's own convention holds (undeposited funds, or the account configured for payments).
    """

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
    credits: tuple[UsedCredit, ...] = ()
    fee: Money | None = None
    account_netsuite_id: str = ""
    ar_account_netsuite_id: str = ""
    exchange_rate: str = ""
    arrived_by: str = ""
    check_number: str = ""

    def __post_init__(self) -> None:
        _check_credits(self.amount, self.credits, self.applications)
        check_applied(Money(self.amount.minor + _sum(self.credits), self.amount.currency),
                      self.applications)  # fmt: skip
        if self.fee is not None and not 0 <= self.fee.minor <= self.amount.minor:
            raise ValueError("a fee is a part of what is booked")

    @property
    def received(self) -> Money:
        """What reached us: what is booked without the fee."""
        return self.amount if self.fee is None else self.amount - self.fee

    @property
    def unapplied(self) -> Money:
        """What of the money stays on the customer's account."""
        used = sum(line.amount.minor for line in self.applications) - _sum(self.credits)
        return Money(self.amount.minor - used, self.amount.currency)

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
            "credits": [credit.payload() for credit in self.credits],
            "fee": some_money_out(self.fee),
            "account_netsuite_id": self.account_netsuite_id,
            "ar_account_netsuite_id": self.ar_account_netsuite_id,
            "exchange_rate": self.exchange_rate,
            "arrived_by": self.arrived_by,
            "check_number": self.check_number,
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> PostCustomerPayment:
        values = dict(raw)
        values["amount"] = money_in(values["amount"])
        values["received_on"] = date.fromisoformat(values["received_on"])
        values["applications"] = applied_in(values["applications"])
        values["credits"] = credits_in(values.get("credits", ()))
        values["fee"] = some_money_in(values.get("fee"))
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
        check_applied(self.amount, self.after)
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
            values[name] = applied_in(values[name])
        return cls(**values)


def applied_to(lines: Sequence[AppliedAmount]) -> dict[str, Money]:
    """The amounts by the ERP's invoice id."""
    return {line.netsuite_id: line.amount for line in lines}


def check_applied(amount: Money, lines: Sequence[AppliedAmount]) -> None:
    """Raises ValueError unless all lines are positive, of one currency, and within `amount`."""
    applied = sum(line.amount.minor for line in lines)
    if applied > amount.minor or any(a.amount.minor <= 0 for a in lines):
        raise ValueError("applications must be positive and within the payment")
    discounts = [line.discount for line in lines if line.discount is not None]
    if any(discount.minor <= 0 for discount in discounts):
        raise ValueError("a discount is positive")
    if {one.currency for one in (*(a.amount for a in lines), *discounts)} - {amount.currency}:
        raise ValueError("applications are in the currency of the payment")
    if len({line.netsuite_id for line in lines}) < len(lines):
        raise ValueError("an invoice is named once")


def applied_in(raw: Sequence[Mapping[str, Any]]) -> tuple[AppliedAmount, ...]:
    """The applications of a payload."""
    return tuple(_line_in(line) for line in raw)


def credits_in(raw: Sequence[Mapping[str, Any]]) -> tuple[UsedCredit, ...]:
    """The credits of a payload."""
    return tuple(UsedCredit.from_payload(one) for one in raw)


def _line_in(raw: Mapping[str, Any]) -> AppliedAmount:
    discount = some_money_in(raw.get("discount"))
    return AppliedAmount(**{**raw, "amount": money_in(raw["amount"]), "discount": discount})


def _check_credits(
    amount: Money, credits_: Sequence[UsedCredit], lines: Sequence[AppliedAmount]
) -> None:
    if any(one.amount.minor <= 0 or one.amount.currency != amount.currency for one in credits_):
        raise ValueError("credits are positive and in the currency of the payment")
    if _sum(credits_) > sum(line.amount.minor for line in lines):
        raise ValueError("credits are used up by the invoices they are taken for")
    if len({(one.kind, one.netsuite_id) for one in credits_}) < len(credits_):
        raise ValueError("a credit is named once")


def _sum(credits_: Sequence[UsedCredit]) -> int:
    return sum(one.amount.minor for one in credits_)

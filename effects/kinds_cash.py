"""Cash applied, taken back and refunded, as effects; each is one record or one change in the ERP.

What takes two records are two effects: the second names the key of the first in `waits_for`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from domain.ledger.money import Money
from effects.kinds_payments import (
    AppliedAmount,
    UsedCredit,
    applied_in,
    check_applied,
    credits_in,
)
from effects.payload import money_in, money_out
from security.chain import digest


@dataclass(frozen=True, slots=True)
class ApplyCredit:
    """A credit memo, deposit, journal or unapplied payment set against invoices, without money.

    `before` is what the credit is applied to of these same invoices already, which stays. A
    journal that does not stand yet has no id in `credit`: `credit_external_id` names it, and
    `waits_for` the effect that posts it. `external_id` is that of the record which a deposit or
    a journal needs for being applied; a credit memo and a payment need none. What is settled may
    be a journal that adds to what is owed: `onto_external_id` names it, its application no id.
    """

    kind: ClassVar[str] = "apply_credit"
    channel: ClassVar[str] = "erp"

    customer_id: int
    customer_netsuite_id: str
    credit: UsedCredit
    applications: tuple[AppliedAmount, ...]
    occasion: str
    applied_on: date
    external_id: str = ""
    before: tuple[AppliedAmount, ...] = ()
    credit_external_id: str = ""
    ar_account_netsuite_id: str = ""
    waits_for: str = ""
    memo: str = ""
    onto_external_id: str = ""

    def __post_init__(self) -> None:
        check_applied(self.credit.amount, self.applications)
        if bool(self.onto_external_id) == all(line.netsuite_id for line in self.applications):
            raise ValueError("what is settled has an id of the ERP, or an external id until then")
        if not self.applications or any(line.discount for line in self.applications):
            raise ValueError("a credit is applied to invoices, without discount")
        if sum(line.amount.minor for line in self.applications) != self.credit.amount.minor:
            raise ValueError("the credit's amount is what is applied of it")
        if not self.credit.netsuite_id and not self.credit_external_id:
            raise ValueError("a credit has an id of the ERP, or an external id until then")
        if self.credit.kind in ("deposit", "journal") and not self.external_id:
            raise ValueError(f"applying a {self.credit.kind} makes a record with an external id")

    @property
    def amount(self) -> Money:
        return self.credit.amount

    def key(self) -> str:
        """Stable identity: one occasion uses one credit once."""
        named = self.credit.netsuite_id or self.credit_external_id
        return f"apply_credit:{self.credit.kind}:{named}:{self.occasion}"

    def title(self) -> str:
        numbers = ", ".join(line.number for line in self.applications)
        return f"{_credit_words(self.credit)} set against {numbers}"

    def payload(self) -> dict[str, object]:
        return {
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "credit": self.credit.payload(),
            "applications": [line.payload() for line in self.applications],
            "occasion": self.occasion,
            "applied_on": self.applied_on.isoformat(),
            "external_id": self.external_id,
            "before": [line.payload() for line in self.before],
            "credit_external_id": self.credit_external_id,
            "ar_account_netsuite_id": self.ar_account_netsuite_id,
            "waits_for": self.waits_for,
            "memo": self.memo,
            "onto_external_id": self.onto_external_id,
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> ApplyCredit:
        values = dict(raw)
        values["credit"] = UsedCredit.from_payload(values["credit"])
        values["applications"] = applied_in(values["applications"])
        values["before"] = applied_in(values["before"])
        values["applied_on"] = date.fromisoformat(values["applied_on"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class UnapplyPayment:
    """A payment taken off invoices: `removed` is the whole of what stands on each of them.

    The money stays with the customer as unapplied cash.
    """

    kind: ClassVar[str] = "unapply_payment"
    channel: ClassVar[str] = "erp"

    payment_id: int
    payment_netsuite_id: str
    customer_id: int
    customer_netsuite_id: str
    removed: tuple[AppliedAmount, ...]
    occasion: str
    number: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.removed:
            raise ValueError("something is taken off")
        check_applied(self.amount, self.removed)

    @property
    def amount(self) -> Money:
        """The money that is free again."""
        minor = sum(line.amount.minor for line in self.removed)
        return Money(minor, self.removed[0].amount.currency)

    def key(self) -> str:
        """Stable identity: one occasion frees one payment once."""
        return f"unapply:{self.payment_netsuite_id}:{self.occasion}"

    def title(self) -> str:
        numbers = ", ".join(line.number for line in self.removed)
        return f"Payment {self.number or self.payment_netsuite_id} taken off {numbers}"

    def payload(self) -> dict[str, object]:
        return {
            "payment_id": self.payment_id,
            "payment_netsuite_id": self.payment_netsuite_id,
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "removed": [line.payload() for line in self.removed],
            "occasion": self.occasion,
            "number": self.number,
            "reason": self.reason,
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> UnapplyPayment:
        return cls(**{**raw, "removed": applied_in(raw["removed"])})


@dataclass(frozen=True, slots=True)
class ReversePayment:
    """A payment that came back: its application moves from invoices to the journal that says so.

    `amount` is what came back. `applications` is how much of that is taken off each invoice; the
    rest was unapplied. `before` is what the payment is applied to now, where that is more.
    The journal (`PostJournal`, debit receivables of the customer, credit the bank) comes first:
    `waits_for` is its key, `journal_external_id` finds it, `exchange_rate` is its own, if any.
    """

    kind: ClassVar[str] = "reverse_payment"
    channel: ClassVar[str] = "erp"

    payment_id: int
    payment_netsuite_id: str
    customer_id: int
    customer_netsuite_id: str
    reason_code: str
    reversed_on: date
    amount: Money
    applications: tuple[AppliedAmount, ...]
    occasion: str
    journal_external_id: str
    waits_for: str
    before: tuple[AppliedAmount, ...] = ()
    number: str = ""
    exchange_rate: str = ""

    def __post_init__(self) -> None:
        check_applied(self.amount, self.applications)
        if self.amount.minor <= 0:
            raise ValueError("what came back is an amount")
        if not self.journal_external_id or not self.waits_for:
            raise ValueError("a reversal rests on a journal")
        stands = {line.netsuite_id: line.amount for line in self.standing}
        for line in self.applications:
            if line.amount > stands.get(line.netsuite_id, Money.zero(line.amount.currency)):
                raise ValueError("no more is taken off an invoice than stands on it")

    @property
    def standing(self) -> tuple[AppliedAmount, ...]:
        """What the payment is applied to when the reversal is decided."""
        return self.before or self.applications

    def key(self) -> str:
        """Stable identity: one occasion reverses one payment once."""
        return f"reverse:{self.payment_netsuite_id}:{self.occasion}"

    def title(self) -> str:
        numbers = ", ".join(line.number for line in self.applications) or "nothing"
        named = self.number or self.payment_netsuite_id
        return f"Payment {named} came back ({self.reason_code}): {numbers} open again"

    def payload(self) -> dict[str, object]:
        return {
            "payment_id": self.payment_id,
            "payment_netsuite_id": self.payment_netsuite_id,
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "reason_code": self.reason_code,
            "reversed_on": self.reversed_on.isoformat(),
            "amount": money_out(self.amount),
            "applications": [line.payload() for line in self.applications],
            "occasion": self.occasion,
            "journal_external_id": self.journal_external_id,
            "waits_for": self.waits_for,
            "before": [line.payload() for line in self.before],
            "number": self.number,
            "exchange_rate": self.exchange_rate,
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> ReversePayment:
        values = dict(raw)
        values["reversed_on"] = date.fromisoformat(values["reversed_on"])
        values["amount"] = money_in(values["amount"])
        for name in ("applications", "before"):
            values[name] = applied_in(values[name])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class RefundCustomer:
    """Money paid back out of what stands in a customer's favour; a controller always decides.

    `sources` are unapplied payments, credits and deposits, with what is paid out of each. A credit
    memo that does not stand yet has no id in its source: `credit_external_id` names it, and
    `waits_for` the effect that makes it.
    """

    kind: ClassVar[str] = "refund_customer"
    channel: ClassVar[str] = "erp"

    customer_id: int
    customer_netsuite_id: str
    sources: tuple[UsedCredit, ...]
    amount: Money
    refunded_on: date
    account_netsuite_id: str
    external_id: str
    occasion: str
    method_netsuite_id: str = ""
    ar_account_netsuite_id: str = ""
    reference: str = ""
    memo: str = ""
    credit_external_id: str = ""
    waits_for: str = ""

    def __post_init__(self) -> None:
        if not self.sources or any(one.amount.minor <= 0 for one in self.sources):
            raise ValueError("a refund is paid out of something")
        if {one.amount.currency for one in self.sources} != {self.amount.currency}:
            raise ValueError("a refund has one currency")
        if sum(one.amount.minor for one in self.sources) != self.amount.minor:
            raise ValueError("a refund is the sum of what it is paid out of")
        if sum(not one.netsuite_id for one in self.sources) > bool(self.credit_external_id):
            raise ValueError("a source has an id of the ERP, or one an external id until then")

    def key(self) -> str:
        """Stable identity: one occasion is paid back once."""
        return f"refund:{self.customer_netsuite_id}:{self.occasion}"

    def title(self) -> str:
        return f"Refund of {self.amount} out of {', '.join(map(_credit_words, self.sources))}"

    def payload(self) -> dict[str, object]:
        return {
            "customer_id": self.customer_id,
            "customer_netsuite_id": self.customer_netsuite_id,
            "sources": [one.payload() for one in self.sources],
            "amount": money_out(self.amount),
            "refunded_on": self.refunded_on.isoformat(),
            "account_netsuite_id": self.account_netsuite_id,
            "external_id": self.external_id,
            "occasion": self.occasion,
            "method_netsuite_id": self.method_netsuite_id,
            "ar_account_netsuite_id": self.ar_account_netsuite_id,
            "reference": self.reference,
            "memo": self.memo,
            "credit_external_id": self.credit_external_id,
            "waits_for": self.waits_for,
        }

    def fingerprint(self) -> str:
        return digest({"kind": self.kind, **self.payload()})

    @classmethod
    def from_payload(cls, raw: Mapping[str, Any]) -> RefundCustomer:
        values = dict(raw)
        values["sources"] = credits_in(values["sources"])
        values["amount"] = money_in(values["amount"])
        values["refunded_on"] = date.fromisoformat(values["refunded_on"])
        return cls(**values)


def _credit_words(credit: UsedCredit) -> str:
    named = credit.number or credit.netsuite_id or "to be posted"
    return f"{credit.kind.replace('_', ' ')} {named}"

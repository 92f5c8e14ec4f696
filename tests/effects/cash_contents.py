"""Acts on cash by hand: one customer, two invoices, a payment of 100.00."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.ledger.money import Money
from effects.kinds import (
    AppliedAmount,
    ApplyCredit,
    EntryLine,
    PostCustomerPayment,
    PostJournal,
    RefundCustomer,
    ReversePayment,
    UnapplyPayment,
    UsedCredit,
)

ON = date(2026, 3, 9)


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def applied(number: int, amount: str, discount: str = "") -> AppliedAmount:
    """An amount of INV-n, whose ids are n and 70 + n."""
    off = usd(discount) if discount else None
    return AppliedAmount(number, str(70 + number), f"INV-{number}", usd(amount), off)


def credit(amount: str, kind: Any = "credit_memo", netsuite_id: str = "81") -> UsedCredit:
    return UsedCredit(kind, 5, netsuite_id, "CM-1", usd(amount))


def received(**rest: Any) -> PostCustomerPayment:
    """98.00 and a fee of 2.00 for INV-1 (100.00) and INV-2 (48.00 less 2.00), with a credit."""
    known: dict[str, Any] = {
        "payment_id": 1, "source": "bank", "source_id": "w1", "customer_id": 1,
        "customer_netsuite_id": "7", "amount": usd("100.00"), "received_on": ON, "fee": usd("2.00"),
        "applications": (applied(1, "100.00"), applied(2, "46.00", "2.00")),
        "credits": (credit("50.00"),), "external_id": "dw-pay-1", "account_netsuite_id": "119",
    }  # fmt: skip
    return PostCustomerPayment(**{**known, **rest})


def used(**rest: Any) -> ApplyCredit:
    known: dict[str, Any] = {
        "customer_id": 1, "customer_netsuite_id": "7", "credit": credit("30.00"),
        "applications": (applied(1, "30.00"),), "occasion": "1", "applied_on": ON,
    }  # fmt: skip
    return ApplyCredit(**{**known, **rest})


def freed(**rest: Any) -> UnapplyPayment:
    known: dict[str, Any] = {
        "payment_id": 1, "payment_netsuite_id": "91", "customer_id": 1,
        "customer_netsuite_id": "7", "removed": (applied(1, "100.00"),), "occasion": "1",
        "number": "PYMT-3", "reason": "another customer's money",
    }  # fmt: skip
    return UnapplyPayment(**{**known, **rest})


def returned(**rest: Any) -> ReversePayment:
    known: dict[str, Any] = {
        "payment_id": 1, "payment_netsuite_id": "91", "customer_id": 1,
        "customer_netsuite_id": "7", "reason_code": "R01", "reversed_on": ON,
        "amount": usd("100.00"), "applications": (applied(1, "60.00"),), "occasion": "1",
        "journal_external_id": "dw-jrn-1", "waits_for": "journal:return:1", "number": "PYMT-3",
    }  # fmt: skip
    return ReversePayment(**{**known, **rest})


def refund(**rest: Any) -> RefundCustomer:
    known: dict[str, Any] = {
        "customer_id": 1, "customer_netsuite_id": "7", "sources": (credit("40.00"),),
        "amount": usd("40.00"), "refunded_on": ON, "account_netsuite_id": "119",
        "external_id": "dw-ref-1", "occasion": "1",
    }  # fmt: skip
    return RefundCustomer(**{**known, **rest})


def journal(debit: str = "6810", **rest: Any) -> PostJournal:
    """A bank's fee of 2.00; an empty account is one that nobody has set."""
    lines = (
        EntryLine(debit, "Bank Fees", debit=usd("2.00")),
        EntryLine("119", "Bank", credit=usd("2.00")),
    )
    known: dict[str, Any] = {
        "purpose": "bank_fee", "customer_id": 1, "customer_netsuite_id": "7", "lines": lines,
        "posted_on": ON, "occasion": "bank:w1", "external_id": "dw-jrn-1", "memo": "fee of w1",
    }  # fmt: skip
    return PostJournal(**{**known, **rest})

"""A credit of an invoice: its lines, and where its amount goes. Values and balances only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Literal

from domain.ledger.billing.periods import Span
from domain.ledger.money import Money, total

Treatment = Literal["reduce_revenue", "contra_revenue", "bad_debt", "small_difference"]


class Reason(StrEnum):
    """Why a claim shrinks."""

    CONCESSION = "concession"
    QUALITY = "quality"
    BILLING_ERROR = "billing_error"
    UNUSED_SERVICE = "unused_service"
    DUPLICATE = "duplicate"
    CANNOT_PAY = "cannot_pay"
    DISPUTE_LOST = "dispute_lost"
    SMALL_BALANCE = "small_balance"
    GOODWILL = "goodwill"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where a claim or a credit stands in the books; both must be equal to be set off."""

    customer_id: str
    currency: str
    subsidiary_id: str = ""
    ar_account_id: str = ""


@dataclass(frozen=True, slots=True)
class CreditableLine:
    """A line of an invoice, net of tax, and what was credited of it before."""

    id: str
    amount: Money
    tax: Money
    credited: Money
    tax_credited: Money
    deferrable: bool = False

    @property
    def remaining(self) -> Money:
        return self.amount - self.credited


@dataclass(frozen=True, slots=True)
class CreditableInvoice:
    """An invoice with everything that shrank it: cash, credits set off, refunds, credit balance.

    `exchange_rate` is decimal text, empty in the base currency.
    """

    id: str
    ledger: Ledger
    total: Money
    lines: tuple[CreditableLine, ...]
    paid: Money
    offset: Money
    refunded: Money
    to_balance: Money
    exchange_rate: str = ""

    @property
    def open(self) -> Money:
        """What is still to be paid."""
        return self.total - self.paid - self.offset

    @property
    def creditable(self) -> Money:
        """What no credit took yet."""
        return self.total - self.offset - self.refunded - self.to_balance

    @property
    def refundable(self) -> Money:
        """Cash received for it that was not given back."""
        return self.paid - self.refunded


@dataclass(frozen=True, slots=True)
class CreditLine:
    """What is credited of one invoice line; `service` are the days it is taken back for."""

    line_id: str
    amount: Money
    tax: Money
    service: Span | None = None


@dataclass(frozen=True, slots=True)
class CreditRequest:
    """A credit before it is admitted. Offset, refund and balance together are its total."""

    ledger: Ledger
    on: date
    lines: tuple[CreditLine, ...]
    offset: Money
    refund: Money
    to_balance: Money
    reason: Reason | None = None
    treatment: Treatment = "reduce_revenue"
    exchange_rate: str = ""

    @property
    def total(self) -> Money:
        currency = self.offset.currency
        return total((part for line in self.lines for part in (line.amount, line.tax)), currency)

    @property
    def parts(self) -> Money:
        return self.offset + self.refund + self.to_balance


@dataclass(frozen=True, slots=True)
class CreditFinding:
    """A credit rule that fired. `subject` tells findings of one rule apart (a line, an invoice)."""

    id: str
    blocking: bool
    message: str
    fix: str
    subject: str = ""
    fixable: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


def credited(invoice: CreditableInvoice, request: CreditRequest) -> CreditableInvoice:
    """The invoice after the credit. Whether it may be credited is decided by `credit_rules`."""
    return _moved(invoice, request, 1)


def uncredited(invoice: CreditableInvoice, request: CreditRequest) -> CreditableInvoice:
    """The invoice after the credit was voided: the balances of before."""
    return _moved(invoice, request, -1)


def in_full(invoice: CreditableInvoice, on: date, reason: Reason) -> CreditRequest:
    """A credit of all that is left: the open part is set off, what was paid goes to the balance."""
    lines = tuple(
        CreditLine(line.id, line.remaining, line.tax - line.tax_credited)
        for line in invoice.lines
        if line.remaining or line.tax != line.tax_credited
    )
    currency = invoice.ledger.currency
    whole = total((part for line in lines for part in (line.amount, line.tax)), currency)
    offset = min(whole, invoice.open)
    return CreditRequest(
        ledger=invoice.ledger,
        on=on,
        lines=lines,
        offset=offset,
        refund=Money.zero(currency),
        to_balance=whole - offset,
        reason=reason,
        exchange_rate=invoice.exchange_rate,
    )


def summed(lines: Iterable[CreditLine]) -> dict[str, CreditLine]:
    """The credited lines by id; two entries of one line are added."""
    found: dict[str, CreditLine] = {}
    for line in lines:
        known = found.get(line.line_id)
        if known is not None:
            more = replace(known, amount=known.amount + line.amount, tax=known.tax + line.tax)
            found[line.line_id] = replace(more, service=known.service and line.service)
        else:
            found[line.line_id] = line
    return found


def _moved(invoice: CreditableInvoice, request: CreditRequest, sign: int) -> CreditableInvoice:
    taken = summed(request.lines)
    return replace(
        invoice,
        lines=tuple(_line_moved(line, taken.get(line.id), sign) for line in invoice.lines),
        offset=_plus(invoice.offset, request.offset, sign),
        refunded=_plus(invoice.refunded, request.refund, sign),
        to_balance=_plus(invoice.to_balance, request.to_balance, sign),
    )


def _line_moved(line: CreditableLine, taken: CreditLine | None, sign: int) -> CreditableLine:
    if taken is None:
        return line
    return replace(
        line,
        credited=_plus(line.credited, taken.amount, sign),
        tax_credited=_plus(line.tax_credited, taken.tax, sign),
    )


def _plus(amount: Money, other: Money, sign: int) -> Money:
    return amount + other if sign > 0 else amount - other

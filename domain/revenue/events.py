"""What happens to revenue: append-only events, each a record of the books and its revision.

A revision that is already known, or older than the known one, changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.ledger.money import Money
from domain.revenue.modification import Treatment
from domain.revenue.plan import Terms


@dataclass(frozen=True, slots=True)
class Obligation:
    """One promise to a customer, net of tax, with the accounts it posts to.

    `rate` is minor units of the base currency per minor unit of the transaction's.
    """

    obligation_id: str
    contract_id: str
    customer: str
    subsidiary: str
    revenue_type: str
    revenue_account: str
    deferred_account: str
    contra_account: str
    amount: Money
    terms: Terms
    rate: Fraction = Fraction(1)
    base_currency: str = ""

    @property
    def base(self) -> str:
        return self.base_currency or self.amount.currency


@dataclass(frozen=True, slots=True)
class Billed:
    """An invoice line: it fills deferred revenue, its plan empties it."""

    record_id: str
    revision: int
    on: date
    obligation: Obligation


@dataclass(frozen=True, slots=True)
class Credited:
    """A credit of the line `of`, amount above zero, net of tax.

    With `service` it is a negative plan over those dates; without, it falls on recognized and
    deferred revenue as they stand. `contra` books what hits delivered service to contra revenue.
    """

    record_id: str
    revision: int
    of: str
    on: date
    amount: Money
    service: tuple[date, date] | None = None
    contra: bool = False


@dataclass(frozen=True, slots=True)
class WrittenOff:
    """The open claim of a line is given up because the customer does not pay."""

    record_id: str
    revision: int
    of: str
    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Modified:
    """A decided change of a line. `terms` replace the line's; None keeps them.

    Prospective spreads what is left anew, catch-up plans the whole anew from its start.
    `billed` is the part of `added` that the invoice line itself was changed by.
    """

    record_id: str
    revision: int
    of: str
    on: date
    treatment: Treatment
    added: Money
    decided_by: str
    reason: str
    terms: Terms | None = None
    billed: Money | None = None


@dataclass(frozen=True, slots=True)
class CashOnly:
    """A refund, a recovery or a payment: money moves, revenue does not."""

    record_id: str
    revision: int
    of: str
    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Voided:
    """The record `of` never was; what it posted is taken back in the first open period."""

    record_id: str
    revision: int
    of: str
    on: date


@dataclass(frozen=True, slots=True)
class PeriodClosed:
    """Every open period up to the one that holds `through` is posted and locked."""

    record_id: str
    revision: int
    through: date


@dataclass(frozen=True, slots=True)
class PeriodReopened:
    """The closed period that holds `on` takes postings again; earlier rows in it stay."""

    record_id: str
    revision: int
    on: date
    decided_by: str
    reason: str


Change = Credited | WrittenOff | Modified
Fact = Billed | Credited | WrittenOff | Modified | CashOnly | Voided
RevenueEvent = Fact | PeriodClosed | PeriodReopened

"""Late-payment interest by law: dated rates, off unless a person switched them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.ledger.account import Account
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money

_YEAR_DAYS = 365
_WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class DatedRate:
    """Interest a year in hundredths of a percent, from a day on until the next rate."""

    from_on: date
    basis_points: int


@dataclass(frozen=True, slots=True)
class FixedSum:
    """A sum due once for each late invoice whose total is at least `least`."""

    least: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class InterestTable:
    """What the law of some countries gives a creditor. `source` says where it was read.

    `enabled`: letters to customers in these countries may show it. `rate_stays`: the rate of the
    first day of delay holds for the whole debt; otherwise each day has the rate of that day.
    """

    name: str
    countries: frozenset[str]
    rates: tuple[DatedRate, ...]
    fixed: tuple[FixedSum, ...] = ()
    source: str = ""
    enabled: bool = False
    rate_stays: bool = False


@dataclass(frozen=True, slots=True)
class InterestPolicy:
    """Every table; none is used until it is enabled."""

    tables: tuple[InterestTable, ...] = ()

    def table_of(self, country: str) -> InterestTable | None:
        """The enabled table of a country."""
        return next((t for t in self.tables if t.enabled and country in t.countries), None)


@dataclass(frozen=True, slots=True)
class InterestClaim:
    """What a late invoice has gathered by a day: interest, fixed sum, the rate now."""

    invoice_id: int
    number: str
    days: int
    interest: Money
    fixed: Money
    basis_points: int

    @property
    def total(self) -> Money:
        return self.interest + self.fixed


def interest_on(table: InterestTable, invoice: Invoice, today: date) -> InterestClaim | None:
    """What `invoice` has gathered by `today`; None before it is late or without a known rate.

    Simple interest on what is open now, actual days over 365, from the day after the due date to
    `today`, both included. Days before the first known rate gather nothing.
    """
    if not invoice.collectable or today <= invoice.due_on:
        return None
    first = invoice.due_on + timedelta(days=1)
    last = first if table.rate_stays else today
    known = [r for r in sorted(table.rates, key=lambda r: r.from_on) if r.from_on <= last]
    if not known:
        return None
    days = (today - invoice.due_on).days
    weight = known[-1].basis_points * days if table.rate_stays else _weight(known, first, today)
    owed = _rounded(invoice.open.minor * weight, _WHOLE * _YEAR_DAYS)
    return InterestClaim(
        invoice_id=invoice.id,
        number=invoice.number,
        days=days,
        interest=Money(owed, invoice.open.currency),
        fixed=_fixed(table, invoice),
        basis_points=known[-1].basis_points,
    )


def interest_claims(
    policy: InterestPolicy, account: Account, invoices: Sequence[Invoice]
) -> tuple[InterestClaim, ...]:
    """What a letter to this customer may claim; nothing while their country is not enabled.

    People are never claimed interest from by this rule: the tables are those between businesses.
    """
    table = policy.table_of(account.customer.country)
    if table is None or account.customer.natural_person:
        return ()
    found = (interest_on(table, invoice, account.today) for invoice in invoices)
    return tuple(claim for claim in found if claim is not None)


def _weight(rates: list[DatedRate], first: date, today: date) -> int:
    """The sum of each day's rate, in hundredths of a percent."""
    ends = [rate.from_on for rate in rates[1:]] + [today + timedelta(days=1)]
    return sum(
        rate.basis_points * max(0, (end - max(first, rate.from_on)).days)
        for rate, end in zip(rates, ends, strict=True)
    )


def _fixed(table: InterestTable, invoice: Invoice) -> Money:
    """The largest fixed sum that the invoice's total reaches, in its own currency only."""
    currency = invoice.total.currency
    reached = [
        f.amount for f in table.fixed if f.least.currency == currency and invoice.total >= f.least
    ]
    return max(reached, key=lambda m: m.minor, default=Money.zero(currency))


def _rounded(numerator: int, denominator: int) -> int:
    """Half up, both positive."""
    return (2 * numerator + denominator) // (2 * denominator)

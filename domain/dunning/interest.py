"""Late-payment interest by law: dated rates, off unless a person switched them on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

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

    `enabled`: letters to customers in these countries may show it.
    """

    name: str
    countries: frozenset[str]
    rates: tuple[DatedRate, ...]
    fixed: tuple[FixedSum, ...] = ()
    source: str = ""
    enabled: bool = False


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

    Simple interest on what is open now, actual days over 365, from the day after the due date;
    each day at the rate of that day. Days before the first known rate gather nothing.
    """
    if not invoice.collectable or today <= invoice.due_on:
        return None
    rates = sorted(table.rates, key=lambda r: r.from_on)
    now = [rate for rate in rates if rate.from_on <= today]
    if not now:
        return None
    first = invoice.due_on + timedelta(days=1)
    weight = 0
    ends = [rate.from_on for rate in rates[1:]] + [today + timedelta(days=1)]
    for rate, end in zip(rates, ends, strict=True):
        begins, stops = max(first, rate.from_on), min(end, today + timedelta(days=1))
        weight += rate.basis_points * max(0, (stops - begins).days)
    owed = _rounded(invoice.open.minor * weight, _WHOLE * _YEAR_DAYS)
    return InterestClaim(
        invoice_id=invoice.id,
        number=invoice.number,
        days=(today - invoice.due_on).days,
        interest=Money(owed, invoice.open.currency),
        fixed=_fixed(table, invoice),
        basis_points=now[-1].basis_points,
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

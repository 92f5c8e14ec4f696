"""Prices that are not fixed: returns, rebates, financing, options and points.

Sources: ASC 606-10-32-5 to 32-20 and 55-22 to 55-53 / IFRS 15.47 to 15.65 and B20 to B43.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.ledger.money import Money
from domain.revenue.rounding import in_proportion, rounded


@dataclass(frozen=True, slots=True)
class ExpectedReturns:
    """A sale with a right of return."""

    revenue: Money
    refund_liability: Money
    cost_of_sales: Money
    return_asset: Money


def with_returns(price: Money, cost: Money, sold: Fraction, returned: Fraction) -> ExpectedReturns:
    """`price` and `cost` per unit; nothing is revenue for units expected back."""
    currency = price.currency
    kept = sold - returned
    return ExpectedReturns(
        Money(rounded(price.minor * kept), currency),
        Money(rounded(price.minor * returned), currency),
        Money(rounded(cost.minor * kept), currency),
        Money(rounded(cost.minor * returned), currency),
    )


def rebate_revenue(units: Fraction, earlier: Fraction, full: Money, reduced: Money) -> Money:
    """Revenue of a period in which a retrospective volume rebate becomes expected.

    `units` of this period at the reduced price, less the rebate on the `earlier` ones.
    """
    minor = units * reduced.minor - earlier * (full.minor - reduced.minor)
    return Money(rounded(minor), full.currency)


def annuity(principal: Money, rate: Fraction, payments: int) -> Money:
    """The level payment at the end of each period that repays `principal`; `rate` per period."""
    if not rate:
        return Money(rounded(Fraction(principal.minor, payments)), principal.currency)
    growth = (1 + rate) ** payments
    return Money(rounded(principal.minor * rate * growth / (growth - 1)), principal.currency)


def present_value(payment: Money, rate: Fraction, payments: int) -> Money:
    """What level payments at the end of each period are worth today."""
    worth = sum((1 / (1 + rate) ** number for number in range(1, payments + 1)), Fraction(0))
    return Money(rounded(payment.minor * worth), payment.currency)


def accreted(advance: Money, rate: Fraction, periods: int) -> tuple[Money, ...]:
    """Interest of each period on money received in advance, compounding."""
    interest, balance = list[Money](), advance
    for _ in range(periods):
        interest.append(Money(rounded(balance.minor * rate), advance.currency))
        balance += interest[-1]
    return tuple(interest)


def option_price(purchase: Money, discount: Fraction, anyway: Fraction, taken: Fraction) -> Money:
    """The stand-alone price of a discount voucher.

    The discount beyond the one everybody gets, on the expected purchase, times how likely it is
    used.
    """
    return Money(rounded(purchase.minor * (discount - anyway) * taken), purchase.currency)


def shared(price: Money, stand_alone: Sequence[Money]) -> tuple[Money, ...]:
    """A price over obligations by stand-alone price."""
    parts = in_proportion(price.minor, [Fraction(alone.minor) for alone in stand_alone])
    return tuple(Money(minor, price.currency) for minor in parts)


def redeemed(deferred: Money, used: Fraction, expected: Fraction, recognized: Money) -> Money:
    """Revenue for points used so far out of those expected to be used, less what was taken."""
    minor = rounded(deferred.minor * used / expected)
    return Money(minor, deferred.currency) - recognized

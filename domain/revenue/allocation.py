"""The price of a contract over its obligations, in proportion to stand-alone prices.

Sources: ASC 606-10-32-28 to 32-41 / IFRS 15.73 to 15.86 (allocation, discounts, residual approach).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.ledger.money import Money, total
from domain.revenue.rounding import in_proportion, rounded


@dataclass(frozen=True, slots=True)
class Priced:
    """One line: what it was sold for and its stand-alone price in minor units (None: unknown).

    An excluded line keeps its own amount; a residual one takes what the known prices leave.
    `bundle` names lines that are regularly sold together at one observable price.
    """

    line_id: str
    sales: Money
    stand_alone: Fraction | None
    excluded: bool = False
    residual: bool = False
    bundle: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What one line is allocated, and why."""

    line_id: str
    amount: Money
    because: str


@dataclass(frozen=True, slots=True)
class Allocated:
    """Every line with its amount; together they are exactly what was sold."""

    shares: tuple[Share, ...]

    def amount(self, line_id: str) -> Money:
        return next(share.amount for share in self.shares if share.line_id == line_id)


@dataclass(frozen=True, slots=True)
class HeldAllocation:
    """Nothing is guessed: these lines wait for a stand-alone price or a judgement."""

    line_ids: tuple[str, ...]
    because: str


def allocate(
    lines: Sequence[Priced],
    *,
    bundle_prices: dict[str, Money] | None = None,
    lowest_residual: Money | None = None,
) -> Allocated | HeldAllocation:
    """Share out the sum of the sales amounts.

    A bundle's observable price puts its whole discount on its own members. A residual share at or
    below nothing, or below `lowest_residual`, does not stand for a price: the lines are held.
    """
    pool = [line for line in lines if not line.excluded]
    held = _unpriced(pool)
    if held is not None:
        return held
    fixed = {line.line_id: _excluded(line) for line in lines if line.excluded}
    if pool:
        price = total((line.sales for line in pool), pool[0].sales.currency)
        shares = _pooled(pool, price, bundle_prices or {}, lowest_residual)
        if isinstance(shares, HeldAllocation):
            return shares
        fixed |= {share.line_id: share for share in shares}
    return Allocated(tuple(fixed[line.line_id] for line in lines))


def _unpriced(pool: Sequence[Priced]) -> HeldAllocation | None:
    unknown = tuple(line.line_id for line in pool if line.stand_alone is None and not line.residual)
    if unknown:
        return HeldAllocation(unknown, "no stand-alone price is known")
    residual = tuple(line.line_id for line in pool if line.residual)
    if len(residual) > 1:
        return HeldAllocation(residual, "only one line can take the residual")
    if pool and not residual and not sum(line.stand_alone or 0 for line in pool):
        return HeldAllocation(
            tuple(line.line_id for line in pool), "the stand-alone prices add up to nothing"
        )
    return None


def _excluded(line: Priced) -> Share:
    return Share(line.line_id, line.sales, "left out of the allocation: its own sales amount")


def _pooled(
    pool: Sequence[Priced],
    price: Money,
    bundle_prices: dict[str, Money],
    lowest: Money | None,
) -> tuple[Share, ...] | HeldAllocation:
    known = [line for line in pool if not line.residual]
    taken = _weighted(known, bundle_prices)
    rest = [line for line in pool if line.residual]
    if not rest:
        return _proportional(known, price, taken)
    left = Fraction(price.minor) - sum(taken.values(), Fraction(0))
    floor = lowest.minor if lowest is not None else 0
    if left <= 0 or left < floor:
        amount = Money(rounded(left), price.currency)
        return HeldAllocation(
            (rest[0].line_id,), f"a residual of {amount} is no price it is sold for"
        )
    spread = _proportional(known, Money(price.minor - rounded(left), price.currency), taken)
    residual = Money(rounded(left), price.currency)
    return (*spread, Share(rest[0].line_id, residual, f"what the other prices leave of {price}"))


def _weighted(lines: Sequence[Priced], bundle_prices: dict[str, Money]) -> dict[str, Fraction]:
    """Stand-alone prices, those of a bundle cut to the bundle's observable price."""
    weights = {line.line_id: line.stand_alone or Fraction(0) for line in lines}
    for bundle, price in bundle_prices.items():
        members = [line.line_id for line in lines if line.bundle == bundle]
        alone = sum((weights[member] for member in members), Fraction(0))
        for member in members if alone else ():
            weights[member] = weights[member] * price.minor / alone
    return weights


def _proportional(
    lines: Sequence[Priced], price: Money, weights: dict[str, Fraction]
) -> tuple[Share, ...]:
    if not lines:
        return ()
    ordered = [weights[line.line_id] for line in lines]
    whole = sum(ordered, Fraction(0))
    return tuple(
        Share(
            line.line_id,
            Money(minor, price.currency),
            f"{price} x {weight} / {whole} by stand-alone price",
        )
        for line, weight, minor in zip(
            lines, ordered, in_proportion(price.minor, ordered), strict=True
        )
    )


def returned(stand_alone: Fraction, quantity: Fraction, original: Fraction) -> Fraction:
    """The (negative) stand-alone price of a linked return: in proportion to the quantity."""
    return -stand_alone * quantity / original

"""The production rules on vectors of kind schedule and allocation."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from domain.ledger.money import Money, exponent
from domain.revenue.allocation import HeldAllocation, Priced, allocate
from domain.revenue.methods import plan
from domain.revenue.plan import in_base
from evals.revenue_reading import Vector, calendar, money, number, rate, terms, text

_COLUMNS = ("item", "sales_amount", "fair_value")


def schedule(vector: Vector) -> dict[str, Any]:
    """The plan: amounts by period, and what nobody planned; with a rate also in base currency."""
    amount = money(vector, "amount")
    rule = terms(vector, amount.currency)
    made = plan(amount, rule, calendar(vector))
    if made.held:
        return {"held": made.held, "lines": {}, "unplanned": made.unplanned.plain()}
    lines = {line.period.name: line.amount.plain() for line in made.lines}
    found = {"lines": lines, "unplanned": made.unplanned.plain()}
    if vector.get("rate") is None:
        return found
    by, base = rate(vector, amount.currency)
    bases = in_base(tuple(line.amount.minor for line in made.lines), by, rule.odd_unit)
    return found | {
        "base_lines": {
            name: Money(minor, base).plain() for name, minor in zip(lines, bases, strict=True)
        }
    }


def allocation(vector: Vector) -> dict[str, Any]:
    """Amounts by item, or the items that are held and why."""
    currency = text(vector, "currency", default="USD")
    columns = vector.get("columns", _COLUMNS)
    rows = [
        row if isinstance(row, dict) else dict(zip(columns, row, strict=False))
        for row in vector["lines"]
    ]
    lines = [_priced(row, currency) for row in rows]
    if vector.get("price") is not None:
        lines = _sold_for(money(vector, "price"), lines)
    bundles = {
        name: Money.parse(str(price), currency) for name, price in vector.get("bundles", {}).items()
    }
    lowest = vector.get("lowest_residual")
    found = allocate(
        lines,
        bundle_prices=bundles,
        lowest_residual=Money.parse(str(lowest), currency) if lowest is not None else None,
    )
    if isinstance(found, HeldAllocation):
        return {"held": list(found.line_ids), "because": found.because}
    return {share.line_id: share.amount.plain() for share in found.shares}


def _priced(row: Vector, currency: str) -> Priced:
    alone = row.get("fair_value", row.get("ssp"))
    residual = alone == "residual"
    known = alone is not None and not residual
    return Priced(
        text(row, "item", "id"),
        Money.parse(text(row, "sales_amount", default="0"), currency),
        number(alone) * Fraction(10) ** exponent(currency) if known else None,
        excluded=bool(row.get("excluded", row.get("allocation_type") == "exclude")),
        residual=residual,
        bundle=text(row, "bundle", default=""),
    )


def _sold_for(price: Money, lines: list[Priced]) -> list[Priced]:
    """One price for the whole: where it stands on the lines changes nothing in the allocation."""
    return [
        Priced(
            line.line_id,
            price if place == 0 else Money.zero(price.currency),
            line.stand_alone,
            line.excluded,
            line.residual,
            line.bundle,
        )
        for place, line in enumerate(lines)
    ]

"""The production rules on vectors of kind modification: `given` says which rule and its figures.

Rules: change (separate, prospective, catch_up, none), units (the same for goods by the piece),
returns, rebate, financing, advance, option, points, allocation. Rates and discounts are percent,
rates per year.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from domain.ledger.money import Money
from domain.revenue import variable
from domain.revenue.modification import Added, Change, Figures, Standing, Treatment, propose
from domain.revenue.rounding import rounded
from evals.revenue_reading import BadVector, Vector, money, number, text
from evals.revenue_schedule import allocation

_HUNDRED = 100
_FEWEST_DIGITS = 9


def modification(vector: Vector) -> dict[str, Any]:
    """The figures of the rule that `given` names; a treatment alone means a change."""
    given: Vector = vector["given"]
    named = text(given, "rule", default="units" if "added_units" in given else "change")
    if named not in _RULES:
        raise BadVector(f"no rule {named}")
    return _RULES[named](given)


def _change(given: Vector) -> dict[str, Any]:
    currency = text(given, "currency", default="USD")
    standing = tuple(_standing(row, currency) for row in given["standing"])
    added = tuple(_added(row, currency) for row in given.get("added", ()))
    altered = given.get("price_change")
    change = Change(
        standing,
        added,
        Money.parse(str(altered), currency) if altered is not None else None,
        bool(given.get("remaining_distinct", True)),
        _progress(given),
    )
    return _figures(change, given)


def _figures(change: Change, given: Vector) -> dict[str, Any]:
    """The suggested treatment and the figures of the chosen one."""
    proposal = propose(change)
    chosen = Treatment(text(given, "treatment", default=proposal.suggested.value))
    figures = proposal.of(chosen)
    return {"suggested": proposal.suggested.value, "treatment": chosen.value} | _shown(figures)


def _shown(figures: Figures) -> dict[str, Any]:
    remaining = {name: amount.plain() for name, amount in figures.remaining}
    return {"now": figures.now.plain(), "remaining": remaining}


def _minor(row: Vector, name: str, currency: str) -> Fraction:
    return Fraction(money(row, name, currency=currency).minor)


def _standing(row: Vector, currency: str) -> Standing:
    left = _minor(row, "remaining", currency) if row.get("remaining") is not None else None
    return Standing(
        text(row, "id"),
        money(row, "allocated", currency=currency),
        money(row, "recognized", currency=currency),
        _minor(row, "stand_alone", currency),
        left,
    )


def _added(row: Vector, currency: str) -> Added:
    price, alone = money(row, "price", currency=currency), _minor(row, "stand_alone", currency)
    return Added(text(row, "id"), price, alone, bool(row.get("distinct", True)))


def _progress(given: Vector) -> Fraction | None:
    """Progress in percent, or costs so far of all costs, rounded to `progress_digits` if given."""
    if given.get("progress") is not None:
        return number(given["progress"]) / _HUNDRED
    if given.get("costs_to_date") is None:
        return None
    found = number(given["costs_to_date"]) / number(given["costs_in_all"])
    digits = int(text(given, "progress_digits", default="0"))
    if not 0 < digits <= _FEWEST_DIGITS:
        return found
    return Fraction(rounded(found * 10**digits), 10**digits)


def _units(given: Vector) -> dict[str, Any]:
    """Goods by the piece: what is left of the old ones, and the added ones."""
    currency = text(given, "currency", default="USD")
    price, added_price = money(given, "price"), money(given, "added_price")
    units, delivered = number(given["units"]), number(given["delivered"])
    added = number(given["added_units"])
    alone = money(given, "stand_alone") if "stand_alone" in given else price
    old = Standing(
        "original",
        Money(rounded(units * price.minor), currency),
        Money(rounded(delivered * price.minor), currency),
        units * alone.minor,
        (units - delivered) * alone.minor,
    )
    new = Added("added", Money(rounded(added * added_price.minor), currency), added * alone.minor)
    found = _figures(Change((old,), (new,)), given)
    pool = sum(money(found["remaining"], name).minor for name in ("original", "added"))
    each = rounded(Fraction(pool) / (units - delivered + added))
    concession = money(given, "concession") if "concession" in given else Money.zero(currency)
    if found["treatment"] == Treatment.PROSPECTIVE.value:
        found["unit_price"] = Money(each, currency).plain()
    return found | {"now": (-concession).plain()}


def _returns(given: Vector) -> dict[str, Any]:
    found = variable.with_returns(
        money(given, "price"), money(given, "cost"), number(given["sold"]),
        number(given["returned"]),
    )  # fmt: skip
    return {
        "revenue": found.revenue.plain(),
        "refund_liability": found.refund_liability.plain(),
        "cost_of_sales": found.cost_of_sales.plain(),
        "return_asset": found.return_asset.plain(),
    }


def _rebate(given: Vector) -> dict[str, Any]:
    revenue = variable.rebate_revenue(
        number(given["units"]), number(given["earlier_units"]), money(given, "full_price"),
        money(given, "reduced_price"),
    )  # fmt: skip
    return {"revenue": revenue.plain()}


def _financing(given: Vector) -> dict[str, Any]:
    """Level monthly payments at the contract's rate, worth less at the market's."""
    payments = int(number(given["payments"]))
    contract, market = (
        number(given[name]) / _HUNDRED / 12 for name in ("contract_rate", "market_rate")
    )
    payment = variable.annuity(money(given, "principal"), contract, payments)
    worth = variable.present_value(payment, market, payments)
    return {"payment": payment.plain(), "price": worth.plain()}


def _advance(given: Vector) -> dict[str, Any]:
    advance = money(given, "advance")
    interest = variable.accreted(
        advance, number(given["rate"]) / _HUNDRED, int(number(given["years"]))
    )
    revenue = sum((part.minor for part in interest), advance.minor)
    return {
        "interest": [part.plain() for part in interest],
        "revenue": Money(revenue, advance.currency).plain(),
    }


def _option(given: Vector) -> dict[str, Any]:
    discount, anyway, likely = (
        number(given[name]) / _HUNDRED for name in ("discount", "discount_anyway", "likelihood")
    )
    alone = variable.option_price(money(given, "purchase"), discount, anyway, likely)
    price = money(given, "price")
    product, option = variable.shared(price, [money(given, "stand_alone"), alone])
    return {
        "stand_alone_option": alone.plain(), "product": product.plain(), "option": option.plain(),
    }  # fmt: skip


def _points(given: Vector) -> dict[str, Any]:
    """Goods against points, then the points' part as they are used: [used so far, expected]."""
    goods = money(given, "stand_alone")
    worth = Money(
        rounded(number(given["points"]) * money(given, "point_price").minor), goods.currency
    )
    product, deferred = variable.shared(money(given, "price"), [goods, worth])
    taken, revenue = Money.zero(goods.currency), list[str]()
    for used, expected in given.get("used", ()):
        now = variable.redeemed(deferred, number(used), number(expected), taken)
        taken += now
        revenue.append(now.plain())
    return {"product": product.plain(), "points": deferred.plain(), "revenue": revenue}


_RULES: dict[str, Callable[[Vector], dict[str, Any]]] = {
    "change": _change,
    "units": _units,
    "returns": _returns,
    "rebate": _rebate,
    "financing": _financing,
    "advance": _advance,
    "option": _option,
    "points": _points,
    "allocation": allocation,
}

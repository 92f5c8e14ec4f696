"""Hypotheses that only a rule of the seller allows."""

from __future__ import annotations

from dataclasses import replace

from domain.ledger.money import Money
from domain.matching.adjustments import Adjustment, Fit, Share, spread
from domain.matching.hypotheses import Case, Hypothesis, Origin
from domain.matching.item import Item
from domain.matching.rules import Shortfall, TreatShort


def short_by_rule(case: Case, rule: TreatShort) -> Hypothesis | None:
    """What is missing on the invoices named, or on the only one open, is what the rule says.

    Never for a set that was searched for, and never more than half of what is claimed.
    """
    items = [named.item for named in case.open_named()] or _only_open(case)
    due = sum(item.open.minor for item in items)
    missing = due - case.received
    if not items or missing <= 0 or 2 * missing > due:
        return None
    if not rule.covers(Money(missing, case.currency), Money(due, case.currency)):
        return None
    shares = [Share(item, item.open.minor) for item in items]
    if rule.shortfall is Shortfall.FEE:
        return Hypothesis(Origin.RULE, Fit(tuple(shares), fee=missing, by=(Adjustment.FEE,)))
    last = shares[-1]
    if last.amount <= missing:
        return None
    shares[-1] = _shortened(last, missing, rule.shortfall)
    return Hypothesis(Origin.RULE, Fit(tuple(shares), by=(_BY[rule.shortfall],)))


_BY = {
    Shortfall.FEE: Adjustment.FEE,
    Shortfall.DISCOUNT: Adjustment.DISCOUNT,
    Shortfall.WRITE_OFF: Adjustment.WRITE_OFF,
    Shortfall.DEDUCTION: Adjustment.DEDUCTION,
}


def _shortened(share: Share, missing: int, shortfall: Shortfall) -> Share:
    paid = replace(share, amount=share.amount - missing)
    if shortfall is Shortfall.DISCOUNT:
        return replace(paid, discount=missing)
    if shortfall is Shortfall.WRITE_OFF:
        return replace(paid, writeoff=missing)
    return replace(paid, deduction=missing)


def _only_open(case: Case) -> list[Item]:
    items = case.book.open_items(case.scope, case.currency) if case.scope else ()
    return list(items) if len(items) == 1 else []


def in_order_of_due(case: Case) -> Hypothesis | None:
    """The payer's oldest invoices first, the last of them in part."""
    items = case.book.open_items(case.scope, case.currency) if case.scope else ()
    if not items:
        return None
    return Hypothesis(Origin.RULE, spread(items, case.received), len(items))

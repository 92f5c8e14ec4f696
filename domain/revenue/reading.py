"""One billed line and the settings -> what is promised, or why nothing can be planned yet.

Nothing is guessed: an unknown item, an unpriced bundle or missing dates hold the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from domain.ledger.money import Money
from domain.revenue.allocation import HeldAllocation, Priced, allocate
from domain.revenue.events import Obligation
from domain.revenue.plan import Method, Step, Terms
from domain.revenue.settings import ItemRule, RevenueSettings, Undated, Unlisted

HoldCode = Literal[
    "unknown_item",
    "no_accounts",
    "no_dates",
    "bad_dates",
    "no_price",
    "no_deferral",
    "by_hand",
    "credit",
    "no_rate",
]


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item as the ERP lists it."""

    netsuite_id: str
    name: str
    income_account: str = ""
    deferral_account: str = ""
    revenue_rule: str = ""


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line of an invoice, net of tax. `rate` is base minor units per minor unit, if known."""

    key: str
    contract: str
    customer: str
    subsidiary: str
    item_netsuite_id: str
    billed_on: date
    amount: Money
    base_currency: str
    rate: Fraction | None = Fraction(1)
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A promise, with the item it is of. A hold tells why it waits; its plan is then empty.

    `because` tells how its amount came about, where it is not simply that of its line.
    """

    obligation: Obligation
    item_netsuite_id: str
    hold: HoldCode | None = None
    reason: str = ""
    stand_alone: Money | None = None
    because: str = ""


def read_line(
    line: BilledLine, items: dict[str, KnownItem], settings: RevenueSettings
) -> tuple[Read, ...]:
    """The promises of a line: one, or one for each component of a bundle; none if no revenue."""
    item = items.get(line.item_netsuite_id)
    name = item.name if item else ""
    if {line.item_netsuite_id, name} & settings.not_revenue:
        return ()
    if line.rate is None:
        return (_held(line, "no_rate", f"no exchange rate to {line.base_currency} is known"),)
    rule = settings.rule_of(line.item_netsuite_id, name)
    if rule is not None and rule.bundle:
        return _bundle(line, rule, items, settings)
    return (_single(line, item, rule, settings),)


def _single(
    line: BilledLine, item: KnownItem | None, rule: ItemRule | None, settings: RevenueSettings
) -> Read:
    if rule is None and (item is None or settings.unlisted is Unlisted.HOLD):
        told = f"item {item.name}" if item else f"item {line.item_netsuite_id or '(none)'}"
        return _held(line, "unknown_item", f"{told} is not in the revenue settings")
    read = _promised(line, item, rule or ItemRule(), settings)
    priced = rule.stand_alone.get(line.amount.currency) if rule else None
    return replace(read, stand_alone=priced)


def _promised(
    line: BilledLine, item: KnownItem | None, rule: ItemRule, settings: RevenueSettings
) -> Read:
    """A line of an item without deferred account went to revenue when it was billed."""
    income = rule.revenue_account or (item.income_account if item else "")
    income = income or settings.revenue_account
    deferred = rule.deferred_account or (item.deferral_account if item else "")
    deferred = deferred or settings.deferred_account
    kind = rule.revenue_type or settings.revenue_type
    terms = _terms(line, item, rule, settings)
    if not deferred and rule.method is None and line.starts_on is None and line.ends_on is None:
        terms = Terms(Method.POINT_IN_TIME, line.billed_on, line.billed_on)
    made = Obligation(
        line.key, line.contract, line.customer, line.subsidiary, kind, income, deferred or income,
        rule.contra_account or settings.contra_account or income, line.amount, terms,
        line.rate or Fraction(1), line.base_currency,
    )  # fmt: skip
    code, reason = _hold(made, deferred)
    if code is not None:
        made = replace(made, terms=replace(terms, method=Method.MANUAL, steps=()))
    return Read(made, line.item_netsuite_id, code, reason)


def _terms(
    line: BilledLine, item: KnownItem | None, rule: ItemRule, settings: RevenueSettings
) -> Terms:
    named = settings.rules.get(item.revenue_rule) if item and item.revenue_rule else None
    method = rule.method or named or settings.method
    undated = rule.undated or settings.undated
    if line.starts_on is None and line.ends_on is None and undated is Undated.AT_BILLING:
        return Terms(Method.POINT_IN_TIME, line.billed_on, line.billed_on)
    starts_on, ends_on = line.starts_on, line.ends_on
    steps: tuple[Step, ...] = ()
    if method is Method.POINT_IN_TIME:
        starts_on = starts_on or line.billed_on
    if method is Method.USAGE_AS_BILLED:
        steps = (Step(ends_on or line.billed_on, amount=line.amount),)
    return Terms(method, starts_on, ends_on, steps, rule.percents)


_NEED_DATES = frozenset(
    {Method.EVEN_PERIODS, Method.PRORATE_FIRST_LAST, Method.PERIOD_RATE, Method.EXACT_DAYS}
)
_NEED_STEPS = frozenset({Method.MILESTONE, Method.PERCENT_COMPLETE, Method.MANUAL})
_LONGEST_DAYS = 36_525


def _hold(made: Obligation, deferred: str) -> tuple[HoldCode | None, str]:
    terms = made.terms
    starts_on, ends_on = terms.starts_on, terms.ends_on
    if not made.revenue_account:
        return "no_accounts", "its item has no revenue account"
    if terms.method in _NEED_STEPS:
        named = terms.method.value.replace("_", " ")
        return "by_hand", f"its method is {named}: somebody has to tell the progress"
    if terms.method in _NEED_DATES and (starts_on is None or ends_on is None):
        return "no_dates", "it has no service dates" if starts_on is None else "it has no end date"
    if starts_on and ends_on and not 0 <= (ends_on - starts_on).days <= _LONGEST_DAYS:
        return "bad_dates", f"its service ends on {ends_on} and starts on {starts_on}"
    if not deferred and terms.method is not Method.POINT_IN_TIME:
        return "no_deferral", "its item has no deferred revenue account"
    return None, ""


def _held(line: BilledLine, code: HoldCode, reason: str) -> Read:
    made = Obligation(
        line.key, line.contract, line.customer, line.subsidiary, "", "", "", "", line.amount,
        Terms(Method.MANUAL, line.starts_on, line.ends_on), line.rate or Fraction(1),
        line.base_currency,
    )  # fmt: skip
    return Read(made, line.item_netsuite_id, code, reason)


def _bundle(
    line: BilledLine, rule: ItemRule, items: dict[str, KnownItem], settings: RevenueSettings
) -> tuple[Read, ...]:
    """The line split by the stand-alone prices of its components; held whole where one is unknown.

    The sales amounts of components are not known apart, so the whole is put on the first.
    """
    parts = [_component(name, items, settings) for name in rule.bundle]
    currency, whole = line.amount.currency, line.amount
    unknown = [name for name, item, _ in parts if item is None]
    if unknown:
        return (_held(line, "unknown_item", f"component {unknown[0]} is not known"),)
    zero = Money.zero(currency)
    priced = [
        Priced(name, zero if number else whole, _price(own, currency), residual=own.residual)
        for number, (name, _, own) in enumerate(parts)
    ]
    shares = allocate(priced)
    if isinstance(shares, HeldAllocation):
        told = ", ".join(shares.line_ids)
        return (_held(line, "no_price", f"bundle without a split: {shares.because} for {told}"),)
    return tuple(
        _part(line, item, own, settings, shares.amount(name))
        for name, item, own in parts
        if item is not None
    )


def _part(
    line: BilledLine, item: KnownItem, own: ItemRule, settings: RevenueSettings, amount: Money
) -> Read:
    part = replace(
        line,
        key=f"{line.key}:{item.netsuite_id}",
        amount=amount,
        item_netsuite_id=item.netsuite_id,
    )
    return replace(
        _promised(part, item, own, settings), stand_alone=own.stand_alone.get(amount.currency)
    )


_Part = tuple[str, KnownItem | None, ItemRule]


def _component(name: str, items: dict[str, KnownItem], settings: RevenueSettings) -> _Part:
    item = items.get(name) or next((one for one in items.values() if one.name == name), None)
    rule = settings.rule_of(item.netsuite_id, item.name) if item else None
    return name, item, rule or ItemRule()


def _price(rule: ItemRule, currency: str) -> Fraction | None:
    known = rule.stand_alone.get(currency)
    return Fraction(known.minor) if known is not None else None


def named_items(settings: RevenueSettings) -> Sequence[str]:
    """The components of every bundle, by name or ERP id."""
    return sorted({name for rule in settings.items.values() for name in rule.bundle})

"""Conditions over facts, as values: typed, three-valued, without side effects.

A fact that is not known makes a comparison unknown (None), and what is unknown is never true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.ledger.money import Money


class Kind(StrEnum):
    """What sort of value a fact is. Amounts are held by currency, durations in whole days."""

    AMOUNT = "amount"
    NUMBER = "number"
    DAYS = "days"
    DATE = "date"
    TEXT = "text"
    YES_NO = "yes or no"
    LIST = "list of texts"


Value = int | str | bool | date | Money | Mapping[str, int] | frozenset[str] | None
Values = Mapping[str, Value]

FACTS: Mapping[str, tuple[Kind, str]] = {
    "balance": (Kind.AMOUNT, "open on all invoices, in the currency you write"),
    "overdue": (Kind.AMOUNT, "open on invoices past their due date"),
    "largest_overdue": (Kind.AMOUNT, "the largest single overdue invoice"),
    "days_overdue": (Kind.DAYS, "since the due date of the oldest overdue invoice"),
    "days_since_last_mail": (Kind.DAYS, "since we last wrote"),
    "days_since_reply": (Kind.DAYS, "since they last wrote"),
    "days_to_promise": (Kind.DAYS, "until the day of the open promise; negative after it"),
    "terms_days": (Kind.DAYS, "from issue to due date of the oldest overdue invoice"),
    "overdue_invoices": (Kind.NUMBER, "how many invoices are overdue"),
    "open_invoices": (Kind.NUMBER, "how many invoices are open"),
    "mails_sent": (Kind.NUMBER, "follow-ups sent since the oldest invoice became due"),
    "promises_broken": (Kind.NUMBER, "promises that were not kept"),
    "promises_kept": (Kind.NUMBER, "promises that were kept"),
    "score": (Kind.NUMBER, "how likely they pay late, 0 to 1000"),
    "oldest_due_on": (Kind.DATE, "due date of the oldest overdue invoice"),
    "promised_on": (Kind.DATE, "day of the open promise"),
    "today": (Kind.DATE, "today where the customer is"),
    "replied": (Kind.YES_NO, "whether they wrote in this conversation"),
    "promised": (Kind.YES_NO, "whether a promise is open"),
    "disputed": (Kind.YES_NO, "whether an invoice is in dispute"),
    "natural_person": (Kind.YES_NO, "whether the customer is a person and not a company"),
    "vip": (Kind.YES_NO, "whether the customer is written to by people only"),
    "country": (Kind.TEXT, "ISO code of the country"),
    "region": (Kind.TEXT, "code of the state or region"),
    "language": (Kind.TEXT, "code of the language they are written to in"),
    "currency": (Kind.TEXT, "the customer's currency"),
    "segment": (Kind.TEXT, "the segment of the policy that holds for them"),
    "customer": (Kind.TEXT, "the customer's id in NetSuite"),
    "tags": (Kind.LIST, "the customer's tags"),
}


class Order(StrEnum):
    """How two values are compared."""

    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its name in FACTS."""

    name: str

    @property
    def kind(self) -> Kind:
        return FACTS[self.name][0]


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that is written down."""

    value: int | str | bool | date | Money
    kind: Kind


@dataclass(frozen=True, slots=True)
class Shifted:
    """A date so many days later (earlier when negative)."""

    date: Term
    days: int

    @property
    def kind(self) -> Kind:
        return Kind.DATE


@dataclass(frozen=True, slots=True)
class Between:
    """Days from the second date to the first."""

    later: Term
    earlier: Term

    @property
    def kind(self) -> Kind:
        return Kind.DAYS


Term = Fact | Literal | Shifted | Between


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison; both sides are of one kind."""

    left: Term
    order: Order
    right: Term


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whether a text is one of those written, or a list holds any of them; without case."""

    term: Term
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    inner: Condition


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of them."""

    parts: tuple[Condition, ...]


Condition = Compared | OneOf | Not | All | AnyOf


def judge(condition: Condition, facts: Values) -> bool | None:
    """Whether a condition holds; None when a fact that decides it is not known."""
    match condition:
        case Compared(left, order, right):
            return _compare(_value(left, facts, right), order, _value(right, facts, left))
        case OneOf(term, texts):
            return _one_of(_value(term, facts, None), texts)
        case Not(inner):
            found = judge(inner, facts)
            return None if found is None else not found
        case All(parts):
            return _every([judge(part, facts) for part in parts])
        case AnyOf(parts):
            return _any([judge(part, facts) for part in parts])
        case _:
            assert_never(condition)


def _every(found: list[bool | None]) -> bool | None:
    if False in found:
        return False
    return None if None in found else True


def _any(found: list[bool | None]) -> bool | None:
    if True in found:
        return True
    return None if None in found else False


def _value(term: Term, facts: Values, other: Term | None) -> Value:
    match term:
        case Fact(name):
            value = facts.get(name)
            return _in_currency(value, other) if isinstance(value, Mapping) else value
        case Literal(value):
            return value
        case Shifted(day, days):
            begin = _value(day, facts, None)
            return date.fromordinal(begin.toordinal() + days) if isinstance(begin, date) else None
        case Between(later, earlier):
            end, begin = _value(later, facts, None), _value(earlier, facts, None)
            if not isinstance(end, date) or not isinstance(begin, date):
                return None
            return (end - begin).days
        case _:
            assert_never(term)


def _in_currency(value: Mapping[str, int], other: Term | None) -> Value:
    """What is owed in the currency of the amount it is compared with; nothing is zero."""
    if isinstance(other, Literal) and isinstance(other.value, Money):
        return Money(value.get(other.value.currency, 0), other.value.currency)
    return None


def _compare(left: Value, order: Order, right: Value) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.casefold(), right.casefold()
    if order is Order.EQUAL:
        return left == right
    if order is Order.NOT_EQUAL:
        return left != right
    gap = _gap(left, right)
    if gap is None:
        return None
    return {
        Order.LESS: gap < 0,
        Order.AT_MOST: gap <= 0,
        Order.MORE: gap > 0,
        Order.AT_LEAST: gap >= 0,
    }[order]


def _gap(left: Value, right: Value) -> int | None:
    """By how much the left is larger; only its sign counts."""
    if isinstance(left, Money) and isinstance(right, Money):
        return left.minor - right.minor if left.currency == right.currency else None
    if isinstance(left, date) and isinstance(right, date):
        return (left - right).days
    if isinstance(left, int) and isinstance(right, int):
        return left - right
    return None


def _one_of(value: Value, texts: frozenset[str]) -> bool | None:
    wanted = {text.casefold() for text in texts}
    if isinstance(value, str):
        return value.casefold() in wanted
    if isinstance(value, frozenset):
        return any(text.casefold() in wanted for text in value)
    return None

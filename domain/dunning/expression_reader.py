"""Conditions as people write them: `days_overdue > 30 and balance > 10,000.00 USD`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.dunning.expressions import (
    FACTS,
    All,
    AnyOf,
    Between,
    Compared,
    Condition,
    Fact,
    Kind,
    Literal,
    Not,
    OneOf,
    Order,
    Shifted,
    Term,
)
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money

_LONGEST, _DEEPEST = 1000, 12
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<date>\d{4}-\d\d-\d\d)(?![\w-])
    |(?P<number>\d[\d,]*(?:\.\d+)?)
    |(?P<text>"[^"\n]*"|'[^'\n]*')
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign><=|>=|!=|<>|==|=|<|>|\(|\)|,|\+|-)""",
    re.VERBOSE | re.ASCII,
)
_ORDERS = {"==": "=", "<>": "!="}
_SAME = frozenset({Kind.NUMBER, Kind.DAYS})
_ORDERED = frozenset({Kind.AMOUNT, Kind.NUMBER, Kind.DAYS, Kind.DATE})
_WORDS = ("and", "or", "not", "in", "contains", "true", "false", "yes", "no", "day", "days")


class ExpressionError(ValueError):
    """A condition cannot be read: where it breaks off, why, and what to write."""

    def __init__(self, column: int, reason: str, fix: str) -> None:
        self.column = column
        self.reason = reason
        self.fix = fix
        super().__init__(f"column {column}: {reason}. {fix}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a condition and the column it begins at, from 1."""

    kind: str
    text: str
    column: int


def read_condition(text: str) -> Condition:
    """The condition that a text says. Raises ExpressionError."""
    if len(text) > _LONGEST:
        raise ExpressionError(_LONGEST, "the condition is too long", "Split it into two steps.")
    reader = _Reader(_tokens(text), len(text) + 1)
    found = reader.either(0)
    left = reader.peek()
    if left is not None:
        raise ExpressionError(left.column, f"{left.text!r} is not expected here", _HINT)
    return found


_HINT = "Write fact, sign, value; join conditions with and, or, not."


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError(at + 1, f"{text[at]!r} means nothing here", _HINT)
        if match.lastgroup != "space":
            found.append(Token(str(match.lastgroup), match.group(), at + 1))
        at = match.end()
    return found


class _Reader:
    """Takes tokens one after another; `either` > `both` > `one` > comparison."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        self._tokens = tokens
        self._end = end
        self._at = 0

    def peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def take(self, wanted: str = "") -> Token:
        """The next token, which must read `wanted` unless that is empty."""
        token = self.peek()
        if token is None:
            missing = repr(wanted) if wanted else "something"
            raise ExpressionError(self._end, f"{missing} is missing at the end", _HINT)
        if wanted and token.text.lower() != wanted:
            raise ExpressionError(token.column, f"{token.text!r} stands for {wanted!r}", _HINT)
        self._at += 1
        return token

    def given(self, *words: str) -> Token | None:
        """The next token if it is one of these, taken."""
        token = self.peek()
        if token is None or token.kind == "text" or token.text.lower() not in words:
            return None
        self._at += 1
        return token

    def either(self, depth: int) -> Condition:
        parts = [self.both(depth)]
        while self.given("or"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def both(self, depth: int) -> Condition:
        parts = [self.one(depth)]
        while self.given("and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self, depth: int) -> Condition:
        if depth > _DEEPEST:
            raise ExpressionError(self._column(), "brackets go too deep", "Split the condition.")
        if self.given("not"):
            return Not(self.one(depth + 1))
        if self.given("("):
            inner = self.either(depth + 1)
            self.take(")")
            return inner
        return self.comparison()

    def comparison(self) -> Condition:
        column = self._column()
        left = self.term()
        token = self.peek()
        if token is None or token.text.lower() in ("and", "or", ")"):
            return _as_yes(left, column)
        if self.given("in"):
            return OneOf(_texted(left, column), self.texts())
        if self.given("contains"):
            return OneOf(_texted(left, column), frozenset({self.text()}))
        sign = self.take()
        text = _ORDERS.get(sign.text, sign.text)
        if text not in set(Order):
            raise ExpressionError(sign.column, f"{sign.text!r} compares nothing", _HINT)
        place = self._column()
        return _compared(left, Order(text), self.term(), place)

    def term(self) -> Term:
        column = self._column()
        found = self.value()
        while sign := self.given("+", "-"):
            found = _moved(found, sign, self.value(), column)
        return found

    def value(self) -> Term:
        token = self.take()
        if token.kind == "date":
            return Literal(_date(token), Kind.DATE)
        if token.kind == "text":
            return Literal(token.text[1:-1], Kind.TEXT)
        if token.kind == "number":
            return self.amount(token)
        if token.text.lower() in ("true", "yes", "false", "no"):
            return Literal(token.text.lower() in ("true", "yes"), Kind.YES_NO)
        if token.kind != "name" or token.text.lower() in _WORDS:
            raise ExpressionError(token.column, f"{token.text!r} is no value", _HINT)
        if token.text not in FACTS:
            fix = f"Known facts: {', '.join(FACTS)}."
            raise ExpressionError(token.column, f"there is no fact {token.text!r}", fix)
        return Fact(token.text)

    def amount(self, token: Token) -> Literal:
        """A number, a number of days, or an amount when a currency follows."""
        plain = token.text.replace(",", "")
        follows = self.peek()
        if self.given("day", "days"):
            return Literal(_whole(plain, token), Kind.DAYS)
        if follows is not None and re.fullmatch(r"[A-Z]{3}", follows.text):
            self.take()
            try:
                return Literal(Money.parse(plain, follows.text), Kind.AMOUNT)
            except LedgerError as error:
                raise ExpressionError(
                    token.column, str(error), "Write it like 100.00 USD."
                ) from error
        return Literal(_whole(plain, token), Kind.NUMBER)

    def texts(self) -> frozenset[str]:
        self.take("(")
        found = {self.text()}
        while self.given(","):
            found.add(self.text())
        self.take(")")
        return frozenset(found)

    def text(self) -> str:
        token = self.take()
        if token.kind != "text":
            fix = 'Put it in quotes, like "DE".'
            raise ExpressionError(token.column, f"{token.text!r} is no text", fix)
        return token.text[1:-1]

    def _column(self) -> int:
        token = self.peek()
        return token.column if token is not None else self._end


def _whole(plain: str, token: Token) -> int:
    if not plain.isdigit() or len(plain) > 12:
        fix = "Write a whole number, or an amount with its currency."
        raise ExpressionError(token.column, f"{token.text!r} has no currency", fix)
    return int(plain)


def _date(token: Token) -> date:
    try:
        return date.fromisoformat(token.text)
    except ValueError as error:
        fix = "Write it like 2026-03-31."
        raise ExpressionError(token.column, f"{token.text!r} is no date", fix) from error


def _as_yes(term: Term, column: int) -> Condition:
    if term.kind is not Kind.YES_NO:
        raise ExpressionError(column, f"this is a {term.kind.value}, not a yes or no", _HINT)
    return Compared(term, Order.EQUAL, Literal(True, Kind.YES_NO))


def _texted(term: Term, column: int) -> Term:
    if term.kind not in (Kind.TEXT, Kind.LIST):
        raise ExpressionError(column, f"this is a {term.kind.value}, not a text", _HINT)
    return term


def _moved(left: Term, sign: Token, right: Term, column: int) -> Term:
    """A date plus or minus days, or the days between two dates."""
    if left.kind is Kind.DATE and right.kind is Kind.DATE and sign.text == "-":
        return Between(left, right)
    if left.kind is Kind.DATE and isinstance(right, Literal) and right.kind in _SAME:
        days = right.value if isinstance(right.value, int) else 0
        if days <= 5000:
            return Shifted(left, days if sign.text == "+" else -days)
    fix = "Only days are added to dates: today + 5 days."
    raise ExpressionError(column, f"{sign.text!r} does not go with these", fix)


def _compared(left: Term, order: Order, right: Term, column: int) -> Condition:
    kinds = {left.kind, right.kind}
    if len(kinds) > 1 and not kinds <= _SAME:
        fix = f"Compare a {left.kind.value} with a {left.kind.value}."
        raise ExpressionError(column, f"this is a {right.kind.value}", fix)
    if Kind.AMOUNT in kinds and not isinstance(right, Literal):
        fix = "Compare with an amount that you write, like 100.00 USD."
        raise ExpressionError(column, "amounts of several currencies are not compared", fix)
    if order not in (Order.EQUAL, Order.NOT_EQUAL) and not kinds <= _ORDERED:
        fix = "Use = or != for these."
        raise ExpressionError(column, f"a {left.kind.value} is not more or less", fix)
    if Kind.LIST in kinds:
        raise ExpressionError(column, "a list is not compared", 'Write tags contains "x".')
    return Compared(left, order, right)

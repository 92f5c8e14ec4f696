"""The `q` parameter of collections: conditions on body fields, AND before OR."""

from __future__ import annotations

import re
from collections.abc import Callable

from sandbox.netsuite.errors import Refusal
from sandbox.netsuite.records.recordtypes import Field, RecordType, Shape
from sandbox.netsuite.store import Value
from sandbox.netsuite.wallclock import DAY, oracle_seconds

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[()]|[^\s()\[\]"]+')
_UNARY = {"EMPTY": "IS NULL", "EMPTY_NOT": "IS NOT NULL"}
_COMPARE = {
    "IS": "=",
    "IS_NOT": "<>",
    "EQUAL": "=",
    "EQUAL_NOT": "<>",
    "GREATER": ">",
    "GREATER_NOT": "<=",
    "GREATER_OR_EQUAL": ">=",
    "GREATER_OR_EQUAL_NOT": "<",
    "LESS": "<",
    "LESS_NOT": ">=",
    "LESS_OR_EQUAL": "<=",
    "LESS_OR_EQUAL_NOT": ">",
}
_LIKE = {
    "CONTAIN": "%{}%",
    "CONTAIN_NOT": "%{}%",
    "START_WITH": "{}%",
    "START_WITH_NOT": "{}%",
    "ENDWITH": "%{}",
    "END_WITH": "%{}",
    "END_WITH_NOT": "%{}",
}
_DATES = {"AFTER": ">=", "BEFORE": "<", "ON_OR_AFTER": ">=", "ON_OR_BEFORE": "<", "ON": "="}
_AFTER_DAY = ("AFTER", "ON_OR_BEFORE")
_LISTS = ("ANY_OF", "ANY_OF_NOT", "BETWEEN", "BETWEEN_NOT", "WITHIN", "WITHIN_NOT")
_MOST = 200
Sql = tuple[str, list[Value]]


def compile_search(kind: RecordType, text: str, date_format: str) -> Sql:
    """SQL of a search over a record type's table. Raises Refusal."""
    tokens = _TOKEN.findall(text)
    if not tokens or len(tokens) > _MOST:
        raise _bad(f"Invalid search query: {text}")
    search = _Search(kind, tokens, date_format.replace("M/D", "MM/DD"))
    found = search.either()
    if search.rest():
        raise _bad(f"Invalid search query near '{search.rest()}'.")
    return found


class _Search:
    def __init__(self, kind: RecordType, tokens: list[str], date_format: str) -> None:
        self._kind = kind
        self._tokens = tokens
        self._format = date_format
        self._at = 0

    def rest(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self.rest()
        if not token:
            raise _bad("The search query ends too early.")
        self._at += 1
        return token

    def either(self) -> Sql:
        return self._joined("OR", self._both)

    def _both(self) -> Sql:
        return self._joined("AND", self._condition)

    def _joined(self, word: str, inner: Callable[[], Sql]) -> Sql:
        sql, params = inner()
        while self.rest().upper() == word:
            self._take()
            more, values = inner()
            sql, params = f"({sql} {word} {more})", params + values
        return sql, params

    def _condition(self) -> Sql:
        if self.rest() == "(":
            self._take()
            found = self.either()
            if self._take() != ")":
                raise _bad("A parenthesis is missing.")
            return found
        name = self._take()
        field = next((f for f in self._kind.fields if f.name.lower() == name.lower()), None)
        if name.lower() == "id":
            field = Field("id", "id", Shape.NUMBER)
        if field is None:
            raise Refusal(
                400, "NONEXISTENT_FIELD", f"Field '{name}' does not exist in {self._kind.name}."
            )
        return self._test(field, self._take().upper())

    def _test(self, field: Field, operator: str) -> Sql:
        column = f'"{field.column}"'
        if operator in _UNARY:
            return f"({column} {_UNARY[operator]})", []
        if operator.removesuffix("_NOT") in _DATES:
            return self._dated(field, operator)
        if operator in _LISTS:
            return self._listed(field, operator)
        given = _plain(self._take())
        if operator in _LIKE:
            word = "NOT LIKE" if operator.endswith("_NOT") else "LIKE"
            return f"(LOWER({column}) {word} LOWER(?))", [_LIKE[operator].format(given)]
        if operator not in _COMPARE:
            raise _bad(f"Unknown operator '{operator}'.")
        left, value = _typed(field, column, given)
        return f"({left} {_COMPARE[operator]} ?)", [value]

    def _dated(self, field: Field, operator: str) -> Sql:
        word = operator.removesuffix("_NOT")
        if field.shape not in (Shape.DATE, Shape.DATETIME):
            raise _bad(f"Operator '{operator}' needs a date field.")
        day = self._day(_plain(self._take()))
        column = f'"{field.column}"'
        negated = "NOT " if operator != word else ""
        if word == "ON":
            return f"({negated}({column} >= ? AND {column} < ?))", [day, day + DAY]
        bound = day + DAY if word in _AFTER_DAY else day
        return f"({negated}({column} {_DATES[word]} ?))", [bound]

    def _day(self, text: str) -> int:
        try:
            return oracle_seconds(text, self._format)
        except ValueError as error:
            raise _bad(f"'{text}' failed with date format {self._format}.") from error

    def _listed(self, field: Field, operator: str) -> Sql:
        column = f'"{field.column}"'
        given = [_plain(part.strip()) for part in self._take().strip("[]").split(",")]
        word = "NOT " if operator.endswith("_NOT") else ""
        if field.shape in (Shape.DATE, Shape.DATETIME):
            left = column
            values: list[Value] = [self._day(text) for text in given]
        else:
            pairs = [_typed(field, column, text) for text in given]
            left, values = pairs[0][0], [value for _, value in pairs]
        if operator.startswith("ANY_OF"):
            marks = ", ".join("?" * len(values))
            return f"({left} {word}IN ({marks}))", list(values)
        if len(values) != 2:
            raise _bad(f"'{operator}' needs two values.")
        return f"({left} {word}BETWEEN ? AND ?)", list(values)


def _typed(field: Field, column: str, text: str) -> tuple[str, Value]:
    match field.shape:
        case Shape.BOOL:
            return column, {"true": "T", "false": "F"}.get(text.lower(), text.upper())
        case Shape.NUMBER | Shape.REFERENCE:
            return f"CAST({column} AS REAL)", _number(text)
        case Shape.MONEY:
            return f"({column} * _scale)", round(_number(text) * 1000)
        case _:
            return column, text


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise _bad(f"'{text}' is not a number.") from error


def _plain(token: str) -> str:
    return token[1:-1].replace('\\"', '"') if token.startswith('"') else token


def _bad(detail: str) -> Refusal:
    return Refusal(400, "INVALID_PARAMETER", f"Invalid search query. {detail}")

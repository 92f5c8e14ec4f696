"""A part of SOQL, parsed: SELECT fields FROM object WHERE ... ORDER BY ... LIMIT n.

Fields may be those of parents ("Account.Name"). As in Salesforce, AND and OR stand beside each
other only in parentheses (SOQL reference, "Condition Expression Syntax").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Operator = Literal["=", "!=", "<", "<=", ">", ">=", "like", "in", "not in"]

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<string>'(?:[^'\\]|\\.)*')
      | (?P<datetime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d))
      | (?P<date>\d{4}-\d\d-\d\d)
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<name>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*)
      | (?P<sign><=|>=|!=|<>|[=<>(),])
    )""",
    re.VERBOSE,
)
_UNESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_WORDS = ("select", "from", "where", "order", "by", "limit", "and", "or", "not", "in", "like")


class MalformedQuery(ValueError):
    """The text is no query of this subset."""


@dataclass(frozen=True, slots=True)
class Written:
    """A value as written: its kind (string, datetime, date, number, boolean, null) and text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Compare:
    field: str
    operator: Operator
    values: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: Condition


@dataclass(frozen=True, slots=True)
class Both:
    """All parts, or any of them."""

    every: bool
    parts: tuple[Condition, ...]


Condition = Compare | Not | Both


@dataclass(frozen=True, slots=True)
class Query:
    fields: tuple[str, ...]
    table: str
    where: Condition | None
    order: tuple[tuple[str, bool], ...]
    limit: int | None


def parse(text: str) -> Query:
    """Raises MalformedQuery."""
    parser = _Parser(_tokens(text))
    parser.word("select")
    fields = parser.names()
    parser.word("from")
    table = parser.name()
    where = parser.condition() if parser.has("where") else None
    order = parser.ordering() if parser.has("order") else ()
    limit = int(parser.take("number")) if parser.has("limit") else None
    parser.end()
    return Query(fields, table, where, order, limit)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise MalformedQuery(f"unexpected token: {text[at : at + 20]!r}")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = [*tokens, ("end", "<EOF>")]
        self._at = 0

    def take(self, kind: str) -> str:
        found, text = self._tokens[self._at]
        if found != kind:
            raise MalformedQuery(f"unexpected token: '{text}'")
        self._at += 1
        return text

    def has(self, word: str) -> bool:
        """Whether the next token is this word or sign; it is then taken."""
        kind, text = self._tokens[self._at]
        if kind in ("name", "sign") and text.lower() == word:
            self._at += 1
            return True
        return False

    def word(self, word: str) -> None:
        if not self.has(word):
            raise MalformedQuery(f"expecting '{word}', found '{self._tokens[self._at][1]}'")

    def end(self) -> None:
        self.take("end")

    def name(self) -> str:
        found = self.take("name")
        if found.lower() in _WORDS:
            raise MalformedQuery(f"unexpected token: '{found}'")
        return found

    def names(self) -> tuple[str, ...]:
        found = [self.name()]
        while self.has(","):
            found.append(self.name())
        return tuple(found)

    def ordering(self) -> tuple[tuple[str, bool], ...]:
        self.word("by")
        found: list[tuple[str, bool]] = []
        while not found or self.has(","):
            name = self.name()
            ascending = self.has("asc") or not self.has("desc")
            found.append((name, ascending))
        return tuple(found)

    def condition(self) -> Condition:
        parts = [self._simple()]
        joined = ""
        while (word := self._joint()) is not None:
            if joined not in ("", word):
                raise MalformedQuery(f"unexpected token: '{word}'")
            joined = word
            parts.append(self._simple())
        return parts[0] if len(parts) == 1 else Both(joined == "and", tuple(parts))

    def _joint(self) -> str | None:
        return next((word for word in ("and", "or") if self.has(word)), None)

    def _simple(self) -> Condition:
        if self.has("not"):
            return Not(self._simple())
        if self.has("("):
            found = self.condition()
            self.word(")")
            return found
        return self._compare()

    def _compare(self) -> Compare:
        field = self.name()
        if self.has("like"):
            return Compare(field, "like", (self._literal(),))
        excluded = self.has("not")
        if self.has("in"):
            return Compare(field, "not in" if excluded else "in", self._listed())
        sign = "!=" if (taken := self.take("sign")) == "<>" else taken
        signs: dict[str, Operator] = {
            "=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
        }  # fmt: skip
        if excluded or sign not in signs:
            raise MalformedQuery(f"unexpected token: '{sign}'")
        return Compare(field, signs[sign], (self._literal(),))

    def _listed(self) -> tuple[Written, ...]:
        self.word("(")
        found = [self._literal()]
        while self.has(","):
            found.append(self._literal())
        self.word(")")
        return tuple(found)

    def _literal(self) -> Written:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "string":
            return Written("string", _unescaped(text[1:-1]))
        if kind in ("datetime", "date", "number"):
            return Written(kind, text)
        if kind == "name" and text.lower() in ("true", "false"):
            return Written("boolean", text.lower())
        if kind == "name" and text.lower() == "null":
            return Written("null", "")
        raise MalformedQuery(f"unexpected token: '{text}'")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: _UNESCAPED.get(m[1].lower(), m[1]), text, flags=re.DOTALL)

"""Expressions of a query, rewritten one node at a time; what is not listed is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from sqlglot import exp

from sandbox.netsuite.errors import invalid_query
from sandbox.netsuite.schema import Kind
from sandbox.netsuite.suiteql.builtins import builtin
from sandbox.netsuite.suiteql.functions import call
from sandbox.netsuite.suiteql.grouping import AGGREGATES
from sandbox.netsuite.suiteql.kinds import (
    TIMES,
    as_number,
    common_kind,
    not_supported,
    to_kind,
    unified,
)
from sandbox.netsuite.suiteql.scope import Scope, Typed
from sandbox.netsuite.wallclock import DAY

_MOST_IN = 1000
_RANKS = ("ROW_NUMBER", "RANK", "DENSE_RANK")
_NOW = ("SYSDATE", "CURRENT_DATE", "SYSTIMESTAMP", "CURRENT_TIMESTAMP")
_COMPARE: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
}


class Subquery(Protocol):
    """Compiles a nested SELECT to SQL and the kinds of its columns."""

    def __call__(self, select: exp.Expr, outer: Scope) -> tuple[str, Sequence[Kind]]: ...


class Expressions:
    """Rewrites expressions within one scope."""

    def __init__(self, scope: Scope, subquery: Subquery) -> None:
        self._scope = scope
        self._subquery = subquery

    def condition(self, node: exp.Expr) -> str:
        """SQL of a truth value."""
        if isinstance(node, exp.And | exp.Or):
            word = "AND" if isinstance(node, exp.And) else "OR"
            return f"({self.condition(node.left)} {word} {self.condition(node.right)})"
        if isinstance(node, exp.Not):
            return f"(NOT {self.condition(node.this)})"
        if isinstance(node, exp.Paren):
            return self.condition(node.this)
        operator = _COMPARE.get(type(node))
        if operator:
            left, right = self._pair(node)
            return f"({left} {operator} {right})"
        write = _CONDITIONS.get(type(node))
        if write is None:
            raise not_supported(f"the condition {node.key.upper()}")
        return write(self, node)

    def value(self, node: exp.Expr) -> Typed:
        """SQL and kind of a value."""
        write = _VALUES.get(type(node))
        if write is None:
            raise not_supported(node.key.upper())
        return write(self, node)

    def _pair(self, node: exp.Expr) -> tuple[str, str]:
        pieces, _ = unified([self.value(node.this), self.value(node.expression)])
        return pieces[0], pieces[1]

    def _between(self, node: exp.Expr) -> str:
        nodes = (node.this, node.args["low"], node.args["high"])
        subject, low, high = unified([self.value(n) for n in nodes])[0]
        return f"({subject} BETWEEN {low} AND {high})"

    def _in(self, node: exp.Expr) -> str:
        subject = self.value(node.this)
        query = node.args.get("query")
        if query is not None:
            sql, _ = self._subquery(
                query.this if isinstance(query, exp.Subquery) else query, self._scope
            )
            return f"({subject.sql} IN ({sql}))"
        listed = [self.value(item) for item in node.expressions]
        if len(listed) > _MOST_IN:
            raise invalid_query("Search error occurred: more than 1000 arguments of IN.")
        kind = common_kind([subject, *listed])
        inside = ", ".join(to_kind(item, kind).sql for item in listed)
        return f"({to_kind(subject, kind).sql} IN ({inside}))"

    def _is(self, node: exp.Expr) -> str:
        if not isinstance(node.expression, exp.Null):
            raise not_supported("IS with anything but NULL")
        return f"({self.value(node.this).sql} IS NULL)"

    def _like(self, node: exp.Expr) -> str:
        left, right = (to_kind(self.value(n), Kind.TEXT).sql for n in (node.this, node.expression))
        return f"({left} LIKE {right})"

    def _exists(self, node: exp.Expr) -> str:
        return f"EXISTS ({self._subquery(node.this, self._scope)[0]})"

    def _column(self, node: exp.Expr) -> Typed:
        name, alias = node.name.lower(), node.text("table").lower()
        if node.args.get("join_mark"):
            raise not_supported("the (+) outer join mark")
        if not alias and name.upper() in _NOW:
            return Typed(str(self._scope.setting.now), Kind.DATETIME)
        found = self._scope.find(name, alias)
        if found is None:
            shown = f"{alias}.{name}" if alias else name
            raise invalid_query(
                f"Search error occurred: Unknown identifier '{shown}'."
                f" Available identifiers are: {self._available()}"
            )
        return found

    def _available(self) -> str:
        return "{" + ", ".join(f"{s.alias}={s.alias}" for s in self._scope.sources) + "}"

    def _literal(self, node: exp.Expr) -> Typed:
        text = node.name
        if node.args.get("is_string"):
            sql = "NULL" if text == "" else "'" + text.replace("'", "''") + "'"
            return Typed(sql, Kind.TEXT, loose=True, constant=text)
        return Typed(text, Kind.NUMBER, loose=True, constant=text)

    def _placeholder(self, node: exp.Expr) -> Typed:
        if not node.name.startswith("p"):
            raise not_supported("a named parameter")
        return Typed(f":{node.name}", Kind.TEXT, loose=True)

    def _add(self, node: exp.Expr) -> Typed:
        left, right = self.value(node.this), self.value(node.expression)
        sign = "+" if isinstance(node, exp.Add) else "-"
        if left.kind in TIMES and right.kind in TIMES and sign == "-":
            return Typed(f"(({left.sql} - {right.sql}) / {DAY}.0)", Kind.NUMBER)
        if left.kind in TIMES:
            return Typed(f"({left.sql} {sign} {_days(right)})", Kind.DATETIME)
        if right.kind in TIMES and sign == "+":
            return Typed(f"({right.sql} + {_days(left)})", Kind.DATETIME)
        kind = Kind.MONEY if Kind.MONEY in (left.kind, right.kind) else Kind.NUMBER
        return Typed(f"({to_kind(left, kind).sql} {sign} {to_kind(right, kind).sql})", kind)

    def _multiply(self, node: exp.Expr) -> Typed:
        left, right = self.value(node.this), self.value(node.expression)
        if right.kind is Kind.MONEY and left.kind is not Kind.MONEY:
            left, right = right, left
        if left.kind is Kind.MONEY:
            sql = f"CAST(ROUND({left.sql} * {as_number(right)}) AS INTEGER)"
            return Typed(sql, Kind.MONEY)
        return Typed(f"({as_number(left)} * {as_number(right)})", Kind.NUMBER)

    def _divide(self, node: exp.Expr) -> Typed:
        left, right = self.value(node.this), self.value(node.expression)
        if left.kind is Kind.MONEY and right.kind is not Kind.MONEY:
            sql = f"CAST(ROUND({left.sql} * 1.0 / {as_number(right)}) AS INTEGER)"
            return Typed(sql, Kind.MONEY)
        return Typed(f"({as_number(left)} * 1.0 / {as_number(right)})", Kind.NUMBER)

    def _negative(self, node: exp.Expr) -> Typed:
        inner = self.value(node.this)
        if inner.kind is Kind.MONEY:
            return Typed(f"(-{inner.sql})", Kind.MONEY)
        return Typed(f"(-{as_number(inner)})", Kind.NUMBER, loose=inner.loose)

    def _concat(self, node: exp.Expr) -> Typed:
        parts = [to_kind(self.value(n), Kind.TEXT).sql for n in (node.this, node.expression)]
        left, right = (f"COALESCE({part}, '')" for part in parts)
        return Typed(f"({left} || {right})", Kind.TEXT)

    def _case(self, node: exp.Expr) -> Typed:
        subject = self.value(node.this) if node.this else None
        default = node.args.get("default")
        arms = node.args["ifs"]
        results = [self.value(arm.args["true"]) for arm in arms]
        if default is not None:
            results.append(self.value(default))
        pieces, kind = unified(results)
        sql = "CASE"
        for arm, piece in zip(arms, pieces, strict=False):
            sql += f" WHEN {self._arm(subject, arm.this)} THEN {piece}"
        return Typed(f"{sql} ELSE {pieces[-1] if default is not None else 'NULL'} END", kind)

    def _arm(self, subject: Typed | None, node: exp.Expr) -> str:
        if subject is None:
            return self.condition(node)
        left, right = unified([subject, self.value(node)])[0]
        return f"{left} = {right}"

    def _call(self, node: exp.Expr) -> Typed:
        name = str(node.this).upper()
        if name == "COUNT":
            return self._count(node)
        if node.expressions and isinstance(node.expressions[0], exp.Distinct):
            raise not_supported(f"{name} of DISTINCT values")
        return call(name, [self.value(arg) for arg in node.expressions], self._scope.setting)

    def _count(self, node: exp.Expr) -> Typed:
        what = node.expressions[0] if node.expressions else exp.Star()
        if isinstance(what, exp.Star):
            return Typed("COUNT(*)", Kind.NUMBER)
        if isinstance(what, exp.Distinct):
            return Typed(f"COUNT(DISTINCT {self.value(what.expressions[0]).sql})", Kind.NUMBER)
        return Typed(f"COUNT({self.value(what).sql})", Kind.NUMBER)

    def _window(self, node: exp.Expr) -> Typed:
        """A ranking function or an aggregate over a part of the rows."""
        inner = node.this
        if node.args.get("spec") or not isinstance(inner, exp.Anonymous):
            raise not_supported("this window")
        name = str(inner.this).upper()
        if name in _RANKS:
            made = Typed(f"{name}()", Kind.NUMBER)
        elif name in AGGREGATES:
            made = self._call(inner)
        else:
            raise not_supported(f"{name} over a window")
        words = []
        parts = [self.value(part).sql for part in node.args.get("partition_by") or []]
        if parts:
            words.append("PARTITION BY " + ", ".join(parts))
        order = node.args.get("order")
        if order is not None:
            words.append("ORDER BY " + ", ".join(self._sorted(key) for key in order.expressions))
        elif name in _RANKS:
            raise invalid_query(f"Search error occurred: {name} needs ORDER BY in OVER.")
        return Typed(f"({made.sql} OVER ({' '.join(words)}))", made.kind)

    def _sorted(self, key: exp.Expr) -> str:
        nulls = "FIRST" if key.args.get("nulls_first") else "LAST"
        down = "DESC" if key.args.get("desc") else "ASC"
        return f"{self.value(key.this).sql} {down} NULLS {nulls}"

    def _builtin(self, node: exp.Expr) -> Typed:
        inner = node.expression
        if node.this.name.upper() != "BUILTIN" or not isinstance(inner, exp.Anonymous):
            raise not_supported(node.sql())
        name = str(inner.this).upper()
        return builtin(name, [self.value(arg) for arg in inner.expressions], self._scope.setting)

    def _scalar(self, node: exp.Expr) -> Typed:
        sql, kinds = self._subquery(node.this, self._scope)
        if len(kinds) != 1:
            raise invalid_query("Search error occurred: a subquery value needs one column.")
        return Typed(f"({sql})", kinds[0])


def _days(piece: Typed) -> str:
    return f"CAST(ROUND({as_number(piece)} * {DAY}) AS INTEGER)"


_CONDITIONS: dict[type[exp.Expr], Callable[[Expressions, exp.Expr], str]] = {
    exp.Between: Expressions._between,
    exp.In: Expressions._in,
    exp.Is: Expressions._is,
    exp.Like: Expressions._like,
    exp.Exists: Expressions._exists,
}
_VALUES: dict[type[exp.Expr], Callable[[Expressions, exp.Expr], Typed]] = {
    exp.Column: Expressions._column,
    exp.Literal: Expressions._literal,
    exp.Placeholder: Expressions._placeholder,
    exp.Null: lambda _self, _node: Typed("NULL", Kind.TEXT, loose=True),
    exp.Paren: lambda self, node: self.value(node.this),
    exp.Add: Expressions._add,
    exp.Sub: Expressions._add,
    exp.Mul: Expressions._multiply,
    exp.Div: Expressions._divide,
    exp.Neg: Expressions._negative,
    exp.DPipe: Expressions._concat,
    exp.Case: Expressions._case,
    exp.Anonymous: Expressions._call,
    exp.Dot: Expressions._builtin,
    exp.Subquery: Expressions._scalar,
    exp.Window: Expressions._window,
}

"""Whole queries rewritten for SQLite: FROM, joins, WHERE with ROWNUM, grouping, order, FETCH."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from sandbox.netsuite.errors import invalid_query
from sandbox.netsuite.schema import TABLES, Kind
from sandbox.netsuite.suiteql.expressions import Expressions
from sandbox.netsuite.suiteql.grouping import aggregates, check_grouping
from sandbox.netsuite.suiteql.kinds import not_supported
from sandbox.netsuite.suiteql.scope import QuerySource, Scope, Setting, Source, TableSource, Typed

_JOINS = {"": "JOIN", "LEFT": "LEFT JOIN", "RIGHT": "RIGHT JOIN", "FULL": "FULL JOIN"}


@dataclass(frozen=True, slots=True)
class Compiled:
    """SQLite SQL of the rows and of their number, and whether their order is given.

    `shuffle` orders rows whose order is not given. `keyset` is the parameter that rows must be
    above in their first order column, and the place of that column in a row.
    """

    sql: str
    count_sql: str
    columns: tuple[tuple[str, Kind], ...]
    ordered: bool
    shuffle: str = ""
    keyset: tuple[str, int] | None = None


def compile_query(node: exp.Expr, setting: Setting, outer: Scope | None = None) -> Compiled:
    """Rewrite a SELECT or UNION. Raises Refusal for what SuiteQL or this sandbox lacks."""
    if node.args.get("with_"):
        raise not_supported("WITH")
    if isinstance(node, exp.SetOperation):
        return _union(node, setting, outer)
    if not isinstance(node, exp.Select):
        raise invalid_query("Search error occurred: Invalid or unsupported search")
    return _Select(node, Scope(setting, outer)).compile()


def _union(node: exp.SetOperation, setting: Setting, outer: Scope | None) -> Compiled:
    if not isinstance(node, exp.Union) or node.args.get("order"):
        raise not_supported("this set operation")
    left = compile_query(node.left, setting, outer)
    right = compile_query(node.right, setting, outer)
    if [kind for _, kind in left.columns] != [kind for _, kind in right.columns]:
        raise invalid_query("Search error occurred: the parts of UNION have different columns.")
    word = "UNION" if node.args.get("distinct") else "UNION ALL"
    sql = f"{left.sql} {word} {right.sql}"
    return Compiled(sql, _counted(sql), left.columns, False)


def _counted(sql: str) -> str:
    return " ".join(("SELECT count(*) FROM (", sql, ")"))


class _Select:
    """One SELECT on its way to SQLite."""

    def __init__(self, node: exp.Select, scope: Scope) -> None:
        self._node = node
        self._scope = scope
        self._expressions = Expressions(scope, self._nested)
        self._from = ""

    def _nested(self, select: exp.Expr, outer: Scope) -> tuple[str, Sequence[Kind]]:
        compiled = compile_query(select, outer.setting, outer)
        return compiled.sql, [kind for _, kind in compiled.columns]

    def compile(self) -> Compiled:
        check_grouping(self._node)
        self._read_from()
        where = self._where()
        items = self._items()
        tail = self._grouping()
        distinct = bool(self._node.args.get("distinct"))
        order, fetch = self._order(items), self._fetch()
        listed = ", ".join(f'{typed.sql} AS "{name}"' for name, typed in items)
        rows = " ".join(word for word in (self._from, where, tail) if word)
        words = ["SELECT DISTINCT" if distinct else "SELECT", listed, rows]
        words += [f"ORDER BY {order}"] if order else []
        words += [f"LIMIT {fetch}"] if fetch is not None else []
        sql = " ".join(words)
        plain = not (tail or distinct or fetch is not None or aggregates(self._node.expressions))
        count = " ".join(("SELECT count(*)", rows)) if plain else _counted(sql)
        columns = tuple((name, typed.kind) for name, typed in items)
        shuffle = self._shuffle() if plain and not order else ""
        keyset = self._keyset(items) if plain else None
        return Compiled(sql, count, columns, bool(order), shuffle, keyset)

    def _read_from(self) -> None:
        source = self._node.args.get("from_")
        if source is None:
            return
        self._from = f"FROM {self._source(source.this)}"
        for join in self._node.args.get("joins") or []:
            self._from += self._join(join)

    def _join(self, join: exp.Join) -> str:
        side, kind, on = join.side.upper(), join.kind.upper(), join.args.get("on")
        if (
            join.args.get("using")
            or join.args.get("method")
            or kind not in ("", "INNER", "OUTER", "CROSS")
        ):
            raise not_supported("this join")
        target = self._source(join.this)
        if on is None:
            return f" CROSS JOIN {target}"
        return f" {_JOINS[side]} {target} ON {self._expressions.condition(on)}"

    def _source(self, node: exp.Expr) -> str:
        alias = node.alias_or_name.lower()
        made: Source
        if isinstance(node, exp.Subquery):
            inner = compile_query(node.this, self._scope.setting, self._scope.outer)
            made = QuerySource(alias, {n: Typed(n, kind) for n, kind in inner.columns})
            sql = f'({inner.sql}) AS "{alias}"'
        elif node.name.lower() == "dual":
            made = QuerySource(alias, {"dummy": Typed("dummy", Kind.TEXT)})
            sql = f"(SELECT 'X' AS dummy) AS \"{alias}\""
        else:
            table = TABLES.get(node.name.lower())
            unseen = node.name.lower() in self._scope.setting.unseen
            if table is None or unseen or not isinstance(node, exp.Table):
                raise invalid_query(f"Search error occurred: Record '{node.name}' was not found.")
            made = TableSource(alias, table, self._scope.setting.now, self._scope.setting.absent)
            sql = f'"{table.name}" AS "{alias}"'
        self._scope.add(made)
        return sql

    def _where(self) -> str:
        where = self._node.args.get("where")
        conditions: list[str] = []
        limits: list[int] = []
        for part in _conjuncts(where.this) if where else []:
            rows = _rownum(part)
            if rows is None:
                conditions.append(self._expressions.condition(part))
            else:
                limits.append(rows)
        written = " AND ".join(conditions)
        if limits:
            written = self._first_rows(written, min(limits))
        return f"WHERE {written}" if written else ""

    def _first_rows(self, where: str, limit: int) -> str:
        """ROWNUM counts rows before ORDER BY and grouping."""
        sources = self._scope.sources
        if not sources or any(isinstance(source, QuerySource) for source in sources):
            raise not_supported("ROWNUM over a subquery")
        key = ", ".join(f'COALESCE("{source.alias}".rowid, 0)' for source in sources)
        inner = f"{self._from} WHERE {where}" if where else self._from
        chosen = f"({key}) IN (SELECT {key} {inner} LIMIT {limit})"
        return f"{where} AND {chosen}" if where else chosen

    def _items(self) -> list[tuple[str, Typed]]:
        items: list[tuple[str, Typed]] = []
        for node in self._node.expressions:
            items.extend(self._item(node, len(items)))
        taken: set[str] = set()
        return [(_unique(name, taken), typed) for name, typed in items]

    def _item(self, node: exp.Expr, position: int) -> list[tuple[str, Typed]]:
        if isinstance(node, exp.Star):
            return [pair for source in self._scope.sources for pair in source.star()]
        if isinstance(node, exp.Column) and isinstance(node.this, exp.Star):
            source = self._scope.source(node.text("table").lower())
            if source is None:
                raise invalid_query(f"Search error occurred: Unknown identifier '{node.sql()}'.")
            return list(source.star())
        inner = node.this if isinstance(node, exp.Alias) else node
        named = isinstance(node, exp.Alias | exp.Column)
        name = node.alias_or_name.lower() if named else f"expr{position + 1}"
        return [(name, self._expressions.value(inner))]

    def _grouping(self) -> str:
        words = []
        group, having = self._node.args.get("group"), self._node.args.get("having")
        if group:
            listed = [self._expressions.value(node).sql for node in group.expressions]
            words.append("GROUP BY " + ", ".join(listed))
        if having:
            words.append("HAVING " + self._expressions.condition(having.this))
        return " ".join(words)

    def _order(self, items: list[tuple[str, Typed]]) -> str:
        order = self._node.args.get("order")
        return ", ".join(self._ordered(node, items) for node in order.expressions) if order else ""

    def _ordered(self, node: exp.Expr, items: list[tuple[str, Typed]]) -> str:
        key, down = node.this, bool(node.args.get("desc"))
        names = [name for name, _ in items]
        if isinstance(key, exp.Literal) and not key.is_string:
            if not 1 <= int(key.name) <= len(items):
                raise invalid_query("Search error occurred: ORDER BY position out of range.")
            sql = items[int(key.name) - 1][1].sql
        elif isinstance(key, exp.Column) and not key.table and key.name.lower() in names:
            sql = items[names.index(key.name.lower())][1].sql
        else:
            sql = self._expressions.value(key).sql
        nulls = "FIRST" if node.args.get("nulls_first") else "LAST"
        return f"{sql} {'DESC' if down else 'ASC'} NULLS {nulls}"

    def _fetch(self) -> int | None:
        limit = self._node.args.get("limit")
        if limit is None:
            return None
        if not isinstance(limit, exp.Fetch) or self._node.args.get("offset"):
            raise invalid_query("Search error occurred: Invalid or unsupported search: LIMIT")
        return int(limit.args["count"].name)

    def _keyset(self, items: list[tuple[str, Typed]]) -> tuple[str, int] | None:
        """The lower bound of `WHERE key > ? ... ORDER BY key ASC`, where key is shown."""
        order, where = self._node.args.get("order"), self._node.args.get("where")
        if order is None or where is None or order.expressions[0].args.get("desc"):
            return None
        key = self._expressions.value(order.expressions[0].this).sql
        shown = [number for number, (_, typed) in enumerate(items) if typed.sql == key]
        for part in _conjuncts(where.this):
            bound = isinstance(part, exp.GT) and isinstance(part.expression, exp.Placeholder)
            if bound and shown and self._expressions.value(part.this).sql == key:
                return part.expression.name, shown[0]
        return None

    def _shuffle(self) -> str:
        if not self._scope.sources or isinstance(self._scope.sources[0], QuerySource):
            return ""
        return f'("{self._scope.sources[0].alias}".rowid * 2654435761) % 4294967291'


def _conjuncts(node: exp.Expr) -> list[exp.Expr]:
    if isinstance(node, exp.And):
        return [*_conjuncts(node.left), *_conjuncts(node.right)]
    return [node]


def _rownum(node: exp.Expr) -> int | None:
    """N for `ROWNUM <= N`, `ROWNUM < N+1`, `ROWNUM = 1`."""
    left = node.this
    if not isinstance(left, exp.Column) or left.name.upper() != "ROWNUM":
        return None
    right = node.expression
    if not isinstance(right, exp.Literal) or not right.name.isdecimal():
        raise not_supported("ROWNUM compared with anything but a number")
    number = int(right.name)
    if isinstance(node, exp.LT):
        return number - 1
    if isinstance(node, exp.LTE) or (isinstance(node, exp.EQ) and number == 1):
        return number
    raise not_supported("this comparison of ROWNUM")


def _unique(name: str, taken: set[str]) -> str:
    candidate, number = name, 0
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    taken.add(candidate)
    return candidate

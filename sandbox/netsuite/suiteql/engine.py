"""Running a SuiteQL query: bounds, parameters, pages of strings."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlglot import exp

from sandbox.netsuite.errors import Refusal, invalid_query, unexpected
from sandbox.netsuite.schema import Kind
from sandbox.netsuite.store import ErpStore
from sandbox.netsuite.suiteql.dialect import parse
from sandbox.netsuite.suiteql.kinds import TIMES
from sandbox.netsuite.suiteql.queries import Compiled, compile_query
from sandbox.netsuite.suiteql.scope import Setting
from sandbox.netsuite.suiteql.sqlfunctions import plain
from sandbox.netsuite.wallclock import display_date

PAGE_LIMIT = 1000
_KEPT = 200
Bound = Mapping[str, str | int | None]
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows `offset` to `offset + limit` of a result of `total` rows (at most 100,000)."""

    rows: list[dict[str, str]]
    total: int


def run(
    store: ErpStore, text: str, params: Sequence[object], limit: int, offset: int, setting: Setting
) -> Page:
    """Run a query and render one page. Raises Refusal."""
    _, marks = _parsed(text)
    if marks != len(params):
        raise invalid_query(f"Search error occurred: {marks} parameters expected.")
    bound = {f"p{n}": _bindable(value) for n, value in enumerate(params, 1)}
    compiled = _compiled(text, setting)
    try:
        return _fetch(store, compiled, bound, limit, offset, setting)
    except sqlite3.Error as error:
        raise _broken(error) from error


@lru_cache(maxsize=_KEPT)
def _parsed(text: str) -> tuple[exp.Select | exp.SetOperation, int]:
    """Compiling only reads the tree: a text that comes again need not be parsed again."""
    return parse(text)


@lru_cache(maxsize=_KEPT)
def _compiled(text: str, setting: Setting) -> Compiled:
    return compile_query(_parsed(text)[0], setting)


def _broken(error: sqlite3.Error) -> Refusal:
    if "user-defined function" in str(error):
        return invalid_query("Search error occurred: a date or number does not fit its format.")
    return unexpected(f"sandbox-{type(error).__name__}: {error}")


def _fetch(
    store: ErpStore,
    compiled: Compiled,
    bound: Bound,
    limit: int,
    offset: int,
    setting: Setting,
) -> Page:
    sql = compiled.sql
    total = _total(store, compiled, bound)
    if compiled.shuffle:
        sql = f"{sql} ORDER BY {compiled.shuffle}"
    paged = " ".join(("SELECT * FROM (", sql, f") LIMIT {limit + 1} OFFSET {offset}"))
    visible = max(0, min(limit, setting.cap - offset))
    read = store.page(paged, bound)
    if offset == 0:
        _remember(store, compiled, bound, total, read, limit)
    found = read[:visible]
    if not compiled.ordered and not compiled.shuffle:
        random.Random(len(found)).shuffle(found)
    rendered = [_render(row, compiled.columns, setting.date_format) for row in found]
    return Page(rendered, min(total, setting.cap))


def _signature(compiled: Compiled, bound: Bound) -> tuple[object, ...]:
    """The query apart from the bound that moves from page to page."""
    moving = compiled.keyset[0] if compiled.keyset else ""
    others = sorted((name, str(value)) for name, value in bound.items() if name != moving)
    return compiled.count_sql, *others


def _total(store: ErpStore, compiled: Compiled, bound: Bound) -> int:
    """How many rows there are; within a walk, what the page before left over."""
    if compiled.keyset:
        key = str(bound[compiled.keyset[0]])
        left = store.walks.left_after(_signature(compiled, bound), store.version, key)
        if left is not None:
            return left
    return int(str(store.page(compiled.count_sql, bound)[0][0]))


def _remember(
    store: ErpStore, compiled: Compiled, bound: Bound, total: int, found: Sequence[Row], limit: int
) -> None:
    """Keep the keys of a first page; `found` may have one row more than `limit`."""
    if not compiled.keyset or len(found) <= limit:
        return
    keys = [row[compiled.keyset[1]] for row in found]
    tied = keys[limit] == keys[limit - 1]
    store.walks.keep(_signature(compiled, bound), store.version, total, keys[:limit], tied=tied)


def _bindable(value: object) -> str | int | None:
    if value is None or isinstance(value, str):
        return value or None
    raise invalid_query("Search error occurred: parameters are texts or numbers.")


def _render(
    row: tuple[object, ...], columns: Sequence[tuple[str, Kind]], date_format: str
) -> dict[str, str]:
    return {
        name: _shown(value, kind, date_format)
        for value, (name, kind) in zip(row, columns, strict=True)
        if value is not None
    }


def _shown(value: object, kind: Kind, date_format: str) -> str:
    if kind is Kind.MONEY:
        return plain(int(str(value))) or "0"
    if kind in TIMES and isinstance(value, int):
        return display_date(value, date_format)
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value)

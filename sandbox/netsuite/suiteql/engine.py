"""Running a SuiteQL query: bounds, parameters, pages of strings."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Page:
    """Rows `offset` to `offset + limit` of a result of `total` rows (at most 100,000)."""

    rows: list[dict[str, str]]
    total: int


def run(
    store: ErpStore, text: str, params: Sequence[object], limit: int, offset: int, setting: Setting
) -> Page:
    """Run a query and render one page. Raises Refusal."""
    tree, marks = parse(text)
    if marks != len(params):
        raise invalid_query(f"Search error occurred: {marks} parameters expected.")
    bound = {f"p{n}": _bindable(value) for n, value in enumerate(params, 1)}
    compiled = compile_query(tree, setting)
    try:
        return _fetch(store, compiled, bound, limit, offset, setting)
    except sqlite3.Error as error:
        raise _broken(error) from error


def _broken(error: sqlite3.Error) -> Refusal:
    if "user-defined function" in str(error):
        return invalid_query("Search error occurred: a date or number does not fit its format.")
    return unexpected(f"sandbox-{type(error).__name__}: {error}")


def _fetch(
    store: ErpStore,
    compiled: Compiled,
    bound: dict[str, str | int | None],
    limit: int,
    offset: int,
    setting: Setting,
) -> Page:
    sql = compiled.sql
    total = int(str(store.page(compiled.count_sql, bound)[0][0]))
    if compiled.shuffle:
        sql = f"{sql} ORDER BY {compiled.shuffle}"
    paged = " ".join(("SELECT * FROM (", sql, f") LIMIT {limit} OFFSET {offset}"))
    visible = max(0, min(limit, setting.cap - offset))
    found = store.page(paged, bound)[:visible]
    if not compiled.ordered and not compiled.shuffle:
        random.Random(len(found)).shuffle(found)
    rendered = [_render(row, compiled.columns, setting.date_format) for row in found]
    return Page(rendered, min(total, setting.cap))


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

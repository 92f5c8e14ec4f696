"""SuiteQL over REST: bound parameters, pages by a unique key, known tables and columns only."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from erp.netsuite.client import NetSuiteClient, QueryRefused
from erp.netsuite.errors import Kind
from erp.port import ErpUnavailable

Row = Mapping[str, str]

PATH = "/services/rest/query/v1/suiteql"
PAGE = 1000
# SuiteQL refuses more than 1000 arguments of IN (Oracle help article_0824094533).
MOST_IN = 900
STAMP = "YYYY-MM-DD HH24:MI:SS"
DAY = "YYYY-MM-DD"
TABLES = frozenset(
    {
        "accountingperiod",
        "account",
        "contact",
        "currency",
        "customer",
        "customersubsidiaryrelationship",
        "nexttransactionlinelink",
        "subsidiary",
        "transaction",
        "transactionline",
    }
)
_COLUMN = re.compile(r"(?:[a-z]\w*\.)?[a-z]\w*(?: AS [a-z]\w*)?")
_NAMED_TABLE = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")


class MalformedAnswer(ErpUnavailable):
    """A SuiteQL answer contradicts itself; nothing of it may be trusted."""


@dataclass(frozen=True, slots=True)
class Select:
    """A query read in pages. `key` is unique and orders the pages.

    `optional` are columns that an account may lack: each is (SQL, result name). `tables` is what
    follows FROM; `where` may hold `?` for `params`, in order.
    """

    columns: tuple[str, ...]
    tables: str
    key: str
    where: str = "1 = 1"
    params: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    optional_join: str = ""


def stamp(column: str) -> str:
    """A column that shows an instant to the second, whatever the user's display format."""
    return f"TO_CHAR({column}, '{STAMP}')"


def day(column: str) -> str:
    """A column that shows a date, whatever the user's display format."""
    return f"TO_CHAR({column}, '{DAY}')"


def marks(values: Sequence[str]) -> str:
    """As many `?` as there are values, for IN."""
    return ", ".join("?" * len(values))


class SuiteQl:
    """Asks questions of one account and remembers which optional columns it has not got."""

    def __init__(self, client: NetSuiteClient) -> None:
        self._client = client
        self._absent: set[str] = set()

    def absent(self) -> tuple[str, ...]:
        """Optional columns and tables this account turned out not to have."""
        return tuple(sorted(_joined(name) or _bare(name) for name in self._absent))

    async def rows(self, sql: str, params: Sequence[str] = ()) -> list[Row]:
        """Every row of a small query (one page); MalformedAnswer when there is more."""
        found, more = await self.page(sql, params)
        if more:
            raise MalformedAnswer("a small query has more rows than fit a page")
        return found

    async def pages(self, select: Select, after: str = "") -> AsyncGenerator[list[Row]]:
        """Pages of a query in the order of its key, the next one fetched while one is used."""
        upcoming = asyncio.ensure_future(self._after(select, after or "-999999999999"))
        try:
            while True:
                rows, more = await upcoming
                if rows and more:
                    upcoming = asyncio.ensure_future(self._after(select, rows[-1]["id"]))
                if rows:
                    yield rows
                if not more:
                    return
        finally:
            upcoming.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(upcoming, return_exceptions=True)

    async def groups(self, select: Select, after: str = "") -> AsyncGenerator[list[Row]]:
        """Pages of a query whose key repeats; the rows of one key value are never split.

        The rows of the last key of a full page are read again with the next one. Raises
        MalformedAnswer when one key alone fills a page.
        """
        last = after or "0"
        more = True
        while more:
            rows, more = await self._after(select, last, unique=False)
            if more:
                rows = _whole_groups(rows, _result_name(select.key))
            if rows:
                last = rows[-1][_result_name(select.key)]
                yield rows

    async def all(self, select: Select) -> list[Row]:
        """Every row of a query, page after page."""
        found: list[Row] = []
        async for page in self.pages(select):
            found += page
        return found

    async def _after(
        self, select: Select, last: str, *, unique: bool = True
    ) -> tuple[list[Row], bool]:
        while True:
            shown = self._present(select)
            try:
                rows, more = await self.page(_text(shown), (*shown.params, last))
            except QueryRefused as error:
                if not self._learn(shown, error):
                    raise
            else:
                _check_order(rows, _result_name(select.key), last, unique=unique)
                return rows, more

    def _present(self, select: Select) -> Select:
        optional = tuple(c for c in select.optional if c not in self._absent)
        join = "" if select.optional_join in self._absent else select.optional_join
        if not join:
            optional = tuple(c for c in optional if not _belongs(c, select.optional_join))
        return replace(select, optional=optional, optional_join=join)

    def _learn(self, select: Select, error: QueryRefused) -> bool:
        """Whether the refusal names something optional, which is not asked for again."""
        if error.problem.kind is not Kind.UNKNOWN_FIELD:
            return False
        words = set(re.findall(r"\w+", error.problem.detail.lower()))
        gone = {c for c in select.optional if _bare(c) in words}
        if select.optional_join and _joined(select.optional_join) in words:
            gone.add(select.optional_join)
        self._absent |= gone
        return bool(gone)

    async def page(self, sql: str, params: Sequence[str]) -> tuple[list[Row], bool]:
        """The first page of a query, and whether there is more."""
        check_tables(sql)
        raw = await self._client.ask(
            PATH, {"limit": str(PAGE), "offset": "0"}, {"q": sql, "params": list(params)}
        )
        try:
            items = raw["items"]
            rows = [_row(item) for item in items]
            more, total = bool(raw["hasMore"]), int(raw["totalResults"])
        except (KeyError, TypeError, ValueError, AttributeError):
            raise MalformedAnswer("a SuiteQL answer lacks its items or totals") from None
        if len(rows) > total or (more and len(rows) != PAGE) or (not more and len(rows) != total):
            raise MalformedAnswer(f"{len(rows)} rows of {total}, more: {more}")
        return rows, more


def check_tables(sql: str) -> None:
    """Only known tables are ever asked. Raises ValueError."""
    unknown = {name.lower() for name in _NAMED_TABLE.findall(sql)} - TABLES
    if unknown or not sql.startswith("SELECT ") or ";" in sql:
        raise ValueError(f"not a query this client may send: {sorted(unknown)}")


def _text(select: Select) -> str:
    for column in select.optional:
        if not _COLUMN.fullmatch(column):
            raise ValueError(f"not a column name: {column!r}")
    columns = ", ".join((*select.columns, *select.optional))
    tables = f"{select.tables} {select.optional_join}".strip()
    return " ".join(
        (
            "SELECT",
            columns,
            "FROM",
            tables,
            f"WHERE ({select.where}) AND {select.key} > ?",
            f"ORDER BY {select.key} ASC",
        )
    )


def _row(item: Mapping[str, object]) -> Row:
    return {name.lower(): str(value) for name, value in item.items() if name != "links"}


def _result_name(column: str) -> str:
    return column.rpartition(".")[2]


def _check_order(rows: Sequence[Row], key: str, last: str, *, unique: bool) -> None:
    previous = first = int(last)
    for row in rows:
        current = int(row[key])
        if current < previous or current == first or (unique and current == previous):
            raise MalformedAnswer("rows are not in the order of their key")
        previous = current


def _whole_groups(rows: list[Row], key: str) -> list[Row]:
    """The rows of a full page without those of its last key, which may go on."""
    cut = rows[-1][key]
    whole = [row for row in rows if row[key] != cut]
    if not whole:
        raise MalformedAnswer(f"{len(rows)} rows and more share one key")
    return whole


def _bare(column: str) -> str:
    return column.partition(" AS ")[0].rpartition(".")[2]


def _joined(join: str) -> str:
    found = _NAMED_TABLE.search(join)
    return found.group(1).lower() if found else ""


def _belongs(column: str, join: str) -> bool:
    """Whether `column` carries the alias of the joined table ("JOIN table alias ON")."""
    found = re.search(r"JOIN \w+ (\w+) ON", join)
    return bool(found) and column.startswith(f"{found.group(1)}.") if found else False

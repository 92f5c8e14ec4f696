"""SuiteQL over REST: bound parameters, pages by a unique key, known tables and columns only."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, replace

from erp.netsuite.client import NetSuiteClient, QueryRefused, ServerFailing
from erp.netsuite.errors import Kind
from erp.port import ErpUnavailable

Row = Mapping[str, str]

PATH = "/services/rest/query/v1/suiteql"
PAGE = 1000
# A result ends at 100,000 rows without SuiteAnalytics Connect (Oracle help section_156414087576).
MOST_ROWS = 100_000
# SuiteQL refuses more than 1000 arguments of IN (Oracle help article_0824094533).
MOST_IN = 900
STAMP = "YYYY-MM-DD HH24:MI:SS"
DAY = "YYYY-MM-DD"
TABLES = frozenset(
    {
        "accountingperiod",
        "account",
        "classification",
        "contact",
        "currency",
        "currencyrate",
        "customer",
        "customersubsidiaryrelationship",
        "deletedrecord",
        "department",
        "item",
        "location",
        "nexttransactionlinelink",
        "revenueelement",
        "revenueplan",
        "revenueplanplannedrevenue",
        "subsidiary",
        "systemnote",
        "term",
        "transaction",
        "transactionaccountingline",
        "transactionline",
    }
)
NOBODY = "-1"
KEYS = {
    "deletedrecord": "recordid",
    "nexttransactionlinelink": "nextdoc",
    "transactionaccountingline": "transaction",
    "transactionline": "uniquekey",
}
_NAME = r"(?:[a-z]\w*\.)?([a-z]\w*)"
_COLUMN = re.compile(rf"(?:TO_CHAR\({_NAME}, '[-A-Z0-9: ]+'\)|{_NAME})(?: AS [a-z]\w*)?")
_NAMED_TABLE = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")


class MalformedAnswer(ErpUnavailable):
    """A SuiteQL answer contradicts itself; nothing of it may be trusted."""


@dataclass(frozen=True, slots=True)
class Select:
    """A query read in pages. `key` is unique and orders the pages.

    `optional` are columns that an account may lack. `tables` is what follows FROM; `where` may
    hold `?` for `params`, in order. `ties` order the rows of one key where it repeats.
    """

    columns: tuple[str, ...]
    tables: str
    key: str
    where: str = "1 = 1"
    params: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    optional_join: str = ""
    ties: tuple[str, ...] = ()


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
        self._proven: set[str] = set()
        self._shown: dict[tuple[str, str], bool] = {}

    def absent(self) -> tuple[str, ...]:
        """Optional columns and tables this account turned out not to have."""
        return tuple(sorted(_joined(name) or _bare(name) for name in self._absent))

    async def has(self, table: str, column: str = "") -> bool:
        """Whether the account and the role show a table, or a column of it. Asked once.

        Raises QueryRefused for any refusal that does not say that it is not there.
        """
        key = KEYS.get(table, "id")
        name = column or key
        if (table, name) not in self._shown:
            sql = " ".join((f"SELECT x.{name} FROM", table, f"x WHERE x.{key} = ?"))
            try:
                await self.rows(sql, (NOBODY,))
            except QueryRefused as refused:
                if refused.problem.kind is not Kind.UNKNOWN_FIELD:
                    raise
                self._shown[table, name] = False
            except ServerFailing:
                if not (column and await self.has(table)):
                    raise
                self._shown[table, name] = False
            else:
                self._shown[table, name] = True
        return self._shown[table, name]

    def forget(self) -> None:
        """Find out anew what the account shows."""
        self._shown.clear()
        self._absent.clear()

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
            await asyncio.gather(upcoming, return_exceptions=True)

    async def groups(self, select: Select, after: str = "") -> AsyncGenerator[list[Row]]:
        """Pages of a query whose key repeats; the rows of one key value are never split.

        The rows of the last key of a full page are read again with the next one. A key that
        fills a page alone is read in pages of its own.
        """
        key, last, more = _result_name(select.key), after or "0", True
        while more:
            rows, more = await self._after(select, last, unique=False)
            if more and rows[0][key] == rows[-1][key]:
                rows = await self._one_group(select, rows[0][key])
            elif more:
                rows = [row for row in rows if row[key] != rows[-1][key]]
            if rows:
                last = rows[-1][key]
                yield rows

    async def _one_group(self, select: Select, value: str) -> list[Row]:
        """Every row of one key, by offset: there are at most 100,000 and they are ordered."""
        shown = self._present(select)
        where = f"({shown.where}) AND {shown.key} = ?"
        order = ", ".join(f"{tie} ASC" for tie in (shown.key, *shown.ties))
        sql = f"{_from(shown)} WHERE {where} ORDER BY {order}"
        found: list[Row] = []
        more = True
        while more:
            rows, more = await self.page(sql, (*shown.params, value), offset=len(found))
            found += rows
        return found

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
            except ServerFailing:
                if not await self._found_absent(shown):
                    raise
            else:
                self._proven |= {*shown.optional, shown.optional_join}
                _check_order(rows, _result_name(select.key), last, unique=unique)
                return rows, more

    async def _found_absent(self, select: Select) -> bool:
        """Whether optional columns explain a failure: some accounts answer 500 for unknown ones.

        Asks for nobody's row, first without any of them.
        """
        bare = replace(select, optional=(), optional_join="")
        one_each = [replace(bare, optional=(c,)) for c in select.optional if "." in c]
        plain = [s for s in one_each if not _belongs(s.optional[0], select.optional_join)]
        doubtful = [s for s in plain if s.optional[0] not in self._proven]
        if not doubtful and not select.optional_join:
            return False
        await self._nobody(bare)
        gone = {s.optional[0] for s in doubtful if not await self._answers(s)}
        joined = replace(bare, optional_join=select.optional_join)
        if select.optional_join and not await self._answers(joined):
            gone.add(select.optional_join)
        self._absent |= gone
        return bool(gone)

    async def _answers(self, select: Select) -> bool:
        try:
            await self._nobody(select)
        except ServerFailing:
            return False
        return True

    async def _nobody(self, select: Select) -> None:
        sql = f"{_from(select)} WHERE ({select.where}) AND {select.key} = ?"
        await self.page(sql, (*select.params, NOBODY))

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

    async def page(
        self, sql: str, params: Sequence[str], *, offset: int = 0
    ) -> tuple[list[Row], bool]:
        """A page of a query, and whether there is more."""
        check_tables(sql)
        raw = await self._client.ask(
            PATH, {"limit": str(PAGE), "offset": str(offset)}, {"q": sql, "params": list(params)}
        )
        try:
            items = raw["items"]
            rows = [_row(item) for item in items]
            more, total = bool(raw["hasMore"]), int(raw["totalResults"])
        except (KeyError, TypeError, ValueError, AttributeError):
            raise MalformedAnswer("a SuiteQL answer lacks its items or totals") from None
        end = offset + len(rows)
        if end > total or (more and len(rows) != PAGE) or (not more and end != total):
            raise MalformedAnswer(f"{end} rows of {total}, more: {more}")
        if not more and total >= MOST_ROWS:
            raise MalformedAnswer(f"NetSuite cuts a result at {MOST_ROWS} rows")
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
    order = ", ".join(f"{column} ASC" for column in (select.key, *select.ties))
    where = f"WHERE ({select.where}) AND {select.key} > ?"
    return f"{_from(select)} {where} ORDER BY {order}"


def _from(select: Select) -> str:
    columns = ", ".join((*select.columns, *select.optional))
    return " ".join(("SELECT", columns, "FROM", select.tables, select.optional_join)).strip()


def _row(item: Mapping[str, object]) -> Row:
    shown = ((name.lower(), value) for name, value in item.items() if name != "links")
    return {name: str(value) for name, value in shown if value is not None}


def _result_name(column: str) -> str:
    return column.rpartition(".")[2]


def _check_order(rows: Sequence[Row], key: str, last: str, *, unique: bool) -> None:
    previous = first = int(last)
    for row in rows:
        current = _key_of(row, key)
        if current < previous or current == first or (unique and current == previous):
            raise MalformedAnswer("rows are not in the order of their key")
        previous = current


def _key_of(row: Row, key: str) -> int:
    try:
        return int(row[key])
    except (KeyError, ValueError):
        raise MalformedAnswer(f"a row has no {key}") from None


def _bare(column: str) -> str:
    found = _COLUMN.fullmatch(column)
    return (found.group(1) or found.group(2)) if found else column


def _joined(join: str) -> str:
    found = _NAMED_TABLE.search(join)
    return found.group(1).lower() if found else ""


def _belongs(column: str, join: str) -> bool:
    """Whether `column` carries the alias of the joined table ("JOIN table alias ON")."""
    found = re.search(r"JOIN \w+ (\w+) ON", join)
    return bool(found) and column.startswith(f"{found.group(1)}.") if found else False

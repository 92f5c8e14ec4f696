"""Sums of revenue by any two keys: one bounded question for pivots, roll-forwards, waterfalls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from store.engine import Session
from store.revenue_movements import FirstOpen, opened, sources
from store.revenue_scope import KEYS, Scope, Told, is_fine

MOST_ROWS = 100
MOST_COLUMNS = 24
OTHERS = "\x1f"
EARNED = ("recognized", "contra")
# Sums of a hundred thousand lines fit into it; the default of PostgreSQL writes them to disk.
_ROOM = text("SELECT set_config('work_mem', '48MB', true), set_config('enable_sort', 'off', true)")
_CROSSED = """
WITH {facts}, ranked AS (
  SELECT row_key, row_number() OVER (ORDER BY SUM(ABS(amount)) DESC, row_key) AS n
  FROM facts GROUP BY row_key
){largest}
SELECT CAST(CASE WHEN r.n <= :most THEN f.row_key END AS text) AS row_key,
  {shown} AS column_key, f.currency,
  CAST(ROUND(SUM(f.amount)) AS bigint) AS amount, bool_and(f.posted) AS posted,
  (SELECT count(*) - :most FROM ranked) AS others, {hidden} AS hidden
FROM facts f JOIN ranked r ON r.row_key = f.row_key {columns}
GROUP BY CASE WHEN r.n <= :most THEN f.row_key END, {column}, f.currency LIMIT 20000
"""
_EVERY_COLUMN = {
    "largest": "",
    "column": "f.column_key",
    "shown": "CAST(f.column_key AS text)",
    "hidden": "0",
    "columns": "",
}
_WITHIN = "CASE WHEN w.n <= :columns THEN f.column_key END"
_LARGEST_COLUMNS = {
    "largest": """, wide AS (
  SELECT column_key, row_number() OVER (ORDER BY SUM(ABS(amount)) DESC, column_key) AS n
  FROM facts GROUP BY column_key
)""",
    "column": _WITHIN,
    "shown": f"COALESCE(CAST({_WITHIN} AS text), :others)",
    "hidden": "(SELECT count(*) - :columns FROM wide)",
    "columns": "JOIN wide w ON w.column_key = f.column_key",
}
_FACTS = """facts AS (
  SELECT {row} AS row_key, {column} AS column_key, {currency} AS currency,
    CAST(SUM({amount}) AS bigint) AS amount, bool_and(f.posted) AS posted
  FROM ({sources}) f WHERE {conditions} GROUP BY 1, 2, 3
)"""
# Amounts of a day are added up before they are multiplied by its rate.
_AT_RATES = """days AS (
  SELECT {row} AS row_key, {column} AS column_key, f.base_currency AS base, f.place AS place,
    SUM({amount}) AS amount, bool_and(f.posted) AS posted
  FROM ({sources}) f WHERE {conditions} GROUP BY 1, 2, 3, 4
), rates AS MATERIALIZED (
  SELECT f.base_currency, f.place, g.n, g.d
  FROM (SELECT DISTINCT base AS base_currency, place FROM days) f {join}
), facts AS ({cells})"""
_CELLS = """
  SELECT d.row_key, d.column_key, {currency} AS currency,
    CASE r.d WHEN 1 THEN d.amount * r.n ELSE d.amount * r.n / r.d END AS amount, d.posted
  FROM days d JOIN rates r ON r.base_currency = d.base AND r.place = d.place"""
_SUMMED = """
  SELECT row_key, column_key, currency, SUM(amount) AS amount, bool_and(posted) AS posted
  FROM ({cells}) c GROUP BY 1, 2, 3"""
_STEP = "CASE WHEN f.place < :first THEN 'opening' ELSE f.what END"
_BUCKET = """CASE WHEN f.what IN ('unbooked', 'unplanned', 'deferred') THEN f.what
  WHEN f.place < :first THEN 'late' WHEN f.place > :last THEN 'later' ELSE f.place::text END"""
_DEFERRED = "'deferred'"
_BALANCE = """CASE WHEN f.what IN ('price', 'billed') THEN f.what
  WHEN f.place <= :as_of AND (f.posted OR :expected)
  THEN CASE WHEN f.what IN ('billings', 'adjustments') THEN 'paper' ELSE f.what END
  WHEN f.what IN ('billings', 'adjustments') THEN 'after'
  WHEN f.place <= :last THEN 'within' ELSE 'beyond' END"""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount of one row and column; `row` is None for the rows beyond the most, together.

    `rows` is how many those are. The columns of a pivot beyond the most are OTHERS, together;
    `columns` is how many those are.
    """

    row: str | None
    column: str
    currency: str
    minor: int
    posted: bool
    rows: int = 0
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What is summed: the narrowing, the currency, and where open time begins.

    `expected` adds what is due in open periods to what is posted.
    """

    scope: Scope
    told: Told
    open: Sequence[FirstOpen] = ()
    expected: bool = True
    most: int = MOST_ROWS

    def names(self, *posted: str, last: date) -> tuple[str, ...]:
        """The sources of posted rows, with those of what is due by a day beside them.

        Nothing is due in closed time.
        """
        closed = all(one.day is not None and one.day > last for one in self.open)
        if not self.expected or (self.open and closed):
            return posted
        beside = {"posted": "due", "documents": "papers"}
        return (*posted, *(beside[one] for one in posted))


async def pivot(
    session: Session,
    asked: Question,
    keys: tuple[str, str],
    span: tuple[date, date],
    what: Sequence[str] = EARNED,
    *,
    by_service: bool = False,
) -> Sequence[Sum]:
    """Revenue and contra revenue of a span of days, by two keys.

    It belongs to the period it is posted in; by service, to the one it is planned for, posted or
    not.
    """
    values: dict[str, object] = {"first": span[0], "last": span[1]}
    where = f"f.place BETWEEN :first AND :last AND {asked.told.counted} <> 0"
    if len(what) < len(EARNED):
        where, values["what"] = f"{where} AND f.what = ANY(:what)", list(what)
    names = ("planned",) if by_service else asked.names("posted", last=span[1])
    fine = is_fine(asked.scope, *keys)
    both = (KEYS[keys[0]], KEYS[keys[1]])
    if "period" not in keys[1:]:
        values |= {"columns": MOST_COLUMNS, "others": OTHERS}
    return await _crossed(session, asked, both, names, where, values, fine=fine)


async def steps(
    session: Session, asked: Question, row: str, span: tuple[date, date]
) -> Sequence[Sum]:
    """Deferred revenue by a key: opening, and what moved it in a span; recognized counts down."""
    where = "f.place <= :last AND NOT (f.what = 'contra' AND f.place < :first)"
    values = {"first": span[0], "last": span[1]}
    names = asked.names("posted", "documents", last=span[1])
    fine = is_fine(asked.scope, row)
    return await _crossed(session, asked, (KEYS[row], _STEP), names, where, values, fine=fine)


async def remaining(
    session: Session, asked: Question, row: str, as_of: date, span: tuple[date, date]
) -> Sequence[Sum]:
    """Deferred revenue still to be recognized after a day, by a key and the period of service.

    Columns are "late" (before the span), a day of each period, "later", "unplanned", "deferred"
    (as posted up to the day) and "unbooked" (dated up to the day and posted after it, or not yet).
    """
    names = ("remaining", "posted_later", "not_yet", "unplanned", "unbooked", "booked_later")
    values = {"first": span[0], "last": span[1], "as_of": as_of}
    fine = is_fine(asked.scope, row)
    keys = (KEYS[row], _BUCKET)
    where = "f.what <> 'contra'"
    found = await _crossed(session, asked, keys, names, where, values, fine=fine)
    where = "f.place <= :as_of AND f.what <> 'contra'"
    keys, books = (KEYS[row], _DEFERRED), ("posted", "documents")
    return [*found, *await _crossed(session, asked, keys, books, where, values, fine=fine)]


async def balances(session: Session, asked: Question, as_of: date, last: date) -> Sequence[Sum]:
    """Contracts at a day: price, billed, paper, recognized, contra, and what is left after it.

    "within" is left up to `last`, "beyond" after it. Only the contracts of the scope.
    """
    names = ("price", "claims", "posted", "due", "documents", "papers")
    where = "(f.what NOT IN ('price', 'billed') OR f.place <= :as_of)"
    keys = (KEYS["contract"], _BALANCE)
    values = {"as_of": as_of, "last": last, "expected": asked.expected}
    return await _crossed(session, asked, keys, names, where, values, fine=True)


def _facts(told: Told, *, by_day: bool) -> str:
    """Cells by both keys; with a day for a key those of each day are cells already."""
    if told.money != "group":
        return _FACTS
    made = _CELLS if by_day else _SUMMED.replace("{cells}", _CELLS)
    return _AT_RATES.replace("{cells}", made)


async def _crossed(
    session: Session,
    asked: Question,
    keys: tuple[str, str],
    names: Sequence[str],
    where: str,
    values: Mapping[str, object],
    *,
    fine: bool,
) -> Sequence[Sum]:
    told = asked.told
    down = keys[1] is _STEP or keys[1] is _DEFERRED
    amount = told.counted
    if down:
        counted = "f.what = 'recognized'" + (" AND f.place < :first" if keys[1] is _STEP else "")
        amount = f"CASE WHEN {counted} THEN -1 ELSE 1 END * {amount}"
    until = "last" in values and ":as_of" not in where
    facts = _facts(told, by_day=KEYS["period"] in keys).format(
        row=keys[0],
        column=keys[1],
        currency=told.currency,
        amount=amount,
        sources=opened(sources(names, fine=fine, until=until), asked.open),
        join=told.join,
        conditions=f"{asked.scope.conditions()} AND {where}",
    )
    ranked = _LARGEST_COLUMNS if "columns" in values else _EVERY_COLUMN
    statement = _CROSSED.format(facts=facts, **ranked)
    given: dict[str, object] = {
        "most": asked.most,
        **asked.scope.values(),
        **told.values(),
        **values,
    }
    used = {name: value for name, value in given.items() if f":{name}" in statement}
    connection = await session.connection()
    await connection.execute(_ROOM)
    return [Sum(*row) for row in await connection.execute(text(statement), used)]

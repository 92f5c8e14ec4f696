"""The rows behind a figure of a revenue report, by pages, and their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from store.engine import Session
from store.revenue_movements import listed, opened
from store.revenue_reports import Question

_ROWS = """
SELECT f.line_id, f.record_id, f.what, f.place, f.posted, f.kind, f.service, f.period, f.because,
  {currency} AS currency, CAST(ROUND({amount}) AS bigint) AS minor,
  o.customer_id, o.customer_name, o.contract, o.invoice_number, o.item_name
FROM ({sources}) f JOIN revenue_obligation o ON o.id = f.line_id {join}
WHERE {conditions}
ORDER BY f.place, f.line_id, f.record_id, f.service OFFSET :start LIMIT :most
"""
_SUM = """
SELECT {currency} AS currency, CAST(ROUND(SUM({amount})) AS bigint) AS minor, count(*) AS rows
FROM ({sources}) f {join} WHERE {conditions} GROUP BY 1 ORDER BY 1
"""
# What each word of a question adds up: its sources, and the rows of them that count.
_KINDS: dict[str, tuple[tuple[str, ...], str]] = {
    "revenue": (("posted",), "f.what IN ('recognized', 'contra')"),
    "recognized": (("posted",), "f.what = 'recognized'"),
    "contra": (("posted",), "f.what = 'contra'"),
    "billings": (("documents",), "f.what = 'billings'"),
    "adjustments": (("documents",), "f.what = 'adjustments'"),
    "deferred": (("posted", "documents"), "f.what <> 'contra'"),
    "remaining": (("remaining",), "f.what = 'recognized'"),
    "planned": (("planned", "unplanned"), "true"),
    "papers": (("claims",), "true"),
    "unplanned": (("unplanned",), "true"),
    "service": (("planned",), "true"),
    "service_recognized": (("planned",), "f.what = 'recognized'"),
    "service_contra": (("planned",), "f.what = 'contra'"),
    "late": (("posted",), "f.kind = 'catch_up'"),
}
WHAT = frozenset(_KINDS)


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a figure. `kind` is that of a posting, or due, planned, document, unplanned.

    `service` and `period` are the names of the service and of the posting period.
    """

    line_id: int
    record_id: str
    what: str
    place: date
    posted: bool
    kind: str
    service: str
    period: str
    because: str
    currency: str
    minor: int
    customer_id: int | None
    customer: str
    contract: str
    invoice: str
    item: str


@dataclass(frozen=True, slots=True)
class LineSum:
    """The sum of all rows of a currency, and how many there are."""

    currency: str
    minor: int
    rows: int


async def rows_behind(
    session: Session, asked: Question, what: str, span: tuple[date, date], start: int
) -> Sequence[Line]:
    """A page of the rows that a figure adds up. Raises KeyError for a word that is not known."""
    values: dict[str, object] = {"start": start, "most": asked.most}
    return [Line(*row) for row in await _ask(session, _ROWS, asked, what, span, values)]


async def sum_behind(
    session: Session, asked: Question, what: str, span: tuple[date, date]
) -> Sequence[LineSum]:
    """The sum of all rows behind a figure, by currency: the figure itself."""
    return [LineSum(*row) for row in await _ask(session, _SUM, asked, what, span, {})]


async def _ask(
    session: Session,
    words: str,
    asked: Question,
    what: str,
    span: tuple[date, date],
    values: dict[str, object],
) -> Sequence[Any]:
    names, kept = _KINDS[what]
    if set(names) <= {"posted", "documents"}:
        names = asked.names(*names, last=span[1])
    amount = asked.told.amount
    if what == "deferred":
        amount = f"CASE WHEN f.what = 'recognized' THEN -1 ELSE 1 END * {amount}"
    statement = words.format(
        currency=asked.told.currency,
        amount=amount,
        sources=opened(listed(names), asked.open),
        join=asked.told.join,
        conditions=f"{asked.scope.conditions()} AND {kept} AND f.amount <> 0"
        " AND f.place BETWEEN :first AND :last",
    )
    given = {
        **asked.scope.values(),
        **asked.told.values(),
        **values,
        "first": span[0],
        "last": span[1],
        "as_of": span[1],
    }
    used = {name: value for name, value in given.items() if f":{name}" in statement}
    connection = await session.connection()
    return (await connection.execute(text(statement), used)).all()

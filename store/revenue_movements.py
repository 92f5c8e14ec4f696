"""What moved deferred revenue and revenue, posted or due, as one shape of rows in SQL.

Each source yields subsidiary, customer, type, accounts, contract, invoice, currencies, `what`
(billings, adjustments, recognized, contra, and what sources of other reports name), `place` (a day
of the period it belongs to), `posted`, `amount` and `base`. The coarse ones are made of the sums
in revenue_total, the fine ones of single lines. Due is what is planned and not posted: in its own
period, or in the first open one when that has passed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from store.engine import Session

_OPENED = re.compile(r"/\*open (\w)\*/")
_MARK = re.compile(r"/\*until (\S+)\*/")
_TOTAL = """SELECT t.subsidiary_id, t.customer_id, t.revenue_type, t.revenue_account,
  t.deferred_account, t.contra_account, '' AS contract, '' AS invoice, t.currency, t.base_currency,
  {what} AS what, {place} AS place, {posted} AS posted, {amount} AS amount,
  {base} AS base FROM revenue_total t"""
_LINE = """SELECT o.subsidiary_id, COALESCE(o.customer_id, 0) AS customer_id, {of}.revenue_type,
  {of}.revenue_account, {of}.deferred_account, {of}.contra_account, o.contract,
  o.invoice_number AS invoice, o.currency, o.base_currency, {what} AS what, {place} AS place,
  {posted} AS posted, {amount} AS amount, {base} AS base/*more*/ FROM """
_EARNED = "CASE {of}.role WHEN 'contra' THEN 'contra' ELSE 'recognized' END"
_EARNED_T = _EARNED.format(of="t")
_PAPER = "CASE WHEN {of}.billing THEN 'billings' ELSE 'adjustments' END"
_CELLS = "revenue_cell c JOIN revenue_obligation o ON o.id = c.obligation_id "
_PAPERS = "revenue_paper q JOIN revenue_obligation o ON o.id = q.obligation_id "
_POSTINGS = """revenue_posting p JOIN revenue_period r ON r.id = p.period_id
  JOIN revenue_obligation o ON o.id = p.obligation_id"""
_DOCUMENTS = """revenue_document d JOIN revenue_period r ON r.id = d.period_id
  JOIN revenue_obligation o ON o.id = d.obligation_id"""


def _total(measure: str, what: str, place: str) -> str:
    columns = {"amount": "t.amount_minor", "base": "t.base_minor"}
    made = _TOTAL.format(what=what, place=place, posted="true", **columns)
    return f"{made} WHERE t.measure = '{measure}'"


def _line(tables: str, what: str, place: str, amounts: tuple[str, str], **more: str) -> str:
    amount, base = amounts
    head = _LINE.format(
        what=what,
        place=place,
        posted=more.get("posted", "false"),
        amount=amount,
        base=base,
        of=more.get("accounts", "o"),
    )
    return f"{head}{tables} WHERE {more.get('where', 'true')}"


def _left(place: str) -> str:
    """Planned and not posted, by period of service."""
    columns = {"amount": "t.left_minor", "base": "t.left_base_minor"}
    made = _TOTAL.format(what=_EARNED_T, place=place, posted="false", **columns)
    return f"{made} WHERE t.waits"


_LATER = "GREATEST(t.period_starts_on, /*open t*/)"
COARSE = {
    "posted": _total("posted", _EARNED_T, "t.period_starts_on"),
    "documents": _total(
        "document",
        "CASE t.role WHEN 'billing' THEN 'billings' ELSE 'adjustments' END",
        "t.period_starts_on",
    ),
    "due": _left(_LATER) + "/*until t.period*/",
    "planned": _total("planned", _EARNED_T, "t.period_starts_on"),
    "remaining": _left("t.period_starts_on"),
}
_DUE = ("c.amount_minor - c.posted_minor", "c.base_minor - c.posted_base_minor")
_IS_DUE = "(c.amount_minor <> c.posted_minor OR c.base_minor <> c.posted_base_minor)"
_PAPER_DUE = ("q.amount_minor - q.posted_minor", "q.base_minor - q.posted_base_minor")
_WAITS = "(q.amount_minor <> q.posted_minor OR q.base_minor <> q.posted_base_minor)"
_RATE = (
    "(split_part(o.rate, '/', 1)::numeric"
    " / COALESCE(NULLIF(split_part(o.rate, '/', 2), ''), '1')::numeric)"
)
FINE = {
    "posted": _line(
        _POSTINGS,
        _EARNED.format(of="p"),
        "r.starts_on",
        ("p.amount_minor", "p.base_minor"),
        posted="true",
        accounts="p",
    ),
    "documents": _line(
        _DOCUMENTS,
        _PAPER.format(of="d"),
        "r.starts_on",
        ("d.amount_minor", "d.base_minor"),
        posted="true",
    ),
    "due": _line(
        _CELLS,
        _EARNED.format(of="c"),
        "GREATEST(c.service_starts_on, /*open o*/)",
        _DUE,
        where=_IS_DUE + "/*until c.service*/",
    ),
    "planned": _line(
        _CELLS,
        _EARNED.format(of="c"),
        "c.service_starts_on",
        ("c.amount_minor", "c.base_minor"),
        posted="true",
    ),
    "remaining": _line(_CELLS, _EARNED.format(of="c"), "c.service_starts_on", _DUE, where=_IS_DUE),
}
# What has no sum: papers that wait, claims, and what depends on when it was posted.
ALWAYS = {
    "papers": _line(
        _PAPERS,
        _PAPER.format(of="q"),
        "GREATEST(q.effective_on, /*open o*/)",
        _PAPER_DUE,
        where=_WAITS,
    ),
    "posted_later": _line(
        _POSTINGS,
        _EARNED.format(of="p"),
        "p.service_starts_on",
        ("p.amount_minor", "p.base_minor"),
        accounts="p",
        where="r.starts_on > :as_of",
    ),
    "not_yet": _line(
        _CELLS + "JOIN revenue_paper q ON q.obligation_id = c.obligation_id"
        " AND q.record_id = c.record_id",
        _EARNED.format(of="c"),
        "c.service_starts_on",
        ("-c.amount_minor", "-c.base_minor"),
        where="q.effective_on > :as_of",
    ),
    "unbooked": _line(
        _PAPERS,
        "'unbooked'",
        "CAST(:as_of AS date)",
        _PAPER_DUE,
        where=f"q.effective_on <= :as_of AND {_WAITS}",
    ),
    "booked_later": _line(
        _DOCUMENTS + " JOIN revenue_paper q ON q.obligation_id = d.obligation_id"
        " AND q.record_id = d.record_id",
        "'unbooked'",
        "CAST(:as_of AS date)",
        ("d.amount_minor", "d.base_minor"),
        where="r.starts_on > :as_of AND q.effective_on <= :as_of",
    ),
    "unplanned": _line(
        "revenue_obligation o",
        "'unplanned'",
        "CAST(:as_of AS date)",
        ("o.unplanned_minor", f"ROUND(o.unplanned_minor * {_RATE})"),
        where="o.unplanned_minor <> 0 AND o.billed_on <= :as_of",
    ),
    "claims": _line(
        _PAPERS,
        "'billed'",
        "q.effective_on",
        ("q.claim_minor", f"ROUND(q.claim_minor * {_RATE})"),
    ),
    "price": _line(
        "revenue_obligation o",
        "'price'",
        "o.billed_on",
        (
            "o.planned_minor + o.unplanned_minor",
            f"ROUND((o.planned_minor + o.unplanned_minor) * {_RATE})",
        ),
    ),
}


def _more(record: str, kind: str, service: str, period: str, because: str) -> str:
    return (
        f", o.id AS line_id, {record} AS record_id, {kind} AS kind, {service} AS service,"
        f" {period} AS period, {because} AS because"
    )


_MORE = {
    "posted": _more("p.record_id", "p.kind", "p.service_period", "r.name", "p.because"),
    "documents": _more("d.record_id", "'document'", "''", "r.name", "''"),
    "due": _more("c.record_id", "'due'", "c.service_period", "''", "c.because"),
    "planned": _more("c.record_id", "'planned'", "c.service_period", "''", "c.because"),
    "remaining": _more("c.record_id", "'due'", "c.service_period", "''", "c.because"),
    "papers": _more("q.record_id", "'due'", "''", "''", "''"),
    "claims": _more("q.record_id", "'document'", "''", "''", "''"),
    "unplanned": _more("''", "'unplanned'", "''", "''", "o.hold_reason"),
}


@dataclass(frozen=True, slots=True)
class FirstOpen:
    """The day from which a subsidiary takes postings; None when nothing was ever closed."""

    subsidiary_id: int
    day: date | None


_FIRST_OPEN = text("""
SELECT s.id, COALESCE(
  min(r.starts_on) FILTER (WHERE r.state = 'reopened'),
  max(r.ends_on) FILTER (WHERE r.state IN ('closed', 'posted')) + 1
) FROM subsidiary s LEFT JOIN revenue_period r ON r.subsidiary_id = s.id GROUP BY s.id
""")


async def first_open(session: Session) -> Sequence[FirstOpen]:
    """Where each subsidiary's open time begins."""
    connection = await session.connection()
    return [FirstOpen(int(one), day) for one, day in await connection.execute(_FIRST_OPEN)]


def opened(words: str, days: Sequence[FirstOpen]) -> str:
    """The sources with the day in them from which each subsidiary takes postings."""
    known = [
        f"WHEN {int(one.subsidiary_id)} THEN DATE '{one.day.isoformat()}'"
        for one in days
        if one.day is not None
    ]
    told = f"CASE \\1.subsidiary_id {' '.join(known)} END" if known else "CAST(NULL AS date)"
    return _OPENED.sub(told, words)


def sources(names: Sequence[str], *, fine: bool, until: bool = False) -> str:
    """The named sources, one after the other; what is due only up to a day `last`, if so wished."""
    known = {**COARSE, **(FINE if fine else {}), **ALWAYS}
    return _until(" UNION ALL ".join(known[name] for name in names), until=until)


def _until(words: str, *, until: bool) -> str:
    return _MARK.sub(r" AND \1_starts_on <= :last" if until else "", words)


def listed(names: Sequence[str]) -> str:
    """The named sources by single lines, telling line, record, kind, service and posting period
    and reason of each row too.
    """
    known = {**FINE, **ALWAYS}
    made = " UNION ALL ".join(known[name].replace("/*more*/", _MORE[name]) for name in names)
    return _until(made, until=True)

"""A period posted: due cells and papers into rows that stay, and the sums kept in step.

What is due is decided by the projection alone; lines that read differently with the period they
are posted in are left out (`apart`) and their rows given by who replayed them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import TextClause, text

from store.engine import Session, driver_connection

# Where a row goes: a period by its id, or in the first posting of all each to its own period.
_ONE = "JOIN revenue_period p ON p.id = :period_id"
_OWN = """JOIN revenue_period p ON p.subsidiary_id = o.subsidiary_id
  AND {day} BETWEEN p.starts_on AND p.ends_on"""

_CELLS = """
WITH due AS (
  SELECT c.id, c.obligation_id, c.record_id, c.service_period, c.service_starts_on, p.id AS period,
    CASE WHEN c.voided THEN 'reversal' WHEN c.role = 'contra' THEN 'contra'
      WHEN c.service_starts_on = p.starts_on THEN 'scheduled' ELSE 'catch_up' END AS kind,
    c.role, o.currency, o.base_currency, o.revenue_account, o.deferred_account, o.contra_account,
    o.revenue_type, c.amount_minor - c.posted_minor AS amount,
    c.base_minor - c.posted_base_minor AS base,
    COALESCE(NULLIF(c.because, ''), 'no longer planned') AS because
  FROM revenue_obligation o JOIN revenue_cell c ON c.obligation_id = o.id {into}
  WHERE o.subsidiary_id = :subsidiary_id AND c.service_starts_on <= :starts_on
    AND (c.amount_minor <> c.posted_minor OR c.base_minor <> c.posted_base_minor)
    AND o.key <> ALL(:apart)
), marked AS (
  UPDATE revenue_cell c
  SET posted_minor = c.amount_minor, posted_base_minor = c.base_minor
  FROM due WHERE c.id = due.id
)
INSERT INTO revenue_posting (obligation_id, record_id, service_period, service_starts_on, period_id,
  run, kind, role, currency, base_currency, revenue_account, deferred_account, contra_account,
  revenue_type, amount_minor, base_minor, because)
SELECT obligation_id, record_id, service_period, service_starts_on, period, :run, kind, role,
  currency, base_currency, revenue_account, deferred_account, contra_account, revenue_type,
  amount, base, because
FROM due
"""
_PAPERS = """
WITH due AS (
  SELECT r.id, r.obligation_id, r.record_id, p.id AS period,
    r.billing AND r.posted_minor = 0 AND r.posted_claim_minor = 0 AND r.posted_bad_debt_minor = 0
      AS billing,
    o.currency, o.base_currency, o.deferred_account, r.amount_minor - r.posted_minor AS amount,
    r.base_minor - r.posted_base_minor AS base, r.claim_minor - r.posted_claim_minor AS claim,
    r.bad_debt_minor - r.posted_bad_debt_minor AS bad_debt
  FROM revenue_obligation o JOIN revenue_paper r ON r.obligation_id = o.id {into}
  WHERE o.subsidiary_id = :subsidiary_id AND r.effective_on <= :ends_on
    AND (r.amount_minor, r.base_minor, r.claim_minor, r.bad_debt_minor) IS DISTINCT FROM
      (r.posted_minor, r.posted_base_minor, r.posted_claim_minor, r.posted_bad_debt_minor)
    AND o.key <> ALL(:apart)
), marked AS (
  UPDATE revenue_paper r
  SET posted_minor = r.amount_minor, posted_base_minor = r.base_minor,
      posted_claim_minor = r.claim_minor, posted_bad_debt_minor = r.bad_debt_minor
  FROM due WHERE r.id = due.id
)
INSERT INTO revenue_document (obligation_id, record_id, period_id, run, billing, currency,
  base_currency, deferred_account, amount_minor, base_minor, claim_minor, bad_debt_minor)
SELECT obligation_id, record_id, period, :run, billing, currency, base_currency, deferred_account,
  amount, base, claim, bad_debt
FROM due
"""
_POST_CELLS = text(_CELLS.format(into=_ONE))
_POST_PAPERS = text(_PAPERS.format(into=_ONE))
_OPEN_CELLS = text(_CELLS.format(into=_OWN.format(day="c.service_starts_on")))
_OPEN_PAPERS = text(_PAPERS.format(into=_OWN.format(day="r.effective_on")))

_TOTAL = """
INSERT INTO revenue_total (subsidiary_id, measure, period_starts_on, customer_id, revenue_type,
  revenue_account, deferred_account, contra_account, currency, base_currency, role, kind,
  amount_minor, base_minor, left_minor, left_base_minor)
{rows}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
ON CONFLICT ON CONSTRAINT uq_revenue_total DO UPDATE
SET amount_minor = revenue_total.amount_minor + excluded.amount_minor,
    base_minor = revenue_total.base_minor + excluded.base_minor,
    left_minor = revenue_total.left_minor + excluded.left_minor,
    left_base_minor = revenue_total.left_base_minor + excluded.left_base_minor
"""
_POSTED_ROWS = _TOTAL.format(rows="""
SELECT o.subsidiary_id, m.measure,
  CASE m.measure WHEN 'posted' THEN p.starts_on ELSE r.service_starts_on END,
  COALESCE(o.customer_id, 0), r.revenue_type, r.revenue_account, r.deferred_account,
  r.contra_account, r.currency, r.base_currency, r.role,
  CASE m.measure WHEN 'posted' THEN r.kind ELSE '' END, {sign}SUM(m.posted * r.amount_minor),
  {sign}SUM(m.posted * r.base_minor), {sign}SUM((m.posted - 1) * r.amount_minor),
  {sign}SUM((m.posted - 1) * r.base_minor)
FROM revenue_posting r JOIN revenue_period p ON p.id = r.period_id
JOIN revenue_obligation o ON o.id = r.obligation_id
CROSS JOIN (VALUES ('posted', 1), ('planned', 0)) AS m(measure, posted)
WHERE {which}
""")  # fmt: skip
_DOCUMENTED_ROWS = _TOTAL.format(rows="""
SELECT o.subsidiary_id, 'document', p.starts_on, COALESCE(o.customer_id, 0), o.revenue_type,
  o.revenue_account, r.deferred_account, o.contra_account, r.currency, r.base_currency,
  CASE WHEN r.billing THEN 'billing' ELSE 'adjustment' END, '', {sign}SUM(r.amount_minor),
  {sign}SUM(r.base_minor), 0, 0
FROM revenue_document r JOIN revenue_period p ON p.id = r.period_id
JOIN revenue_obligation o ON o.id = r.obligation_id
WHERE {which}
""")  # fmt: skip


def _sums(sign: str, which: str) -> tuple[TextClause, ...]:
    both = (_POSTED_ROWS, _DOCUMENTED_ROWS)
    return tuple(text(one.format(sign=sign, which=which)) for one in both)


_ADDED = _sums("", "r.period_id = ANY(:periods) AND r.run = :run")
_TAKEN_OUT = _sums("-", "o.key = ANY(:keys)")
_PUT_BACK = _sums("", "o.key = ANY(:keys)")
_STANDING = text("""
WITH moved AS (
  SELECT obligation_id, SUM(posted) AS posted, SUM(deferred) AS deferred FROM (
    SELECT obligation_id, amount_minor AS posted,
      CASE role WHEN 'revenue' THEN -amount_minor ELSE 0 END AS deferred
    FROM revenue_posting WHERE period_id = ANY(:periods) AND run = :run
    UNION ALL
    SELECT obligation_id, 0, amount_minor
    FROM revenue_document WHERE period_id = ANY(:periods) AND run = :run
  ) AS both_kinds GROUP BY obligation_id
)
UPDATE revenue_obligation o
SET posted_minor = o.posted_minor + m.posted, deferred_minor = o.deferred_minor + m.deferred
FROM moved m WHERE o.id = m.obligation_id AND (m.posted <> 0 OR m.deferred <> 0)
""")
_COUNTS = text("""
SELECT o.key, o.id,
  (SELECT count(*) FROM revenue_posting r WHERE r.obligation_id = o.id) AS postings,
  (SELECT count(*) FROM revenue_document d WHERE d.obligation_id = o.id) AS documents
FROM revenue_obligation o WHERE o.key = ANY(:keys)
""")
_EARLIEST = text("""
SELECT LEAST(
  (SELECT MIN(c.service_starts_on) FROM revenue_cell c
   JOIN revenue_obligation o ON o.id = c.obligation_id WHERE o.subsidiary_id = :subsidiary_id),
  (SELECT MIN(r.effective_on) FROM revenue_paper r
   JOIN revenue_obligation o ON o.id = r.obligation_id WHERE o.subsidiary_id = :subsidiary_id))
""")
_POSTING_COPY = """COPY revenue_posting (obligation_id, record_id, service_period,
  service_starts_on, period_id, run, kind, role, currency, base_currency, revenue_account,
  deferred_account, contra_account, revenue_type, amount_minor, base_minor, because) FROM STDIN"""
_DOCUMENT_COPY = """COPY revenue_document (obligation_id, record_id, period_id, run, billing,
  currency, base_currency, deferred_account, amount_minor, base_minor, claim_minor,
  bad_debt_minor) FROM STDIN"""


@dataclass(frozen=True, slots=True)
class Due:
    """What is posted: a period of a subsidiary, by the days of it, in its `run`-th posting."""

    subsidiary_id: int
    starts_on: date
    ends_on: date
    run: int
    period_id: int


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows of a line are in the books."""

    obligation_id: int
    postings: int
    documents: int


async def post_due(session: Session, due: Due, apart: Collection[str]) -> int:
    """Write what is due in a period; the number of rows."""
    return await _write(session, (_POST_CELLS, _POST_PAPERS), due, apart)


async def post_before(session: Session, due: Due, apart: Collection[str]) -> int:
    """Write everything up to a day, each to the period it belongs to: the books begin with it."""
    return await _write(session, (_OPEN_CELLS, _OPEN_PAPERS), due, apart)


async def _write(
    session: Session, statements: Iterable[TextClause], due: Due, apart: Collection[str]
) -> int:
    connection = await session.connection()
    values = {
        "subsidiary_id": due.subsidiary_id,
        "starts_on": due.starts_on,
        "ends_on": due.ends_on,
        "run": due.run,
        "period_id": due.period_id,
        "apart": list(apart),
    }
    count = 0
    for statement in statements:
        count += (await connection.execute(statement, values)).rowcount
    return count


async def put_rows(
    session: Session,
    postings: Iterable[tuple[object, ...]],
    documents: Iterable[tuple[object, ...]],
) -> None:
    """Write rows of lines that were replayed."""
    driver = await driver_connection(session)
    async with driver.cursor() as cursor:
        async with cursor.copy(_POSTING_COPY) as copy:
            for posting in postings:
                await copy.write_row(posting)
        async with cursor.copy(_DOCUMENT_COPY) as copy:
            for document in documents:
                await copy.write_row(document)


async def stand(session: Session, periods: Collection[int], run: int) -> None:
    """Add the rows written so far in a posting to what their lines stand at."""
    connection = await session.connection()
    await connection.execute(_STANDING, {"periods": list(periods), "run": run})


async def add_up(session: Session, periods: Collection[int], run: int) -> None:
    """Add all rows of a posting to the sums."""
    connection = await session.connection()
    for statement in _ADDED:
        await connection.execute(statement, {"periods": list(periods), "run": run})


async def take_out(session: Session, keys: Collection[str]) -> None:
    """Take what is posted of these lines out of the sums. Before they read otherwise."""
    connection = await session.connection()
    for statement in _TAKEN_OUT:
        await connection.execute(statement, {"keys": list(keys)})


async def put_back(session: Session, keys: Collection[str]) -> None:
    """Add what is posted of these lines to the sums of whom and what they are now."""
    connection = await session.connection()
    for statement in _PUT_BACK:
        await connection.execute(statement, {"keys": list(keys)})


async def row_counts(session: Session, keys: Collection[str]) -> Mapping[str, Rows]:
    """How much of these lines is in the books."""
    connection = await session.connection()
    found = await connection.execute(_COUNTS, {"keys": list(keys)})
    return {str(key): Rows(int(i), int(p), int(d)) for key, i, p, d in found}


async def earliest(session: Session, subsidiary_id: int) -> date | None:
    """The first day that anything of a subsidiary is planned or dated for."""
    connection = await session.connection()
    found = await connection.execute(_EARLIEST, {"subsidiary_id": subsidiary_id})
    day = found.scalar_one_or_none()
    return day if isinstance(day, date) else None

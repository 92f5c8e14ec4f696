"""What the books have of document lines that the ERP may keep revenue elements of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import TextClause, text

from store.engine import Session

Found = Sequence[Mapping[Any, Any]]

_INVOICE_LINES = text("""
SELECT i.netsuite_id, l.line, i.number, i.currency, o.rate AS book_rate, l.amount_minor,
  l.service_starts_on AS starts_on, l.service_ends_on AS ends_on, o.base_currency, o.id, o.method,
  o.subsidiary_id, o.item_name, o.status, o.hold_reason, COALESCE(t.revenue_rule, '') AS rule
FROM revenue_obligation o
JOIN invoice i ON i.netsuite_id = o.invoice_netsuite_id
JOIN invoice_line l ON l.invoice_id = i.id AND l.line = o.line
LEFT JOIN item t ON t.netsuite_id = l.item_netsuite_id
WHERE o.invoice_netsuite_id = ANY(:ids) AND o.status <> 'voided' ORDER BY o.id
""")
_INVOICE_CELLS = text("""
SELECT o.invoice_netsuite_id AS netsuite_id, o.line, c.service_starts_on AS day,
  c.service_period AS period, SUM(c.amount_minor) AS amount, SUM(c.base_minor) AS base,
  bool_or(c.record_id LIKE 'write_off:%' AND c.amount_minor <> 0) AS written_off
FROM revenue_obligation o JOIN revenue_cell c ON c.obligation_id = o.id
WHERE o.invoice_netsuite_id = ANY(:ids) AND o.status <> 'voided' AND NOT c.voided
  AND c.record_id NOT LIKE 'credit:%'
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
""")
_CREDITS = """
(SELECT DISTINCT e.record_id, e.obligation, e.source_netsuite_id AS netsuite_id,
  CAST(e.payload->'about'->>'line' AS integer) AS line
 FROM revenue_event e WHERE e.source_kind = 'credit_memo' AND e.source_netsuite_id = ANY(:ids)
  AND e.kind IN ('credited', 'billed')) e
"""
_CREDIT_LINES = text(
    """
SELECT m.netsuite_id, l.line, m.number, m.currency, o.rate AS book_rate,
  -l.amount_minor AS amount_minor,
  l.service_starts_on AS starts_on, l.service_ends_on AS ends_on, o.base_currency, o.id, o.method,
  o.subsidiary_id, o.item_name, o.status, o.hold_reason, COALESCE(t.revenue_rule, '') AS rule,
  o.invoice_netsuite_id AS sale, o.line AS sale_line
FROM {credits} JOIN revenue_obligation o ON o.key = e.obligation
JOIN credit_memo m ON m.netsuite_id = e.netsuite_id
JOIN credit_memo_line l ON l.credit_memo_id = m.id AND l.line = e.line
LEFT JOIN item t ON t.netsuite_id = l.item_netsuite_id
WHERE o.status <> 'voided' ORDER BY o.id
""".replace("{credits}", _CREDITS)
)
_CREDIT_CELLS = text(
    """
SELECT e.netsuite_id, e.line, c.service_starts_on AS day, c.service_period AS period,
  SUM(c.amount_minor) AS amount, SUM(c.base_minor) AS base, false AS written_off
FROM {credits} JOIN revenue_obligation o ON o.key = e.obligation
JOIN revenue_cell c ON c.obligation_id = o.id AND c.record_id = e.record_id
WHERE NOT c.voided GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
""".replace("{credits}", _CREDITS)
)
_BY_NUMBER = text("""
SELECT 'invoice' AS kind, i.number, i.netsuite_id, l.line, l.item_netsuite_id
FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id WHERE i.number = ANY(:numbers)
UNION ALL
SELECT 'credit_memo', m.number, m.netsuite_id, l.line, l.item_netsuite_id
FROM credit_memo m JOIN credit_memo_line l ON l.credit_memo_id = m.id WHERE m.number = ANY(:numbers)
LIMIT 10000
""")
_ARRANGEMENTS = text("""
SELECT a.source_netsuite_id, a.line, min(a.arrangement) FROM revenue_arm a
WHERE a.source_kind = 'invoice' AND a.source_netsuite_id = ANY(:ids) AND a.element <> ''
GROUP BY 1, 2
""")
# Lines that wait in deferred revenue should have an element.
_EXPECTED = """o.status <> 'voided' AND o.planned_minor <> 0
  AND COALESCE(o.ends_on, o.billed_on) >= :since
  AND o.deferred_account NOT IN ('', o.revenue_account)"""
_SEEN = """EXISTS (SELECT 1 FROM revenue_arm a WHERE a.reading_id = :reading_id
  AND a.source_kind = '{kind}' AND a.source_netsuite_id = {id} AND a.line = {line})"""
_WITHOUT = {
    "invoice": text("""
SELECT o.invoice_netsuite_id AS netsuite_id, o.line FROM revenue_obligation o
WHERE {expected} AND (o.invoice_netsuite_id, o.line) > (:after, :line) AND NOT {seen}
GROUP BY 1, 2 ORDER BY 1, 2 LIMIT :most
""".format(
        expected=_EXPECTED,
        seen=_SEEN.format(kind="invoice", id="o.invoice_netsuite_id", line="o.line"),
    )),
    "credit_memo": text("""
SELECT e.source_netsuite_id AS netsuite_id, CAST(e.payload->'about'->>'line' AS integer) AS line
FROM revenue_event e JOIN revenue_obligation o ON o.key = e.obligation
WHERE {expected} AND e.source_kind = 'credit_memo' AND e.kind = 'credited'
  AND (e.source_netsuite_id, CAST(e.payload->'about'->>'line' AS integer)) > (:after, :line)
  AND NOT {seen}
GROUP BY 1, 2 ORDER BY 1, 2 LIMIT :most
""".format(
        expected=_EXPECTED,
        seen=_SEEN.format(
            kind="credit_memo",
            id="e.source_netsuite_id",
            line="CAST(e.payload->'about'->>'line' AS integer)",
        ),
    )),
}  # fmt: skip


async def invoice_lines(session: Session, ids: Collection[str]) -> tuple[Found, Found]:
    """Lines of these invoices with the current reading of the documents, and their cells."""
    values = {"ids": list(ids)}
    return await _ask(session, _INVOICE_LINES, values), await _ask(session, _INVOICE_CELLS, values)


async def credit_lines(session: Session, ids: Collection[str]) -> tuple[Found, Found]:
    """The same of credit memos; amounts below zero."""
    values = {"ids": list(ids)}
    return await _ask(session, _CREDIT_LINES, values), await _ask(session, _CREDIT_CELLS, values)


async def lines_by_number(session: Session, numbers: Collection[str]) -> Found:
    """Document lines by the number of the document."""
    return await _ask(session, _BY_NUMBER, {"numbers": list(numbers)})


async def arrangements(session: Session, ids: Collection[str]) -> dict[tuple[str, int], str]:
    """The arrangement of each line of these invoices, as far as it was read."""
    found = await (await session.connection()).execute(_ARRANGEMENTS, {"ids": list(ids)})
    return {(row[0], row[1]): row[2] for row in found}


async def without_element(
    session: Session, kind: str, reading_id: int, since: date, after: tuple[str, int], most: int
) -> list[tuple[str, int]]:
    """Document lines that should have an element and of which this reading saw none."""
    values = {"reading_id": reading_id, "since": since, "after": after[0]}
    found = await _ask(session, _WITHOUT[kind], {**values, "line": after[1], "most": most})
    return [(str(row["netsuite_id"]), int(row["line"])) for row in found]


async def _ask(session: Session, statement: TextClause, values: Mapping[str, object]) -> Found:
    connection = await session.connection()
    return list((await connection.execute(statement, dict(values))).mappings())

"""Questions asked of the whole mirror at once, after a pass that read everything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextClause, text

from domain.ledger.money import Money, exponent
from store.engine import Session

_OFF_BALANCE = text("""
SELECT i.netsuite_id, i.total_minor - COALESCE(a.applied, 0) - i.open_minor
FROM invoice i
LEFT JOIN (SELECT invoice_id, SUM(amount_minor) AS applied FROM application GROUP BY invoice_id) a
  ON a.invoice_id = i.id
WHERE i.gone_at IS NULL AND i.status IN ('open', 'paid')
  AND i.total_minor - COALESCE(a.applied, 0) <> i.open_minor
ORDER BY i.id
""")
_CONTRADICTING = text("""
SELECT netsuite_id FROM invoice
WHERE gone_at IS NULL AND ((status = 'paid' AND open_minor > 0)
  OR (status = 'open' AND open_minor = 0 AND total_minor > 0))
ORDER BY id
""")
# The same document entered twice: alike in customer, amount and number or reference, days apart.
_TWINS = text("""
WITH d AS (
  SELECT 'payment' AS kind, netsuite_id, customer_id, currency,
    COALESCE(erp_amount_minor, amount_minor) AS amount, COALESCE(erp_on, received_on) AS on_day,
    number, reference
  FROM payment WHERE netsuite_id IS NOT NULL AND gone_at IS NULL AND state <> 'reversed'
  UNION ALL
  SELECT 'invoice', netsuite_id, customer_id, currency, total_minor, issued_on, number, po_number
  FROM invoice WHERE gone_at IS NULL AND status IN ('open', 'paid', 'pending_approval')
)
SELECT DISTINCT ON (b.kind, b.netsuite_id) b.netsuite_id, a.netsuite_id
FROM d a JOIN d b ON a.kind = b.kind AND a.customer_id = b.customer_id
  AND a.currency = b.currency AND a.amount = b.amount AND a.amount > 0
  AND abs(b.on_day - a.on_day) <= :days
  AND (a.number = b.number AND a.number <> '' OR a.reference = b.reference AND a.reference <> '')
  AND (length(a.netsuite_id), a.netsuite_id) < (length(b.netsuite_id), b.netsuite_id)
ORDER BY b.kind, b.netsuite_id, length(a.netsuite_id), a.netsuite_id
""")
_BORROWING = text("""
WITH bearing AS (
  SELECT netsuite_id, external_id FROM invoice WHERE gone_at IS NULL AND external_id LIKE 'dw-%'
  UNION ALL SELECT netsuite_id, external_id FROM payment
  WHERE netsuite_id IS NOT NULL AND source = 'netsuite' AND gone_at IS NULL
    AND external_id LIKE 'dw-%'
  UNION ALL SELECT netsuite_id, external_id FROM credit_memo
  WHERE gone_at IS NULL AND external_id LIKE 'dw-%'
)
SELECT netsuite_id FROM bearing
WHERE NOT EXISTS (SELECT 1 FROM effect WHERE payload->>'external_id' = bearing.external_id)
ORDER BY netsuite_id
""")
_POSITIONS = """
  SELECT customer_id, subsidiary_id, currency, exchange_rate,
    open_minor + COALESCE((
      SELECT CAST(f.ours->'open'->>'minor' AS bigint) - CAST(f.theirs->'open'->>'minor' AS bigint)
      FROM drift_finding f
      WHERE f.key = 'balance_mismatch:' || invoice.netsuite_id AND f.state <> 'closed'), 0)
      AS minor
  FROM invoice WHERE gone_at IS NULL AND status IN ('open', 'paid')
  UNION ALL SELECT customer_id, subsidiary_id, currency, exchange_rate, -unapplied_minor
  FROM payment WHERE netsuite_id IS NOT NULL AND gone_at IS NULL AND state <> 'reversed'
  UNION ALL SELECT customer_id, subsidiary_id, currency, exchange_rate, -open_minor
  FROM credit_memo WHERE gone_at IS NULL AND status <> 'voided'
  UNION ALL SELECT customer_id, subsidiary_id, currency, exchange_rate,
    CASE kind WHEN 'refund' THEN open_minor ELSE -open_minor END
  FROM settlement WHERE gone_at IS NULL AND status <> 'voided' AND kind <> 'deposit'
"""
_OWED = """
SELECT c.netsuite_id, c.currency, SUM(p.minor)
FROM (:positions) p JOIN customer c ON c.id = p.customer_id
GROUP BY c.netsuite_id, c.currency
HAVING bool_and(p.currency = c.currency OR p.minor = 0)
"""
_IN_BASE = """
SELECT s.netsuite_id, s.currency,
  COALESCE(SUM(round(p.minor * CAST(COALESCE(NULLIF(p.exchange_rate, ''), '1') AS numeric)
    * power(CAST(10 AS numeric),
      CAST(CAST(:digits AS jsonb)->>s.currency AS int)
      - CAST(CAST(:digits AS jsonb)->>p.currency AS int)))), 0),
  COUNT(*) FILTER (WHERE p.currency <> s.currency AND p.minor <> 0)
FROM (:positions) p
JOIN customer c ON c.id = p.customer_id
JOIN subsidiary s ON s.id = COALESCE(p.subsidiary_id, c.subsidiary_id)
GROUP BY s.netsuite_id, s.currency
"""
_TOLD = text("""
SELECT DISTINCT c.netsuite_id FROM drift_finding f JOIN customer c ON c.id = f.customer_id
WHERE f.kind = 'balance_mismatch' AND f.document_kind = 'invoice' AND f.state <> 'closed'
""")
_CURRENCIES = text("""
SELECT currency FROM invoice UNION SELECT currency FROM payment UNION SELECT currency FROM
credit_memo UNION SELECT currency FROM settlement UNION SELECT currency FROM subsidiary
""")


@dataclass(frozen=True, slots=True)
class BooksTotal:
    """A subsidiary's receivables from its documents, and how many were converted to add them up."""

    total: Money
    converted: int


async def off_balance(session: Session) -> dict[str, int]:
    """Invoices whose open balance is not their total less what is applied: by how much."""
    return {str(row[0]): int(row[1]) for row in await _all(session, _OFF_BALANCE)}


async def contradicting(session: Session) -> list[str]:
    """Invoices whose status does not fit their amounts."""
    return [str(row[0]) for row in await _all(session, _CONTRADICTING)]


async def twins(session: Session, *, days: int) -> dict[str, str]:
    """Payments and invoices that look like an earlier one, with that one."""
    return {str(row[0]): str(row[1]) for row in await _all(session, _TWINS, days=days)}


async def borrowing(session: Session) -> list[str]:
    """Documents with an external id of ours that no effect of ours carries."""
    return [str(row[0]) for row in await _all(session, _BORROWING)]


async def owed_by_customers(session: Session) -> dict[str, Money]:
    """What customers (ERP id) owe by their documents, in their own currency.

    Customers with something open in another currency are left out.
    """
    return {
        str(row[0]): Money(int(row[2]), str(row[1]))
        for row in await _all(session, _of_positions(_OWED))
    }


async def off_balance_customers(session: Session) -> set[str]:
    """Customers (ERP id) with a document whose balance has a finding that is not closed."""
    return {str(row[0]) for row in await _all(session, _TOLD)}


async def books_totals(session: Session) -> Mapping[str, BooksTotal]:
    """Receivables of each subsidiary (ERP id) by its documents, in its base currency.

    A document with a finding on its balance counts with the balance it should have.
    """
    currencies = [str(row[0]) for row in await _all(session, _CURRENCIES)]
    digits = json.dumps({currency: exponent(currency) for currency in currencies})
    return {
        str(row[0]): BooksTotal(Money(int(row[2]), str(row[1])), int(row[3]))
        for row in await _all(session, _of_positions(_IN_BASE), digits=digits)
    }


def _of_positions(query: str) -> TextClause:
    return text(query.replace(":positions", _POSITIONS))


async def _all(session: Session, statement: TextClause, **values: object) -> list[tuple[Any, ...]]:
    connection = await session.connection()
    return [tuple(row) for row in (await connection.execute(statement, values)).all()]

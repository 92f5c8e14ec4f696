"""Questions asked of the whole mirror at once, after a pass that read everything."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import TextClause, text

from domain.ledger.money import Money, exponent
from store.engine import Session

# Added up before anything is joined: right after an import the planner knows no sizes.
_OFF_BALANCE = text("""
WITH sums AS MATERIALIZED (
  SELECT id, SUM(minor) AS minor FROM (
    SELECT id, total_minor - open_minor AS minor
    FROM invoice WHERE gone_at IS NULL AND status IN ('open', 'paid')
    UNION ALL SELECT invoice_id, -amount_minor FROM application
  ) x GROUP BY id HAVING SUM(minor) <> 0
)
SELECT i.netsuite_id, sums.minor FROM sums JOIN invoice i ON i.id = sums.id
WHERE i.gone_at IS NULL AND i.status IN ('open', 'paid')
ORDER BY i.id
""")
_CONTRADICTING = text("""
SELECT netsuite_id FROM invoice
WHERE gone_at IS NULL AND ((status = 'paid' AND open_minor > 0)
  OR (status = 'open' AND open_minor = 0 AND total_minor > 0))
ORDER BY id
""")
# The same document entered twice: alike in customer, amount and number or reference, days apart.
# Only what has its like is joined with itself: right after an import nobody knows how few that is.
_TWINS = text("""
WITH d AS (
  SELECT 'payment' AS kind, netsuite_id, customer_id, currency,
    COALESCE(erp_amount_minor, amount_minor) AS amount, COALESCE(erp_on, received_on) AS on_day,
    number, reference
  FROM payment WHERE netsuite_id IS NOT NULL AND gone_at IS NULL AND state <> 'reversed'
  UNION ALL
  SELECT 'invoice', netsuite_id, customer_id, currency, total_minor, issued_on, number, po_number
  FROM invoice WHERE gone_at IS NULL AND status IN ('open', 'paid', 'pending_approval')
), named AS (
  SELECT d.*, alike FROM d, LATERAL (VALUES ('n' || number), ('r' || reference)) AS names (alike)
  WHERE amount > 0 AND length(alike) > 1
), counted AS (
  SELECT *, COUNT(*) OVER (PARTITION BY kind, customer_id, currency, amount, alike) AS n FROM named
), several AS MATERIALIZED (SELECT * FROM counted WHERE n > 1)
SELECT DISTINCT ON (b.kind, b.netsuite_id) b.netsuite_id, a.netsuite_id
FROM several a JOIN several b USING (kind, customer_id, currency, amount, alike)
WHERE abs(b.on_day - a.on_day) <= :days
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
  UNION ALL SELECT netsuite_id, external_id FROM settlement
  WHERE gone_at IS NULL AND external_id LIKE 'dw-%'
)
SELECT netsuite_id FROM bearing
WHERE NOT EXISTS (SELECT 1 FROM effect WHERE payload->>'external_id' = bearing.external_id)
ORDER BY netsuite_id
""")
# What stands open on an account, as the ERP counts a customer's balance: deposits apart.
_OWED = text("""
WITH p AS (
  SELECT customer_id, currency, open_minor AS minor
  FROM invoice WHERE gone_at IS NULL AND status IN ('open', 'paid')
  UNION ALL SELECT customer_id, currency, -unapplied_minor
  FROM payment WHERE netsuite_id IS NOT NULL AND gone_at IS NULL AND state <> 'reversed'
  UNION ALL SELECT customer_id, currency, -open_minor
  FROM credit_memo WHERE gone_at IS NULL AND status <> 'voided'
  UNION ALL SELECT customer_id, currency,
    CASE kind WHEN 'refund' THEN open_minor ELSE -open_minor END
  FROM settlement WHERE gone_at IS NULL AND status <> 'voided' AND kind <> 'deposit'
)
SELECT c.netsuite_id, c.currency, SUM(p.minor)
FROM p JOIN customer c ON c.id = p.customer_id
GROUP BY c.netsuite_id, c.currency
HAVING bool_and(p.currency = c.currency OR p.minor = 0)
""")
# By how much balances that do not follow distort a subsidiary's sum, in its base currency.
_DISTORTED = text("""
SELECT COALESCE(s.netsuite_id, ''), SUM(round(
  (CAST(f.ours->'open'->>'minor' AS bigint) - i.open_minor)
  * CAST(COALESCE(NULLIF(i.exchange_rate, ''), '1') AS numeric)
  * power(CAST(10 AS numeric), CAST(CAST(:digits AS jsonb)->>COALESCE(s.currency, :base) AS int)
    - CAST(CAST(:digits AS jsonb)->>i.currency AS int))))
FROM drift_finding f
JOIN invoice i ON i.netsuite_id = f.netsuite_id
JOIN customer c ON c.id = i.customer_id
LEFT JOIN subsidiary s ON s.id = COALESCE(i.subsidiary_id, c.subsidiary_id)
WHERE f.kind = 'balance_mismatch' AND f.document_kind = 'invoice'
  AND CAST(f.theirs->'open'->>'minor' AS bigint) = i.open_minor
  AND (f.state <> 'closed' OR f.resolution = 'accepted' AND f.closed_by <> 'import')
  AND (s.id IS NOT NULL OR :base <> '')
GROUP BY 1
""")
_CURRENCIES = text("SELECT currency FROM invoice UNION SELECT currency FROM subsidiary")
_TOLD = text("""
SELECT DISTINCT c.netsuite_id FROM drift_finding f JOIN customer c ON c.id = f.customer_id
WHERE f.kind = 'balance_mismatch' AND f.document_kind = 'invoice' AND f.state <> 'closed'
""")


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
    return {str(row[0]): Money(int(row[2]), str(row[1])) for row in await _all(session, _OWED)}


async def off_balance_customers(session: Session) -> set[str]:
    """Customers (ERP id) with a document whose balance has a finding that is not closed."""
    return {str(row[0]) for row in await _all(session, _TOLD)}


async def currencies(session: Session, base: str = "") -> list[str]:
    """Every currency that invoices and subsidiaries have, and `base`."""
    found = {str(row[0]) for row in await _all(session, _CURRENCIES)}
    return sorted(found | {base} if base else found)


async def distorted(session: Session, currencies: Iterable[str], base: str = "") -> dict[str, int]:
    """What subsidiaries (ERP id) miss by balances that have a finding, in minor units of its base.

    `currencies` are those that documents and subsidiaries may have; `base` is the currency of an
    account without subsidiaries.
    """
    digits = json.dumps({currency: exponent(currency) for currency in currencies})
    found = await _all(session, _DISTORTED, digits=digits, base=base)
    return {str(row[0]): int(row[1]) for row in found}


async def _all(session: Session, statement: TextClause, **values: object) -> list[tuple[Any, ...]]:
    connection = await session.connection()
    return [tuple(row) for row in (await connection.execute(statement, values)).all()]

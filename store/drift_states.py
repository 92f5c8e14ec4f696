"""Mirrored documents as states that drift is judged by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import text

from domain.ledger.drift import DocumentState
from domain.ledger.money import Money
from store.engine import Session

_STATES = text("""
WITH wanted AS (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)) AS id),
links AS (
  SELECT COALESCE(p.netsuite_id, m.netsuite_id, s.netsuite_id) AS settlement,
    i.netsuite_id AS other, a.amount_minor
  FROM application a JOIN invoice i ON i.id = a.invoice_id
  LEFT JOIN payment p ON p.id = a.payment_id
  LEFT JOIN credit_memo m ON m.id = a.credit_memo_id
  LEFT JOIN settlement s ON s.id = a.settlement_id
  WHERE COALESCE(p.netsuite_id, m.netsuite_id, s.netsuite_id) IN (SELECT id FROM wanted)
  UNION ALL
  SELECT s.netsuite_id, l.paid_out_netsuite_id, l.amount_minor
  FROM refund_line l JOIN settlement s ON s.id = l.settlement_id
  WHERE s.netsuite_id IN (SELECT id FROM wanted)
), documents AS (
  SELECT 'invoice' AS kind, netsuite_id, number, customer_id, currency, total_minor, open_minor,
    status, issued_on AS on_day, due_on, exchange_rate, period_netsuite_id, external_id,
    po_number AS reference, erp_modified_at, gone_at
  FROM invoice WHERE netsuite_id IN (SELECT id FROM wanted)
  UNION ALL
  SELECT 'payment', netsuite_id, number, customer_id, currency,
    COALESCE(erp_amount_minor, amount_minor), unapplied_minor,
    CASE WHEN state = 'reversed' THEN 'voided' WHEN unapplied_minor = 0 THEN 'applied'
      ELSE 'open' END,
    COALESCE(erp_on, received_on), NULL, exchange_rate, period_netsuite_id, external_id,
    reference, erp_modified_at, gone_at
  FROM payment WHERE netsuite_id IN (SELECT id FROM wanted)
  UNION ALL
  SELECT 'credit_memo', netsuite_id, number, customer_id, currency, total_minor, open_minor,
    status, issued_on, NULL, exchange_rate, period_netsuite_id, external_id, '', erp_modified_at,
    gone_at
  FROM credit_memo WHERE netsuite_id IN (SELECT id FROM wanted)
  UNION ALL
  SELECT kind, netsuite_id, number, customer_id, currency, total_minor, open_minor, status, on_day,
    NULL, exchange_rate, period_netsuite_id, external_id, reference, erp_modified_at, gone_at
  FROM settlement WHERE netsuite_id IN (SELECT id FROM wanted)
)
SELECT d.*, c.netsuite_id AS customer, COALESCE((
  SELECT jsonb_agg(jsonb_build_array(l.other, l.amount_minor) ORDER BY l.other)
  FROM links l WHERE l.settlement = d.netsuite_id), '[]'::jsonb) AS applications
FROM documents d LEFT JOIN customer c ON c.id = d.customer_id
WHERE d.gone_at IS NULL
""")


async def mirrored(session: Session, netsuite_ids: Iterable[str]) -> dict[str, DocumentState]:
    """These documents as the mirror has them, by ERP id; those the ERP no longer has are absent."""
    ids = sorted(set(netsuite_ids))
    if not ids:
        return {}
    connection = await session.connection()
    found = await connection.execute(_STATES, {"ids": json.dumps(ids)})
    return {row["netsuite_id"]: _state(dict(row)) for row in found.mappings()}


def _state(row: Mapping[str, Any]) -> DocumentState:
    currency = row["currency"]
    return DocumentState(
        kind=row["kind"],
        netsuite_id=row["netsuite_id"],
        number=row["number"],
        customer_netsuite_id=row["customer"] or "",
        total=Money(row["total_minor"], currency),
        open=Money(row["open_minor"], currency),
        status=row["status"],
        on=row["on_day"],
        due_on=row["due_on"],
        exchange_rate=row["exchange_rate"],
        period_netsuite_id=row["period_netsuite_id"],
        external_id=row["external_id"],
        reference=row["reference"],
        applications=tuple((other, Money(minor, currency)) for other, minor in row["applications"]),
        modified_at=row["erp_modified_at"],
    )

"""What stands against giving up a claim: disputes, promises, and money that waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from domain.ledger.money import Money
from store.engine import Session

# Receipts that are not in the ERP yet are money too; what is split stands in its parts.
_FACTS = text("""
WITH wanted AS (
  SELECT id, customer_id, currency FROM invoice WHERE id = ANY(:ids)
), held AS (
  SELECT w.id,
    (SELECT coalesce(sum(p.unapplied_minor), 0) FROM payment p
      WHERE p.customer_id = w.customer_id AND p.currency = w.currency AND p.gone_at IS NULL
        AND p.state IN ('received', 'proposed', 'waiting', 'parked', 'posted'))
    + (SELECT coalesce(sum(c.open_minor), 0) FROM credit_memo c
      WHERE c.customer_id = w.customer_id AND c.currency = w.currency AND c.gone_at IS NULL
        AND c.status <> 'voided')
    + (SELECT coalesce(sum(s.open_minor), 0) FROM settlement s
      WHERE s.customer_id = w.customer_id AND s.currency = w.currency AND s.gone_at IS NULL
        AND s.kind IN ('deposit', 'deposit_application', 'journal') AND s.status <> 'voided'
        AND s.open_minor > 0 AND s.total_minor > 0) AS minor
  FROM wanted w
)
SELECT w.id, h.minor,
  EXISTS (SELECT 1 FROM dispute d WHERE d.customer_id = w.customer_id AND d.state = 'open'
          AND (d.invoice_id IS NULL OR d.invoice_id = w.id)),
  EXISTS (SELECT 1 FROM promise p WHERE p.customer_id = w.customer_id AND p.state = 'open'
          AND (cardinality(p.invoice_ids) = 0 OR w.id = ANY(p.invoice_ids)))
FROM wanted w JOIN held h ON h.id = w.id
""")


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What an invoice's customer has unapplied in its currency, and what was said about it."""

    unapplied_minor: int = 0
    disputed: bool = False
    promised: bool = False


async def unsettled_of(session: Session, invoice_ids: Sequence[int]) -> dict[int, Unsettled]:
    """For each invoice; one query."""
    connection = await session.connection()
    found = await connection.execute(_FACTS, {"ids": sorted(set(invoice_ids))})
    return {int(i): Unsettled(int(m), bool(d), bool(p)) for i, m, d, p in found.all()}


async def unsettled(session: Session, invoice_id: int, currency: str) -> str:
    """Why an invoice must not be given up now, in words, "" for nothing."""
    known = (await unsettled_of(session, [invoice_id])).get(invoice_id, Unsettled())
    if known.disputed:
        return "the invoice is disputed"
    if known.promised:
        return "the customer promised to pay it"
    if known.unapplied_minor > 0:
        return f"the customer has {Money(known.unapplied_minor, currency)} unapplied"
    return ""

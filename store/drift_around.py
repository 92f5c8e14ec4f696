"""What the store knows around documents when drift is judged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextClause, text
from sqlmodel import col, select

from domain.ledger.money import Money
from store.engine import Session
from store.erp_mirror import PostingPeriodRow
from store.parties import SubsidiaryRow

_OWNERS = text("""
SELECT netsuite_id, id, subsidiary_id, name FROM customer
WHERE netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
""")
_POSTED = text("""
SELECT netsuite_id FROM payment
WHERE source <> 'netsuite'
  AND netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
""")
_MADE_BY_US = text("""
SELECT DISTINCT payload->>'external_id' FROM effect
WHERE payload->>'external_id' IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
""")
_EXPLAINED = text("""
SELECT netsuite_id FROM invoice
WHERE status = 'voided' AND netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
UNION SELECT netsuite_id FROM payment
WHERE state = 'reversed' AND netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
UNION SELECT netsuite_id FROM credit_memo
WHERE status = 'voided' AND netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
UNION SELECT netsuite_id FROM drift_finding
WHERE state <> 'closed' AND kind IN
    ('deleted', 'voided', 'amount_changed', 'customer_changed', 'currency_or_rate_changed')
  AND netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
""")
_APPLIED = text("""
SELECT i.netsuite_id, i.currency, COALESCE(SUM(a.amount_minor), 0)
FROM invoice i LEFT JOIN application a ON a.invoice_id = i.id
WHERE i.netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
GROUP BY i.netsuite_id, i.currency
""")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a document is, by our ids."""

    customer_id: int
    subsidiary_id: int | None
    name: str


async def owners(session: Session, customer_netsuite_ids: Iterable[str]) -> dict[str, Owner]:
    """Mirrored customers by their ERP id."""
    found = await _asked(session, _OWNERS, customer_netsuite_ids)
    return {str(row[0]): Owner(int(row[1]), row[2], str(row[3])) for row in found}


async def posted_by_us(session: Session, netsuite_ids: Iterable[str]) -> set[str]:
    """Which of these ERP payments were posted for a receipt of ours."""
    return {str(row[0]) for row in await _asked(session, _POSTED, netsuite_ids)}


async def made_by_us(session: Session, external_ids: Iterable[str]) -> set[str]:
    """Which of these external ids an effect of ours carries."""
    return {str(row[0]) for row in await _asked(session, _MADE_BY_US, external_ids)}


async def explained(session: Session, netsuite_ids: Iterable[str]) -> set[str]:
    """Which of these documents are gone, void, or have a finding that tells why they moved."""
    return {str(row[0]) for row in await _asked(session, _EXPLAINED, netsuite_ids)}


async def applied_to_invoices(session: Session, netsuite_ids: Iterable[str]) -> dict[str, Money]:
    """What is applied to these invoices in the mirror."""
    found = await _asked(session, _APPLIED, netsuite_ids)
    return {str(row[0]): Money(int(row[2]), str(row[1])) for row in found}


async def posting_periods(session: Session) -> Sequence[PostingPeriodRow]:
    """All posting periods, earliest first."""
    found = await session.exec(
        select(PostingPeriodRow).order_by(col(PostingPeriodRow.starts_on), col(PostingPeriodRow.id))
    )
    return found.all()


async def subsidiaries(session: Session) -> dict[str, SubsidiaryRow]:
    """The seller's legal entities by their ERP id."""
    found = await session.exec(select(SubsidiaryRow))
    return {row.netsuite_id: row for row in found.all()}


async def _asked(
    session: Session, statement: TextClause, ids: Iterable[str]
) -> list[tuple[Any, ...]]:
    wanted = sorted(set(ids))
    if not wanted:
        return []
    connection = await session.connection()
    found = await connection.execute(statement, {"ids": json.dumps(wanted)})
    return [tuple(row) for row in found.all()]

"""What the preview of a journal is made of: the currency of the books and exchange rates."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy import text

from store.engine import Session
from store.erp_masters import rate_on
from store.parties import CustomerRow, SubsidiaryRow

_RATES = text("""
WITH asked AS (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)) AS id)
SELECT netsuite_id, exchange_rate FROM (
  SELECT netsuite_id, exchange_rate FROM invoice
  UNION ALL SELECT netsuite_id, exchange_rate FROM credit_memo
  UNION ALL SELECT netsuite_id, exchange_rate FROM payment
  UNION ALL SELECT netsuite_id, exchange_rate FROM settlement
) d
WHERE exchange_rate <> '' AND netsuite_id IN (SELECT id FROM asked)
""")


async def exchange_rates(session: Session, netsuite_ids: Iterable[str]) -> dict[str, str]:
    """What a unit of each document's currency was worth in its books, by the ERP's id."""
    wanted = sorted(set(netsuite_ids) - {""})
    if not wanted:
        return {}
    connection = await session.connection()
    found = await connection.execute(_RATES, {"ids": json.dumps(wanted)})
    return {str(row[0]): str(row[1]) for row in found}


async def books_currency(session: Session, customer_id: int | None) -> str:
    """The currency of the books that a customer is kept in, "" where that is not known."""
    customer = await session.get(CustomerRow, customer_id) if customer_id else None
    if customer is None or customer.subsidiary_id is None:
        return ""
    ours = await session.get(SubsidiaryRow, customer.subsidiary_id)
    return ours.currency if ours is not None else ""


async def worth(session: Session, base: str, currency: str, on: date) -> str:
    """What a unit of `currency` is worth in `base` on a day, "" where no rate is known."""
    return await rate_on(session, base, currency, on) or "" if base else ""

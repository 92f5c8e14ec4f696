"""What is unfinished on our side when a period is to be closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from store.engine import Session


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How much waits that bears on days up to the end of a period."""

    unmatched_receipts: int
    postings: int
    unclear: int
    drafts: int


_UNFINISHED = text("""
SELECT
  (SELECT count(*) FROM payment WHERE netsuite_id IS NULL AND state IN ('received', 'waiting')
    AND received_on <= :last),
  (SELECT count(*) FROM payment WHERE netsuite_id IS NULL AND state = 'proposed'
    AND received_on <= :last),
  (SELECT count(*) FROM effect WHERE kind NOT IN ('send_email', 'post_to_customer_channel')
    AND state IN ('unknown', 'failed', 'performing')
    AND proposed_at < CAST(:last AS date) + 1),
  (SELECT count(*) FROM invoice_draft WHERE state IN ('draft', 'submitted')
    AND issued_on <= :last)
""")


async def unfinished(session: Session, last: date) -> Unfinished:
    """Count it, in one query."""
    connection = await session.connection()
    row = (await connection.execute(_UNFINISHED, {"last": last})).one()
    return Unfinished(int(row[0]), int(row[1]), int(row[2]), int(row[3]))

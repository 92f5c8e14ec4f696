"""Lines of credit memos as the ERP has them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, text
from sqlmodel import Field, SQLModel, col, select

from store.columns import big, big_id, ref
from store.engine import Session
from store.erp_bulk import Rows, run

_PUT = text("""
WITH r AS (
  SELECT m.id AS credit_memo_id, x.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
    AS x(credit text, line integer, amount_minor bigint, item_netsuite_id text,
         account_netsuite_id text, quantity text, memo text, created_from_netsuite_id text,
         service_starts_on date, service_ends_on date, tax boolean)
  JOIN credit_memo m ON m.netsuite_id = x.credit
), gone AS (
  DELETE FROM credit_memo_line l USING credit_memo m
  WHERE l.credit_memo_id = m.id
    AND m.netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
    AND NOT EXISTS (SELECT 1 FROM r WHERE r.credit_memo_id = m.id AND r.line = l.line)
)
INSERT INTO credit_memo_line
  (credit_memo_id, line, amount_minor, item_netsuite_id, account_netsuite_id, quantity, memo,
   created_from_netsuite_id, service_starts_on, service_ends_on, tax)
SELECT credit_memo_id, line, amount_minor, item_netsuite_id, account_netsuite_id, quantity, memo,
  created_from_netsuite_id, service_starts_on, service_ends_on, tax
FROM r
ON CONFLICT (credit_memo_id, line) DO UPDATE
SET amount_minor = excluded.amount_minor, item_netsuite_id = excluded.item_netsuite_id,
    account_netsuite_id = excluded.account_netsuite_id, quantity = excluded.quantity,
    memo = excluded.memo, created_from_netsuite_id = excluded.created_from_netsuite_id,
    service_starts_on = excluded.service_starts_on, service_ends_on = excluded.service_ends_on,
    tax = excluded.tax
RETURNING line
""")
_LACKING = text("""
SELECT m.netsuite_id FROM credit_memo m
LEFT JOIN revenue_source s ON s.kind = 'credit_lines' AND s.netsuite_id = m.netsuite_id
WHERE m.gone_at IS NULL AND (s.id IS NULL OR s.row_hash <> m.row_hash)
ORDER BY m.id LIMIT :most
""")
_READ = text("""
INSERT INTO revenue_source (kind, netsuite_id, row_hash, lines_hash, lines, read_at)
SELECT 'credit_lines', m.netsuite_id, m.row_hash, '', 0, :now FROM credit_memo m
WHERE m.netsuite_id = ANY(:ids)
ON CONFLICT (kind, netsuite_id) DO UPDATE
SET row_hash = excluded.row_hash, read_at = excluded.read_at
""")


class CreditMemoLineRow(SQLModel, table=True):
    """One line of a credit memo. `amount_minor` in the memo's currency, positive when credited.

    `created_from_netsuite_id` is the invoice or return the memo was made from, empty for a
    stand-alone one.
    """

    __tablename__ = "credit_memo_line"
    __table_args__ = (UniqueConstraint("credit_memo_id", "line", name="uq_credit_memo_line"),)
    id: int = big_id()
    credit_memo_id: int = ref("credit_memo.id", index=False)
    line: int
    amount_minor: int = big()
    item_netsuite_id: str = Field(default="", index=True)
    account_netsuite_id: str = ""
    quantity: str = ""
    memo: str = ""
    created_from_netsuite_id: str = Field(default="", index=True)
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    tax: bool = False


async def credit_lines_of(session: Session, credit_memo_id: int) -> Sequence[CreditMemoLineRow]:
    """A credit memo's lines, in the ERP's order."""
    found = await session.exec(
        select(CreditMemoLineRow)
        .where(CreditMemoLineRow.credit_memo_id == credit_memo_id)
        .order_by(col(CreditMemoLineRow.line))
    )
    return found.all()


async def memos_to_read(session: Session, *, most: int) -> Sequence[str]:
    """Credit memos (ERP ids) whose lines were never read, or not as the memo stands now."""
    connection = await session.connection()
    return [str(row[0]) for row in await connection.execute(_LACKING, {"most": most})]


async def put_credit_lines(
    session: Session, rows: Rows, credit_netsuite_ids: Iterable[str], now: datetime
) -> int:
    """Make the lines of these credit memos exactly `rows`."""
    ids = sorted(credit_netsuite_ids)
    found = await run(session, _PUT, rows, ids=json.dumps(ids))
    connection = await session.connection()
    await connection.execute(_READ, {"ids": ids, "now": now})
    return len(found)

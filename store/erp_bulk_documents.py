"""Pages of ERP documents into the mirror: one statement a page, nothing written when nothing moved.

A row's hash is taken over the row as the ERP gave it, but for the hour of its time stamp. A
document that the ERP no longer has stays, closed, with `gone_at`; one that comes back is as any
other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import TextClause, text

from store.engine import Session
from store.erp_bulk import HASH, Rows, Written, counted, run, texts

_INVOICE = """r(netsuite_id text, number text, customer text, subsidiary text, currency text,
       total_minor bigint, open_minor bigint, issued_on date, due_on date, status text,
       po_number text, memo text, terms text, external_id text, exchange_rate text, period text,
       custom jsonb, moment integer, modified_at timestamptz)"""
_SETTLEMENT = """r(netsuite_id text, kind text, number text, customer text, subsidiary text,
       currency text, total_minor bigint, open_minor bigint, on_day date, voided boolean,
       external_id text, memo text, reference text, exchange_rate text, period text,
       custom jsonb, moment integer, modified_at timestamptz)"""
_STATE = "CASE WHEN r.voided THEN 'voided' WHEN r.open_minor <> 0 THEN 'open' ELSE 'applied' END"


def _statement(words: str) -> TextClause:
    return text(words.format(invoice=_INVOICE, settlement=_SETTLEMENT, state=_STATE, hash=HASH))


_INVOICES = _statement("""
INSERT INTO invoice
  (netsuite_id, number, customer_id, subsidiary_id, currency, total_minor, open_minor, issued_on,
   due_on, status, po_number, memo, terms_netsuite_id, external_id, exchange_rate,
   period_netsuite_id, custom, row_hash, erp_modified_at, seen_at)
SELECT r.netsuite_id, r.number, c.id, s.id, r.currency, r.total_minor, r.open_minor, r.issued_on,
  r.due_on, r.status, r.po_number, r.memo, r.terms, r.external_id, r.exchange_rate,
  r.period, r.custom, {hash}, r.modified_at, :now
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS {invoice}
JOIN customer c ON c.netsuite_id = r.customer
LEFT JOIN subsidiary s ON s.netsuite_id = r.subsidiary
ON CONFLICT (netsuite_id) DO UPDATE
SET number = excluded.number, customer_id = excluded.customer_id,
    subsidiary_id = excluded.subsidiary_id, currency = excluded.currency,
    total_minor = excluded.total_minor, open_minor = excluded.open_minor,
    issued_on = excluded.issued_on, due_on = excluded.due_on, status = excluded.status,
    po_number = excluded.po_number, memo = excluded.memo,
    terms_netsuite_id = excluded.terms_netsuite_id, external_id = excluded.external_id,
    exchange_rate = excluded.exchange_rate, period_netsuite_id = excluded.period_netsuite_id,
    custom = excluded.custom, row_hash = excluded.row_hash,
    erp_modified_at = excluded.erp_modified_at, seen_at = excluded.seen_at, gone_at = NULL
WHERE invoice.row_hash <> excluded.row_hash
RETURNING customer_id
""")

_CREDITS = _statement("""
INSERT INTO credit_memo
  (netsuite_id, number, customer_id, subsidiary_id, currency, total_minor, open_minor, issued_on,
   status, external_id, exchange_rate, period_netsuite_id, row_hash, erp_modified_at,
   seen_at)
SELECT r.netsuite_id, r.number, c.id, s.id, r.currency, r.total_minor, r.open_minor, r.on_day,
  {state}, r.external_id, r.exchange_rate, r.period, {hash}, r.modified_at, :now
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS {settlement}
JOIN customer c ON c.netsuite_id = r.customer
LEFT JOIN subsidiary s ON s.netsuite_id = r.subsidiary
ON CONFLICT (netsuite_id) DO UPDATE
SET number = excluded.number, customer_id = excluded.customer_id,
    subsidiary_id = excluded.subsidiary_id, currency = excluded.currency,
    total_minor = excluded.total_minor, open_minor = excluded.open_minor,
    issued_on = excluded.issued_on, status = excluded.status,
    external_id = excluded.external_id, exchange_rate = excluded.exchange_rate,
    period_netsuite_id = excluded.period_netsuite_id, row_hash = excluded.row_hash,
    erp_modified_at = excluded.erp_modified_at, seen_at = excluded.seen_at, gone_at = NULL
WHERE credit_memo.row_hash <> excluded.row_hash
RETURNING customer_id
""")

_SETTLEMENTS = _statement("""
INSERT INTO settlement
  (netsuite_id, kind, number, customer_id, subsidiary_id, currency, total_minor, open_minor,
   on_day, status, memo, reference, external_id, exchange_rate, period_netsuite_id, custom,
   row_hash, erp_modified_at, seen_at)
SELECT r.netsuite_id, r.kind, r.number, c.id, s.id, r.currency, r.total_minor, r.open_minor,
  r.on_day, {state}, r.memo, r.reference, r.external_id, r.exchange_rate, r.period, r.custom,
  {hash}, r.modified_at, :now
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS {settlement}
JOIN customer c ON c.netsuite_id = r.customer
LEFT JOIN subsidiary s ON s.netsuite_id = r.subsidiary
ON CONFLICT (netsuite_id) DO UPDATE
SET kind = excluded.kind, number = excluded.number, customer_id = excluded.customer_id,
    subsidiary_id = excluded.subsidiary_id, currency = excluded.currency,
    total_minor = excluded.total_minor, open_minor = excluded.open_minor,
    on_day = excluded.on_day, status = excluded.status, memo = excluded.memo,
    reference = excluded.reference, external_id = excluded.external_id,
    exchange_rate = excluded.exchange_rate, period_netsuite_id = excluded.period_netsuite_id,
    custom = excluded.custom, row_hash = excluded.row_hash,
    erp_modified_at = excluded.erp_modified_at, seen_at = excluded.seen_at, gone_at = NULL
WHERE settlement.row_hash <> excluded.row_hash
RETURNING customer_id
""")

_OWN_PAYMENTS = text("""
UPDATE payment SET netsuite_id = r.netsuite_id
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(netsuite_id text, external_id text)
JOIN effect e ON e.kind = 'post_customer_payment' AND e.payload->>'external_id' = r.external_id
WHERE r.external_id <> '' AND payment.id = CAST(e.payload->>'payment_id' AS bigint)
  AND payment.netsuite_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM payment other WHERE other.netsuite_id = r.netsuite_id)
RETURNING payment.customer_id
""")

_PAYMENTS = _statement("""
INSERT INTO payment
  (source, source_id, netsuite_id, number, customer_id, subsidiary_id, payer_name, payer_account,
   reference, currency, amount_minor, unapplied_minor, received_on, erp_amount_minor, erp_on,
   state, match, external_id, exchange_rate, period_netsuite_id, row_hash, erp_modified_at,
   created_at, seen_at, allocation, payer_accounts, references_told, remittance, invoice_ids,
   channel, type_code, own_account, named_by, raw, instructed_currency, batch, return_code,
   not_a_receipt, outcome, klass, live)
SELECT 'netsuite', r.netsuite_id, r.netsuite_id, r.number, c.id, s.id, '', '',
  COALESCE(NULLIF(r.reference, ''), r.memo), r.currency, r.total_minor, r.open_minor, r.on_day,
  r.total_minor, r.on_day, CASE WHEN r.voided THEN 'reversed' ELSE 'posted' END,
  '{{}}'::jsonb, r.external_id, r.exchange_rate, r.period, {hash}, r.modified_at, :now, :now,
  '{{}}'::jsonb, '[]'::jsonb, '[]'::jsonb, '[]'::jsonb, ARRAY[]::bigint[],
  '', '', '', '', '', '', '', '', '', '', '', false
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS {settlement}
JOIN customer c ON c.netsuite_id = r.customer
LEFT JOIN subsidiary s ON s.netsuite_id = r.subsidiary
ON CONFLICT (netsuite_id) DO UPDATE
SET number = excluded.number, customer_id = excluded.customer_id,
    subsidiary_id = excluded.subsidiary_id,
    unapplied_minor = excluded.unapplied_minor, state = excluded.state,
    erp_amount_minor = excluded.erp_amount_minor, erp_on = excluded.erp_on,
    external_id = excluded.external_id, exchange_rate = excluded.exchange_rate,
    period_netsuite_id = excluded.period_netsuite_id, row_hash = excluded.row_hash,
    erp_modified_at = excluded.erp_modified_at, seen_at = excluded.seen_at, gone_at = NULL,
    amount_minor = CASE WHEN payment.source = 'netsuite' THEN excluded.amount_minor
      ELSE payment.amount_minor END,
    currency = CASE WHEN payment.source = 'netsuite' THEN excluded.currency
      ELSE payment.currency END,
    reference = CASE WHEN payment.source = 'netsuite' THEN excluded.reference
      ELSE payment.reference END,
    received_on = CASE WHEN payment.source = 'netsuite' THEN excluded.received_on
      ELSE payment.received_on END
WHERE payment.row_hash <> excluded.row_hash
RETURNING customer_id
""")

_GONE = text("""
WITH lost AS (SELECT jsonb_array_elements_text(CAST(:rows AS jsonb)) AS id),
inv AS (
  UPDATE invoice SET status = 'voided', open_minor = 0, row_hash = 'gone', gone_at = :now
  WHERE netsuite_id IN (SELECT id FROM lost) AND gone_at IS NULL RETURNING id, customer_id
), pay AS (
  UPDATE payment SET state = 'reversed', unapplied_minor = 0, row_hash = 'gone', gone_at = :now
  WHERE netsuite_id IN (SELECT id FROM lost) AND gone_at IS NULL RETURNING id, customer_id
), cred AS (
  UPDATE credit_memo SET status = 'voided', open_minor = 0, row_hash = 'gone', gone_at = :now
  WHERE netsuite_id IN (SELECT id FROM lost) AND gone_at IS NULL RETURNING id, customer_id
), rest AS (
  UPDATE settlement SET status = 'voided', open_minor = 0, row_hash = 'gone', gone_at = :now
  WHERE netsuite_id IN (SELECT id FROM lost) AND gone_at IS NULL RETURNING id, customer_id
), unapplied AS (
  DELETE FROM application a
  WHERE a.invoice_id IN (SELECT id FROM inv) OR a.payment_id IN (SELECT id FROM pay)
    OR a.credit_memo_id IN (SELECT id FROM cred) OR a.settlement_id IN (SELECT id FROM rest)
), paid_out AS (
  DELETE FROM refund_line WHERE settlement_id IN (SELECT id FROM rest)
)
SELECT customer_id FROM inv UNION ALL SELECT customer_id FROM pay
UNION ALL SELECT customer_id FROM cred UNION ALL SELECT customer_id FROM rest
""")

_CHANGED_INVOICES = _statement("""
SELECT r.netsuite_id,
  i.id IS NULL OR i.gone_at IS NOT NULL
    OR (i.total_minor, i.erp_modified_at) IS DISTINCT FROM (r.total_minor, r.modified_at),
  i.id IS NOT NULL AND r.total_minor - r.open_minor <> (
    SELECT COALESCE(SUM(a.amount_minor), 0) FROM application a WHERE a.invoice_id = i.id)
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS {invoice}
LEFT JOIN invoice i ON i.netsuite_id = r.netsuite_id
WHERE i.row_hash IS DISTINCT FROM {hash}
""")

_CHANGED_SETTLEMENTS = _statement("""
SELECT r.netsuite_id
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS {settlement}
LEFT JOIN payment p ON p.netsuite_id = r.netsuite_id
LEFT JOIN credit_memo m ON m.netsuite_id = r.netsuite_id
LEFT JOIN settlement t ON t.netsuite_id = r.netsuite_id
WHERE COALESCE(p.row_hash, m.row_hash, t.row_hash) IS DISTINCT FROM {hash}
""")


@dataclass(frozen=True, slots=True)
class ChangedInvoices:
    """ERP ids of a page's invoices that differ from the mirror.

    `lines`: whose lines may have changed too. `unexplained`: mirrored ones of which more, or less,
    is paid than is applied to them in the mirror.
    """

    ids: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    unexplained: frozenset[str] = frozenset()


async def put_invoices(session: Session, rows: Rows, now: datetime) -> Written:
    """Upsert invoices of mirrored customers."""
    return counted(await run(session, _INVOICES, rows, now=now)) if rows else Written()


async def put_credits(session: Session, rows: Rows, now: datetime) -> Written:
    """Upsert credit memos of mirrored customers."""
    return counted(await run(session, _CREDITS, rows, now=now)) if rows else Written()


async def put_payments(session: Session, rows: Rows, now: datetime) -> Written:
    """Upsert payments of mirrored customers; one we posted joins the receipt it was made from."""
    if not rows:
        return Written()
    joined = counted(await run(session, _OWN_PAYMENTS, rows))
    return joined + counted(await run(session, _PAYMENTS, rows, now=now))


async def put_settlements(session: Session, rows: Rows, now: datetime) -> Written:
    """Upsert deposits, deposit applications, refunds and journals of mirrored customers."""
    return counted(await run(session, _SETTLEMENTS, rows, now=now)) if rows else Written()


async def gone(session: Session, netsuite_ids: Sequence[str], now: datetime) -> Written:
    """Close what the ERP no longer has, of any kind, and take its applications away."""
    if not netsuite_ids:
        return Written()
    return counted(await run(session, _GONE, netsuite_ids, now=now))


async def changed_invoices(session: Session, rows: Rows) -> ChangedInvoices:
    """Which of these invoices differ from what is mirrored, and how far."""
    if not rows:
        return ChangedInvoices()
    found = await run(session, _CHANGED_INVOICES, rows)
    return ChangedInvoices(
        frozenset(str(row[0]) for row in found),
        frozenset(str(row[0]) for row in found if row[1]),
        frozenset(str(row[0]) for row in found if row[2]),
    )


async def changed_settlements(session: Session, rows: Rows) -> set[str]:
    """Which of these settlements of any kind (ERP ids) differ from what is mirrored."""
    return texts(await run(session, _CHANGED_SETTLEMENTS, rows)) if rows else set()

"""Pages of ERP records into the mirror: one statement a page, nothing written when nothing moved.

Each function takes rows as JSON objects. PostgreSQL reads them with jsonb_to_recordset, resolves
the ERP's ids to ours by joining, and leaves rows alone whose hash is the stored one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, TextClause, text

from store.engine import Session

Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Written:
    """What a page changed: rows written, and the customers (our ids) they belong to."""

    rows: int = 0
    customer_ids: frozenset[int] = frozenset()

    def __add__(self, other: Written) -> Written:
        return Written(self.rows + other.rows, self.customer_ids | other.customer_ids)


_SUBSIDIARIES = text("""
INSERT INTO subsidiary (netsuite_id, name, currency, country)
SELECT r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, name text, currency text, country text)
ON CONFLICT (netsuite_id) DO UPDATE
SET name = excluded.name, currency = excluded.currency, country = excluded.country
WHERE (subsidiary.name, subsidiary.currency, subsidiary.country)
  IS DISTINCT FROM (excluded.name, excluded.currency, excluded.country)
RETURNING id
""")

_PERIODS = text("""
INSERT INTO posting_period
  (netsuite_id, name, starts_on, ends_on, closed, ar_locked, all_locked)
SELECT r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, name text, starts_on date, ends_on date,
       closed boolean, ar_locked boolean, all_locked boolean)
ON CONFLICT (netsuite_id) DO UPDATE
SET name = excluded.name, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
    closed = excluded.closed, ar_locked = excluded.ar_locked, all_locked = excluded.all_locked
WHERE (posting_period.name, posting_period.starts_on, posting_period.ends_on,
       posting_period.closed, posting_period.ar_locked, posting_period.all_locked)
  IS DISTINCT FROM (excluded.name, excluded.starts_on, excluded.ends_on,
       excluded.closed, excluded.ar_locked, excluded.all_locked)
RETURNING id
""")

_CUSTOMERS = text("""
INSERT INTO customer
  (netsuite_id, entity_number, name, legal_name, parent_id, subsidiary_id, currency, email, phone,
   country, region, timezone, language, inactive, credit_hold, natural_person, auto_followup,
   stripe_customer_id, tags, row_hash, erp_modified_at, seen_at)
SELECT r.netsuite_id, r.entity_number, r.name, r.legal_name, p.id, s.id, r.currency, r.email,
  r.phone, COALESCE(NULLIF(r.country, ''), s.country, ''), r.region,
  COALESCE(NULLIF(r.timezone, ''), 'UTC'), COALESCE(NULLIF(r.language, ''), 'en'), r.inactive,
  r.credit_hold, false, true,
  NULLIF(r.stripe_customer_id, ''), '[]'::jsonb, md5(r::text), r.modified_at, :now
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, entity_number text, name text, legal_name text, parent text,
       subsidiary text, currency text, email text, phone text, country text, region text,
       timezone text, language text, inactive boolean, credit_hold boolean,
       stripe_customer_id text, modified_at timestamptz)
LEFT JOIN customer p ON p.netsuite_id = r.parent
LEFT JOIN subsidiary s ON s.netsuite_id = r.subsidiary
ON CONFLICT (netsuite_id) DO UPDATE
SET entity_number = excluded.entity_number, name = excluded.name,
    legal_name = excluded.legal_name, parent_id = excluded.parent_id,
    subsidiary_id = excluded.subsidiary_id, currency = excluded.currency,
    email = excluded.email, phone = excluded.phone, country = excluded.country,
    region = excluded.region, timezone = excluded.timezone, language = excluded.language,
    inactive = excluded.inactive, credit_hold = excluded.credit_hold,
    stripe_customer_id = COALESCE(excluded.stripe_customer_id, customer.stripe_customer_id),
    row_hash = excluded.row_hash, erp_modified_at = excluded.erp_modified_at,
    seen_at = excluded.seen_at
WHERE customer.row_hash <> excluded.row_hash
RETURNING id AS customer_id
""")

_PARENTS = text("""
UPDATE customer SET parent_id = p.id
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(netsuite_id text, parent text)
JOIN customer p ON p.netsuite_id = r.parent
WHERE customer.netsuite_id = r.netsuite_id AND customer.parent_id IS DISTINCT FROM p.id
RETURNING customer.id AS customer_id
""")

_CONTACTS = text("""
INSERT INTO contact
  (netsuite_id, customer_id, name, email, role, language, suppressed_at, suppressed_reason)
SELECT r.netsuite_id, c.id, r.name, r.email, r.role, COALESCE(NULLIF(r.language, ''), c.language),
  CASE WHEN r.inactive THEN CAST(:now AS timestamptz) END,
  CASE WHEN r.inactive THEN :inactive ELSE '' END
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, customer text, name text, email text, role text, language text,
       inactive boolean)
JOIN customer c ON c.netsuite_id = r.customer
ON CONFLICT (netsuite_id) DO UPDATE
SET customer_id = excluded.customer_id, name = excluded.name, email = excluded.email,
    role = excluded.role, language = excluded.language,
    suppressed_at = CASE
      WHEN contact.suppressed_reason IN ('', :inactive) THEN excluded.suppressed_at
      ELSE contact.suppressed_at END,
    suppressed_reason = CASE
      WHEN contact.suppressed_reason IN ('', :inactive) THEN excluded.suppressed_reason
      ELSE contact.suppressed_reason END
WHERE (contact.customer_id, contact.name, contact.email, contact.role, contact.language)
    IS DISTINCT FROM
    (excluded.customer_id, excluded.name, excluded.email, excluded.role, excluded.language)
  OR (contact.suppressed_reason IN ('', :inactive)
      AND contact.suppressed_reason <> excluded.suppressed_reason)
RETURNING customer_id
""")

_INVOICES = text("""
INSERT INTO invoice
  (netsuite_id, number, customer_id, subsidiary_id, currency, total_minor, open_minor, issued_on,
   due_on, status, po_number, memo, row_hash, erp_modified_at, seen_at)
SELECT r.netsuite_id, r.number, c.id, s.id, r.currency, r.total_minor, r.open_minor, r.issued_on,
  r.due_on, r.status, r.po_number, r.memo, md5(r::text), r.modified_at, :now
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, number text, customer text, subsidiary text, currency text,
       total_minor bigint, open_minor bigint, issued_on date, due_on date, status text,
       po_number text, memo text, modified_at timestamptz)
JOIN customer c ON c.netsuite_id = r.customer
LEFT JOIN subsidiary s ON s.netsuite_id = r.subsidiary
ON CONFLICT (netsuite_id) DO UPDATE
SET number = excluded.number, customer_id = excluded.customer_id,
    subsidiary_id = excluded.subsidiary_id, currency = excluded.currency,
    total_minor = excluded.total_minor, open_minor = excluded.open_minor,
    issued_on = excluded.issued_on, due_on = excluded.due_on, status = excluded.status,
    po_number = excluded.po_number, memo = excluded.memo, row_hash = excluded.row_hash,
    erp_modified_at = excluded.erp_modified_at, seen_at = excluded.seen_at
WHERE invoice.row_hash <> excluded.row_hash
RETURNING customer_id
""")

_GONE_INVOICES = text("""
UPDATE invoice SET status = 'voided', open_minor = 0, row_hash = 'gone', seen_at = :now
WHERE netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:rows AS jsonb)))
  AND row_hash <> 'gone'
RETURNING customer_id
""")

_CREDITS = text("""
INSERT INTO credit_memo
  (netsuite_id, number, customer_id, currency, total_minor, open_minor, issued_on, status,
   row_hash, erp_modified_at)
SELECT r.netsuite_id, r.number, c.id, r.currency, r.total_minor, r.open_minor, r.on_day,
  CASE WHEN r.voided THEN 'voided' WHEN r.open_minor > 0 THEN 'open' ELSE 'applied' END,
  md5(r::text), r.modified_at
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, number text, customer text, currency text, total_minor bigint,
       open_minor bigint, on_day date, voided boolean, external_id text, memo text,
       modified_at timestamptz)
JOIN customer c ON c.netsuite_id = r.customer
ON CONFLICT (netsuite_id) DO UPDATE
SET number = excluded.number, customer_id = excluded.customer_id, currency = excluded.currency,
    total_minor = excluded.total_minor, open_minor = excluded.open_minor,
    issued_on = excluded.issued_on, status = excluded.status, row_hash = excluded.row_hash,
    erp_modified_at = excluded.erp_modified_at
WHERE credit_memo.row_hash <> excluded.row_hash
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

_PAYMENTS = text("""
INSERT INTO payment
  (source, source_id, netsuite_id, number, customer_id, payer_name, payer_account, reference,
   currency, amount_minor, unapplied_minor, received_on, state, match, row_hash, erp_modified_at,
   created_at)
SELECT 'netsuite', r.netsuite_id, r.netsuite_id, r.number, c.id, '', '', r.memo, r.currency,
  r.total_minor, r.open_minor, r.on_day, CASE WHEN r.voided THEN 'reversed' ELSE 'posted' END,
  '{}'::jsonb, md5(r::text), r.modified_at, :now
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, number text, customer text, currency text, total_minor bigint,
       open_minor bigint, on_day date, voided boolean, external_id text, memo text,
       modified_at timestamptz)
JOIN customer c ON c.netsuite_id = r.customer
ON CONFLICT (netsuite_id) DO UPDATE
SET number = excluded.number, customer_id = excluded.customer_id,
    unapplied_minor = excluded.unapplied_minor, state = excluded.state,
    row_hash = excluded.row_hash, erp_modified_at = excluded.erp_modified_at,
    amount_minor = CASE WHEN payment.source = 'netsuite' THEN excluded.amount_minor
      ELSE payment.amount_minor END,
    received_on = CASE WHEN payment.source = 'netsuite' THEN excluded.received_on
      ELSE payment.received_on END
WHERE payment.row_hash <> excluded.row_hash
RETURNING customer_id
""")

_LINKS = """
WITH r AS (
  SELECT d.id AS document_id, i.id AS invoice_id, x.amount_minor
  FROM jsonb_to_recordset(CAST(:rows AS jsonb))
    AS x(settlement text, invoice text, amount_minor bigint)
  JOIN {table} d ON d.netsuite_id = x.settlement
  JOIN invoice i ON i.netsuite_id = x.invoice
), gone AS (
  DELETE FROM application a USING {table} d
  WHERE a.{column} = d.id
    AND d.netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
    AND NOT EXISTS (
      SELECT 1 FROM r WHERE r.document_id = a.{column} AND r.invoice_id = a.invoice_id)
  RETURNING a.invoice_id
), put AS (
  INSERT INTO application (invoice_id, {column}, amount_minor)
  SELECT r.invoice_id, r.document_id, r.amount_minor FROM r
  ON CONFLICT ({column}, invoice_id) DO UPDATE SET amount_minor = excluded.amount_minor
  WHERE application.amount_minor <> excluded.amount_minor
  RETURNING invoice_id
)
SELECT i.customer_id FROM invoice i JOIN (TABLE gone UNION ALL TABLE put) w ON w.invoice_id = i.id
"""
_APPLICATIONS = tuple(
    text(_LINKS.format(table=table, column=column))
    for table, column in (("payment", "payment_id"), ("credit_memo", "credit_memo_id"))
)

_CHANGED_SETTLEMENTS = text("""
SELECT r.netsuite_id
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, number text, customer text, currency text, total_minor bigint,
       open_minor bigint, on_day date, voided boolean, external_id text, memo text,
       modified_at timestamptz)
LEFT JOIN payment p ON p.netsuite_id = r.netsuite_id
LEFT JOIN credit_memo m ON m.netsuite_id = r.netsuite_id
WHERE COALESCE(p.row_hash, m.row_hash) IS DISTINCT FROM md5(r::text)
""")

_CHANGED_LINKS = text("""
SELECT DISTINCT x.settlement
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS x(settlement text, invoice text, amount_minor bigint)
WHERE NOT EXISTS (
  SELECT 1 FROM application a JOIN invoice i ON i.id = a.invoice_id
  LEFT JOIN payment p ON p.id = a.payment_id
  LEFT JOIN credit_memo m ON m.id = a.credit_memo_id
  WHERE i.netsuite_id = x.invoice AND a.amount_minor = x.amount_minor
    AND COALESCE(p.netsuite_id, m.netsuite_id) = x.settlement)
""")

_LINKED_INVOICES = text("""
SELECT i.netsuite_id FROM application a JOIN invoice i ON i.id = a.invoice_id
LEFT JOIN payment p ON p.id = a.payment_id
LEFT JOIN credit_memo m ON m.id = a.credit_memo_id
WHERE COALESCE(p.netsuite_id, m.netsuite_id)
  IN (SELECT jsonb_array_elements_text(CAST(:rows AS jsonb)))
""")

_UNKNOWN_CUSTOMERS = text("""
SELECT DISTINCT r.id FROM jsonb_array_elements_text(CAST(:rows AS jsonb)) AS r(id)
WHERE NOT EXISTS (SELECT 1 FROM customer c WHERE c.netsuite_id = r.id)
""")

INACTIVE = "inactive in the ERP"


async def put_subsidiaries(session: Session, rows: Rows) -> Written:
    """Upsert subsidiaries."""
    return Written(len(await _run(session, _SUBSIDIARIES, rows)))


async def put_periods(session: Session, rows: Rows) -> Written:
    """Upsert posting periods."""
    return Written(len(await _run(session, _PERIODS, rows)))


async def put_customers(session: Session, rows: Rows, now: datetime) -> Written:
    """Upsert customers; parents that are not mirrored yet are left to `put_parents`."""
    written = _counted(await _run(session, _CUSTOMERS, rows, now=now))
    children = [row for row in rows if row.get("parent")]
    return written + await put_parents(session, children)


async def put_parents(session: Session, rows: Rows) -> Written:
    """Point children at their parents, as far as both are mirrored."""
    return _counted(await _run(session, _PARENTS, rows)) if rows else Written()


async def put_contacts(session: Session, rows: Rows, now: datetime) -> Written:
    """Upsert contacts of mirrored customers; inactive ones are suppressed."""
    return _counted(await _run(session, _CONTACTS, rows, now=now, inactive=INACTIVE))


async def put_invoices(session: Session, rows: Rows, now: datetime) -> Written:
    """Upsert invoices of mirrored customers."""
    return _counted(await _run(session, _INVOICES, rows, now=now)) if rows else Written()


async def void_missing(session: Session, netsuite_ids: Sequence[str], now: datetime) -> Written:
    """Close invoices that the ERP no longer has."""
    if not netsuite_ids:
        return Written()
    return _counted(await _run(session, _GONE_INVOICES, netsuite_ids, now=now))


async def put_credits(session: Session, rows: Rows) -> Written:
    """Upsert credit memos of mirrored customers."""
    return _counted(await _run(session, _CREDITS, rows)) if rows else Written()


async def put_payments(session: Session, rows: Rows, now: datetime) -> Written:
    """Upsert payments of mirrored customers; one we posted joins the receipt it was made from."""
    if not rows:
        return Written()
    joined = _counted(await _run(session, _OWN_PAYMENTS, rows))
    return joined + _counted(await _run(session, _PAYMENTS, rows, now=now))


async def put_applications(
    session: Session, rows: Rows, settlement_netsuite_ids: Iterable[str]
) -> Written:
    """Make the applications of these settlements exactly `rows`; unmirrored invoices are left out.

    The customers are those of the invoices concerned.
    """
    ids = json.dumps(sorted(settlement_netsuite_ids))
    written = Written()
    for statement in _APPLICATIONS:
        written += _counted(await _run(session, statement, rows, ids=ids))
    return written


async def changed_settlements(session: Session, rows: Rows) -> set[str]:
    """Which of these payments and credits (ERP ids) differ from what is mirrored."""
    return _first(await _run(session, _CHANGED_SETTLEMENTS, rows)) if rows else set()


async def changed_links(session: Session, rows: Rows) -> set[str]:
    """ERP ids of the settlements of those applications that the mirror does not hold."""
    return _first(await _run(session, _CHANGED_LINKS, rows)) if rows else set()


async def linked_invoices(session: Session, settlement_netsuite_ids: Iterable[str]) -> set[str]:
    """ERP ids of the invoices that these settlements are applied to in the mirror."""
    return _first(await _run(session, _LINKED_INVOICES, sorted(settlement_netsuite_ids)))


async def unknown_customers(session: Session, netsuite_ids: Iterable[str]) -> set[str]:
    """Which of these ERP ids are not mirrored as customers."""
    return _first(await _run(session, _UNKNOWN_CUSTOMERS, sorted(netsuite_ids)))


async def _run(
    session: Session, statement: TextClause, rows: Sequence[object], **extra: object
) -> Sequence[Row[tuple[object, ...]]]:
    connection = await session.connection()
    result = await connection.execute(statement, {"rows": json.dumps(rows), **extra})
    return result.all()


def _counted(found: Sequence[Row[tuple[object, ...]]]) -> Written:
    return Written(len(found), frozenset(int(str(row[0])) for row in found if row[0] is not None))


def _first(found: Sequence[Row[tuple[object, ...]]]) -> set[str]:
    return {str(row[0]) for row in found}

"""What hangs on documents, page by page: applications, what refunds paid out, invoice lines."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import TextClause, text

from store.engine import Session
from store.erp_bulk import Rows, Written, counted, run, texts

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
    text(_LINKS.format(table=table, column=f"{table}_id"))
    for table in ("payment", "credit_memo", "settlement")
)

_REFUND_LINES = text("""
WITH r AS (
  SELECT d.id AS settlement_id, x.invoice AS paid_out, x.amount_minor
  FROM jsonb_to_recordset(CAST(:rows AS jsonb))
    AS x(settlement text, invoice text, amount_minor bigint)
  JOIN settlement d ON d.netsuite_id = x.settlement AND d.kind = 'refund'
), gone AS (
  DELETE FROM refund_line l USING settlement d
  WHERE l.settlement_id = d.id
    AND d.netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
    AND NOT EXISTS (SELECT 1 FROM r
      WHERE r.settlement_id = l.settlement_id AND r.paid_out = l.paid_out_netsuite_id)
  RETURNING l.settlement_id
), put AS (
  INSERT INTO refund_line (settlement_id, paid_out_netsuite_id, amount_minor)
  SELECT r.settlement_id, r.paid_out, r.amount_minor FROM r
  ON CONFLICT (settlement_id, paid_out_netsuite_id) DO UPDATE
  SET amount_minor = excluded.amount_minor
  WHERE refund_line.amount_minor <> excluded.amount_minor
  RETURNING settlement_id
)
SELECT d.customer_id FROM settlement d
JOIN (TABLE gone UNION ALL TABLE put) w ON w.settlement_id = d.id
""")

_LINES = text("""
WITH r AS (
  SELECT i.id AS invoice_id, x.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
    AS x(invoice text, line integer, amount_minor bigint, item_netsuite_id text,
         account_netsuite_id text, quantity text, memo text, department_netsuite_id text,
         class_netsuite_id text, location_netsuite_id text, service_starts_on date,
         service_ends_on date, tax boolean)
  JOIN invoice i ON i.netsuite_id = x.invoice
), gone AS (
  DELETE FROM invoice_line l USING invoice i
  WHERE l.invoice_id = i.id
    AND i.netsuite_id IN (SELECT jsonb_array_elements_text(CAST(:ids AS jsonb)))
    AND NOT EXISTS (SELECT 1 FROM r WHERE r.invoice_id = l.invoice_id AND r.line = l.line)
  RETURNING l.invoice_id
), put AS (
  INSERT INTO invoice_line
    (invoice_id, line, amount_minor, item_netsuite_id, account_netsuite_id, quantity, memo,
     department_netsuite_id, class_netsuite_id, location_netsuite_id, service_starts_on,
     service_ends_on, tax)
  SELECT r.invoice_id, r.line, r.amount_minor, r.item_netsuite_id, r.account_netsuite_id,
    r.quantity, r.memo, r.department_netsuite_id, r.class_netsuite_id, r.location_netsuite_id,
    r.service_starts_on, r.service_ends_on, r.tax
  FROM r
  ON CONFLICT (invoice_id, line) DO UPDATE
  SET amount_minor = excluded.amount_minor, item_netsuite_id = excluded.item_netsuite_id,
      account_netsuite_id = excluded.account_netsuite_id, quantity = excluded.quantity,
      memo = excluded.memo, department_netsuite_id = excluded.department_netsuite_id,
      class_netsuite_id = excluded.class_netsuite_id,
      location_netsuite_id = excluded.location_netsuite_id,
      service_starts_on = excluded.service_starts_on,
      service_ends_on = excluded.service_ends_on, tax = excluded.tax
  WHERE (invoice_line.amount_minor, invoice_line.item_netsuite_id,
         invoice_line.account_netsuite_id, invoice_line.quantity, invoice_line.memo,
         invoice_line.department_netsuite_id, invoice_line.class_netsuite_id,
         invoice_line.location_netsuite_id, invoice_line.service_starts_on,
         invoice_line.service_ends_on, invoice_line.tax)
    IS DISTINCT FROM
        (excluded.amount_minor, excluded.item_netsuite_id, excluded.account_netsuite_id,
         excluded.quantity, excluded.memo, excluded.department_netsuite_id,
         excluded.class_netsuite_id, excluded.location_netsuite_id, excluded.service_starts_on,
         excluded.service_ends_on, excluded.tax)
  RETURNING invoice_id
)
SELECT count(*) FROM (TABLE gone UNION ALL TABLE put) w
""")

_KNOWN_LINKS = """
  SELECT d.netsuite_id AS settlement, i.netsuite_id AS invoice, a.amount_minor
  FROM application a JOIN invoice i ON i.id = a.invoice_id
  JOIN {table} d ON d.id = a.{table}_id
  WHERE d.netsuite_id IN (SELECT settlement FROM r)
"""
_STANDING = "UNION ALL".join(
    (
        *(_KNOWN_LINKS.format(table=t) for t in ("payment", "credit_memo", "settlement")),
        """
  SELECT d.netsuite_id, l.paid_out_netsuite_id, l.amount_minor
  FROM refund_line l JOIN settlement d ON d.id = l.settlement_id
  WHERE d.netsuite_id IN (SELECT settlement FROM r)
""",
    )
)
# Between a settlement and another settlement, unless it is a refund, nothing is kept.
_KEPT = """
  EXISTS (SELECT 1 FROM settlement d WHERE d.netsuite_id = r.settlement AND d.kind = 'refund')
  OR NOT EXISTS (SELECT 1 FROM settlement d WHERE d.netsuite_id = r.invoice
    UNION ALL SELECT 1 FROM payment d WHERE d.netsuite_id = r.invoice
    UNION ALL SELECT 1 FROM credit_memo d WHERE d.netsuite_id = r.invoice)
"""
_READ = """
WITH r AS (
  SELECT DISTINCT settlement, invoice, amount_minor
  FROM jsonb_to_recordset(CAST(:rows AS jsonb))
    AS x(settlement text, invoice text, amount_minor bigint)
)
"""


def _statement(words: str) -> TextClause:
    return text(words.format(read=_READ, standing=_STANDING, kept=_KEPT))


_NEW_LINKS = _statement("""
{read}
SELECT DISTINCT r.settlement FROM r LEFT JOIN ({standing}) k USING (settlement, invoice)
WHERE k.amount_minor IS DISTINCT FROM r.amount_minor AND ({kept})
""")
_OTHER_LINKS = _statement("""
{read}
SELECT r.settlement FROM r LEFT JOIN ({standing}) k USING (settlement, invoice)
WHERE k.amount_minor IS DISTINCT FROM r.amount_minor AND ({kept})
UNION
SELECT k.settlement FROM ({standing}) k LEFT JOIN r USING (settlement, invoice)
WHERE r.settlement IS NULL
""")

_TARGETS = text("""
WITH asked AS (SELECT jsonb_array_elements_text(CAST(:rows AS jsonb)) AS id)
SELECT i.netsuite_id FROM asked JOIN payment d ON d.netsuite_id = asked.id
JOIN application a ON a.payment_id = d.id JOIN invoice i ON i.id = a.invoice_id
UNION SELECT i.netsuite_id FROM asked JOIN credit_memo d ON d.netsuite_id = asked.id
JOIN application a ON a.credit_memo_id = d.id JOIN invoice i ON i.id = a.invoice_id
UNION SELECT i.netsuite_id FROM asked JOIN settlement d ON d.netsuite_id = asked.id
JOIN application a ON a.settlement_id = d.id JOIN invoice i ON i.id = a.invoice_id
UNION SELECT l.paid_out_netsuite_id FROM asked JOIN settlement d ON d.netsuite_id = asked.id
JOIN refund_line l ON l.settlement_id = d.id
UNION SELECT o.netsuite_id FROM asked JOIN settlement d ON d.netsuite_id = asked.id
JOIN settlement o ON o.customer_id = d.customer_id AND o.kind = 'deposit' AND o.gone_at IS NULL
WHERE d.kind = 'deposit_application'
""")

_SOURCES = text("""
WITH asked AS (SELECT jsonb_array_elements_text(CAST(:rows AS jsonb)) AS id)
SELECT COALESCE(p.netsuite_id, m.netsuite_id, t.netsuite_id)
FROM asked JOIN invoice i ON i.netsuite_id = asked.id JOIN application a ON a.invoice_id = i.id
LEFT JOIN payment p ON p.id = a.payment_id
LEFT JOIN credit_memo m ON m.id = a.credit_memo_id
LEFT JOIN settlement t ON t.id = a.settlement_id
WHERE COALESCE(p.netsuite_id, m.netsuite_id, t.netsuite_id) IS NOT NULL
UNION SELECT t.netsuite_id FROM asked JOIN refund_line l ON l.paid_out_netsuite_id = asked.id
JOIN settlement t ON t.id = l.settlement_id
""")

_DEPOSITS = text("""
SELECT DISTINCT o.netsuite_id FROM jsonb_array_elements_text(CAST(:rows AS jsonb)) AS asked(id)
JOIN customer c ON c.netsuite_id = asked.id
JOIN settlement o ON o.customer_id = c.id AND o.kind = 'deposit' AND o.gone_at IS NULL
""")

_UNKNOWN = text("""
SELECT DISTINCT asked.id FROM jsonb_array_elements_text(CAST(:rows AS jsonb)) AS asked(id)
WHERE NOT EXISTS (SELECT 1 FROM invoice d WHERE d.netsuite_id = asked.id)
  AND NOT EXISTS (SELECT 1 FROM payment d WHERE d.netsuite_id = asked.id)
  AND NOT EXISTS (SELECT 1 FROM credit_memo d WHERE d.netsuite_id = asked.id)
  AND NOT EXISTS (SELECT 1 FROM settlement d WHERE d.netsuite_id = asked.id)
""")


async def put_applications(
    session: Session, rows: Rows, settlement_netsuite_ids: Iterable[str]
) -> Written:
    """Make the applications of these settlements exactly `rows`; unmirrored invoices are left out.

    The customers are those of the invoices concerned, or of the refund.
    """
    ids = json.dumps(sorted(settlement_netsuite_ids))
    written = Written()
    for statement in (*_APPLICATIONS, _REFUND_LINES):
        written += counted(await run(session, statement, rows, ids=ids))
    return written


async def put_lines(session: Session, rows: Rows, invoice_netsuite_ids: Iterable[str]) -> Written:
    """Make the lines of these invoices exactly `rows`."""
    ids = json.dumps(sorted(invoice_netsuite_ids))
    found = await run(session, _LINES, rows, ids=ids)
    return Written(int(str(found[0][0])))


async def changed_links(session: Session, rows: Rows, *, whole: bool = False) -> set[str]:
    """ERP ids of settlements whose applications the mirror does not hold as `rows` has them.

    `whole`: the rows are all applications of their settlements, so what the mirror has beyond
    them counts too.
    """
    if not rows:
        return set()
    return texts(await run(session, _OTHER_LINKS if whole else _NEW_LINKS, rows))


async def targets(session: Session, settlement_netsuite_ids: Iterable[str]) -> set[str]:
    """What these settlements are set against in the mirror: invoices, what a refund paid out,
    and for a deposit application the deposits of its customer.
    """
    return texts(await run(session, _TARGETS, sorted(settlement_netsuite_ids)))


async def sources(session: Session, netsuite_ids: Iterable[str]) -> set[str]:
    """The settlements that are set against these documents in the mirror."""
    return texts(await run(session, _SOURCES, sorted(netsuite_ids)))


async def deposits_of(session: Session, customer_netsuite_ids: Iterable[str]) -> set[str]:
    """ERP ids of the mirrored deposits of these customers."""
    return texts(await run(session, _DEPOSITS, sorted(customer_netsuite_ids)))


async def unknown_documents(session: Session, netsuite_ids: Iterable[str]) -> set[str]:
    """Which of these ERP ids are mirrored as no document at all."""
    return texts(await run(session, _UNKNOWN, sorted(netsuite_ids)))

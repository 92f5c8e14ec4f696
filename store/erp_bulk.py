"""Pages of ERP records into the mirror: one statement a page, nothing written when nothing moved.

Each function takes rows as JSON objects. PostgreSQL reads them with jsonb_to_recordset, resolves
the ERP's ids to ours by joining, and leaves rows alone whose hash is the stored one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import TextClause, text

from store.engine import Session

Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Written:
    """What a page changed: rows written, and the customers (our ids) they belong to."""

    rows: int = 0
    customer_ids: frozenset[int] = frozenset()

    def __add__(self, other: Written) -> Written:
        return Written(self.rows + other.rows, self.customer_ids | other.customer_ids)


HASH = "md5((to_jsonb(r) - 'modified_at')::text)"

_CUSTOMERS = text("""
INSERT INTO customer
  (netsuite_id, entity_number, name, legal_name, parent_id, subsidiary_id, currency, email, phone,
   country, region, timezone, language, inactive, credit_hold, credit_limit_minor,
   terms_netsuite_id, external_id, custom, natural_person, auto_followup,
   stripe_customer_id, tags, row_hash, erp_modified_at, seen_at)
SELECT r.netsuite_id, r.entity_number, r.name, r.legal_name, p.id, s.id, r.currency, r.email,
  r.phone, COALESCE(NULLIF(r.country, ''), s.country, ''), r.region,
  COALESCE(r.timezone, ''), COALESCE(NULLIF(r.language, ''), 'en'), r.inactive,
  r.credit_hold, r.credit_limit_minor, r.terms, r.external_id, r.custom, false, false,
  NULLIF(r.stripe_customer_id, ''), '[]'::jsonb,
  md5((to_jsonb(r) - 'modified_at')::text), r.modified_at, :now
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(netsuite_id text, entity_number text, name text, legal_name text, parent text,
       subsidiary text, currency text, email text, phone text, country text, region text,
       timezone text, language text, inactive boolean, credit_hold boolean,
       credit_limit_minor bigint, terms text, external_id text, custom jsonb,
       stripe_customer_id text, moment integer, modified_at timestamptz)
LEFT JOIN customer p ON p.netsuite_id = r.parent
LEFT JOIN subsidiary s ON s.netsuite_id = r.subsidiary
ON CONFLICT (netsuite_id) DO UPDATE
SET entity_number = excluded.entity_number, name = excluded.name,
    legal_name = excluded.legal_name, parent_id = excluded.parent_id,
    subsidiary_id = excluded.subsidiary_id, currency = excluded.currency,
    email = excluded.email, phone = excluded.phone, country = excluded.country,
    region = excluded.region, timezone = excluded.timezone, language = excluded.language,
    inactive = excluded.inactive, credit_hold = excluded.credit_hold,
    credit_limit_minor = excluded.credit_limit_minor,
    terms_netsuite_id = excluded.terms_netsuite_id, external_id = excluded.external_id,
    custom = excluded.custom,
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

_UNKNOWN_CUSTOMERS = text("""
SELECT DISTINCT r.id FROM jsonb_array_elements_text(CAST(:rows AS jsonb)) AS r(id)
WHERE NOT EXISTS (SELECT 1 FROM customer c WHERE c.netsuite_id = r.id)
""")

INACTIVE = "inactive in the ERP"


async def put_customers(session: Session, rows: Rows, now: datetime) -> Written:
    """Upsert customers; parents that are not mirrored yet are left to `put_parents`."""
    written = counted(await run(session, _CUSTOMERS, rows, now=now))
    children = [row for row in rows if row.get("parent")]
    return written + await put_parents(session, children)


async def put_parents(session: Session, rows: Rows) -> Written:
    """Point children at their parents, as far as both are mirrored."""
    return counted(await run(session, _PARENTS, rows)) if rows else Written()


async def put_contacts(session: Session, rows: Rows, now: datetime) -> Written:
    """Upsert contacts of mirrored customers; inactive ones are suppressed."""
    return counted(await run(session, _CONTACTS, rows, now=now, inactive=INACTIVE))


async def unknown_customers(session: Session, netsuite_ids: Iterable[str]) -> set[str]:
    """Which of these ERP ids are not mirrored as customers."""
    return texts(await run(session, _UNKNOWN_CUSTOMERS, sorted(netsuite_ids)))


async def run(
    session: Session, statement: TextClause, rows: Sequence[object], **extra: object
) -> Sequence[tuple[Any, ...]]:
    """A statement over `rows` as JSON, and what it returned."""
    connection = await session.connection()
    result = await connection.execute(statement, {"rows": json.dumps(rows), **extra})
    return [tuple(row) for row in result]


def counted(found: Sequence[tuple[Any, ...]]) -> Written:
    """Rows returned, by the customer in their first column."""
    return Written(len(found), frozenset(int(str(row[0])) for row in found if row[0] is not None))


def texts(found: Sequence[tuple[Any, ...]]) -> set[str]:
    """The first column as a set of texts."""
    return {str(row[0]) for row in found}

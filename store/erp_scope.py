"""What the mirror holds in a span of ERP ids: a full read tells page by page what has vanished.

ERP ids are whole numbers kept as texts, so a shorter one is the smaller one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import TextClause, text

from store.engine import Session
from store.erp_bulk import INACTIVE, Written, counted, run

_SPAN = """(length({id}), {id} COLLATE "C") > (length(CAST(:after AS text)), CAST(:after AS text))
  AND (CAST(:last AS text) = '' OR
    (length({id}), {id} COLLATE "C") <= (length(CAST(:last AS text)), CAST(:last AS text)))"""
_STANDING = """
SELECT netsuite_id FROM invoice
WHERE gone_at IS NULL AND {span}
  AND (issued_on >= :since OR seen_at >= :since OR open_minor > 0
    OR status NOT IN ('paid', 'voided'))
UNION ALL SELECT netsuite_id FROM payment
WHERE gone_at IS NULL AND netsuite_id IS NOT NULL AND {span}
  AND (COALESCE(erp_on, received_on) >= :since OR seen_at >= :since OR unapplied_minor <> 0)
UNION ALL SELECT netsuite_id FROM credit_memo
WHERE gone_at IS NULL AND {span}
  AND (issued_on >= :since OR seen_at >= :since OR open_minor <> 0)
UNION ALL SELECT netsuite_id FROM settlement
WHERE gone_at IS NULL AND {span}
  AND (on_day >= :since OR seen_at >= :since OR open_minor <> 0)
"""


def _in_span(words: str) -> TextClause:
    return text(
        words.replace("{standing}", _STANDING).replace("{span}", _SPAN.format(id="netsuite_id"))
    )


_DOCUMENTS = _in_span("""
WITH page AS (SELECT jsonb_array_elements_text(CAST(:rows AS jsonb)) AS id),
standing AS ({standing})
SELECT netsuite_id, netsuite_id IN (SELECT id FROM page) FROM standing
""")
_CUSTOMERS = _in_span("""
UPDATE customer SET inactive = true, row_hash = 'gone', seen_at = :now
WHERE row_hash <> 'gone' AND {span}
  AND netsuite_id NOT IN (SELECT jsonb_array_elements_text(CAST(:rows AS jsonb)))
RETURNING id
""")
_CONTACTS = _in_span("""
UPDATE contact SET suppressed_at = :now, suppressed_reason = :inactive
WHERE netsuite_id IS NOT NULL AND suppressed_reason = '' AND {span}
  AND netsuite_id NOT IN (SELECT jsonb_array_elements_text(CAST(:rows AS jsonb)))
RETURNING customer_id
""")


@dataclass(frozen=True, slots=True)
class Span:
    """ERP ids after one and up to another; an empty end is none."""

    after: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Documents of a span that were not read, and how many were."""

    netsuite_ids: frozenset[str]
    present: int


async def missing_documents(
    session: Session, span: Span, page_ids: Iterable[str], since: date
) -> Missing:
    """Mirrored documents of the span that are not on the page: open ones, and those that were
    dated, or last seen to change, since a day.
    """
    found = await run(
        session, _DOCUMENTS, sorted(page_ids), after=span.after, last=span.last, since=since
    )
    missing = frozenset(str(row[0]) for row in found if not row[1])
    return Missing(missing, len(found) - len(missing))


async def lose_customers(
    session: Session, span: Span, page_ids: Iterable[str], now: datetime
) -> Written:
    """Make inactive the customers of the span that are not on the page."""
    ids = sorted(page_ids)
    found = await run(session, _CUSTOMERS, ids, after=span.after, last=span.last, now=now)
    return counted(found)


async def lose_contacts(
    session: Session, span: Span, page_ids: Iterable[str], now: datetime
) -> Written:
    """Suppress the contacts of the span that are not on the page."""
    found = await run(
        session,
        _CONTACTS,
        sorted(page_ids),
        after=span.after,
        last=span.last,
        now=now,
        inactive=INACTIVE,
    )
    return counted(found)

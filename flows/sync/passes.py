"""The ERP's changes into the mirror: the fast pass, the wide one, and documents read again.

Every pass reads a window of time stamps by the ERP's own clock, a little more than asked and never
less. A long window is taken in parts; each part's end is kept once the part is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from erp.port import Erp
from erp.rows import application_row
from flows.sync.first_import import FAST, first_import, imported, watched
from flows.sync.follow import follow
from flows.sync.mirror import MASTERS, SyncResult, adopt, masters, put_contacts, put_customers
from store import erp_bulk_links, erp_mirror, erp_states
from store.engine import Database

__all__ = [
    "SyncResult",
    "fast_pass",
    "first_import",
    "imported",
    "refresh_invoices",
    "wide_pass",
]

OVERLAP = timedelta(minutes=15)
# Every time zone's distance from every other one, so that no misjudged clock hides a change.
WIDE_OVERLAP = timedelta(hours=26)
WIDE = "wide"
_PART = timedelta(days=2)
_MASTERS_EVERY = timedelta(days=1)


async def fast_pass(db: Database, erp: Erp, now: datetime) -> SyncResult:
    """What changed in the ERP since the last pass, less an overlap of 15 minutes.

    Without a finished first import this is the first import. Raises ErpUnavailable or ErpRefused,
    also told as the state of the connection.
    """
    async with db.read() as session:
        last = await erp_mirror.cursor(session, FAST)
    if last is None:
        return await first_import(db, erp, now)
    since = datetime.fromisoformat(last.watermark) - OVERLAP
    return await watched(db, now, _changes(db, erp, now, since, FAST))


async def wide_pass(db: Database, erp: Erp, now: datetime) -> SyncResult:
    """The same with an overlap of 26 hours. Nothing before the first import is finished."""
    async with db.read() as session:
        last = await erp_mirror.cursor(session, WIDE) or await erp_mirror.cursor(session, FAST)
    if last is None:
        return SyncResult()
    since = datetime.fromisoformat(last.watermark) - WIDE_OVERLAP
    return await watched(db, now, _changes(db, erp, now, since, WIDE))


async def refresh_invoices(
    db: Database, erp: Erp, netsuite_ids: Sequence[str], now: datetime
) -> SyncResult:
    """Read documents again, as the ERP has them this moment; one it no longer has is gone.

    Committed on its own, so that whoever asks next sees it. Raises ErpUnavailable or ErpRefused.
    """
    found = await erp.documents(netsuite_ids)
    missing = set(netsuite_ids) - {document.netsuite_id for document in found}
    return await follow(db, erp, found, now, gone=missing)


async def _changes(
    db: Database, erp: Erp, now: datetime, since: datetime, cursor: str
) -> SyncResult:
    until = await erp.now()
    result = await _fresh_masters(db, erp, now)
    while since < until:
        end = min(since + _PART, until)
        result += await _part(db, erp, now, since, end)
        result += await _deletions(db, erp, now, since) if end == until else SyncResult()
        async with db.begin() as session:
            await erp_mirror.advance(session, cursor, now=now, watermark=end.isoformat())
        since = end
    return result


async def _part(
    db: Database, erp: Erp, now: datetime, since: datetime, until: datetime
) -> SyncResult:
    result = await _changed_parties(db, erp, now, since, until)
    async for page in erp.changed_documents(since=since, until=until):
        result += await follow(db, erp, page, now)
    return result + await _changed_links(db, erp, now, since, until)


async def _changed_parties(
    db: Database, erp: Erp, now: datetime, since: datetime, until: datetime
) -> SyncResult:
    result, orphans = SyncResult(), dict[str, str]()
    async for customers in erp.customers(since=since, until=until):
        async with db.begin() as session:
            written, alone = await put_customers(session, customers, now)
            await erp_mirror.note_moved(session, written.customer_ids, now)
        result, orphans = result + written, orphans | alone
    if orphans:
        async with db.begin() as session:
            result += await adopt(session, orphans)
    async for contacts in erp.contacts(since=since, until=until):
        async with db.begin() as session:
            written = await put_contacts(session, contacts, now)
            await erp_mirror.note_moved(session, written.customer_ids, now)
        result += written
    return result


async def _changed_links(
    db: Database, erp: Erp, now: datetime, since: datetime, until: datetime
) -> SyncResult:
    """Settlements whose applications moved although their own time stamp did not."""
    links = await erp.changed_links(since=since, until=until)
    rows = [application_row(link) for link in links]
    async with db.read() as session:
        moved = await erp_bulk_links.changed_links(session, rows)
    if not moved:
        return SyncResult()
    page = await erp.documents(sorted(moved))
    return await follow(db, erp, page, now, also=moved)


async def _deletions(db: Database, erp: Erp, now: datetime, since: datetime) -> SyncResult:
    """What the ERP lists as deleted and then really does not have.

    Its list names records of every type, whose ids may be those of documents that stand.
    """
    listed = await erp.deleted(since)
    async with db.read() as session:
        standing = await erp_states.document_states(
            session, {one.netsuite_id for one in listed or ()}
        )
    if not standing:
        return SyncResult()
    return await refresh_invoices(db, erp, sorted(standing), now)


async def _fresh_masters(db: Database, erp: Erp, now: datetime) -> SyncResult:
    """The ERP's lists once a day; posting asks for periods anew anyway."""
    async with db.read() as session:
        last = await erp_mirror.cursor(session, MASTERS)
    if last is not None and now - last.updated_at < _MASTERS_EVERY:
        return SyncResult()
    return await masters(db, erp, now, (now - timedelta(days=10)).date())

"""The ERP into the mirror: the first import, the fast pass, and single invoices re-read."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta

from erp.rows import application_row
from erp.port import Erp, ErpRefused, ErpUnavailable
from flows.first_import import CLOSED_DAYS, FAST, Import, Progress
from flows.mirror import (
    PERIODS,
    SyncResult,
    adopt,
    follow,
    know_customers,
    masters,
    put_contacts,
    put_customers,
    put_documents,
    wrote,
)
from store import erp_bulk, erp_mirror, slots
from store.engine import Database, Session

__all__ = ["SyncResult", "fast_pass", "first_import", "imported", "refresh_invoices"]

OVERLAP = timedelta(minutes=15)


def silent(stream: str, rows: int) -> None:
    """Progress that nobody watches."""
    del stream, rows


async def imported(session: Session) -> bool:
    """Whether a first import was finished."""
    return await erp_mirror.cursor(session, FAST) is not None


async def first_import(
    db: Database,
    erp: Erp,
    now: datetime,
    progress: Progress = silent,
    *,
    closed_days: int = CLOSED_DAYS,
) -> SyncResult:
    """Everything open, and what was dated or closed in the last `closed_days`.

    An interrupted import goes on where its last committed page ended; a finished one starts over
    and writes only differences. `progress` hears the stream and the rows read so far. Raises
    ErpUnavailable or ErpRefused, also told as the state of the connection.
    """
    return await _watched(db, now, Import(db, erp, now, progress, closed_days).run())


async def fast_pass(db: Database, erp: Erp, now: datetime) -> SyncResult:
    """What changed in the ERP since the last pass, less an overlap of 15 minutes.

    The bounds are by the ERP's own clock. The watermark moves only after the whole window is
    written. Without a finished first import this is the first import.
    """
    async with db.read() as session:
        last = await erp_mirror.cursor(session, FAST)
    if last is None:
        return await first_import(db, erp, now)
    since = datetime.fromisoformat(last.watermark) - OVERLAP
    return await _watched(db, now, _changes(db, erp, now, since))


async def refresh_invoices(
    db: Database, erp: Erp, netsuite_ids: Sequence[str], now: datetime
) -> SyncResult:
    """Read invoices again, as the ERP has them this moment; one it no longer has is voided.

    Committed on its own, so that whoever asks next sees it. Raises ErpUnavailable or ErpRefused.
    """
    found = await erp.documents(netsuite_ids)
    missing = set(netsuite_ids) - {document.netsuite_id for document in found}
    result = await know_customers(db, erp, found, now)
    async with db.begin() as session:
        result += await put_documents(session, found, now)
        gone = await erp_bulk.void_missing(session, sorted(missing), now)
    return result + wrote("invoices", gone)


async def _watched(db: Database, now: datetime, work: Awaitable[SyncResult]) -> SyncResult:
    """Do it, and note how the connection did."""
    try:
        result = await work
    except (ErpUnavailable, ErpRefused) as error:
        async with db.begin() as session:
            await slots.report(session, "netsuite", ok=False, detail=str(error), now=now)
        raise
    detail = "; ".join(("left out:", *result.left_out)) if result.left_out else ""
    async with db.begin() as session:
        await slots.report(session, "netsuite", ok=True, detail=detail, now=now)
    return result


async def _changes(db: Database, erp: Erp, now: datetime, since: datetime) -> SyncResult:
    until = await erp.now()
    result = await _changed_parties(db, erp, now, since, until)
    result += await _fresh_periods(db, erp, now)
    seen: set[str] = set()
    async for page in erp.changed_documents(since=since, until=until):
        result += await follow(db, erp, page, now, also=frozenset())
        seen |= {document.netsuite_id for document in page}
    result += await _changed_links(db, erp, now, since, until)
    async with db.begin() as session:
        await erp_mirror.advance(session, FAST, now=now, watermark=until.isoformat())
    return result


async def _changed_parties(
    db: Database, erp: Erp, now: datetime, since: datetime, until: datetime
) -> SyncResult:
    result, orphans = SyncResult(), dict[str, str]()
    async for customers in erp.customers(since=since, until=until):
        async with db.begin() as session:
            written, alone = await put_customers(session, customers, now)
        result, orphans = result + written, orphans | alone
    async with db.begin() as session:
        result += await adopt(session, orphans)
    async for contacts in erp.contacts(since=since, until=until):
        async with db.begin() as session:
            result += await put_contacts(session, contacts, now)
    return result


async def _changed_links(
    db: Database, erp: Erp, now: datetime, since: datetime, until: datetime
) -> SyncResult:
    """Settlements whose applications moved although their own time stamp did not."""
    links = await erp.changed_links(since=since, until=until)
    rows = [application_row(link) for link in links]
    async with db.read() as session:
        moved = await erp_bulk.changed_links(session, rows)
    if not moved:
        return SyncResult()
    page = await erp.documents(sorted(moved))
    return await follow(db, erp, page, now, also=frozenset(moved))


async def _fresh_periods(db: Database, erp: Erp, now: datetime) -> SyncResult:
    """Periods once a day; posting asks for them anew anyway."""
    async with db.read() as session:
        last = await erp_mirror.cursor(session, PERIODS)
    if last is not None and now - last.updated_at < timedelta(days=1):
        return SyncResult()
    return await masters(db, erp, now)

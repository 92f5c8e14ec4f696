"""The first import: everything open and what was closed lately, with nobody written to."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import UTC, date, datetime, timedelta

from erp.port import Erp, ErpRefused, ErpUnavailable
from flows.sync.full_read import Bounds, FullRead, Progress
from flows.sync.mirror import SyncResult, masters
from store import erp_mirror, slots
from store.engine import Database, Session

CLOSED_DAYS = 90
FAST = "fast"
SCOPE = "scope"
_FIRST = "first"


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

    An interrupted import goes on where its last committed page ended; a finished one starts over,
    writes only differences, and tells drift of them. `progress` hears the stream and the rows read
    so far. Raises ErpUnavailable or ErpRefused, also told as the state of the connection.
    """
    return await watched(db, now, _import(db, erp, now, progress, closed_days))


async def closed_days_in_scope(session: Session) -> int:
    """How many days back the import went for what is closed."""
    row = await erp_mirror.cursor(session, SCOPE)
    return int(row.watermark) if row is not None else CLOSED_DAYS


async def watched(db: Database, now: datetime, work: Awaitable[SyncResult]) -> SyncResult:
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


async def begin(db: Database, erp: Erp, name: str, now: datetime, closed_days: int) -> Bounds:
    """The bounds of a read of that name; those it began with, if it was interrupted."""
    async with db.read() as session:
        begun = await erp_mirror.cursor(session, name)
    if begun is not None:
        since = date.fromisoformat(str(begun.progress["closed_since"]))
        return Bounds(datetime.fromisoformat(begun.watermark), since)
    until = await erp.now()
    since = until.astimezone(UTC).date() - timedelta(days=closed_days)
    async with db.begin() as session:
        await erp_mirror.advance(
            session,
            name,
            now=now,
            watermark=until.isoformat(),
            progress={"closed_since": since.isoformat()},
        )
    return Bounds(until, since)


async def _import(
    db: Database, erp: Erp, now: datetime, progress: Progress, closed_days: int
) -> SyncResult:
    async with db.read() as session:
        first = not await imported(session)
    bounds = await begin(db, erp, _FIRST, now, closed_days)
    read = FullRead(db, erp, now, name=_FIRST, first=first, progress=progress)
    result = await masters(db, erp, now, bounds.closed_since)
    result += await read.run(bounds)
    async with db.begin() as session:
        await erp_mirror.advance(session, FAST, now=now, watermark=bounds.until.isoformat())
        await erp_mirror.advance(session, SCOPE, now=now, watermark=str(closed_days))
        await erp_mirror.forget(session, [_FIRST])
        await read.forget(session)
        await erp_mirror.refresh_statistics(session)
    return result

"""The nightly pass: everything in scope read again, so that nothing stays unseen.

Time stamps that did not move, deletions that nobody lists, links that changed by themselves: what
the passes of the day cannot see is found here by holding the whole of it against the mirror.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from erp.port import Erp, ErpDeleted
from flows.drift.observing import after_nightly
from flows.sync.first_import import FAST, begin, closed_days_in_scope, imported, silent, watched
from flows.sync.full_read import FullRead, streams_of
from flows.sync.mirror import SyncResult, masters
from flows.sync.passes import fast_pass, refresh_invoices
from store import erp_mirror, erp_states
from store.engine import Database

NIGHTLY = "nightly"
# A document of the very moment of the fast pass may be on neither side of it.
_BOUNDARY = timedelta(minutes=2)
_DELETIONS_OF = timedelta(days=8)
_STALE_AFTER = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class NightlyResult:
    """What a nightly pass saw.

    `missing_netsuite_ids`: documents that the ERP has no more. `unexpected`: documents that no
    pass had shown although they are older than the last one. `deleted`: deletions as the ERP
    lists them; none where the role may not read them.
    """

    seen: SyncResult
    missing_netsuite_ids: Sequence[str] = ()
    deleted: Sequence[ErpDeleted] = ()
    unexpected: Sequence[str] = ()


async def nightly(db: Database, erp: Erp, now: datetime) -> NightlyResult | None:
    """Reconcile the mirror with the ERP; None before the first import is finished.

    An interrupted pass goes on where it was, unless that is long ago. Drift is judged at the end.
    Raises ErpUnavailable or ErpRefused, also told as the state of the connection.
    """
    async with db.read() as session:
        if not await imported(session):
            return None
    await _forget_stale(db, now)
    seen = await fast_pass(db, erp, now)
    result: list[NightlyResult] = []

    async def work() -> SyncResult:
        found = await _reconciled(db, erp, now, seen)
        unread = SyncResult(left_out=await after_nightly(db, erp, found.unexpected, now))
        result.append(replace(found, seen=found.seen + unread))
        return result[0].seen

    await watched(db, now, work())
    return result[0]


async def _reconciled(db: Database, erp: Erp, now: datetime, seen: SyncResult) -> NightlyResult:
    async with db.read() as session:
        fast = await erp_mirror.cursor(session, FAST)
        days = await closed_days_in_scope(session)
    bounds = await begin(db, erp, NIGHTLY, now, days)
    known = datetime.fromisoformat(fast.watermark) - _BOUNDARY if fast is not None else None
    read = FullRead(db, erp, now, name=NIGHTLY, first=False, progress=silent, known=known)
    seen += await masters(db, erp, now, bounds.closed_since)
    deleted, lost, absent = await _deletions(db, erp, now)
    seen += lost
    seen += await read.run(bounds)
    async with db.begin() as session:
        await erp_mirror.forget(session, [NIGHTLY])
        await read.forget(session)
    return NightlyResult(
        seen=seen,
        missing_netsuite_ids=[*absent, *read.missing],
        deleted=deleted,
        unexpected=list(read.passed_over),
    )


async def _deletions(
    db: Database, erp: Erp, now: datetime
) -> tuple[Sequence[ErpDeleted], SyncResult, Sequence[str]]:
    """What the ERP lists as deleted, and the mirrored documents of it that it does not have."""
    deleted = await erp.deleted(now - _DELETIONS_OF) or ()
    async with db.read() as session:
        standing = await erp_states.document_states(session, {one.netsuite_id for one in deleted})
    if not standing:
        return deleted, SyncResult(), ()
    result = await refresh_invoices(db, erp, sorted(standing), now)
    async with db.read() as session:
        left = await erp_states.document_states(session, standing)
    return deleted, result, sorted(standing.keys() - left.keys())


async def _forget_stale(db: Database, now: datetime) -> None:
    """A pass that was interrupted long ago starts over."""
    async with db.begin() as session:
        begun = await erp_mirror.cursor(session, NIGHTLY)
        if begun is not None and now - begun.updated_at > _STALE_AFTER:
            await erp_mirror.forget(session, [NIGHTLY, *streams_of(NIGHTLY)])

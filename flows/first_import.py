"""The first import: streams read once each, resumable page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from erp.port import Document, Erp, ErpApplication, ErpContact
from flows.mirror import (
    SyncResult,
    adopt,
    know_customers,
    masters,
    put_applications,
    put_contacts,
    put_customers,
    put_documents,
)
from store import erp_mirror
from store.engine import Database, Session

Progress = Callable[[str, int], None]
T = TypeVar("T")

CLOSED_DAYS = 90
FAST = "fast"
_FIRST = "first"
_STREAMS = ("customers", "contacts", "documents", "applications")


@dataclass(frozen=True, slots=True)
class _At:
    """How far a stream was read. `orphans` are children whose parent was not mirrored yet."""

    stream: str
    last_id: str = ""
    rows: int = 0
    done: bool = False
    orphans: Mapping[str, str] = field(default_factory=dict)

    def after(self, last_id: str, rows: int, orphans: Mapping[str, str]) -> _At:
        return replace(self, last_id=last_id, rows=self.rows + rows, orphans=orphans)

    def finished(self) -> _At:
        return replace(self, done=True, orphans={})


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What a first import covers; fixed when it begins, kept over interruptions."""

    until: datetime
    closed_since: date


class Import:
    """One run of the first import."""

    def __init__(
        self, db: Database, erp: Erp, now: datetime, progress: Progress, closed_days: int
    ) -> None:
        self._db = db
        self._erp = erp
        self._now = now
        self._progress = progress
        self._closed_days = closed_days

    async def run(self) -> SyncResult:
        bounds = await self._begin()
        result = await masters(self._db, self._erp, self._now)
        result += await self._customers(bounds)
        result += await self._contacts(bounds)
        result += await self._documents(bounds)
        result += await self._applications(bounds)
        async with self._db.begin() as session:
            await erp_mirror.advance(
                session, FAST, now=self._now, watermark=bounds.until.isoformat()
            )
            await erp_mirror.forget(session, [_FIRST, *(f"{_FIRST}:{s}" for s in _STREAMS)])
        return result

    async def _begin(self) -> _Bounds:
        async with self._db.read() as session:
            begun = await erp_mirror.cursor(session, _FIRST)
        if begun is not None:
            since = date.fromisoformat(str(begun.progress["closed_since"]))
            return _Bounds(datetime.fromisoformat(begun.watermark), since)
        until = await self._erp.now()
        since = until.astimezone(UTC).date() - timedelta(days=self._closed_days)
        async with self._db.begin() as session:
            await erp_mirror.advance(
                session,
                _FIRST,
                now=self._now,
                watermark=until.isoformat(),
                progress={"closed_since": since.isoformat()},
            )
        return _Bounds(until, since)

    async def _customers(self, bounds: _Bounds) -> SyncResult:
        at = await self._at("customers")
        if at.done:
            return SyncResult()
        result, orphans = SyncResult(), dict(at.orphans)
        pages = self._erp.customers(since=None, until=bounds.until, after_id=at.last_id)
        async for page in pages:
            async with self._db.begin() as session:
                written, alone = await put_customers(session, page, self._now)
                orphans |= alone
                at = at.after(page[-1].netsuite_id, len(page), orphans)
                await self._keep(session, at)
            result += written
            self._progress("customers", at.rows)
        async with self._db.begin() as session:
            result += await adopt(session, orphans)
            await self._keep(session, at.finished())
        return result

    async def _contacts(self, bounds: _Bounds) -> SyncResult:
        async def write(session: Session, page: Sequence[ErpContact]) -> SyncResult:
            return await put_contacts(session, page, self._now)

        at = await self._at("contacts")
        pages = self._erp.contacts(since=None, until=bounds.until, after_id=at.last_id)
        return await self._stream(at, pages, _no_reads, write, lambda one: one.netsuite_id)

    async def _documents(self, bounds: _Bounds) -> SyncResult:
        async def before(page: Sequence[Document]) -> SyncResult:
            return await know_customers(self._db, self._erp, page, self._now)

        async def write(session: Session, page: Sequence[Document]) -> SyncResult:
            return await put_documents(session, page, self._now)

        at = await self._at("documents")
        pages = self._erp.open_documents(closed_since=bounds.closed_since, after_id=at.last_id)
        return await self._stream(at, pages, before, write, lambda one: one.netsuite_id)

    async def _applications(self, bounds: _Bounds) -> SyncResult:
        async def write(session: Session, page: Sequence[ErpApplication]) -> SyncResult:
            return await put_applications(
                session, page, {link.settlement_netsuite_id for link in page}
            )

        at = await self._at("applications")
        pages = self._erp.open_applications(closed_since=bounds.closed_since, after_id=at.last_id)
        return await self._stream(
            at, pages, _no_reads, write, lambda one: one.settlement_netsuite_id
        )

    async def _stream(
        self,
        at: _At,
        pages: AsyncIterator[Sequence[T]],
        before: Callable[[Sequence[T]], Awaitable[SyncResult]],
        write: Callable[[Session, Sequence[T]], Awaitable[SyncResult]],
        id_of: Callable[[T], str],
    ) -> SyncResult:
        """Each page and its cursor in one transaction."""
        result = SyncResult()
        if at.done:
            return result
        async for page in pages:
            result += await before(page)
            async with self._db.begin() as session:
                result += await write(session, page)
                at = at.after(id_of(page[-1]), len(page), {})
                await self._keep(session, at)
            self._progress(at.stream, at.rows)
        async with self._db.begin() as session:
            await self._keep(session, at.finished())
        return result

    async def _at(self, stream: str) -> _At:
        async with self._db.read() as session:
            row = await erp_mirror.cursor(session, f"{_FIRST}:{stream}")
        if row is None:
            return _At(stream)
        kept, orphans = row.progress, row.progress.get("orphans")
        return _At(
            stream,
            last_id=row.last_id,
            rows=int(str(kept.get("rows", 0))),
            done=kept.get("done") is True,
            orphans=orphans if isinstance(orphans, dict) else {},
        )

    async def _keep(self, session: Session, at: _At) -> None:
        await erp_mirror.advance(
            session,
            f"{_FIRST}:{at.stream}",
            now=self._now,
            last_id=at.last_id,
            progress={"rows": at.rows, "done": at.done, "orphans": dict(at.orphans)},
        )


async def _no_reads(page: Sequence[object]) -> SyncResult:
    """What a stream does before it writes when it needs nothing more from the ERP."""
    del page
    return SyncResult()

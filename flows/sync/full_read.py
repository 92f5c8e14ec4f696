"""Everything in scope read once, stream by stream, resumable page by page.

The first import and the nightly pass are such reads. The first import only fills the mirror. A
later one holds each page against the mirror: what differs is followed, what is missing is asked
for by its id, and what the ERP then does not have is gone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from erp.port import (
    Document,
    Erp,
    ErpApplication,
    ErpContact,
    ErpCustomer,
    ErpInvoiceLine,
    ErpRefused,
    ErpUnreadable,
)
from erp.rows import application_row
from flows.sync.follow import follow
from flows.sync.mirror import (
    SyncResult,
    adopt,
    know_customers,
    put_applications,
    put_contacts,
    put_customers,
    put_documents,
    put_lines,
    wrote,
)
from store import erp_bulk_links, erp_mirror, erp_scope
from store.engine import Database, Session
from store.erp_scope import Span

Progress = Callable[[str, int], None]
T = TypeVar("T")

STREAMS = ("customers", "contacts", "documents", "applications", "lines")
# More than this share of a page's span missing at once is a role that sees less, not deletions.
_FEW, _SHARE = 100, 2


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a read covers; fixed when it begins, kept over interruptions."""

    until: datetime
    closed_since: date


@dataclass(frozen=True, slots=True)
class _At:
    """How far a stream was read, and what its end needs of it.

    `kept`: of customers, children whose parent was not mirrored yet; of documents, those that
    were passed over before.
    """

    stream: str
    last_id: str = ""
    rows: int = 0
    done: bool = False
    kept: Mapping[str, str] = field(default_factory=dict)

    def after(self, last_id: str, rows: int, kept: Mapping[str, str]) -> _At:
        return replace(self, last_id=last_id, rows=self.rows + rows, kept=kept)


def streams_of(name: str) -> list[str]:
    """The cursors of a read of that name."""
    return [f"{name}:{stream}" for stream in STREAMS]


class FullRead:
    """One read of everything, under a name that its cursors carry.

    `first`: the mirror is filled for the first time, so nothing is compared and nobody is told.
    `passed_over` collects documents the mirror did not have although they are older than `known`.
    """

    def __init__(
        self,
        db: Database,
        erp: Erp,
        now: datetime,
        *,
        name: str,
        first: bool,
        progress: Progress,
        known: datetime | None = None,
    ) -> None:
        self._db, self._erp, self._now = db, erp, now
        self._name, self._first, self._progress, self._known = name, first, progress, known
        self.missing: list[str] = []
        self.passed_over: dict[str, str] = {}

    async def run(self, bounds: Bounds) -> SyncResult:
        """Read all streams. Raises ErpUnavailable or ErpRefused; what was read stays."""
        result = await self._customers(bounds)
        result += await self._contacts(bounds)
        result += await self._documents(bounds)
        result += await self._applications(bounds)
        return result + await self._lines(bounds)

    async def forget(self, session: Session) -> None:
        """Drop the cursors: the read is over."""
        await erp_mirror.forget(session, streams_of(self._name))

    async def _customers(self, bounds: Bounds) -> SyncResult:
        at = await self._at("customers")
        orphans = dict(at.kept)

        async def write(session: Session, page: Sequence[ErpCustomer], span: Span) -> SyncResult:
            written, alone = await put_customers(session, page, self._now)
            orphans.update(alone)
            if not self._first:
                ids = [one.netsuite_id for one in page]
                lost = await erp_scope.lose_customers(session, span, ids, self._now)
                written += wrote("customers", lost)
                await erp_mirror.note_moved(session, written.customer_ids, self._now)
            return written

        async def end(session: Session) -> SyncResult:
            return await adopt(session, orphans)

        pages = self._erp.customers(since=None, until=bounds.until, after_id=at.last_id)
        return await self._stream(at, pages, write, lambda one: one.netsuite_id, orphans, end)

    async def _contacts(self, bounds: Bounds) -> SyncResult:
        async def write(session: Session, page: Sequence[ErpContact], span: Span) -> SyncResult:
            written = await put_contacts(session, page, self._now)
            if not self._first:
                ids = [one.netsuite_id for one in page]
                lost = await erp_scope.lose_contacts(session, span, ids, self._now)
                written += wrote("contacts", lost)
                await erp_mirror.note_moved(session, written.customer_ids, self._now)
            return written

        at = await self._at("contacts")
        pages = self._erp.contacts(since=None, until=bounds.until, after_id=at.last_id)
        return await self._stream(at, pages, write, lambda one: one.netsuite_id)

    async def _documents(self, bounds: Bounds) -> SyncResult:
        at = await self._at("documents")
        pages = self._erp.open_documents(closed_since=bounds.closed_since, after_id=at.last_id)
        if not self._first:
            return await self._compared(at, pages, bounds)

        async def write(session: Session, page: Sequence[Document], span: Span) -> SyncResult:
            del span
            return await put_documents(session, page, self._now)

        async def before(page: Sequence[Document]) -> SyncResult:
            return await know_customers(self._db, self._erp, page, self._now)

        return await self._stream(at, pages, write, lambda one: one.netsuite_id, before=before)

    async def _compared(
        self, at: _At, pages: AsyncIterator[Sequence[Document]], bounds: Bounds
    ) -> SyncResult:
        """Documents of a later read: what differs is followed, and the page's span left behind."""
        result = SyncResult()
        self.passed_over = dict(at.kept)
        if at.done:
            return result
        async for page in pages:
            span = Span(at.last_id, page[-1].netsuite_id)
            result += await self._page(page, span, bounds)
            at = at.after(span.last, len(page), self.passed_over)
            async with self._db.begin() as session:
                await self._keep(session, at)
            self._progress(at.stream, at.rows)
        result += await self._page((), Span(at.last_id), bounds)
        async with self._db.begin() as session:
            await self._keep(session, replace(at, done=True))
        return result

    async def _page(self, page: Sequence[Document], span: Span, bounds: Bounds) -> SyncResult:
        ids = {one.netsuite_id for one in page}
        async with self._db.read() as session:
            missing = await erp_scope.missing_documents(session, span, ids, bounds.closed_since)
            unknown = await erp_bulk_links.unknown_documents(session, ids)
        self.passed_over |= {
            one.netsuite_id: one.number for one in page if self._was_there(one, unknown)
        }
        found = await self._asked(missing)
        gone = missing.netsuite_ids - {one.netsuite_id for one in found}
        self.missing += sorted(gone)
        return await follow(self._db, self._erp, (*page, *found), self._now, gone=gone)

    def _was_there(self, one: Document, unknown: set[str]) -> bool:
        if isinstance(one, ErpUnreadable) or one.netsuite_id not in unknown:
            return False
        known, at = self._known, one.modified_at
        return known is not None and at is not None and at <= known

    async def _asked(self, missing: erp_scope.Missing) -> Sequence[Document]:
        """Documents of the span by their ids. Raises ErpRefused when implausibly many are gone."""
        if not missing.netsuite_ids:
            return ()
        found = await self._erp.documents(sorted(missing.netsuite_ids))
        gone = len(missing.netsuite_ids) - len(found)
        if gone > _FEW and gone * _SHARE > missing.present + len(found):
            raise ErpRefused(
                f"{gone} of {gone + missing.present + len(found)} documents are not shown any"
                " more; look at what the role may see before they are taken for deleted"
            )
        return found

    async def _applications(self, bounds: Bounds) -> SyncResult:
        async def write(session: Session, page: Sequence[ErpApplication], span: Span) -> SyncResult:
            del span
            return await put_applications(
                session, page, {link.settlement_netsuite_id for link in page}
            )

        at = await self._at("applications")
        pages = self._erp.open_applications(closed_since=bounds.closed_since, after_id=at.last_id)
        before = self._fill_in if self._first else self._follow_links
        put = write if self._first else _nothing
        return await self._stream(
            at, pages, put, lambda one: one.settlement_netsuite_id, before=before
        )

    async def _fill_in(self, page: Sequence[ErpApplication]) -> SyncResult:
        """Documents out of scope that something in scope is applied to."""
        async with self._db.read() as session:
            unknown = await erp_bulk_links.unknown_documents(
                session, {link.invoice_netsuite_id for link in page}
            )
        found = await self._erp.documents(sorted(unknown)) if unknown else ()
        result = await know_customers(self._db, self._erp, found, self._now)
        async with self._db.begin() as session:
            return result + await put_documents(session, found, self._now)

    async def _follow_links(self, page: Sequence[ErpApplication]) -> SyncResult:
        """Settlements whose applications are not what the mirror has."""
        rows = [application_row(link) for link in page]
        async with self._db.read() as session:
            moved = await erp_bulk_links.changed_links(session, rows, whole=True)
        if not moved:
            return SyncResult()
        found = await self._erp.documents(sorted(moved))
        return await follow(self._db, self._erp, found, self._now, also=moved)

    async def _lines(self, bounds: Bounds) -> SyncResult:
        async def write(session: Session, page: Sequence[ErpInvoiceLine], span: Span) -> SyncResult:
            del span
            return await put_lines(session, page, {line.invoice_netsuite_id for line in page})

        at = await self._at("lines")
        pages = self._erp.invoice_lines(closed_since=bounds.closed_since, after_id=at.last_id)
        return await self._stream(at, pages, write, lambda one: one.invoice_netsuite_id)

    async def _stream(
        self,
        at: _At,
        pages: AsyncIterator[Sequence[T]],
        write: Callable[[Session, Sequence[T], Span], Awaitable[SyncResult]],
        id_of: Callable[[T], str],
        kept: Mapping[str, str] | None = None,
        end: Callable[[Session], Awaitable[SyncResult]] | None = None,
        *,
        before: Callable[[Sequence[T]], Awaitable[SyncResult]] | None = None,
    ) -> SyncResult:
        """Each page and its cursor in one transaction; after the last one, what is beyond it."""
        result = SyncResult()
        if at.done:
            return result
        async for page in pages:
            result += await before(page) if before else SyncResult()
            span = Span(at.last_id, id_of(page[-1]))
            async with self._db.begin() as session:
                result += await write(session, page, span)
                at = at.after(span.last, len(page), kept or {})
                await self._keep(session, at)
            self._progress(at.stream, at.rows)
        async with self._db.begin() as session:
            result += await write(session, (), Span(at.last_id))
            result += await end(session) if end else SyncResult()
            await self._keep(session, replace(at, done=True))
        return result

    async def _at(self, stream: str) -> _At:
        async with self._db.read() as session:
            row = await erp_mirror.cursor(session, f"{self._name}:{stream}")
        if row is None:
            return _At(stream)
        told, kept = row.progress, row.progress.get("kept")
        return _At(
            stream,
            last_id=row.last_id,
            rows=int(str(told.get("rows", 0))),
            done=told.get("done") is True,
            kept=kept if isinstance(kept, dict) else {},
        )

    async def _keep(self, session: Session, at: _At) -> None:
        await erp_mirror.advance(
            session,
            f"{self._name}:{at.stream}",
            now=self._now,
            last_id=at.last_id,
            progress={"rows": at.rows, "done": at.done, "kept": dict(at.kept)},
        )


async def _nothing(session: Session, page: Sequence[object], span: Span) -> SyncResult:
    """What a stream writes itself when all was written before."""
    del session, page, span
    return SyncResult()

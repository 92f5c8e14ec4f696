"""Documents, what they are applied to, their lines, and the traces of changes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby

from domain.ledger.money import Money
from erp.netsuite import queries
from erp.netsuite.client import QueryRefused
from erp.netsuite.connection import Connection, chunks, values
from erp.netsuite.errors import Kind
from erp.netsuite.reading import document_rows
from erp.netsuite.suiteql import Row, Select
from erp.port import (
    Document,
    ErpApplication,
    ErpDeleted,
    ErpInvoiceLine,
    ErpNote,
    ErpSettlement,
)


class Ledger(Connection):
    """The part of the port about documents."""

    async def open_documents(
        self, *, closed_since: date, after_id: str = ""
    ) -> AsyncGenerator[Sequence[Document]]:
        plain = queries.open_scope(self._plain(), closed_since)
        journals = queries.open_scope(await self._journals(), closed_since)
        async for page in self._documents(plain, journals, after_id):
            yield page

    async def changed_documents(
        self, *, since: datetime, until: datetime
    ) -> AsyncGenerator[Sequence[Document]]:
        plain = await self.window(self._plain(), "t", since, until)
        journals = await self.window(await self._journals(), "t", since, until)
        async for page in self._documents(plain, journals):
            yield page

    async def documents(self, netsuite_ids: Sequence[str]) -> Sequence[Document]:
        found: list[Document] = []
        async for rows in self.chunked(self._plain(), "t.id", netsuite_ids):
            found += await self._values(rows)
        missing = set(netsuite_ids) - {document.netsuite_id for document in found}
        journals = await self._journals() if missing else queries.JOURNALS
        for ids in chunks(sorted(missing)):
            async for rows in self._journal_pages(queries.among(journals, "t.id", ids)):
                found += await self._values(rows)
        return found

    async def open_applications(
        self, *, closed_since: date, after_id: str = ""
    ) -> AsyncGenerator[Sequence[ErpApplication]]:
        types = self.client.config.conventions.link_types
        async for page in self._links(queries.open_links(closed_since, types), after_id):
            yield page

    async def changed_links(self, *, since: datetime, until: datetime) -> Sequence[ErpApplication]:
        select = await self.window(self._all_links(), "l", since, until)
        return [link async for page in self._links(select) for link in page]

    async def applications_of(
        self, settlement_netsuite_ids: Sequence[str]
    ) -> Sequence[ErpApplication]:
        return await self._links_by("l.nextdoc", settlement_netsuite_ids)

    async def applications_to(self, netsuite_ids: Sequence[str]) -> Sequence[ErpApplication]:
        return await self._links_by("l.previousdoc", netsuite_ids)

    async def _links_by(self, column: str, netsuite_ids: Sequence[str]) -> list[ErpApplication]:
        found: list[ErpApplication] = []
        for ids in chunks(netsuite_ids):
            async for page in self._links(queries.among(self._all_links(), column, ids)):
                found += page
        return found

    async def invoice_lines(
        self, *, closed_since: date, after_id: str = ""
    ) -> AsyncGenerator[Sequence[ErpInvoiceLine]]:
        select = queries.open_scope(self._lines(), closed_since)
        async for rows in self.query.groups(select, after_id):
            if page := await self._line_values(rows):
                yield page

    async def lines_of(self, invoice_netsuite_ids: Sequence[str]) -> Sequence[ErpInvoiceLine]:
        found: list[ErpInvoiceLine] = []
        for ids in chunks(invoice_netsuite_ids):
            select = queries.among(self._lines(), "tl.transaction", ids)
            async for rows in self.query.groups(select):
                found += await self._line_values(rows)
        return found

    async def similar_payments(
        self, customer_netsuite_id: str, amount: Money, on: date, *, days: int = 3
    ) -> Sequence[ErpSettlement]:
        span = timedelta(days=days)
        select = queries.payments_like(customer_netsuite_id, on - span, on + span)
        found = await self._values(await self.query.all(select))
        return [d for d in found if isinstance(d, ErpSettlement) and d.total == amount]

    async def deleted(self, since: datetime) -> Sequence[ErpDeleted] | None:
        low, high = await self._clock.window(since, await self.now())
        select = queries.changed(queries.DELETED, "d", low, high, name="deleteddate")
        found = await self._unless_closed(select)
        if found is None:
            return None
        reading = await self.reading(())
        return values("deletion", found, lambda row: document_rows.deletion(row, reading))

    async def notes_of(self, netsuite_ids: Sequence[str]) -> Sequence[ErpNote] | None:
        notes: list[ErpNote] = []
        reading = await self.reading(())
        for ids in chunks(netsuite_ids):
            found = await self._unless_closed(queries.among(queries.NOTES, "n.recordid", ids))
            if found is None:
                return None
            notes += values("note", found, lambda row: document_rows.system_note(row, reading))
        return sorted(notes, key=lambda note: note.at.timestamp() if note.at else 0)

    async def _unless_closed(self, select: Select) -> list[Row] | None:
        """Every row, or None where account or role do not show the table."""
        try:
            return [row async for page in self.query.groups(select) for row in page]
        except QueryRefused as refused:
            if refused.problem.kind in (Kind.UNKNOWN_FIELD, Kind.PERMISSION):
                return None
            raise

    def _plain(self) -> Select:
        return queries.documents(self.client.config.fields)

    async def _journals(self) -> Select:
        book = self.client.config.conventions.accounting_book
        several = await self.has("transactionaccountingline", "accountingbook")
        return queries.journals(book if several else "")

    async def _journal_pages(self, select: Select, after: str = "") -> AsyncGenerator[list[Row]]:
        """Journals on receivables; none where the role sees no accounts."""
        if await self.has("account") and await self.has("transactionaccountingline"):
            async for page in self.query.groups(select, after):
                yield page

    async def _documents(
        self, plain: Select, journals: Select, after: str = ""
    ) -> AsyncGenerator[Sequence[Document]]:
        pages = self.query.pages(plain, after)
        merged = in_order(pages, self._journal_pages(journals, after))
        try:
            async for rows in merged:
                yield await self._values(rows)
        finally:
            await merged.aclose()
            await pages.aclose()

    async def _values(self, rows: Sequence[Row]) -> list[Document]:
        reading = await self.reading(rows)
        return [
            document_rows.journal(list(group), reading)
            for _, group in groupby(rows, key=lambda row: row["id"])
        ]

    def _all_links(self) -> Select:
        return queries.links(self.client.config.conventions.link_types)

    def _lines(self) -> Select:
        known = self.client.config.conventions
        return queries.lines(known.line_starts_column, known.line_ends_column)

    async def _line_values(self, rows: Sequence[Row]) -> list[ErpInvoiceLine]:
        reading = await self.reading(rows)
        mine = [row for row in rows if document_rows.is_line(row)]
        return values("line", mine, lambda row: document_rows.line(row, reading))

    async def _links(
        self, select: Select, after_id: str = ""
    ) -> AsyncGenerator[Sequence[ErpApplication]]:
        """Pages of links cut where one settlement ends, so that none is split over two."""
        async for rows in self.query.groups(select, after_id):
            yield await self._applications(rows)

    async def _applications(self, rows: Sequence[Row]) -> list[ErpApplication]:
        reading = await self.reading(rows)
        found = values("link", rows, lambda row: document_rows.application(row, reading))
        return _summed(found)


def _summed(links: Sequence[ErpApplication]) -> list[ErpApplication]:
    """One application for each pair of settlement and invoice (a pair may have many lines)."""
    pairs: dict[tuple[str, str], ErpApplication] = {}
    for link in links:
        key = (link.settlement_netsuite_id, link.invoice_netsuite_id)
        known = pairs.get(key)
        pairs[key] = replace(link, amount=known.amount + link.amount) if known else link
    return list(pairs.values())


async def in_order(
    many: AsyncGenerator[list[Row]], few: AsyncGenerator[list[Row]]
) -> AsyncGenerator[list[Row]]:
    """Two streams of pages, each ordered by id, as one: a page of `many` with those of `few`
    up to its last id, then the rest of `few`."""
    waiting, open_ = list[Row](), True
    async for page in many:
        last = int(page[-1]["id"])
        while open_ and (not waiting or int(waiting[-1]["id"]) <= last):
            more = await anext(few, None)
            open_ = more is not None
            waiting += more or ()
        cut = sum(int(row["id"]) <= last for row in waiting)
        yield sorted((*page, *waiting[:cut]), key=lambda row: int(row["id"]))
        waiting = waiting[cut:]
    if waiting:
        yield waiting
    async for page in few:
        yield page

"""Pages of ERP values into the mirror."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from erp.port import (
    Document,
    Erp,
    ErpApplication,
    ErpContact,
    ErpCustomer,
    ErpInvoice,
    ErpInvoiceLine,
    ErpRefused,
    ErpSettlement,
    ErpUnreadable,
)
from erp.rows import (
    MirrorRow,
    application_row,
    contact_row,
    customer_row,
    invoice_row,
    line_row,
    listed_row,
    period_row,
    rate_row,
    settlement_row,
    subsidiary_row,
)
from store import (
    erp_bulk,
    erp_bulk_documents,
    erp_bulk_links,
    erp_bulk_masters,
    erp_mirror,
)
from store.engine import Database, Session

MASTERS = "masters"


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a pass wrote: rows by stream, the customers (our ids) concerned, what it left out.

    `left_out` names what could not be mirrored, each with the reason.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    customer_ids: frozenset[int] = frozenset()
    left_out: tuple[str, ...] = ()

    def __add__(self, other: SyncResult) -> SyncResult:
        names = dict.fromkeys((*self.counts, *other.counts))
        return SyncResult(
            {name: self.counts.get(name, 0) + other.counts.get(name, 0) for name in names},
            self.customer_ids | other.customer_ids,
            tuple(dict.fromkeys(self.left_out + other.left_out)),
        )

    @property
    def rows(self) -> int:
        """Rows written in all."""
        return sum(self.counts.values())


def wrote(stream: str, written: erp_bulk.Written) -> SyncResult:
    """A stream's part of the result."""
    return SyncResult({stream: written.rows}, written.customer_ids)


async def put_customers(
    session: Session, page: Sequence[ErpCustomer], now: datetime
) -> tuple[SyncResult, dict[str, str]]:
    """Mirror a page of customers; also the children whose parent is not mirrored yet."""
    written = await erp_bulk.put_customers(session, [customer_row(c) for c in page], now)
    parents = {c.netsuite_id: c.parent_netsuite_id for c in page if c.parent_netsuite_id}
    unknown = await erp_bulk.unknown_customers(session, set(parents.values()))
    orphans = {child: parent for child, parent in parents.items() if parent in unknown}
    return wrote("customers", written), orphans


async def adopt(session: Session, orphans: Mapping[str, str]) -> SyncResult:
    """Point children at parents that were mirrored after them."""
    rows = [{"netsuite_id": child, "parent": parent} for child, parent in orphans.items()]
    return wrote("customers", await erp_bulk.put_parents(session, rows))


async def put_contacts(session: Session, page: Sequence[ErpContact], now: datetime) -> SyncResult:
    """Mirror a page of contacts."""
    rows = [contact_row(contact) for contact in page]
    return wrote("contacts", await erp_bulk.put_contacts(session, rows, now))


async def put_documents(session: Session, page: Sequence[Document], now: datetime) -> SyncResult:
    """Mirror documents of any kind whose customers are mirrored."""
    asked = {d.customer_netsuite_id for d in page if not isinstance(d, ErpUnreadable)}
    unknown = await erp_bulk.unknown_customers(session, asked)
    by_kind = dict[str, list[MirrorRow]]()
    for one in page:
        if isinstance(one, ErpSettlement):
            kind = one.kind if one.kind in ("payment", "credit_memo") else ""
            by_kind.setdefault(kind, []).append(settlement_row(one))
    invoices = [invoice_row(d) for d in page if isinstance(d, ErpInvoice)]
    put, kinds = erp_bulk_documents, by_kind.get
    return (
        wrote("invoices", await put.put_invoices(session, invoices, now))
        + wrote("payments", await put.put_payments(session, kinds("payment", []), now))
        + wrote("credits", await put.put_credits(session, kinds("credit_memo", []), now))
        + wrote("settlements", await put.put_settlements(session, kinds("", []), now))
        + SyncResult(left_out=tuple(left_out(page, unknown)))
    )


async def put_applications(
    session: Session, links: Sequence[ErpApplication], settlement_ids: Iterable[str]
) -> SyncResult:
    """Make the mirrored applications of these settlements exactly `links`."""
    rows = [application_row(link) for link in links]
    written = await erp_bulk_links.put_applications(session, rows, settlement_ids)
    return wrote("applications", written)


async def put_lines(
    session: Session, lines: Sequence[ErpInvoiceLine], invoice_ids: Iterable[str]
) -> SyncResult:
    """Make the mirrored lines of these invoices exactly `lines`."""
    rows = [line_row(line) for line in lines]
    return wrote("lines", await erp_bulk_links.put_lines(session, rows, invoice_ids))


async def know_customers(
    db: Database, erp: Erp, documents: Sequence[Document], now: datetime
) -> SyncResult:
    """Fetch the customers of documents that were created after the customers were read."""
    asked = {d.customer_netsuite_id for d in documents if not isinstance(d, ErpUnreadable)}
    async with db.read() as session:
        unknown = await erp_bulk.unknown_customers(session, asked)
    if not unknown:
        return SyncResult()
    found = await erp.customers_by_id(sorted(unknown))
    async with db.begin() as session:
        result, orphans = await put_customers(session, found, now)
        return result + await adopt(session, orphans)


async def masters(db: Database, erp: Erp, now: datetime, rates_since: date) -> SyncResult:
    """Mirror the ERP's lists, with exchange rates since a day.

    Subsidiaries and posting periods must be readable; another list that the role may not read is
    left out and named. Raises ErpUnavailable or ErpRefused.
    """
    subsidiaries = [subsidiary_row(one) for one in await erp.subsidiaries()]
    periods = [period_row(one) for one in await erp.periods()]
    async with db.begin() as session:
        put = erp_bulk_masters
        result = wrote("subsidiaries", await put.put_subsidiaries(session, subsidiaries))
        result += wrote("periods", await put.put_periods(session, periods))
    for name, read, write in _lists(erp, rates_since):
        try:
            rows = await read()
        except ErpRefused as refused:
            result += SyncResult(left_out=(f"{name}: {refused}",))
            continue
        async with db.begin() as session:
            result += wrote(name, await write(session, rows, now))
    async with db.begin() as session:
        await erp_mirror.advance(session, MASTERS, now=now)
    return result


_Read = Callable[[], Awaitable[list[MirrorRow]]]
_Write = Callable[[Session, erp_bulk.Rows, datetime], Awaitable[erp_bulk.Written]]


def _lists(erp: Erp, rates_since: date) -> Sequence[tuple[str, _Read, _Write]]:
    async def terms() -> list[MirrorRow]:
        return [listed_row(one) for one in await erp.terms()]

    async def items() -> list[MirrorRow]:
        return [listed_row(one) for one in await erp.items()]

    async def accounts() -> list[MirrorRow]:
        return [listed_row(one) for one in await erp.accounts()]

    async def classifications() -> list[MirrorRow]:
        return [listed_row(one) for one in await erp.classifications()]

    async def rates() -> list[MirrorRow]:
        found = {(r.base, r.currency, r.on): r for r in await erp.rates(rates_since)}
        return [rate_row(one) for one in found.values()]

    put = erp_bulk_masters
    return (
        ("terms", terms, put.put_terms),
        ("items", items, put.put_items),
        ("accounts", accounts, put.put_accounts),
        ("classifications", classifications, put.put_classifications),
        ("rates", rates, put.put_rates),
    )


def left_out(page: Sequence[Document], unknown_customers: set[str]) -> Iterable[str]:
    """What of a page cannot be mirrored, and why."""
    for one in page:
        if isinstance(one, ErpUnreadable):
            yield f"{one.type} {one.number or one.netsuite_id}: {one.reason}"
        elif one.customer_netsuite_id in unknown_customers:
            yield f"{one.number}: customer {one.customer_netsuite_id} cannot be read"

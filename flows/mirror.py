"""Pages of ERP values into the mirror, with what must follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from erp.rows import (
    application_row,
    contact_row,
    customer_row,
    invoice_row,
    period_row,
    settlement_row,
    subsidiary_row,
)
from erp.port import (
    Document,
    Erp,
    ErpApplication,
    ErpContact,
    ErpCustomer,
    ErpInvoice,
    ErpSettlement,
    ErpUnreadable,
)
from store import erp_bulk, erp_mirror
from store.engine import Database, Session

PERIODS = "periods"


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a pass wrote: rows by stream, the customers (our ids) concerned, what it left out.

    `left_out` names documents that could not be mirrored, each with the reason.
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


async def masters(db: Database, erp: Erp, now: datetime) -> SyncResult:
    """Mirror subsidiaries and posting periods."""
    subsidiaries = [subsidiary_row(one) for one in await erp.subsidiaries()]
    periods = [period_row(one) for one in await erp.periods()]
    async with db.begin() as session:
        result = wrote("subsidiaries", await erp_bulk.put_subsidiaries(session, subsidiaries))
        result += wrote("periods", await erp_bulk.put_periods(session, periods))
        await erp_mirror.advance(session, PERIODS, now=now)
    return result


async def put_contacts(session: Session, page: Sequence[ErpContact], now: datetime) -> SyncResult:
    """Mirror a page of contacts."""
    rows = [contact_row(contact) for contact in page]
    return wrote("contacts", await erp_bulk.put_contacts(session, rows, now))


async def put_documents(session: Session, page: Sequence[Document], now: datetime) -> SyncResult:
    """Mirror invoices, payments and credits whose customers are mirrored."""
    asked = {d.customer_netsuite_id for d in page if not isinstance(d, ErpUnreadable)}
    unknown = await erp_bulk.unknown_customers(session, asked)
    invoices = [invoice_row(d) for d in page if isinstance(d, ErpInvoice)]
    settled = [d for d in page if isinstance(d, ErpSettlement)]
    payments = [settlement_row(d) for d in settled if d.kind == "payment"]
    credits_ = [settlement_row(d) for d in settled if d.kind == "credit_memo"]
    return (
        wrote("invoices", await erp_bulk.put_invoices(session, invoices, now))
        + wrote("payments", await erp_bulk.put_payments(session, payments, now))
        + wrote("credits", await erp_bulk.put_credits(session, credits_))
        + SyncResult(left_out=tuple(_left_out(page, unknown)))
    )


async def put_applications(
    session: Session, links: Sequence[ErpApplication], settlement_ids: Iterable[str]
) -> SyncResult:
    """Make the mirrored applications of these settlements exactly `links`."""
    rows = [application_row(link) for link in links]
    return wrote("applications", await erp_bulk.put_applications(session, rows, settlement_ids))


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


async def follow(
    db: Database, erp: Erp, page: Sequence[Document], now: datetime, *, also: frozenset[str]
) -> SyncResult:
    """Mirror changed documents with what hangs on them, in one transaction.

    For every settlement that differs from the mirror, and those in `also`: its applications, and
    the invoices it is or was applied to, whose own time stamp need not have moved.
    """
    rows = [settlement_row(d) for d in page if isinstance(d, ErpSettlement)]
    async with db.read() as session:
        changed = await erp_bulk.changed_settlements(session, rows) | also
        before = await erp_bulk.linked_invoices(session, changed) if changed else set()
    links = await erp.applications_of(sorted(changed)) if changed else ()
    asked = before | {link.invoice_netsuite_id for link in links}
    asked -= {d.netsuite_id for d in page}
    linked = await erp.documents(sorted(asked)) if asked else ()
    gone = before & asked - {d.netsuite_id for d in linked}
    result = await know_customers(db, erp, (*page, *linked), now)
    async with db.begin() as session:
        result += await put_documents(session, (*page, *linked), now)
        result += wrote("invoices", await erp_bulk.void_missing(session, sorted(gone), now))
        if changed:
            result += await put_applications(session, links, changed)
    return result


def _left_out(page: Sequence[Document], unknown: set[str]) -> Iterable[str]:
    for one in page:
        if isinstance(one, ErpUnreadable):
            yield f"{one.type} {one.number or one.netsuite_id}: {one.reason}"
        elif one.customer_netsuite_id in unknown:
            yield f"{one.number}: customer {one.customer_netsuite_id} cannot be read"

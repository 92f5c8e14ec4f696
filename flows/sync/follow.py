"""A page of documents that may have changed, mirrored with all that hangs on them.

The ERP need not move the time stamp of an invoice when something is applied to it, nor that of a
payment when its invoice is voided; so whatever is tied to a changed document is read again, and
the page is written, with what it means for what we relied on, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.ledger.drift import Change
from erp.port import (
    Document,
    Erp,
    ErpApplication,
    ErpInvoice,
    ErpInvoiceLine,
    ErpSettlement,
    ErpUnreadable,
)
from erp.rows import invoice_row, settlement_row
from flows.drift.observing import observe
from flows.sync.mirror import (
    SyncResult,
    know_customers,
    left_out,
    put_applications,
    put_documents,
    put_lines,
    wrote,
)
from store import erp_bulk_documents, erp_bulk_links, erp_mirror, erp_states
from store.engine import Database
from store.erp_bulk_documents import ChangedInvoices


@dataclass(slots=True)
class _Gathered:
    """What is known of a page and its surroundings before any of it is written."""

    documents: dict[str, Document] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    links: Sequence[ErpApplication] = ()
    lines: Sequence[ErpInvoiceLine] = ()
    lined: frozenset[str] = frozenset()

    @property
    def ids(self) -> set[str]:
        return {*self.documents, *self.settled, *self.gone}

    def take(self, found: Iterable[Document], asked: Iterable[str]) -> None:
        """Add what was read; what was asked for and not found is gone."""
        self.documents |= {one.netsuite_id: one for one in found}
        self.gone |= set(asked) - set(self.documents)


async def follow(
    db: Database,
    erp: Erp,
    page: Sequence[Document],
    now: datetime,
    *,
    also: Iterable[str] = (),
    gone: Iterable[str] = (),
) -> SyncResult:
    """Mirror what differs on a page, and tell drift of every document that changed.

    `also` are settlements whose applications changed although they did not; `gone` are documents
    that the ERP has no more. Raises ErpUnavailable or ErpRefused.
    """
    invoices, settlements = await _changed(db, page)
    changed = invoices.ids | settlements
    gathered = _Gathered(settled=settlements | set(also), gone=set(gone))
    if not (changed or gathered.settled or gathered.gone):
        return SyncResult(left_out=tuple(left_out(page, set())))
    gathered.documents = {d.netsuite_id: d for d in page if d.netsuite_id in changed}
    gathered.documents |= {d.netsuite_id: d for d in page if isinstance(d, ErpUnreadable)}
    await _gather_settlements(db, erp, gathered, invoices.unexplained)
    await _gather_targets(db, erp, gathered, page)
    await _gather_lines(db, erp, gathered)
    result = await know_customers(db, erp, list(gathered.documents.values()), now)
    return result + await _write(db, gathered, now)


async def _changed(db: Database, page: Iterable[Document]) -> tuple[ChangedInvoices, set[str]]:
    documents = list(page)
    invoices = [invoice_row(d) for d in documents if isinstance(d, ErpInvoice)]
    settlements = [settlement_row(d) for d in documents if isinstance(d, ErpSettlement)]
    async with db.read() as session:
        return (
            await erp_bulk_documents.changed_invoices(session, invoices),
            await erp_bulk_documents.changed_settlements(session, settlements),
        )


async def _gather_settlements(
    db: Database, erp: Erp, gathered: _Gathered, unexplained: frozenset[str]
) -> None:
    """What may have moved the balance of an invoice that its applications do not explain."""
    about = unexplained | gathered.gone
    if not about:
        return
    async with db.read() as session:
        asked = await erp_bulk_links.sources(session, about)
    if unexplained:
        there = await erp.applications_to(sorted(unexplained))
        asked |= {link.settlement_netsuite_id for link in there}
    asked -= gathered.gone
    gathered.settled |= asked
    missing = asked - set(gathered.documents)
    if missing:
        gathered.take(await erp.documents(sorted(missing)), missing)
        gathered.settled -= gathered.gone


async def _gather_targets(
    db: Database, erp: Erp, gathered: _Gathered, page: Sequence[Document]
) -> None:
    """The applications of changed settlements, and what they are or were set against."""
    moved = gathered.settled | gathered.gone
    if not moved:
        return
    deposited = {
        d.customer_netsuite_id
        for d in gathered.documents.values()
        if isinstance(d, ErpSettlement) and d.kind == "deposit_application"
    }
    async with db.read() as session:
        asked = await erp_bulk_links.targets(session, moved)
        asked |= await erp_bulk_links.deposits_of(session, deposited)
    if gathered.settled:
        gathered.links = await erp.applications_of(sorted(gathered.settled))
    asked |= {link.invoice_netsuite_id for link in gathered.links}
    asked -= {d.netsuite_id for d in page} | gathered.ids
    if asked:
        gathered.take(await erp.documents(sorted(asked)), asked)


async def _gather_lines(db: Database, erp: Erp, gathered: _Gathered) -> None:
    invoices, _ = await _changed(db, gathered.documents.values())
    if invoices.lines:
        gathered.lines = await erp.lines_of(sorted(invoices.lines))
        gathered.lined = invoices.lines


async def _write(db: Database, gathered: _Gathered, now: datetime) -> SyncResult:
    async with db.begin() as session:
        before = await erp_states.document_states(session, gathered.ids)
        result = await put_documents(session, list(gathered.documents.values()), now)
        lost = await erp_bulk_documents.gone(session, sorted(gathered.gone), now)
        result += wrote("gone", lost)
        if gathered.settled:
            result += await put_applications(session, gathered.links, gathered.settled)
        if gathered.lined:
            result += await put_lines(session, gathered.lines, gathered.lined)
        after = await erp_states.document_states(session, gathered.ids)
        changes = [
            Change(before.get(one), after.get(one))
            for one in sorted(before.keys() | after.keys())
            if before.get(one) != after.get(one)
        ]
        if changes:
            await observe(session, changes, now)
        await erp_mirror.note_moved(session, result.customer_ids, now)
    return result

"""Papers on file for customers: found, rendered from the books, put there by people."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.dunning.reading import DocumentKind
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from effects.actor import Actor
from effects.audit import Entry, record
from effects.kinds_mail import AttachedPaper, SendEmail
from flows import paying_to
from flows.attachments import NotAttached, kind_of, safe_name
from flows.desk import Desk
from flows.facts import Case, load_case, snapshot
from flows.paying_to import Asked
from outreach.papers.pdf import pdf_of
from outreach.papers.sheets import LineItem, Sheet, invoice_sheet, open_invoices, statement_sheet
from outreach.wording import shown_name
from store import documents, lines
from store.documents import PaperRow
from store.engine import Session
from store.lines import InvoiceLineRow

_SYSTEM = "system:documents"
_MOST_COPIES = 10
# Where money goes is never told by a paper: these are refused, whoever puts them on file.
REFUSED = (DocumentKind.BANK_DETAILS, DocumentKind.BANK_LETTER)
RENDERED = (DocumentKind.INVOICE_COPY, DocumentKind.STATEMENT)
_MAILED = ("application/pdf", "image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on file. Without a customer it is ours and may go to any of them."""

    id: int
    kind: DocumentKind
    name: str
    media_type: str
    size: int
    digest: str
    customer_id: int | None
    invoice_ids: tuple[int, ...]
    origin: str
    as_of: date | None
    added_at: datetime
    added_by: str

    def attached(self) -> AttachedPaper:
        """The paper as a part of a mail."""
        return AttachedPaper(self.id, self.name, self.media_type, self.size, self.digest)


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An upload that is not kept, and why."""

    reason: str


async def on_file(
    session: Session,
    desk: Desk,
    customer_id: int,
    kind: DocumentKind,
    invoice_ids: Sequence[int],
    now: datetime,
) -> tuple[Paper, ...]:
    """What may be sent of a kind to a customer; empty when there is nothing, or not of all asked.

    Invoice copies and statements are rendered as of now. Of papers that people uploaded the newest
    is taken: the customer's own, or else, of tax forms, the organisation's.
    """
    case = await load_case(session, desk, customer_id, now)
    return () if case is None else await papers_for(session, desk, case, (kind,), invoice_ids)


async def papers_for(
    session: Session,
    desk: Desk,
    case: Case,
    kinds: Sequence[DocumentKind],
    invoice_ids: Sequence[int],
) -> tuple[Paper, ...]:
    """What is on file of these kinds, in their order. Nothing is made for a customer without a
    plain name.
    """
    found: list[Paper] = []
    customer = case.account.customer
    named = bool(shown_name(customer.legal_name) or shown_name(customer.name))
    for kind in dict.fromkeys(kinds):
        if kind in RENDERED and not named:
            continue
        if kind is DocumentKind.INVOICE_COPY:
            found += await copies_of(session, desk, case, invoice_ids)
        elif kind is DocumentKind.STATEMENT:
            found += await statement_of(session, desk, case)
        elif kind not in REFUSED:
            found += await _uploaded(session, case.customer_id, kind)
    return tuple(found)


async def _uploaded(session: Session, customer_id: int, kind: DocumentKind) -> list[Paper]:
    """The customer's own, or else, of tax forms, the organisation's."""
    rows = await documents.uploaded(session, customer_id, kind.value)
    own = [row for row in rows if row.customer_id is not None]
    shared = rows if kind is DocumentKind.TAX_FORM else ()
    return [paper_of(row) for row in (*own, *shared)[:1]]


async def copies_of(
    session: Session, desk: Desk, case: Case, invoice_ids: Sequence[int]
) -> tuple[Paper, ...]:
    """A copy of each of these invoices; nothing when one is not of this account."""
    wanted = tuple(dict.fromkeys(invoice_ids))
    known = {invoice.id: invoice for invoice in case.account.invoices}
    if not wanted or len(wanted) > _MOST_COPIES or any(i not in known for i in wanted):
        return ()
    uploads = await documents.uploaded(session, case.customer_id, DocumentKind.INVOICE_COPY.value)
    found: list[Paper] = []
    for invoice_id in wanted:
        own = [r for r in uploads if r.invoice_ids == [invoice_id] and r.customer_id is not None]
        if own:
            found.append(paper_of(own[0]))
        else:
            found.append(await render_invoice(session, desk, case, known[invoice_id]))
    return tuple(found)


async def statement_of(session: Session, desk: Desk, case: Case) -> tuple[Paper, ...]:
    """The statement of today; nothing when no invoice is open."""
    if not open_invoices(case.account):
        return ()
    return (await render_statement(session, desk, case),)


async def render_invoice(session: Session, desk: Desk, case: Case, invoice: Invoice) -> Paper:
    """A copy of an invoice as it stands today, kept on file."""
    rows = await lines.lines_of(session, invoice.id)
    items = [_item(row, invoice.total.currency) for row in rows]
    language = case.account.customer.language
    asked = await paying_to.asked_for(session, [invoice.id])
    sheet = invoice_sheet(case.account, invoice, items, desk.sender, language, asked.blocks)
    return await _keep(session, case, DocumentKind.INVOICE_COPY, (invoice.id,), sheet, asked)


async def render_statement(session: Session, desk: Desk, case: Case) -> Paper:
    """The statement of account as of today, kept on file."""
    ids = tuple(invoice.id for invoice in open_invoices(case.account))
    asked = await paying_to.asked_for(session, ids)
    language = case.account.customer.language
    sheet = statement_sheet(case.account, desk.sender, language, asked.blocks)
    return await _keep(session, case, DocumentKind.STATEMENT, ids, sheet, asked)


def _item(row: InvoiceLineRow, currency: str) -> LineItem:
    return LineItem(row.memo, Money(row.amount_minor, currency), row.quantity, row.tax)


async def _keep(
    session: Session,
    case: Case,
    kind: DocumentKind,
    invoice_ids: tuple[int, ...],
    sheet: Sheet,
    asked: Asked,
) -> Paper:
    body = await asyncio.to_thread(pdf_of, sheet)
    row = _row(kind, case.customer_id, sheet.filename, body, "application/pdf", case.now, _SYSTEM)
    row.origin, row.invoice_ids = "rendered", list(invoice_ids)
    row.language, row.as_of = sheet.language, sheet.as_of
    row.facts = stated(case, invoice_ids) | {"states": list(sheet.figures())}
    row.facts |= {"pay_to": asked.facts()}
    row.id = await documents.add_paper(session, row)
    return paper_of(row)


def stated(case: Case, invoice_ids: Sequence[int]) -> dict[str, object]:
    """What a rendered paper says of these invoices, to be compared before it leaves."""
    return {"invoices": snapshot(case, invoice_ids)["invoices"]}


async def attached_to(session: Session, mail: SendEmail) -> Sequence[PaperRow]:
    """The papers a mail carries, with their bytes: for the guard."""
    if not mail.attachments:
        return ()
    return await documents.papers(session, [paper.paper_id for paper in mail.attachments])


async def bodies_of(session: Session, paper_ids: Sequence[int]) -> dict[int, bytes]:
    """The bytes of papers that are on file still."""
    found = await documents.papers(session, paper_ids)
    return {row.id: row.body for row in found if row.withdrawn_at is None}


async def named_in_papers(session: Session, mail: SendEmail) -> frozenset[int]:
    """The invoices that the rendered papers of a mail speak of."""
    rows = await attached_to(session, mail)
    return frozenset(i for row in rows if row.origin == "rendered" for i in row.invoice_ids)


async def outdated(session: Session, case: Case, mail: SendEmail) -> str:
    """Why a paper that a mail carries must not leave as it stands; empty when all may."""
    rows = {row.id: row for row in await attached_to(session, mail)}
    for paper in mail.attachments:
        row = rows.get(paper.paper_id)
        if row is None or row.withdrawn_at is not None or row.digest != paper.digest:
            return f"{paper.name} is not on file any more"
        if row.customer_id not in (None, case.customer_id):
            return f"{paper.name} is a paper of another customer"
        if row.origin == "rendered" and _moved(case, row):
            return f"{paper.name} is not as the books are now"
        told = row.facts.get("pay_to")
        if row.origin == "rendered" and await paying_to.changed(session, row.invoice_ids, told):
            return f"{paper.name} says to pay where we do not ask to pay any more"
    return ""


def _moved(case: Case, row: PaperRow) -> bool:
    """Whether what a rendered paper says of invoices changed, or a statement misses one."""
    ids = tuple(row.invoice_ids)
    if row.kind == DocumentKind.STATEMENT.value:
        ids = tuple(invoice.id for invoice in open_invoices(case.account))
    return stated(case, ids)["invoices"] != row.facts.get("invoices")


async def upload(
    session: Session,
    by: Actor,
    kind: DocumentKind,
    filename: str,
    body: bytes,
    customer_id: int | None,
    now: datetime,
    *,
    invoice_id: int | None = None,
) -> Paper | NotTaken:
    """Put a paper on file. What it is, its bytes say; without a customer it is for all of them."""
    found = kind_of(body)
    if isinstance(found, NotAttached):
        return NotTaken(found.reason)
    if kind in REFUSED:
        return NotTaken(
            "Bank details are never sent as a paper: they stand in the remittance block."
        )
    if found[0] not in _MAILED:
        return NotTaken("Customers are sent PDF, PNG and JPEG only.")
    if customer_id is None and kind is not DocumentKind.TAX_FORM:
        return NotTaken("Only a tax form may be for every customer: name the customer.")
    if invoice_id is not None and (customer_id is None or kind is not DocumentKind.INVOICE_COPY):
        return NotTaken("Only the copy of a customer's invoice belongs to an invoice.")
    row = _row(kind, customer_id, safe_name(filename, found[1]), body, found[0], now, str(by))
    row.invoice_ids = [] if invoice_id is None else [invoice_id]
    row.id = await documents.add_paper(session, row)
    told: dict[str, object] = {"kind": kind.value, "file": row.filename, "digest": row.digest}
    told["customer_id"] = customer_id
    await record(session, Entry(by, "paper.uploaded", "paper", str(row.id), told), now)
    return paper_of(row)


async def withdraw(session: Session, by: Actor, paper_id: int, now: datetime) -> bool:
    """Take an uploaded paper off file; whether there was one. Mail that has it will not leave."""
    row = await documents.paper(session, paper_id)
    if row is None or row.origin != "uploaded" or row.withdrawn_at is not None:
        return False
    row.withdrawn_at, row.withdrawn_by = now, str(by)
    session.add(row)
    told: dict[str, object] = {"kind": row.kind, "file": row.filename, "digest": row.digest}
    await record(session, Entry(by, "paper.withdrawn", "paper", str(paper_id), told), now)
    return True


def _row(
    kind: DocumentKind,
    customer_id: int | None,
    filename: str,
    body: bytes,
    media_type: str,
    now: datetime,
    by: str,
) -> PaperRow:
    digest = hashlib.sha256(body).hexdigest()
    return PaperRow(
        key=f"{customer_id or 0}:{kind.value}:{digest}",
        kind=kind.value,
        customer_id=customer_id,
        filename=filename,
        content_type=media_type,
        size=len(body),
        digest=digest,
        body=body,
        origin="uploaded",
        added_at=now,
        added_by=by,
    )


def paper_of(row: PaperRow) -> Paper:
    """The row as a value, without its bytes."""
    return Paper(
        id=row.id,
        kind=DocumentKind(row.kind),
        name=row.filename,
        media_type=row.content_type,
        size=row.size,
        digest=row.digest,
        customer_id=row.customer_id,
        invoice_ids=tuple(row.invoice_ids),
        origin=row.origin,
        as_of=row.as_of,
        added_at=row.added_at,
        added_by=row.added_by,
    )

"""A rebill: the invoice credited in full, and a new draft with the same service dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.ledger.credits import Reason
from domain.ledger.money import Money
from effects.actor import Actor
from flows.credits.asked import CreditAsked, CreditRefused, Requested, refused
from flows.credits.gathering import Books, books_of
from flows.credits.requesting import GONE, request_credit
from flows.desk import Desk
from flows.drafts.drafting import DraftInput, Invalid, LineInput, create_draft
from store import credit_requests
from store.credit_requests import CreditRequestRow
from store.engine import Session

SOURCE = "rebill"


@dataclass(frozen=True, slots=True)
class RebillAsked:
    """An invoice that is to be made anew; the draft is corrected before it is submitted."""

    invoice_id: int
    note: str
    source: str
    source_id: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Rebilled:
    """The credit waits for approval; the draft waits for its corrections."""

    credit: Requested
    draft_id: int


async def rebill(
    session: Session, desk: Desk, asked: RebillAsked, by: Actor, now: datetime
) -> Rebilled | CreditRefused:
    """Propose the full credit and put a draft of the new invoice on the list; once per key."""
    known = await credit_requests.request_from(session, asked.source, asked.source_id)
    if known is not None and known.draft_id is not None:
        ids = tuple(i for i in (known.effect_id, known.refund_effect_id) if i is not None)
        return Rebilled(Requested(known.id, ids, created=False), known.draft_id)
    if known is not None:
        message = "This key stands for a credit without a new invoice."
        return refused("CRM-017", message, "Send a key of its own")
    books = await books_of(session, asked.invoice_id)
    if books is None:
        return refused(*GONE)
    taken = Money(sum(line.credited.minor for line in books.invoice.lines), books.row.currency)
    if taken or books.invoice.creditable != books.invoice.total:
        message = f"{books.row.number} was credited in part already."
        return refused("RBL-001", message, "Credit the rest, then bill what is right")
    credit = await request_credit(session, desk, credit_of(asked), by, now)
    if isinstance(credit, CreditRefused):
        return credit
    draft_id = await _draft(session, books, asked, credit.request_id, by, now)
    if isinstance(draft_id, CreditRefused):
        return draft_id
    row = await session.get(CreditRequestRow, credit.request_id)
    if row is not None:
        row.draft_id = draft_id
        session.add(row)
        await session.flush()
    return Rebilled(credit, draft_id)


def credit_of(asked: RebillAsked) -> CreditAsked:
    """The credit of all that is left, with the days its service was billed for."""
    note = asked.note or "billed anew"
    return CreditAsked(
        asked.invoice_id, Reason.BILLING_ERROR, asked.source, asked.source_id, note,
        on=asked.on, treatment="reduce_revenue",
    )  # fmt: skip


async def _draft(
    session: Session,
    books: Books,
    asked: RebillAsked,
    request_id: int,
    by: Actor,
    now: datetime,
) -> int | CreditRefused:
    row = books.row
    saved = await create_draft(
        session,
        DraftInput(
            source_id=f"{row.netsuite_id}:{request_id}",
            currency=row.currency,
            issued_on=(asked.on or now.date()).isoformat(),
            lines=_lines(books),
            source=SOURCE,
            customer_id=row.customer_id,
            terms_netsuite_id=row.terms_netsuite_id,
            exchange_rate=books.row.exchange_rate if row.exchange_rate not in ("", "1") else "",
            po_number=row.po_number,
            memo=f"In place of {row.number}",
        ),
        by,
        now,
    )
    if isinstance(saved, Invalid):
        words = "; ".join(f"{name}: {text}" for name, text in saved.problems.items())
        return refused("RBL-002", f"No draft can be made of {row.number}: {words}", "Bill by hand")
    return saved.draft_id


def _lines(books: Books) -> tuple[LineInput, ...]:
    """The invoice's own lines and service dates; its tax is worked out anew with each line."""
    shares = {line.id: line.tax for line in books.invoice.lines}
    currency = books.row.currency
    return tuple(
        LineInput(
            product=one.memo or one.item_netsuite_id,
            amount=Money(one.amount_minor, currency).plain(),
            item_netsuite_id=one.item_netsuite_id,
            description=one.memo,
            service_starts_on=one.service_starts_on.isoformat() if one.service_starts_on else "",
            service_ends_on=one.service_ends_on.isoformat() if one.service_ends_on else "",
            department_netsuite_id=one.department_netsuite_id,
            class_netsuite_id=one.class_netsuite_id,
            location_netsuite_id=one.location_netsuite_id,
            tax=shares[str(one.line)].plain() if shares[str(one.line)] else "",
        )
        for one in books.rows
        if not one.tax
    )

"""Instalments of several deals of a customer on one draft: who joins, and who leaves again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from effects.actor import Actor
from erp.review.draft import Draft
from flows.deals.book import BILLED_STATES, Book
from flows.drafts.drafting import put, reopened
from flows.drafts.entry import MOST_LINES, DraftInput, read_draft
from flows.drafts.instalments import taken_out
from flows.drafts.line_origins import in_order, of_deal
from flows.drafts.sold import Made, Part, Says, based_on, made_from
from flows.drafts.values import draft_value
from store import billing, deals, drafts
from store.drafts import InvoiceDraftRow
from store.engine import Session


async def join(
    session: Session, book: Book, wanted: DraftInput, told_now: Says, by: Actor, now: datetime
) -> int | None:
    """Put the lines of a deal on an open draft of other deals that `wanted` belongs on; its id.

    That is a draft of the same customer, currency, terms, order and date, which nobody submitted
    and whose head is as its deals wrote it. None where there is none.
    """
    fresh = read_draft(replace(wanted, source_id="joining"))
    if isinstance(fresh, dict):
        return None
    found = await billing.joinable(
        session, fresh.source, fresh.customer_name, fresh.currency, fresh.issued_on, fresh.po_number
    )
    for one in found:
        if not await _fits(session, one, fresh, told_now, book.row.id):
            continue
        row = await drafts.free_draft(session, one.id)
        if row is not None and await _fits(session, row, fresh, told_now, book.row.id):
            await _add(session, row, book, fresh, told_now, by, now)
            return row.id
    return None


async def _fits(
    session: Session, row: InvoiceDraftRow, fresh: Draft, told_now: Says, deal_id: int
) -> bool:
    made, standing = made_from(row.base), draft_value(row)
    if made is None or made.of(deal_id) is not None or not made.fits(told_now):
        return False
    if len(standing.lines) + len(fresh.lines) > MOST_LINES or _head(standing) != _head(fresh):
        return False
    if standing.effect_id is not None or standing.memo != made.memo:
        return False
    known = await deals.deals(session, [part.deal_id for part in made.parts])
    return all(one.state in BILLED_STATES for one in known.values())


def _head(draft: Draft) -> Draft:
    """What two drafts must have in common to be one invoice, without what may differ."""
    facts = replace(draft.facts, distinct_from=(), customer_phone="")
    return replace(
        draft, id=0, source_id="", version=1, state="draft", lines=(), customer_id=None,
        customer_email="", memo="", facts=facts, base_modified_at=None, effect_id=None,
        created_by="",
    )  # fmt: skip


async def _add(
    session: Session,
    row: InvoiceDraftRow,
    book: Book,
    fresh: Draft,
    told_now: Says,
    by: Actor,
    now: datetime,
) -> None:
    made = (made_from(row.base) or Made(())).having(part_of(book, told_now))
    standing, fresh_lines = draft_value(row), of_deal(fresh.lines, book.row.id)
    email = standing.customer_email
    if made.parts[0].deal_id == book.row.id and email == row.base.get("email"):
        email = fresh.customer_email
        row.base = {**row.base, "email": email}
    draft = replace(
        standing,
        lines=in_order(made, (*standing.lines, *fresh_lines)),
        memo=made.memo,
        customer_email=email,
    )
    row.base = based_on(row.base, made)
    await put(session, row, draft, by, "draft.joined", now, deal_id=book.row.id)


def part_of(book: Book, told_now: Says) -> Part:
    """What the deal of a book says, as a part of a draft."""
    return Part(book.row.id, told_now, book.row.source_id)


async def leave(
    session: Session, draft_id: int, book: Book, why: str, by: Actor, now: datetime
) -> bool:
    """Take the lines of a deal out of a draft that bills others too; they are planned again.

    Whether it was done: what is on its way into the ERP stays.
    """
    row = await reopened(session, draft_id, why, by, now)
    made = made_from(row.base) if isinstance(row, InvoiceDraftRow) else None
    if not isinstance(row, InvoiceDraftRow) or made is None:
        return False
    standing, left = draft_value(row), made.without(book.row.id)
    draft = replace(
        standing,
        lines=tuple(line for line in standing.lines if line.deal_id != book.row.id),
        memo=left.memo if standing.memo == made.memo else standing.memo,
    )
    row.base = based_on(row.base, left)
    await put(session, row, draft, by, "draft.left", now, deal_id=book.row.id, why=why)
    taken_out(session, book.instalments, draft_id)
    return True

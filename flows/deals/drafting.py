"""Instalments that are due become invoice drafts, one for each key; drafts follow their deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.ledger.billing.charges import OneOff
from domain.ledger.billing.invoices import grouped
from domain.ledger.billing.periods import Span
from domain.ledger.billing.schedule import BillingLine, Instalment, Standing
from domain.ledger.deal import Deal
from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from flows.deals.book import BILLED_STATES, Book
from flows.deals.grouping import one_per_customer
from flows.deals.joining import join, leave, part_of
from flows.drafts.drafting import Invalid, create_draft, reopened
from flows.drafts.entry import DraftInput
from flows.drafts.instalments import adopt, standing_for
from flows.drafts.masters import read_mappings, read_masters
from flows.drafts.sold import (
    Made,
    Says,
    based_on,
    differing,
    filled,
    made_from,
    one_line,
    says,
)
from flows.drafts.terms import erp_terms
from store import drafts
from store.billing import InstalmentRow
from store.drafts import InvoiceDraftRow
from store.engine import Session

BILLING = Actor(ActorKind.SYSTEM, "billing")


async def draft_due(
    session: Session, book: Book, now: datetime, *, also: Sequence[str] = ()
) -> list[int]:
    """Draft what is due today, and the instalments with these keys in any case; their ids."""
    due = [row for row in book.instalments if _is_due(row, book, now.date(), also)]
    if not due:
        return []
    by_key = {row.key: row for row in due}
    head = await _head(session, book.deal)
    together = await one_per_customer(session)
    made = []
    for invoice in grouped(_instalment(row, book) for row in due):
        rows = [by_key[line.key] for line in invoice.lines]
        told_now = says(book.deal, invoice.bill_on, [row.content for row in rows])
        wanted = filled(head, told_now, "", now.date())
        draft_id = None
        if together:
            draft_id = await join(session, book, wanted, told_now, BILLING, now)
        if draft_id is None:
            draft_id = await _draft(session, book, invoice.key, wanted, told_now, now)
        if draft_id is None:
            continue
        for place, row in enumerate(rows, 1):
            row.state, row.draft_id, row.draft_line, row.updated_at = (
                "drafted",
                draft_id,
                place,
                now,
            )
            session.add(row)
        made.append(draft_id)
    await session.flush()
    return made


def _is_due(row: InstalmentRow, book: Book, today: date, also: Sequence[str]) -> bool:
    if row.state != "planned" or book.row.state not in BILLED_STATES:
        return False
    return row.key in also or (row.standing == Standing.READY and row.bill_on <= today)


def _instalment(row: InstalmentRow, book: Book) -> Instalment:
    """The row as `grouped` reads it."""
    deal, amount = book.deal, Money(row.amount_minor, row.currency)
    party = deal.customer.external_id or deal.customer.name
    key = row.key.rpartition(":v")[0]
    line = BillingLine(
        key, row.version, party, "", OneOff(amount, row.bill_on), deal.terms, deal.po_number
    )
    service = Span(row.starts_on, row.ends_on) if row.starts_on and row.ends_on else None
    return Instalment(row.key, line, row.sequence, row.bill_on, amount, service, row.slot)


async def _draft(
    session: Session, book: Book, key: str, wanted: DraftInput, told_now: Says, now: datetime
) -> int | None:
    """The draft of an invoice key. A key whose draft was given up, or left, gets another one."""
    source_id, tries = key, 1
    while True:
        known = await drafts.draft_named(session, book.row.source, source_id)
        if known is None:
            break
        if not _another(known, book) or tries >= 50:
            return None
        tries += 1
        source_id = f"{key}:again{tries}"
    answer = await create_draft(session, replace(wanted, source_id=source_id), BILLING, now)
    if isinstance(answer, Invalid):
        raise ValueError(f"deal {book.row.id}: {answer.problems}")
    row = await drafts.locked_draft(session, answer.draft_id)
    if row is not None:
        base = {**row.base, "email": row.customer_email}
        row.base = based_on(base, Made((part_of(book, told_now),)))
        row.lines = [
            {**line, "deal_id": book.row.id, "part": n} for n, line in enumerate(row.lines, 1)
        ]
        session.add(row)
    return answer.draft_id


def _another(known: InvoiceDraftRow, book: Book) -> bool:
    """Whether the draft of a key bills nothing of the deal any more."""
    made = made_from(known.base)
    return known.state == "dropped" or (made is not None and made.of(book.row.id) is None)


async def _head(session: Session, deal: Deal) -> DraftInput:
    """What every invoice of a deal has in common."""
    masters, known = await read_masters(session), await read_mappings(session)
    customer = deal.customer
    return DraftInput(
        source=deal.source,
        source_id="",
        currency=deal.currency,
        issued_on="",
        lines=(),
        customer_name=_short(customer.name),
        customer_email=_short(customer.emails[0]) if customer.emails else "",
        customer_external_id=_short(customer.external_id),
        customer_erp_id=_short(customer.erp_id),
        bill_to=_bill_to(deal),
        terms_netsuite_id=erp_terms(deal.terms, deal.source, masters, known),
    )


def _bill_to(deal: Deal) -> dict[str, str]:
    customer = deal.customer
    country = customer.country.upper()
    told = {
        "name": _short(customer.name),
        "address": _short(", ".join(customer.billing_address)),
        "country": country if len(country) == 2 and country.isalpha() else "",
        "tax_id": _short(customer.tax_id),
    }
    return {name: value for name, value in told.items() if value}


def _short(text: str) -> str:
    return one_line(text, 200)


async def follow_deal(session: Session, book: Book, now: datetime) -> list[int]:
    """Drafts that are no longer what the deal says: what waited for approval is taken back.

    One that the deal still says the same of is based on the plan as it is now. The ids of those
    that differ.
    """
    other = []
    for draft_id, row in sorted(book.drafts.items()):
        made = made_from(row.base)
        told = made.of(book.row.id) if made else None
        if made is None or told is None or not book.live(draft_id):
            continue
        if made.joint and book.row.state not in BILLED_STATES:
            await leave(session, draft_id, book, f"{book.row.name} is not won", BILLING, now)
            continue
        if not differing(told, says_now(book, draft_id)):
            adopt(session, book.instalments, draft_id)
            continue
        other.append(draft_id)
        if row.state == "submitted":
            await reopened(session, draft_id, "the deal changed", BILLING, now)
    return other


def says_now(book: Book, draft_id: int) -> Says:
    """What the deal says of a draft now; no line when nothing is left of it."""
    rows = standing_for(book.instalments, draft_id)
    bill_on = min((row.bill_on for row in rows), default=now_of(book, draft_id))
    return says(book.deal, bill_on, [row.content for row in rows])


def now_of(book: Book, draft_id: int) -> date:
    """The day a draft was planned for."""
    made = made_from(book.drafts[draft_id].base)
    told = made.of(book.row.id) if made else None
    return date.fromisoformat(told.bill_on) if told else book.drafts[draft_id].issued_on

"""A deal's plan brought up to date: safe to repeat, after anything that may have changed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.ledger.billing.changes import Billed
from domain.ledger.billing.periods import Span
from domain.ledger.billing.plans import Held, LinePlan, basis, plan_line
from domain.ledger.billing.schedule import Instalment, Standing
from domain.ledger.deal_record import from_payload
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from flows.deals.book import Book, book_of
from flows.deals.lines import Billable, Question, content_of
from flows.drafts.line_origins import billed_of
from security.chain import digest
from store import billing, deals
from store.billing import BillingLineRow, InstalmentRow
from store.deals import DealRow
from store.engine import Session

GIVEN_UP = "the draft was dropped"
_MOST_MERGED = 20


@dataclass(slots=True)
class Planned:
    """What planning found: the book as it stands now, and how much of the plan was dropped."""

    book: Book
    dropped: int = 0
    dropped_minor: int = 0


async def hold_merged(session: Session, row: DealRow, now: datetime) -> None:
    """Lock the deals that were merged into this one, and note what of them is billed by now.

    Before the customer is held: who settles one of them has it locked and waits for the customer.
    """
    version = (await deals.current_versions(session, [row.id]))[row.id]
    for source_id in from_payload(version.payload).merged_ids[:_MOST_MERGED]:
        other = await deals.deal_named(session, row.source, source_id)
        if other is not None and other.id != row.id:
            await _note_ended(session, other, now)


async def plan(session: Session, row: DealRow, now: datetime) -> Planned:
    """Note what became of drafts, plan every line again, and keep it. The deal is locked."""
    await _note_ended(session, row, now)
    book = await book_of(session, row)
    told = Planned(book)
    worth, broken = 0, list(book.questions)
    known = {line.key: line for line in book.lines}
    for one in book.billable:
        kept = known.get(one.line.key) or await _new_line(session, row, one)
        try:
            found = await _plan_line(session, book, kept, one)
        except LedgerError as error:
            broken.append(Question(one.source, (), str(error)))
            continue
        worth += found.worth.minor
        kept.removed, kept.difference_minor = False, found.difference.minor
        kept.description = one.line.description[:300]
        _keep(session, book, kept, one, found, told, now)
    _take_out(book, told, now)
    row.worth_minor, row.questions = worth, len(broken)
    session.add(row)
    await session.flush()
    told.book = replace(await book_of(session, row), questions=tuple(broken))
    return told


async def _note_ended(session: Session, row: DealRow, now: datetime) -> None:
    """Instalments of drafts that reached the ERP are billed; those of dropped ones given up."""
    drafts = await billing.drafts_of(session, row.id)
    for one in await billing.instalments_of(session, row.id):
        draft = drafts.get(one.draft_id or 0)
        if draft is None or one.state in ("billed", "dropped"):
            continue
        if draft.netsuite_id and one.draft_line:
            one.billed_minor = billed_of(draft.lines, row.id, one.draft_line)
            one.state, one.updated_at = "billed", now
        elif not draft.netsuite_id and draft.state == "dropped" and one.state == "drafted":
            one.state, one.why, one.updated_at = "dropped", GIVEN_UP, now
        elif draft.netsuite_id or draft.state == "dropped":
            one.state, one.draft_id = "replaced", None
        session.add(one)
    await session.flush()


async def _new_line(session: Session, row: DealRow, one: Billable) -> BillingLineRow:
    made = BillingLineRow(deal_id=row.id, key=one.line.key, line_id=one.source.source_id)
    session.add(made)
    await session.flush()
    return made


async def _plan_line(session: Session, book: Book, kept: BillingLineRow, one: Billable) -> LinePlan:
    """The plan of a line, in a new version where what it is made of changed."""
    rows = [r for r in book.instalments if r.billing_line_id == kept.id]
    done = [_billed(r) for r in rows if r.state == "billed"]
    done += await _billed_before(session, book, kept.line_id)
    charge, prefix = basis(one.line.charge), f"{kept.key}:v{kept.version}:"
    made_of = _basis(charge, [b for b in done if not b.key.startswith(prefix)])
    if kept.basis != made_of:
        if kept.basis:
            kept.version += 1
            made_of = _basis(charge, done)
        kept.basis = made_of
    line = replace(one.line, version=kept.version)
    held = [
        Held(r.draft_id, r.key, _span(r), r.slot)
        for r in rows
        if r.draft_id is not None and r.draft_line and book.live(r.draft_id)
    ]
    return plan_line(line, done, held, book.row.ended_on)


async def _billed_before(session: Session, book: Book, line_id: str) -> list[Billed]:
    """What was billed of the same line while it was in a deal that was merged into this one."""
    found: list[Billed] = []
    for source_id in book.deal.merged_ids[:_MOST_MERGED]:
        other = await deals.deal_named(session, book.row.source, source_id)
        if other is None or other.id == book.row.id:
            continue
        lines = {one.id: one for one in await billing.lines_of(session, other.id)}
        found += [
            _billed(row)
            for row in await billing.instalments_of(session, other.id)
            if row.state == "billed" and lines[row.billing_line_id].line_id == line_id
        ]
    return found


def _basis(charge: str, earlier: Sequence[Billed]) -> str:
    told = sorted((b.key, str(b.amount)) for b in earlier)
    return digest({"charge": charge, "billed": told})


def _billed(row: InstalmentRow) -> Billed:
    minor = row.amount_minor if row.billed_minor is None else row.billed_minor
    return Billed(row.key, Money(minor, row.currency), _span(row), row.slot)


def _span(row: InstalmentRow) -> Span | None:
    return Span(row.starts_on, row.ends_on) if row.starts_on and row.ends_on else None


def _keep(
    session: Session,
    book: Book,
    kept: BillingLineRow,
    one: Billable,
    found: LinePlan,
    told: Planned,
    now: datetime,
) -> None:
    """Write the plan of a line into its rows."""
    rows = {r.key: r for r in book.instalments if r.billing_line_id == kept.id}
    wanted = {i.key: i for i in found.instalments if i.amount or i.standing is not Standing.READY}
    for key, instalment in wanted.items():
        row = rows.get(key)
        if row is not None and (row.state == "billed" or row.why == GIVEN_UP):
            continue
        row = row or InstalmentRow(
            key=key, deal_id=book.row.id, billing_line_id=kept.id, version=kept.version,
            sequence=instalment.sequence, bill_on=instalment.bill_on,
            currency=instalment.amount.currency,
        )  # fmt: skip
        _write(row, instalment, content_of(instalment, one.source, book.usage), now)
        _pin(row, found.pins.get(key))
        session.add(row)
    gone = {i.key for i in found.dropped}
    for key in rows.keys() - wanted.keys():
        _leave_out(rows[key], told, now, cancelled=key in gone or book.row.ended_on is not None)


def _write(row: InstalmentRow, planned: Instalment, content: dict[str, str], now: datetime) -> None:
    service = planned.service
    row.sequence, row.bill_on = planned.sequence, planned.bill_on
    row.amount_minor, row.slot = planned.amount.minor, planned.slot
    row.starts_on = service.starts_on if service else None
    row.ends_on = service.ends_on if service else None
    row.standing, row.timing = planned.standing.value, planned.timing
    row.content = {**content}
    row.why, row.updated_at = "", now


def _pin(row: InstalmentRow, draft_id: int | None) -> None:
    """The instalment is in this draft, or in none."""
    if draft_id is None:
        row.state, row.draft_id, row.draft_line = "planned", None, 0
        return
    row.state = "drafted"
    if row.draft_id != draft_id:
        row.draft_id, row.draft_line = draft_id, 0


def _leave_out(row: InstalmentRow, told: Planned, now: datetime, *, cancelled: bool) -> None:
    """Out of the plan; a draft that was made from it keeps it until it is refreshed."""
    if row.state not in billing.OPEN_STATES:
        return
    if cancelled and row.state == "planned":
        told.dropped += 1
        told.dropped_minor += row.amount_minor
    row.state = "dropped" if cancelled and row.state == "planned" else "replaced"
    row.why, row.updated_at = "cancelled" if cancelled else "the deal changed", now
    if not row.draft_line:
        row.draft_id = None


def _take_out(book: Book, told: Planned, now: datetime) -> None:
    """Lines that the deal has no longer: nothing more is planned, what was billed is too much."""
    there = {line.source_id for line in book.deal.lines}
    billable = {one.line.key for one in book.billable}
    for kept in book.lines:
        if kept.key in billable:
            continue
        kept.removed = kept.line_id not in there
        rows = [r for r in book.instalments if r.billing_line_id == kept.id]
        ended = book.row.ended_on is not None
        for row in rows:
            _leave_out(row, told, now, cancelled=ended)
        done = sum(_billed(r).amount.minor for r in rows if r.state == "billed")
        kept.difference_minor = -done if kept.removed and not ended else 0

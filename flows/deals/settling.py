"""One deal settled: planned, asked about, drafted; and all that are due, on the clock."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from flows.deals.book import Book
from flows.deals.drafting import BILLING, draft_due, follow_deal
from flows.deals.planning import hold_merged, plan
from store import billing, deals
from store.billing import BillingLineRow
from store.deals import DealRow
from store.engine import Database, Session
from store.worklist import WorkItemRow, ask_again, close_item

_BATCH = 50
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling did: drafts made, drafts that differ from the deal now, what was dropped."""

    drafted: tuple[int, ...] = ()
    differing: tuple[int, ...] = ()
    dropped: int = 0
    dropped_minor: int = 0


async def settle(
    session: Session, deal_id: int, now: datetime, *, also: Sequence[str] = ()
) -> Settled | None:
    """Bring plan, questions and drafts of a deal up to date; safe to repeat.

    `also` are keys of instalments that a person wants drafted before their day. None: there is no
    such deal, or it was never read.
    """
    row = await deals.locked_deal(session, deal_id)
    if row is None or row.version == 0:
        return None
    await hold_merged(session, row, now)
    await billing.hold_customer(session, f"{row.source}:{row.customer_name}")
    before = {line.id: line.difference_minor for line in await billing.lines_of(session, row.id)}
    planned = await plan(session, row, now)
    await _ask(session, planned.book, now)
    for line in planned.book.lines:
        await _tell_difference(session, row, line, before.get(line.id, 0), now)
    differing = await follow_deal(session, planned.book, now)
    drafted = await draft_due(session, planned.book, now, also=also)
    return Settled(tuple(drafted), tuple(differing), planned.dropped, planned.dropped_minor)


async def _ask(session: Session, book: Book, now: datetime) -> None:
    """What nobody can bill yet waits on the worklist until somebody says it."""
    row, key = book.row, f"deal:{book.row.id}:questions"
    if not book.questions or row.state not in ("won", "cancelled"):
        await close_item(session, key, by=str(BILLING), now=now)
        return
    asked = "; ".join(
        f"{one.line.product or one.line.source_id}: {one.why or ', '.join(one.missing)}"
        for one in book.questions
    )
    item = WorkItemRow(
        key=key,
        kind="deal",
        title=f"{row.name} cannot be billed yet: {asked}"[:300],
        detail={"deal_id": row.id, "reason": asked[:500]},
        opened_at=now,
    )
    await ask_again(session, item)


async def _tell_difference(
    session: Session, row: DealRow, line: BillingLineRow, before: int, now: datetime
) -> None:
    """An invoice that is out bills too much or too little: a credit or a true-up is proposed.

    Said once: what a person took off the list does not come back until it is another amount.
    """
    minor = line.difference_minor
    if minor == before:
        return
    if before:
        await close_item(session, f"{_key(line)}:{before}", by=str(BILLING), now=now)
    if not minor:
        return
    amount = Money(abs(minor), row.currency)
    what = f"{amount} less than billed: credit it" if minor < 0 else f"{amount} more: bill it"
    title = f"{row.name}, {line.description or line.line_id}: the deal says {what}, or leave it"
    detail: dict[str, object] = {
        "deal_id": row.id,
        "line": line.key,
        "difference": str(Money(minor, row.currency)),
        "propose": "credit" if minor < 0 else "true-up",
        "reason": "the deal changed after it was invoiced",
    }
    item = WorkItemRow(key=f"{_key(line)}:{minor}", kind="deal_difference", title=title[:300],
                       detail=detail, opened_at=now)  # fmt: skip
    await ask_again(session, item)


def _key(line: BillingLineRow) -> str:
    return f"deal:line:{line.id}"


async def bill(db: Database, now: datetime) -> int:
    """Settle every deal with something to bill by today; how many drafts were made."""
    after, made = 0, 0
    while True:
        async with db.read() as session:
            due = await billing.deals_due(session, now.date(), after=after, limit=_BATCH)
        if not due:
            return made
        for deal_id in due:
            made += await _bill_one(db, deal_id, now)
        after = due[-1]


async def _bill_one(db: Database, deal_id: int, now: datetime) -> int:
    """One deal that cannot be billed holds up none of the others; a person hears of it."""
    try:
        async with db.begin() as session:
            settled = await settle(session, deal_id, now)
        return len(settled.drafted) if settled else 0
    except (LedgerError, LookupError, TypeError, ValueError) as error:
        logger.exception("deal %s could not be billed", deal_id)
        item = WorkItemRow(
            key=f"deal:{deal_id}:unbillable",
            kind="deal",
            title=f"A deal could not be billed: {error}"[:300],
            detail={"deal_id": deal_id, "reason": str(error)[:500]},
            opened_at=now,
        )
        async with db.begin() as session:
            await ask_again(session, item)
        return 0

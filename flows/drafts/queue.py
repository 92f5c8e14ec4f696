"""The list of drafts, each with how it stands against the ERP and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from domain.ledger.money import Money
from erp.review.draft import Draft, Standing
from erp.review.exact import number, units
from erp.review.finding import Severity
from flows.desk import Desk
from flows.drafts.review import DraftReview, check_all
from store import drafts
from store.drafts import InvoiceDraftRow, Wanted
from store.engine import Session

_OPEN = ("draft", "submitted", "pushed")
_BATCH = 100
_MOST_BATCHES = 5


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which drafts: empty values do not narrow. Amounts are text of any currency ("1000").

    `status` is new, has_changes or up_to_date; `state` draft, submitted, pushed or dropped.
    Dropped ones are only listed when asked for.
    """

    status: str = ""
    source: str = ""
    state: str = ""
    amount_from: str = ""
    amount_to: str = ""
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """A draft on the list, with its standing and how many findings stand in the way."""

    draft: Draft
    customer_name: str
    standing: Standing
    blocks: int
    warnings: int
    ready: bool
    effect_state: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of drafts by id. `next_after` goes on from here, None at the end."""

    items: tuple[Queued, ...]
    next_after: int | None = None
    problems: dict[str, str] = field(default_factory=dict)


async def queue(
    session: Session,
    wanted: QueueFilter,
    desk: Desk,
    now: datetime,
    *,
    after: int = 0,
    limit: int = 50,
) -> Queue:
    """Drafts with their standing, by id. A page may be short where few fit; `next_after` tells."""
    low, high = number(wanted.amount_from), number(wanted.amount_to)
    if problems := _problems(wanted, low, high):
        return Queue((), problems=problems)
    states = (wanted.state,) if wanted.state else _OPEN
    narrowed = Wanted(states, wanted.source, wanted.date_from, wanted.date_to)
    found: list[Queued] = []
    for _ in range(_MOST_BATCHES):
        rows = await drafts.drafts_page(session, narrowed, after=after, limit=_BATCH)
        fitting = [row for row in rows if _within(row, low, high)]
        for checked in await check_all(session, fitting, desk, now):
            if wanted.status not in ("", checked.review.standing):
                continue
            found.append(_queued(checked.review))
            if len(found) == limit:
                return Queue(tuple(found), found[-1].draft.id)
        if len(rows) < _BATCH:
            return Queue(tuple(found))
        after = rows[-1].id
    return Queue(tuple(found), after)


def _problems(wanted: QueueFilter, low: Fraction | None, high: Fraction | None) -> dict[str, str]:
    told = {"amount_from": (wanted.amount_from, low), "amount_to": (wanted.amount_to, high)}
    fix = "Write a plain amount like 1000 or 99.50."
    return {name: fix for name, (text, read) in told.items() if text.strip() and read is None}


def _within(row: InvoiceDraftRow, low: Fraction | None, high: Fraction | None) -> bool:
    total = units(Money(row.total_minor, row.currency))
    return (low is None or total >= low) and (high is None or total <= high)


def _queued(told: DraftReview) -> Queued:
    in_the_way = [one.finding.severity for one in told.findings if one.open]
    return Queued(
        draft=told.draft,
        customer_name=told.customer_name,
        standing=told.standing,
        blocks=in_the_way.count(Severity.BLOCK),
        warnings=in_the_way.count(Severity.WARN),
        ready=told.ready,
        effect_state=told.effect_state,
    )

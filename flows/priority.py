"""The priority queue: whom to work on first, and what was said last."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.dunning.standing import Conversation, ConversationState
from domain.ledger.aging import bucket
from domain.ledger.money import Money
from flows.conversations import states_of
from store.engine import Session
from store.overdue import Debt, Filter, Marks, debts, marks
from store.people import user_names
from store.scores import ScoreRow, scores_of
from store.touchpoints import TouchpointRow

MOST_EXPORTED = 5000
_BATCH = 500
_RUNS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "customer_id", "customer", "number", "status", "currency", "open", "overdue", "oldest_due_on",
    "aging", "last_message_at", "last_message_from", "last_message", "promised_on", "score",
    "assignee", "next",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One customer and currency.

    `status` is the one word that decides: escalated, resolved, disputed, promised, paused,
    to_approve or active. `score` is per mille, None until one was made. `last_message_from` is
    "customer" or "us".
    """

    customer_id: int
    name: str
    number: str
    status: str
    conversation: Conversation
    open: Money
    overdue: Money
    due_on: date | None
    open_count: int
    overdue_count: int
    aging: str
    last_message_at: datetime | None = None
    last_message_from: str = ""
    excerpt: str = ""
    promised_on: date | None = None
    score: int | None = None
    score_reasons: tuple[str, ...] = ()
    assignee: str = ""
    next: str = ""
    next_at: datetime | None = None


async def queue(
    session: Session, wanted: Filter, now: datetime, *, limit: int = 50, offset: int = 0
) -> list[QueueRow]:
    """A page of the queue, in a fixed number of queries."""
    today = now.date()
    rows = await debts(session, wanted, today, limit=limit, offset=offset)
    ids = sorted({row.customer_id for row in rows})
    known = await marks(session, ids, today)
    talks = await states_of(session, ids, now)
    scores = await scores_of(session, ids)
    names = await user_names(session)
    return [
        _row(row, talks[row.customer_id], known, scores.get(row.customer_id), names, today)
        for row in rows
    ]


async def as_csv(session: Session, wanted: Filter, now: datetime) -> str:
    """The queue as CSV with a header, at most 5,000 lines; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for offset in range(0, MOST_EXPORTED, _BATCH):
        rows = await queue(session, wanted, now, limit=_BATCH, offset=offset)
        writer.writerows([_safe(cell) for cell in _cells(row)] for row in rows)
        if len(rows) < _BATCH:
            break
    return out.getvalue()


def _row(
    debt: Debt,
    talk: Conversation,
    known: Marks,
    score: ScoreRow | None,
    names: dict[str, str],
    today: date,
) -> QueueRow:
    i = debt.customer_id
    last, promise, plan = known.touches.get(i), known.promises.get(i), known.plans.get(i)
    return QueueRow(
        i,
        debt.name,
        debt.entity_number,
        _status(i, talk, known),
        talk,
        debt.open,
        debt.overdue,
        debt.oldest_on,
        debt.open_count,
        debt.overdue_count,
        bucket((today - debt.oldest_on).days) if debt.oldest_on else "current",
        *_last(last),
        promised_on=promise.promised_on if promise else None,
        score=score.per_mille if score else None,
        score_reasons=tuple(str(r.get("text", "")) for r in score.reasons) if score else (),
        assignee=names.get(str(talk.assignee_id or ""), ""),
        next=plan.reason or plan.outcome if plan else "",
        next_at=plan.next_at if plan else None,
    )


def _last(row: TouchpointRow | None) -> tuple[datetime | None, str, str]:
    if row is None:
        return None, "", ""
    said = "customer" if row.direction == "in" else "us"
    return row.occurred_at, said, (row.excerpt or row.subject)[:300]


def _status(customer_id: int, talk: Conversation, known: Marks) -> str:
    if talk.state in (ConversationState.ESCALATED, ConversationState.RESOLVED):
        return talk.state.value
    if customer_id in known.disputes:
        return "disputed"
    if customer_id in known.promises:
        return "promised"
    if talk.state is ConversationState.PAUSED or customer_id in known.holds:
        return "paused"
    return "to_approve" if customer_id in known.proposals else "active"


def _cells(row: QueueRow) -> Sequence[object]:
    return (
        row.customer_id,
        row.name,
        row.number,
        row.status,
        row.open.currency,
        row.open.plain(),
        row.overdue.plain(),
        row.due_on.isoformat() if row.due_on else "",
        row.aging,
        row.last_message_at.isoformat() if row.last_message_at else "",
        row.last_message_from,
        row.excerpt,
        row.promised_on.isoformat() if row.promised_on else "",
        "" if row.score is None else row.score,
        row.assignee,
        row.next,
    )


def _safe(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(_RUNS) else text

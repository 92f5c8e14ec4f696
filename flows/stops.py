"""What stops the cadence of a customer now, and when it began anew after a stop ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.dunning.standing import ConversationState, Dispute, Pause, PauseKind
from store import conversations, standing
from store.conversations import ConversationRow
from store.engine import Session
from store.standing import DisputeRow, HoldRow

# Nobody counts from a stop that ended longer ago than the longest ladder takes.
_MEMORY = timedelta(days=400)
# What an answer paused for some days is a delay of the next mail and not a new beginning.
DELAYS = "system:replies"
_KINDS = {kind.value: kind for kind in PauseKind}


@dataclass(frozen=True, slots=True)
class Stops:
    """Pauses and disputes in force, and when the cadence began anew (see Standing)."""

    pauses: tuple[Pause, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    restarted_at: dict[int | None, datetime] = field(default_factory=dict)
    conversation_since: datetime | None = None


async def load_stops(session: Session, customer_id: int, today: date, zone: tzinfo = UTC) -> Stops:
    """Everything that stops, or stopped, a customer; `zone` is the customer's. Three queries."""
    since = datetime.combine(today - _MEMORY, time(), tzinfo=UTC)
    holds = await standing.stops_of(session, customer_id, since)
    disputes = await standing.disputes_of(session, customer_id, since)
    talk = await conversations.conversation_of(session, customer_id)
    return stops_from(holds, disputes, talk, today, zone)


def stops_from(
    holds: Sequence[HoldRow],
    disputes: Sequence[DisputeRow],
    talk: ConversationRow | None,
    today: date,
    zone: tzinfo,
) -> Stops:
    """What follows from the rows of a customer, ended and settled ones among them."""
    ended = [*_ended(holds, today, zone), *_settled(disputes), *_reopened(talk)]
    return Stops(
        pauses=(*_talk(talk), *(_pause(row) for row in holds if _in_force(row, today))),
        disputes=tuple(_dispute(row) for row in disputes if row.state == "open"),
        restarted_at=_latest(ended),
        conversation_since=talk.reopened_at if talk is not None else None,
    )


def _in_force(row: HoldRow, today: date) -> bool:
    return row.released_at is None and (row.until_on is None or row.until_on >= today)


def _talk(row: ConversationRow | None) -> tuple[Pause, ...]:
    if row is None:
        return ()
    if row.state == ConversationState.ESCALATED:
        return (Pause(PauseKind.ESCALATED, reason=row.trigger.replace("_", " ")),)
    if row.state == ConversationState.RESOLVED:
        words = row.note or "closed"
        return tuple(Pause(PauseKind.RESOLVED, i, reason=words) for i in row.invoice_ids)
    return ()


def _pause(row: HoldRow) -> Pause:
    words = ": ".join(part for part in (row.why, row.detail) if part) or row.reason
    kind = _KINDS.get(row.reason, PauseKind.PAUSED)
    return Pause(kind, row.invoice_id, row.until_on, words, row.created_by != DELAYS)


def _dispute(row: DisputeRow) -> Dispute:
    ids = () if row.invoice_id is None else (row.invoice_id,)
    return Dispute(ids, row.reason_code, open=True, id=row.id)


def _ended(
    rows: Sequence[HoldRow], today: date, zone: tzinfo
) -> Iterable[tuple[int | None, datetime]]:
    for row in rows:
        if row.released_at is not None:
            yield row.invoice_id, row.released_at
        elif row.until_on is not None and row.until_on < today and row.created_by != DELAYS:
            morning = datetime.combine(row.until_on + timedelta(days=1), time(), tzinfo=zone)
            yield row.invoice_id, morning.astimezone(UTC)


def _settled(rows: Sequence[DisputeRow]) -> Iterable[tuple[int | None, datetime]]:
    for row in rows:
        if row.state != "open" and row.resolved_at is not None:
            yield row.invoice_id, row.resolved_at


def _reopened(row: ConversationRow | None) -> Iterable[tuple[int | None, datetime]]:
    if row is not None and row.restarted_at is not None:
        yield None, row.restarted_at


def _latest(found: Iterable[tuple[int | None, datetime]]) -> dict[int | None, datetime]:
    latest: dict[int | None, datetime] = {}
    for key, at in found:
        latest[key] = max(at, latest.get(key, at))
    return latest

"""What became of a customer's conversation over time: with a person, closed, begun anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.dunning.past import Spell
from domain.dunning.standing import Pause, PauseKind
from store.conversations import ConversationRow
from store.past import Moved

_LONG_AGO = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Talk:
    """What it stopped and when, when the cadence began anew, when replies began to count anew."""

    stops: tuple[tuple[Pause, Spell], ...] = ()
    begun_anew: tuple[datetime, ...] = ()
    reopened: tuple[datetime, ...] = ()


def talk_of(
    row: ConversationRow | None, moves: Sequence[Moved], since: date, *, in_playbook: bool
) -> Talk:
    """The conversation of a customer as the audit has it; without one, as it is now.

    Left out is what a playbook handed to a person after `since`: whoever lives through the
    playbook again sees it handed over again.
    """
    told = list(moves) or list(_as_now(row))
    ends = [*(move.at for move in told[1:]), None]
    stops: list[tuple[Pause, Spell]] = []
    for move, end in zip(told, ends, strict=False):
        own = move.detail.get("trigger") == "playbook" and move.at.date() >= since
        if not (in_playbook and own):
            stops += [(pause, Spell(move.at, end)) for pause in _stopped(move)]
    again = [move for move in told if move.state == "active"]
    closed = [move for move in again if move.detail.get("before") == "resolved"]
    return Talk(tuple(stops), tuple(m.at for m in again), tuple(m.at for m in closed))


def _stopped(move: Moved) -> Iterable[Pause]:
    if move.state == "escalated":
        yield Pause(PauseKind.ESCALATED, reason=str(move.detail.get("trigger", "")))
    if move.state == "resolved":
        ids = move.detail.get("invoice_ids")
        for invoice_id in ids if isinstance(ids, list) else ():
            reason = str(move.detail.get("reason") or "closed")
            yield Pause(PauseKind.RESOLVED, int(invoice_id), reason=reason)


def _as_now(row: ConversationRow | None) -> Iterable[Moved]:
    if row is None:
        return
    detail = {"trigger": row.trigger, "reason": row.note, "invoice_ids": row.invoice_ids}
    if row.state == "active" and row.restarted_at is not None:
        before = "resolved" if row.reopened_at == row.restarted_at else "escalated"
        yield Moved(row.customer_id, row.restarted_at, "active", {**detail, "before": before})
    elif row.state != "active":
        yield Moved(row.customer_id, row.since or _LONG_AGO, row.state, detail)

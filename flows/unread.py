"""Mails that are not read: a person is asked, and whoever wrote them is left alone meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flows.conversations import withdraw
from flows.followups import KEEPER
from sources.mail.glimpse import Glimpse, glimpse
from sources.mail.message import SetAsideReason
from store import senders
from store.engine import Session
from store.worklist import WorkItemRow, open_item

_WHY = {
    SetAsideReason.EMPTY: "there is nothing in it",
    SetAsideReason.TOO_LARGE: "it is larger than 25 MB",
    SetAsideReason.HEADERS_TOO_LONG: "its headers are too long",
    SetAsideReason.TOO_MANY_PARTS: "it has more than 200 parts",
    SetAsideReason.TOO_DEEP: "its parts are nested too deep",
    SetAsideReason.NO_SINGLE_SENDER: "it does not name one sender",
    SetAsideReason.TOO_SLOW: "reading it took too long",
    SetAsideReason.UNREADABLE: "it could not be read",
}


@dataclass(frozen=True, slots=True)
class Unread:
    """A mail that is kept and not read. `head` are its first bytes, `why` the reason in words."""

    key: str
    head: bytes
    title: str
    why: str
    detail: dict[str, object] = field(default_factory=dict)


def set_aside(event_id: int, raw: bytes, reason: SetAsideReason) -> Unread:
    """A stored mail that breaks a bound, or does not say who wrote it."""
    why = _WHY[reason]
    detail: dict[str, object] = {"source_event_id": event_id}
    return Unread(f"event:{event_id}", raw, f"A mail was set aside, {why}", why, detail)


async def ask_about(session: Session, mail: Unread, now: datetime) -> None:
    """Open one item. Customers at whom a sender is on file are asked for nothing while it waits."""
    seen = glimpse(mail.head)
    theirs = await _customers(session, seen)
    told = ", ".join(seen.senders) or "nobody"
    detail = {"reason": mail.why[:500], "from": list(seen.senders), "subject": seen.subject}
    item = WorkItemRow(
        key=mail.key,
        kind="reply" if theirs else "source_event",
        customer_id=theirs[0] if len(theirs) == 1 else None,
        title=f"{mail.title}; from {told}: {seen.subject or 'no subject'}"[:300],
        detail={**mail.detail, **detail, "candidates": list(theirs)},
        opened_at=now,
    )
    if await open_item(session, item) is None:
        return
    for customer_id in theirs:
        await withdraw(session, customer_id, "a mail of theirs waits for a person", KEEPER, now)


async def _customers(session: Session, seen: Glimpse) -> tuple[int, ...]:
    """Customers at whom one of the senders is on file, at most 20."""
    found: dict[int, None] = {}
    for address in seen.senders:
        near = await senders.contacts_near(session, address)
        found |= {row.customer_id: None for row in near if row.email.lower() == address}
    return tuple(found)[:20]

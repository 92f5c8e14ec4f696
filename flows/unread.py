"""Mails that are not read: a person is asked, and whoever wrote them is left alone meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flows.conversations import withdraw
from flows.followups import KEEPER
from sources.mail.glimpse import Glimpse, glimpse
from store import senders
from store.engine import Session
from store.worklist import WorkItemRow, open_item


@dataclass(frozen=True, slots=True)
class Unread:
    """A mail that is kept and not read. `head` are its first bytes, `why` the reason in words."""

    key: str
    head: bytes
    title: str
    why: str
    detail: dict[str, object] = field(default_factory=dict)


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

"""Who a mail may be from: contacts by address and by domain, threads by token and message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Text, cast, func, or_, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col, select

from store.engine import Session
from store.inbox import SourceEventRow
from store.parties import ContactRow
from store.touchpoints import ThreadRow, TouchpointRow

_MOST, _HEAD = 200, 16_384


async def contacts_near(session: Session, address: str) -> Sequence[ContactRow]:
    """Contacts with this address or in its domain, those with the address first."""
    domain = address.rpartition("@")[2].lower()
    if not domain:
        return []
    mail = func.lower(ContactRow.email)
    found = await session.exec(
        select(ContactRow)
        .where(mail.endswith(f"@{domain}", autoescape=True))
        .order_by((mail == address.lower()).desc(), col(ContactRow.id))
        .limit(_MOST)
    )
    return found.all()


async def threads_by_token(session: Session, tokens: Sequence[str]) -> Sequence[ThreadRow]:
    """Threads that these reply tokens address."""
    if not tokens:
        return []
    found = await session.exec(select(ThreadRow).where(col(ThreadRow.token).in_(tokens[:20])))
    return found.all()


async def touchpoint_by_key(session: Session, key: str) -> TouchpointRow | None:
    """The touchpoint with this key, or None."""
    found = await session.exec(select(TouchpointRow).where(TouchpointRow.key == key))
    return found.first()


async def unread_from(session: Session, ends: Sequence[str], since: datetime) -> bool:
    """Whether a mail that came here after `since` is unread and names an address of such an end.

    A mailbox may have had it for days before it was fetched.
    """
    if not ends:
        return False
    head = func.lower(func.encode(func.substring(SourceEventRow.body, 1, _HEAD), "escape"))
    found = await session.exec(
        select(SourceEventRow.id)
        .where(SourceEventRow.source == "mail", SourceEventRow.state == "pending")
        .where(
            or_(
                col(SourceEventRow.received_at) > since,
                cast(col(SourceEventRow.headers), JSONB)["stored_at"].astext > since.isoformat(),
            )
        )
        .where(or_(*(head.contains(end, autoescape=True) for end in ends)))
        .limit(1)
    )
    return found.first() is not None


async def mark_automatic(session: Session, touchpoint_id: int) -> None:
    """A mail turned out to be a machine's: it is no answer of a person."""
    await session.exec(
        update(TouchpointRow)
        .where(col(TouchpointRow.id) == touchpoint_id)
        .values(kind="auto_reply")
    )


async def put_into_thread(session: Session, touchpoint_id: int, thread_id: int) -> None:
    """A mail of theirs began a conversation: what answers it belongs there too."""
    await session.exec(
        update(TouchpointRow)
        .where(col(TouchpointRow.id) == touchpoint_id, col(TouchpointRow.thread_id).is_(None))
        .values(thread_id=thread_id)
    )


async def note_reading(session: Session, touchpoint_id: int, reading: dict[str, object]) -> None:
    """Keep how a mail was read beside it."""
    await session.exec(
        update(TouchpointRow).where(col(TouchpointRow.id) == touchpoint_id).values(reading=reading)
    )


async def last_addressed(session: Session, customer_id: int) -> str:
    """The first recipient of our last mail to a customer, empty when there was none."""
    found = await session.exec(
        select(TouchpointRow.to_addresses)
        .where(TouchpointRow.customer_id == customer_id, TouchpointRow.direction == "out")
        .where(TouchpointRow.channel == "email")
        .order_by(col(TouchpointRow.occurred_at).desc(), col(TouchpointRow.id).desc())
        .limit(1)
    )
    return next(iter(found.first() or ()), "")


async def written_to(session: Session, customer_id: int, address: str) -> bool:
    """Whether we ever sent mail to this address for this customer."""
    folded = cast(func.lower(cast(col(TouchpointRow.to_addresses), Text)), JSONB)
    found = await session.exec(
        select(TouchpointRow.id)
        .where(TouchpointRow.customer_id == customer_id, TouchpointRow.direction == "out")
        .where(folded.contains([address.lower()]))
        .limit(1)
    )
    return found.first() is not None

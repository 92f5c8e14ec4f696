"""Who a mail may be from: contacts by address and by domain, threads by token and message."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, update
from sqlmodel import col, select

from store.engine import Session
from store.parties import ContactRow
from store.touchpoints import ThreadRow, TouchpointRow

_MOST = 200


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


async def note_reading(session: Session, touchpoint_id: int, reading: dict[str, object]) -> None:
    """Keep how a mail was read beside it."""
    await session.exec(
        update(TouchpointRow).where(col(TouchpointRow.id) == touchpoint_id).values(reading=reading)
    )


async def written_to(session: Session, customer_id: int, address: str) -> bool:
    """Whether we ever sent mail to this address for this customer."""
    found = await session.exec(
        select(TouchpointRow.id)
        .where(TouchpointRow.customer_id == customer_id, TouchpointRow.direction == "out")
        .where(col(TouchpointRow.to_addresses).contains([address]))
        .limit(1)
    )
    return found.first() is not None

"""What was last said between us and a customer by mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import col, select

from store.engine import Session
from store.touchpoints import TouchpointRow


class Word(NamedTuple):
    """One mail: when, what it says (ours) or how it was read (theirs), from whom."""

    occurred_at: datetime
    body_text: str
    from_address: str
    reading: dict[str, Any]


async def last_sent(session: Session, customer_id: int) -> Word | None:
    """Our last mail to a customer."""
    return await _last(session, customer_id, "out", ("followup", "reply"))


async def last_heard(session: Session, customer_id: int) -> Word | None:
    """The last mail a person at the customer wrote."""
    return await _last(session, customer_id, "in", ("reply",))


async def _last(
    session: Session, customer_id: int, direction: str, kinds: tuple[str, ...]
) -> Word | None:
    wanted = [col(getattr(TouchpointRow, name)) for name in Word._fields]
    found = await session.exec(
        select(*wanted)
        .where(TouchpointRow.customer_id == customer_id, TouchpointRow.channel == "email")
        .where(TouchpointRow.direction == direction, col(TouchpointRow.kind).in_(kinds))
        .order_by(col(TouchpointRow.occurred_at).desc(), col(TouchpointRow.id).desc())
        .limit(1)
    )
    row = found.first()
    return Word(*row) if row is not None else None

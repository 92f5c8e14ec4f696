"""Addresses that stood in a customer's mails: who else could be written to."""

from __future__ import annotations

from sqlmodel import col, select

from store.engine import Session
from store.touchpoints import TouchpointRow

_LOOKED_AT = 50


async def colleagues_seen(session: Session, customer_id: int, domain: str) -> list[tuple[str, str]]:
    """Addresses of a domain in the customer's latest mails, newest first, with where each stood."""
    found = await session.exec(
        select(TouchpointRow.from_address, TouchpointRow.to_addresses, TouchpointRow.occurred_at)
        .where(TouchpointRow.customer_id == customer_id, TouchpointRow.direction == "in")
        .where(TouchpointRow.kind == "reply")
        .order_by(col(TouchpointRow.id).desc())
        .limit(_LOOKED_AT)
    )
    seen: dict[str, str] = {}
    for sender, others, at in found.all():
        day = at.date().isoformat()
        for address, role in ((sender, "wrote"), *((other, "was in copy") for other in others)):
            if address.lower().endswith(f"@{domain}"):
                seen.setdefault(address.lower(), f"{role} on {day}")
    return list(seen.items())

"""The one customer that somebody typed the name or number of."""

from __future__ import annotations

from store.engine import Session
from store.search import search


async def customer_named(session: Session, text: str) -> int | None:
    """The customer of exactly this number or name; None if there is none, or several."""
    typed = text.strip().casefold()
    if not typed:
        return None
    found = (await search(session, typed, limit=50)).customers
    numbered = [c for c in found if c.entity_number.casefold() == typed]
    exact = numbered or [c for c in found if c.name.casefold() == typed]
    return exact[0].id if len(exact) == 1 else None

"""What a policy may name that customers have: their tags, places and the seller's subsidiaries."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from store.engine import Session
from store.parties import CustomerRow, SubsidiaryRow


@dataclass(frozen=True, slots=True)
class Known:
    """`tags` in small letters, `places` like "US" and "US-CA", `subsidiaries` by NetSuite id."""

    tags: frozenset[str]
    places: frozenset[str]
    subsidiaries: frozenset[str]


async def known_names(session: Session) -> Known:
    """Everything that at least one customer, or the seller, has."""
    each = func.jsonb_array_elements_text(col(CustomerRow.tags))
    tags = await session.exec(select(func.lower(each)).distinct())
    where = await session.exec(select(CustomerRow.country, CustomerRow.region).distinct())
    houses = await session.exec(select(SubsidiaryRow.netsuite_id))
    places = {name for country, region in where.all() for name in (country, f"{country}-{region}")}
    return Known(frozenset(tags.all()), frozenset(places), frozenset(houses.all()))

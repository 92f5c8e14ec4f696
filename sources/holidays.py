"""Public holidays of a place, from the `holidays` library."""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=512)
def public_holidays(country: str, region: str, years: tuple[int, ...]) -> frozenset[date]:
    """Days off in a country (ISO 3166-1 alpha-2) and, when it is known, its subdivision.

    An unknown subdivision falls back to the whole country, an unknown country to no holidays.
    """
    import holidays

    for subdivision in (region, ""):
        try:
            found = holidays.country_holidays(
                country, subdiv=subdivision or None, years=sorted(years)
            )
        except NotImplementedError:
            continue
        return frozenset(found)
    return frozenset()

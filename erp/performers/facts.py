"""Questions that several performers ask before writing, and comparisons they make after."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from erp.port import Erp

_PLAIN = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)


async def period_shut(erp: Erp, on: date) -> str:
    """Why nothing can be posted on a day, "" if it can."""
    periods = [p for p in await erp.periods() if p.starts_on <= on <= p.ends_on]
    if not periods:
        return f"NetSuite has no accounting period for {on}"
    for period in periods:
        if period.closed or period.ar_locked or period.all_locked:
            return f"the accounting period {period.name} is closed or locked"
    return ""


async def customer_missing(erp: Erp, netsuite_id: str) -> str:
    """Why nothing can be posted to a customer, "" if it can."""
    found = await erp.customers_by_id([netsuite_id])
    if not found:
        return f"NetSuite has no customer {netsuite_id}"
    return f"{found[0].name} is inactive in NetSuite" if found[0].inactive else ""


def unequal(*parts: tuple[str, object, object]) -> list[str]:
    """Parts (name, asked, found) that are not as asked, in words."""
    return [f"{name} {_shown(found)} instead of {asked}" for name, asked, found in parts
            if asked != found]  # fmt: skip


def unequal_if_asked(*parts: tuple[str, object, object]) -> list[str]:
    """Like `unequal`; what was left empty is the ERP's to fill in."""
    return unequal(*(part for part in parts if part[1] not in (None, "")))


def same_number(asked: str, found: str) -> bool:
    """Whether two decimal texts are the same number: "1" and "1.00" are."""
    if _PLAIN.fullmatch(asked) and _PLAIN.fullmatch(found):
        return Fraction(asked) == Fraction(found)
    return asked == found


def _shown(found: object) -> object:
    return "nothing" if found in (None, "") else found

"""How the pages of revenue name who posts, and what a report is narrowed to."""

from __future__ import annotations

from flows.revenue.reports.around import Books, named
from flows.revenue.reports.asked import BY, Asked
from store.engine import Session

MODES = {
    "arm": "NetSuite posts revenue (ARM); nothing is posted from here",
    "journal": "Journals are proposed here and posted after approval",
}
_NARROWS = ("customer", "contract", "invoice", "account", "deferred", "type")


async def narrowings(session: Session, around: Books, asked: Asked) -> list[tuple[str, str, str]]:
    """What a report is narrowed to: the field, its name, and the value in words."""
    found = list[tuple[str, str, str]]()
    for name in _NARROWS:
        value = str(getattr(asked, name) or "")
        if value:
            known = await named(session, around, name, [value])
            found.append((name, BY[name], known.get(value, value)))
    if asked.currency:
        found.append(("currency", "Currency", asked.currency))
    return found

"""How the pages of revenue name who posts, and what a report is narrowed to."""

from __future__ import annotations

from typing import Any

from domain.ledger.money import Money
from domain.revenue.settings import Mode
from flows.revenue.checklist import Check, Checklist, Point
from flows.revenue.reports.around import Books, named
from flows.revenue.reports.asked import BY, Asked
from store.engine import Session
from store.revenue import RevenueModificationRow

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


CHECKS = {
    "sync": "NetSuite is read through the end of the period",
    "drift": "Differences to NetSuite are settled",
    "receipts": "Receipts are applied or explained",
    "exceptions": "Held lines are planned or reviewed",
    "modifications": "Changes of posted lines are decided",
    "posted": "The rows of the period are posted",
    "tie_out": "The ledger of NetSuite ties",
    "journals": "Journals are approved and posted, or NetSuite's plans are equal",
}
STEPS = {
    "": "Waiting for the worker",
    "look": "Looking at the list",
    "begin": "Putting what is older into its periods",
    "post": "Posting what is due",
    "journals": "Proposing journals",
    "check": "Tying to the ledger",
    "lock": "Locking, with a fingerprint of everything",
}
_PLACES = {
    "sync": "/sync",
    "drift": "/sync/drift",
    "receipts": "/payments",
    "exceptions": "/revenue/reports/exceptions",
    "modifications": "#changes",
    "tie_out": "/revenue/reports/tie-out",
    "journals": "/revenue/reports/journals",
}
_TREATMENTS = {
    "separate": "A contract of its own",
    "prospective": "Over what is left",
    "catch_up": "As if from the start, the difference now",
    "none": "Words only",
}


def place_of(found: Checklist, point: Point) -> str:
    """Where a point is settled, "" where it is on this page."""
    place = _PLACES.get(point.check.value, "")
    if point.check is Check.JOURNALS and found.mode is Mode.ARM:
        place = "/revenue/reports/arm"
    if not place.startswith("/revenue/"):
        return place
    period, seller = found.period, found.subsidiary.id
    days = f"from={period.starts_on}&to={period.ends_on}&as_of={period.ends_on}"
    return f"{place}?{days}&subsidiary={seller}"


def figures_of(change: RevenueModificationRow) -> list[tuple[str, str, Money, list[str]]]:
    """Each treatment of a change: its code, its name, what it does now, what is left then."""
    found = list[tuple[str, str, Money, list[str]]]()
    for code, raw in change.figures.items():
        told: Any = raw
        currency = str(told["currency"])
        rest = [str(Money(int(minor), currency)) for _, minor in told.get("remaining", [])]
        found.append((code, _TREATMENTS.get(code, code), Money(int(told["now"]), currency), rest))
    return found

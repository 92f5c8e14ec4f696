"""What a printed report says about itself: whose it is, what was asked, what is locked of it."""

from __future__ import annotations

from datetime import datetime

from flows.revenue.posting import OPENING
from flows.revenue.reports.around import Books
from flows.revenue.reports.asked import BASIS, MONEY, SHOW, Asked
from flows.revenue.reports.catalogue import Made
from store import revenue_periods
from store.engine import Session
from store.revenue import RevenuePeriodRow
from web.revenue_words import MODES

Facts = list[tuple[str, str]]


async def facts(
    session: Session, around: Books, asked: Asked, made: Made, chips: list[tuple[str, str, str]]
) -> Facts:
    """The question in words, and the fingerprint of each locked period that it touches."""
    seller = around.sellers.get(asked.subsidiary)
    sellers = [seller] if seller else list(around.sellers.values())
    told: Facts = [("Books", ", ".join(f"{one.name} ({one.currency})" for one in sellers))]
    if "span" in made.fields:
        told.append(("Period", f"{asked.first} to {asked.last}"))
    if "as_of" in made.fields:
        told.append(("As of", asked.as_of.isoformat()))
    if "money" in made.fields:
        group = f", {around.group(asked)}" if asked.money == "group" else ""
        told.append(("Amounts in", f"{MONEY[asked.money]}{group}"))
    if "basis" in made.fields:
        told.append(("Counted", BASIS[asked.basis]))
    if "show" in made.fields:
        told.append(("Revenue", SHOW[asked.show]))
    told += [(label, text) for _, label, text in chips]
    told.append(("Revenue is posted", MODES[around.mode]))
    return told + await _locks(session, around, asked, made)


async def _locks(session: Session, around: Books, asked: Asked, made: Made) -> Facts:
    first = asked.first if "span" in made.fields else asked.as_of
    last = asked.last if "span" in made.fields else asked.as_of
    told: Facts = []
    for one in around.sellers.values():
        if asked.subsidiary in (0, one.id):
            rows = await revenue_periods.periods(session, one.id)
            known = [row for row in rows if row.starts_on <= last and row.ends_on >= first]
            told += [(f"{row.name} {one.name}", _lock(row)) for row in reversed(known)]
    return told


def _lock(row: RevenuePeriodRow) -> str:
    if row.mode == OPENING:
        return "booked before these books began"
    if row.state != revenue_periods.CLOSED or row.closed_at is None:
        return f"not locked ({row.state})"
    return f"locked {row.closed_at:%Y-%m-%d %H:%M} UTC by {row.closed_by}, snapshot {row.sha256}"


def made_at(now: datetime, name: str) -> str:
    """When a paper was made, and for whom."""
    return f"Made {now:%Y-%m-%d %H:%M} UTC for {name}"

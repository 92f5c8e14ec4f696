"""Where the revenue books stand: periods with their state, and what is deferred and due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.revenue.periods import Period
from flows.revenue.reports.around import Books
from flows.revenue.reports.asked import Asked, read_asked
from flows.revenue.reports.roll_forward import roll_forward
from flows.revenue.reports.table import Report
from store import revenue_names
from store.engine import Session
from store.revenue import RevenuePeriodRow

_MOST = 24


@dataclass(frozen=True, slots=True)
class Overview:
    """The last periods, the first open one of each subsidiary, and deferred revenue by period."""

    periods: Sequence[RevenuePeriodRow]
    names: dict[int, str]
    open: Sequence[tuple[int, Period]]
    rolled: Report
    asked: Asked


async def overview(session: Session, around: Books) -> Overview:
    """What a controller looks at first."""
    asked = read_asked({}, around.settings, around.today)
    calendar = around.settings.calendar
    asked = replace(asked, last=calendar.of(around.today).ends_on)
    return Overview(
        await revenue_names.periods(session, most=_MOST),
        {one.id: one.name for one in around.sellers.values()},
        [
            (one.subsidiary_id, calendar_of(around, one.subsidiary_id, one.day))
            for one in around.open
            if one.day is not None
        ],
        await roll_forward(session, around, asked),
        asked,
    )


def calendar_of(around: Books, subsidiary_id: int, day: date) -> Period:
    seller = around.sellers[subsidiary_id]
    return around.settings.calendar_of(seller.netsuite_id).of(day)

"""Ours against the revenue plans that the ERP keeps, by element and period."""

from __future__ import annotations

from flows.revenue.reports.around import Books
from flows.revenue.reports.asked import Asked
from flows.revenue.reports.table import Report, Table, heads
from store.engine import Session

EMPTY = (
    "No revenue plans of NetSuite were read yet. Where Advanced Revenue Management is switched on,"
    " each revenue element stands here by period: ours, planned and posted by NetSuite, and the"
    " difference."
)
OFF = (
    "This account posts revenue by journals from here, so there are no revenue plans in NetSuite"
    " to compare with."
)


async def arm_comparison(session: Session, around: Books, asked: Asked) -> Report:
    """Element and period: ours, what NetSuite planned, what it posted, the difference."""
    del session
    columns = heads(
        "Element", "Line", "Period", numbers=("Ours", "Planned by NetSuite", "Posted", "Difference")
    )
    empty = OFF if around.mode == "journal" else EMPTY
    table = Table("Elements", columns, (), empty=empty)
    told = f"{asked.first} to {asked.last}"
    return Report("arm", "NetSuite ARM comparison", around.mode, told, (table,), (), empty)

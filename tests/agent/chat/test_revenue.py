"""What was recognized, and how the close stands, asked in a thread."""

from __future__ import annotations

from store.engine import Database
from store.erp_mirror import PostingPeriodRow
from tests.agent.chat.talk import talk
from tests.flows.revenue.reports.ledgers import put
from tests.flows.scene import NOW

LEDGER = """
bill INV-7 2026-01-01 1200.00 even_periods 2026-01-01 2026-12-31 of Yew
close 2026-01-31
"""


async def test_recognized_revenue_is_told_with_what_is_due_and_deferred(db: Database) -> None:
    await put(db, LEDGER)
    thread = await talk(db)
    told = await thread.say("what did we recognize in January")
    assert "100.00 USD recognized for 1 Jan 2026 to 31 Jan 2026" in told.text
    assert "Deferred revenue at the end, as posted: 1,100.00 USD" in told.text
    due = await thread.say("what did we recognize in February?")
    assert "Nothing is posted yet; 100.00 USD is due" in due.text
    one = await thread.say("what did we recognize in January for Acme")
    assert "No revenue of Acme is posted or planned" in one.text


async def test_the_close_of_the_revenue_books_is_part_of_the_answer(db: Database) -> None:
    await put(db, LEDGER)
    thread = await talk(db)
    first = NOW.date().replace(month=2, day=1)
    last = first.replace(day=28)
    async with db.begin() as session:
        session.add(
            PostingPeriodRow(netsuite_id="302", name="Feb 2026", starts_on=first, ends_on=last)
        )
    told = await thread.say("close readiness")
    assert "Feb 2026 cannot close yet" in told.text
    assert "Main: the rows of the period are not written" in told.text
    assert any(link.path.startswith("/revenue/close") for link in told.cited)

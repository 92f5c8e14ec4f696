"""The comparison with NetSuite's own plans, as it was last read."""

from __future__ import annotations

from datetime import date

from domain.revenue.settings import Mode, RevenueSettings
from flows.revenue.reports.arm import arm_comparison
from flows.revenue.reports.around import read_books
from flows.revenue.reports.asked import read_asked
from flows.revenue.reports.table import Report
from store.engine import Database
from store.revenue_arm import RevenueArmPeriodRow, RevenueArmReadingRow, RevenueArmRow
from tests.flows.revenue.reports.ledgers import NOW, put
from tests.flows.revenue.reports.test_reports import told

SETTINGS = RevenueSettings(mode=Mode.ARM)
LEDGER = "bill INV 2026-01-01 1200.00 even_periods 2026-01-01 2026-12-31"


async def compared(db: Database, settings: RevenueSettings = SETTINGS) -> Report:
    async with db.read() as session:
        around = await read_books(session, settings, NOW.date())
        asked = read_asked({"from": "2026-01-01", "to": "2026-03-31"}, settings, NOW.date())
        return await arm_comparison(session, around, asked)


async def test_before_and_without_a_reading_the_page_says_so(db: Database) -> None:
    assert "No revenue plans of NetSuite were read yet" in (await compared(db)).empty
    journal = await compared(db, RevenueSettings(mode=Mode.JOURNAL))
    assert "posts revenue by journals from here" in journal.empty
    async with db.begin() as session:
        session.add(
            RevenueArmReadingRow(
                since_on=date(2025, 1, 1), started_at=NOW, finished_at=NOW, outcome="not_shown",
                told="the feature is off",
            )
        )  # fmt: skip
    assert "does not show its revenue plans: the feature is off" in (await compared(db)).empty


async def test_elements_stand_with_their_difference_and_its_cause(db: Database) -> None:
    await put(db, LEDGER)
    async with db.begin() as session:
        reading = RevenueArmReadingRow(
            since_on=date(2025, 1, 1), started_at=NOW, finished_at=NOW, outcome="read", elements=1
        )
        session.add(reading)
        await session.flush()
        row = RevenueArmRow(
            key="element:9", reading_id=reading.id, subsidiary_id=1, obligation_id=1,
            state="differs", label="INV line 1", element="9", currency="USD",
            amount_minor=120_000, findings=[{"cause": "dates_changed", "told": "other dates"}],
        )  # fmt: skip
        session.add(row)
        await session.flush()
        for month, planned in ((1, 5_000), (2, 10_000)):
            session.add(
                RevenueArmPeriodRow(
                    arm_id=row.id, starts_on=date(2026, month, 1), period=f"2026-{month:02}",
                    ours_minor=10_000, planned_minor=planned, posted_minor=0,
                )
            )  # fmt: skip
    report = await compared(db)
    elements, periods = report.tables
    assert told(elements.rows[0])[2:] == [
        "Differs", "other dates", "200.00", "150.00", "0.00", "-50.00",
    ]  # fmt: skip
    assert [told(one)[2:4] for one in periods.rows] == [
        ["2026-01", "100.00"],
        ["2026-02", "100.00"],
    ]
    assert elements.rows[0].cells[1].href == "/revenue/lines/1"
    assert elements.note.startswith(f"NetSuite as of {NOW:%Y-%m-%d}")

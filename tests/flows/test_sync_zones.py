"""No time zone, and no change of the clocks, hides a change or makes one up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows.sync.passes import first_import, wide_pass
from flows.sync.reconcile import nightly
from store.engine import Database
from tests.erp.account import Hands, connected
from tests.flows.test_sync import COMPANY, World, snapshot


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("America/Los_Angeles", datetime(2026, 3, 8, 9, 50, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 11, 1, 8, 50, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 14, 50, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 12, 31, 18, 10, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2026, 6, 30, 9, 55, tzinfo=UTC)),
    ],
)
async def test_no_zone_and_no_change_of_the_clock_hides_a_change(
    db: Database, zone: str, start: datetime
) -> None:
    """Changes every five minutes across midnight or the hour that summer time adds or takes."""
    hands, bump = Hands(start - timedelta(hours=1)), start.month % 2 == 0
    async with connected(COMPANY, zone=zone, bump=bump, clock=hands) as netsuite:
        world = World(db, netsuite)
        await first_import(db, netsuite.erp, hands())
        for _ in range(5):
            row = await world.untouched()
            hands.at = max(hands.at, start) + timedelta(minutes=3)
            netsuite.do("pay", id=row.netsuite_id)
            hands.forward(minutes=4)
            await world.sync()
            assert (await world.invoice(int(row.netsuite_id))).status == "paid"
        before = await snapshot(db)
        for passing in (wide_pass, nightly):
            hands.forward(minutes=20)
            await passing(db, netsuite.erp, hands())
        assert await snapshot(db) == before

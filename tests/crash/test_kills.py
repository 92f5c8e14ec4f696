"""However often and whenever a worker is killed: one payment, one invoice, one mail each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.offers import KINDS
from tests.crash.rig import rigged, rounds, run

KILLS = 25


@pytest.mark.crash
@pytest.mark.timeout(900)
async def test_killed_workers_leave_exactly_one_of_everything(
    tmp_path: Path, database_url: str
) -> None:
    async with rigged(tmp_path, database_url) as rig:
        await run(rig, KILLS)
        states = await rig.settled(120)
        assert states == {"done": rig.offers.count}
        assert rig.kills.total() == KILLS
        assert set(rig.kills) == {f"{kind} {moment}" for kind, moment in rounds(KILLS)}
        assert {kind for kind, _ in rounds(KILLS)} == set(KINDS)
        (await rig.judge()).check(rig.offers)

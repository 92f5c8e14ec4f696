"""A quarter of the seeded world: who should be left alone is, and nothing is forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.quarter.conduct import worst
from evals.quarter.days import play
from evals.quarter.report import table
from evals.quarter.stage import Options

pytestmark = pytest.mark.timeout(600)


async def test_a_quarter_keeps_every_rule(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Options(days=90, customers=20, invoices=120, quick=True)
    told: list[str] = []
    quarter = await play(options, database, tmp_path / "quarter", told.append)
    with capsys.disabled():
        print(f"\n{table(quarter)}")
    assert quarter.broken == [], worst(quarter.broken)
    happened = quarter.counts
    assert min(happened["reminders sent"], happened["touchpoints in reply"]) > 20
    assert happened["promises kept"] > 0
    assert happened["promises broken"] > 0
    assert happened["post_customer_payment done"] > 10
    assert {"disputes resolved", "worklist reply"} <= set(happened)

"""From the worker's own passes to the pages: import report, connection, a period held against."""

from __future__ import annotations

from pathlib import Path

from store.import_report import ImportReportRow
from store.passes import ErpCheckRow
from store.reconciliation import ReconciliationRow
from tests.walks.house import eventually, house


async def test_a_month_end_from_the_worker_to_the_page(tmp_path: Path, database_url: str) -> None:
    async with house(tmp_path, database_url, customers=15, invoices=60) as ready:
        await ready.sync()
        await eventually(lambda: ready.rows(ImportReportRow), within=50, why="the report")
        await ready.settled()
        told = (await ready.api("GET", "/import-report")).json()
        assert told["ties"] is True, told
        day = ready.now().date().isoformat()
        await ready.run("reconciliation.daily", lane="sync", day=day)
        await ready.run("connection.check", lane="sync")
        await eventually(lambda: ready.rows(ReconciliationRow), within=50, why="a reading")
        await eventually(lambda: ready.rows(ErpCheckRow), within=50, why="a check")
        await ready.settled()
        periods = (await ready.api("GET", "/periods")).json()["items"]
        (march,) = [p for p in periods if p["starts_on"] == "2026-03-01"]
        found = (await ready.api("GET", f"/periods/{march['id']}/reconciliation")).json()
        assert {line["result"] for line in found["lines"]} <= {"match", "rounding", "not compared"}
        assert [b["code"] for b in found["blockers"]][:1] == ["read_too_early"]
        seen = (await ready.api("GET", "/connection")).json()
        assert seen["ok"] is True
        assert seen["passes"]["import"]["counts"]["customers"] >= 15
        assert [check for check in seen["checks"] if not check["ok"]] == []
        async with ready.browser("controller") as browser:
            page = (await browser.get("/sync")).text
            assert "Ties to the ledger" in page
            sheet = await browser.get(f"/sync/reconciliation/{march['id']}.pdf")
            assert sheet.content.startswith(b"%PDF-")

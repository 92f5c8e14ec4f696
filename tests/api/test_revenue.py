"""Revenue by API: the same figures as the pages, their lines, the close and who may."""

from __future__ import annotations

from tests.api.conftest import Api
from tests.flows.revenue.reports.ledgers import WORKED, put
from tests.web.test_revenue_close import begun

YEAR = {"from": "2026-01-01", "to": "2026-04-30", "basis": "posted"}


async def test_a_report_and_the_lines_behind_a_figure(api: Api) -> None:
    await put(api.site.db, WORKED)
    async with api.caller("viewer", "read") as client:
        listed = (await client.get("/api/v1/revenue/reports")).json()["items"]
        told = (await client.get("/api/v1/revenue/reports/roll-forward", params=YEAR)).json()
        april = told["tables"][0]["rows"][3]
        opens = april["adjustments"]["opens"]
        lines = (await client.get("/api/v1/revenue/lines", params=opens)).json()
        assert (await client.get("/api/v1/revenue/lines/1")).json()["report"] == "line"
        assert (await client.get("/api/v1/revenue/lines/99")).status_code == 404
        odd = await client.get("/api/v1/revenue/reports/recognized?from=soon")
        assert odd.status_code == 422
    assert {one["key"] for one in listed} >= {"recognized", "roll-forward", "tie-out", "arm"}
    assert april["adjustments"]["amount"] == "-780.00"
    amounts = [row["amount"]["amount"] for row in lines["tables"][0]["rows"]]
    assert sorted(amounts) == ["-180.00", "-600.00", "-780.00"]


async def test_the_close_is_told_to_readers_and_done_by_controllers(api: Api) -> None:
    await begun(api.site)
    wanted = {"subsidiary": 1, "on": "2026-02-10"}
    async with api.caller("collector", "read", "review") as client:
        asked = "/api/v1/revenue/close?subsidiary=1&on=2026-02-10"
        told = (await client.get(asked)).json()
        assert (await client.post("/api/v1/revenue/close", json=wanted)).status_code == 403
    async with api.caller("controller", "read", "review") as client:
        done = (await client.post("/api/v1/revenue/close", json=wanted)).json()
        early = {"subsidiary": 1, "on": "2026-01-10", "reason": "late invoice"}
        refused = await client.post("/api/v1/revenue/reopen", json=early)
        assert (await client.get("/api/v1/revenue/close?subsidiary=8")).status_code == 404
        odd = {"subsidiary": 1, "on": "tomorrow"}
        assert (await client.post("/api/v1/revenue/close", json=odd)).status_code == 422
    assert (told["period"], told["ready"], told["state"]) == ("2026-02", False, "open")
    assert [one["check"] for one in told["points"]][:2] == ["sync", "drift"]
    assert done["locked"] is False
    assert refused.json()["detail"] == "2026-02 is posted and not locked yet"

"""Revenue by API: the same figures as the pages, their lines, the close and who may."""

from __future__ import annotations

from flows.revenue.closing import run
from tests.api.conftest import Api
from tests.flows.revenue.reports.ledgers import WORKED, put
from tests.web.serving import DESK
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
        taken = await client.post("/api/v1/revenue/close", json=wanted)
        again = await client.post("/api/v1/revenue/close", json=wanted)
        assert taken.status_code == 202
        assert taken.headers["location"] == again.json()["look_at"]
        await run(api.site.db, taken.json()["id"], DESK, lambda: api.site.now)
        done = (await client.get(taken.headers["location"])).json()
        assert (await client.get("/api/v1/revenue/closings/99")).status_code == 404
        assert (await client.get(asked)).json()["closing"] == done
        early = {"subsidiary": 1, "on": "2026-01-10", "reason": "late invoice"}
        refused = await client.post("/api/v1/revenue/reopen", json=early)
        assert (await client.get("/api/v1/revenue/close?subsidiary=8")).status_code == 404
        odd = {"subsidiary": 1, "on": "tomorrow"}
        assert (await client.post("/api/v1/revenue/close", json=odd)).status_code == 422
    assert (told["period"], told["ready"], told["state"]) == ("2026-02", False, "open")
    assert [one["check"] for one in told["points"]][:2] == ["sync", "drift"]
    assert (taken.json()["state"], done["state"], done["outcome"]) == ("asked", "ended", "waits")
    assert (done["step"], done["lines"]) == ("check", None)
    assert done["text"] == "1 rows posted"
    assert refused.json()["detail"] == "2026-02 is posted and not locked yet"


async def test_points_are_explained_and_changes_decided_by_controllers_once(api: Api) -> None:
    books = await begun(api.site)
    await books.invoice("INV1 of Elm 2026-01-05", "1 1800.00 2026-01-01 2026-12-31")
    await books.invoice("INV2 of Elm 2026-02-05", "1 90.00")
    await books.take()
    asked = "/api/v1/revenue/close?subsidiary=1&on=2026-02-10"
    point = {"subsidiary": 1, "on": "2026-02-10", "reason": "no dates are known yet"}
    choice = {"treatment": "prospective", "reason": "more seats"}
    async with api.caller("collector", "read", "review") as client:
        points = (await client.get(asked)).json()["points"]
        point["subject"] = points[3]["explain"][0]
        assert points[4]["explain"] == []
        (change,) = (await client.get("/api/v1/revenue/changes?subsidiary=1")).json()["items"]
        path = f"/api/v1/revenue/changes/{change['id']}"
        assert (await client.get(path)).json() == change
        assert (await client.post(f"{path}/decide", json=choice)).status_code == 403
        said = await client.post("/api/v1/revenue/close/explain", json=point)
        assert said.status_code == 403
    async with api.caller("controller", "read", "review") as client:
        none = await client.post(f"{path}/decide", json={**choice, "treatment": "none"})
        assert none.status_code == 422
        decided = [await client.post(f"{path}/decide", json=choice) for _ in range(2)]
        other = await client.post(f"{path}/decide", json={**choice, "treatment": "catch_up"})
        said_twice = [
            (await client.post("/api/v1/revenue/close/explain", json=point)).json()
            for _ in range(2)
        ]
        odd = await client.post("/api/v1/revenue/close/explain", json={**point, "subject": "sync"})
        told = (await client.get(asked)).json()
        assert (await client.get("/api/v1/revenue/changes")).json()["items"] == []
    assert change["suggested"] in {one["treatment"] for one in change["treatments"]}
    assert {one["now"]["currency"] for one in change["treatments"]} == {"USD"}
    assert [(one.status_code, one.json()["treatment"]) for one in decided] == [
        (200, "prospective"),
        (200, "prospective"),
    ]
    assert (other.status_code, other.json()["detail"]) == (409, "It is decided already.")
    assert [one["again"] for one in said_twice] == [False, True]
    assert (odd.status_code, len(told["explained"])) == (409, 1)
    states = {one["check"]: one["state"] for one in told["points"]}
    assert (states["exceptions"], states["modifications"]) == ("explained", "done")

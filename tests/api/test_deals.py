"""Deals and contracts by API: who may, what is refused; webhooks that only ask to read again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import psycopg

from api.app import build_api
from api.deps import ApiDeps
from flows.deals.taking import take_deal
from sandbox.hubspot.webhooks import signed
from store.address import plain_url
from store.engine import Database
from tests.api.conftest import Api
from tests.flows.deals.telling import YEAR, deal
from tests.web.serving import DESK

SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"
HOOK = "https://ar.example/webhooks/hubspot"
EVENTS = [
    {"eventId": 1, "subscriptionType": "deal.propertyChange", "objectId": 77, "dealname": "lies"},
    {"eventId": 2, "subscriptionType": "line_item.creation", "objectId": 78},
    {"eventId": 3, "subscriptionType": "deal.propertyChange", "objectId": 77},
]


async def test_a_deal_from_question_to_its_end(api: Api) -> None:
    bare = replace(YEAR, term_months=None)
    async with api.site.db.begin() as session:
        deal_id = (await take_deal(session, deal(bare), api.site.now)).deal_id
    path = f"/api/v1/deals/{deal_id}"
    async with api.caller("viewer", "read") as reader:
        found = (await reader.get("/api/v1/deals?state=asking")).json()["items"]
        assert [(one["id"], one["questions"]) for one in found] == [(deal_id, 1)]
        assert (await reader.get(path)).json()["lines"][0]["missing"] == ["term"]
        assert (await reader.post(f"{path}/resume")).status_code == 403
        assert (await reader.get("/api/v1/deals/999")).status_code == 404
    async with api.caller("collector", "read", "review") as caller:
        wrong = await caller.post(f"{path}/answer", json={"line": "L1", "term_months": "0"})
        assert (wrong.status_code, "term_months" in wrong.text) == (422, True)
        told = await caller.post(f"{path}/answer", json={"line": "L1", "term_months": "12"})
        plan = told.json()["schedule"]
        assert [one["amount"]["amount"] for one in plan] == ["1000.00"] * 4
        assert [one["state"] for one in plan] == ["drafted", "planned", "planned", "planned"]
        early = await caller.post(f"{path}/draft", json={"key": plan[1]["key"]})
        assert early.json()["schedule"][1]["draft_id"]
        again = await caller.post(f"{path}/draft", json={"key": plan[1]["key"]})
        assert again.status_code == 409
        used = {"line": "L1", "period_on": "2026-03-01", "quantity": "5"}
        assert (await caller.post(f"{path}/usage", json=used)).status_code == 404
        big = b"x" * (10 * 1024 * 1024 + 1)
        query = "line=L1&milestone=Go&accepted_on=2026-03-01&name=a.pdf"
        assert (await caller.post(f"{path}/evidence?{query}", content=big)).status_code == 413
        end = {"last_on": "2026-03-31", "reason": "they gave notice"}
        ended = (await caller.post(f"{path}/cancel", json=end)).json()
        assert (ended["state"], ended["dropped_now"]) == ("cancelled", 2)
        assert (await caller.post(f"{path}/resume")).json()["state"] == "won"
        treated = await caller.post(f"{path}/treatment", json={"treatment": "prospective"})
        assert treated.json()["treatment"] == "prospective"


async def test_whether_deals_share_an_invoice_is_a_controllers_word(api: Api) -> None:
    path, off = "/api/v1/deals/grouping", {"one_invoice_per_customer": False}
    async with api.caller("collector", "read", "review") as caller:
        assert (await caller.get(path)).json() == {"one_invoice_per_customer": True}
        assert (await caller.put(path, json=off)).status_code == 403
    async with api.caller("controller", "read", "policy") as keeper:
        assert (await keeper.put(path, json=off)).json() == off
        assert (await keeper.get(path)).json() == off


async def test_a_true_up_is_drafted_once(api: Api) -> None:
    async with api.site.db.begin() as session:
        deal_id = (await take_deal(session, deal(YEAR), api.site.now)).deal_id
    path, asked = f"/api/v1/deals/{deal_id}/true-up", {"line": "L1", "period_on": "2026-03-01"}
    async with api.caller("collector", "read", "review") as caller:
        seen = (await caller.get(path, params={**asked, "used": "12"})).json()
        assert (seen["beyond"], seen["amount"]["amount"]) == ("2", "200.00")
        assert (await caller.get(path, params={**asked, "used": "x"})).status_code == 422
        for _ in range(2):
            told = (await caller.post(path, json={**asked, "used": "12"})).json()
            assert told["true_up"] == seen
            assert [one["key"] for one in told["schedule"] if "true-up" in one["key"]] == [
                "hubspot:77:L1:true-up:2026-03-01:v1:1"
            ]
        lost = await caller.post("/api/v1/deals/999/true-up", json={**asked, "used": "12"})
        assert lost.status_code == 404


async def test_a_program_tells_a_deal_once_and_changes_it(api: Api) -> None:
    line = {"id": "L1", "product": "Seats", "unit_price": "0.0125", "quantity": "1000",
            "frequency": "month", "billed": "advance", "term_months": 2,
            "starts_on": "2026-03-01"}  # fmt: skip
    told = {"id": "S-1", "customer": {"name": "Cedar"}, "currency": "USD",
            "closed_on": "2026-02-20", "lines": [line]}  # fmt: skip
    async with api.caller("collector", "read", "review") as caller:
        first = await caller.post("/api/v1/deals", json=told)
        assert first.status_code == 201, first.text
        assert [one["amount"]["amount"] for one in first.json()["schedule"]] == ["12.50"] * 2
        again = (await caller.post("/api/v1/deals", json=told)).json()
        assert (again["id"], again["news"]) == (first.json()["id"], "known")
        more = told | {"lines": [line | {"quantity": "2000"}]}
        assert (await caller.post("/api/v1/deals", json=more)).json()["news"] == "changed"
        back = (await caller.post("/api/v1/deals", json=told)).json()
        assert back["news"] == "changed"
        assert len(back["outdated_drafts"]) == 0
        for wrong in ({"currency": "DO1"}, {"closed_on": "soon"},
                      {"lines": [line | {"unit_price": "much"}]}):  # fmt: skip
            refused = await caller.post("/api/v1/deals", json=told | wrong)
            assert refused.status_code == 422


async def test_contracts_are_refused_in_words(api: Api) -> None:
    async with api.caller("collector", "read", "review") as caller:
        empty = await caller.post("/api/v1/contracts?name=a.pdf", content=b"")
        assert (empty.status_code, "file" in empty.text) == (422, True)
        renewal = await caller.post("/api/v1/contracts?name=a.pdf&kind=renewal", content=b"x")
        assert "effective_on" in renewal.text
        kept = (await caller.post("/api/v1/contracts?name=a.pdf", content=b"%PDF")).json()
        path = f"/api/v1/contracts/{kept['id']}"
        assert (await caller.post(f"{path}/finish")).status_code == 409
        assert (await caller.post(f"{path}/drop")).json()["state"] == "dropped"
        assert (await caller.get("/api/v1/contracts")).json()["items"][0]["state"] == "dropped"


async def test_a_webhook_only_asks_to_read_again_once(
    db: Database, database_url: str, now: datetime
) -> None:
    deps = ApiDeps(db, lambda: now, DESK, hubspot_secret=SECRET, public_url="https://ar.example")
    raw = json.dumps(EVENTS).encode()

    async def sent(to: ApiDeps, at: datetime, secret: str = SECRET) -> int:
        stamp = str(int(at.timestamp() * 1000))
        transport = httpx.ASGITransport(build_api(to))
        async with httpx.AsyncClient(transport=transport, base_url="http://inside") as client:
            headers = signed(secret, HOOK, raw, stamp, "v3")
            answer = await client.post("/webhooks/hubspot", content=raw, headers=headers)
        return answer.status_code

    assert await sent(deps, now, "another secret") == 401
    assert await sent(deps, now - timedelta(minutes=6)) == 401
    assert await sent(deps, now + timedelta(minutes=6)) == 401
    assert await sent(replace(deps, hubspot_secret=""), now, "") == 401
    for _ in range(3):
        assert await sent(deps, now) == 204
    with psycopg.connect(plain_url(database_url)) as connection:
        rows = connection.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        jobs = rows.fetchall()
    assert jobs == [
        ("deals.reread", {"kind": "deals", "object_id": "77"}),
        ("deals.reread", {"kind": "line_items", "object_id": "78"}),
    ]

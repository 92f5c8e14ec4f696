"""Follow-ups by API: the queue, every pause, closing and opening, and why nothing is sent."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select

from flows import followups
from store.receivables import InvoiceRow
from tests.api.conftest import Api
from tests.web.serving import DESK


async def numbers(api: Api, name: str) -> dict[str, int]:
    async with api.site.db.read() as session:
        found = await session.exec(
            select(InvoiceRow.number, InvoiceRow.id).where(
                InvoiceRow.customer_id == api.site.ids[name]
            )
        )
        return dict(found.all())


async def test_a_row_of_the_queue_has_what_a_collector_asks_first(api: Api) -> None:
    async with api.caller("viewer", "read") as client:
        page = (await client.get("/api/v1/queue", params={"status": "promised"})).json()
        (row,) = page["items"]
        assert row["customer"] == "Cedar Medical"
        assert (row["status"], row["due_on"], row["promised_on"]) == (
            "promised", "2026-01-09", "2026-03-13",
        )  # fmt: skip
        assert row["overdue"] == {"amount": "3703.50", "minor": 370350, "currency": "USD"}
        assert row["last_message_from"] == "customer"
        assert row["excerpt"].startswith("We will pay INV-3000 on Friday.")
        two = (await client.get("/api/v1/queue", params={"limit": 2})).json()
        rest = (await client.get("/api/v1/queue", params={"start": two["next"]})).json()
        assert len(two["items"] + rest["items"]) == 5
        assert (await client.get("/api/v1/queue", params={"status": "x"})).status_code == 422
        sheet = await client.get("/api/v1/queue.csv")
        assert len(sheet.text.splitlines()) == 6


async def test_an_invoice_is_paused_for_days_and_its_sibling_goes_on(api: Api) -> None:
    elm, ids = api.site.ids["elm"], await numbers(api, "elm")
    first, second = ids["INV-5000"], ids["INV-5001"]
    today = api.site.now.date()
    async with api.caller("collector", "review", "read") as client:
        sent = {"days": 30, "reason": "instalment", "invoice_id": first}
        done = (await client.post(f"/api/v1/customers/{elm}/pause", json=sent)).json()
        assert done["until_on"] == (today + timedelta(days=30)).isoformat()
        held = (await client.get(f"/api/v1/invoices/{first}/why-not")).json()
        assert [r["code"] for r in held["reasons"]] == ["paused"]
        assert held["next_touch_at"][:10] > done["until_on"]
        sibling = (await client.get(f"/api/v1/invoices/{second}/why-not")).json()
        assert (sibling["reason"], sibling["planned"]["step"]) == (None, "overdue_4")


async def test_a_conversation_by_api(api: Api) -> None:
    elm, ids = api.site.ids["elm"], await numbers(api, "elm")
    path = f"/api/v1/customers/{elm}"
    async with api.caller("collector", "review", "read") as client:
        whole = {"until": "2026-04-01", "reason": "relationship"}
        assert (await client.post(f"{path}/pause", json=whole)).status_code == 200
        state = (await client.get(f"{path}/conversation")).json()
        assert (state["state"], state["until_on"]) == ("paused", "2026-04-01")
        late = {"until": "2020-01-01"}
        assert (await client.post(f"{path}/pause", json=late)).status_code == 422
        assert (await client.post(f"{path}/resume", json={})).json()["lifted"] == 1
        closed = (await client.post(f"{path}/resolve", json={"reason": "settled"})).json()
        assert (closed["state"], closed["reason"]) == ("resolved", "settled")
        why = (await client.get(f"/api/v1/invoices/{ids['INV-5000']}/why-not")).json()
        assert (why["reason"], len(why["reasons"])) == ("resolved", 1)
        async with api.site.db.begin() as session:
            quiet = await followups.prepare(session, DESK, elm, api.site.now)
        assert isinstance(quiet, followups.Quiet)
        assert quiet.reason == "resolved"
        assert (await client.post(f"{path}/reopen", json={})).json()["state"] == "active"
        given = {"customer_ids": [elm, 999], "user_id": None}
        assert (await client.post("/api/v1/conversations/assign", json=given)).json() == {
            "changed": []
        }
        many = {"customer_ids": [elm], "days": 30}
        assert (await client.post("/api/v1/conversations/pause", json=many)).status_code == 200
        for gone in ("/api/v1/customers/999/pause", "/api/v1/customers/999/resolve"):
            assert (await client.post(gone, json={})).status_code == 404
        assert (await client.get("/api/v1/invoices/999/why-not")).status_code == 404


async def test_the_next_message_of_an_invoice_is_when_the_cadence_sends_it(api: Api) -> None:
    elm, ids = api.site.ids["elm"], await numbers(api, "elm")
    async with api.caller("viewer", "read") as client:
        told = (await client.get(f"/api/v1/invoices/{ids['INV-5000']}")).json()["next_touch_at"]
        assert (await client.post(f"/api/v1/customers/{elm}/pause", json={})).status_code == 403
    async with api.site.db.begin() as session:
        ready = await followups.prepare(session, DESK, elm, api.site.now)
    assert isinstance(ready, followups.Ready)
    assert ready.touch.at.isoformat() == told

"""The resources over HTTP: pages, exact amounts, decisions bound to fingerprints."""

from __future__ import annotations

from store.worklist import WorkItemRow
from tests.api.conftest import Api

READS = (
    "/api/v1/customers?text=Cedar",
    "/api/v1/customers/{cedar}",
    "/api/v1/customers/{cedar}/timeline",
    "/api/v1/invoices?customer_id={cedar}",
    "/api/v1/payments",
    "/api/v1/work-items?kind=reply",
    "/api/v1/effects?state=proposed",
    "/api/v1/effects/{mail}",
    "/api/v1/audit",
    "/api/openapi.json",
    "/metrics",
)


async def test_everything_can_be_read(api: Api) -> None:
    async with api.caller("auditor", "read", "audit") as client:
        for path in READS:
            answer = await client.get(path.format(**api.site.ids))
            assert answer.status_code == 200, (path, answer.text)


async def test_cursors_walk_every_row_once(api: Api) -> None:
    seen: list[int] = []
    after = "0"
    async with api.caller("viewer", "read") as client:
        while after:
            answer = await client.get(f"/api/v1/invoices?state=any&limit=4&after={after}")
            page = answer.json()
            seen += [row["id"] for row in page["items"]]
            after = page["next"]
    assert len(seen) == 15
    assert seen == sorted(set(seen))


async def test_work_items_beyond_a_page_are_reached(api: Api) -> None:
    async with api.site.db.begin() as session:
        for n in range(230):
            kind = "bounce" if n % 10 == 9 else "reply"
            row = WorkItemRow(key=f"many:{n}", kind=kind, title=f"No. {n}", opened_at=api.site.now)
            session.add(row)
    async with api.caller("viewer", "read") as client:
        assert (await client.get("/api/v1/work-items?limit=201")).status_code == 422
        seen: list[int] = []
        after: str | None = "0"
        while after:
            page = (await client.get(f"/api/v1/work-items?limit=200&after={after}")).json()
            seen += [item["id"] for item in page["items"]]
            after = page["next"]
        bounces = (await client.get("/api/v1/work-items?kind=bounce")).json()["items"]
    assert len(seen) == len(set(seen)) == 231
    assert len(bounces) == 23


async def test_a_timeline_walks_every_entry_once(api: Api) -> None:
    path = f"/api/v1/customers/{api.site.ids['cedar']}/timeline"
    async with api.caller("viewer", "read") as client:
        whole = (await client.get(path)).json()["items"]
        parts: list[dict[str, object]] = []
        before = ""
        while True:
            page = (await client.get(path, params={"limit": 1, "before": before})).json()
            parts += page["items"]
            before = page["next"]
            if not before:
                break
        assert (await client.get(path, params={"before": "x"})).json()["code"] == "bad_cursor"
    assert parts == whole
    kinds = sorted(str(entry["kind"]) for entry in whole)
    assert kinds == ["contact", "contact", "payment", "promise", "work"]


async def test_what_follows_stands_above_what_it_follows_from(api: Api) -> None:
    """The clock stands still here, so a proposal and its approval are of one instant."""
    path = f"/api/v1/effects/{api.site.ids['mail']}"
    async with api.caller("collector", "read", "review") as client:
        seen = (await client.get(path)).json()["fingerprint"]
        assert (await client.post(f"{path}/approve", json={"fingerprint": seen})).is_success
        timeline = f"/api/v1/customers/{api.site.ids['alder']}/timeline"
        entries = (await client.get(timeline)).json()["items"]
        odd = await client.get(timeline, params={"before": f"{api.site.now.isoformat()}~odd~1"})
    assert [entry["kind"] for entry in entries] == ["decision", "proposal"]
    assert odd.json()["code"] == "bad_cursor"


async def test_amounts_are_exact_text(api: Api) -> None:
    async with api.caller("viewer", "read") as client:
        row = (await client.get("/api/v1/invoices?limit=1")).json()["items"][0]
    assert row["open"] == {"amount": "1234.50", "minor": 123450, "currency": "USD"}


async def test_limits_and_ids_are_bounded(api: Api) -> None:
    async with api.caller("viewer", "read") as client:
        assert (await client.get("/api/v1/invoices?limit=9999")).status_code == 422
        assert (await client.get("/api/v1/invoices/99999999999999999999")).status_code == 422
        assert (await client.get("/api/v1/invoices/4242")).json()["code"] == "not_found"


async def test_a_decision_names_what_it_saw(api: Api) -> None:
    path = f"/api/v1/effects/{api.site.ids['mail']}"
    async with api.caller("collector", "read", "review") as client:
        seen = (await client.get(path)).json()["fingerprint"]
        stale = await client.post(f"{path}/approve", json={"fingerprint": "0" * 64})
        assert (stale.status_code, stale.json()["code"]) == (409, "changed")
        assert stale.json()["fingerprint"] == seen
        done = await client.post(f"{path}/approve", json={"fingerprint": seen})
        assert (done.status_code, done.json()["state"]) == (200, "approved")
        late = await client.post(f"{path}/edit", json={
            "fingerprint": seen, "subject": "Hi", "text": "Pay 9,999.00 USD now."})  # fmt: skip
        assert (late.status_code, late.json()["code"]) == (422, "forbidden")


async def test_a_payment_is_created_once(api: Api) -> None:
    body = {
        "amount": "99.50", "currency": "USD", "received_on": "2026-03-09", "source_id": "W-1",
    }  # fmt: skip
    async with api.caller("collector", "payments:write") as client:
        first = await client.post("/api/v1/payments", json=body)
        again = await client.post("/api/v1/payments", json=body)
        number = await client.post("/api/v1/payments", json={**body, "amount": 99.5})
        other = await client.post("/api/v1/payments", json={**body, "amount": "1.00"})
    assert first.status_code == 201
    assert (first.json()["created"], again.json()["created"]) == (True, False)
    assert first.json()["id"] == again.json()["id"]
    assert (number.status_code, other.status_code) == (422, 422)

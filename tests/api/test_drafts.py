"""Invoices and mappings by API: roles, bindings to what was seen, and the whole way to proposal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx

from flows.sync.mirror import MASTERS
from store import erp_mirror
from store.engine import Database
from store.erp_masters import ItemRow
from store.parties import CustomerRow
from tests.api.conftest import Api

PATH = "/api/v1/invoice-drafts"


async def stocked(db: Database, now: datetime) -> int:
    """An item and a customer of ours; the customer's id."""
    row = CustomerRow(netsuite_id="n-9", entity_number="C-9", name="Vela Foods", currency="USD",
                      email="ap@vela.example")  # fmt: skip
    async with db.begin() as session:
        session.add(ItemRow(netsuite_id="10", name="Support", type="Service"))
        session.add(row)
        await erp_mirror.advance(session, MASTERS, now=now)
    return row.id


def draft(now: datetime, **more: Any) -> dict[str, Any]:
    lines = [{"product": "Support", "amount": "100.00", "quantity": "2", "rate": "50"}]
    return {
        "source_id": "api-1", "currency": "USD", "issued_on": now.date().isoformat(),
        "lines": lines, **more,
    }  # fmt: skip


async def told(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_from_a_draft_to_a_proposal(api: Api, now: datetime) -> None:
    customer_id = await stocked(api.site.db, now)
    async with api.caller("collector", "read", "review") as caller:
        sent = draft(now, customer_id=customer_id)
        sent["lines"].append({"product": "Support", "amount": "-5.00"})
        found = await told(await caller.post(PATH, json=sent), 201)
        again = await told(await caller.post(PATH, json=sent), 201)
        assert again["draft"]["id"] == found["draft"]["id"]
        path = f"{PATH}/{found['draft']['id']}"
        seen = {"content_hash": found["content_hash"]}
        refused = await told(await caller.post(f"{path}/submit", json=seen), 409)
        assert (refused["code"], refused["findings"][0]["id"]) == ("not_ready", "LIN-007")
        warning = {"finding": "LIN-007", "subject": "line 2", "reason": "goodwill", **seen}
        found = await told(await caller.post(f"{path}/acknowledge", json=warning))
        assert found["ready"]
        old = {"content_hash": "0" * 64}
        assert (await told(await caller.post(f"{path}/submit", json=old), 409))[
            "code"
        ] == "conflict"
        proposed = await told(await caller.post(f"{path}/submit", json=seen))
        page = await told(await caller.get(PATH, params={"status": "new", "amount_from": "90"}))
    assert proposed["state"] == "proposed"
    assert [(one["state"], one["effect_id"]) for one in page["items"]] == [
        ("submitted", proposed["effect_id"])
    ]


async def test_fixes_edits_customers_and_drops(api: Api, now: datetime) -> None:
    customer_id = await stocked(api.site.db, now)
    async with api.caller("collector", "read", "review") as caller:
        late = (now.date() - timedelta(days=1)).isoformat()
        sent = draft(now, customer_name="Vela Fods", due_on=late)
        found = await told(await caller.post(PATH, json=sent), 201)
        path = f"{PATH}/{found['draft']['id']}"
        assert {"CUS-002", "HDR-011"} <= {one["id"] for one in found["findings"]}
        fix = {"finding": "HDR-011", "content_hash": found["content_hash"]}
        found = await told(await caller.post(f"{path}/fix", json=fix))
        assert found["draft"]["due_on"] == ""
        clash = await told(await caller.post(f"{path}/customer", json={"new": True}), 409)
        assert "Vela Foods" in clash["detail"]
        chosen = {"customer_id": customer_id}
        found = await told(await caller.post(f"{path}/customer", json=chosen))
        assert found["customer"]["netsuite_id"] == "n-9"
        found = await told(await caller.patch(path, json={"po_number": "PO-1"}))
        assert found["draft"]["po_number"] == "PO-1"
        stale = {"po_number": "PO-2", "content_hash": "0" * 64}
        assert (await caller.patch(path, json=stale)).status_code == 409
        fresh = {"po_number": "PO-1", "content_hash": found["content_hash"]}
        assert (await caller.patch(path, json=fresh)).status_code == 200
        assert (await caller.patch(path, json={"colour": "red"})).status_code == 422
        assert (await caller.patch(path, json={"issued_on": "soon"})).status_code == 422
        many = {"drafts": {str(found["draft"]["id"]): "0" * 64, "999": "0" * 64}}
        answers = await told(await caller.post(f"{PATH}/submit", json=many))
        errors = [one["error"] for one in answers["answers"].values()]
        assert sorted(errors) == ["changed", "not_found"]
        dropped = await told(await caller.post(f"{path}/drop", json={"reason": "a test"}))
        assert dropped["draft"]["state"] == "dropped"
        assert (await caller.get(f"{PATH}/999")).status_code == 404


async def test_a_file_is_uploaded(api: Api, now: datetime) -> None:
    text = f"source_id,currency,issued_on,product,amount\nU-1,USD,{now.date()},Support,5.00\n"
    async with api.caller("collector", "review") as caller:
        made = await told(await caller.post(f"{PATH}/upload?name=a.csv", content=text), 201)
        again = await told(await caller.post(f"{PATH}/upload?name=a.csv", content=text), 201)
        bad = await caller.post(f"{PATH}/upload?name=a.csv", content=text.replace("5.00", "five"))
    assert again == {"created": [], "known": made["created"]}
    assert "line 2" in (await told(bad, 422))["detail"]


async def test_only_those_who_work_may_prepare(api: Api, now: datetime) -> None:
    async with api.caller("viewer", "read", "review") as viewer:
        assert (await viewer.get(PATH)).status_code == 200
        assert (await viewer.post(PATH, json=draft(now))).status_code == 403
        assert (await viewer.put("/api/v1/mappings/file", content="")).status_code == 403
    async with api.caller("collector", "read") as reader:
        assert (await reader.post(PATH, json=draft(now))).status_code == 403
    async with httpx.AsyncClient(base_url=api.site.url) as nobody:
        assert (await nobody.get(PATH)).status_code == 401
        assert (await nobody.get("/api/v1/mappings")).status_code == 401


async def test_mappings_are_put_listed_exported_and_forgotten(api: Api, now: datetime) -> None:
    await stocked(api.site.db, now)
    path = "/api/v1/mappings"
    word = {"kind": "item", "ours": "Seat"}
    async with api.caller("collector", "read", "review") as caller:
        await told(await caller.put(path, json={**word, "netsuite_id": "10"}))
        assert (await caller.put(path, json={**word, "netsuite_id": "99"})).status_code == 422
        found = await told(await caller.get(path, params={"kind": "item"}))
        assert [(one["ours"], one["name"]) for one in found["items"]] == [("Seat", "Support")]
        assert not found["lists_too_old"]
        file = await caller.get(f"{path}/file")
        await told(await caller.post(f"{path}/forget", json=word))
        assert (await caller.post(f"{path}/forget", json=word)).status_code == 404
        brought = await told(await caller.put(f"{path}/file", content=file.content))
        assert brought == {"changed": 1, "same": 0}
        targets = await told(await caller.get(f"{path}/targets/item", params={"text": "sup"}))
        assert targets["items"] == [{"netsuite_id": "10", "name": "Support"}]
        assert (await told(await caller.get(f"{path}/unmapped")))["items"] == []

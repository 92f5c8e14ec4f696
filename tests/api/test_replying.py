"""What replies left for people, settled by API."""

from __future__ import annotations

from datetime import timedelta

from tests.api.conftest import Api
from tests.web.test_replying import seeded


async def test_disputes_contacts_and_answers_by_api(api: Api) -> None:
    plan, dispute, named = await seeded(api.site)
    async with api.caller("collector", "read", "review") as client:
        (case,) = (await client.get("/api/v1/disputes")).json()["items"]
        assert (case["id"], case["reason"], case["team"]) == (dispute, "quality", "operations")
        own = await client.post(f"/api/v1/disputes/{dispute}/assign", json={"user_id": 999})
        assert own.status_code == 404
        settled = {"resolution": "replaced"}
        done = await client.post(f"/api/v1/disputes/{dispute}/resolve", json=settled)
        assert done.json() == {"id": dispute, "state": "resolved"}
        again = await client.post(f"/api/v1/disputes/{dispute}/resolve", json=settled)
        assert again.status_code == 409
        assert (await client.get("/api/v1/disputes")).json() == {"items": []}

        (contact,) = (await client.get("/api/v1/contacts/proposed")).json()["items"]
        assert (contact["email"], contact["near"]) == ("kim@a1der.example", "look_alike")
        path = f"/api/v1/contacts/proposed/{named}"
        unproven = await client.post(path, json={"decision": "confirm"})
        assert unproven.status_code == 422
        told = await client.post(path, json={"decision": "confirm", "note": "rang Ann"})
        assert told.json()["contact_id"] > 0

        (answer,) = (await client.get("/api/v1/answers")).json()["items"]
        assert answer["parts"][0]["id"] == "1:ask_date"
        dropped = await client.post(f"/api/v1/answers/{plan}", json={"parts": []})
        assert dropped.json() == {"id": plan, "effect_id": None, "fingerprint": ""}
        assert (await client.get("/api/v1/answers")).json() == {"items": []}

        alder = api.site.ids["alder"]
        day = (api.site.now + timedelta(days=4)).date().isoformat()
        path = f"/api/v1/customers/{alder}/promises"
        unread = {"promised_on": day, "amount": "12,50", "currency": "EUR"}
        assert (await client.post(path, json=unread)).status_code == 422
        far = {"promised_on": day, "invoice_ids": [10**30]}
        assert (await client.post(path, json=far)).status_code == 422
        assert (await client.get(f"/api/v1/promises?customer_id={10**30}")).status_code == 422
        nul = await client.post(path, json={"promised_on": day, "words": "on\x00the phone"})
        assert (nul.status_code, nul.json()["code"]) == (422, "not_storable")
        assert (await client.get(f"/api/v1/customers/{10**30}")).status_code == 422
        made = await client.post(path, json={"promised_on": day, "words": "on the phone"})
        assert made.status_code == 201
        (promise,) = (await client.get(f"/api/v1/promises?customer_id={alder}")).json()["items"]
        assert (promise["promised_on"], promise["quote"]) == (day, "on the phone")
        back = f"/api/v1/promises/{promise['id']}/cancel"
        assert (await client.post(back, json={})).json()["state"] == "cancelled"
        assert (await client.post(back, json={})).status_code == 409
        (on_file, *_) = (await client.get(f"/api/v1/customers/{alder}")).json()["contacts"]
        for act, count in (("silence", 200), ("silence", 409), ("restore", 200), ("restore", 409)):
            path = f"/api/v1/contacts/{on_file['id']}/{act}"
            assert (await client.post(path, json={"reason": "she rang"})).status_code == count
        item = f"/api/v1/work-items/{api.site.ids['item']}"
        assert (await client.get(f"{item}/mail")).status_code == 404
        strange = await client.post(f"{item}/attach", json={"customer_id": 10**30})
        assert strange.status_code == 422
        whose = await client.post(f"{item}/attach", json={"customer_id": alder})
        assert whose.status_code in (404, 409)


async def test_a_key_that_only_reads_decides_nothing(api: Api) -> None:
    plan, dispute, named = await seeded(api.site)
    async with api.caller("collector", "read") as client:
        for path, sent in (
            (f"disputes/{dispute}/resolve", {"resolution": "x"}),
            (f"contacts/proposed/{named}", {"decision": "refuse"}),
            (f"answers/{plan}", {"parts": []}),
            ("promises/1/cancel", {}),
            ("contacts/1/silence", {"reason": "x"}),
            ("contacts/1/restore", {"reason": "x"}),
            ("work-items/1/attach", {"customer_id": 1}),
        ):
            assert (await client.post(f"/api/v1/{path}", json=sent)).status_code == 403

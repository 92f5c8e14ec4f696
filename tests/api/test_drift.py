"""Drift by API: list, one with both sides, and settling it."""

from __future__ import annotations

from datetime import date

from store.drift import DriftFindingRow
from tests.api.conftest import Api
from tests.web.drifts import amount_changed, due_date_moved, march


async def test_findings_are_listed_with_counts_and_filters(api: Api) -> None:
    site = api.site
    await march(site.db)
    one = await due_date_moved(site.db, "10", date(2026, 5, 1), site.now)
    two = await amount_changed(site.db, "20", 99_00, site.now)
    async with api.caller("viewer", "read") as client:
        found = (await client.get("/api/v1/drift")).json()
        kind = (await client.get("/api/v1/drift?kind=amount_changed")).json()
        later = (await client.get("/api/v1/drift?pressing=later&limit=1")).json()
        rest = (await client.get(f"/api/v1/drift?after={later['next']}")).json()
        alder = (await client.get(f"/api/v1/drift?customer_id={site.ids['alder']}")).json()
        hidden = (await client.get("/api/v1/drift?state=hidden")).json()
        odd = await client.get("/api/v1/drift?kind=nonsense")
    assert [f["id"] for f in found["items"]] == [one, two]
    assert found["counts"] == {"open": 2, "ignored": 0, "unsyncable": 0, "closed": 0}
    assert found["items"][0]["urgency"] == "later"
    assert [f["id"] for f in kind["items"]] == [two]
    assert [f["id"] for f in rest["items"]] == [two]
    assert [f["id"] for f in alder["items"]] == [one]
    assert hidden["items"] == []
    assert odd.status_code == 422


async def test_one_finding_shows_both_sides(api: Api) -> None:
    one = await due_date_moved(api.site.db, "10", date(2026, 5, 1), api.site.now)
    async with api.caller("viewer", "read") as client:
        found = (await client.get(f"/api/v1/drift/{one}")).json()
        missing = await client.get("/api/v1/drift/4711")
    assert found["fields"] == ["due_on"]
    assert found["theirs"]["due_on"] == "2026-05-01"
    assert found["ours"]["total"] == {"minor": 123_450, "currency": "USD"}
    assert found["pushable"] is True
    assert found["todo"]
    assert missing.status_code == 404


async def test_each_resolution(api: Api) -> None:
    db, now = api.site.db, api.site.now
    ids = [await due_date_moved(db, key, date(2026, 5, 1), now) for key in ("10", "20", "30")]
    async with api.caller("approver", "review") as client:
        answers = [
            (await client.post(f"/api/v1/drift/{one}/resolve", json=sent)).json()
            for one, sent in zip(
                ids,
                (
                    {"resolution": "accept", "reason": "agreed"},
                    {"resolution": "unsyncable", "reason": "never"},
                    {"resolution": "push"},
                ),
                strict=True,
            )
        ]
        until = {"resolution": "ignore", "reason": "later", "until": "2026-03-20"}
        ignored = (await client.post(f"/api/v1/drift/{ids[2]}/resolve", json=until)).json()
    assert [a["state"] for a in answers] == ["closed", "unsyncable", "open"]
    assert answers[2]["effect_id"]
    assert (ignored["state"], ignored["ignored_until"]) == ("ignored", "2026-03-20")


async def test_what_is_refused(api: Api) -> None:
    one = await amount_changed(api.site.db, "10", 99_00, api.site.now)
    path = f"/api/v1/drift/{one}/resolve"
    async with api.caller("collector", "review") as client:
        assert (await client.post(path, json={"resolution": "accept"})).status_code == 422
        because = {"reason": "fine"}
        accept = await client.post(path, json={"resolution": "accept", **because})
        ignore = await client.post(path, json={"resolution": "ignore", **because})
        push = await client.post(path, json={"resolution": "push"})
        odd = await client.post(path, json={"resolution": "explode"})
        missing = await client.post("/api/v1/drift/4711/resolve", json={"resolution": "push"})
    assert (accept.status_code, ignore.status_code) == (403, 422)
    assert (push.status_code, odd.status_code, missing.status_code) == (422, 422, 404)
    assert "set its lines back" in push.text
    async with api.caller("viewer", "read") as client:
        assert (await client.post(path, json={"resolution": "push"})).status_code == 403
    async with api.site.db.read() as session:
        row = await session.get(DriftFindingRow, one)
    assert row is not None
    assert row.state == "open"

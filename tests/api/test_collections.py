"""Collections by API: one customer, many at once, and who may."""

from __future__ import annotations

from store.parties import CustomerRow
from tests.api.conftest import Api


async def collecting(api: Api) -> list[str]:
    async with api.site.db.read() as session:
        return [
            name
            for name in ("alder", "birch", "cedar")
            if (row := await session.get(CustomerRow, api.site.ids[name])) and row.auto_followup
        ]


async def test_one_and_many(api: Api) -> None:
    alder, birch = api.site.ids["alder"], api.site.ids["birch"]
    async with api.caller("collector", "review") as client:
        off = {"on": False, "reason": "moved to another system"}
        one = await client.post(f"/api/v1/customers/{alder}/collections", json=off)
        assert one.json() == {"on": False, "changed": [alder], "withdrawn": 1}
        many = await client.post(
            "/api/v1/collections", json={**off, "customer_ids": [alder, birch, 999]}
        )
        assert many.json()["changed"] == [birch]
    assert await collecting(api) == ["cedar"]


async def test_what_is_refused(api: Api) -> None:
    alder = api.site.ids["alder"]
    async with api.caller("collector", "review") as client:
        path = f"/api/v1/customers/{alder}/collections"
        assert (
            await client.post("/api/v1/customers/999/collections", json={"on": True})
        ).status_code == 404
        assert (await client.post(path, json={"on": "perhaps"})).status_code == 422
        assert (await client.post("/api/v1/collections", json={"on": True})).status_code == 422
    async with api.caller("viewer", "read") as client:
        assert (await client.post(path, json={"on": False})).status_code == 403
    assert await collecting(api) == ["alder", "birch", "cedar"]
